import Observation
import XungeCoreApi

private let pageRows: UInt32 = 50

/// The cases on this device, page by page, or those that hold a text.
@MainActor
@Observable
public final class CaseListModel {
    @ObservationIgnored public let field: FieldModel
    public let asking: Asking

    /// Nothing before the first page was read.
    public private(set) var rows: [CaseRow]?

    /// Whether there may be more behind the last row.
    public private(set) var hasMore = false

    public private(set) var wanted = ""

    init(_ field: FieldModel) {
        self.field = field
        asking = Asking(field.thread)
    }

    func load() async {
        let (text, shown) = (wanted, UInt32(rows?.count ?? 0))
        // So many as are shown, in one call: a list that was scrolled stays where it is.
        let limit = max(pageRows, shown)
        let query = text.trimmed
        let page = await asking.ask {
            query.isEmpty ? try $0.cases(after: nil, limit: limit) : try $0.search(query, limit: pageRows)
        }
        // A later question may be on its way.
        guard let page, text == wanted else { return }
        rows = page
        hasMore = query.isEmpty && page.count == Int(limit)
    }

    public func find(_ text: String) async {
        wanted = text
        rows = rows.map { Array($0.prefix(Int(pageRows))) }
        await load()
    }

    public func more() async {
        guard let last = rows?.last, hasMore else { return }
        guard let page = await asking.askOnce({ try $0.cases(after: last.pageEnd, limit: pageRows) }) else { return }
        // Another list may have come up meanwhile.
        guard rows?.last == last else { return }
        rows?.append(contentsOf: page)
        hasMore = page.count == Int(pageRows)
    }

    public func open(_ row: CaseRow) async { await field.open(.casePage(CaseModel(field, row.id))) }
}
