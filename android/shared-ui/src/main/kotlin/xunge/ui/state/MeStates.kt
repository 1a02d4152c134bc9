package xunge.ui.state

import androidx.compose.runtime.getValue
import androidx.compose.runtime.mutableStateOf
import androidx.compose.runtime.setValue
import xunge.core.Appearance
import xunge.core.BaseMap
import xunge.core.Freed
import xunge.core.Language
import xunge.core.MePage
import xunge.core.TextSize

/** This person and this device. */
class MeState(field: FieldState) : PageState(field) {
    var me by mutableStateOf<MePage?>(null)
        private set

    override fun load() {
        ask({ it.me() }) { me = it }
    }

    fun openDelivery() = field.open(SyncState(field))

    fun openSettings() = field.open(SettingsState(field))

    fun openLeave() = field.open(LeaveState(field))
}

/** How the app looks, how this device stands, and the room that photos take. A change holds at once and for the next start. */
class SettingsState(field: FieldState) : PageState(field) {
    val standing = StandingState(field)

    /** The base map, where there is one. */
    var baseMap by mutableStateOf<BaseMap?>(null)
        private set

    /** Whether the rest of it waits for a link that costs nothing. */
    var baseMapWaits by mutableStateOf(false)
        private set

    /** Bytes of all photo files here. */
    var photoBytes by mutableStateOf<Long?>(null)
        private set

    /** What was freed when that was last asked for. */
    var freed by mutableStateOf<Freed?>(null)
        private set

    override fun load() {
        standing.load()
        ask({ it.photoBytes() }) { photoBytes = it }
        ask({ it.baseMap() to field.platform.isMetered() }) { (found, metered) ->
            baseMap = found
            baseMapWaits = metered
        }
    }

    /** Frees every original that may go: what the server did not acknowledge, or did not back up, stays. */
    fun freeOriginals() {
        askOnce({ it.freeOriginals(0) }) {
            freed = it
            photoBytes = it.bytesLeft
        }
    }

    fun language(language: Language) = field.change(field.settings.copy(language = language))

    fun appearance(appearance: Appearance) = field.change(field.settings.copy(appearance = appearance))

    fun textSize(size: TextSize) = field.change(field.settings.copy(textSize = size))
}
