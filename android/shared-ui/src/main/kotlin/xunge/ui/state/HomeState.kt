package xunge.ui.state

import androidx.compose.runtime.getValue
import androidx.compose.runtime.mutableStateOf
import androidx.compose.runtime.setValue
import xunge.core.CaseRow
import xunge.core.Draft
import xunge.core.HomePage
import xunge.core.PhotoPurpose
import xunge.ui.words.Named

/** Today. */
class HomeState(field: FieldState) : PageState(field) {
    var home by mutableStateOf<HomePage?>(null)
        private set

    /** Names of classes by their codes, for drafts. */
    var classNames by mutableStateOf<Map<String, Named>>(emptyMap())
        private set

    /** Where the platform can go on patrol. */
    val patrol: Patrolling? get() = this.field.platform.patrolling

    /** A patrol was wanted, and what it needs is not allowed. */
    var patrolRefused by mutableStateOf(false)
        private set

    fun beginPatrol() {
        patrolRefused = false
        patrol?.begin { patrolRefused = !it }
    }

    override fun load() {
        ask({ it.home() to it.classes() }) { (page, classes) ->
            home = page
            classNames = classes.associate { it.code to Named(it.zh, it.en) }
        }
    }

    /** The shutter: a photo, and with it a draft that is safe. */
    fun shoot() {
        field.platform.camera.take(PhotoPurpose.FOUND) { photo ->
            if (photo != null) askOnce({ it.beginDraft(photo) }) { field.open(ReportState(field, it)) }
        }
    }

    fun open(draft: Draft) = field.open(ReportState(field, draft))

    fun open(row: CaseRow) = field.open(CasePageState(field, row.id))

    fun openDelivery() = field.open(SyncState(field))

    fun openTasks() = field.open(TaskListState(field))

    fun openMap() = field.open(MapState(field))

    fun openLane() = field.open(LaneState(field))
}
