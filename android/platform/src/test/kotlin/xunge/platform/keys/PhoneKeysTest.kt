package xunge.platform.keys

import android.content.pm.PackageManager
import android.security.keystore.KeyProperties
import java.security.Signature
import java.security.interfaces.ECPublicKey
import org.junit.After
import org.junit.Assert.assertArrayEquals
import org.junit.Assert.assertEquals
import org.junit.Assert.assertFalse
import org.junit.Assert.assertThrows
import org.junit.Assert.assertTrue
import org.junit.Before
import org.junit.Test
import org.robolectric.Shadows.shadowOf
import xunge.core.KeyUnavailable
import xunge.platform.PhoneTest

private val DEVICE = "xunge-device"

class PhoneKeysTest : PhoneTest() {
    @Before
    fun putIn() = FakeKeyStoreProvider.putIn()

    @After
    fun takeOut() = FakeKeyStoreProvider.takeOut()

    private fun keys(strongBox: Boolean = false): PhoneKeys {
        shadowOf(process.packageManager).setSystemFeature(PackageManager.FEATURE_STRONGBOX_KEYSTORE, strongBox)
        return PhoneKeys(process)
    }

    @Test
    fun `what the device key signs verifies, and the next start finds the same key`() {
        val key = keys().deviceKey()
        val text = "上报".toByteArray()
        val signature = key.sign(text)
        val public = FakePhoneKeys.entries.getValue(DEVICE).public as ECPublicKey
        assertEquals(64, signature.size)
        val verifier = Signature.getInstance("SHA256withECDSAinP1363Format", "SunEC")
        assertTrue(verifier.run { initVerify(public); update(text); verify(signature) })
        assertFalse(verifier.run { initVerify(public); update("下报".toByteArray()); verify(signature) })
        val parity = if (public.w.affineY.testBit(0)) 3 else 2
        assertEquals(parity, key.publicKey[0].toInt())
        assertEquals(public.w.affineX, java.math.BigInteger(1, key.publicKey.copyOfRange(1, 33)))
        assertArrayEquals(key.publicKey, keys().deviceKey().publicKey)
    }

    @Test
    fun `the device key is of P-256, for signing alone, and asks for no unlocked phone`() {
        keys().deviceKey()
        val spec = FakePhoneKeys.specs.getValue(DEVICE)
        assertEquals("secp256r1", (spec.algorithmParameterSpec as java.security.spec.ECGenParameterSpec).name)
        assertEquals(KeyProperties.PURPOSE_SIGN or KeyProperties.PURPOSE_VERIFY, spec.purposes)
        assertEquals(listOf(KeyProperties.DIGEST_SHA256), spec.digests.toList())
        assertFalse(spec.isUserAuthenticationRequired || spec.isUnlockedDeviceRequired)
    }

    @Test
    fun `a StrongBox is taken where there is one, and done without where it is full`() {
        keys(strongBox = true).deviceKey()
        assertTrue(FakePhoneKeys.specs.getValue(DEVICE).isStrongBoxBacked)
        FakePhoneKeys.forget()
        FakePhoneKeys.strongBoxIsFull = true
        keys(strongBox = true).run { deviceKey(); storeKey() }
        assertTrue(FakePhoneKeys.specs.size == 2 && FakePhoneKeys.specs.values.none { it.isStrongBoxBacked })
        FakePhoneKeys.forget()
        keys(strongBox = false).deviceKey()
        assertFalse(FakePhoneKeys.specs.getValue(DEVICE).isStrongBoxBacked)
    }

    @Test
    fun `a key in software says so`() {
        val said =
            listOf(
                KeyProperties.SECURITY_LEVEL_STRONGBOX,
                KeyProperties.SECURITY_LEVEL_TRUSTED_ENVIRONMENT,
                KeyProperties.SECURITY_LEVEL_SOFTWARE,
                KeyProperties.SECURITY_LEVEL_UNKNOWN,
            ).map {
                FakePhoneKeys.securityLevel = it
                keys().deviceKey().inHardware to keys().storeKey().inHardware
            }
        assertEquals(listOf(true to true, true to true, false to false, false to false), said)
    }

    @Test
    fun `what the store key wrapped opens after a start, and never once the key is destroyed`() {
        val key = ByteArray(32) { it.toByte() }
        val wrapped = keys().storeKey().wrap(key)
        assertFalse(wrapped.toList().windowed(32).any { it == key.toList() })
        assertArrayEquals(key, keys().storeKey().unwrap(wrapped))
        wrapped[20] = (wrapped[20] + 1).toByte()
        assertThrows(KeyUnavailable::class.java) { keys().storeKey().unwrap(wrapped) }
        wrapped[20] = (wrapped[20] - 1).toByte()
        val held = keys().storeKey()
        held.destroy()
        assertThrows(KeyUnavailable::class.java) { held.unwrap(wrapped) }
        assertThrows(KeyUnavailable::class.java) { keys().storeKey().unwrap(wrapped) }
    }

    @Test
    fun `a broken key store is a key that cannot be had, not a crash`() {
        FakePhoneKeys.broken = true
        val failure = assertThrows(KeyUnavailable::class.java) { keys().deviceKey() }
        assertTrue(failure.said, "Keystore operation failed" in failure.said)
        assertThrows(KeyUnavailable::class.java) { keys().storeKey() }
    }
}
