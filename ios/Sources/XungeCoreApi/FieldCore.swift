import Foundation

/// The core as screens see it. A call blocks on one lock and most read the disk: call from one background thread, which
/// is `CoreThread`'s in `XungeFeatures`. A failed call throws a `Problem`.
public protocol FieldCore: Enrolling, Cases, Tasks, Duty, Drafts, Capturing, Syncing, PhotoFiles, Checkins, Maps {
    /// Today. Only on an enrolled device.
    func home() throws -> HomePage

    /// This person and this device; nothing before enrolment.
    func me() throws -> MePage?

    /// What time it is by the server's clock, as far as this device knows: what is due is due by that.
    func serverTime() throws -> Instant

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

    /// Every body, by its name.
    func bodies() throws -> [Body]
}

public protocol Tasks: Sendable {
    /// Open tasks as the server last told them, the one due first first.
    func tasks() throws -> [FieldTask]

    /// 拒派: it goes to the next, and never comes back to this person. Another cause needs words. Twice is as good as once.
    func declineTask(_ id: DocumentId, _ cause: DeclineCause, words: String) throws
}

/// What this person says of their own duty: kept at once, sent with the next round of sync.
public protocol Duty: Sendable {
    /// 请假 from an instant until another one, which is not included.
    func sayLeave(from: Instant, until: Instant, words: String) throws

    /// 销假.
    func takeBackLeave(_ id: DutyNoteId) throws

    /// Those said on this device that have not been over for a month, the one that begins first first.
    func leaves() throws -> [Leave]
}

public protocol Drafts: Sendable {
    /// Every minor class of the city's table, in its order.
    func classes() throws -> [CaseClass]

    /// Begins a draft with its first photo; both are safe once this returns.
    func beginDraft(_ photo: TakenPhoto) throws -> Draft

    func draft(_ id: DraftId) throws -> Draft

    func drafts(limit: UInt32) throws -> [Draft]

    /// Saves everything but what is added, removed and picked by itself: photos, unit grid, component, possible duplicate.
    func saveDraft(_ draft: Draft) throws

    func addPhoto(toDraft id: DraftId, _ photo: TakenPhoto) throws -> Draft

    func removePhoto(fromDraft id: DraftId, _ photo: PhotoHash) throws -> Draft

    func discardDraft(_ id: DraftId) throws

    /// 上报: the case is durable and in the list once this returns. A draft that cannot be reported stays as it is.
    func report(_ id: DraftId) throws -> DocumentId

    /// 自行处置: submits a draft with photos before and after as settled on the spot, where the worker stands at `point`.
    func selfHandle(_ id: DraftId, at point: Point?, note: String) throws -> DocumentId
}

/// What is offered at capture, without signal. What is picked can be picked anew until it is reported.
public protocol Capturing: Sendable {
    func around(_ id: DraftId) throws -> Around

    /// Sets the class, and names the component that stands there where it is one's.
    func pickClass(_ id: DraftId, _ code: String) throws -> Draft

    func pickGrid(_ id: DraftId, _ grid: UnitGridCode?) throws -> Draft

    func pickComponent(_ id: DraftId, _ component: ComponentCode?) throws -> Draft

    /// Says which case it may repeat: a hint that travels with the report.
    func pickPossibleDuplicate(_ id: DraftId, of other: DocumentId?) throws -> Draft

    /// Texts ready to be touched: those of the class first.
    func phrases(_ use: PhraseUse, classCode: String?) throws -> [String]
}

public protocol Syncing: Sendable {
    func syncStatus() throws -> SyncStatus

    /// Runs one round over the link until nothing is left or it does not come through; says what is left after each
    /// request.
    func sync(link: any Link, onProgress: @Sendable (SyncStatus) async -> Void) async throws -> SyncOutcome

    /// Takes refused work out of the lane once its author has seen it. It stays in the store.
    func dismiss(_ id: EntryId) throws

    /// Says whether the link costs by the byte, as far as the phone knows now: originals and the base map wait while it does.
    func setMetered(_ metered: Bool) throws
}

public protocol Checkins: Sendable {
    /// A page, newest first.
    func checkins(after: PageEnd?, limit: UInt32) throws -> [CheckinRow]

    func checkin(_ id: DocumentId) throws -> CheckinPage

    func writeStep(_ step: WrittenStep) throws

    /// Opens one; only a branch secretary may.
    func openCheckin(_ checkin: NewCheckin) throws -> DocumentId

    /// 应答: one of its parties takes part, or does not; only a branch secretary may say so.
    func answerCheckin(_ id: DocumentId, for party: OrganisationId, accepts: Bool, note: String) throws
}

public protocol Maps: Sendable {
    /// What a map draws of a rectangle, or of the whole beat.
    func map(_ area: Bounds?) throws -> BeatMap

    /// What the server offers of the city's base map; nothing where there is none, or nothing was told yet.
    func baseMap() throws -> BaseMap?

    /// The pictures that cover a rectangle drawn so many pixels wide, as far as they are here; of one zoom, 64 at most.
    func baseMapTiles(_ area: Bounds, pixelsAcross: UInt32) throws -> [BaseMapTile]

    /// A picture as it was made: PNG, JPEG or WebP.
    func picture(_ tile: BaseMapTile) throws -> Data?
}

/// The room that photo files take on this device.
public protocol PhotoFiles: Sendable {
    /// Bytes of all photo files here.
    func photoBytes() throws -> UInt64

    /// Frees originals, the oldest first, until all photo files are so many bytes together or no more may go.
    func freeOriginals(keepBytes: UInt64) throws -> Freed
}
