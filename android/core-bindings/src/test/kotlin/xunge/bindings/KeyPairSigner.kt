package xunge.bindings

import java.math.BigInteger
import java.security.KeyPairGenerator
import java.security.Signature
import java.security.interfaces.ECPublicKey
import java.security.spec.ECGenParameterSpec
import uniffi.xunge_mobile.DeviceKeyException
import uniffi.xunge_mobile.DeviceSigner

private const val NUMBER_BYTES = 32

/**
 * A P-256 key of `java.security`. It signs in DER and converts, because a phone's key store knows no other form: the
 * same class over an AndroidKeyStore key is the phone's signer.
 */
class KeyPairSigner : DeviceSigner {
    private val pair =
        KeyPairGenerator.getInstance("EC").run {
            initialize(ECGenParameterSpec("secp256r1"))
            generateKeyPair()
        }
    var locked = false
    var signed = 0
        private set

    override fun publicKey(): ByteArray {
        val point = (pair.public as ECPublicKey).w
        val sign: Byte = if (point.affineY.testBit(0)) 3 else 2
        return byteArrayOf(sign) + fixed(point.affineX)
    }

    override fun inHardware(): Boolean = false

    override fun sign(bytes: ByteArray): ByteArray {
        if (locked) throw DeviceKeyException.Unavailable("the key store is locked")
        signed += 1
        val der =
            Signature.getInstance("SHA256withECDSA").run {
                initSign(pair.private)
                update(bytes)
                sign()
            }
        return rawOf(der)
    }

    /** r ‖ s out of SEQUENCE { INTEGER r, INTEGER s }; for P-256 every length fits one byte. */
    private fun rawOf(der: ByteArray): ByteArray {
        val r = numberAt(der, 2)
        val s = numberAt(der, 2 + 2 + der[3])
        return fixed(r) + fixed(s)
    }

    private fun numberAt(der: ByteArray, at: Int): BigInteger {
        check(der[at].toInt() == 2) { "no DER integer at $at" }
        return BigInteger(der.copyOfRange(at + 2, at + 2 + der[at + 1]))
    }

    private fun fixed(number: BigInteger): ByteArray {
        val bytes = number.toByteArray().dropWhile { it == 0.toByte() }.toByteArray()
        return ByteArray(NUMBER_BYTES - bytes.size) + bytes
    }
}
