import Foundation
import XungeCoreApi

/// A core without a store: it keeps what it is told, in memory, and says what the tests gave it.
final class FakeCore: FieldCore, @unchecked Sendable {
    private let lock = NSLock()
    private var state = State()

    struct State {
        var enrolled = true
        var rows = Samples.rows
        var drafts: [Draft] = []
        var acts: [CaseAct] = []
        var comments: [Note] = []
        var status = SyncStatus(textsUnsent: 3, photoFilesUnsent: 5, setAside: Samples.lane)
        var outcome = SyncOutcome.done
        var rounds = 0
        var saves = 0
        var suspended = false
        var person = Samples.person
        var beat = FakeBeat()
        var tasks = Samples.tasks
        var leaves: [Leave] = []
        var clocks: [CaseClock] = []
        var surveys: [Survey] = []
        var around = Samples.around
        var aroundFails = false
        /// Where it is there, looking around waits for it.
        var aroundHeld: DispatchSemaphore?
        var settled: [String] = []
        var serverAheadMillis: Int64 = 0
    }

    /// Reads or changes what it holds.
    @discardableResult
    func with<Answer>(_ work: (inout State) throws -> Answer) rethrows -> Answer {
        lock.lock()
        defer { lock.unlock() }
        return try work(&state)
    }

    static func problem(_ code: String, _ kind: ProblemKind = .declined) -> Problem {
        Problem(kind: kind, code: code, zh: "不行", en: "no")
    }

    func home() throws -> HomePage {
        with {
            HomePage(
                person: $0.person, status: $0.status, drafts: Array($0.drafts.prefix(5)),
                recent: Array($0.rows.prefix(5)), tasks: $0.tasks)
        }
    }

    func me() throws -> MePage? {
        with {
            $0.enrolled
                ? MePage(person: $0.person, serverUrl: "https://hub.example", encrypted: true, keyInHardware: false)
                : nil
        }
    }

    func serverTime() throws -> Instant { with { Instant(Samples.now.millis + $0.serverAheadMillis) } }

    func photo(_ hash: PhotoHash) throws -> Data { throw Self.problem("blob_missing", .notFound) }

    func suspend() throws { with { $0.suspended = true } }

    func resume() throws { with { $0.suspended = false } }

    func shutDown() {}

    func enrol(serverUrl: String, code: String, link: any Link) async throws -> Person {
        guard serverUrl == "https://hub.example", code == "right-code" else { throw Self.problem("no_network", .link) }
        with { $0.enrolled = true }
        return Samples.person
    }

    func cases(after: PageEnd?, limit: UInt32) throws -> [CaseRow] {
        with { state in
            let from = after.flatMap { end in state.rows.firstIndex { $0.id == end.id } }.map { $0 + 1 } ?? 0
            return Array(state.rows.dropFirst(from).prefix(Int(limit)))
        }
    }

    func search(_ text: String, limit: UInt32) throws -> [CaseRow] {
        with { Array($0.rows.filter { ($0.title + $0.address).contains(text) }.prefix(Int(limit))) }
    }

    func show(_ id: DocumentId) throws -> CasePage {
        try with { state in
            guard let row = state.rows.first(where: { $0.id == id }) else { throw Self.problem("not_found", .notFound) }
            var page = Samples.page(row)
            page.comments += state.comments
            page.clocks = state.clocks
            page.surveys = state.surveys
            return page
        }
    }

    func act(on id: DocumentId, _ act: CaseAct, photo: TakenPhoto?) throws { with { $0.acts.append(act) } }

    func addPhoto(to id: DocumentId, _ photo: TakenPhoto) throws {}

    func addComment(to id: DocumentId, _ text: String) throws {
        with { $0.comments.append(Note(id: EntryId("c"), author: Samples.person.id, at: Samples.now, text: text)) }
    }

    func bodies() throws -> [Body] { BeatSamples.bodies }

    func classes() throws -> [CaseClass] { Samples.classes }

    func beginDraft(_ photo: TakenPhoto) throws -> Draft {
        with { state in
            let draft = Draft(
                id: DraftId("draft \(state.drafts.count)"), updatedAt: Samples.now, point: photo.point,
                fixes: photo.fixes, photos: [Samples.draftPhoto(1)])
            state.drafts.append(draft)
            return draft
        }
    }

    func draft(_ id: DraftId) throws -> Draft { try with { try Self.found(id, in: $0) } }

    func drafts(limit: UInt32) throws -> [Draft] { with { Array($0.drafts.prefix(Int(limit))) } }

    func saveDraft(_ draft: Draft) throws {
        try with { state in
            _ = try Self.found(draft.id, in: state)
            state.saves += 1
            state.drafts = state.drafts.map { kept in
                guard kept.id == draft.id else { return kept }
                var saved = draft
                // These are added and picked by themselves.
                saved.photos = kept.photos
                saved.unitGrid = kept.unitGrid
                saved.component = kept.component
                saved.possibleDuplicateOf = kept.possibleDuplicateOf
                return saved
            }
        }
    }

    func addPhoto(toDraft id: DraftId, _ photo: TakenPhoto) throws -> Draft {
        try changed(id) { $0.photos.append(Samples.draftPhoto($0.photos.count + 1, photo.purpose)) }
    }

    func removePhoto(fromDraft id: DraftId, _ photo: PhotoHash) throws -> Draft {
        try changed(id) { $0.photos.removeAll { $0.hash == photo } }
    }

    func discardDraft(_ id: DraftId) throws { with { $0.drafts.removeAll { $0.id == id } } }

    func report(_ id: DraftId) throws -> DocumentId {
        try with { state in
            let draft = try Self.found(id, in: state)
            guard draft.classCode != nil else { throw Self.problem("unknown_class") }
            state.drafts.removeAll { $0.id == id }
            var row = Samples.rows[0]
            row.id = DocumentId(id.text)
            row.title = draft.title
            row.state = .draft
            row.delivery = .onDevice
            state.rows.insert(row, at: 0)
            return row.id
        }
    }

    func syncStatus() throws -> SyncStatus { with { $0.status } }

    func sync(link: any Link, onProgress: @Sendable (SyncStatus) async -> Void) async throws -> SyncOutcome {
        let answer = await link.perform(
            serverUrl: "https://hub.example", serverPin: nil,
            request: LinkRequest(method: "POST", path: "/", headers: [:], body: Data()))
        await onProgress(SyncStatus(textsUnsent: 1))
        return with { state in
            state.rounds += 1
            if case .answered = answer, state.outcome == .done { state.status = SyncStatus(setAside: state.status.setAside) }
            return state.outcome
        }
    }

    func dismiss(_ id: EntryId) throws { with { $0.status.setAside.removeAll { $0.id == id } } }

    func changed(_ id: DraftId, _ edit: (inout Draft) -> Void) throws -> Draft {
        try with { state in
            var draft = try Self.found(id, in: state)
            edit(&draft)
            state.drafts = state.drafts.map { $0.id == id ? draft : $0 }
            return draft
        }
    }

    static func found(_ id: DraftId, in state: State) throws -> Draft {
        guard let draft = state.drafts.first(where: { $0.id == id }) else { throw problem("not_found", .notFound) }
        return draft
    }
}
