/// A unit grid 单元网格 by its 15 digits.
public struct UnitGridCode: Hashable, Sendable {
    public let text: String

    public init(_ text: String) { self.text = text }
}

/// A component 部件 by its 16 digits.
public struct ComponentCode: Hashable, Sendable {
    public let text: String

    public init(_ text: String) { self.text = text }
}

/// What is around the place of a draft, as far as this device knows. Decides nothing.
public struct Around: Equatable, Sendable {
    /// Nothing while there is no fix.
    public var point: Point?
    /// The unit grids it may lie in, the likeliest first. One: the fix is good enough. None: no known grid is here.
    public var grids: [GridOffer]
    /// The likeliest first.
    public var classes: [ClassOffer]
    /// The nearest first: of the class chosen, before that the nearest of each class.
    public var components: [NearComponent]
    /// Cases that are probably the same matter, the likeliest first.
    public var duplicates: [LikelyDuplicate]

    public init(
        point: Point?, grids: [GridOffer] = [], classes: [ClassOffer] = [], components: [NearComponent] = [],
        duplicates: [LikelyDuplicate] = []
    ) {
        self.point = point
        self.grids = grids
        self.classes = classes
        self.components = components
        self.duplicates = duplicates
    }
}

public struct GridOffer: Hashable, Sendable {
    public let code: UnitGridCode
    public let name: String
    /// How much of the fix's circle lies in it, 0 to 1.
    public let share: Double

    public init(code: UnitGridCode, name: String, share: Double) {
        self.code = code
        self.name = name
        self.share = share
    }
}

/// A minor class to pick, by its code.
public struct ClassOffer: Hashable, Sendable {
    public let code: String
    public let why: ClassReason
    /// How far the component is that speaks for it.
    public let metres: UInt32?

    public init(code: String, why: ClassReason, metres: UInt32?) {
        self.code = code
        self.why = why
        self.metres = metres
    }
}

public enum ClassReason: CaseIterable, Sendable {
    case componentHere
    case usedLately
}

public struct NearComponent: Hashable, Sendable {
    public let code: ComponentCode
    /// Code of its minor class.
    public let classCode: String
    /// May be empty.
    public let name: String
    public let point: Point
    public let metres: Double
    /// The body that maintains it.
    public let maintainer: String

    public init(
        code: ComponentCode, classCode: String, name: String, point: Point, metres: Double, maintainer: String
    ) {
        self.code = code
        self.classCode = classCode
        self.name = name
        self.point = point
        self.metres = metres
        self.maintainer = maintainer
    }
}

/// A case that is probably the same matter. A hint: what is reported nevertheless is a case either way.
public struct LikelyDuplicate: Hashable, Sendable {
    public let id: DocumentId
    public let localCode: String
    public let title: String
    public let className: String
    public let state: CaseState
    public let metres: UInt32
    public let reportedAt: Instant
    public let thumb: PhotoHash?
    /// Why, in both languages.
    public let zh: String
    public let en: String

    public init(
        id: DocumentId, localCode: String, title: String, className: String, state: CaseState, metres: UInt32,
        reportedAt: Instant, thumb: PhotoHash?, zh: String, en: String
    ) {
        self.id = id
        self.localCode = localCode
        self.title = title
        self.className = className
        self.state = state
        self.metres = metres
        self.reportedAt = reportedAt
        self.thumb = thumb
        self.zh = zh
        self.en = en
    }
}

/// Where a phrase 常用语 is offered.
public enum PhraseUse: CaseIterable, Sendable {
    case report
    case feedback
    case check
    case opinion
}
