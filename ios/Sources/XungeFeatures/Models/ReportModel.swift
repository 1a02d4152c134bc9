import Observation
import XungeCoreApi

/// Fixes a draft keeps: the most exact.
private let fixesMax = 16

/// A report from the shutter on: the photo is safe already, the class is chosen, and it is reported, or settled on the spot.
@MainActor
@Observable
public final class ReportModel {
    @ObservationIgnored public let field: FieldModel
    public let asking: Asking
    public private(set) var draft: Draft
    public private(set) var classes: [CaseClass] = []

    /// What is around the place, once the core looked.
    public private(set) var around: Around?

    /// Texts ready to be touched.
    public private(set) var phrases: [String] = []

    /// How many of them were: a field that shows the description shows it anew after each.
    public private(set) var phrasesSaid = 0

    /// What is looked for among all classes; nothing while only the likely ones are shown.
    public var wanted: String?

    /// Whether the optional part is open.
    public var more = false

    /// Whether it is being settled on the spot 自行处置.
    public private(set) var settling = false
    public var settledNote = ""

    /// The classes offered: those of the first place, then left, so that nothing moves away under a finger.
    private var offers: [ClassOffer] = []
    @ObservationIgnored private var offersAreOfAPlace = false

    /// The class for which the core looked around.
    private var lookedFor: String?

    @ObservationIgnored private var watch: (any Watch)?
    @ObservationIgnored private var saved: Draft
    @ObservationIgnored private var saving = false

    /// Whether a better place waits to be saved, and then to be looked around.
    @ObservationIgnored private var moved = false

    init(_ field: FieldModel, _ draft: Draft) {
        self.field = field
        self.draft = draft
        saved = draft
        asking = Asking(field.thread)
    }

    public var likely: [LikelyClass] { likelyClasses(classes, offers) }
    public var found: [CaseClass] { findClasses(classes, wanted ?? "") }
    public var picked: CaseClass? { classes.first { $0.code == draft.classCode } }
    public var position: PositionSaid { PositionSaid(draft.fixes.best) }

    /// The unit grid it lies in: the only one it may lie in, or the one that the worker chose.
    public var grid: GridOffer? {
        let grids = around?.grids ?? []
        return grids.count == 1 ? grids[0] : grids.first { $0.code == draft.unitGrid }
    }

    /// There is a place, and it lies in no unit grid that is known here.
    public var outsideGrids: Bool { around.map { $0.point != nil && $0.grids.isEmpty } ?? false }

    /// What stands here of the class that was picked.
    public var components: [NearComponent] { (around?.components ?? []).filter { $0.classCode == draft.classCode } }

    /// Cases that are probably the same matter: only of a class that was picked is that known well enough to ask.
    public var duplicates: [LikelyDuplicate] { draft.classCode == nil ? [] : around?.duplicates ?? [] }

    /// The photo after, of a matter that is being settled.
    public var after: DraftPhoto? { draft.photos.first { $0.purpose == .after } }

    /// What keeps it from being reported, as far as a form can know. What may be the same matter is shown before.
    public var ready: Bool { draft.classCode != nil && lookedFor == draft.classCode && !asking.busy }

    public var readyToSettle: Bool { ready && settling && after != nil }

    /// Side by side with "the same matter" the button says that it is the other choice.
    public var says: Word {
        if asking.busy { return .reportBusy }
        if draft.classCode == nil { return .reportClassFirst }
        if draft.possibleDuplicateOf != nil { return .reportGoLinked }
        return duplicates.isEmpty ? .reportGo : .reportAnyway
    }

    func load() async {
        if watch == nil { watch = field.platform.positions.watch { [weak self] in await self?.improve($0) } }
        if let all = await asking.ask({ try $0.classes() }) { classes = all }
        await look()
    }

    func leave() {
        watch?.stop()
        watch = nil
    }

    public func pick(_ picked: CaseClass) async {
        wanted = nil
        settling = settling && picked.selfHandled
        let (id, code) = (draft.id, picked.code)
        draft.classCode = code
        if await keep({ try $0.pickClass(id, code) }) {
            saved.classCode = code
        } else {
            draft.classCode = saved.classCode
        }
        await save()
        await look()
    }

    /// Says which grid a poor fix lies in; the same again takes it back.
    public func pickGrid(_ code: UnitGridCode) async {
        let (id, picked) = (draft.id, code == draft.unitGrid ? nil : code)
        _ = await keep { try $0.pickGrid(id, picked) }
    }

    /// Says which component it is about; the same again takes it back.
    public func pickComponent(_ code: ComponentCode) async {
        let (id, picked) = (draft.id, code == draft.component ? nil : code)
        _ = await keep { try $0.pickComponent(id, picked) }
    }

    /// Says that it may be the same matter as a case; nothing takes that back.
    public func link(_ other: DocumentId?) async {
        let id = draft.id
        _ = await keep { try $0.pickPossibleDuplicate(id, of: other) }
    }

    public func describe(_ text: String) async { await change { $0.description = text } }

    /// Adds a phrase to the description.
    public func say(_ phrase: String) async {
        phrasesSaid += 1
        await change { $0.description = behind($0.description, phrase) }
    }

    public func address(_ text: String) async { await change { $0.address = text } }

    public func explainNoPlace(_ text: String) async { await change { $0.noGridReason = text.trimmed.isEmpty ? nil : text } }

    /// Chooses the place on the map, from the best fix on.
    public func chooseOnMap() async {
        let page = PlaceModel(field, from: draft.point, fix: draft.fixes.best) { [weak self] in await self?.place(at: $0) }
        await field.open(.place(page))
    }

    /// Says by hand where it is; with nothing the best fix holds again.
    public func place(at point: Point?) async {
        await change { $0.point = point }
        await look()
    }

    public func rate(_ severity: Severity) async { await change { $0.severity = severity } }

    /// Adds a hazard, or takes it off again.
    public func hazard(_ text: String) async {
        await change { draft in
            if draft.hazards.contains(text) {
                draft.hazards.removeAll { $0 == text }
            } else {
                draft.hazards.append(text)
            }
        }
    }

    public func addPhoto() async { await photograph(.found) }

    public func photographAfter() async { await photograph(.after) }

    public func removePhoto(_ hash: PhotoHash) async {
        let id = draft.id
        await keepPhotos { try $0.removePhoto(fromDraft: id, hash) }
    }

    public func discard() async {
        let id = draft.id
        if await asking.askOnce({ try $0.discardDraft(id) }) != nil { await field.back() }
    }

    public func beginSettling() { settling = true }

    /// It is reported like any other after all: a photo of the state after is no part of that.
    public func stopSettling() async {
        settling = false
        if let after { await removePhoto(after.hash) }
    }

    /// Submits it as settled on the spot, where the best fix is.
    public func settle() async {
        if !readyToSettle { return }
        let (id, point, note) = (draft.id, draft.fixes.best?.point, settledNote.trimmed)
        await submit { try $0.selfHandle(id, at: point, note: note) }
    }

    /// Reports it.
    public func report() async {
        let id = draft.id
        if ready { await submit { try $0.report(id) } }
    }

    /// Once this is answered the case is safe on the device, and the page is done.
    private func submit(_ work: @escaping @Sendable (any FieldCore) throws -> DocumentId) async {
        guard let picked else { return }
        var whole = draft
        if whole.title.trimmed.isEmpty { whole.title = picked.zh }
        let submitted = await asking.askOnce { [whole] in
            try $0.saveDraft(whole)
            return try work($0)
        }
        guard let id = submitted else { return }
        leave()
        await field.showHome()
        await field.open(.casePage(CaseModel(field, id, justReported: true)))
        field.syncing.start()
    }

    private func photograph(_ purpose: PhotoPurpose) async {
        guard let photo = await field.platform.camera.take(purpose) else { return }
        let id = draft.id
        await keepPhotos { try $0.addPhoto(toDraft: id, photo) }
    }

    private func keepPhotos(_ work: @escaping @Sendable (any FieldCore) throws -> Draft) async {
        if let kept = await asking.askOnce(work) { draft.photos = kept.photos }
        // What was written meanwhile.
        await save()
    }

    /// What is picked is written by the core, together with what follows from it. Whether that was done.
    private func keep(_ pick: @escaping @Sendable (any FieldCore) throws -> Draft) async -> Bool {
        guard let kept = await asking.ask(pick) else { return false }
        for path in [\ReportModel.draft, \ReportModel.saved] {
            self[keyPath: path].unitGrid = kept.unitGrid
            self[keyPath: path].component = kept.component
            self[keyPath: path].possibleDuplicateOf = kept.possibleDuplicateOf
        }
        return true
    }

    /// The position keeps improving until it is reported.
    private func improve(_ fix: Fix) async {
        let before = draft.fixes.best
        let fixes = Array((draft.fixes + [fix]).byExactness.prefix(fixesMax))
        if fixes.first != before { moved = true }
        await change { $0.fixes = fixes }
    }

    /// Looks around the place; what cannot be looked up keeps nobody from reporting.
    private func look() async {
        let (id, code) = (draft.id, draft.classCode)
        if let texts = await asking.ask({ try $0.phrases(.report, classCode: code) }) { phrases = texts }
        let seen = await asking.ask { try $0.around(id) }
        // Another class may have been picked meanwhile: then that is looked for.
        guard code == draft.classCode else { return }
        if let seen {
            around = seen
            if !offersAreOfAPlace { offers = seen.classes }
            offersAreOfAPlace = offersAreOfAPlace || seen.point != nil
        }
        lookedFor = code
    }

    private func change(_ edit: (inout Draft) -> Void) async {
        edit(&draft)
        await save()
    }

    /// Saves until what is stored is what is shown: one save at a time, so that a later one never comes first. Stops
    /// while something else is being done with the draft: reporting saves by itself.
    private func save() async {
        if saving { return }
        saving = true
        while saved != draft && !asking.busy {
            let whole = draft
            if await asking.ask({ try $0.saveDraft(whole) }) == nil { break }
            saved = whole
        }
        saving = false
        if moved && saved.fixes == draft.fixes {
            moved = false
            await look()
        }
    }
}
