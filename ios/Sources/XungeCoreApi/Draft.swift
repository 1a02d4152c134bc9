/// A report that is not sent off yet. Saved at every step.
public struct Draft: Equatable, Sendable {
    public let id: DraftId
    public let updatedAt: Instant
    /// Code of the minor class.
    public var classCode: String?
    public var title: String
    public var description: String
    public var address: String
    /// The place chosen by hand; nothing while the best fix holds.
    public var point: Point?
    public var fixes: [Fix]
    public var severity: Severity
    public var hazards: [String]
    /// Why the place is in no unit grid that is known here.
    public var noGridReason: String?
    public var photos: [DraftPhoto]
    /// Which of the grids a poor fix lies in, where the worker said so.
    public var unitGrid: UnitGridCode?
    /// The component it is about.
    public var component: ComponentCode?
    /// The case that this one may repeat.
    public var possibleDuplicateOf: DocumentId?

    public init(
        id: DraftId, updatedAt: Instant, classCode: String? = nil, title: String = "", description: String = "",
        address: String = "", point: Point? = nil, fixes: [Fix] = [], severity: Severity = .ordinary,
        hazards: [String] = [], noGridReason: String? = nil, photos: [DraftPhoto] = [],
        unitGrid: UnitGridCode? = nil, component: ComponentCode? = nil, possibleDuplicateOf: DocumentId? = nil
    ) {
        self.id = id
        self.updatedAt = updatedAt
        self.classCode = classCode
        self.title = title
        self.description = description
        self.address = address
        self.point = point
        self.fixes = fixes
        self.severity = severity
        self.hazards = hazards
        self.noGridReason = noGridReason
        self.photos = photos
        self.unitGrid = unitGrid
        self.component = component
        self.possibleDuplicateOf = possibleDuplicateOf
    }
}

public struct DraftPhoto: Hashable, Sendable {
    public let hash: PhotoHash
    public let purpose: PhotoPurpose
    public let caption: String

    public init(hash: PhotoHash, purpose: PhotoPurpose, caption: String) {
        self.hash = hash
        self.purpose = purpose
        self.caption = caption
    }
}

/// A minor class 小类 to pick.
public struct CaseClass: Hashable, Sendable {
    public let code: String
    /// 大类.
    public let majorZh: String
    public let zh: String
    public let en: String
    /// 自行处置: whether a grid worker may settle it on the spot.
    public let selfHandled: Bool

    public init(code: String, majorZh: String, zh: String, en: String, selfHandled: Bool) {
        self.code = code
        self.majorZh = majorZh
        self.zh = zh
        self.en = en
        self.selfHandled = selfHandled
    }
}
