import Observation
import XungeCoreApi

/// One check-in, a step written on site, and the answer of a party.
@MainActor
@Observable
public final class CheckinModel {
    @ObservationIgnored public let field: FieldModel
    public let asking: Asking
    public let id: DocumentId
    public private(set) var page: CheckinPage?

    /// The step being written; nothing while none is.
    public private(set) var writing: WrittenStepKind?
    public var note = ""
    public private(set) var photos: [TakenPhoto] = []

    /// The answer being given; nothing while none is.
    public private(set) var answering: CheckinAnswer?

    init(_ field: FieldModel, _ id: DocumentId) {
        self.field = field
        self.id = id
        asking = Asking(field.thread)
    }

    public var ready: Bool { !note.trimmed.isEmpty && !asking.busy }

    /// The parties for which it may be answered; the core says for which of them this person speaks.
    public var answerable: [Body] {
        guard let page, page.mayAnswer else { return [] }
        return page.hosts + page.visiting
    }

    func load() async {
        let id = id
        if let read = await asking.ask({ try $0.checkin(id) }) { page = read }
    }

    /// Begins a step, takes another kind for it, or, with nothing, puts it aside; what was written stays until it is kept.
    public func write(_ kind: WrittenStepKind?) {
        answering = nil
        writing = kind
    }

    public func addPhoto() async {
        if let photo = await field.platform.camera.take(.during) { photos.append(photo) }
    }

    public func keep() async {
        guard let kind = writing, ready else { return }
        let step = WrittenStep(checkin: id, kind: kind, note: note.trimmed, photos: photos)
        guard await asking.askOnce({ try $0.writeStep(step) }) != nil else { return }
        writing = nil
        note = ""
        // A photo may have come meanwhile: it belongs to the next step.
        photos.removeAll(where: step.photos.contains)
        await changed()
    }

    /// Begins the answer, for the first party that could be meant; with nothing it is put aside.
    public func answer(_ begins: Bool) {
        writing = nil
        answering = begins ? answerable.first.map { CheckinAnswer(party: $0.id) } : nil
    }

    public func speakFor(_ party: OrganisationId) { answering?.party = party }

    public func explain(_ words: String) { answering?.note = words }

    public func submitAnswer(accepts: Bool) async {
        guard let answer = answering else { return }
        let (id, note) = (id, answer.note.trimmed)
        let said: Void? = await asking.askOnce {
            try $0.answerCheckin(id, for: answer.party, accepts: accepts, note: note)
        }
        guard said != nil else { return }
        answering = nil
        await changed()
    }

    /// Opens the case it is about.
    public func openSubject(_ subject: DocumentId) async { await field.open(.casePage(CaseModel(field, subject))) }

    public func dismiss(_ entry: EntryId) async {
        if await asking.askOnce({ try $0.dismiss(entry) }) != nil { await load() }
    }

    private func changed() async {
        await load()
        field.syncing.start()
    }
}

/// An answer 应答 being given for a party.
public struct CheckinAnswer: Equatable, Sendable {
    public internal(set) var party: OrganisationId
    public internal(set) var note = ""
}
