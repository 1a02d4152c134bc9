#if canImport(SwiftUI) && os(iOS)
    import CryptoKit
    import Foundation
    import XungeCoreApi

    /// The device key: P-256 in the Secure Enclave, made at the first start. What the keychain keeps is no secret outside
    /// this phone's enclave.
    struct EnclaveDeviceKey: DeviceKey {
        private let key: SecureEnclave.P256.Signing.PrivateKey

        init(_ keychain: Keychain = Keychain()) throws {
            if let kept = try keychain.read("device-key") {
                key = try SecureEnclave.P256.Signing.PrivateKey(dataRepresentation: kept)
            } else {
                key = try SecureEnclave.P256.Signing.PrivateKey()
                try keychain.write("device-key", key.dataRepresentation)
            }
        }

        var inHardware: Bool { true }

        func publicKey() throws -> Data { key.publicKey.compressedRepresentation }

        func sign(_ bytes: Data) throws -> Data {
            do {
                return try key.signature(for: bytes).rawRepresentation
            } catch {
                throw KeyUnavailable("\(error)")
            }
        }
    }

    /// The key of the store: AES-256-GCM under a key that the keychain keeps.
    struct KeychainStoreKey: StoreKey {
        private let keychain = Keychain()
        private let name = "store-key"

        var inHardware: Bool { false }

        func wrap(_ secret: Data) throws -> Data {
            let key = try kept() ?? made()
            guard let wrapped = try AES.GCM.seal(secret, using: key).combined else {
                throw KeyUnavailable("the store key could not be wrapped")
            }
            return wrapped
        }

        func unwrap(_ wrapped: Data) throws -> Data {
            guard let key = try kept() else { throw KeyUnavailable("there is no wrapping key") }
            do {
                return try AES.GCM.open(AES.GCM.SealedBox(combined: wrapped), using: key)
            } catch {
                throw KeyUnavailable("the wrapping key does not do it: \(error)")
            }
        }

        func destroy() throws { try keychain.remove(name) }

        private func kept() throws -> SymmetricKey? { try keychain.read(name).map { SymmetricKey(data: $0) } }

        private func made() throws -> SymmetricKey {
            let key = SymmetricKey(size: .bits256)
            try keychain.write(name, key.withUnsafeBytes { Data($0) })
            return key
        }
    }
#endif
