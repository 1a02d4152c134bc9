/// Everything about one check-in.
public struct CheckinPage: Equatable, Sendable {
    public var id: DocumentId
    public var localCode: String
    public var title: String
    public var state: CheckinState
    public var initiation: Initiation?
    public var subject: Subject?
    /// 报到方.
    public var visiting: [Body]
    /// 接待方.
    public var hosts: [Body]
    public var delivery: Delivery
    /// Oldest first.
    public var steps: [CheckinStep]
    /// Of a whistle 吹哨.
    public var calls: [CallStanding]
    /// Table limit, estimates, promises and actual: never one in the place of another.
    public var times: [NamedTime]
    public var comparisons: [TimeComparison]
    public var photos: [Photo]
    public var comments: [Note]
    /// Work of this device that the server did not merge or declined.
    public var setAside: [SetAside]
    /// Whether this person may answer it now, for one of its parties.
    public var mayAnswer: Bool

    public init(
        id: DocumentId, localCode: String, title: String, state: CheckinState, initiation: Initiation? = nil,
        subject: Subject? = nil, visiting: [Body] = [], hosts: [Body] = [], delivery: Delivery,
        steps: [CheckinStep] = [], calls: [CallStanding] = [], times: [NamedTime] = [],
        comparisons: [TimeComparison] = [], photos: [Photo] = [], comments: [Note] = [], setAside: [SetAside] = [],
        mayAnswer: Bool = false
    ) {
        self.id = id
        self.localCode = localCode
        self.title = title
        self.state = state
        self.initiation = initiation
        self.subject = subject
        self.visiting = visiting
        self.hosts = hosts
        self.delivery = delivery
        self.steps = steps
        self.calls = calls
        self.times = times
        self.comparisons = comparisons
        self.photos = photos
        self.comments = comments
        self.setAside = setAside
        self.mayAnswer = mayAnswer
    }
}

/// A party that was called, and whether it came.
public struct CallStanding: Hashable, Sendable {
    public let party: Body
    public let obligation: String
    public let due: Instant
    public let arrivedAt: Instant?
    /// Positive: so much after the due time.
    public let lateMillis: Int64?

    public init(party: Body, obligation: String, due: Instant, arrivedAt: Instant?, lateMillis: Int64?) {
        self.party = party
        self.obligation = obligation
        self.due = due
        self.arrivedAt = arrivedAt
        self.lateMillis = lateMillis
    }
}

/// The four times, which are never mixed.
public enum TimeName: CaseIterable, Sendable {
    case tableLimit
    case estimate
    case promise
    case actual
}

/// One of them: an instant where one follows, and the amount where it was said as one.
public struct NamedTime: Hashable, Sendable {
    public let name: TimeName
    public let at: Instant?
    public let within: Limit?

    public init(name: TimeName, at: Instant?, within: Limit?) {
        self.name = name
        self.at = at
        self.within = within
    }
}

/// How much later (or earlier: negative) the one is than the other.
public struct TimeComparison: Hashable, Sendable {
    public let measured: TimeName
    public let against: TimeName
    public let laterMillis: Int64

    public init(measured: TimeName, against: TimeName, laterMillis: Int64) {
        self.measured = measured
        self.against = against
        self.laterMillis = laterMillis
    }
}
