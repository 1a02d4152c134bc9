import Foundation

/// Bytes of a pin: the first half of a SHA-256.
let pinBytes = 16

/// What a pin needs of the phone: a hash, and whether a signature holds.
struct PinArithmetic: Sendable {
    let sha256: @Sendable (Data) -> Data
    /// Whether the key of the second certificate made the signature of the first.
    let isSigned: @Sendable (ServerCertificate, ServerCertificate) -> Bool
}

/// Trusts a chain that leads to the pinned key: the first 16 bytes of the SHA-256 over a certificate's SubjectPublicKeyInfo,
/// with every signature up to it, and the server's name in the first. Dates do not count, because a phone's clock may be wrong
/// by years.
struct PinnedTrust: Sendable {
    let pin: Data
    let arithmetic: PinArithmetic

    /// Whether the server behind this host may be spoken to; the chain as it was shown, its own certificate first.
    func trusts(_ shown: [Data], host: String) -> Bool {
        guard pin.count == pinBytes else { return false }
        let chain = shown.map(ServerCertificate.init)
        guard let first = chain.first ?? nil, first.isFor(host),
            let pinned = chain.firstIndex(where: { $0.map(hasPinnedKey) ?? false })
        else { return false }
        return (0..<pinned).allSatisfy { at in
            guard let certificate = chain[at], let issuer = chain[at + 1] else { return false }
            return issuer.isAuthority && arithmetic.isSigned(certificate, issuer)
        }
    }

    private func hasPinnedKey(_ certificate: ServerCertificate) -> Bool {
        arithmetic.sha256(certificate.publicKey).prefix(pinBytes) == pin
    }
}

/// How a server is held before anything is sent to it.
enum ServerHold: Equatable {
    /// Against the system's authorities, or not at all without TLS.
    case system
    case pinned(Data)

    /// Not spoken to: a pin cannot be held without TLS, or not by this machine.
    case refused

    init(url: URL, pin: Data?, canHoldPins: Bool) {
        guard let pin else {
            self = .system
            return
        }
        self = url.scheme?.lowercased() == "https" && canHoldPins ? .pinned(pin) : .refused
    }
}
