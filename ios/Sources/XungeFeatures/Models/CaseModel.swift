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

    /// What this person was sent for with it, while that is open.
    public private(set) var task: FieldTask?

    /// Texts ready to be touched, for what is being done.
    public private(set) var phrases: [String] = []

    /// Whether the clocks say why they are due when they are.
    public var explained = false

    /// A comment being written; nothing while none is.
    public var comment: String?

    /// What is being done on site; nothing while nothing is.
    public var acting: SiteAct?

    /// The task being declined; nothing while none is.
    public var declining: Declining?

    /// Names of bodies, where the case names any.
    private var bodies: [Body] = []

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
        guard let (page, tasks) = await asking.ask({ (try $0.show(id), try $0.tasks()) }) else { return }
        self.page = page
        task = tasks.first { $0.id == id }
        if !page.surveys.isEmpty, let read = await asking.ask({ try $0.bodies() }) { bodies = read }
    }

    public func name(_ body: OrganisationId) -> String { bodies.first { $0.id == body }?.name ?? body.text }

    /// Its limits that are shown whole: the whole disposal and the stages that run.
    public var clocks: [CaseClock] { (page?.clocks ?? []).filter(\.current) }

    /// Those that are over.
    public var clocksOver: [CaseClock] { (page?.clocks ?? []).filter { !$0.current } }

    /// A task that waits can be declined.
    public var mayDecline: Bool { task?.waits == true }

    public func beginDeclining() {
        comment = nil
        acting = nil
        declining = Declining()
    }

    /// The task goes to the next on duty, and never comes back to this person.
    public func decline() async {
        guard let said = declining, said.ready, let cause = said.cause else { return }
        let (id, words) = (id, String(said.words.trimmed.prefix(dutyWordsMax)))
        guard await asking.askOnce({ try $0.declineTask(id, cause, words: words) }) != nil else { return }
        declining = nil
        await changed()
    }

    /// Begins an act; one that needs nothing is asked for at once.
    public func begin(_ kind: SiteActKind) async {
        comment = nil
        declining = nil
        if kind.purpose == nil { return await ask(SiteAct(kind)) }
        acting = SiteAct(kind)
        let code = page?.classCode
        if let texts = await asking.ask({ try $0.phrases(kind.phrases, classCode: code) }) { phrases = texts }
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

    public var mayOpenCheckin: Bool { page != nil && field.mayOpenCheckin }

    /// Opens a check-in about this case.
    public func openCheckin() async {
        guard let page else { return }
        await field.open(.checkinOpen(CheckinOpenModel(field, about: page.id, title: page.title)))
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
