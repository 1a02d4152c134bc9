import Foundation

/// The core as screens see it. A call blocks on one lock and most read the disk: call from one background thread, which
/// is `CoreThread`'s in `XungeFeatures`. A failed call throws a `Problem`.
public protocol FieldCore: Enrolling, Cases, Drafts, Syncing {
    /// Today. Only on an enrolled device.
    func home() throws -> HomePage

    /// This person and this device; nothing before enrolment.
    func me() throws -> MePage?

    /// The bytes of a photo, checked against its name.
    func photo(_ hash: PhotoHash) throws -> Data

    /// Closes all files before the system freezes the app. Twice is as good as once.
    func suspend() throws

    /// Opens them again.
    func resume() throws

    /// Lets everything go; every later call fails.
    func shutDown()
}

/// A one-time code becomes a device of a person.
public protocol Enrolling: Sendable {
    /// Redeems a code over the link. Fails with a problem of the link where nobody answers; the code can be tried again.
    func enrol(serverUrl: String, code: String, link: any Link) async throws -> Person
}

public protocol Cases: Sendable {
    /// A page, newest first.
    func cases(after: PageEnd?, limit: UInt32) throws -> [CaseRow]

    /// Those whose text holds this, newest first.
    func search(_ text: String, limit: UInt32) throws -> [CaseRow]

    func show(_ id: DocumentId) throws -> CasePage

    /// Asks for a decision, together with the photo it needs: both or neither. What the worker can mend is declined at once.
    func act(on id: DocumentId, _ act: CaseAct, photo: TakenPhoto?) throws

    func addPhoto(to id: DocumentId, _ photo: TakenPhoto) throws

    func addComment(to id: DocumentId, _ text: String) throws
}

public protocol Drafts: Sendable {
    /// Every minor class of the city's table, in its order.
    func classes() throws -> [CaseClass]

    /// Begins a draft with its first photo; both are safe once this returns.
    func beginDraft(_ photo: TakenPhoto) throws -> Draft

    func draft(_ id: DraftId) throws -> Draft

    /// Codes of the classes to offer for it, the likeliest first: by what stands around its place and what was reported last.
    func likelyClasses(_ id: DraftId) throws -> [String]

    /// Sets the class, and names the component that stands there where it is one's.
    func pickClass(_ id: DraftId, _ code: String) throws

    func drafts(limit: UInt32) throws -> [Draft]

    /// Saves everything but the photos, which are added and removed by themselves.
    func saveDraft(_ draft: Draft) throws

    func addPhoto(toDraft id: DraftId, _ photo: TakenPhoto) throws -> Draft

    func removePhoto(fromDraft id: DraftId, _ photo: PhotoHash) throws -> Draft

    func discardDraft(_ id: DraftId) throws

    /// 上报: the case is durable and in the list once this returns. A draft that cannot be reported stays as it is.
    func report(_ id: DraftId) throws -> DocumentId
}

public protocol Syncing: Sendable {
    func syncStatus() throws -> SyncStatus

    /// Runs one round over the link until nothing is left or it does not come through; says what is left after each
    /// request.
    func sync(link: any Link, onProgress: @Sendable (SyncStatus) async -> Void) async throws -> SyncOutcome

    /// Takes refused work out of the lane once its author has seen it. It stays in the store.
    func dismiss(_ id: EntryId) throws
}
