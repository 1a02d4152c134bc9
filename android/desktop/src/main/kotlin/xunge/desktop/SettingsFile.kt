package xunge.desktop

import java.nio.file.Files
import java.nio.file.Path
import java.nio.file.StandardCopyOption
import java.util.Properties
import xunge.core.Appearance
import xunge.core.Language
import xunge.core.Settings
import xunge.core.SettingsStore
import xunge.core.TextSize

/** Settings in a file; what cannot be read there is as it is at first. */
class SettingsFile(private val file: Path) : SettingsStore {
    override fun read(): Settings {
        val kept = Properties()
        if (Files.exists(file)) Files.newBufferedReader(file).use(kept::load)
        val first = Settings()
        return Settings(
            language = Language.entries.firstOrNull { it.name == kept.getProperty(LANGUAGE) } ?: first.language,
            appearance = Appearance.entries.firstOrNull { it.name == kept.getProperty(APPEARANCE) } ?: first.appearance,
            textSize = TextSize.entries.firstOrNull { it.name == kept.getProperty(TEXT_SIZE) } ?: first.textSize,
        )
    }

    override fun write(settings: Settings) {
        val kept = Properties()
        kept.setProperty(LANGUAGE, settings.language.name)
        kept.setProperty(APPEARANCE, settings.appearance.name)
        kept.setProperty(TEXT_SIZE, settings.textSize.name)
        Files.createDirectories(file.parent)
        val fresh = file.resolveSibling("${file.fileName}.new")
        Files.newBufferedWriter(fresh).use { kept.store(it, null) }
        Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING)
    }

    private companion object {
        const val LANGUAGE = "language"
        const val APPEARANCE = "appearance"
        const val TEXT_SIZE = "text_size"
    }
}
