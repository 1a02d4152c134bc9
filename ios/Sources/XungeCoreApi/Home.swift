/// Today: what the home screen shows, in one call.
public struct HomePage: Equatable, Sendable {
    public let person: Person
    public let status: SyncStatus
    /// Begun and not reported, newest first; the first few.
    public let drafts: [Draft]
    /// What moved last on this beat; the first few.
    public let recent: [CaseRow]
    /// What this person was sent for, the one due first first.
    public let tasks: [FieldTask]

    public init(person: Person, status: SyncStatus, drafts: [Draft], recent: [CaseRow], tasks: [FieldTask] = []) {
        self.person = person
        self.status = status
        self.drafts = drafts
        self.recent = recent
        self.tasks = tasks
    }
}
