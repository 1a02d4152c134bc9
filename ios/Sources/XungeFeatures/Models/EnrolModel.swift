import Foundation
import Observation

/// The first page of a device: a code becomes a person's device.
@MainActor
@Observable
public final class EnrolModel {
    @ObservationIgnored public let field: FieldModel
    public let asking: Asking
    public var server = ""
    public var code = ""

    init(_ field: FieldModel) {
        self.field = field
        asking = Asking(field.thread)
    }

    public var ready: Bool { !server.trimmed.isEmpty && !code.trimmed.isEmpty && !asking.busy }

    public func enrol() async {
        if !ready { return }
        var url = server.trimmed
        while url.hasSuffix("/") { url.removeLast() }
        let (core, link, server, code) = (field.core, field.platform.link, url, code.trimmed)
        guard let person = await asking.once({ try await core.enrol(serverUrl: server, code: code, link: link) }) else {
            return
        }
        await field.enrolled(person)
    }
}

extension String {
    var trimmed: String { trimmingCharacters(in: .whitespacesAndNewlines) }
}
