package xunge.desktop

import java.nio.file.Files
import java.nio.file.Path
import org.junit.jupiter.api.Assertions.assertEquals
import org.junit.jupiter.api.Assertions.assertNull
import org.junit.jupiter.api.Test
import org.junit.jupiter.api.io.TempDir
import xunge.core.Appearance
import xunge.core.Language
import xunge.core.Point
import xunge.core.Settings
import xunge.core.TextSize

class DesktopPartsTest {
    @TempDir lateinit var folder: Path

    @Test
    fun `settings outlive the app, and what cannot be read is as at first`() {
        val file = folder.resolve("settings.properties")
        assertEquals(Settings(), SettingsFile(file).read())
        val changed = Settings(Language.ENGLISH, Appearance.DARK, TextSize.LARGEST)
        SettingsFile(file).write(changed)
        SettingsFile(file).write(changed)
        assertEquals(changed, SettingsFile(file).read())
        Files.writeString(file, "language=KLINGON\ntext_size=LARGE")
        assertEquals(Settings(textSize = TextSize.LARGE), SettingsFile(file).read())
    }

    @Test
    fun `a typed position is read with or without its accuracy, and nonsense is none`() {
        val file = folder.resolve("position.txt")
        assertNull(PositionFile.read(file))
        Files.writeString(file, "34.7552, 113.7861 8\n")
        val fix = PositionFile.read(file)!!
        assertEquals(Point(longitudeE7 = 1_137_861_000, latitudeE7 = 347_552_000), fix.point)
        assertEquals("hand" to 8, fix.provider to fix.accuracyMetres)
        Files.writeString(file, "34.7552 113.7861")
        assertNull(PositionFile.read(file)!!.accuracyMetres)
        for (nonsense in listOf("", "here", "34.7", "134.7 113.7", "34.7 213.7", "1 2 3 4")) {
            Files.writeString(file, nonsense)
            assertNull(PositionFile.read(file), nonsense)
        }
    }
}
