package xunge.bindings

import java.math.BigInteger
import java.security.GeneralSecurityException
import java.security.PrivateKey
import java.security.Signature
import java.security.interfaces.ECPublicKey
import xunge.core.DeviceKey
import xunge.core.KeyUnavailable

private const val NUMBER_BYTES = 32

/**
 * A P-256 key of `java.security`. It signs in DER and converts, because a phone's key store knows no other form: the
 * same class over an AndroidKeyStore key is the phone's device key.
 */
class EcdsaDeviceKey(
    private val secret: PrivateKey,
    public: ECPublicKey,
    override val inHardware: Boolean = false,
) : DeviceKey {
    override val publicKey: ByteArray = compressed(public)

    override fun sign(bytes: ByteArray): ByteArray {
        val der =
            try {
                Signature.getInstance("SHA256withECDSA").run {
                    initSign(secret)
                    update(bytes)
                    sign()
                }
            } catch (cause: GeneralSecurityException) {
                throw KeyUnavailable(cause.toString())
            }
        return rawOf(der)
    }

    private fun compressed(public: ECPublicKey): ByteArray {
        val sign: Byte = if (public.w.affineY.testBit(0)) 3 else 2
        return byteArrayOf(sign) + fixed(public.w.affineX)
    }

    /** r ‖ s out of SEQUENCE { INTEGER r, INTEGER s }; for P-256 every length fits one byte. */
    private fun rawOf(der: ByteArray): ByteArray {
        val r = numberAt(der, 2)
        val s = numberAt(der, 2 + 2 + der[3])
        return fixed(r) + fixed(s)
    }

    private fun numberAt(der: ByteArray, at: Int): BigInteger {
        if (der[at].toInt() != 2) throw KeyUnavailable("the signature is no DER at $at")
        return BigInteger(der.copyOfRange(at + 2, at + 2 + der[at + 1]))
    }

    private fun fixed(number: BigInteger): ByteArray {
        val bytes = number.toByteArray().dropWhile { it == 0.toByte() }.toByteArray()
        return ByteArray(NUMBER_BYTES - bytes.size) + bytes
    }
}
