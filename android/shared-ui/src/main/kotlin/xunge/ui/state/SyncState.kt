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

    val standing = StandingState(field)

    override fun load() {
        standing.load()
        ask({ it.syncStatus() }) { read = it }
    }

    fun sendNow() = field.syncing.start()

    /** Sends photo files as well, whatever the link costs: this once. */
    fun sendAllNow() = field.syncing.start(all = true)

    fun openLane() = field.open(LaneState(field))
}
