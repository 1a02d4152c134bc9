package xunge.ui

import java.time.LocalDate
import org.junit.jupiter.api.Assertions.assertEquals
import org.junit.jupiter.api.Assertions.assertFalse
import org.junit.jupiter.api.Assertions.assertNull
import org.junit.jupiter.api.Assertions.assertTrue
import org.junit.jupiter.api.Test
import xunge.core.DeclineCause
import xunge.core.DocumentId
import xunge.core.DutyDelivery
import xunge.core.Instant
import xunge.ui.state.CasePageState
import xunge.ui.state.DUTY_WORDS_MAX
import xunge.ui.state.Declining
import xunge.ui.state.FieldState
import xunge.ui.state.LeaveState
import xunge.ui.state.SiteActKind
import xunge.ui.state.TaskListState
import xunge.ui.state.TaskStanding
import xunge.ui.state.standing
import xunge.ui.words.startOf

/** What a worker says of their own duty. */
class DutyStatesTest {
    private val core = FakeCore()
    private val platform = FakePlatform()
    private val field = FieldState(core, platform)

    private fun case2(): CasePageState = CasePageState(field, DocumentId("case 2")).also { field.open(it) }

    @Test
    fun `a task is declined with its cause, and another cause needs words`() {
        val page = case2()
        page.decline()
        assertNull(page.task!!.declined, "nothing is being declined")
        page.beginDeclining()
        page.decline()
        assertNull(page.task!!.declined, "why?")
        page.declining = Declining(DeclineCause.OTHER, "  ")
        page.decline()
        assertNull(page.task!!.declined, "which other cause?")
        page.declining = Declining(DeclineCause.OTHER, " 车坏了 ")
        page.decline()
        val declined = page.task!!.declined!!
        assertEquals(DeclineCause.OTHER to "车坏了", declined.cause to declined.words)
        assertEquals(DutyDelivery.ON_DEVICE, declined.delivery)
        assertNull(page.declining)
        assertFalse(page.task!!.waits)
        assertEquals(TaskStanding.DECLINED, page.task!!.standing(Samples.now))
        assertEquals(0, core.unsentTexts, "a round of sync followed")
    }

    @Test
    fun `a decline that is refused leaves the task as it was`() {
        core.tasks = Samples.tasks.map { if (it.case.text == "case 2") it.copy(declined = DutySamples.refused) else it }
        val page = case2()
        assertTrue(page.task!!.waits)
        assertEquals(TaskStanding.SOON, page.task!!.standing(Samples.now))
        page.beginDeclining()
        page.declining = Declining(DeclineCause.SICK)
        page.decline()
        assertEquals(DeclineCause.SICK, page.task!!.declined!!.cause)
    }

    @Test
    fun `declining ends what else is being done, and the other way round`() {
        val page = case2()
        page.begin(SiteActKind.VERIFY)
        page.beginDeclining()
        assertNull(page.acting)
        page.begin(SiteActKind.VERIFY)
        assertNull(page.declining)
    }

    @Test
    fun `what is declined comes last in the list, and home counts it no more`() {
        core.declineTask(DocumentId("case 7"), DeclineCause.TOO_FAR, "")
        val list = TaskListState(field)
        field.open(list)
        assertEquals(setOf("case 6", "case 7"), list.shown!!.takeLast(2).map { it.case.text }.toSet())
        assertEquals(3, core.home().tasks.count { it.waits })
    }

    @Test
    fun `a leave from today begins now, one from another day begins with it, and both end with their last day`() {
        val page = LeaveState(field)
        field.open(page)
        page.begin()
        page.submit()
        val today = core.leaves.last()
        assertEquals(Samples.now to startOf(LocalDate.of(2026, 7, 4)), today.from to today.until)
        page.begin()
        page.moveFirst(2)
        page.moveLast(1)
        page.say(" 年假 ")
        page.submit()
        val later = core.leaves.last()
        assertEquals(startOf(LocalDate.of(2026, 7, 5)) to startOf(LocalDate.of(2026, 7, 7)), later.from to later.until)
        assertEquals("年假" to DutyDelivery.ON_DEVICE, later.words to later.delivery)
        assertNull(page.form)
        assertEquals(0, core.unsentTexts, "a round of sync followed")
    }

    @Test
    fun `it counts by the server's clock, and its days stay in their order`() {
        core.serverTime = Instant(Samples.now.millis + 24 * 3_600_000)
        field.start()
        val page = LeaveState(field)
        field.open(page)
        page.begin()
        assertEquals(LocalDate.of(2026, 7, 4), page.form!!.first)
        page.moveFirst(-3)
        assertEquals(LocalDate.of(2026, 7, 4), page.form!!.first, "not before today")
        page.moveLast(-1)
        assertEquals(page.form!!.first, page.form!!.last)
        page.moveLast(9_999)
        assertEquals(364, page.form!!.last.toEpochDay() - page.form!!.first.toEpochDay(), "a year at most")
        page.moveFirst(400)
        assertEquals(page.form!!.first, page.form!!.last)
        page.say("字".repeat(DUTY_WORDS_MAX + 1))
        assertEquals(DUTY_WORDS_MAX, page.form!!.words.length)
        page.cancel()
        assertNull(page.form)
    }

    @Test
    fun `only what counts, or may count, and is not over is taken back, and once`() {
        val page = LeaveState(field)
        field.open(page)
        assertEquals(listOf("leave 2", "leave 4"), page.leaves!!.filter(page::mayTakeBack).map { it.id.text })
        page.takeBack(page.leaves!!.first { it.id.text == "leave 2" })
        assertEquals(listOf("leave 4"), page.leaves!!.filter(page::mayTakeBack).map { it.id.text })
        assertEquals(DutyDelivery.ON_DEVICE, page.leaves!!.first { it.id.text == "leave 2" }.takenBack)
    }
}
