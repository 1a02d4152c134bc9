package xunge.ui.state

import androidx.compose.runtime.getValue
import androidx.compose.runtime.mutableStateOf
import androidx.compose.runtime.setValue
import xunge.core.SyncStatus

/** What, how much, since when, why not, send now. */
class SyncState(field: FieldState) : PageState(field) {
    private var read by mutableStateOf<SyncStatus?>(null)

    /** As it is now, request by request while a round runs. */
    val status: SyncStatus? get() = this.field.syncing.left ?: read

    override fun load() {
        ask({ it.syncStatus() }) { read = it }
    }

    fun sendNow() = field.syncing.start()

    fun openLane() = field.open(LaneState(field))
}
