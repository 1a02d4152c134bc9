package xunge.platform

import android.content.Context
import xunge.core.Appearance
import xunge.core.Language
import xunge.core.Settings
import xunge.core.SettingsStore
import xunge.core.TextSize

/** Settings in the app's preferences; what cannot be read there is as it is at first. */
class PhoneSettings(context: Context) : SettingsStore {
    private val kept = context.getSharedPreferences("settings", Context.MODE_PRIVATE)

    override fun read(): Settings {
        val first = Settings()
        return Settings(
            language = Language.entries.firstOrNull { it.name == kept.getString(LANGUAGE, null) } ?: first.language,
            appearance = Appearance.entries.firstOrNull { it.name == kept.getString(APPEARANCE, null) } ?: first.appearance,
            textSize = TextSize.entries.firstOrNull { it.name == kept.getString(TEXT_SIZE, null) } ?: first.textSize,
        )
    }

    override fun write(settings: Settings) {
        kept.edit()
            .putString(LANGUAGE, settings.language.name)
            .putString(APPEARANCE, settings.appearance.name)
            .putString(TEXT_SIZE, settings.textSize.name)
            .apply()
    }

    private companion object {
        const val LANGUAGE = "language"
        const val APPEARANCE = "appearance"
        const val TEXT_SIZE = "text_size"
    }
}
