package xunge.bindings

import java.net.URI
import java.net.http.HttpClient
import java.net.http.HttpRequest
import java.net.http.HttpResponse
import java.nio.file.Path
import java.time.Duration
import java.util.concurrent.TimeUnit

private const val START_LINES_MAX = 50
private const val STOP_SECONDS_MAX = 10L
private val ANSWER_TIME_MAX = Duration.ofSeconds(30)

/** A real hub process on loopback with the demo city. */
class Hub(folder: Path) : AutoCloseable {
    private val process: Process =
        ProcessBuilder(
            System.getProperty("xunge.hub"), "demo",
            "--listen", "127.0.0.1:0", "--cases", "50", "--data", folder.toString(),
            // However full the disk of this machine is.
            "--refuse-photos-at", "100",
        ).redirectError(ProcessBuilder.Redirect.INHERIT).start()
    private val said = process.inputStream.bufferedReader()

    /** Loopback only, and no proxy of the environment in between. */
    private val client = HttpClient.newBuilder().proxy(HttpClient.Builder.NO_PROXY).build()

    val url: String
    private val password: String
    val enrolmentCode: String

    init {
        try {
            url = lineWith("listening on ")
            password = lineWith("password (all): ")
            // The last line of the greeting: nobody reads the pipe after it.
            enrolmentCode = lineWith("enrolment code for worker-putian: ").substringBefore(' ')
        } catch (failure: Throwable) {
            close()
            throw failure
        }
    }

    private fun lineWith(start: String): String {
        repeat(START_LINES_MAX) {
            val line = said.readLine() ?: error("the hub ended before it said '$start'")
            if (start in line) return line.substringAfter(start).trim()
        }
        error("the hub never said '$start'")
    }

    /** Sends one request and hands back status and bytes, whatever they are. */
    fun send(
        method: String,
        path: String,
        headers: Map<String, String> = emptyMap(),
        body: ByteArray = ByteArray(0),
    ): HttpResponse<ByteArray> {
        val target = URI.create(url + path)
        check(target.host == "127.0.0.1") { "only the hub beside the test is asked, not $target" }
        val publisher =
            if (body.isEmpty()) HttpRequest.BodyPublishers.noBody() else HttpRequest.BodyPublishers.ofByteArray(body)
        val request = HttpRequest.newBuilder(target).timeout(ANSWER_TIME_MAX).method(method, publisher)
        headers.forEach(request::header)
        return client.send(request.build(), HttpResponse.BodyHandlers.ofByteArray())
    }

    /** The bytes of a photo as somebody logged in at the hub gets them. */
    fun photoSeenBy(person: String, sha256: String): ByteArray {
        val login = """{"person":"$person","password":"$password"}""".toByteArray()
        val session = send("POST", "/api/session", mapOf("content-type" to "application/json"), login)
        check(session.statusCode() == 200) { "$person could not log in: ${session.statusCode()}" }
        val cookie = session.headers().firstValue("set-cookie").orElseThrow().substringBefore(';')
        val photo = send("GET", "/photos/$sha256", mapOf("cookie" to cookie))
        check(photo.statusCode() == 200) { "no photo $sha256: ${photo.statusCode()}" }
        return photo.body()
    }

    override fun close() {
        process.destroy()
        if (!process.waitFor(STOP_SECONDS_MAX, TimeUnit.SECONDS)) process.destroyForcibly().waitFor()
    }
}
