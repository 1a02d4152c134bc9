import Observation
import XungeCoreApi

/// How the app looks, and how much room photos take; a change holds at once and for the next start.
@MainActor
@Observable
public final class SettingsModel {
    @ObservationIgnored public let field: FieldModel
    public let asking: Asking

    /// Bytes of all photo files on this device; nothing before they were counted.
    public private(set) var photoBytes: UInt64?

    /// What was freed just now.
    public private(set) var freed: Freed?

    init(_ field: FieldModel) {
        self.field = field
        asking = Asking(field.thread)
    }

    func load() async {
        // Before enrolment there is nothing to count.
        if field.me == nil { return }
        if let bytes = await asking.ask({ try $0.photoBytes() }) { photoBytes = bytes }
    }

    public func language(_ language: Language) { change { $0.language = language } }

    public func appearance(_ appearance: Appearance) { change { $0.appearance = appearance } }

    public func textSize(_ size: TextSize) { change { $0.textSize = size } }

    /// Frees every original that the server holds and has backed up; working copies and thumbnails stay.
    public func freeOriginals() async {
        guard let freed = await asking.askOnce({ try $0.freeOriginals(keepBytes: 0) }) else { return }
        self.freed = freed
        photoBytes = freed.bytesLeft
    }

    private func change(_ edit: (inout Settings) -> Void) {
        var settings = field.settings
        edit(&settings)
        field.change(settings)
    }
}
