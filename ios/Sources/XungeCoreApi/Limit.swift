/// A length of time as limits and estimates are given.
public struct Limit: Hashable, Sendable {
    public let number: UInt32
    public let unit: LimitUnit

    public init(_ number: UInt32, _ unit: LimitUnit) {
        self.number = number
        self.unit = unit
    }
}

public enum LimitUnit: CaseIterable, Sendable {
    case urgentHour
    case workHour
    case workDay
    case naturalDay
}

/// A body 单位 by its name.
public struct Body: Hashable, Sendable {
    public let id: OrganisationId
    public let name: String

    public init(id: OrganisationId, name: String) {
        self.id = id
        self.name = name
    }
}
