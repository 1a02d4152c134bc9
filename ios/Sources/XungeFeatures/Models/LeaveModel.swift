import Observation
import XungeCoreApi

/// Longer than a year is no leave: the core says so too.
private let leaveDaysMax = 365

/// A leave being said, in whole days.
public struct LeaveForm: Equatable, Sendable {
    public internal(set) var first: Day
    /// Its last day.
    public internal(set) var last: Day
    public var words = ""

    init(_ day: Day) {
        first = day
        last = day
    }

    /// From now on where it begins today: what was today so far cannot be taken back.
    func from(_ now: Instant) -> Instant { first == Day(now) ? now : first.start }

    var until: Instant { last.plus(1).start }
}

/// 请假: the leaves that were said on this device, one to be said, and each to be taken back.
@MainActor
@Observable
public final class LeaveModel {
    @ObservationIgnored public let field: FieldModel
    public let asking: Asking
    public private(set) var leaves: [Leave]?

    /// The one being said; nothing while none is.
    public private(set) var form: LeaveForm?

    init(_ field: FieldModel) {
        self.field = field
        asking = Asking(field.thread)
    }

    func load() async {
        if let read = await asking.ask({ try $0.leaves() }) { leaves = read }
    }

    public func begin() { form = LeaveForm(today) }

    public func cancel() { form = nil }

    /// Moves the first day, not before today; the last one follows where it has to.
    public func moveFirst(_ days: Int) {
        guard var moved = form else { return }
        moved.first = max(moved.first.plus(days), today)
        moved.last = within(moved.first, max(moved.last, moved.first))
        form = moved
    }

    public func moveLast(_ days: Int) {
        guard let form else { return }
        self.form?.last = within(form.first, max(form.last.plus(days), form.first))
    }

    public func say(_ words: String) { form?.words = String(words.prefix(dutyWordsMax)) }

    /// Kept at once, sent with the next round.
    public func submit() async {
        guard let form else { return }
        let (from, until, words) = (form.from(field.serverTime()), form.until, form.words.trimmed)
        guard await asking.askOnce({ try $0.sayLeave(from: from, until: until, words: words) }) != nil else { return }
        self.form = nil
        await changed()
    }

    /// Whether it can be taken back 销假: it counts or may count, and is not over.
    public func mayTakeBack(_ leave: Leave) -> Bool {
        leave.delivery != .refused && leave.takenBack == nil && leave.until > field.serverTime()
    }

    public func takeBack(_ leave: Leave) async {
        if await asking.askOnce({ try $0.takeBackLeave(leave.id) }) != nil { await changed() }
    }

    private var today: Day { Day(field.serverTime()) }

    private func within(_ first: Day, _ last: Day) -> Day { min(last, first.plus(leaveDaysMax - 1)) }

    private func changed() async {
        await load()
        field.syncing.start()
    }
}
