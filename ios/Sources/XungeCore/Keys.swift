import Foundation
import XungeCoreApi
import XungeMobile

/// A device key as the core calls it.
final class Signing: DeviceSigner {
    private let key: any DeviceKey

    init(_ key: any DeviceKey) { self.key = key }

    func publicKey() throws -> Data { try saidByTheKeyStore { try key.publicKey() } }

    func sign(bytes: Data) throws -> Data { try saidByTheKeyStore { try key.sign(bytes) } }

    func inHardware() -> Bool { key.inHardware }
}

/// A store key as the core calls it.
final class Wrapping: KeyWrapper {
    private let key: any StoreKey

    init(_ key: any StoreKey) { self.key = key }

    func wrapKey(key secret: Data) throws -> Data { try saidByTheKeyStore { try key.wrap(secret) } }

    func unwrapKey(wrapped: Data) throws -> Data { try saidByTheKeyStore { try key.unwrap(wrapped) } }

    func destroyKey() throws { try saidByTheKeyStore { try key.destroy() } }

    func inHardware() -> Bool { key.inHardware }
}

private func saidByTheKeyStore<Answer>(_ work: () throws -> Answer) throws -> Answer {
    do {
        return try work()
    } catch let failure as KeyUnavailable {
        throw DeviceKeyError.Unavailable(said: failure.said)
    }
}
