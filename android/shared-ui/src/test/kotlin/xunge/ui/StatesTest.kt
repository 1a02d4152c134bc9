package xunge.ui

import org.junit.jupiter.api.Assertions.assertEquals
import org.junit.jupiter.api.Assertions.assertFalse
import org.junit.jupiter.api.Assertions.assertNotNull
import org.junit.jupiter.api.Assertions.assertNull
import org.junit.jupiter.api.Assertions.assertTrue
import org.junit.jupiter.api.Test
import xunge.core.ActionName
import xunge.core.Appearance
import xunge.core.CaseAct
import xunge.core.ClassReason
import xunge.core.DocumentId
import xunge.core.Language
import xunge.core.Limit
import xunge.core.LimitUnit
import xunge.core.Reason
import xunge.core.Severity
import xunge.core.SyncOutcome
import xunge.core.WrittenStepKind
import xunge.ui.state.CaseListState
import xunge.ui.state.CasePageState
import xunge.ui.state.CheckinPageState
import xunge.ui.state.EnrolState
import xunge.ui.state.FieldState
import xunge.ui.state.HomeState
import xunge.ui.state.LIKELY_MAX
import xunge.ui.state.LaneState
import xunge.ui.state.PositionSaid
import xunge.ui.state.ReportState
import xunge.ui.state.SettingsState
import xunge.ui.state.SiteActKind
import xunge.ui.state.SiteAnswer
import xunge.ui.state.SyncState
import xunge.ui.state.findClasses
import xunge.ui.state.likelyClasses

/** What pages hold, without any screen. */
class StatesTest {
    private val core = FakeCore()
    private val platform = FakePlatform()
    private val field = FieldState(core, platform)

    @Test
    fun `a fresh device enrols and comes home`() {
        core.enrolled = false
        field.start()
        val page = field.page as EnrolState
        assertFalse(page.ready)
        page.server = " https://xunge.example/ "
        page.code = "wrong"
        page.enrol()
        assertEquals("no_network", page.problem?.code)
        assertFalse(page.busy, "it can be tried again")
        page.code = "right-code"
        page.enrol()
        assertTrue(field.page is HomeState)
    }

    @Test
    fun `the shutter makes a draft that is safe before anything is asked`() {
        val report = shot()
        assertEquals(1, core.drafts.size)
        assertEquals(1, report.draft.photos.size)
        assertFalse(report.ready)
        platform.nextPhoto = null
        field.back()
        (field.page as HomeState).shoot()
        assertTrue(field.page is HomeState, "no photo, no draft")
        assertEquals(1, core.drafts.size)
        assertEquals(1, (field.page as HomeState).home!!.drafts.size)
    }

    @Test
    fun `every step of a report is saved at once`() {
        val report = shot()
        report.pick(Samples.classes[1])
        report.rate(Severity.URGENT)
        report.hazard("影响通行")
        report.describe("井盖翘起")
        report.address("莆田路 18 号")
        val kept = core.drafts.single()
        assertEquals(Samples.classes[1].code, kept.classCode)
        assertEquals(listOf("影响通行"), kept.hazards)
        assertEquals("井盖翘起" to "莆田路 18 号", kept.description to kept.address)
        assertEquals(Severity.URGENT, kept.severity)
        report.hazard("影响通行")
        assertEquals(emptyList<String>(), core.drafts.single().hazards)
        report.addPhoto()
        assertEquals(2, report.draft.photos.size)
        report.removePhoto(report.draft.photos.last().hash)
        assertEquals(1, core.drafts.single().photos.size)
    }

    @Test
    fun `the position improves until it is reported, and then nobody watches`() {
        val report = shot()
        assertEquals(PositionSaid.Waiting, report.position)
        assertEquals(1, platform.watching)
        platform.fix(80)
        assertEquals(PositionSaid.Weak(80), report.position)
        platform.fix(9)
        platform.fix(40)
        assertEquals(PositionSaid.Good(9), report.position, "a worse fix does not take its place")
        repeat(30) { platform.fix(100 + it) }
        assertEquals(16, core.drafts.single().fixes.size, "the most exact are kept")
        assertEquals(9, core.drafts.single().fixes.first().accuracyMetres)
        report.pick(Samples.classes[0])
        report.report()
        assertEquals(0, platform.watching)
    }

    @Test
    fun `a refused report stays a draft and says why`() {
        val report = shot()
        report.pick(Samples.classes[0])
        core.drafts[0] = core.drafts[0].copy(classCode = null)
        val original = report.draft
        core.drafts.clear()
        report.report()
        assertEquals("not_found", report.problem?.code)
        assertEquals(original, report.draft)
        assertFalse(report.busy)
        report.understood()
        assertNull(report.problem)
    }

    @Test
    fun `what was reported is shown, and back is home`() {
        val report = shot()
        report.pick(Samples.classes[0])
        report.report()
        val case = field.page as CasePageState
        assertTrue(case.justReported)
        assertEquals("路面破损", case.page?.title)
        field.back()
        assertEquals("路面破损", (field.page as HomeState).home!!.recent.first().title)
        assertFalse(field.canGoBack)
    }

    @Test
    fun `likely classes are those that the core offers of this place, then those of the table, each once`() {
        val likely = likelyClasses(Samples.classes, Samples.around.classes)
        assertEquals(listOf("污水井盖", "路面破损", "路灯"), likely.take(3).map { it.each.zh })
        assertEquals(ClassReason.COMPONENT_HERE to 3, likely[0].offer?.let { it.why to it.metres })
        assertNull(likely[2].offer)
        assertEquals(LIKELY_MAX, likely.map { it.each }.toSet().size)
        assertEquals(LIKELY_MAX, likelyClasses(Samples.classes, emptyList()).size)
    }

    @Test
    fun `a class is found by its name in both languages, its major class and its code`() {
        assertEquals(listOf("污水井盖"), findClasses(Samples.classes, " 井盖 ").map { it.zh })
        assertEquals(listOf("污水井盖"), findClasses(Samples.classes, "manHole").map { it.zh })
        assertEquals(4, findClasses(Samples.classes, "公用设施").size)
        assertEquals(1, findClasses(Samples.classes, "20115").size)
        assertEquals(emptyList<Any>(), findClasses(Samples.classes, "没有"))
    }

    @Test
    fun `the list searches, and comes back whole`() {
        val page = CaseListState(field)
        field.open(page)
        assertEquals(6, page.rows?.size)
        page.find("黄河路")
        assertEquals(3, page.rows?.size)
        page.find("没有这样的")
        assertEquals(0, page.rows?.size)
        page.find("")
        assertEquals(6, page.rows?.size)
    }

    @Test
    fun `long lists come page by page, without a row twice`() {
        core.rows.clear()
        repeat(120) { at -> core.rows += Samples.rows[0].copy(id = DocumentId("many $at"), updatedAt = Samples.before(at.toLong())) }
        val page = CaseListState(field)
        field.open(page)
        assertEquals(50 to true, page.rows?.size to page.hasMore)
        page.more()
        page.more()
        assertEquals(120 to false, page.rows?.size to page.hasMore)
        assertEquals(120, page.rows!!.map { it.id }.toSet().size)
        page.load()
        assertEquals(120, page.rows?.size, "what was scrolled to stays")
    }

    @Test
    fun `a comment is kept and sent`() {
        val page = CasePageState(field, DocumentId("case 1"))
        field.open(page)
        assertEquals(1 to 2, page.photosSafe, "a photo of somebody else is not this device's to send")
        page.comment = "  "
        page.leaveComment()
        assertNotNull(page.comment, "nothing is written for nothing")
        page.comment = "已围挡"
        page.leaveComment()
        assertNull(page.comment)
        assertEquals("已围挡", page.page!!.comments.last().text)
        assertEquals(SyncOutcome.Done, field.syncing.outcome)
    }

    @Test
    fun `a verification needs its answer and its photo, and what is a desk's is not offered`() {
        val page = CasePageState(field, DocumentId("case 2"))
        field.open(page)
        assertEquals(listOf(SiteActKind.VERIFY), page.possible, "not what is impossible, not what is done at a desk")
        page.begin(SiteActKind.VERIFY)
        page.submitAct()
        page.change(page.acting?.copy(answer = SiteAnswer.UNCLEAR, note = " 看不清 "))
        page.submitAct()
        assertEquals(emptyList<CaseAct>(), core.acts)
        page.photographAct()
        page.submitAct()
        assertEquals(listOf<CaseAct>(CaseAct.Verify(null, "看不清")), core.acts)
        assertNull(page.acting)
        assertEquals(ActionName.VERIFY, page.page!!.timeline.last().action)
    }

    @Test
    fun `a claim is one touch`() {
        val page = CasePageState(field, DocumentId("case 2"))
        field.open(page)
        page.begin(SiteActKind.CLAIM)
        assertEquals(listOf<CaseAct>(CaseAct.Claim), core.acts)
    }

    @Test
    fun `refused work goes only when its author says so`() {
        val lane = LaneState(field)
        field.open(lane)
        assertEquals(2, lane.lane?.size)
        lane.dismiss(lane.lane!!.first())
        assertEquals(listOf("refused 2"), lane.lane?.map { it.id.text })
        lane.open(lane.lane!!.first())
        assertTrue(field.page is CasePageState)
    }

    @Test
    fun `refused work about a check-in opens the check-in`() {
        core.lane[0] = core.lane[0].copy(document = DocumentId("checkin 1"))
        val lane = LaneState(field)
        field.open(lane)
        lane.open(lane.lane!!.first())
        assertTrue(field.page is CheckinPageState)
    }

    @Test
    fun `one round at a time, and one asked for meanwhile follows`() {
        val held = ArrayDeque<() -> Unit>()
        platform.heldBack = held
        val page = SyncState(field)
        field.open(page)
        assertEquals(3L, page.status?.textsUnsent)
        page.sendNow()
        page.sendNow()
        page.sendNow()
        assertEquals(1, held.size)
        assertTrue(field.syncing.running)
        held.removeFirst()()
        assertEquals(1, held.size, "one follows, not two")
        held.removeFirst()()
        assertEquals(0, held.size)
        assertFalse(field.syncing.running)
        assertEquals(0L, page.status?.textsUnsent)
    }

    @Test
    fun `a round that does not come through says why and loses nothing`() {
        core.outcome = SyncOutcome.Later(30_000, Reason("no_network", "没有网络", "no network"))
        val page = SyncState(field)
        field.open(page)
        page.sendNow()
        assertEquals("no_network", (field.syncing.outcome as SyncOutcome.Later).why?.code)
        assertEquals(3L, page.status?.textsUnsent)
    }

    @Test
    fun `a round that did not come through is tried again by itself, unless somebody was faster`() {
        core.outcome = SyncOutcome.Later(30_000, null)
        field.syncing.start()
        val (wait, first) = platform.putOff.single()
        assertEquals(30_000L, wait)
        field.syncing.start()
        first()
        assertEquals(2, platform.putOff.size, "the worker was faster: the first try is pointless")
        core.outcome = SyncOutcome.Done
        platform.putOff.last().second()
        assertEquals(SyncOutcome.Done, field.syncing.outcome)
        assertEquals(2, platform.putOff.size, "nothing is left to try")
    }

    @Test
    fun `on a metered link photo files wait, unless the person sends them, and that goes on until it came through`() {
        platform.metered = true
        field.syncing.start()
        assertEquals(listOf(true), core.metered)
        core.heldBack = 5
        core.outcome = SyncOutcome.Later(30_000, null)
        val page = SyncState(field)
        field.open(page)
        assertEquals(5L, page.status?.photoFilesHeldBack)
        page.sendAllNow()
        core.outcome = SyncOutcome.Done
        platform.putOff.last().second()
        assertEquals(listOf(true, false, false), core.metered, "tried again by itself, it is the same round")
        page.sendNow()
        assertEquals(true, core.metered.last(), "the next one waits again")
    }

    @Test
    fun `all that is asked for while a round runs follows it`() {
        platform.metered = true
        val held = ArrayDeque<() -> Unit>()
        platform.heldBack = held
        val page = SyncState(field)
        field.open(page)
        page.sendNow()
        page.sendAllNow()
        page.sendNow()
        while (held.isNotEmpty()) held.removeFirst()()
        assertEquals(listOf(true, false), core.metered)
    }

    @Test
    fun `a step is written on site, in words`() {
        val page = CheckinPageState(field, DocumentId("checkin 1"))
        field.open(page)
        page.write(WrittenStepKind.ARRIVAL)
        page.keep()
        assertNotNull(page.writing, "nothing is written for nothing")
        page.note = "到场，准备清淤"
        page.addPhoto()
        page.keep()
        assertNull(page.writing)
        assertEquals("到场，准备清淤", page.page!!.steps.last().note)
        assertEquals(0, page.photos.size)
    }

    @Test
    fun `a survey needs its cause and its photo`() {
        val page = CasePageState(field, DocumentId("case 5"))
        field.open(page)
        assertEquals(listOf(SiteActKind.JOINT_SURVEY, SiteActKind.CLAIM), page.possible)
        page.begin(SiteActKind.JOINT_SURVEY)
        assertEquals(Samples.phrases, page.phrases)
        page.photographAct()
        page.change(page.acting?.copy(note = " 堵 ", workDays = 3))
        page.submitAct()
        assertEquals(emptyList<CaseAct>(), core.acts, "one character is no cause")
        page.change(page.acting?.copy(note = " 管道堵塞 "))
        page.submitAct()
        assertEquals(listOf<CaseAct>(CaseAct.JointSurvey("管道堵塞", Limit(3, LimitUnit.WORK_DAY))), core.acts)
    }

    @Test
    fun `settings hold at once and for the next start`() {
        val page = SettingsState(field)
        field.open(page)
        page.language(Language.ENGLISH)
        page.appearance(Appearance.DARK)
        assertEquals(Language.ENGLISH to Appearance.DARK, field.settings.language to field.settings.appearance)
        assertEquals(field.settings, FieldState(core, platform).settings)
    }

    private fun shot(): ReportState {
        field.start()
        (field.page as HomeState).shoot()
        return field.page as ReportState
    }
}
