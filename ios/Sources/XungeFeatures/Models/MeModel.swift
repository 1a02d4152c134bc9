import Observation
import XungeCoreApi

/// This person and this device.
@MainActor
@Observable
public final class MeModel {
    @ObservationIgnored public let field: FieldModel
    public let asking: Asking
    public private(set) var me: MePage?

    init(_ field: FieldModel) {
        self.field = field
        asking = Asking(field.thread)
    }

    func load() async {
        // What is nil inside is a device of nobody; what is nil outside failed.
        if let read = await asking.ask({ try $0.me() }) { me = read }
    }

    public func openDelivery() async { await field.open(.delivery(DeliveryModel(field))) }

    public func openSettings() async { await field.open(.settings(SettingsModel(field))) }

    public func openLeave() async { await field.open(.leave(LeaveModel(field))) }
}
