import Foundation

/// A key that cannot be had now: gone, locked or refused; the text says so in the key store's words.
public struct KeyUnavailable: Error, Equatable {
    public let said: String

    public init(_ said: String) { self.said = said }
}

/// The device key, P-256: in the Secure Enclave of a phone. Called while the core works: it must not call the core. Fails
/// with `KeyUnavailable`.
public protocol DeviceKey: Sendable {
    /// 33 bytes of compressed SEC1.
    func publicKey() throws -> Data

    /// ES256 over these bytes: 64 bytes r ‖ s.
    func sign(_ bytes: Data) throws -> Data

    /// Whether the secret lives in a secure element.
    var inHardware: Bool { get }
}

/// The key that wraps the key of the encrypted store. The rules of `DeviceKey` hold.
public protocol StoreKey: Sendable {
    var inHardware: Bool { get }

    /// Wraps 32 bytes; makes the wrapping key where there is none.
    func wrap(_ key: Data) throws -> Data

    func unwrap(_ wrapped: Data) throws -> Data

    /// Destroys the wrapping key; fine where there is none.
    func destroy() throws
}
