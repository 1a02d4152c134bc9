package xunge.desktop

import java.io.IOException
import java.net.URI
import java.net.http.HttpClient
import java.net.http.HttpRequest
import java.net.http.HttpResponse
import java.time.Duration
import java.util.concurrent.ConcurrentHashMap
import javax.net.ssl.SSLContext
import javax.net.ssl.SSLHandshakeException
import xunge.bindings.PinnedTrust
import xunge.core.Link
import xunge.core.LinkAnswer
import xunge.core.LinkRequest

private val CONNECT_TIME_MAX: Duration = Duration.ofSeconds(15)
private val ANSWER_TIME_MAX: Duration = Duration.ofSeconds(60)

/** The network through Java's own client; a server with a pin is held against it, others against the system's authorities. */
class HttpLink(private val clients: () -> HttpClient.Builder = HttpClient::newBuilder) : Link {
    private val known = ConcurrentHashMap<String, HttpClient>()

    override fun perform(serverUrl: String, serverPin: ByteArray?, request: LinkRequest): LinkAnswer {
        val body =
            if (request.body.isEmpty()) HttpRequest.BodyPublishers.noBody() else HttpRequest.BodyPublishers.ofByteArray(request.body)
        return try {
            val sent = HttpRequest.newBuilder(URI.create(serverUrl + request.path)).timeout(ANSWER_TIME_MAX).method(request.method, body)
            request.headers.forEach(sent::header)
            val answer = client(serverPin).send(sent.build(), HttpResponse.BodyHandlers.ofByteArray())
            LinkAnswer.Answered(answer.statusCode(), answer.body())
        } catch (_: SSLHandshakeException) {
            LinkAnswer.WrongCertificate
        } catch (_: IOException) {
            LinkAnswer.Unreachable
        } catch (_: IllegalArgumentException) {
            // An address that is none reaches nobody.
            LinkAnswer.Unreachable
        } catch (_: InterruptedException) {
            Thread.currentThread().interrupt()
            LinkAnswer.Unreachable
        }
    }

    private fun client(pin: ByteArray?): HttpClient =
        known.computeIfAbsent(pin?.joinToString("") { "%02x".format(it) }.orEmpty()) {
            val client = clients().connectTimeout(CONNECT_TIME_MAX).version(HttpClient.Version.HTTP_1_1)
            if (pin != null) {
                val tls = SSLContext.getInstance("TLS")
                tls.init(null, arrayOf(PinnedTrust(pin)), null)
                client.sslContext(tls)
            }
            client.build()
        }
}
