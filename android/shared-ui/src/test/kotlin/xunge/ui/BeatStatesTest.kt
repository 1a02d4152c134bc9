package xunge.ui

import org.junit.jupiter.api.Assertions.assertEquals
import org.junit.jupiter.api.Assertions.assertFalse
import org.junit.jupiter.api.Assertions.assertNull
import org.junit.jupiter.api.Assertions.assertTrue
import org.junit.jupiter.api.Test
import xunge.core.Call
import xunge.core.DocumentId
import xunge.core.Initiation
import xunge.core.Instant
import xunge.core.Role
import xunge.core.Subject
import xunge.ui.state.Calling
import xunge.ui.state.CasePageState
import xunge.ui.state.CheckinListState
import xunge.ui.state.CheckinOpenState
import xunge.ui.state.CheckinPageState
import xunge.ui.state.FieldState
import xunge.ui.state.MapState
import xunge.ui.state.MapView
import xunge.ui.state.Side
import xunge.ui.state.TaskListState
import xunge.ui.state.TaskOrder
import xunge.ui.state.TaskStanding
import xunge.ui.state.standing

/** The beat: tasks, map, and a check-in that is opened. */
class BeatStatesTest {
    private val core = FakeCore()
    private val platform = FakePlatform()
    private val field = FieldState(core, platform)

    @Test
    fun `tasks come by the time left, or by how far they are, and what is answered last`() {
        val page = TaskListState(field)
        field.open(page)
        val ids = { page.shown!!.map { it.case.text.removePrefix("case ") } }
        assertEquals(listOf("7", "2", "3", "9", "6"), ids())
        page.order = TaskOrder.DISTANCE
        assertEquals(listOf("7", "2", "3", "9", "6"), ids(), "without a position the time decides")
        platform.fix(8)
        assertEquals(listOf("3", "2", "7", "9", "6"), ids(), "what has no place yet comes behind")
        assertEquals(40.0, page.metresTo(core.tasks[1])!!, 0.5)
        field.start()
        assertEquals(0, platform.watching)
    }

    @Test
    fun `how a task stands`() {
        val (verify, check, late, answered) = core.tasks
        assertEquals(TaskStanding.SOON, verify.standing(Samples.now))
        assertEquals(TaskStanding.IN_TIME, check.standing(Samples.now))
        assertEquals(TaskStanding.OVERDUE, late.standing(Samples.now))
        assertEquals(TaskStanding.ANSWERED, answered.standing(Samples.now))
    }

    @Test
    fun `what is due is due by the server's clock, whatever this phone shows`() {
        field.start()
        assertEquals(Samples.now, field.serverTime())
        core.serverTime = Samples.before(60)
        field.changed()
        assertEquals(Samples.before(60), field.serverTime())
    }

    @Test
    fun `a task opens its case, which says what is asked until it is answered`() {
        val page = TaskListState(field)
        field.open(page)
        page.open(core.tasks[0])
        val case = field.page as CasePageState
        assertEquals(core.tasks[0], case.task)
        core.tasks = core.tasks.drop(1)
        case.load()
        assertNull(case.task)
    }

    @Test
    fun `the map shows all of the beat, moves, and finds what is touched`() {
        val page = MapState(field)
        field.open(page)
        assertEquals(listOf(null), core.mapped)
        val whole = MapView.of(Samples.beat.area!!, 1.0)
        assertEquals(648.0, whole.metresAcross, 20.0)
        assertTrue(Samples.here.distanceMetres(whole.middle) < 1)
        val second = core.rows[1]
        page.touch(second.point!!, 10.0)
        assertEquals(second, page.chosen)
        page.touch(Samples.east(4_000), 10.0)
        assertNull(page.chosen)
        page.show(whole.zoomed(1.6), 1.5)
        assertEquals(listOf(null), core.mapped, "all components are here already")
        assertEquals(40.0, whole.zoomed(1e9).metresAcross)
        platform.fix(8)
        page.next(1.0)
        val first = page.chosen!!
        page.next(1.0)
        assertTrue(first.point!!.distanceMetres(Samples.here) <= page.chosen!!.point!!.distanceMetres(Samples.here))
        assertEquals(page.chosen!!.point, page.view?.middle)
        page.showHere(1.0)
        assertEquals(Samples.here, page.view?.middle)
    }

    @Test
    fun `of too many components those in view are asked for`() {
        core.beat = Samples.beat.copy(components = emptyList(), componentsLeftOut = 9_000)
        val page = MapState(field)
        field.open(page)
        assertEquals(9_000, page.componentsLeftOut)
        core.beat = Samples.beat
        val view = MapView(Samples.here, 200.0)
        page.show(view, 2.0)
        assertEquals(view.area(2.0), core.mapped.last())
        assertEquals(0L to 40, page.componentsLeftOut to page.components.size)
    }

    @Test
    fun `a place so many metres away is so far`() {
        val away = MapView(Samples.here, 100.0).at(east = 300.0, north = -400.0)
        assertEquals(500.0, away.distanceMetres(Samples.here), 0.5)
        val (east, north) = away.metresFrom(Samples.here)
        assertEquals(300.0, east, 0.5)
        assertEquals(-400.0, north, 0.5)
    }

    @Test
    fun `a check-in needs its line, its place and both sides`() {
        core.person = Samples.person.copy(roles = listOf(Role.BRANCH_SECRETARY))
        field.start()
        val list = CheckinListState(field)
        assertTrue(list.mayOpen)
        list.begin()
        val page = field.page as CheckinOpenState
        platform.fix(12)
        page.title = " 老旧电缆入地 "
        page.pickFor(Side.VISITING)
        page.wanted = "排水"
        assertEquals(listOf("市政排水中心党支部"), page.found.map { it.name })
        page.pick(Side.VISITING, page.found.single().id)
        page.pick(Side.HOSTS, Samples.bodies[0].id)
        page.open()
        assertEquals(0, core.opened.size, "where?")
        page.address = "黄河路 7 号院"
        page.open()
        val opened = core.opened.single()
        assertEquals("老旧电缆入地", opened.title)
        assertEquals(Subject.Place("黄河路 7 号院", Samples.here), opened.subject)
        assertEquals(Initiation.VISIT, opened.initiation)
        assertTrue(field.page is CheckinPageState)
        assertEquals(0, platform.watching)
    }

    @Test
    fun `a whistle says of each party that it calls what it has to do, and until when`() {
        field.start()
        val page = CheckinOpenState(field, Subject.Case(DocumentId("case 1")), "积水点整治")
        field.open(page)
        val (host, water, street) = Samples.bodies.map { it.id }
        page.pick(Side.HOSTS, host)
        page.pick(Side.VISITING, water)
        page.pick(Side.VISITING, street)
        page.initiation = Initiation.WHISTLE
        page.call(water, Calling(" 带泵车到场 ", 1))
        assertFalse(page.ready, "what has the street office to do?")
        page.call(street, page.calling(street).copy(obligation = "疏导交通"))
        page.open()
        val hour = 3_600_000
        val calls = listOf(Call(water, "带泵车到场", Instant(Samples.now.millis + hour)), Call(street, "疏导交通", Instant(Samples.now.millis + 2 * hour)))
        assertEquals(calls, core.opened.single().calls)
    }

    @Test
    fun `what is no whistle calls nobody, whatever was written before`() {
        field.start()
        val page = CheckinOpenState(field, Subject.Case(DocumentId("case 1")), "积水点整治")
        field.open(page)
        page.pick(Side.HOSTS, Samples.bodies[0].id)
        page.pick(Side.VISITING, Samples.bodies[1].id)
        page.initiation = Initiation.WHISTLE
        page.call(Samples.bodies[1].id, Calling("带泵车到场"))
        page.initiation = Initiation.JOINT
        page.open()
        assertEquals(emptyList<Call>(), core.opened.single().calls)
    }

    @Test
    fun `a check-in about a case takes its place and its line from it, and a grid worker opens none`() {
        field.start()
        assertFalse(CheckinListState(field).mayOpen)
        val case = CasePageState(field, DocumentId("case 1"))
        field.open(case)
        case.openCheckin()
        val page = field.page as CheckinOpenState
        assertEquals("路面破损，转角处坑洞", page.title)
        page.pick(Side.VISITING, Samples.bodies[1].id)
        page.pick(Side.HOSTS, Samples.bodies[0].id)
        page.pick(Side.HOSTS, Samples.bodies[0].id)
        assertFalse(page.ready, "taken off again")
        page.pick(Side.HOSTS, Samples.bodies[0].id)
        page.open()
        assertEquals(Subject.Case(DocumentId("case 1")), core.opened.single().subject)
    }
}
