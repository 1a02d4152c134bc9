public enum Role: CaseIterable, Sendable {
    case gridWorker
    case intakeClerk
    case shiftLeader
    case dispatcher
    case disposalDept
    case supervisorLead
    case branchSecretary
    case auditor
    case admin
}

/// Whose device this is.
public struct Person: Equatable, Sendable {
    public let id: PersonId
    public let name: String
    public let roles: [Role]
    public let organisation: OrganisationId?
    /// The beats 责任网格.
    public let dutyGrids: [String]

    public init(id: PersonId, name: String, roles: [Role], organisation: OrganisationId?, dutyGrids: [String]) {
        self.id = id
        self.name = name
        self.roles = roles
        self.organisation = organisation
        self.dutyGrids = dutyGrids
    }
}

/// The page about this person and this device.
public struct MePage: Equatable, Sendable {
    public let person: Person
    public let serverUrl: String
    /// Whether everything on this device is encrypted.
    public let encrypted: Bool
    /// Whether the key of that lives in a secure element.
    public let keyInHardware: Bool

    public init(person: Person, serverUrl: String, encrypted: Bool, keyInHardware: Bool) {
        self.person = person
        self.serverUrl = serverUrl
        self.encrypted = encrypted
        self.keyInHardware = keyInHardware
    }
}
