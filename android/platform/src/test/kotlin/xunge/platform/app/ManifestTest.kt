package xunge.platform.app

import android.app.Activity
import android.app.Application
import android.app.Service
import android.content.ContentProvider
import java.nio.file.Files
import java.nio.file.Path
import javax.xml.parsers.DocumentBuilderFactory
import org.junit.jupiter.api.Assertions.assertEquals
import org.junit.jupiter.api.Assertions.assertTrue
import org.junit.jupiter.api.Test
import org.w3c.dom.Element
import xunge.platform.permissions.Permission

private const val PERMISSION = "android.permission."

/** Nothing builds the app here, so its manifest is held against the code and against what it must never say. */
class ManifestTest {
    private val app = Path.of("../app/src/main")
    private val manifest = parsed(app.resolve("AndroidManifest.xml"))
    private val application = manifest.all("application").single()
    private val code: String =
        listOf(Path.of("src/main/kotlin"), app.resolve("kotlin")).joinToString("\n") { folder ->
            Files.walk(folder).use { files -> files.filter { "$it".endsWith(".kt") }.toList().joinToString("\n") { Files.readString(it) } }
        }

    /** Permissions that the system grants by itself, and the call that needs each. */
    private val granted =
        mapOf(
            "INTERNET" to "OkHttpLink(",
            "ACCESS_NETWORK_STATE" to "registerDefaultNetworkCallback",
            "FOREGROUND_SERVICE" to "startForeground(",
            "FOREGROUND_SERVICE_LOCATION" to "FOREGROUND_SERVICE_TYPE_LOCATION",
            "RECEIVE_BOOT_COMPLETED" to "setPersisted(true)",
            "WAKE_LOCK" to "newWakeLock",
            "VIBRATE" to "Vibrator",
            "ACCESS_BACKGROUND_LOCATION" to "ACCESS_BACKGROUND_LOCATION",
        )

    @Test
    fun `each permission is declared that the code asks for or needs, and no other`() {
        val asked = Permission.entries.flatMap { it.names }.toSet()
        val needed = granted.filterValues { it in code }.keys.map { PERMISSION + it }
        assertEquals((asked + needed).sorted(), manifest.all("uses-permission").map { it.android("name") }.sorted())
    }

    @Test
    fun `the camera is not declared, because a declared permission would have to be granted for the camera app`() {
        assertTrue(manifest.all("uses-permission").none { it.android("name").endsWith(".CAMERA") })
    }

    @Test
    fun `each part names a class of its kind, and each such class is a part`() {
        val kinds =
            mapOf(
                "application" to Application::class.java,
                "activity" to Activity::class.java,
                "service" to Service::class.java,
                "provider" to ContentProvider::class.java,
            )
        val named = kinds.flatMap { (tag, kind) ->
            manifest.all(tag).map { part ->
                val found = Class.forName(part.android("name"), false, javaClass.classLoader)
                assertTrue(kind.isAssignableFrom(found), "${found.name} is no $tag")
                found.simpleName
            }
        }
        val written = Regex("class (\\w+) : (?:Application|ComponentActivity|Service|JobService|ContentProvider)\\(\\)").findAll(code)
        assertEquals(written.map { it.groupValues[1] }.toSet(), named.toSet())
    }

    @Test
    fun `only the first activity is open to others`() {
        val parts = listOf("activity", "service", "provider", "receiver").flatMap { manifest.all(it) }
        assertEquals(listOf("xunge.app.MainActivity"), parts.filter { it.android("exported") == "true" }.map { it.android("name") })
        assertTrue(parts.all { it.android("exported") in setOf("true", "false") }, "said of each")
        val launched = manifest.all("activity").single { it.all("category").any { found -> found.android("name").endsWith(".LAUNCHER") } }
        assertEquals("xunge.app.MainActivity", launched.android("name"))
    }

    @Test
    fun `the patrol is of the kind location, the job is the scheduler's alone, and files are lent one by one`() {
        assertEquals("location", part("PatrolService").android("foregroundServiceType"))
        assertEquals(PERMISSION + "BIND_JOB_SERVICE", part("SyncJob").android("permission"))
        val provider = part("CaptureProvider")
        assertEquals("true", provider.android("grantUriPermissions"))
        assertEquals("\${applicationId}.captures", provider.android("authorities"))
        assertTrue("\"\${context.packageName}.captures\"" in code)
    }

    @Test
    fun `nothing goes into a backup or to another phone`() {
        assertEquals("false" to "false", application.android("allowBackup") to application.android("fullBackupContent"))
        val rules = parsed(resource(application.android("dataExtractionRules")))
        val every = setOf("root", "file", "database", "sharedpref", "external")
        for (way in listOf("cloud-backup", "device-transfer")) {
            assertEquals(every, rules.all(way).single().all("exclude").filter { it.getAttribute("path") == "." }.map { it.getAttribute("domain") }.toSet(), way)
        }
        assertTrue(rules.all("include").isEmpty())
    }

    @Test
    fun `no word goes in the clear, but for a debug build to its own machine`() {
        val released = parsed(resource(application.android("networkSecurityConfig")))
        assertEquals(listOf("false"), released.all("base-config").map { it.getAttribute("cleartextTrafficPermitted") })
        assertEquals(listOf("system"), released.all("certificates").map { it.getAttribute("src") })
        assertTrue(released.all("domain-config").isEmpty() && released.all("debug-overrides").isEmpty())
        val debug = parsed(Path.of("../app/src/debug/res/xml/network_security.xml"))
        assertEquals("false", debug.all("base-config").single().getAttribute("cleartextTrafficPermitted"))
        assertEquals(setOf("10.0.2.2", "127.0.0.1", "localhost"), debug.all("domain").map { it.textContent.trim() }.toSet())
        assertEquals("", application.android("usesCleartextTraffic"), "it would stand against the file")
        assertEquals("", application.android("debuggable"))
    }

    @Test
    fun `what the manifest and the icon name is there`() {
        val values = parsed(app.resolve("res/values/values.xml"))
        val drawn = Files.readString(app.resolve("res/mipmap-anydpi/ic_launcher.xml"))
        val named = Regex("@(\\w+)/([\\w.]+)").findAll(Files.readString(app.resolve("AndroidManifest.xml")) + drawn).toList()
        assertTrue(named.size >= 6, "$named")
        for (name in named) {
            val (type, entry) = name.destructured
            val tag = values.all(type).any { it.getAttribute("name") == entry }
            assertTrue(tag || Files.exists(file(type, entry)), name.value)
        }
    }

    @Test
    fun `Gradle builds what Maven tests, for the phones that the code was checked for`() {
        val gradle = Files.readString(Path.of("../app/build.gradle.kts"))
        for (line in listOf("minSdk = 26", "targetSdk = 35", "compileSdk = 35")) assertTrue(line in gradle, line)
        for (folder in listOf("core-api", "link", "core-bindings", "shared-ui", "platform")) assertTrue("../$folder/src/main/kotlin" in gradle, folder)
        val catalog = Files.readString(Path.of("../gradle/libs.versions.toml"))
        val maven = Files.readString(Path.of("../pom.xml"))
        for (name in listOf("kotlin", "compose", "okhttp", "jna")) {
            val version = Regex("<$name.version>(.+)</").find(maven)!!.groupValues[1]
            assertTrue("$name = \"$version\"" in catalog, "$name is $version in Maven")
        }
    }

    private fun part(name: String): Element =
        (manifest.all("service") + manifest.all("provider")).single { it.android("name").endsWith(".$name") }

    private fun resource(reference: String): Path {
        val (type, entry) = checkNotNull(Regex("@(\\w+)/([\\w.]+)").matchEntire(reference)) { reference }.destructured
        return file(type, entry)
    }

    private fun file(type: String, entry: String): Path =
        app.resolve("res/${if (type == "mipmap") "mipmap-anydpi" else type}/$entry.xml")
}

private fun parsed(file: Path): Element {
    val factory = DocumentBuilderFactory.newInstance()
    factory.isNamespaceAware = true
    return factory.newDocumentBuilder().parse(file.toFile()).documentElement
}

private fun Element.all(tag: String): List<Element> = getElementsByTagName(tag).let { found -> (0 until found.length).map { found.item(it) as Element } }

private fun Element.android(name: String): String = getAttributeNS("http://schemas.android.com/apk/res/android", name)
