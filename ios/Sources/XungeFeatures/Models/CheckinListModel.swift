import Observation
import XungeCoreApi

private let pageRows: UInt32 = 50

/// The check-ins on this device, page by page.
@MainActor
@Observable
public final class CheckinListModel {
    @ObservationIgnored public let field: FieldModel
    public let asking: Asking

    /// Nothing before the first page was read.
    public private(set) var rows: [CheckinRow]?

    /// Whether there may be more behind the last row.
    public private(set) var hasMore = false

    init(_ field: FieldModel) {
        self.field = field
        asking = Asking(field.thread)
    }

    public var mayOpen: Bool { field.mayOpenCheckin }

    func load() async {
        // So many as are shown, in one call: a list that was scrolled stays where it is.
        let limit = max(pageRows, UInt32(rows?.count ?? 0))
        guard let page = await asking.ask({ try $0.checkins(after: nil, limit: limit) }) else { return }
        rows = page
        hasMore = page.count == Int(limit)
    }

    public func more() async {
        guard let last = rows?.last, hasMore else { return }
        guard let page = await asking.askOnce({ try $0.checkins(after: last.pageEnd, limit: pageRows) }) else { return }
        // Another list may have come up meanwhile.
        guard rows?.last == last else { return }
        rows?.append(contentsOf: page)
        hasMore = page.count == Int(pageRows)
    }

    public func begin() async { await field.open(.checkinOpen(CheckinOpenModel(field))) }

    public func open(_ row: CheckinRow) async { await field.open(.checkin(CheckinModel(field, row.id))) }
}
