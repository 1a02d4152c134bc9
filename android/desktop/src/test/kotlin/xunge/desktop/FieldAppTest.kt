package xunge.desktop

import java.nio.file.Files
import java.nio.file.Path
import org.junit.jupiter.api.Assertions.assertEquals
import org.junit.jupiter.api.Assertions.assertTrue
import org.junit.jupiter.api.Test
import org.junit.jupiter.api.io.TempDir
import xunge.bindings.ChaosProxy
import xunge.bindings.Hub
import xunge.bindings.network
import xunge.bindings.sha256
import xunge.core.CaseState
import xunge.core.Delivery
import xunge.core.PhotoState

private const val ROUNDS_MAX = 200
private const val ACTS_MAX = 3

/** The app as it ships, without its window: real screens, real core, real store, a real hub beside it. */
class FieldAppTest {
    @TempDir lateinit var folder: Path

    @Test
    fun `enrolled, reported without signal, killed, reopened, sent over a bad link, ruled`() {
        val photo = Files.write(folder.resolve("photo.jpg"), streetPhoto())
        Hub(folder.resolve("hub")).use { hub ->
            ChaosProxy(hub).use { proxy ->
                val (case, acts) = offlineHalf(photo, hub, proxy)
                assertTrue(acts <= ACTS_MAX, "$acts acts after the photo")
                proxy.weather("--delay-ms 10 --cut-after-bytes 200000 --duplicate-requests 0.2 --seed 3")
                runApp(dataFolder(folder), photo, network()) { sent(this, case, photo, hub) }
                assertTrue(proxy.counters().getValue("cuts") > 0)
            }
        }
    }

    /** Opened again, it has what was reported before the kill, and sends it until it is ruled. */
    private fun sent(app: AppDriver, case: String, photo: Path, hub: Hub) {
        app.waitFor { app.home?.home != null }
        val row = app.home!!.home!!.recent.first()
        assertEquals(case, row.id.text)
        app.touch(row.title)
        app.waitFor { app.case?.page != null }
        sync(app)
        app.reads("照片 1/1 已送达")
        val page = app.case!!.page!!
        assertEquals(CaseState.REPORTED, page.state)
        assertEquals(setOf(PhotoState.RECEIVED), page.photos.map { it.state }.toSet())
        assertTrue(page.timeline.single().ruling!!.accepted)
        val original = sha256(Files.readAllBytes(photo))
        assertEquals(original, page.photos.single().hash.text)
        assertEquals(original, sha256(hub.photoSeenBy("clerk", original)))
        assertTrue(app.field.core.syncStatus().allSafe)
    }

    /** Runs the offline half until it is killed. */
    private fun offlineHalf(photo: Path, hub: Hub, proxy: ChaosProxy): Pair<String, Int> {
        val java = Path.of(System.getProperty("java.home"), "bin", "java").toString()
        val options =
            listOf("-Djava.awt.headless=true", "-Dskiko.renderApi=SOFTWARE", "-Djna.library.path=${System.getProperty("jna.library.path")}")
        val main = listOf("-cp", System.getProperty("java.class.path"), "xunge.desktop.OfflineHalfKt")
        val arguments = listOf(folder.toString(), photo.toString(), proxy.url, hub.enrolmentCode)
        val process = ProcessBuilder(listOf(java) + options + main + arguments).redirectError(ProcessBuilder.Redirect.INHERIT).start()
        val said = process.inputStream.bufferedReader().readText()
        assertEquals(KILLED, process.waitFor(), said)
        val (case, acts) = said.lines().first { it.startsWith("reported ") }.removePrefix("reported ").split(' ')
        return case to acts.toInt()
    }

    /** A worker who touches again until all is delivered: the link cuts, the work goes on where it was. */
    private fun sync(app: AppDriver) {
        repeat(ROUNDS_MAX) {
            app.field.syncing.start()
            app.waitFor { !app.field.syncing.running }
            val page = app.field.core.case(app.case!!.page!!.id)
            if (page.delivery == Delivery.Received && page.state == CaseState.REPORTED) {
                app.waitFor { app.case?.page?.delivery == Delivery.Received }
                return
            }
        }
        error("not delivered: ${app.field.syncing.outcome}, ${app.field.core.syncStatus()}")
    }
}
