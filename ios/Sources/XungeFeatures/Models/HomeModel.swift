import Observation
import XungeCoreApi

/// Today.
@MainActor
@Observable
public final class HomeModel {
    @ObservationIgnored public let field: FieldModel
    public let asking: Asking
    public private(set) var home: HomePage?

    /// Names of classes by their codes, for drafts.
    public private(set) var classNames: [String: Named] = [:]

    init(_ field: FieldModel) {
        self.field = field
        asking = Asking(field.thread)
    }

    func load() async {
        guard let (page, classes) = await asking.ask({ (try $0.home(), try $0.classes()) }) else { return }
        home = page
        classNames = Dictionary(classes.map { ($0.code, $0.named) }) { first, _ in first }
    }

    /// The shutter: a photo, and with it a draft that is safe.
    public func shoot() async {
        guard let photo = await field.platform.camera.take(.found) else { return }
        guard let draft = await asking.askOnce({ try $0.beginDraft(photo) }) else { return }
        await open(draft)
    }

    public func open(_ draft: Draft) async { await field.open(.report(ReportModel(field, draft))) }

    public func open(_ row: CaseRow) async { await field.open(.casePage(CaseModel(field, row.id))) }

    public func openTasks() async { await field.open(.taskList(TaskListModel(field))) }

    public func openDelivery() async { await field.open(.delivery(DeliveryModel(field))) }

    public func openMap() async { await field.open(.map(MapModel(field))) }

    public func openLane() async { await field.open(.lane(LaneModel(field))) }
}
