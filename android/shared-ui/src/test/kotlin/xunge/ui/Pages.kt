package xunge.ui

import xunge.core.DeclineCause
import xunge.core.DocumentId
import xunge.core.Initiation
import xunge.core.Instant
import xunge.core.PhotoPurpose
import xunge.core.Severity
import xunge.core.Subject
import xunge.core.TakenPhoto
import xunge.core.WrittenStepKind
import xunge.ui.state.BackgroundStanding
import xunge.ui.state.Calling
import xunge.ui.state.CaseListState
import xunge.ui.state.CasePageState
import xunge.ui.state.CheckinListState
import xunge.ui.state.CheckinOpenState
import xunge.ui.state.CheckinPageState
import xunge.ui.state.EnrolState
import xunge.ui.state.FieldState
import xunge.ui.state.HomeState
import xunge.ui.state.LaneState
import xunge.ui.state.LeaveState
import xunge.ui.state.MapState
import xunge.ui.state.MapView
import xunge.ui.state.MeState
import xunge.ui.state.PageState
import xunge.ui.state.PlaceState
import xunge.ui.state.PositionStanding
import xunge.ui.state.ReportState
import xunge.ui.state.SettingsState
import xunge.ui.state.Side
import xunge.ui.state.SiteActKind
import xunge.ui.state.SiteAnswer
import xunge.ui.state.SyncState
import xunge.ui.state.TaskListState

/** Every page as a worker meets it, by the name of its picture. */
val PAGES: Map<String, (FieldState) -> PageState> =
    linkedMapOf(
        "enrol" to { field -> EnrolState(field).apply { server = "https://xunge.example"; code = "kq3fd-m8x2p" } },
        "home" to { field ->
            val draft = field.core.beginDraft(TakenPhoto(Samples.photos.values.elementAt(3), PhotoPurpose.FOUND))
            field.core.saveDraft(draft.copy(classCode = Samples.classes[3].code, updatedAt = Samples.before(7)))
            HomeState(field)
        },
        "home-patrol" to { field ->
            HomeState(field).apply { beginPatrol() }
        },
        "report" to { field -> report(field) },
        "report-more" to { field ->
            report(field).apply {
                pick(Samples.classes[1])
                rate(Severity.URGENT)
                hazard("影响通行")
                more = true
            }
        },
        "report-poor-position" to { field ->
            core(field).around = { Samples.around.copy(grids = Samples.grids) }
            report(field)
        },
        "report-place" to { field ->
            core(field).baseMap = SampleTiles.whole
            val draft = field.core.beginDraft(TakenPhoto(Samples.photos.values.elementAt(1), PhotoPurpose.FOUND, listOf(Samples.poor)))
            PlaceState(field, ReportState(field, draft)).apply { show(MapView(view!!.at(32.0, -24.0), 160.0)) }
        },
        "report-chosen-place" to { field ->
            core(field).around = { Samples.around }
            report(field).apply { choosePlace(Samples.east(25, 10)) }
        },
        "report-duplicate" to { field ->
            core(field).around = { Samples.around.copy(duplicates = Samples.duplicates) }
            report(field).apply { pick(Samples.classes[0]) }
        },
        "report-settle" to { field ->
            report(field).apply {
                pick(Samples.classes[3])
                beginSettling()
                photographAfter()
            }
        },
        "report-voice" to { field ->
            report(field).apply {
                more = true
                voice.begin()
                platform(field).now = Instant(Samples.now.millis + 67_000)
                voice.stop()
            }
        },
        "report-class" to { field -> report(field).apply { wanted = "" } },
        "tasks" to ::TaskListState,
        "map" to ::MapState,
        "map-streets" to { field ->
            core(field).baseMap = SampleTiles.whole.copy(bytesHere = 3_100_000)
            (field.platform as FakePlatform).metered = true
            MapState(field)
        },
        "cases" to ::CaseListState,
        "case" to { field -> CasePageState(field, DocumentId("case 1")) },
        "case-limits" to { field -> CasePageState(field, DocumentId("case 5")).apply { explained = true } },
        "case-survey" to { field ->
            CasePageState(field, DocumentId("case 5")).apply {
                begin(SiteActKind.JOINT_SURVEY)
                change(acting?.copy(note = "箅子下沉，管道堵塞", workDays = 3))
            }
        },
        "case-decline" to { field ->
            CasePageState(field, DocumentId("case 2")).apply {
                beginDeclining()
                declining = declining?.copy(cause = DeclineCause.TOO_FAR)
            }
        },
        "case-decline-said" to { field ->
            core(field).declineTask(DocumentId("case 2"), DeclineCause.OTHER, "电动车坏在路上")
            CasePageState(field, DocumentId("case 2"))
        },
        "case-decline-refused" to { field ->
            core(field).tasks = Samples.tasks.map { if (it.case.text == "case 2") it.copy(declined = DutySamples.refused) else it }
            CasePageState(field, DocumentId("case 2"))
        },
        "case-voice" to { field -> CasePageState(field, DocumentId("case 1")).apply { voice.begin() } },
        "case-voices" to { field ->
            core(field).tasks = emptyList()
            CasePageState(field, DocumentId("case 3"))
        },
        "case-declined" to { field -> CasePageState(field, DocumentId("case 4")) },
        "case-verify" to { field ->
            CasePageState(field, DocumentId("case 2")).apply {
                begin(SiteActKind.VERIFY)
                change(acting?.copy(answer = SiteAnswer.YES))
            }
        },
        "delivery" to ::SyncState,
        "delivery-metered" to { field ->
            core(field).heldBack = 5
            val platform = field.platform as FakePlatform
            platform.metered = true
            // The round that was held back comes to its end.
            val held = platform.heldBack
            platform.heldBack = null
            while (held?.isNotEmpty() == true) held.removeFirst()()
            SyncState(field)
        },
        "delivery-hindered" to { field ->
            platform(field).standing?.background = BackgroundStanding.NeverRan(Samples.before(4_400))
            platform(field).standing?.position = PositionStanding.ONLY_COARSE
            SyncState(field)
        },
        "lane" to ::LaneState,
        "checkins" to ::CheckinListState,
        "checkin-open" to { field ->
            CheckinOpenState(field).apply {
                title = "7 号院老旧电缆入地"
                address = "黄河路 7 号院"
                pick(Side.VISITING, Samples.bodies[1].id)
                pick(Side.HOSTS, Samples.bodies[0].id)
            }
        },
        "checkin-whistle" to { field ->
            CheckinOpenState(field, Subject.Case(DocumentId("case 1")), "莆田路积水点整治").apply {
                initiation = Initiation.WHISTLE
                pick(Side.VISITING, Samples.bodies[1].id)
                pick(Side.HOSTS, Samples.bodies[0].id)
                call(Samples.bodies[1].id, Calling("带泵车到场", 1))
            }
        },
        "checkin" to { field -> CheckinPageState(field, DocumentId("checkin 1")) },
        "checkin-write" to { field -> CheckinPageState(field, DocumentId("checkin 1")).apply { write(WrittenStepKind.PROGRESS) } },
        "me" to ::MeState,
        "leave" to ::LeaveState,
        "leave-say" to { field ->
            LeaveState(field).apply {
                begin()
                moveLast(2)
            }
        },
        "settings-room" to { field -> SettingsState(field).apply { freeOriginals() } },
        "settings" to { field ->
            core(field).baseMap = SampleTiles.whole
            SettingsState(field)
        },
    )

/** Pages that are read further down than one screen. */
val TALL = setOf("delivery", "delivery-hindered", "settings-room", "report-more", "checkin-whistle", "case-voices")

private fun platform(field: FieldState) = field.platform as FakePlatform

private fun core(field: FieldState) = field.core as FakeCore

private fun report(field: FieldState): ReportState =
    ReportState(field, field.core.beginDraft(TakenPhoto(Samples.photos.values.elementAt(1), PhotoPurpose.FOUND)))

/** Pages of a poor position. */
private val POOR = setOf("report-poor-position", "report-place")

/** A page as it is once it was opened and has its position. */
fun opened(name: String, field: FieldState): PageState {
    val page = PAGES.getValue(name)(field)
    if (page !is EnrolState && page !is HomeState) field.open(HomeState(field))
    field.open(page)
    (field.platform as FakePlatform).fix(if (name in POOR) 45 else 8)
    return page
}
