package xunge.platform.app

import java.nio.file.Files
import java.nio.file.Path
import kotlin.io.path.extension
import kotlin.io.path.readLines
import org.junit.jupiter.api.Assertions.assertEquals
import org.junit.jupiter.api.Assertions.assertTrue
import org.junit.jupiter.api.Test

/** The phone's side stands on Android's framework and Java: no services of Google's, no libraries of androidx but Compose's types, nothing generated. */
class ImportsTest {
    private val allowed =
        listOf("android.", "androidx.compose.runtime.", "androidx.compose.ui.text.font.", "java.", "javax.", "kotlin.") +
            listOf("xunge.core.", "xunge.ui.state.", "xunge.bindings.", "xunge.link.", "xunge.platform.")

    @Test
    fun `the phone's side imports the framework, and nothing of anybody's services`() {
        val files = Files.walk(Path.of("src/main/kotlin")).use { all -> all.filter { it.extension == "kt" }.toList() }
        assertTrue(files.size > 20, "the sources are where they were: ${files.size}")
        val foreign =
            files.flatMap { file ->
                val imports = file.readLines().filter { it.startsWith("import ") }.map { it.removePrefix("import ") }
                imports.filter { line -> allowed.none(line::startsWith) }.map { "$file: $it" }
            }
        assertEquals(emptyList<String>(), foreign)
    }
}
