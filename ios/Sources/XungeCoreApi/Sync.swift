/// What is not safe yet, in all.
public struct SyncStatus: Equatable, Sendable {
    public var textsUnsent: UInt64
    public var photoFilesUnsent: UInt64
    /// How many tries in a row failed.
    public var failures: UInt32
    public var setAside: [SetAside]
    /// When all of it was last compared with what the server has.
    public var comparedAt: Instant?
    /// Whether that left a difference.
    public var differs: Bool
    /// Whether the server once showed a log that does not go on from what this device had seen of it.
    public var logContradicted: Bool
    /// Photo files that wait for a link that does not cost by the byte; none while the link is one.
    public var photoFilesHeldBack: UInt64
    /// Why the base map is not here, where something went wrong with it; it is tried again by itself.
    public var baseMapProblem: Reason?

    public init(
        textsUnsent: UInt64 = 0, photoFilesUnsent: UInt64 = 0, failures: UInt32 = 0, setAside: [SetAside] = [],
        comparedAt: Instant? = nil, differs: Bool = false, logContradicted: Bool = false,
        photoFilesHeldBack: UInt64 = 0, baseMapProblem: Reason? = nil
    ) {
        self.textsUnsent = textsUnsent
        self.photoFilesUnsent = photoFilesUnsent
        self.failures = failures
        self.setAside = setAside
        self.comparedAt = comparedAt
        self.differs = differs
        self.logContradicted = logContradicted
        self.photoFilesHeldBack = photoFilesHeldBack
        self.baseMapProblem = baseMapProblem
    }

    public var allSafe: Bool { textsUnsent == 0 && photoFilesUnsent == 0 }
}

/// Refused work, kept until its author acts. Nothing of it is deleted.
public struct SetAside: Hashable, Sendable {
    public let id: EntryId
    public let document: DocumentId
    /// What it was, by the core's name: report, photo, comment, claim…
    public let kind: String
    public let outcome: SetAsideOutcome
    public let at: Instant
    public let reason: Reason

    public init(
        id: EntryId, document: DocumentId, kind: String, outcome: SetAsideOutcome, at: Instant, reason: Reason
    ) {
        self.id = id
        self.document = document
        self.kind = kind
        self.outcome = outcome
        self.at = at
        self.reason = reason
    }
}

public enum SetAsideOutcome: CaseIterable, Sendable {
    /// Never merged: the bytes are kept.
    case quarantined

    /// Merged, but not granted.
    case declined
}

/// How a round of sync ended.
public enum SyncOutcome: Equatable, Sendable {
    /// Nothing is left to do.
    case done

    /// It did not come through; worth another try after so long. Zero: some is left, and nothing went wrong.
    case later(afterMillis: UInt64, why: Reason?)

    /// The server refuses this device.
    case refused(Reason)

    /// The device was revoked and its store is gone or sealed.
    case revoked
}
