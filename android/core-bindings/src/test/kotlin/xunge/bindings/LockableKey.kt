package xunge.bindings

import xunge.core.DeviceKey
import xunge.core.KeyUnavailable

/** A device key of a phone that can be locked; counts what it signed. */
class LockableKey(private val key: DeviceKey) : DeviceKey by key {
    var locked = false
    var signed = 0
        private set

    override fun sign(bytes: ByteArray): ByteArray {
        if (locked) throw KeyUnavailable("the key store is locked")
        signed += 1
        return key.sign(bytes)
    }
}
