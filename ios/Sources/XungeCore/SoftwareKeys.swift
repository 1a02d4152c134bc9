import Foundation
import XungeCoreApi
import XungeMobile

/// The core's own key in memory, from 32 secret bytes that the host keeps: for tests and desktops. A phone's key lives in
/// its Secure Enclave.
public struct SoftwareDeviceKey: DeviceKey {
    private let signer: any DeviceSigner

    /// Fails with a `Problem` where these are not 32 bytes.
    public init(secret: Data) throws {
        signer = try asked { try softwareKey(secret: secret) }
    }

    public var inHardware: Bool { false }

    public func publicKey() throws -> Data { try signer.publicKey() }

    public func sign(_ bytes: Data) throws -> Data { try signer.sign(bytes: bytes) }
}

/// The same for the key of the store.
public struct SoftwareStoreKey: StoreKey {
    private let wrapper: any KeyWrapper

    /// Fails with a `Problem` where these are not 32 bytes.
    public init(secret: Data) throws {
        wrapper = try asked { try softwareKeyWrapper(secret: secret) }
    }

    public var inHardware: Bool { false }

    public func wrap(_ key: Data) throws -> Data { try wrapper.wrapKey(key: key) }

    public func unwrap(_ wrapped: Data) throws -> Data { try wrapper.unwrapKey(wrapped: wrapped) }

    public func destroy() throws { try wrapper.destroyKey() }
}
