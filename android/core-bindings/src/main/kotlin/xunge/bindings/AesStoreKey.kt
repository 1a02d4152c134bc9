package xunge.bindings

import java.security.GeneralSecurityException
import javax.crypto.Cipher
import javax.crypto.SecretKey
import javax.crypto.spec.GCMParameterSpec
import xunge.core.KeyUnavailable
import xunge.core.StoreKey

private const val NONCE_BYTES = 12
private const val TAG_BITS = 128

/** Where a wrapping key is kept: AndroidKeyStore on a phone, a file on a desktop. */
interface SecretPlace {
    /** Nothing when none was made, or it was destroyed. */
    fun find(): SecretKey?

    fun make(): SecretKey

    fun destroy()
}

/** AES-256-GCM of `javax.crypto` over a key kept elsewhere. */
class AesStoreKey(private val place: SecretPlace, override val inHardware: Boolean = false) : StoreKey {
    override fun wrap(key: ByteArray): ByteArray = tried {
        val wrapping = place.find() ?: place.make()
        // A key store draws the nonce itself.
        cipher().run {
            init(Cipher.ENCRYPT_MODE, wrapping)
            iv + doFinal(key)
        }
    }

    override fun unwrap(wrapped: ByteArray): ByteArray {
        if (wrapped.size <= NONCE_BYTES) throw KeyUnavailable("what is wrapped is too short")
        val wrapping = place.find() ?: throw KeyUnavailable("there is no wrapping key")
        return tried {
            cipher().run {
                init(Cipher.DECRYPT_MODE, wrapping, GCMParameterSpec(TAG_BITS, wrapped, 0, NONCE_BYTES))
                doFinal(wrapped, NONCE_BYTES, wrapped.size - NONCE_BYTES)
            }
        }
    }

    override fun destroy() = place.destroy()

    private fun cipher() = Cipher.getInstance("AES/GCM/NoPadding")

    private fun tried(work: () -> ByteArray): ByteArray =
        try {
            work()
        } catch (cause: GeneralSecurityException) {
            throw KeyUnavailable("the wrapping key does not do it: $cause")
        }
}
