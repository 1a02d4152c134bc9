package xunge.core

/** A key that cannot be had now: gone, locked or refused; the text says so in the key store's words. */
class KeyUnavailable(val said: String) : Exception(said)

/**
 * The device key, P-256: in the phone's key store, or beside the store on a desktop. Called while the core works: it must
 * not call the core. Fails with [KeyUnavailable].
 */
interface DeviceKey {
    /** 33 bytes of compressed SEC1. */
    val publicKey: ByteArray

    /** Whether the secret lives in a secure element. */
    val inHardware: Boolean

    /** ES256 over these bytes: 64 bytes r ‖ s. */
    fun sign(bytes: ByteArray): ByteArray
}

/** The key that wraps the key of the encrypted store. The rules of [DeviceKey] hold. */
interface StoreKey {
    val inHardware: Boolean

    /** Wraps 32 bytes; makes the wrapping key where there is none. */
    fun wrap(key: ByteArray): ByteArray

    fun unwrap(wrapped: ByteArray): ByteArray

    /** Destroys the wrapping key; fine where there is none. */
    fun destroy()
}
