public enum CheckinState: CaseIterable, Sendable {
    /// Not ruled opened yet.
    case draft
    case opened
    case underWay
    case refused
    case closed
}

/// How a matter check-in 一事一报到 came to be.
public enum Initiation: CaseIterable, Sendable {
    case visit
    case joint
    case whistle
    case coBuilding
    case projectList
}

public enum StepName: String, CaseIterable, Sendable {
    case talk
    case survey
    case cause
    case scheme
    case consultation
    case crewEnters
    case worksWindow
    case dutyRota
    case progress
    case completion
    case residentsAnswer
    case thanks
    case followUp
    case agreement
    case arrival
}

/// A row of the list of check-ins.
public struct CheckinRow: Hashable, Sendable {
    public var id: DocumentId
    /// What people say over the phone.
    public var localCode: String
    public var title: String
    public var state: CheckinState
    public var initiation: Initiation?
    public var steps: UInt32
    public var lastStep: StepName?
    public var updatedAt: Instant
    public var delivery: Delivery
    /// Whether a request of this person was declined.
    public var declined: Bool

    public init(
        id: DocumentId, localCode: String, title: String, state: CheckinState, initiation: Initiation?, steps: UInt32,
        lastStep: StepName?, updatedAt: Instant, delivery: Delivery, declined: Bool = false
    ) {
        self.id = id
        self.localCode = localCode
        self.title = title
        self.state = state
        self.initiation = initiation
        self.steps = steps
        self.lastStep = lastStep
        self.updatedAt = updatedAt
        self.delivery = delivery
        self.declined = declined
    }

    public var pageEnd: PageEnd { PageEnd(updatedAt: updatedAt, id: id) }
}

/// What a check-in is about.
public enum Subject: Hashable, Sendable {
    case `case`(DocumentId)
    case project(DocumentId)
    case place(address: String, point: Point?)
}

/// A check-in to be opened.
public struct NewCheckin: Equatable, Sendable {
    public let title: String
    public let initiation: Initiation
    public let subject: Subject
    public let visiting: [OrganisationId]
    public let hosts: [OrganisationId]

    public init(
        title: String, initiation: Initiation, subject: Subject, visiting: [OrganisationId], hosts: [OrganisationId]
    ) {
        self.title = title
        self.initiation = initiation
        self.subject = subject
        self.visiting = visiting
        self.hosts = hosts
    }
}
