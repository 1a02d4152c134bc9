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
class Hub(private val folder: Path, cases: Int = 50) : AutoCloseable {
    private val process: Process =
        ProcessBuilder(
            System.getProperty("xunge.hub"), "demo",
            "--listen", "127.0.0.1:0", "--cases", "$cases", "--data", folder.toString(),
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

    /** The headers of somebody who is logged in, by person. */
    private val sessions = mutableMapOf<String, Map<String, String>>()

    private fun session(person: String): Map<String, String> =
        sessions.getOrPut(person) {
            val login = """{"person":"$person","password":"$password"}""".toByteArray()
            val answer = send("POST", "/api/session", mapOf("content-type" to "application/json"), login)
            check(answer.statusCode() == 200) { "$person could not log in: ${answer.statusCode()}" }
            val cookie = answer.headers().firstValue("set-cookie").orElseThrow().substringBefore(';')
            mapOf("cookie" to cookie, "x-csrf-token" to field(answer.body().decodeToString(), "csrf"))
        }

    /** The bytes of a photo as somebody logged in at the hub gets them. */
    fun photoSeenBy(person: String, sha256: String): ByteArray {
        val photo = send("GET", "/photos/$sha256", session(person))
        check(photo.statusCode() == 200) { "no photo $sha256: ${photo.statusCode()}" }
        return photo.body()
    }

    /** What somebody at a desk reads, as JSON. */
    fun seenBy(person: String, path: String): String {
        val answer = send("GET", path, session(person))
        check(answer.statusCode() == 200) { "$person may not read $path: ${answer.statusCode()}" }
        return answer.body().decodeToString()
    }

    /** What somebody at a desk does: an action as JSON, which has to be accepted. */
    fun act(person: String, case: String, action: String) {
        val headers = session(person) + ("content-type" to "application/json")
        val answer = send("POST", "/api/cases/$case/actions", headers, action.toByteArray()).body().decodeToString()
        check(field(answer, "outcome") == "accepted") { "$person, $action: $answer" }
    }

    /** A one-time code for somebody's next device. */
    fun codeFor(person: String): String {
        val answer = send("POST", "/api/people/$person/enrolment-codes", session("admin"))
        check(answer.statusCode() == 201) { "no code for $person: ${answer.statusCode()}" }
        return field(answer.body().decodeToString(), "code")
    }

    /** A verb of the hub's own program, over its data while it serves; it has to succeed. */
    fun command(vararg words: String) {
        val command = listOf(System.getProperty("xunge.hub")) + words + listOf("--data", folder.toString())
        val process = ProcessBuilder(command).redirectErrorStream(true).start()
        val said = process.inputStream.bufferedReader().readText()
        check(process.waitFor() == 0) { said }
    }

    /** A text of a JSON object, looked for by its name alone. */
    private fun field(json: String, name: String): String =
        Regex("\"$name\":\"([^\"]*)\"").find(json)?.groupValues?.get(1) ?: error("no $name in $json")

    override fun close() {
        process.destroy()
        if (!process.waitFor(STOP_SECONDS_MAX, TimeUnit.SECONDS)) process.destroyForcibly().waitFor()
    }
}
