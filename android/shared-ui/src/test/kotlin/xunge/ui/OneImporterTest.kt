package xunge.ui

import java.nio.file.Files
import java.nio.file.Path
import kotlin.io.path.extension
import kotlin.io.path.readLines
import org.junit.jupiter.api.Assertions.assertEquals
import org.junit.jupiter.api.Assertions.assertTrue
import org.junit.jupiter.api.Test

/** Screens import Compose, our own types and the time of Java: nothing generated, and nothing of a platform. */
class OneImporterTest {
    private val allowed = listOf("androidx.compose.", "xunge.core.", "xunge.ui.", "java.time.", "kotlin.")

    @Test
    fun `screens import nothing of a platform`() {
        val files = Files.walk(Path.of("src/main/kotlin")).use { all -> all.filter { it.extension == "kt" }.toList() }
        assertTrue(files.size > 40, "the sources are where they were: ${files.size}")
        val foreign =
            files.flatMap { file ->
                val imports = file.readLines().filter { it.startsWith("import ") }.map { it.removePrefix("import ") }
                imports.filter { line -> allowed.none(line::startsWith) }.map { "$file: $it" }
            }
        assertEquals(emptyList<String>(), foreign)
    }
}
