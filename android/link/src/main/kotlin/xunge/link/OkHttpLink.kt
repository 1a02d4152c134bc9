package xunge.link

import java.io.IOException
import java.net.Proxy
import java.security.cert.CertificateException
import java.util.concurrent.ConcurrentHashMap
import java.util.concurrent.TimeUnit.MINUTES
import java.util.concurrent.TimeUnit.SECONDS
import javax.net.ssl.SSLContext
import javax.net.ssl.SSLException
import javax.net.ssl.SSLPeerUnverifiedException
import okhttp3.ConnectionPool
import okhttp3.HttpUrl.Companion.toHttpUrlOrNull
import okhttp3.OkHttpClient
import okhttp3.Protocol
import okhttp3.Request
import okhttp3.ResponseBody
import okio.Buffer
import xunge.core.Link
import xunge.core.LinkAnswer
import xunge.core.LinkRequest

private const val CONNECT_SECONDS_MAX = 15L

/** Between two bytes, in either direction. */
private const val SILENCE_SECONDS_MAX = 60L

/** A whole request with its answer: the largest of either passes in it at 64 kbit/s. */
private const val CALL_MINUTES_MAX = 10L

/** A connection that is not used so long is closed: sooner than a hub does it, so that no request is written to a dead one. */
private const val IDLE_SECONDS_MAX = 10L

/** More than the largest answer of a hub; of what is longer the first part is handed over. */
private const val ANSWER_BYTES_MAX = 16L * 1024 * 1024
private const val PART_BYTES = 64L * 1024

/**
 * The network, of a phone as of a desktop: OkHttp, which says what the core says and no word more, sends nothing twice and
 * follows nobody. A server with a pin is held against it, others against the system's authorities.
 *
 * An answer that breaks off is handed over as far as it came: the core keeps what it can prove of it.
 */
class OkHttpLink(private val proxy: Proxy? = null) : Link {
    private val pinned = ConcurrentHashMap<String, OkHttpClient>()

    private val plain: OkHttpClient =
        OkHttpClient.Builder()
            .proxy(proxy)
            .protocols(listOf(Protocol.HTTP_1_1))
            .connectionPool(ConnectionPool(1, IDLE_SECONDS_MAX, SECONDS))
            .connectTimeout(CONNECT_SECONDS_MAX, SECONDS)
            .readTimeout(SILENCE_SECONDS_MAX, SECONDS)
            .writeTimeout(SILENCE_SECONDS_MAX, SECONDS)
            .callTimeout(CALL_MINUTES_MAX, MINUTES)
            // A redirect is an answer of somebody else.
            .followRedirects(false)
            .followSslRedirects(false)
            // For the next address of a name only: `Once` sees to the rest.
            .retryOnConnectionFailure(true)
            .addNetworkInterceptor(Once)
            .build()

    override fun perform(serverUrl: String, serverPin: ByteArray?, request: LinkRequest): LinkAnswer {
        // An address that is none reaches nobody.
        val url = (serverUrl + request.path).toHttpUrlOrNull() ?: return LinkAnswer.Unreachable
        // Who has a pin speaks TLS; anybody could be there without it.
        if (serverPin != null && !url.isHttps) return LinkAnswer.WrongCertificate
        val sending = Sending(request)
        val asked = Request.Builder().url(url).tag(Sending::class.java, sending).method(request.method, sending.body)
        request.headers.forEach(asked::header)
        // Otherwise the client asks for gzip, and unpacks what nobody asked for.
        if (!sending.says(ACCEPT_ENCODING)) asked.header(ACCEPT_ENCODING, "identity")
        return try {
            client(serverPin).newCall(asked.build()).execute().use { LinkAnswer.Answered(it.code, it.body!!.asFarAsItCame()) }
        } catch (failure: SSLException) {
            // A handshake that was cut says nothing of whose it was.
            if (failure.isAboutTheCertificate) LinkAnswer.WrongCertificate else LinkAnswer.Unreachable
        } catch (_: IOException) {
            LinkAnswer.Unreachable
        }
    }

    /** Ends what is under way, with what came so far; later requests are performed. For whoever leaves. */
    fun cancel() = (pinned.values + plain).forEach { it.dispatcher.cancelAll() }

    private fun client(pin: ByteArray?): OkHttpClient =
        if (pin == null) {
            plain
        } else {
            pinned.computeIfAbsent(pin.joinToString("") { "%02x".format(it) }) {
                val trust = PinnedTrust(pin)
                val tls = SSLContext.getInstance("TLS").apply { init(null, arrayOf(trust), null) }
                // A pool of its own: a connection of the other kind of trust is never taken for one of this.
                plain.newBuilder().sslSocketFactory(tls.socketFactory, trust).connectionPool(ConnectionPool(1, IDLE_SECONDS_MAX, SECONDS)).build()
            }
        }
}

private val SSLException.isAboutTheCertificate: Boolean
    get() = this is SSLPeerUnverifiedException || generateSequence<Throwable>(this) { it.cause }.any { it is CertificateException }

private fun ResponseBody.asFarAsItCame(): ByteArray {
    val read = Buffer()
    try {
        val source = source()
        while (read.size < ANSWER_BYTES_MAX && source.read(read, minOf(PART_BYTES, ANSWER_BYTES_MAX - read.size)) >= 0) continue
    } catch (_: IOException) {
        // Cut: what came before is worth having.
    }
    return read.readByteArray()
}
