import Observation
import XungeCoreApi

/// One case.
@MainActor
@Observable
public final class CaseModel {
    @ObservationIgnored public let field: FieldModel
    public let asking: Asking
    public let id: DocumentId
    public let justReported: Bool
    public private(set) var page: CasePage?

    /// A comment being written; nothing while none is.
    public var comment: String?

    /// What is being done on site; nothing while nothing is.
    public var acting: SiteAct?

    init(_ field: FieldModel, _ id: DocumentId, justReported: Bool = false) {
        self.field = field
        self.id = id
        self.justReported = justReported
        asking = Asking(field.thread)
    }

    /// What of it this person may do now and does on site, in the core's order.
    public var possible: [SiteActKind] {
        (page?.offered ?? []).filter { $0.reason == nil }.compactMap { SiteActKind($0.action) }
    }

    /// How many photos of how many are safe; those of others never were this device's to send.
    public var photosSafe: (safe: Int, of: Int) {
        let own = (page?.photos ?? []).filter { $0.state != .elsewhere }
        return (own.filter { $0.state == .received }.count, own.count)
    }

    func load() async {
        let id = id
        if let read = await asking.ask({ try $0.show(id) }) { page = read }
    }

    /// Begins an act; one that needs nothing is asked for at once.
    public func begin(_ kind: SiteActKind) async {
        comment = nil
        if kind.purpose == nil { await ask(SiteAct(kind)) } else { acting = SiteAct(kind) }
    }

    public func photographAct() async {
        guard let purpose = acting?.kind.purpose else { return }
        if let photo = await field.platform.camera.take(purpose) { acting?.photo = photo }
    }

    public func submitAct() async {
        if let acting { await ask(acting) }
    }

    private func ask(_ act: SiteAct) async {
        guard let asked = act.asked else { return }
        let (id, photo) = (id, act.photo)
        guard await asking.askOnce({ try $0.act(on: id, asked, photo: photo) }) != nil else { return }
        if acting?.kind == act.kind { acting = nil }
        await changed()
    }

    public func leaveComment() async {
        let (id, text) = (id, comment?.trimmed ?? "")
        if text.isEmpty { return }
        guard await asking.askOnce({ try $0.addComment(to: id, text) }) != nil else { return }
        comment = nil
        await changed()
    }

    public func addPhoto() async {
        guard let photo = await field.platform.camera.take(.found) else { return }
        let id = id
        if await asking.askOnce({ try $0.addPhoto(to: id, photo) }) != nil { await changed() }
    }

    public func dismiss(_ entry: EntryId) async {
        if await asking.askOnce({ try $0.dismiss(entry) }) != nil { await load() }
    }

    private func changed() async {
        await load()
        field.syncing.start()
    }
}
