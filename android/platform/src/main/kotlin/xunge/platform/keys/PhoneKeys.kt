package xunge.platform.keys

import android.content.Context
import android.content.pm.PackageManager
import android.os.Build
import android.security.keystore.KeyGenParameterSpec
import android.security.keystore.KeyInfo
import android.security.keystore.KeyProperties
import android.security.keystore.StrongBoxUnavailableException
import java.security.GeneralSecurityException
import java.security.KeyFactory
import java.security.KeyPairGenerator
import java.security.KeyStore
import java.security.PrivateKey
import java.security.ProviderException
import java.security.interfaces.ECPublicKey
import java.security.spec.ECGenParameterSpec
import javax.crypto.KeyGenerator
import javax.crypto.SecretKey
import javax.crypto.SecretKeyFactory
import xunge.bindings.AesStoreKey
import xunge.bindings.EcdsaDeviceKey
import xunge.bindings.SecretPlace
import xunge.core.DeviceKey
import xunge.core.KeyUnavailable
import xunge.core.StoreKey
import xunge.platform.NewerAndroid

/** The provider of the phone's key store. */
const val KEY_STORE = "AndroidKeyStore"

private const val DEVICE_KEY = "xunge-device"
private const val STORE_KEY = "xunge-store"
private const val AES_BITS = 256

/**
 * The keys of this phone in AndroidKeyStore: made at the first call, never given away, in StrongBox where there is one,
 * else in the processor's trusted part, else in software, and then [DeviceKey.inHardware] says so. Neither asks for an
 * unlocked phone: work is sent from a pocket, and the store is opened for it.
 */
class PhoneKeys(context: Context) {
    private val strongBox =
        Build.VERSION.SDK_INT >= Build.VERSION_CODES.P &&
            context.packageManager.hasSystemFeature(PackageManager.FEATURE_STRONGBOX_KEYSTORE)

    /** Fails with [KeyUnavailable]. */
    fun deviceKey(): DeviceKey = asked {
        if (!keyStore().containsAlias(DEVICE_KEY)) makeDeviceKey()
        val secret = keyStore().getKey(DEVICE_KEY, null) as? PrivateKey ?: throw KeyUnavailable("the device key is gone")
        val public = keyStore().getCertificate(DEVICE_KEY)?.publicKey as? ECPublicKey ?: throw KeyUnavailable("the device key is on no curve")
        AskedDeviceKey(EcdsaDeviceKey(secret, public, inHardware(secret)))
    }

    /** Fails with [KeyUnavailable]. */
    fun storeKey(): StoreKey = asked {
        val place = StoreKeyPlace()
        // Where it lives is asked of the key itself, so it is there from now on.
        val key = place.find() ?: place.make()
        AskedStoreKey(AesStoreKey(place, inHardware(key)))
    }

    private fun makeDeviceKey() {
        val purposes = KeyProperties.PURPOSE_SIGN or KeyProperties.PURPOSE_VERIFY
        made { inStrongBox ->
            val asked =
                KeyGenParameterSpec.Builder(DEVICE_KEY, purposes)
                    .setAlgorithmParameterSpec(ECGenParameterSpec("secp256r1"))
                    .setDigests(KeyProperties.DIGEST_SHA256)
            KeyPairGenerator.getInstance(KeyProperties.KEY_ALGORITHM_EC, KEY_STORE).run {
                initialize(asked.within(inStrongBox).build())
                generateKeyPair()
            }
        }
    }

    private inner class StoreKeyPlace : SecretPlace {
        override fun find(): SecretKey? = keyStore().getKey(STORE_KEY, null) as? SecretKey

        override fun make(): SecretKey {
            val purposes = KeyProperties.PURPOSE_ENCRYPT or KeyProperties.PURPOSE_DECRYPT
            return made { inStrongBox ->
                val asked =
                    KeyGenParameterSpec.Builder(STORE_KEY, purposes)
                        .setKeySize(AES_BITS)
                        .setBlockModes(KeyProperties.BLOCK_MODE_GCM)
                        .setEncryptionPaddings(KeyProperties.ENCRYPTION_PADDING_NONE)
                KeyGenerator.getInstance(KeyProperties.KEY_ALGORITHM_AES, KEY_STORE).run {
                    init(asked.within(inStrongBox).build())
                    generateKey()
                }
            }
        }

        override fun destroy() = keyStore().deleteEntry(STORE_KEY)
    }

    /** In StrongBox first; a phone that promised one and has no room in it makes the key outside. */
    @NewerAndroid
    private fun <Key> made(make: (inStrongBox: Boolean) -> Key): Key {
        if (!strongBox) return make(false)
        return try {
            make(true)
        } catch (failure: ProviderException) {
            if (Build.VERSION.SDK_INT >= Build.VERSION_CODES.P && failure is StrongBoxUnavailableException) make(false) else throw failure
        }
    }

    @NewerAndroid
    private fun KeyGenParameterSpec.Builder.within(strongBox: Boolean): KeyGenParameterSpec.Builder {
        if (Build.VERSION.SDK_INT >= Build.VERSION_CODES.P) setIsStrongBoxBacked(strongBox)
        return this
    }
}

private fun keyStore(): KeyStore = KeyStore.getInstance(KEY_STORE).apply { load(null) }

private fun inHardware(key: PrivateKey): Boolean =
    saidBy { KeyFactory.getInstance(key.algorithm, KEY_STORE).getKeySpec(key, KeyInfo::class.java) }

private fun inHardware(key: SecretKey): Boolean =
    saidBy { SecretKeyFactory.getInstance(key.algorithm, KEY_STORE).getKeySpec(key, KeyInfo::class.java) as KeyInfo }

/** A key store that does not say is not believed to be hardware. */
private fun saidBy(info: () -> KeyInfo): Boolean =
    try {
        info().known()
    } catch (_: GeneralSecurityException) {
        false
    }

@NewerAndroid
private fun KeyInfo.known(): Boolean =
    if (Build.VERSION.SDK_INT >= Build.VERSION_CODES.S) {
        securityLevel == KeyProperties.SECURITY_LEVEL_TRUSTED_ENVIRONMENT || securityLevel == KeyProperties.SECURITY_LEVEL_STRONGBOX
    } else {
        @Suppress("DEPRECATION")
        isInsideSecureHardware
    }

/** A key store fails with unchecked exceptions too, which would stop the app. */
internal fun <Answer> asked(work: () -> Answer): Answer =
    try {
        work()
    } catch (cause: GeneralSecurityException) {
        throw KeyUnavailable(cause.toString())
    } catch (cause: ProviderException) {
        throw KeyUnavailable(cause.toString())
    }

private class AskedDeviceKey(private val key: DeviceKey) : DeviceKey by key {
    override fun sign(bytes: ByteArray): ByteArray = asked { key.sign(bytes) }
}

private class AskedStoreKey(private val key: StoreKey) : StoreKey by key {
    override fun wrap(key: ByteArray): ByteArray = asked { this.key.wrap(key) }

    override fun unwrap(wrapped: ByteArray): ByteArray = asked { key.unwrap(wrapped) }

    override fun destroy() = asked { key.destroy() }
}
