/// Today: what the home screen shows, in one call.
public struct HomePage: Equatable, Sendable {
    public let person: Person
    public let status: SyncStatus
    /// Begun and not reported, newest first; the first few.
    public let drafts: [Draft]
    /// What moved last on this beat; the first few.
    public let recent: [CaseRow]

    public init(person: Person, status: SyncStatus, drafts: [Draft], recent: [CaseRow]) {
        self.person = person
        self.status = status
        self.drafts = drafts
        self.recent = recent
    }
}
