package xunge.bindings

import java.nio.file.Files
import java.nio.file.Path
import org.junit.jupiter.api.Assertions.assertArrayEquals
import org.junit.jupiter.api.Assertions.assertEquals
import org.junit.jupiter.api.Assertions.assertNull
import org.junit.jupiter.api.Assertions.assertTrue
import org.junit.jupiter.api.Test
import org.junit.jupiter.api.assertThrows
import org.junit.jupiter.api.io.TempDir
import xunge.core.CaseAct
import xunge.core.CaseState
import xunge.core.DeclinedProblem
import xunge.core.Delivery
import xunge.core.DocumentId
import xunge.core.DraftId
import xunge.core.FieldCore
import xunge.core.Fix
import xunge.core.Instant
import xunge.core.KeyProblem
import xunge.core.Link
import xunge.core.LinkAnswer
import xunge.core.LinkProblem
import xunge.core.NotEnrolledProblem
import xunge.core.NotFoundProblem
import xunge.core.PhotoProblem
import xunge.core.PhotoPurpose
import xunge.core.PhotoState
import xunge.core.Point
import xunge.core.Problem
import xunge.core.Severity
import xunge.core.StoreProblem
import xunge.core.SyncOutcome
import xunge.core.TakenPhoto

private val CORNER = Point(longitudeE7 = 1_137_861_000, latitudeE7 = 347_552_000)
private const val CALLS = 10_000
private const val GROWTH_BYTES_MAX = 32L * 1024 * 1024

/** The same story through our own types, with the keys of a desktop: nothing here names generated code. */
class BoundCoreTest {
    @TempDir lateinit var folder: Path

    private val found = picture(3)
    private val photo =
        TakenPhoto(found, PhotoPurpose.FOUND, listOf(Fix(CORNER, accuracyMetres = 8, provider = "gps", at = Instant(1_751_252_400_000))))

    private fun keys() = KeyFolder(folder.resolve("keys"))

    private fun open(): FieldCore {
        val phone = Files.createDirectories(folder.resolve("phone"))
        return BoundCore.open(phone, keys().deviceKey(), keys().storeKey())
    }

    private fun link(hub: Hub) = Link { _, _, request ->
        val answer = hub.send(request.method, request.path, request.headers, request.body)
        LinkAnswer.Answered(answer.statusCode(), answer.body())
    }

    @Test
    fun `what a screen does, from enrolment to a ruling`() {
        Hub(folder.resolve("hub")).use { hub ->
            val before = open()
            enrol(before, hub)
            val case = report(before)
            assertEquals("store_in_use", refused<StoreProblem> { open() }.code)
            before.shutDown()
            refused<StoreProblem> { before.home() }

            // The keys are read from their files again, as after a restart.
            val core = open()
            val waiting = core.home()
            assertEquals(case, waiting.recent.first().id)
            assertTrue(waiting.status.textsUnsent > 0 && waiting.status.photoFilesUnsent > 0)
            asleep(core, case)
            val away = Link { _, _, _ -> LinkAnswer.Unreachable }
            assertTrue(core.sync(away) is SyncOutcome.Later)
            var left = Long.MAX_VALUE
            assertEquals(SyncOutcome.Done, core.sync(link(hub)) { left = it.textsUnsent + it.photoFilesUnsent })
            assertEquals(0L, left)
            ruled(core, case)
            checkins(core)
            noLeak(core)
            core.shutDown()
        }
    }

    private fun enrol(core: FieldCore, hub: Hub) {
        assertNull(core.me())
        refused<NotEnrolledProblem> { core.home() }
        val away = Link { _, _, _ -> LinkAnswer.Unreachable }
        assertEquals("no_network", refused<LinkProblem> { core.enrol(hub.url, hub.enrolmentCode, away) }.code)
        assertEquals("worker-putian", core.enrol(hub.url, hub.enrolmentCode, link(hub)).id.text)
        val me = core.me()!!
        assertTrue(me.encrypted && !me.keyInHardware)
        assertEquals(hub.url, me.serverUrl)
    }

    private fun report(core: FieldCore): DocumentId {
        refused<PhotoProblem> { core.beginDraft(TakenPhoto(byteArrayOf(1, 2, 3), PhotoPurpose.FOUND)) }
        assertEquals(emptyList<Any>(), core.drafts(10), "a draft without its photo is nobody's")
        val draft = core.beginDraft(photo)
        assertEquals(CORNER, draft.point)
        assertEquals(listOf(sha256(found)), draft.photos.map { it.hash.text })
        assertEquals("unknown_class", refused<DeclinedProblem> { core.report(draft.id) }.code)
        val road = core.classes().single { it.zh == "道路破损" || it.zh == "路面破损" }
        core.saveDraft(draft.copy(classCode = road.code, title = road.zh, severity = Severity.SERIOUS))
        // A form that was opened before the second photo does not take it away by being saved.
        core.addPhotoToDraft(draft.id, TakenPhoto(picture(4), PhotoPurpose.FOUND))
        core.saveDraft(core.draft(draft.id).copy(photos = emptyList(), description = "约半米宽"))
        assertEquals(2, core.draft(draft.id).photos.size)
        val case = core.report(draft.id)
        assertEquals(draft.id.text, case.text)
        refused<NotFoundProblem> { core.draft(draft.id) }
        refused<DeclinedProblem> { core.draft(DraftId("no id")) }
        core.addComment(case, "夜间无照明")
        assertEquals(listOf(case), core.search("破损", 10).map { it.id }.filter { it == case })
        return case
    }

    private fun asleep(core: FieldCore, case: DocumentId) {
        core.suspend()
        core.suspend()
        refused<StoreProblem> { core.case(case) }
        core.resume()
        val page = core.case(case)
        assertEquals(CaseState.DRAFT to CaseState.REPORTED, page.state to page.provisionalState)
        assertEquals(Delivery.OnDevice, page.delivery)
        assertEquals(setOf(PhotoState.ON_DEVICE), page.photos.map { it.state }.toSet())
        assertArrayEquals(found, core.photo(page.photos.first { it.hash.text == sha256(found) }.hash))
    }

    private fun ruled(core: FieldCore, case: DocumentId) {
        val page = core.case(case)
        assertEquals(CaseState.REPORTED, page.state)
        assertEquals(Delivery.Received, page.delivery)
        assertEquals(setOf(PhotoState.RECEIVED), page.photos.map { it.state }.toSet())
        assertTrue(page.timeline.first().ruling!!.accepted)
        assertTrue(core.syncStatus().allSafe)
        // What is not this person's to do is declined at once, whatever it brings along.
        for (act in listOf(CaseAct.Claim, CaseAct.Feedback("换好了"))) {
            assertEquals("wrong_role", refused<DeclinedProblem> { core.act(case, act, photo) }.code)
        }
        assertEquals(2, core.case(case).photos.size, "neither the act nor its photo")
        val first = core.cases(null, 2)
        val second = core.cases(xunge.core.PageEnd(first.last().updatedAt, first.last().id), 2)
        assertTrue(first.map { it.id }.intersect(second.map { it.id }.toSet()).isEmpty(), "pages follow each other")
    }

    private fun checkins(core: FieldCore) {
        val rows = core.checkins(null, 50)
        println("kotlin: ${rows.size} check-ins came with this beat")
        for (row in rows) assertEquals(row.steps, core.checkin(row.id).steps.size)
    }

    /** Calls over the border leave nothing behind. */
    private fun noLeak(core: FieldCore) {
        repeat(CALLS / 5) { core.cases(null, 5) }
        val before = resident()
        repeat(CALLS) { core.cases(null, 5) }
        val grown = resident() - before
        assertTrue(grown < GROWTH_BYTES_MAX, "$CALLS calls left $grown bytes behind")
    }

    /** Resident memory, where the system says so; what it does not say cannot grow. */
    private fun resident(): Long {
        System.gc()
        val status = Path.of("/proc/self/status")
        if (!Files.exists(status)) return 0
        return Files.readAllLines(status).first { it.startsWith("VmRSS:") }.filter(Char::isDigit).toLong() * 1024
    }

    @Test
    fun `a locked key store is a problem of its own, in both languages`() {
        val phone = Files.createDirectories(folder.resolve("phone"))
        val key = LockableKey(keys().deviceKey())
        val storeKey = keys().storeKey()
        Hub(folder.resolve("hub")).use { hub ->
            val core = BoundCore.open(phone, key, storeKey)
            enrol(core, hub)
            val draft = core.beginDraft(photo)
            core.saveDraft(draft.copy(classCode = core.classes().first().code))
            key.locked = true
            val problem = refused<KeyProblem> { core.report(draft.id) }
            assertTrue("locked" in problem.en && problem.zh.isNotBlank())
            key.locked = false
            core.report(draft.id)
            core.shutDown()
            storeKey.destroy()
            refused<KeyProblem> { BoundCore.open(phone, key, storeKey) }
        }
    }

    private inline fun <reified Kind : Problem> refused(crossinline work: () -> Unit): Kind = assertThrows<Kind> { work() }
}
