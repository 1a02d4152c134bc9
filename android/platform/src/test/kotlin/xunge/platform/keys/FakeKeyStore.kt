package xunge.platform.keys

import android.security.keystore.KeyGenParameterSpec
import android.security.keystore.KeyInfo
import android.security.keystore.KeyProperties
import android.security.keystore.StrongBoxUnavailableException
import java.io.InputStream
import java.io.OutputStream
import java.security.Key
import java.security.KeyFactorySpi
import java.security.KeyPair
import java.security.KeyPairGenerator
import java.security.KeyPairGeneratorSpi
import java.security.KeyStoreSpi
import java.security.PrivateKey
import java.security.Provider
import java.security.ProviderException
import java.security.PublicKey
import java.security.SecureRandom
import java.security.Security
import java.security.cert.Certificate
import java.security.spec.AlgorithmParameterSpec
import java.security.spec.ECGenParameterSpec
import java.security.spec.KeySpec
import java.util.Collections
import java.util.Date
import java.util.Enumeration
import javax.crypto.KeyGeneratorSpi
import javax.crypto.SecretKey
import javax.crypto.SecretKeyFactorySpi
import javax.crypto.spec.SecretKeySpec

/** What the fake key store of this process holds, and how it is made to behave. The keys are real ones, in memory. */
object FakePhoneKeys {
    val entries = mutableMapOf<String, Entry>()
    val specs = mutableMapOf<String, KeyGenParameterSpec>()
    var securityLevel = KeyProperties.SECURITY_LEVEL_TRUSTED_ENVIRONMENT

    /** A phone that promises a StrongBox and has no room in it. */
    var strongBoxIsFull = false

    /** A key store that fails as broken ones do. */
    var broken = false

    class Entry(val key: Key, val public: PublicKey?)

    fun forget() {
        entries.clear()
        specs.clear()
        securityLevel = KeyProperties.SECURITY_LEVEL_TRUSTED_ENVIRONMENT
        strongBoxIsFull = false
        broken = false
    }

    fun begin(spec: AlgorithmParameterSpec): KeyGenParameterSpec {
        spec as KeyGenParameterSpec
        if (broken) throw ProviderException("Keystore operation failed")
        if (spec.isStrongBoxBacked && strongBoxIsFull) throw StrongBoxUnavailableException()
        specs[spec.keystoreAlias] = spec
        return spec
    }

    fun info(key: Key): KeyInfo {
        val (alias, _) = entries.entries.first { it.value.key === key }
        val none = emptyArray<String>()
        return KeyInfo(
            alias, true, 0, 256, null as Date?, null, null, specs.getValue(alias).purposes, none, none, none, none,
            false, 0, 0, false, false, false, false, false, false, securityLevel, 0,
        )
    }
}

/** Stands for the phone's key store: the same names and calls of `java.security`. */
class FakeKeyStoreProvider : Provider(KEY_STORE, "1", "a key store in memory, for tests") {
    init {
        put("KeyStore.$KEY_STORE", Store::class.java.name)
        put("KeyPairGenerator.EC", Pairs::class.java.name)
        put("KeyGenerator.AES", Secrets::class.java.name)
        put("KeyFactory.EC", PairInfo::class.java.name)
        put("SecretKeyFactory.AES", SecretInfo::class.java.name)
    }

    companion object {
        /** In the place of what Robolectric puts before Java's own, whose curves Java's do not understand. */
        fun putIn() {
            FakePhoneKeys.forget()
            Security.removeProvider("BC")
            Security.addProvider(FakeKeyStoreProvider())
        }

        fun takeOut() = Security.removeProvider(KEY_STORE)
    }

    class Pairs : KeyPairGeneratorSpi() {
        private lateinit var spec: KeyGenParameterSpec

        override fun initialize(size: Int, random: SecureRandom?) = throw UnsupportedOperationException()

        override fun initialize(spec: AlgorithmParameterSpec, random: SecureRandom?) {
            this.spec = spec as KeyGenParameterSpec
        }

        override fun generateKeyPair(): KeyPair {
            FakePhoneKeys.begin(spec)
            val pair = KeyPairGenerator.getInstance("EC").apply { initialize(spec.algorithmParameterSpec as ECGenParameterSpec) }.generateKeyPair()
            FakePhoneKeys.entries[spec.keystoreAlias] = FakePhoneKeys.Entry(pair.private, pair.public)
            return pair
        }
    }

    class Secrets : KeyGeneratorSpi() {
        private lateinit var spec: KeyGenParameterSpec

        override fun engineInit(random: SecureRandom?) = throw UnsupportedOperationException()

        override fun engineInit(size: Int, random: SecureRandom?) = throw UnsupportedOperationException()

        override fun engineInit(spec: AlgorithmParameterSpec, random: SecureRandom?) {
            this.spec = spec as KeyGenParameterSpec
        }

        override fun engineGenerateKey(): SecretKey {
            FakePhoneKeys.begin(spec)
            val key = SecretKeySpec(ByteArray(spec.keySize / 8).also(SecureRandom()::nextBytes), "AES")
            FakePhoneKeys.entries[spec.keystoreAlias] = FakePhoneKeys.Entry(key, null)
            return key
        }
    }

    class PairInfo : KeyFactorySpi() {
        @Suppress("UNCHECKED_CAST")
        override fun <T : KeySpec> engineGetKeySpec(key: Key, type: Class<T>): T = FakePhoneKeys.info(key) as T

        override fun engineGeneratePublic(spec: KeySpec): PublicKey = throw UnsupportedOperationException()

        override fun engineGeneratePrivate(spec: KeySpec): PrivateKey = throw UnsupportedOperationException()

        override fun engineTranslateKey(key: Key): Key = throw UnsupportedOperationException()
    }

    class SecretInfo : SecretKeyFactorySpi() {
        override fun engineGetKeySpec(key: SecretKey, type: Class<*>): KeySpec = FakePhoneKeys.info(key)

        override fun engineGenerateSecret(spec: KeySpec): SecretKey = throw UnsupportedOperationException()

        override fun engineTranslateKey(key: SecretKey): SecretKey = throw UnsupportedOperationException()
    }

    class Store : KeyStoreSpi() {
        private fun entry(alias: String) = FakePhoneKeys.entries[alias]

        override fun engineGetKey(alias: String, password: CharArray?): Key? = entry(alias)?.key

        override fun engineGetCertificateChain(alias: String): Array<Certificate>? = entry(alias)?.public?.let { arrayOf(PlainCertificate(it)) }

        override fun engineGetCertificate(alias: String): Certificate? = engineGetCertificateChain(alias)?.first()

        override fun engineContainsAlias(alias: String): Boolean = entry(alias) != null

        override fun engineIsKeyEntry(alias: String): Boolean = entry(alias) != null

        override fun engineDeleteEntry(alias: String) {
            FakePhoneKeys.entries.remove(alias)
        }

        override fun engineAliases(): Enumeration<String> = Collections.enumeration(FakePhoneKeys.entries.keys)

        override fun engineSize(): Int = FakePhoneKeys.entries.size

        override fun engineLoad(stream: InputStream?, password: CharArray?) = Unit

        override fun engineIsCertificateEntry(alias: String): Boolean = false

        override fun engineGetCreationDate(alias: String): Date? = null

        override fun engineGetCertificateAlias(certificate: Certificate): String? = null

        override fun engineSetKeyEntry(alias: String, key: Key, password: CharArray?, chain: Array<out Certificate>?) = throw UnsupportedOperationException()

        override fun engineSetKeyEntry(alias: String, key: ByteArray, chain: Array<out Certificate>?) = throw UnsupportedOperationException()

        override fun engineSetCertificateEntry(alias: String, certificate: Certificate) = throw UnsupportedOperationException()

        override fun engineStore(stream: OutputStream?, password: CharArray?) = Unit
    }

    /** A key store wraps each public key into a certificate; only the key of it is read. */
    private class PlainCertificate(private val key: PublicKey) : Certificate("X.509") {
        override fun getPublicKey(): PublicKey = key

        override fun getEncoded(): ByteArray = key.encoded

        override fun verify(key: PublicKey) = Unit

        override fun verify(key: PublicKey, provider: String) = Unit

        override fun toString(): String = "a certificate of $key"
    }
}
