#if canImport(SwiftUI) && os(iOS)
    import Foundation
    import Security
    import XungeCoreApi

    /// Small secrets of this device alone: they are in no backup, and there once the phone was unlocked after its start.
    struct Keychain {
        let service = "xunge"

        func read(_ name: String) throws -> Data? {
            var query = entry(name)
            query[kSecReturnData] = true
            var found: CFTypeRef?
            let status = SecItemCopyMatching(query as CFDictionary, &found)
            if status == errSecItemNotFound { return nil }
            guard status == errSecSuccess, let bytes = found as? Data else { throw Self.unavailable(status) }
            return bytes
        }

        func write(_ name: String, _ bytes: Data) throws {
            var item = entry(name)
            item[kSecValueData] = bytes
            item[kSecAttrAccessible] = kSecAttrAccessibleAfterFirstUnlockThisDeviceOnly
            let status = SecItemAdd(item as CFDictionary, nil)
            if status != errSecSuccess { throw Self.unavailable(status) }
        }

        func remove(_ name: String) throws {
            let status = SecItemDelete(entry(name) as CFDictionary)
            if status != errSecSuccess && status != errSecItemNotFound { throw Self.unavailable(status) }
        }

        private func entry(_ name: String) -> [CFString: Any] {
            [kSecClass: kSecClassGenericPassword, kSecAttrService: service, kSecAttrAccount: name]
        }

        private static func unavailable(_ status: OSStatus) -> KeyUnavailable {
            KeyUnavailable(SecCopyErrorMessageString(status, nil) as String? ?? "keychain error \(status)")
        }
    }
#endif
