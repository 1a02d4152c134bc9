public enum TaskKind: CaseIterable, Sendable {
    case verify
    case check
}

/// What this person was sent for: `Task` in the app for Android, which is another thing in Swift.
public struct FieldTask: Equatable, Sendable {
    /// The case.
    public var id: DocumentId
    public var localCode: String
    /// Empty while the case is not here yet.
    public var title: String
    public var address: String
    public var point: Point?
    public var kind: TaskKind
    /// When it reached a device of this person: its clock runs from then.
    public var deliveredAt: Instant
    public var dueAt: Instant
    /// The server still takes an answer until somebody else's is ruled.
    public var overdue: Bool
    /// Answered here; only the ruling is missing.
    public var answered: Bool
    /// Declined here; a refusal of that leaves the task with this person.
    public var declined: Declined?

    public init(
        id: DocumentId, localCode: String, title: String, address: String, point: Point?, kind: TaskKind,
        deliveredAt: Instant, dueAt: Instant, overdue: Bool = false, answered: Bool = false, declined: Declined? = nil
    ) {
        self.id = id
        self.localCode = localCode
        self.title = title
        self.address = address
        self.point = point
        self.kind = kind
        self.deliveredAt = deliveredAt
        self.dueAt = dueAt
        self.overdue = overdue
        self.answered = answered
        self.declined = declined
    }

    /// Whether it waits for this person: neither answered nor declined, as far as this device knows.
    public var waits: Bool { !answered && (declined == nil || declined?.delivery == .refused) }
}
