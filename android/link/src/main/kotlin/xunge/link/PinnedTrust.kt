package xunge.link

import java.security.GeneralSecurityException
import java.security.MessageDigest
import java.security.cert.CertificateException
import java.security.cert.X509Certificate
import javax.net.ssl.X509TrustManager

private const val PIN_BYTES = 16

/**
 * Trusts a chain that leads to the pinned key: the first 16 bytes of the SHA-256 over a certificate's SubjectPublicKeyInfo,
 * with every signature up to it. Dates do not count, because a device's clock may be wrong by years.
 *
 * The server's name is checked by the client that uses this, after the handshake.
 */
class PinnedTrust(private val pin: ByteArray) : X509TrustManager {
    override fun checkServerTrusted(chain: Array<X509Certificate>, authType: String) {
        val pinned = chain.indexOfFirst { certificate -> pinOf(certificate).contentEquals(pin) }
        if (pinned < 0) throw CertificateException("no certificate of the chain has the pinned key")
        for (at in 0 until pinned) {
            val issuer = chain[at + 1]
            if (issuer.basicConstraints < 0) throw CertificateException("a certificate of the chain signs and may not")
            try {
                chain[at].verify(issuer.publicKey)
            } catch (cause: GeneralSecurityException) {
                throw CertificateException("a signature of the chain does not hold", cause)
            }
        }
    }

    override fun checkClientTrusted(chain: Array<X509Certificate>, authType: String) = throw CertificateException("nobody is a client here")

    override fun getAcceptedIssuers(): Array<X509Certificate> = emptyArray()
}

/** What a server's certificate is held against. */
fun pinOf(certificate: X509Certificate): ByteArray =
    MessageDigest.getInstance("SHA-256").digest(certificate.publicKey.encoded).copyOf(PIN_BYTES)
