package xunge.link

import java.net.ProtocolException
import java.util.concurrent.atomic.AtomicBoolean
import okhttp3.Interceptor
import okhttp3.MediaType
import okhttp3.RequestBody
import okhttp3.Response
import okio.BufferedSink
import xunge.core.LinkRequest

internal const val ACCEPT_ENCODING = "Accept-Encoding"

/** What OkHttp writes by itself and no hub reads; with HTTP/1.1 a connection is kept without a word. */
private val ADDED = listOf("User-Agent", "Connection", ACCEPT_ENCODING)

/** One request of the core on its way. */
internal class Sending(private val request: LinkRequest) {
    private val began = AtomicBoolean()

    /** Nothing with a GET, which has none. */
    val body: RequestBody? = if (request.method == "GET") null else OneShot(request.body)

    /** Whether this is the first time that it goes out. */
    fun begin(): Boolean = began.compareAndSet(false, true)

    /** Whether the core itself says this header. */
    fun says(name: String): Boolean = request.headers.keys.any { it.equals(name, ignoreCase = true) }
}

/** Bytes of no type that are written once. */
private class OneShot(private val bytes: ByteArray) : RequestBody() {
    override fun contentType(): MediaType? = null

    override fun contentLength(): Long = bytes.size.toLong()

    override fun isOneShot(): Boolean = true

    override fun writeTo(sink: BufferedSink) {
        sink.write(bytes)
    }
}

/**
 * Stands where requests go onto the wire. Each goes once: whether one that failed has arrived nobody here knows, and the
 * core, which does, asks anew under a signature of its own. What the client added to the core's headers is taken off.
 */
internal object Once : Interceptor {
    override fun intercept(chain: Interceptor.Chain): Response {
        val request = chain.request()
        val sending = checkNotNull(request.tag(Sending::class.java)) { "every request here is the core's" }
        // Of this kind, because the client gives up on it and does not try once more.
        if (!sending.begin()) throw ProtocolException("a request is not sent twice")
        val bare = request.newBuilder()
        for (name in ADDED) if (!sending.says(name)) bare.removeHeader(name)
        // 408 and 503 are answers like others: the client repeats neither once they name a time.
        return chain.proceed(bare.build()).newBuilder().header("Retry-After", "1").build()
    }
}
