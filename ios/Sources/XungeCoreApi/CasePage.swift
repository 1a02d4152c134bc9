/// Everything about one case.
public struct CasePage: Equatable, Sendable {
    public var id: DocumentId
    public var localCode: String
    public var caseNo: String?
    /// Code of its minor class.
    public var classCode: String?
    public var className: String
    public var title: String
    public var description: String
    public var address: String
    public var point: Point?
    public var severity: Severity
    public var state: CaseState
    /// The state once this device's requests are ruled as they should be.
    public var provisionalState: CaseState
    /// In the order of their starts.
    public var clocks: [CaseClock]
    /// Joint surveys 联合核查 so far.
    public var surveys: [Survey]
    /// The case that its reporter thinks it may repeat.
    public var possibleDuplicateOf: DocumentId?
    public var delivery: Delivery
    public var photos: [Photo]
    public var hazards: [Note]
    public var comments: [Note]
    /// What was asked and ruled, oldest first.
    public var timeline: [TimelineEntry]
    /// Work of this device that the server did not merge or declined.
    public var setAside: [SetAside]
    /// What this person could ask for now.
    public var offered: [OfferedAction]
    /// Fields that two people set at once.
    public var concurrent: [ConcurrentField]

    public init(
        id: DocumentId, localCode: String, caseNo: String? = nil, classCode: String? = nil, className: String, title: String,
        description: String = "", address: String = "", point: Point? = nil, severity: Severity = .ordinary,
        state: CaseState, provisionalState: CaseState, clocks: [CaseClock] = [], surveys: [Survey] = [],
        possibleDuplicateOf: DocumentId? = nil, delivery: Delivery, photos: [Photo] = [], hazards: [Note] = [],
        comments: [Note] = [], timeline: [TimelineEntry] = [], setAside: [SetAside] = [],
        offered: [OfferedAction] = [], concurrent: [ConcurrentField] = []
    ) {
        self.id = id
        self.localCode = localCode
        self.caseNo = caseNo
        self.classCode = classCode
        self.className = className
        self.title = title
        self.description = description
        self.address = address
        self.point = point
        self.severity = severity
        self.state = state
        self.provisionalState = provisionalState
        self.clocks = clocks
        self.surveys = surveys
        self.possibleDuplicateOf = possibleDuplicateOf
        self.delivery = delivery
        self.photos = photos
        self.hazards = hazards
        self.comments = comments
        self.timeline = timeline
        self.setAside = setAside
        self.offered = offered
        self.concurrent = concurrent
    }
}

public struct Note: Hashable, Sendable {
    public let id: EntryId
    public let author: PersonId
    public let at: Instant
    public let text: String

    public init(id: EntryId, author: PersonId, at: Instant, text: String) {
        self.id = id
        self.author = author
        self.at = at
        self.text = text
    }
}

/// What a body found on site.
public struct Survey: Equatable, Sendable {
    public let id: EntryId
    public let organisation: OrganisationId
    public let cause: String
    public let estimate: Limit?

    public init(id: EntryId, organisation: OrganisationId, cause: String, estimate: Limit?) {
        self.id = id
        self.organisation = organisation
        self.cause = cause
        self.estimate = estimate
    }
}

/// One request and what became of it.
public struct TimelineEntry: Equatable, Sendable {
    public let id: EntryId
    public let action: ActionName
    public let author: PersonId
    /// The author's clock.
    public let at: Instant
    public let ruling: Ruling?

    public init(id: EntryId, action: ActionName, author: PersonId, at: Instant, ruling: Ruling?) {
        self.id = id
        self.action = action
        self.author = author
        self.at = at
        self.ruling = ruling
    }
}

public struct Ruling: Equatable, Sendable {
    public let accepted: Bool
    public let at: Instant
    public let to: CaseState?
    public let reason: Reason?

    public init(accepted: Bool, at: Instant, to: CaseState?, reason: Reason?) {
        self.accepted = accepted
        self.at = at
        self.to = to
        self.reason = reason
    }
}

/// Why not, in both languages, with a code that stays.
public struct Reason: Hashable, Sendable {
    public let code: String
    public let zh: String
    public let en: String

    public init(code: String, zh: String, en: String) {
        self.code = code
        self.zh = zh
        self.en = en
    }
}

/// A verb; with a reason when it is not possible now.
public struct OfferedAction: Equatable, Sendable {
    public let action: ActionName
    public let reason: Reason?

    public init(action: ActionName, reason: Reason?) {
        self.action = action
        self.reason = reason
    }
}

public struct ConcurrentField: Equatable, Sendable {
    public let field: String
    public let others: [String]

    public init(field: String, others: [String]) {
        self.field = field
        self.others = others
    }
}
