package xunge.ui.state

import androidx.compose.runtime.getValue
import androidx.compose.runtime.mutableStateOf
import androidx.compose.runtime.setValue
import xunge.core.Appearance
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
}

/** How the app looks; a change holds at once and for the next start. */
class SettingsState(field: FieldState) : PageState(field) {
    fun language(language: Language) = field.change(field.settings.copy(language = language))

    fun appearance(appearance: Appearance) = field.change(field.settings.copy(appearance = appearance))

    fun textSize(size: TextSize) = field.change(field.settings.copy(textSize = size))
}
