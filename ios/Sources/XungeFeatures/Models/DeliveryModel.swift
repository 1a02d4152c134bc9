import Observation
import XungeCoreApi

/// What, how much, since when, why not, send now.
@MainActor
@Observable
public final class DeliveryModel {
    @ObservationIgnored public let field: FieldModel
    public let asking: Asking
    private var read: SyncStatus?

    init(_ field: FieldModel) {
        self.field = field
        asking = Asking(field.thread)
    }

    /// As it is now, request by request while a round runs.
    public var status: SyncStatus? { field.syncing.left ?? read }

    func load() async {
        if let status = await asking.ask({ try $0.syncStatus() }) { read = status }
    }

    public func sendNow() { field.syncing.start() }

    /// Sends what waits for a link without a price as well, this once.
    public func sendEverything() { field.syncing.sendEverything() }

    public func openJournal() async { await field.open(.journal(JournalModel(field))) }

    public func openLane() async { await field.open(.lane(LaneModel(field))) }
}
