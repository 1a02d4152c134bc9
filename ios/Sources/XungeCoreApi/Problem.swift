/// A failed call: a code that stays, the cause and the next step in both languages. What was saved before is safe.
public struct Problem: Error, Hashable {
    public let kind: ProblemKind
    public let code: String
    public let zh: String
    public let en: String

    public init(kind: ProblemKind, code: String, zh: String, en: String) {
        self.kind = kind
        self.code = code
        self.zh = zh
        self.en = en
    }
}

public enum ProblemKind: CaseIterable, Sendable {
    /// This device has no person yet.
    case notEnrolled

    /// The device key, or the key of the store, cannot be had: a locked phone, mostly.
    case key

    /// The disk: full, damaged, in use, of a newer version.
    case store

    /// The network, or somebody on it.
    case link

    /// It is not on this device.
    case notFound

    /// A photo that cannot be taken as one.
    case photo

    /// The rules say no: something is missing or it is not this person's to do. The worker can mend most of them.
    case declined
}
