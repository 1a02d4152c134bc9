package xunge.platform.link

import com.sun.net.httpserver.HttpExchange
import com.sun.net.httpserver.HttpServer
import com.sun.net.httpserver.HttpsConfigurator
import com.sun.net.httpserver.HttpsServer
import java.net.InetAddress
import java.net.InetSocketAddress
import java.net.Proxy
import java.nio.file.Files
import java.nio.file.Path
import java.security.KeyStore
import java.security.cert.X509Certificate
import javax.net.ssl.KeyManagerFactory
import javax.net.ssl.SSLContext
import org.junit.jupiter.api.Assertions.assertArrayEquals
import org.junit.jupiter.api.Assertions.assertEquals
import org.junit.jupiter.api.Test
import org.junit.jupiter.api.io.TempDir
import xunge.bindings.pinOf
import xunge.core.LinkAnswer
import xunge.core.LinkRequest

private const val PASSWORD = "only-for-a-test"
private val QUESTION = LinkRequest("GET", "/", emptyMap(), ByteArray(0))
private val LOOPBACK = InetSocketAddress(InetAddress.getLoopbackAddress(), 0)

/** The link against real servers on loopback; the certificates are made by Java's keytool. */
class PhoneLinkTest {
    @TempDir lateinit var folder: Path

    private val link = PhoneLink(Proxy.NO_PROXY)

    @Test
    fun `the pinned key is trusted whatever its dates, another one or another name is not`() {
        served("localhost", expired = true) { url, certificate ->
            assertEquals("200", said(url, pinOf(certificate)))
            assertEquals("wrong certificate", said(url, ByteArray(16)))
            assertEquals("wrong certificate", said(url, null))
        }
        served("elsewhere.example", expired = false) { url, certificate -> assertEquals("wrong certificate", said(url, pinOf(certificate))) }
    }

    @Test
    fun `what is asked arrives whole, and what is answered too, failures with their bodies`() {
        val body = ByteArray(300_000) { it.toByte() }
        plain({ exchange ->
            val got = exchange.requestBody.readAllBytes()
            val status = if (exchange.requestHeaders.getFirst("x-said") == "yes" && exchange.requestMethod == "POST") 409 else 500
            exchange.sendResponseHeaders(status, got.size.toLong())
            exchange.responseBody.write(got)
        }) { url ->
            val answer = link.perform(url, null, LinkRequest("POST", "/api/sync?x=1", mapOf("x-said" to "yes"), body)) as LinkAnswer.Answered
            assertEquals(409, answer.status)
            assertArrayEquals(body, answer.body)
        }
    }

    @Test
    fun `a redirect is an answer, not a way to somebody else`() {
        plain({ exchange ->
            exchange.responseHeaders.add("location", "/elsewhere")
            exchange.sendResponseHeaders(if (exchange.requestURI.path == "/elsewhere") 200 else 302, -1)
        }) { url -> assertEquals("302", said(url, null)) }
    }

    @Test
    fun `nobody there, an answer that breaks off, and no address at all reach nobody`() {
        assertEquals("unreachable", said("http://localhost:1", null))
        assertEquals("unreachable", said("no address", null))
        assertEquals("unreachable", said("file:///etc", null))
        plain({ exchange ->
            exchange.sendResponseHeaders(200, 1_000)
            exchange.responseBody.write(ByteArray(10))
        }) { url -> assertEquals("unreachable", said(url, null)) }
    }

    @Test
    fun `a stopped link reaches nobody`() {
        plain({ it.sendResponseHeaders(200, -1) }) { url ->
            val stoppable = StoppableLink(link)
            assertEquals(200, (stoppable.perform(url, null, QUESTION) as LinkAnswer.Answered).status)
            stoppable.stop()
            assertEquals(LinkAnswer.Unreachable, stoppable.perform(url, null, QUESTION))
        }
    }

    private fun said(url: String, pin: ByteArray?): String =
        when (val answer = link.perform(url, pin, QUESTION)) {
            is LinkAnswer.Answered -> answer.status.toString()
            LinkAnswer.Unreachable -> "unreachable"
            LinkAnswer.WrongCertificate -> "wrong certificate"
        }

    private fun plain(answer: (HttpExchange) -> Unit, test: (String) -> Unit) {
        val server = HttpServer.create(LOOPBACK, 0)
        running(server, answer) { test("http://localhost:${server.address.port}") }
    }

    private fun served(name: String, expired: Boolean, test: (String, X509Certificate) -> Unit) {
        val keys = keys(name, expired)
        val managers = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm()).apply { init(keys, PASSWORD.toCharArray()) }
        val tls = SSLContext.getInstance("TLS").apply { init(managers.keyManagers, null, null) }
        val server = HttpsServer.create(LOOPBACK, 0)
        server.httpsConfigurator = HttpsConfigurator(tls)
        running(server, { it.sendResponseHeaders(200, -1) }) {
            test("https://localhost:${server.address.port}", keys.getCertificate("server") as X509Certificate)
        }
    }

    private fun running(server: HttpServer, answer: (HttpExchange) -> Unit, test: () -> Unit) {
        server.createContext("/") { exchange -> exchange.use { answer(it) } }
        server.start()
        try {
            test()
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
