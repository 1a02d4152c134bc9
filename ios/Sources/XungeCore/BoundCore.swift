import Foundation
import XungeCoreApi
import XungeMobile

private let homeRowsMax: UInt32 = 5

/// The real core behind our own types: with its neighbours the only code that calls what is generated. It decides nothing.
public final class BoundCore: FieldCore {
    let app: FieldApp

    /// Opens the store in this folder, making it where there is none, and tells the log what it does from then on. Fails with a
    /// `Problem`.
    public init(folder: URL, deviceKey: any DeviceKey, storeKey: any StoreKey, log: (any CoreLog)? = nil) throws {
        app = try asked {
            try FieldApp.open(folder: folder.path, signer: Signing(deviceKey), keyWrapper: Wrapping(storeKey))
        }
        if let log { app.setLogSink(sink: Logging(log)) }
    }

    public func enrol(serverUrl: String, code: String, link: any Link) async throws -> Person {
        let start = try asked { try app.beginEnrolment(serverUrl: serverUrl, code: code) }
        let answer = await link.perform(serverUrl: serverUrl, serverPin: start.serverPin, request: start.request.own)
        return try asked { try app.finishEnrolment(enrolment: start.enrolment, answer: answer.core).own }
    }

    public func home() throws -> HomePage {
        try asked {
            let person = try enrolled()
            let home = try app.home(here: nil, rows: homeRowsMax)
            return HomePage(
                person: person,
                status: home.sync.own,
                drafts: home.drafts.map(\.own),
                recent: home.recent.map(\.own),
                tasks: home.tasks.map(\.task.own)
            )
        }
    }

    public func me() throws -> MePage? {
        try asked {
            guard let person = try app.me() else { return nil }
            let protection = try app.storeProtection()
            return MePage(
                person: person.own,
                serverUrl: try app.serverUrl() ?? "",
                encrypted: protection.encrypted,
                keyInHardware: protection.inHardware
            )
        }
    }

    public func cases(after: XungeCoreApi.PageEnd?, limit: UInt32) throws -> [CaseRow] {
        try asked { try app.cases(after: after?.core, limit: limit).map(\.own) }
    }

    public func search(_ text: String, limit: UInt32) throws -> [CaseRow] {
        try asked { try app.search(text: text, limit: limit).map(\.own) }
    }

    public func show(_ id: XungeCoreApi.DocumentId) throws -> CasePage { try asked { try app.show(case: id.text).own } }

    public func act(on id: XungeCoreApi.DocumentId, _ act: CaseAct, photo: TakenPhoto?) throws {
        try asked {
            if let photo {
                _ = try app.actWithPhoto(
                    case: id.text, act: act.core(at: photo.point), details: photo.details, bytes: photo.jpeg)
            } else {
                _ = try app.act(case: id.text, act: act.core(at: nil))
            }
        }
    }

    public func addPhoto(to id: XungeCoreApi.DocumentId, _ photo: TakenPhoto) throws {
        _ = try asked { try app.attach(case: id.text, details: photo.details, bytes: photo.jpeg) }
    }

    public func addComment(to id: XungeCoreApi.DocumentId, _ text: String) throws {
        _ = try asked { try app.comment(case: id.text, text: text) }
    }

    public func bodies() throws -> [Body] {
        try asked { try app.bodies().map { Body(id: OrganisationId($0.id), name: $0.name) } }
    }

    public func classes() throws -> [CaseClass] { try asked { try app.classes().map(\.own) } }

    public func beginDraft(_ photo: TakenPhoto) throws -> Draft {
        try asked {
            let id = try app.beginWithPhoto(details: photo.details, bytes: photo.jpeg)
            return try app.draft(id: id).own
        }
    }

    public func draft(_ id: DraftId) throws -> Draft { try asked { try app.draft(id: id.text).own } }

    public func drafts(limit: UInt32) throws -> [Draft] {
        try asked { try app.drafts(after: nil, limit: limit).map(\.own) }
    }

    public func saveDraft(_ draft: Draft) throws {
        try asked {
            let content = try app.draft(id: draft.id.text).content.with(draft)
            try app.saveDraft(id: draft.id.text, content: content)
        }
    }

    public func addPhoto(toDraft id: DraftId, _ photo: TakenPhoto) throws -> Draft {
        try asked {
            _ = try app.attachToDraft(draft: id.text, details: photo.details, bytes: photo.jpeg)
            return try app.draft(id: id.text).own
        }
    }

    public func removePhoto(fromDraft id: DraftId, _ photo: PhotoHash) throws -> Draft {
        try asked {
            try app.detachFromDraft(id: id.text, sha256: photo.text)
            return try app.draft(id: id.text).own
        }
    }

    public func discardDraft(_ id: DraftId) throws { try asked { try app.discardDraft(id: id.text) } }

    public func report(_ id: DraftId) throws -> XungeCoreApi.DocumentId {
        try asked { DocumentId(try app.report(draft: id.text)) }
    }

    public func selfHandle(_ id: DraftId, at point: XungeCoreApi.Point?, note: String) throws -> XungeCoreApi.DocumentId {
        try asked { DocumentId(try app.selfHandle(draft: id.text, point: point?.core, note: note)) }
    }

    public func syncStatus() throws -> XungeCoreApi.SyncStatus { try asked { try app.syncStatus().own } }

    public func sync(
        link: any Link, onProgress: @Sendable (XungeCoreApi.SyncStatus) async -> Void
    ) async throws -> SyncOutcome {
        do {
            return try await app.syncRound(link, onProgress: onProgress)
        } catch let failure as FieldError {
            throw failure.own
        }
    }

    public func dismiss(_ id: EntryId) throws { try asked { try app.dismiss(id: id.text) } }

    public func serverTime() throws -> Instant { try asked { Instant(try app.hubTime()) } }

    public func photoBytes() throws -> UInt64 {
        // To keep all there is frees nothing, and says how much that is.
        try freeOriginals(keepBytes: .max).bytesLeft
    }

    public func freeOriginals(keepBytes: UInt64) throws -> XungeCoreApi.Freed {
        try asked {
            let freed = try app.freeOriginals(keepBytes: keepBytes)
            return XungeCoreApi.Freed(files: freed.files, bytes: freed.bytes, bytesLeft: freed.bytesLeft)
        }
    }

    public func photo(_ hash: PhotoHash) throws -> Data { try asked { try app.photoBytes(sha256: hash.text) } }

    public func suspend() throws { try asked { try app.suspend() } }

    public func resume() throws { try asked { try app.resume() } }

    public func shutDown() { app.shutDown() }

    func enrolled() throws -> Person {
        guard let person = try app.me()?.own else {
            throw Problem(
                kind: .notEnrolled, code: "not_enrolled", zh: "此设备尚未登记；请向管理员索取登记码。",
                en: "This device is not enrolled; ask the administrator for a code.")
        }
        return person
    }
}

extension PersonView {
    var own: Person {
        Person(
            id: PersonId(id), name: name, roles: roles.map(\.own), organisation: organisation.map(OrganisationId.init),
            dutyGrids: dutyGrids)
    }
}
