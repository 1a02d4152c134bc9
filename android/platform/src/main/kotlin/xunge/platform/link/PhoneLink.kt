package xunge.platform.link

import java.io.IOException
import java.io.InputStream
import java.net.HttpURLConnection
import java.net.Proxy
import java.net.URL
import java.util.concurrent.ConcurrentHashMap
import javax.net.ssl.HostnameVerifier
import javax.net.ssl.HttpsURLConnection
import javax.net.ssl.SSLContext
import javax.net.ssl.SSLHandshakeException
import javax.net.ssl.SSLSession
import javax.net.ssl.SSLSocketFactory
import xunge.bindings.PinnedTrust
import xunge.core.Link
import xunge.core.LinkAnswer
import xunge.core.LinkRequest

private const val CONNECT_MILLIS_MAX = 15_000
private const val READ_MILLIS_MAX = 60_000
private const val FIRST_FAILING_STATUS = 400

/** More than the largest answer of a hub; what is longer comes from somebody else. */
private const val ANSWER_BYTES_MAX = 64 * 1024 * 1024
private const val PART_BYTES = 64 * 1024

/** The network through the phone's own client; a server with a pin is held against it, others against the system's authorities. */
class PhoneLink(private val proxy: Proxy? = null) : Link {
    private val pinned = ConcurrentHashMap<String, SSLSocketFactory>()

    override fun perform(serverUrl: String, serverPin: ByteArray?, request: LinkRequest): LinkAnswer {
        val names = NameCheck()
        return try {
            val connection = connection(URL(serverUrl + request.path), serverPin, names)
            try {
                connection.ask(request)
            } finally {
                connection.disconnect()
            }
        } catch (_: SSLHandshakeException) {
            LinkAnswer.WrongCertificate
        } catch (_: IOException) {
            // No network, and an address that is none; which exception a wrong name is differs from client to client.
            if (names.refused) LinkAnswer.WrongCertificate else LinkAnswer.Unreachable
        }
    }

    private fun connection(url: URL, pin: ByteArray?, names: NameCheck): HttpURLConnection {
        val opened = if (proxy == null) url.openConnection() else url.openConnection(proxy)
        // file: and the like are no network.
        val connection = opened as? HttpURLConnection ?: throw IOException("no address of a server")
        connection.connectTimeout = CONNECT_MILLIS_MAX
        connection.readTimeout = READ_MILLIS_MAX
        // A redirect is an answer of somebody else.
        connection.instanceFollowRedirects = false
        connection.useCaches = false
        if (connection is HttpsURLConnection) {
            connection.hostnameVerifier = names
            if (pin != null) connection.sslSocketFactory = pinned(pin)
        }
        return connection
    }

    private fun pinned(pin: ByteArray): SSLSocketFactory =
        pinned.computeIfAbsent(pin.joinToString("") { "%02x".format(it) }) {
            SSLContext.getInstance("TLS").apply { init(null, arrayOf(PinnedTrust(pin)), null) }.socketFactory
        }

    private fun HttpURLConnection.ask(request: LinkRequest): LinkAnswer {
        requestMethod = request.method
        request.headers.forEach(::setRequestProperty)
        if (request.body.isNotEmpty()) {
            doOutput = true
            // Without it the body is kept whole in memory once more.
            setFixedLengthStreamingMode(request.body.size)
            outputStream.use { it.write(request.body) }
        }
        val status = responseCode
        // Nothing is left to read where a failing answer has no body.
        val body: InputStream? = if (status >= FIRST_FAILING_STATUS) errorStream else inputStream
        val read = body?.use { it.readUpTo(ANSWER_BYTES_MAX) } ?: ByteArray(0)
        // Not every client notices. What the client unpacked itself has no length.
        if (body != null && contentLengthLong >= 0 && contentLengthLong != read.size.toLong()) throw IOException("an answer that broke off")
        return LinkAnswer.Answered(status, read)
    }
}

/** The system's own check of a server's name, which remembers that it said no. */
private class NameCheck : HostnameVerifier {
    private val system = HttpsURLConnection.getDefaultHostnameVerifier()

    @Volatile var refused = false
        private set

    override fun verify(host: String, session: SSLSession): Boolean = system.verify(host, session).also { refused = !it }
}

private fun InputStream.readUpTo(bytesMax: Int): ByteArray {
    val read = java.io.ByteArrayOutputStream()
    val part = ByteArray(PART_BYTES)
    while (true) {
        val length = read(part)
        if (length < 0) return read.toByteArray()
        if (read.size() + length > bytesMax) throw IOException("an answer of more than $bytesMax bytes")
        read.write(part, 0, length)
    }
}
