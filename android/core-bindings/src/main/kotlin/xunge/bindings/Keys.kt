package xunge.bindings

import uniffi.xunge_mobile.DeviceKeyException
import uniffi.xunge_mobile.DeviceSigner
import uniffi.xunge_mobile.KeyWrapper
import xunge.core.DeviceKey
import xunge.core.KeyUnavailable
import xunge.core.StoreKey

/** A device key as the core calls it. */
internal class Signing(private val key: DeviceKey) : DeviceSigner {
    override fun publicKey(): ByteArray = saidByTheKeyStore { key.publicKey }

    override fun sign(bytes: ByteArray): ByteArray = saidByTheKeyStore { key.sign(bytes) }

    override fun inHardware(): Boolean = key.inHardware
}

/** A store key as the core calls it. */
internal class Wrapping(private val key: StoreKey) : KeyWrapper {
    override fun wrapKey(key: ByteArray): ByteArray = saidByTheKeyStore { this.key.wrap(key) }

    override fun unwrapKey(wrapped: ByteArray): ByteArray = saidByTheKeyStore { key.unwrap(wrapped) }

    override fun destroyKey() = saidByTheKeyStore { key.destroy() }

    override fun inHardware(): Boolean = key.inHardware
}

private fun <Answer> saidByTheKeyStore(work: () -> Answer): Answer =
    try {
        work()
    } catch (cause: KeyUnavailable) {
        throw DeviceKeyException.Unavailable(cause.said)
    }
