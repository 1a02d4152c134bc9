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
import xunge.core.Body
import xunge.core.Bounds
import xunge.core.Call
import xunge.core.CaseAct
import xunge.core.CaseState
import xunge.core.CheckinState
import xunge.core.ClassReason
import xunge.core.ComponentCode
import xunge.core.DeclinedProblem
import xunge.core.Delivery
import xunge.core.DocumentId
import xunge.core.DraftId
import xunge.core.FieldCore
import xunge.core.Fix
import xunge.core.Freed
import xunge.core.Initiation
import xunge.core.Instant
import xunge.core.KeyProblem
import xunge.core.Link
import xunge.core.LinkAnswer
import xunge.core.LinkProblem
import xunge.core.NewCheckin
import xunge.core.NotEnrolledProblem
import xunge.core.NotFoundProblem
import xunge.core.PhotoProblem
import xunge.core.PhotoPurpose
import xunge.core.PhotoState
import xunge.core.PhraseUse
import xunge.core.Point
import xunge.core.PrivateDelivery
import xunge.core.PrivateKind
import xunge.core.Problem
import xunge.core.Severity
import xunge.core.StoreProblem
import xunge.core.Subject
import xunge.core.SyncOutcome
import xunge.core.TakenPhoto
import xunge.core.TileName
import xunge.core.VOICE_NOTE_BYTES_MAX

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

    private val link = network()

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
            metered(core, case)
            var left = Long.MAX_VALUE
            assertEquals(SyncOutcome.Done, core.sync(link) { left = it.textsUnsent + it.photoFilesUnsent })
            assertEquals(0L, left)
            ruled(core, case)
            spoken(core, case)
            room(core, case)
            checkins(core)
            // Before photos make the heap grow.
            noLeak(core)
            capture(core, case)
            settled(core, hub)
            secretary(hub)
            core.shutDown()
        }
    }

    /** Where the link costs, the case is ruled and its photos can be looked at; the files themselves wait. */
    private fun metered(core: FieldCore, case: DocumentId) {
        core.setMetered(true)
        assertEquals(SyncOutcome.Done, core.sync(link))
        val status = core.syncStatus()
        assertEquals(0L, status.textsUnsent)
        assertEquals(core.case(case).photos.size.toLong(), status.photoFilesHeldBack, "of each photo the original")
        assertEquals(status.photoFilesUnsent, status.photoFilesHeldBack)
        assertEquals(CaseState.REPORTED, core.case(case).state)
        core.setMetered(false)
        assertEquals(0L, core.syncStatus().photoFilesHeldBack)
    }

    private fun enrol(core: FieldCore, hub: Hub) {
        assertNull(core.me())
        refused<NotEnrolledProblem> { core.home() }
        val away = Link { _, _, _ -> LinkAnswer.Unreachable }
        assertEquals("no_network", refused<LinkProblem> { core.enrol(hub.url, hub.enrolmentCode, away) }.code)
        assertEquals("worker-putian", core.enrol(hub.url, hub.enrolmentCode, link).id.text)
        val me = core.me()!!
        assertTrue(me.encrypted && !me.keyInHardware)
        assertEquals(hub.url, me.serverUrl)
    }

    private fun report(core: FieldCore): DocumentId {
        refused<PhotoProblem> { core.beginDraft(TakenPhoto(byteArrayOf(1, 2, 3), PhotoPurpose.FOUND)) }
        assertEquals(emptyList<Any>(), core.drafts(10), "a draft without its photo is nobody's")
        val draft = core.beginDraft(photo)
        assertEquals(CORNER, draft.fixes.single().point)
        assertNull(draft.point, "nobody chose a place: the best fix holds")
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

    /** A voice note lies beside its case until the hub has it, and is no part of it. */
    private fun spoken(core: FieldCore, case: DocumentId) {
        val texts = core.case(case).let { it.comments.size + it.timeline.size }
        refused<NotFoundProblem> { core.keepVoiceNote(DocumentId("0".repeat(32)), byteArrayOf(1)) }
        assertEquals("private_empty", refused<DeclinedProblem> { core.keepVoiceNote(case, ByteArray(0)) }.code)
        assertEquals("voice_note_too_long", refused<DeclinedProblem> { core.keepVoiceNote(case, ByteArray(VOICE_NOTE_BYTES_MAX + 1)) }.code)
        core.keepVoiceNote(case, byteArrayOf(1, 2, 3))
        core.keepVoiceNote(case, ByteArray(VOICE_NOTE_BYTES_MAX))
        val (first, largest) = core.privateRecords(case)
        assertEquals(listOf(PrivateKind.VOICE_NOTE to PrivateDelivery.ON_DEVICE) to 3L, listOf(first.kind to first.delivery) to first.bytes)
        core.discardPrivate(first.id)
        assertEquals(listOf(largest), core.privateRecords(case))
        assertEquals(SyncOutcome.Done, core.sync(link))
        assertEquals(PrivateDelivery.RECEIVED, core.privateRecords(case).single().delivery)
        refused<NotFoundProblem> { core.discardPrivate(largest.id) }
        assertEquals(texts, core.case(case).let { it.comments.size + it.timeline.size }, "nothing of it is in the case")
    }

    /** The hub has the photos, and no backup of it has: nothing goes, whatever is asked. */
    private fun room(core: FieldCore, case: DocumentId) {
        val bytes = core.photoBytes()
        assertTrue(bytes > found.size, "$bytes")
        assertEquals(Freed(0, 0, bytes), core.freeOriginals(0))
        for (photo in core.case(case).photos) core.photo(photo.hash)
    }

    /** What a form shows of a place, and what is picked of it. */
    private fun capture(core: FieldCore, case: DocumentId) {
        assertEquals(emptyList<Any>(), core.tasks())
        val road = core.case(case).classCode!!
        val draft = core.beginDraft(TakenPhoto(picture(5), PhotoPurpose.FOUND, photo.fixes))
        assertEquals(road, core.pickClass(draft.id, road).classCode)
        val around = core.around(draft.id)
        assertEquals(CORNER, around.point)
        val grid = around.grids.single()
        assertEquals(1.0, grid.share)
        assertTrue(around.classes.any { it.code == road && it.why == ClassReason.USED_LATELY })
        val same = around.duplicates.first { it.case == case }
        assertTrue(same.metres == 0 && same.zh.isNotBlank() && same.en.isNotBlank())
        core.pickPossibleDuplicate(draft.id, case)
        // A form that was read before does not take back what was picked.
        core.saveDraft(draft.copy(classCode = road, description = "同一处"))
        assertEquals(case, core.draft(draft.id).possibleDuplicateOf)
        assertEquals(grid.code, core.pickGrid(draft.id, grid.code).unitGrid)
        assertNull(core.pickGrid(draft.id, null).unitGrid)
        assertEquals("not_found", refused<NotFoundProblem> { core.pickComponent(draft.id, ComponentCode("1000000000000000")) }.code)
        assertEquals(case, core.case(core.report(draft.id)).possibleDuplicateOf)

        assertEquals(emptyList<String>(), core.phrases(PhraseUse.REPORT, road), "the demo city has no table of phrases")
        val map = core.map(null)
        assertTrue(grid.code in map.grids.map { it.code } && case in map.cases.map { it.id })
        assertEquals(CORNER, map.cases.first { it.id == case }.point)
        assertNull(core.baseMap(), "the demo city has none, and the map is drawn without")
        assertEquals(emptyList<Any>(), core.baseMapTiles(map.area!!, 360))
        assertNull(core.baseMapTile(TileName(16, 53_469, 25_987)))
        val corner = Bounds(CORNER, CORNER)
        assertTrue(core.map(corner).cases.all { it.point == CORNER })
    }

    /** 自行处置 in one visit, and what the hub says of it. */
    private fun settled(core: FieldCore, hub: Hub) {
        val own = core.classes().first { it.selfHandled }
        val draft = core.beginDraft(TakenPhoto(picture(6), PhotoPurpose.FOUND, photo.fixes))
        core.pickClass(draft.id, own.code)
        refused<DeclinedProblem> { core.selfHandle(draft.id, CORNER, "") }
        core.addPhotoToDraft(draft.id, TakenPhoto(picture(7), PhotoPurpose.AFTER, photo.fixes))
        val case = core.selfHandle(draft.id, CORNER, "已清理")
        assertEquals(CaseState.SELF_DONE, core.case(case).provisionalState)
        assertEquals(setOf(PhotoPurpose.BEFORE, PhotoPurpose.AFTER), core.case(case).photos.map { it.purpose }.toSet())
        assertEquals(SyncOutcome.Done, core.sync(link))
        assertEquals(CaseState.SELF_DONE, core.case(case).state)
    }

    /** A check-in opened by somebody who may, from the bodies of the city. */
    private fun secretary(hub: Hub) {
        val keys = KeyFolder(folder.resolve("secretary-keys"))
        val phone = Files.createDirectories(folder.resolve("secretary"))
        val core = BoundCore.open(phone, keys.deviceKey(), keys.storeKey())
        core.enrol(hub.url, hub.codeFor("erhuanlu-secretary"), link)
        val (visiting, hosts) = listOf("road-dept-branch", "erhuanlu-branch").map { id -> core.bodies().single { it.id.text == id } }
        val place = Subject.Place("二环路 7 号院", CORNER)
        val checkin = core.openCheckin(NewCheckin("老旧电缆入地", Initiation.VISIT, place, listOf(visiting.id), listOf(hosts.id)))
        assertEquals(SyncOutcome.Done, core.sync(link))
        val page = core.checkin(checkin)
        assertEquals(CheckinState.OPENED, page.state)
        assertEquals(listOf(visiting) to listOf(hosts), page.visiting to page.hosts)
        assertEquals(place, page.subject)
        whistle(core, visiting, hosts)
        core.shutDown()
    }

    /** 吹哨: the host calls, and what it asks stands on the page. */
    private fun whistle(core: FieldCore, visiting: Body, hosts: Body) {
        val place = Subject.Place("二环路 7 号院", CORNER)
        val opening = NewCheckin("院内积水", Initiation.WHISTLE, place, listOf(visiting.id), listOf(hosts.id))
        assertEquals("calls_missing", refused<DeclinedProblem> { core.openCheckin(opening) }.code)
        val due = Instant(System.currentTimeMillis() + 3_600_000)
        val checkin = core.openCheckin(opening.copy(calls = listOf(Call(visiting.id, "带泵车到场", due))))
        assertEquals(SyncOutcome.Done, core.sync(link))
        val page = core.checkin(checkin)
        assertEquals(CheckinState.OPENED, page.state)
        val call = page.calls.single()
        assertEquals(Triple(visiting, "带泵车到场", due), Triple(call.party, call.obligation, call.due))
    }

    private fun checkins(core: FieldCore) {
        val rows = core.checkins(null, 50)
        println("kotlin: ${rows.size} check-ins came with this beat")
        for (row in rows) assertEquals(row.steps, core.checkin(row.id).steps.size)
    }

    /** Calls over the border leave nothing behind. */
    private fun noLeak(core: FieldCore) {
        // As many as are measured: until then the heap takes pages that it was only promised.
        repeat(CALLS) { core.cases(null, 5) }
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
