package xunge.ui

import org.junit.jupiter.api.Assertions.assertEquals
import org.junit.jupiter.api.Assertions.assertFalse
import org.junit.jupiter.api.Assertions.assertNull
import org.junit.jupiter.api.Assertions.assertTrue
import org.junit.jupiter.api.Test
import xunge.core.Around
import xunge.core.Draft
import xunge.core.NotFoundProblem
import xunge.ui.state.CasePageState
import xunge.ui.state.FieldState
import xunge.ui.state.HomeState
import xunge.ui.state.PlaceState
import xunge.ui.state.ReportState

/** A report at its place: what is around, what is the same matter, what is settled on the spot. */
class CaptureStatesTest {
    private val core = FakeCore()
    private val platform = FakePlatform()
    private val field = FieldState(core, platform)

    private fun shot(): ReportState {
        field.start()
        (field.page as HomeState).shoot()
        return field.page as ReportState
    }

    @Test
    fun `a report waits until the core has looked for the same matter`() {
        val looks = ArrayDeque<() -> Unit>()
        val report = shot()
        platform.held = looks
        report.pick(Samples.classes[0])
        assertFalse(report.ready, "nobody looked yet")
        while (looks.isNotEmpty()) looks.removeFirst()()
        assertTrue(report.ready)
    }

    @Test
    fun `a place chosen on the map is the report's, its fixes stay, and it can be taken back`() {
        val report = shot()
        platform.fix(80)
        report.openPlace()
        val page = field.page as PlaceState
        assertEquals(240.0, page.view!!.metresAcross, "the circle of the fix is in view")
        platform.fix(60)
        assertEquals(60, page.here?.accuracyMetres, "the position goes on improving")
        page.show(page.view!!.zoomed(2.0))
        var looked: Draft? = null
        core.around = { draft -> Samples.around.also { looked = draft } }
        page.choose(Samples.east(30, 10))
        assertEquals(report, field.page)
        assertEquals(Samples.east(30, 10) to Samples.east(30, 10), report.chosen to looked?.point)
        val kept = core.drafts.single()
        assertEquals(Samples.east(30, 10) to 2, kept.point to kept.fixes.size)
        platform.fix(9)
        assertEquals(Samples.east(30, 10), core.drafts.single().point, "a better fix does not move it")

        report.openPlace()
        assertEquals(Samples.east(30, 10), (field.page as PlaceState).view?.middle, "chosen again from there")
        (field.page as PlaceState).showHere()
        assertEquals(Samples.here, (field.page as PlaceState).view?.middle)
        field.back()
        assertEquals(Samples.east(30, 10), report.chosen, "going back chooses nothing")
        report.choosePlace(null)
        assertNull(core.drafts.single().point)
    }

    @Test
    fun `where nothing says where it is, the whole beat is shown to choose from`() {
        val report = shot()
        report.openPlace()
        val page = field.page as PlaceState
        assertNull(page.view)
        assertEquals(Samples.beat, page.beat)
    }

    @Test
    fun `what cannot be looked up keeps nobody from reporting`() {
        val report = shot()
        core.around = { throw NotFoundProblem("not_found", "没有", "none") }
        report.pick(Samples.classes[0])
        assertEquals("not_found", report.problem?.code)
        assertTrue(report.ready)
    }

    @Test
    fun `the same matter is asked about only once a class is picked, and what was said can be taken back`() {
        core.around = { Samples.around.copy(duplicates = Samples.duplicates) }
        val report = shot()
        assertEquals(0, report.duplicates.size)
        report.pick(Samples.classes[0])
        assertEquals(2, report.duplicates.size)
        report.link(report.duplicates[1].case)
        assertEquals(report.duplicates[1].case, core.drafts.single().possibleDuplicateOf)
        report.describe("约半米宽")
        assertEquals(report.duplicates[1].case, core.drafts.single().possibleDuplicateOf, "writing takes nothing back")
        report.link(null)
        assertNull(core.drafts.single().possibleDuplicateOf)
    }

    @Test
    fun `of a poor fix the grid is asked for, and the same touch takes it back`() {
        core.around = { Samples.around.copy(grids = Samples.grids) }
        val report = shot()
        val second = Samples.grids[1].code
        report.pickGrid(second)
        assertEquals(second, report.draft.unitGrid)
        report.pickGrid(second)
        assertNull(report.draft.unitGrid)
        assertFalse(report.outsideGrids)
    }

    @Test
    fun `a place in no known grid asks for a reason`() {
        core.around = { Samples.around.copy(grids = emptyList()) }
        val report = shot()
        assertTrue(report.outsideGrids)
        core.around = { Around(point = null) }
        report.load()
        assertFalse(report.outsideGrids, "no place is another matter")
    }

    @Test
    fun `a phrase goes behind what is written`() {
        val report = shot()
        assertEquals(Samples.phrases, report.phrases)
        report.say(Samples.phrases[0])
        report.say(Samples.phrases[1])
        assertEquals("影响行人通行；夜间无照明", core.drafts.single().description)
        report.describe("井盖翘起。")
        report.say(Samples.phrases[2])
        assertEquals("井盖翘起；已设围挡", core.drafts.single().description)
    }

    @Test
    fun `what is settled needs the photo after, and can be reported after all`() {
        val report = shot()
        report.pick(Samples.classes[3])
        report.beginSettling()
        report.settle()
        assertEquals(0, core.settled.size, "no photo after")
        report.photographAfter()
        assertTrue(report.readyToSettle)
        report.stopSettling()
        assertEquals(1, core.drafts.single().photos.size, "the photo after is no part of a report")
        report.beginSettling()
        report.photographAfter()
        report.settledNote = " 已清理 "
        report.settle()
        assertEquals("已清理", core.settled.single().second)
        assertTrue((field.page as CasePageState).justReported)
    }

    @Test
    fun `a class that is not settled on the spot ends the settling`() {
        val report = shot()
        report.pick(Samples.classes[3])
        report.beginSettling()
        report.pick(Samples.classes[0])
        assertFalse(report.settling)
    }
}
