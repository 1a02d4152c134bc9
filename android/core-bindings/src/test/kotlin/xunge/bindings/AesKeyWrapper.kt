package xunge.bindings

import java.security.GeneralSecurityException
import javax.crypto.Cipher
import javax.crypto.KeyGenerator
import javax.crypto.SecretKey
import javax.crypto.spec.GCMParameterSpec
import uniffi.xunge_mobile.DeviceKeyException
import uniffi.xunge_mobile.KeyWrapper

private const val NONCE_BYTES = 12
private const val TAG_BITS = 128

/** An AES key of `javax.crypto`: the same class over an AndroidKeyStore key wraps the store's key on a phone. */
class AesKeyWrapper : KeyWrapper {
    private var secret: SecretKey? = null

    override fun wrapKey(key: ByteArray): ByteArray {
        val wrapping = secret ?: KeyGenerator.getInstance("AES").run { init(256); generateKey() }
        secret = wrapping
        // A key store draws the nonce itself.
        return cipher().run {
            init(Cipher.ENCRYPT_MODE, wrapping)
            iv + doFinal(key)
        }
    }

    override fun unwrapKey(wrapped: ByteArray): ByteArray {
        val wrapping = secret ?: throw DeviceKeyException.Unavailable("there is no wrapping key")
        try {
            return cipher().run {
                init(Cipher.DECRYPT_MODE, wrapping, GCMParameterSpec(TAG_BITS, wrapped, 0, NONCE_BYTES))
                doFinal(wrapped, NONCE_BYTES, wrapped.size - NONCE_BYTES)
            }
        } catch (cause: GeneralSecurityException) {
            throw DeviceKeyException.Unavailable("the wrapping key does not open this: $cause")
        }
    }

    override fun destroyKey() {
        secret = null
    }

    override fun inHardware(): Boolean = false

    private fun cipher() = Cipher.getInstance("AES/GCM/NoPadding")
}
