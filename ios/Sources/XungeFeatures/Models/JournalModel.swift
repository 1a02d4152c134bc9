import Observation
import XungeCoreApi

/// What the app did: the last lines of the core, and whether the phone ever let it work in the background.
@MainActor
@Observable
public final class JournalModel {
    @ObservationIgnored public let field: FieldModel
    public private(set) var lines: [LogLine] = []
    public private(set) var standing = BackgroundStanding.notScheduled

    init(_ field: FieldModel) { self.field = field }

    func load() {
        lines = field.platform.log.lines
        standing = field.platform.journal.standing
    }
}
