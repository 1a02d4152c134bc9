package xunge.desktop

import java.nio.file.Files
import java.nio.file.Path
import java.util.concurrent.atomic.AtomicInteger
import org.junit.jupiter.api.Assertions.assertEquals
import org.junit.jupiter.api.Assertions.assertTrue
import org.junit.jupiter.api.Test
import org.junit.jupiter.api.io.TempDir
import xunge.bindings.Hub
import xunge.bindings.sha256
import xunge.core.CaseState
import xunge.core.Delivery
import xunge.core.Link
import xunge.core.LinkAnswer
import xunge.core.PhotoState

/** Every third answer on the bad link is cut in half. */
private const val CUT_EVERY = 3
private const val ROUNDS_MAX = 60
private const val ACTS_MAX = 3

/** The app as it ships, without its window: real screens, real core, real store, a real hub beside it. */
class FieldAppTest {
    @TempDir lateinit var folder: Path

    @Test
    fun `enrolled, reported without signal, killed, reopened, sent over a bad link, ruled`() {
        val photo = Files.write(folder.resolve("photo.jpg"), streetPhoto())
        Hub(folder.resolve("hub")).use { hub ->
            val (case, acts) = offlineHalf(photo, hub)
            assertTrue(acts <= ACTS_MAX, "$acts acts after the photo")
            runApp(dataFolder(folder), photo, badLink()) {
                waitFor { home?.home != null }
                val row = home!!.home!!.recent.first()
                assertEquals(case, row.id.text, "what was reported before the kill is there")
                touch(row.title)
                waitFor { this.case?.page != null }
                sync(this)
                reads("照片 1/1 已送达")
                val page = this.case!!.page!!
                assertEquals(CaseState.REPORTED, page.state)
                assertEquals(setOf(PhotoState.RECEIVED), page.photos.map { it.state }.toSet())
                assertTrue(page.timeline.single().ruling!!.accepted)
                val original = Files.readAllBytes(photo)
                assertEquals(sha256(original), page.photos.single().hash.text)
                assertEquals(sha256(original), sha256(hub.photoSeenBy("clerk", sha256(original))))
                assertTrue(field.core.syncStatus().allSafe)
            }
        }
    }

    /** Runs the offline half until it is killed. */
    private fun offlineHalf(photo: Path, hub: Hub): Pair<String, Int> {
        val java = Path.of(System.getProperty("java.home"), "bin", "java").toString()
        val options =
            listOf("-Djava.awt.headless=true", "-Dskiko.renderApi=SOFTWARE", "-Djna.library.path=${System.getProperty("jna.library.path")}")
        val main = listOf("-cp", System.getProperty("java.class.path"), "xunge.desktop.OfflineHalfKt")
        val arguments = listOf(folder.toString(), photo.toString(), hub.url, hub.enrolmentCode)
        val process = ProcessBuilder(listOf(java) + options + main + arguments).redirectError(ProcessBuilder.Redirect.INHERIT).start()
        val said = process.inputStream.bufferedReader().readText()
        assertEquals(KILLED, process.waitFor(), said)
        val (case, acts) = said.lines().first { it.startsWith("reported ") }.removePrefix("reported ").split(' ')
        return case to acts.toInt()
    }

    private fun badLink(): Link {
        val network = network()
        val requests = AtomicInteger()
        return Link { server, pin, request ->
            val answer = network.perform(server, pin, request)
            if (answer is LinkAnswer.Answered && requests.incrementAndGet() % CUT_EVERY == 0) {
                LinkAnswer.Answered(answer.status, answer.body.copyOf(answer.body.size / 2))
            } else {
                answer
            }
        }
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
