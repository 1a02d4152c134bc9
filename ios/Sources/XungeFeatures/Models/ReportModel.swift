import Observation
import XungeCoreApi

/// Fixes a draft keeps: the most exact.
private let fixesMax = 16

/// A report from the shutter on: the photo is safe already, the class is chosen, and it is reported.
@MainActor
@Observable
public final class ReportModel {
    @ObservationIgnored public let field: FieldModel
    public let asking: Asking
    public private(set) var draft: Draft
    public private(set) var classes: [CaseClass] = []
    public private(set) var likely: [CaseClass] = []

    /// What is looked for among all classes; nothing while only the likely ones are shown.
    public var wanted: String?

    /// Whether the optional part is open.
    public var more = false

    @ObservationIgnored private var watch: (any Watch)?
    @ObservationIgnored private var saved: Draft
    @ObservationIgnored private var saving = false

    init(_ field: FieldModel, _ draft: Draft) {
        self.field = field
        self.draft = draft
        saved = draft
        asking = Asking(field.thread)
    }

    public var found: [CaseClass] { findClasses(classes, wanted ?? "") }
    public var picked: CaseClass? { classes.first { $0.code == draft.classCode } }
    public var position: PositionSaid { PositionSaid(draft.fixes.best) }

    /// What keeps it from being reported, as far as a form can know.
    public var ready: Bool { draft.classCode != nil && !asking.busy }

    func load() async {
        if watch == nil { watch = field.platform.positions.watch { [weak self] in await self?.improve($0) } }
        if let all = await asking.ask({ try $0.classes() }) { classes = all }
        await offer()
    }

    func leave() {
        watch?.stop()
        watch = nil
    }

    public func pick(_ picked: CaseClass) async {
        wanted = nil
        let (id, code) = (draft.id, picked.code)
        draft.classCode = code
        if await asking.ask({ try $0.pickClass(id, code) }) != nil {
            saved.classCode = code
        } else {
            draft.classCode = saved.classCode
        }
        await save()
    }

    public func describe(_ text: String) async { await change { $0.description = text } }

    public func address(_ text: String) async { await change { $0.address = text } }

    public func explainNoPlace(_ text: String) async { await change { $0.noGridReason = text.trimmed.isEmpty ? nil : text } }

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

    public func addPhoto() async {
        guard let photo = await field.platform.camera.take(.found) else { return }
        let id = draft.id
        if let kept = await asking.askOnce({ try $0.addPhoto(toDraft: id, photo) }) { draft.photos = kept.photos }
        // What was written meanwhile.
        await save()
    }

    public func removePhoto(_ hash: PhotoHash) async {
        let id = draft.id
        if let kept = await asking.askOnce({ try $0.removePhoto(fromDraft: id, hash) }) { draft.photos = kept.photos }
        // What was written meanwhile.
        await save()
    }

    public func discard() async {
        let id = draft.id
        if await asking.askOnce({ try $0.discardDraft(id) }) != nil { await field.back() }
    }

    /// Reports it: once this is answered the case is safe on the device, and the page is done.
    public func report() async {
        guard let picked else { return }
        var whole = draft
        if whole.title.trimmed.isEmpty { whole.title = picked.zh }
        let reported = await asking.askOnce { [whole] in
            try $0.saveDraft(whole)
            return try $0.report(whole.id)
        }
        guard let id = reported else { return }
        leave()
        await field.showHome()
        await field.open(.casePage(CaseModel(field, id, justReported: true)))
        field.syncing.start()
    }

    /// The position keeps improving until it is reported.
    private func improve(_ fix: Fix) async {
        let first = draft.fixes.isEmpty
        await change { draft in
            draft.fixes = Array((draft.fixes + [fix]).byExactness.prefix(fixesMax))
            draft.point = draft.fixes.best?.point
        }
        // What is offered depends on the place. Once only: nothing moves away under a finger.
        if first { await offer() }
    }

    private func offer() async {
        let id = draft.id
        if let codes = await asking.ask({ try $0.likelyClasses(id) }) { likely = likelyClasses(classes, likely: codes) }
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
    }
}
