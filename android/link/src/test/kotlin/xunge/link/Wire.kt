package xunge.link

import java.io.InputStream
import java.net.InetAddress
import java.net.ServerSocket
import java.net.Socket
import java.util.concurrent.CopyOnWriteArrayList
import kotlin.concurrent.thread

/** A request as it came over the wire. */
class Heard(val head: String, val body: ByteArray) {
    val lines: List<String> get() = head.split("\r\n")
}

/** An answer as it goes over the wire; after the last one the server hangs up. */
class Said(val bytes: ByteArray, val last: Boolean = false)

/** A server on loopback that writes down each byte it is sent and answers what a test says; nothing: it hangs up. */
class Wire(private val answer: (Heard) -> Said?) : AutoCloseable {
    private val listening = ServerSocket(0, 8, InetAddress.getLoopbackAddress())
    private val open = CopyOnWriteArrayList<Socket>()
    val heard = CopyOnWriteArrayList<Heard>()
    val url = "http://127.0.0.1:${listening.localPort}"
    private val serving =
        thread {
            while (!listening.isClosed) {
                val socket = runCatching { listening.accept() }.getOrNull() ?: return@thread
                open += socket
                thread { runCatching { socket.use(::serve) } }
            }
        }

    private fun serve(socket: Socket) {
        while (true) {
            val request = request(socket.getInputStream()) ?: return
            heard += request
            val said = answer(request) ?: return
            socket.getOutputStream().write(said.bytes)
            if (said.last) return
        }
    }

    private fun request(from: InputStream): Heard? {
        val head = StringBuilder()
        while (!head.endsWith("\r\n\r\n")) {
            val next = from.read()
            if (next < 0) return null
            head.append(next.toChar())
        }
        val length = Regex("(?i)content-length: (\\d+)").find(head)?.groupValues?.get(1)?.toInt() ?: 0
        return Heard(head.removeSuffix("\r\n\r\n").toString(), from.readNBytes(length))
    }

    override fun close() {
        listening.close()
        open.forEach { it.close() }
        serving.join()
    }
}

/** An answer with its length, and what else its head says. */
fun answered(status: Int, body: ByteArray, vararg headers: String): Said =
    Said((listOf("HTTP/1.1 $status said", "content-length: ${body.size}") + headers).joinToString("\r\n", postfix = "\r\n\r\n").toByteArray() + body)
