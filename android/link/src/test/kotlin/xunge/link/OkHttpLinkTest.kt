package xunge.link

import com.sun.net.httpserver.HttpsConfigurator
import com.sun.net.httpserver.HttpsServer
import java.net.InetAddress
import java.net.InetSocketAddress
import java.net.Proxy
import java.net.ServerSocket
import java.nio.file.Files
import java.nio.file.Path
import java.security.KeyStore
import java.security.cert.X509Certificate
import java.util.zip.GZIPOutputStream
import javax.net.ssl.KeyManagerFactory
import javax.net.ssl.SSLContext
import kotlin.concurrent.thread
import org.junit.jupiter.api.Assertions.assertArrayEquals
import org.junit.jupiter.api.Assertions.assertEquals
import org.junit.jupiter.api.Test
import org.junit.jupiter.api.io.TempDir
import xunge.core.LinkAnswer
import xunge.core.LinkRequest

private const val PASSWORD = "only-for-a-test"
private const val ANSWER_BYTES_MAX = 16 * 1024 * 1024
private val QUESTION = LinkRequest("GET", "/", emptyMap(), ByteArray(0))
private val LOOPBACK = InetSocketAddress(InetAddress.getLoopbackAddress(), 0)

/** The link against real servers on loopback; the certificates are made by Java's keytool. */
class OkHttpLinkTest {
    @TempDir lateinit var folder: Path

    private val link = OkHttpLink(Proxy.NO_PROXY)

    @Test
    fun `the pinned key is trusted whatever its dates, another one or another name is not, and without a pin the system decides`() {
        for (expired in listOf(false, true)) {
            served("localhost", expired) { url, certificate ->
                assertEquals("200", said(url, pinOf(certificate)))
                assertEquals("wrong certificate", said(url, ByteArray(16)))
                assertEquals("wrong certificate", said(url, null))
            }
        }
        served("elsewhere.example", expired = false) { url, certificate -> assertEquals("wrong certificate", said(url, pinOf(certificate))) }
    }

    @Test
    fun `who has a pin says nothing in the clear`() {
        Wire { answered(200, ByteArray(0)) }.use { wire ->
            assertEquals("wrong certificate", said(wire.url, ByteArray(16)))
            assertEquals(0, wire.heard.size)
        }
    }

    @Test
    fun `a handshake that is cut is no certificate`() {
        ServerSocket(0, 1, InetAddress.getLoopbackAddress()).use { server ->
            val cutting = thread { repeat(2) { runCatching { server.accept().use { it.getInputStream().read() } } } }
            assertEquals("unreachable", said("https://localhost:${server.localPort}", ByteArray(16)))
            server.close()
            cutting.join()
        }
    }

    @Test
    fun `what goes over the wire is what the core says, and no word more`() {
        Wire { answered(200, ByteArray(0)) }.use { wire ->
            val headers = mapOf("content-type" to "application/x", "Xunge-Session" to "abc")
            link.perform(wire.url, null, LinkRequest("POST", "/api/sync?part=1", headers, "body".toByteArray()))
            link.perform(wire.url, null, LinkRequest("GET", "/api/sync/packs/0f", mapOf("Range" to "bytes=5-9"), ByteArray(0)))
            link.perform(wire.url, null, LinkRequest("PUT", "/api/empty", mapOf("accept-encoding" to "br"), ByteArray(0)))
            val host = "Host: ${wire.url.removePrefix("http://")}"
            val (posted, got, put) = wire.heard
            val first = setOf("content-type: application/x", "Xunge-Session: abc", "Content-Length: 4", host)
            assertEquals("POST /api/sync?part=1 HTTP/1.1" to first, posted.lines.first() to posted.lines.drop(1).toSet())
            assertEquals("body", posted.body.decodeToString())
            assertEquals("GET /api/sync/packs/0f HTTP/1.1" to setOf("Range: bytes=5-9", host), got.lines.first() to got.lines.drop(1).toSet())
            assertEquals(setOf("accept-encoding: br", "Content-Length: 0", host), put.lines.drop(1).toSet())
        }
    }

    @Test
    fun `failures come with their bodies, and nothing is unpacked that nobody asked for`() {
        val large = ByteArray(300_000) { it.toByte() }
        val packed = java.io.ByteArrayOutputStream().also { out -> GZIPOutputStream(out).use { it.write(large) } }.toByteArray()
        Wire { answered(409, if (it.body.isEmpty()) packed else it.body, "content-encoding: gzip") }.use { wire ->
            val answer = link.perform(wire.url, null, LinkRequest("POST", "/", emptyMap(), large)) as LinkAnswer.Answered
            assertEquals(409, answer.status)
            assertArrayEquals(large, answer.body)
            assertArrayEquals(packed, (link.perform(wire.url, null, QUESTION) as LinkAnswer.Answered).body)
        }
    }

    @Test
    fun `nothing is asked twice or elsewhere, whatever the answer asks for`() {
        for (status in listOf(302, 308, 401, 408, 421, 503)) {
            Wire { answered(status, ByteArray(0), "location: /elsewhere", "retry-after: 0", "www-authenticate: Basic realm=x") }.use { wire ->
                for (request in listOf(QUESTION, LinkRequest("POST", "/", emptyMap(), ByteArray(3)))) {
                    wire.heard.clear()
                    assertEquals(status, (link.perform(wire.url, null, request) as LinkAnswer.Answered).status)
                    assertEquals(listOf("${request.method} / HTTP/1.1"), wire.heard.map { it.lines.first() })
                }
            }
        }
    }

    @Test
    fun `a request that was hung up on is not sent again, on a fresh connection or a used one`() {
        for (request in listOf(QUESTION, LinkRequest("POST", "/", emptyMap(), ByteArray(3)))) {
            for (answers in 0..1) {
                var left = answers
                Wire { if (left-- > 0) answered(200, ByteArray(0)) else null }.use { wire ->
                    repeat(answers) { assertEquals("200", said(wire.url, null)) }
                    assertEquals(LinkAnswer.Unreachable, link.perform(wire.url, null, request))
                    assertEquals(answers + 1, wire.heard.size)
                }
            }
        }
    }

    @Test
    fun `an answer that breaks off is handed over as far as it came, and one without an end up to the limit`() {
        val body = ByteArray(1_000) { it.toByte() }
        val whole = answered(206, body).bytes
        Wire { Said(whole.copyOf(whole.size - 400), last = true) }.use { wire ->
            val answer = link.perform(wire.url, null, QUESTION) as LinkAnswer.Answered
            assertEquals(206, answer.status)
            assertArrayEquals(body.copyOf(600), answer.body)
        }
        val endless = "HTTP/1.1 200 said\r\n\r\n".toByteArray() + ByteArray(ANSWER_BYTES_MAX + 100)
        Wire { Said(endless, last = true) }.use { wire ->
            assertEquals(ANSWER_BYTES_MAX, (link.perform(wire.url, null, QUESTION) as LinkAnswer.Answered).body.size)
        }
    }

    @Test
    fun `nobody there, and no address at all, reach nobody`() {
        for (address in listOf("http://localhost:1", "no address", "file:///etc")) assertEquals("unreachable", said(address, null), address)
    }

    private fun said(url: String, pin: ByteArray?): String =
        when (val answer = link.perform(url, pin, QUESTION)) {
            is LinkAnswer.Answered -> answer.status.toString()
            LinkAnswer.Unreachable -> "unreachable"
            LinkAnswer.WrongCertificate -> "wrong certificate"
        }

    private fun served(name: String, expired: Boolean, test: (String, X509Certificate) -> Unit) {
        val keys = keys(name, expired)
        val managers = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm()).apply { init(keys, PASSWORD.toCharArray()) }
        val tls = SSLContext.getInstance("TLS").apply { init(managers.keyManagers, null, null) }
        val server = HttpsServer.create(LOOPBACK, 0)
        server.httpsConfigurator = HttpsConfigurator(tls)
        server.createContext("/") { exchange -> exchange.use { it.sendResponseHeaders(200, -1) } }
        server.start()
        try {
            test("https://localhost:${server.address.port}", keys.getCertificate("server") as X509Certificate)
        } finally {
            server.stop(0)
        }
    }

    private fun keys(name: String, expired: Boolean): KeyStore {
        val file = folder.resolve("$name-$expired.p12")
        val keytool = Path.of(System.getProperty("java.home"), "bin", "keytool").toString()
        val since = if (expired) listOf("-startdate", "-10d", "-validity", "1") else listOf("-validity", "2")
        val command =
            listOf(keytool, "-genkeypair", "-alias", "server", "-keyalg", "EC", "-groupname", "secp256r1", "-dname", "CN=$name") +
                listOf("-ext", "SAN=dns:$name", "-storetype", "PKCS12", "-keystore", file.toString(), "-storepass", PASSWORD) + since
        val made = ProcessBuilder(command).redirectErrorStream(true).start()
        val output = made.inputStream.bufferedReader().readText()
        check(made.waitFor() == 0) { output }
        return KeyStore.getInstance("PKCS12").apply { Files.newInputStream(file).use { load(it, PASSWORD.toCharArray()) } }
    }
}
