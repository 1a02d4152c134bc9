@file:OptIn(ExperimentalTestApi::class)

package xunge.ui

import androidx.compose.ui.graphics.toAwtImage
import androidx.compose.ui.test.ExperimentalTestApi
import androidx.compose.ui.test.captureToImage
import androidx.compose.ui.test.onRoot
import androidx.compose.ui.test.runDesktopComposeUiTest
import java.awt.Color
import java.awt.image.BufferedImage
import java.nio.file.Files
import java.nio.file.Path
import javax.imageio.ImageIO
import kotlin.math.roundToInt
import org.junit.jupiter.api.Assertions.assertTrue
import org.junit.jupiter.api.Assertions.assertEquals
import org.junit.jupiter.api.Test
import xunge.core.Appearance
import xunge.core.Language
import xunge.core.Settings
import xunge.core.TextSize
import xunge.ui.screens.XungeApp
import xunge.ui.state.FieldState

private const val WIDTH = 360
private const val HEIGHT = 780
private const val TALL_HEIGHT = 1560
private const val GAP = 12
private const val STEPS = 31

/** Draws every page as light, dark, large and English, side by side: to `target/screens`, or where `scripts/screens.sh --keep` says. */
class PicturesTest {
    private val looks =
        listOf(
            Settings(appearance = Appearance.LIGHT),
            Settings(appearance = Appearance.DARK),
            Settings(appearance = Appearance.LIGHT, textSize = TextSize.LARGEST),
            Settings(appearance = Appearance.LIGHT, language = Language.ENGLISH),
        )

    @Test
    fun `every page is drawn in every look, and kept in the documents`() {
        val folder = Files.createDirectories(Path.of(System.getProperty("xunge.pictures")))
        for (name in PAGES.keys) {
            val pictures = looks.map { drawn(name, it) }
            for ((look, picture) in looks.zip(pictures)) assertTrue(inks(picture) > 8, "$name is blank as $look")
            val sheet = BufferedImage(looks.size * (WIDTH + GAP) - GAP, heightOf(name), BufferedImage.TYPE_INT_RGB)
            val pen = sheet.createGraphics()
            pen.color = Color(0x7A8790)
            pen.fillRect(0, 0, sheet.width, sheet.height)
            pictures.forEachIndexed { at, picture -> pen.drawImage(picture, at * (WIDTH + GAP), 0, null) }
            pen.dispose()
            flatten(sheet)
            ImageIO.write(sheet, "png", folder.resolve("$name.png").toFile())
        }
        val kept = Files.list(Path.of("../../docs/screens")).use { all -> all.map { it.fileName.toString() }.toList() }
        assertEquals(PAGES.keys.map { "$it.png" }.toSet(), kept.filter { it.endsWith(".png") }.toSet())
    }

    private fun heightOf(name: String): Int = if (name in TALL) TALL_HEIGHT else HEIGHT

    private fun drawn(name: String, settings: Settings): BufferedImage {
        val platform = FakePlatform(settings)
        // Held back, so that nothing is sent before the picture is taken.
        platform.heldBack = ArrayDeque()
        val field = FieldState(FakeCore(), platform)
        if (name != "enrol") field.start()
        opened(name, field)
        lateinit var image: BufferedImage
        runDesktopComposeUiTest(WIDTH, heightOf(name)) {
            setContent { XungeApp(field) }
            waitForIdle()
            image = onRoot().captureToImage().toAwtImage()
        }
        return image
    }

    /** Rounds every channel to 32 values: nobody sees it, and the file is half as large. */
    private fun flatten(sheet: BufferedImage) {
        for (y in 0 until sheet.height) for (x in 0 until sheet.width) {
            val colour = sheet.getRGB(x, y)
            val rounded = listOf(16, 8, 0).sumOf { at -> ((colour shr at and 0xFF) * STEPS / 255f).roundToInt() * 255 / STEPS shl at }
            sheet.setRGB(x, y, rounded)
        }
    }

    /** How many colours it has: a page that did not draw has one or two. */
    private fun inks(picture: BufferedImage): Int {
        val seen = HashSet<Int>()
        for (y in 0 until picture.height step 3) for (x in 0 until picture.width step 3) seen += picture.getRGB(x, y)
        return seen.size
    }
}
