package xunge.platform.app

import android.os.Environment
import java.io.File
import org.codehaus.mojo.animal_sniffer.SignatureChecker
import org.codehaus.mojo.animal_sniffer.logging.Logger
import org.junit.jupiter.api.Assertions.assertEquals
import org.junit.jupiter.api.Assertions.assertTrue
import org.junit.jupiter.api.Test
import xunge.platform.NewerAndroid

/** Generated code that is loaded only where `java.lang.ref.Cleaner` was found. */
private const val ASKS_FIRST = "JavaLangRefClean"

/** Holds what we wrote against the signatures of Android 8, the oldest phone that the app is for, as Studio's lint would. */
class ApiLevelTest {
    @Test
    fun `nothing is called that Android 8 does not have, but where the code asks first`() {
        val modules = listOf("../core-api", "../link", "../core-bindings", "../shared-ui", ".").map { File(it, "target/classes") }
        for (module in modules) assertTrue(File(module, "xunge").isDirectory, "$module is compiled")
        val classes = modules.flatMap { it.walk() }.filter { it.extension == "class" && ASKS_FIRST !in it.name }
        assertEquals(emptyList<String>(), tooNew(classes))
    }

    @Test
    fun `a call that is newer is found`() {
        val name = TooNew::class.java.name.replace('.', '/')
        val compiled = File(TooNew::class.java.protectionDomain.codeSource.location.toURI())
        val found = tooNew(listOf(File(compiled, "$name.class")))
        assertTrue(found.single().contains("isExternalStorageManager"), "$found")
    }

    private fun tooNew(classes: List<File>): List<String> {
        val found = Found()
        // What is ours, and what comes with us.
        val own = setOf("xunge.*", "uniffi.*", "kotlin.*", "kotlinx.*", "androidx.*", "okhttp3.*", "okio.*", "com.sun.jna.*")
        val checker = File("target/signatures/android-26.signature").inputStream().use { SignatureChecker(it, own, found) }
        checker.setAnnotationTypes(setOf(NewerAndroid::class.java.name))
        checker.setSourcePath(emptyList())
        classes.forEach(checker::process)
        return found.errors
    }

    private class TooNew {
        @Suppress("unused")
        fun call(): Boolean = Environment.isExternalStorageManager()
    }

    private class Found : Logger {
        val errors = mutableListOf<String>()

        override fun info(said: String) = Unit

        override fun info(said: String, cause: Throwable) = Unit

        override fun debug(said: String) = Unit

        override fun debug(said: String, cause: Throwable) = Unit

        override fun warn(said: String) = Unit

        override fun warn(said: String, cause: Throwable) = Unit

        override fun error(said: String) {
            errors += said
        }

        override fun error(said: String, cause: Throwable) {
            errors += "$said: $cause"
        }
    }
}
