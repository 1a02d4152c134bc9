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

    /// Opens the case it was about. A check-in has no page here yet: then the problem says that there is no such case.
    public func open(_ item: SetAside) async {
        let id = item.document
        if await asking.ask({ try $0.show(id) }) != nil { await field.open(.casePage(CaseModel(field, id))) }
    }

    public func dismiss(_ item: SetAside) async {
        if await asking.askOnce({ try $0.dismiss(item.id) }) != nil { await load() }
    }
}
