package xunge.ui

import org.junit.jupiter.api.Assertions.assertArrayEquals
import org.junit.jupiter.api.Assertions.assertEquals
import org.junit.jupiter.api.Assertions.assertFalse
import org.junit.jupiter.api.Assertions.assertNull
import org.junit.jupiter.api.Assertions.assertTrue
import org.junit.jupiter.api.Test
import xunge.core.DocumentId
import xunge.core.Instant
import xunge.core.PhotoPurpose
import xunge.core.SyncOutcome
import xunge.core.TakenPhoto
import xunge.ui.state.BackgroundSaid
import xunge.ui.state.BackgroundStanding
import xunge.ui.state.CasePageState
import xunge.ui.state.FieldState
import xunge.ui.state.HomeState
import xunge.ui.state.JobRun
import xunge.ui.state.PatrolState
import xunge.ui.state.PhotoAllowance
import xunge.ui.state.PositionStanding
import xunge.ui.state.Recording
import xunge.ui.state.ReportState
import xunge.ui.state.SettingsState
import xunge.ui.state.SyncState
import xunge.ui.state.SystemPage
import xunge.ui.state.mendedAt
import xunge.ui.state.said

/** What only a phone has: patrol, voice, its own standing, and the room of photos. */
class DeviceStatesTest {
    private val core = FakeCore()
    private val platform = FakePlatform()
    private val voice = platform.voice!!
    private val field = FieldState(core, platform)

    private fun case(): CasePageState = CasePageState(field, DocumentId("case 1")).also { field.open(it) }

    @Test
    fun `a patrol that is not allowed says so, until one begins`() {
        val page = HomeState(field)
        field.open(page)
        platform.patrolling!!.allowed = false
        page.beginPatrol()
        assertTrue(page.patrolRefused)
        assertEquals(PatrolState.OFF, page.patrol!!.state)
        platform.patrolling!!.allowed = true
        page.beginPatrol()
        assertEquals(PatrolState.RUNNING to false, page.patrol!!.state to page.patrolRefused)
    }

    @Test
    fun `what is spoken is heard, and kept with its case once that is wanted`() {
        val page = case()
        assertEquals(listOf("voice 1", "voice 2"), page.voice.kept.map { it.id.text }, "no other private record is shown")
        page.voice.begin()
        assertTrue(page.voice.recording is Recording.Running)
        platform.now = Instant(Samples.now.millis + 67_000)
        page.voice.stop()
        assertEquals(67, (page.voice.recording as Recording.Made).seconds)
        page.voice.listen()
        assertTrue(voice.playing && page.voice.playing)
        voice.playedToItsEnd()
        assertFalse(page.voice.playing)
        assertEquals(0, core.spoken.size, "not kept yet")
        page.voice.listen()
        page.voice.keep()
        assertFalse(voice.playing)
        assertEquals(DocumentId("case 1"), core.spoken.single().first)
        assertArrayEquals(voice.speech, core.spoken.single().second)
        assertEquals(Recording.None to 3, page.voice.recording to page.voice.kept.size)
    }

    @Test
    fun `the seconds are counted while it runs, and no longer`() {
        val page = case()
        page.voice.begin()
        platform.now = Instant(Samples.now.millis + 2_000)
        platform.putOff.removeAt(0).let { (millis, tick) -> assertEquals(1_000, millis); tick() }
        assertEquals(2, page.voice.seconds)
        page.voice.throwAway()
        platform.putOff.removeAt(0).second()
        assertEquals(0, platform.putOff.size)
    }

    @Test
    fun `what is thrown away is nowhere, and is no failure`() {
        val page = case()
        page.voice.begin()
        page.voice.throwAway()
        assertFalse(voice.running || page.voice.failed)
        page.voice.begin()
        page.voice.stop()
        page.voice.throwAway()
        assertEquals(Recording.None, page.voice.recording)
        field.show(HomeState(field))
        assertEquals(0, core.spoken.size)
    }

    @Test
    fun `a refused microphone is said`() {
        val page = case()
        voice.allowed = false
        page.voice.begin()
        assertTrue(page.voice.failed)
        voice.allowed = true
        page.voice.begin()
        assertFalse(page.voice.failed)
    }

    @Test
    fun `who leaves the page loses nothing, and is not recorded any longer`() {
        val page = case()
        page.voice.begin()
        field.show(HomeState(field))
        assertFalse(voice.running)
        assertEquals(1, core.spoken.size)
    }

    @Test
    fun `one that waits is thrown away by its author`() {
        val page = case()
        page.voice.discard(page.voice.kept.last())
        assertEquals(listOf("voice 1"), page.voice.kept.map { it.id.text })
    }

    @Test
    fun `a report's recording lies beside the case that it becomes, and goes with a draft that is thrown away`() {
        val report = { ReportState(field, core.beginDraft(TakenPhoto(Samples.photos.values.first(), PhotoPurpose.FOUND))).also { field.open(it) } }
        val first = report()
        first.voice.begin()
        first.voice.stop()
        first.pick(Samples.classes[1])
        first.report()
        assertEquals(core.rows.first().id, core.spoken.single().first)
        val second = report()
        second.voice.begin()
        second.voice.stop()
        second.discard()
        assertEquals(1, core.spoken.size)
    }

    @Test
    fun `a device without a microphone shows what others kept on it, and records nothing`() {
        platform.voice = null
        val page = case()
        assertFalse(page.voice.possible)
        page.voice.begin()
        assertEquals(Recording.None, page.voice.recording)
    }

    @Test
    fun `the journal of the background says what the phone does to it, and only what hinders is to be mended`() {
        val day = 24 * 60L
        val ran = { began: Long, ended: Long? -> BackgroundStanding.Ran(3, JobRun(Samples.before(began), ended?.let(Samples::before), null)) }
        val said =
            listOf(
                BackgroundStanding.NotScheduled to BackgroundSaid.NOT_SCHEDULED,
                BackgroundStanding.NeverRan(Samples.before(day)) to BackgroundSaid.WAITING,
                BackgroundStanding.NeverRan(Samples.before(day + 1)) to BackgroundSaid.NEVER_RAN,
                ran(30, null) to BackgroundSaid.RUNNING,
                ran(31, null) to BackgroundSaid.KILLED,
                ran(day, day - 1) to BackgroundSaid.RUNS,
                ran(day + 1, day) to BackgroundSaid.SILENT,
            )
        for ((standing, wanted) in said) assertEquals(wanted, standing.said(Samples.now), "$standing")
        val fine = setOf(BackgroundSaid.WAITING, BackgroundSaid.RUNNING, BackgroundSaid.RUNS)
        for (each in BackgroundSaid.entries) assertEquals(each !in fine, each.mendedAt == SystemPage.BATTERY, "$each")
        for (each in PositionStanding.entries) assertEquals(each == PositionStanding.AVAILABLE, each.mendedAt == null, "$each")
    }

    @Test
    fun `the page of the system is opened, and one that the phone does not have is said`() {
        val standing = platform.standing!!
        standing.position = PositionStanding.SWITCHED_OFF
        val page = SyncState(field)
        field.open(page)
        assertEquals(PositionStanding.SWITCHED_OFF, page.standing.position)
        page.standing.mend(SystemPage.POSITIONING)
        assertNull(page.standing.missing)
        standing.missing += SystemPage.BATTERY
        page.standing.mend(SystemPage.BATTERY)
        assertEquals(listOf(SystemPage.POSITIONING, SystemPage.BATTERY), standing.opened)
        assertEquals(SystemPage.BATTERY, page.standing.missing)
        standing.position = PositionStanding.AVAILABLE
        field.foreground()
        assertEquals(PositionStanding.AVAILABLE to null, page.standing.position to page.standing.missing, "looked at again when one comes back")
    }

    @Test
    fun `room is made when it is wanted, and what was freed is said`() {
        val page = SettingsState(field)
        field.open(page)
        assertEquals(1_310_000_000, page.photoBytes)
        page.freeOriginals()
        assertEquals(290L, page.freed!!.files)
        assertEquals(440_000_000, page.photoBytes)
        page.freeOriginals()
        assertEquals(0L, page.freed!!.files, "the rest is not safe elsewhere")
        assertEquals(listOf(0L, 0L), core.keptBytes)
    }

    @Test
    fun `after a round that went through a phone that is short of room keeps less`() {
        platform.photoAllowance = PhotoAllowance { 900_000_000 }
        field.syncing.start()
        assertEquals(listOf(900_000_000L), core.keptBytes)
        assertEquals(900_000_000, core.photoRoom)
        core.outcome = SyncOutcome.Later(60_000, null)
        field.syncing.start()
        assertEquals(1, core.keptBytes.size, "not after one that did not")
    }
}
