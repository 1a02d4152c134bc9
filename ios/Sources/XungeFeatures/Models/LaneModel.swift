import Observation
import XungeCoreApi

/// Refused work, kept until its author acts.
@MainActor
@Observable
public final class LaneModel {
    @ObservationIgnored public let field: FieldModel
    public let asking: Asking
    public private(set) var lane: [SetAside]?

    init(_ field: FieldModel) {
        self.field = field
        asking = Asking(field.thread)
    }

    func load() async {
        if let status = await asking.ask({ try $0.syncStatus() }) { lane = status.setAside }
    }

    /// The document it was about: a case, or a check-in.
    public func open(_ item: SetAside) async {
        let id = item.document
        let isCase = await asking.ask { core in
            do {
                _ = try core.show(id)
                return true
            } catch let problem as Problem where problem.kind == .notFound {
                return false
            }
        }
        guard let isCase else { return }
        await field.open(isCase ? .casePage(CaseModel(field, id)) : .checkin(CheckinModel(field, id)))
    }

    public func dismiss(_ item: SetAside) async {
        if await asking.askOnce({ try $0.dismiss(item.id) }) != nil { await load() }
    }
}
