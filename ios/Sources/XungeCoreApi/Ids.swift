/// A case or a check-in: both are documents of the core.
public struct DocumentId: Hashable, Sendable {
    public let text: String

    public init(_ text: String) { self.text = text }
}

/// A draft; the case it becomes has the same id.
public struct DraftId: Hashable, Sendable {
    public let text: String

    public init(_ text: String) { self.text = text }
}

/// Something that was written: a request, a photo, a note, a step.
public struct EntryId: Hashable, Sendable {
    public let text: String

    public init(_ text: String) { self.text = text }
}

/// A photo by what is in it: SHA-256 in hexadecimal.
public struct PhotoHash: Hashable, Sendable {
    public let text: String

    public init(_ text: String) { self.text = text }
}

/// Something this person said of their own duty.
public struct DutyNoteId: Hashable, Sendable {
    public let text: String

    public init(_ text: String) { self.text = text }
}

public struct PersonId: Hashable, Sendable {
    public let text: String

    public init(_ text: String) { self.text = text }
}

public struct OrganisationId: Hashable, Sendable {
    public let text: String

    public init(_ text: String) { self.text = text }
}

/// Milliseconds since 1970, UTC.
public struct Instant: Hashable, Comparable, Sendable {
    public let millis: Int64

    public init(_ millis: Int64) { self.millis = millis }

    public static func < (left: Instant, right: Instant) -> Bool { left.millis < right.millis }
}
