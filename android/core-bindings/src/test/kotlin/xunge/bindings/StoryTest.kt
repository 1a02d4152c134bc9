package xunge.bindings

import java.nio.file.Files
import java.nio.file.Path
import org.junit.jupiter.api.Assertions.assertArrayEquals
import org.junit.jupiter.api.Assertions.assertEquals
import org.junit.jupiter.api.Assertions.assertNull
import org.junit.jupiter.api.Assertions.assertTrue
import org.junit.jupiter.api.Assertions.fail
import org.junit.jupiter.api.Test
import org.junit.jupiter.api.assertThrows
import org.junit.jupiter.api.io.TempDir
import uniffi.xunge_mobile.Act
import uniffi.xunge_mobile.CaseState
import uniffi.xunge_mobile.Delivery
import uniffi.xunge_mobile.FieldApp
import uniffi.xunge_mobile.FieldException
import uniffi.xunge_mobile.Fix
import uniffi.xunge_mobile.HttpAnswer
import uniffi.xunge_mobile.HttpRequest
import uniffi.xunge_mobile.PhotoDetails
import uniffi.xunge_mobile.PhotoPurpose
import uniffi.xunge_mobile.PhotoState
import uniffi.xunge_mobile.Point
import uniffi.xunge_mobile.Role
import uniffi.xunge_mobile.Severity

private const val SYNC_REQUESTS_MAX = 500
private const val MEASURED_CALLS = 2_000
private val CORNER = Point(longitudeE7 = 1_137_861_000, latitudeE7 = 347_552_000)

/** The offline half of the story and its sync, as a phone's app would walk it, against a real hub. */
class StoryTest {
    @TempDir lateinit var folder: Path

    private val keys by lazy { LockableKey(KeyFolder(folder.resolve("keys")).deviceKey()) }
    private val network = network()
    private val found = picture(1)
    private val nearer = picture(2)

    private fun open(): FieldApp {
        val phone = Files.createDirectories(folder.resolve("phone"))
        return FieldApp.open(phone.toString(), Signing(keys), Wrapping(KeyFolder(folder.resolve("keys")).storeKey()))
    }

    @Test
    fun `a case found without signal is received whole once there is signal`() {
        Hub(folder.resolve("hub")).use { hub ->
            val before = open()
            enrol(before, hub)
            val case = reportOffline(before)
            addToIt(before, case)
            seenOffline(before, case)
            // The app dies: nobody shut it down, only its memory went. Until then nobody else gets the store.
            refused("store_in_use") { open() }
            before.destroy()

            open().use { app ->
                seenOffline(app, case)
                sync(app, hub)
                received(app, case)
                for (original in listOf(found, nearer)) {
                    val there = hub.photoSeenBy("clerk", sha256(original))
                    assertEquals(sha256(original), sha256(there))
                }
                // A worker may not grant what a clerk grants: told at once, nothing is written.
                refused("wrong_role") { app.act(case, Act.Accept) }
                assertEquals(1, app.show(case).timeline.size)
                measure(app)
                app.shutDown()
                refused("shut_down") { app.show(case) }
            }
        }
    }

    private fun enrol(app: FieldApp, hub: Hub) {
        refused("not_enrolled") { app.nextRequest() }
        val start = app.beginEnrolment(hub.url, hub.enrolmentCode)
        start.enrolment.use { enrolment ->
            refused("no_network") { app.finishEnrolment(enrolment, HttpAnswer.Unreachable) }
            val me = app.finishEnrolment(enrolment, perform(hub, start.request))
            assertEquals("worker-putian", me.id)
            assertTrue(Role.GRID_WORKER in me.roles)
        }
        assertEquals(hub.url, app.serverUrl())
    }

    private fun reportOffline(app: FieldApp): String {
        val draft = app.newDraft()
        refused("unknown_class") { app.report(draft) }
        val details = PhotoDetails(purpose = PhotoPurpose.FOUND, caption = "路面坑洞", point = CORNER)
        refused("photo_not_a_picture") { app.attachToDraft(draft, details, direct(byteArrayOf(1, 2, 3))) }
        assertEquals(sha256(found), app.attachToDraft(draft, details, direct(found)))
        val fix = Fix(CORNER, accuracyMetres = 8u, provider = "gps", at = 1_751_252_400_000, mock = false)
        app.saveDraft(
            draft,
            app.draft(draft).content.copy(
                `class` = "road_damage",
                title = "路面坑洞",
                description = "约半米宽，位于路口转角",
                point = CORNER,
                fixes = listOf(fix),
                severity = Severity.SERIOUS,
            ),
        )
        keys.locked = true
        assertTrue("locked" in refused("device_key") { app.report(draft) }.en)
        keys.locked = false
        val case = app.report(draft)
        assertTrue(keys.signed >= 2, "the photo and the request are sealed")
        assertTrue(app.drafts(null, 10u).isEmpty())
        return case
    }

    private fun addToIt(app: FieldApp, case: String) {
        app.attach(case, PhotoDetails(PhotoPurpose.FOUND, caption = "近景"), direct(nearer))
        app.hazard(case, "汛期可能形成积水")
        app.comment(case, "夜间无照明")
    }

    private fun seenOffline(app: FieldApp, case: String) {
        val row = app.search("坑洞", 10u).single()
        assertEquals(case, row.id)
        assertEquals(Delivery.OnDevice, row.delivery)
        assertEquals("在本机", row.deliveryZh)
        assertEquals(listOf(case), app.cases(null, 50u).map { it.id })
        assertEquals(case, app.near(CORNER, 5u).first().id)
        val page = app.show(case)
        assertEquals(CaseState.DRAFT, page.state)
        assertEquals(CaseState.REPORTED, page.provisionalState)
        assertEquals(CORNER, page.facts.position?.point)
        assertEquals(setOf(sha256(found), sha256(nearer)), page.photos.map { it.sha256 }.toSet())
        assertEquals(listOf("汛期可能形成积水"), page.hazards.map { it.text })
        assertEquals(listOf("夜间无照明"), page.comments.map { it.text })
        assertArrayEquals(found, app.photoBytes(sha256(found)))
    }

    private fun received(app: FieldApp, case: String) {
        val page = app.show(case)
        assertEquals(CaseState.REPORTED, page.state)
        assertEquals(Delivery.Received, page.delivery)
        assertEquals("已送达", page.deliveryZh)
        assertTrue(page.timeline.single().ruling!!.accepted)
        assertEquals(2, page.photos.size)
        page.photos.forEach { assertEquals(PhotoState.RECEIVED, it.state) }
        val status = app.syncStatus()
        assertEquals(0uL, status.textsUnsent)
        assertEquals(0uL, status.photoFilesUnsent)
        assertTrue(status.setAside.isEmpty())
    }

    /** What an app does with a request: whatever answer came is handed back with its bytes. */
    private fun perform(hub: Hub, request: HttpRequest): HttpAnswer = network.perform(hub.url, null, request.own()).core()

    private fun sync(app: FieldApp, hub: Hub) {
        app.startSync()
        repeat(SYNC_REQUESTS_MAX) {
            val request = app.nextRequest() ?: return
            val step = app.onAnswer(perform(hub, request))
            assertNull(step.refused)
            assertNull(step.problem)
        }
        fail<Unit>("still not done after $SYNC_REQUESTS_MAX requests")
    }

    /** Every error is the one sealed class: a code to branch on, words in both languages to show. */
    private fun refused(code: String, work: () -> Unit): FieldException.Failed {
        val failure: FieldException = assertThrows<FieldException> { work() }
        return when (failure) {
            is FieldException.Failed -> {
                assertEquals(code, failure.code)
                assertTrue(failure.zh.isNotBlank() && failure.en.isNotBlank())
                failure
            }
        }
    }

    /** Prints what a call costs here; a figure to read, not a limit to hold. */
    private fun measure(app: FieldApp) {
        fun microseconds(work: () -> Unit): Long {
            repeat(MEASURED_CALLS) { work() }
            val start = System.nanoTime()
            repeat(MEASURED_CALLS) { work() }
            return (System.nanoTime() - start) / 1_000 / MEASURED_CALLS
        }
        val rows = app.cases(null, 50u).size
        val bare = microseconds { app.changeCounters() }
        val list = microseconds { app.cases(null, 50u) }
        println("kotlin: a bare call $bare µs, a list of $rows rows $list µs")
    }
}
