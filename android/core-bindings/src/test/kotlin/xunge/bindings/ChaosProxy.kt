package xunge.bindings

import java.net.Proxy
import java.util.concurrent.TimeUnit
import xunge.core.Link
import xunge.core.LinkAnswer
import xunge.core.LinkRequest
import xunge.link.OkHttpLink

private const val STOP_SECONDS_MAX = 10L

/** The network as the app has it, with no proxy of the environment in between: the hub is beside the test. */
fun network() = OkHttpLink(Proxy.NO_PROXY)

/** The harness's bad network, as a process in front of a hub: fair at first. */
class ChaosProxy(hub: Hub) : AutoCloseable {
    private val process: Process =
        ProcessBuilder(System.getProperty("xunge.proxy"), "--upstream", hub.url.removePrefix("http://"))
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start()
    private val said = process.inputStream.bufferedReader()
    private val asked = process.outputStream.bufferedWriter()
    val url: String = said.readLine().removePrefix("listening on ")

    /** What the link is like from here on, as flags of `chaos-proxy`. */
    fun weather(vararg flags: String) {
        val answer = ask(flags.joinToString(" "))
        check("error" !in answer) { answer }
    }

    /** What passed and what broke so far, by the names that the harness gives it. */
    fun counters(): Map<String, Long> =
        Regex("\"(\\w+)\":(\\d+)").findAll(ask("counters")).associate { it.groupValues[1] to it.groupValues[2].toLong() }

    private fun ask(line: String): String {
        asked.write("$line\n")
        asked.flush()
        return said.readLine() ?: error("the proxy ended")
    }

    override fun close() {
        asked.close()
        if (!process.waitFor(STOP_SECONDS_MAX, TimeUnit.SECONDS)) process.destroyForcibly().waitFor()
    }
}

/** A link that remembers what was asked of it. */
class RememberingLink(private val link: Link) : Link {
    val requests = mutableListOf<LinkRequest>()

    override fun perform(serverUrl: String, serverPin: ByteArray?, request: LinkRequest): LinkAnswer {
        requests += request
        return link.perform(serverUrl, serverPin, request)
    }
}

/** As many bytes as a request is on the wire, when nobody adds a word to it but where it goes and how long it is. */
fun LinkRequest.bytesOnWire(server: String): Long {
    val length = if (method == "GET") emptyMap() else mapOf("Content-Length" to "${body.size}")
    val said = headers + length + ("Host" to server.removePrefix("http://"))
    val head = "$method $path HTTP/1.1\r\n" + said.entries.joinToString("") { (name, value) -> "$name: $value\r\n" } + "\r\n"
    return head.toByteArray().size.toLong() + body.size
}
