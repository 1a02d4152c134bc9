package xunge.ui

import xunge.core.DocumentId
import xunge.core.PhotoPurpose
import xunge.core.Severity
import xunge.core.TakenPhoto
import xunge.core.WrittenStepKind
import xunge.ui.state.CaseListState
import xunge.ui.state.CasePageState
import xunge.ui.state.CheckinListState
import xunge.ui.state.CheckinOpenState
import xunge.ui.state.CheckinPageState
import xunge.ui.state.EnrolState
import xunge.ui.state.FieldState
import xunge.ui.state.HomeState
import xunge.ui.state.LaneState
import xunge.ui.state.MapState
import xunge.ui.state.MeState
import xunge.ui.state.PageState
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
        "report-class" to { field -> report(field).apply { wanted = "" } },
        "tasks" to ::TaskListState,
        "map" to ::MapState,
        "cases" to ::CaseListState,
        "case" to { field -> CasePageState(field, DocumentId("case 1")) },
        "case-limits" to { field -> CasePageState(field, DocumentId("case 5")).apply { explained = true } },
        "case-survey" to { field ->
            CasePageState(field, DocumentId("case 5")).apply {
                begin(SiteActKind.JOINT_SURVEY)
                change(acting?.copy(note = "箅子下沉，管道堵塞", workDays = 3))
            }
        },
        "case-declined" to { field -> CasePageState(field, DocumentId("case 4")) },
        "case-verify" to { field ->
            CasePageState(field, DocumentId("case 2")).apply {
                begin(SiteActKind.VERIFY)
                change(acting?.copy(answer = SiteAnswer.YES))
            }
        },
        "delivery" to ::SyncState,
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
        "checkin" to { field -> CheckinPageState(field, DocumentId("checkin 1")) },
        "checkin-write" to { field -> CheckinPageState(field, DocumentId("checkin 1")).apply { write(WrittenStepKind.PROGRESS) } },
        "me" to ::MeState,
        "settings" to ::SettingsState,
    )

private fun core(field: FieldState) = field.core as FakeCore

private fun report(field: FieldState): ReportState =
    ReportState(field, field.core.beginDraft(TakenPhoto(Samples.photos.values.elementAt(1), PhotoPurpose.FOUND)))

/** A page as it is once it was opened and has its position. */
fun opened(name: String, field: FieldState): PageState {
    val page = PAGES.getValue(name)(field)
    if (page !is EnrolState && page !is HomeState) field.open(HomeState(field))
    field.open(page)
    (field.platform as FakePlatform).fix(if (name == "report-poor-position") 45 else 8)
    return page
}
