/// A row of the case list. Nothing in it needs the case to be opened.
public struct CaseRow: Hashable, Sendable {
    public var id: DocumentId
    /// What people say over the phone.
    public var localCode: String
    /// 案卷号, given by filing.
    public var caseNo: String?
    public var title: String
    /// The class, in Chinese.
    public var className: String
    public var state: CaseState
    public var severity: Severity
    public var address: String
    public var point: Point?
    public var updatedAt: Instant
    public var delivery: Delivery
    /// When the clock it shows is due.
    public var due: Instant?
    public var light: Light?
    /// Whether a request of this person was declined.
    public var declined: Bool
    /// Of the first photo, where it is here.
    public var thumb: PhotoHash?

    public init(
        id: DocumentId, localCode: String, caseNo: String?, title: String, className: String, state: CaseState,
        severity: Severity, address: String, point: Point? = nil, updatedAt: Instant, delivery: Delivery,
        due: Instant? = nil, light: Light? = nil, declined: Bool, thumb: PhotoHash?
    ) {
        self.id = id
        self.localCode = localCode
        self.caseNo = caseNo
        self.title = title
        self.className = className
        self.state = state
        self.severity = severity
        self.address = address
        self.point = point
        self.updatedAt = updatedAt
        self.delivery = delivery
        self.due = due
        self.light = light
        self.declined = declined
        self.thumb = thumb
    }

    public var pageEnd: PageEnd { PageEnd(updatedAt: updatedAt, id: id) }
}

/// Where a page of a list ended; hand it in to get the next one.
public struct PageEnd: Hashable, Sendable {
    public let updatedAt: Instant
    public let id: DocumentId

    public init(updatedAt: Instant, id: DocumentId) {
        self.updatedAt = updatedAt
        self.id = id
    }
}
