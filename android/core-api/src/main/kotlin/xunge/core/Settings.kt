package xunge.core

enum class Language { CHINESE, ENGLISH }

enum class Appearance { AS_THE_PHONE, LIGHT, DARK }

enum class TextSize { ORDINARY, LARGE, LARGEST }

/** How the app looks to this person. */
data class Settings(
    val language: Language = Language.CHINESE,
    val appearance: Appearance = Appearance.AS_THE_PHONE,
    val textSize: TextSize = TextSize.ORDINARY,
)

/** Where settings are kept: the platform's, not the core's, because they hold before anybody is enrolled. */
interface SettingsStore {
    fun read(): Settings

    fun write(settings: Settings)
}
