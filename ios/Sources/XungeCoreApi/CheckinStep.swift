/// One step of a check-in: what was done or found, by whom, when, where.
public struct CheckinStep: Hashable, Sendable {
    public let id: EntryId
    public let name: StepName
    public let author: PersonId
    /// The author's clock.
    public let at: Instant
    public let address: String
    public let photos: [EntryId]
    /// In words; may be empty.
    public let note: String
    /// What it says beside its words.
    public let facts: [StepFact]

    public init(
        id: EntryId, name: StepName, author: PersonId, at: Instant, address: String = "", photos: [EntryId] = [],
        note: String, facts: [StepFact] = []
    ) {
        self.id = id
        self.name = name
        self.author = author
        self.at = at
        self.address = address
        self.photos = photos
        self.note = note
        self.facts = facts
    }
}

/// Something a step says beside its words.
public enum StepFact: Hashable, Sendable {
    case estimateAt(Instant)
    case estimateWithin(Limit)

    /// Of a scheme 技术方案.
    case version(UInt32)
    case options([String])
    case decision(String)
    case undertaker(Body)
    case cost(CostBearer)
    case promise(Instant)

    /// The party that came or works.
    case party(Body)
    case headcount(UInt32)
    case window(from: Instant, until: Instant)

    /// One turn of the duty rota 疏导.
    case turn(body: Body, people: UInt32, post: String, from: Instant, until: Instant)
    case percent(UInt8)
    case finishedAt(Instant)
    case quantity(what: String, number: UInt32, unit: String)

    /// Whether residents are satisfied, or the matter still holds; nothing when it cannot be said.
    case answer(Bool?)
}

/// Who bears the cost.
public enum CostBearer: CaseIterable, Sendable {
    /// 承办方义务承担.
    case voluntary
    case body
    case shared
    case open
}

/// A step that somebody on site writes in words.
public struct WrittenStep: Equatable, Sendable {
    public let checkin: DocumentId
    public let kind: WrittenStepKind
    public let note: String
    public let photos: [TakenPhoto]

    public init(checkin: DocumentId, kind: WrittenStepKind, note: String, photos: [TakenPhoto]) {
        self.checkin = checkin
        self.kind = kind
        self.note = note
        self.photos = photos
    }
}

public enum WrittenStepKind: CaseIterable, Sendable {
    case talk
    case survey
    case cause
    case progress
    case arrival

    /// The step it becomes.
    public var name: StepName {
        switch self {
        case .talk: .talk
        case .survey: .survey
        case .cause: .cause
        case .progress: .progress
        case .arrival: .arrival
        }
    }
}
