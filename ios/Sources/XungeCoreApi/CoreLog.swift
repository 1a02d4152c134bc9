/// What the core did, in words that are the same on every phone: no person, no case, no place, no text.
public enum CoreEvent: Hashable, Sendable {
    case opened
    case suspended
    case resumed
    case wiped
    case shutDown

    /// A request to the server: its route without ids, and how many bytes it carries.
    case asked(route: String, bytes: UInt64)

    /// What came back, whole or cut.
    case answered(status: UInt16, bytes: UInt64)
    case unreachable
    case wrongCertificate

    /// It did not come through, by the code of why; the next try is worth it after so long.
    case waits(millis: UInt64, code: String)

    /// The server refuses this device, by the code of why.
    case refused(code: String)
    case revoked

    /// A call of the app that failed, by its code.
    case failed(code: String)
}

/// Who hears what the core did. Called while the core works: it must be quick, and must not call the core.
public protocol CoreLog: Sendable {
    func happened(_ event: CoreEvent)
}
