package xunge.desktop

import com.sun.net.httpserver.HttpsConfigurator
import com.sun.net.httpserver.HttpsServer
import java.net.InetAddress
import java.net.InetSocketAddress
import java.net.http.HttpClient
import java.nio.file.Files
import java.nio.file.Path
import java.security.KeyStore
import java.security.cert.X509Certificate
import javax.net.ssl.KeyManagerFactory
import javax.net.ssl.SSLContext
import org.junit.jupiter.api.Assertions.assertEquals
import org.junit.jupiter.api.Test
import org.junit.jupiter.api.io.TempDir
import xunge.bindings.pinOf
import xunge.core.LinkAnswer
import xunge.core.LinkRequest

private const val PASSWORD = "only-for-a-test"
private val QUESTION = LinkRequest("GET", "/", emptyMap(), ByteArray(0))

/** The pin against a real TLS server on loopback, with certificates of Java's keytool. */
class PinnedTrustTest {
    @TempDir lateinit var folder: Path

    private val link = HttpLink { HttpClient.newBuilder().proxy(HttpClient.Builder.NO_PROXY) }

    @Test
    fun `the pinned key is trusted, another one is not, and without a pin the system decides`() {
        served("localhost", expired = false) { url, certificate ->
            assertEquals("200", said(url, pinOf(certificate)))
            assertEquals("wrong certificate", said(url, ByteArray(16)))
            assertEquals("wrong certificate", said(url, null))
        }
    }

    @Test
    fun `dates do not count, the server's name does`() {
        served("localhost", expired = true) { url, certificate -> assertEquals("200", said(url, pinOf(certificate))) }
        served("elsewhere.example", expired = false) { url, certificate ->
            assertEquals("wrong certificate", said(url, pinOf(certificate)))
        }
    }

    @Test
    fun `nobody there is no answer`() {
        assertEquals("unreachable", said("http://localhost:1", null))
        assertEquals("unreachable", said("no address", null))
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
        val server = HttpsServer.create(InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0)
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
