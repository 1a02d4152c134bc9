#if canImport(SwiftUI) && os(iOS)
    import SwiftUI
    import XungeCoreApi
    import XungeFeatures

    struct CheckinListScreen: View {
        let page: CheckinListModel
        @Environment(\.language) private var language

        var body: some View {
            PageFrame(title: Word.checkinsTitle.of(language), field: page.field, asking: page.asking) {
                if let rows = page.rows {
                    if rows.isEmpty { Said(.checkinsNone) }
                    ForEach(rows, id: \.id) { row in
                        CheckinCard(field: page.field, row: row) { await page.open(row) }
                    }
                    if page.hasMore {
                        // The end came into view: the next page is read without being asked for.
                        SoftButton(Word.more.named, page.more).task(id: rows.count) { await page.more() }
                    }
                } else {
                    Said(.loading)
                }
            } bottom: {
                if page.mayOpen { StrongButton(Word.checkinOpen.named, icon: "pencil", page.begin) }
                Tabs(field: page.field)
            }
        }
    }

    /// A row of check-ins: what, how far, and whether it is safe.
    private struct CheckinCard: View {
        let field: FieldModel
        let row: CheckinRow
        let onOpen: @MainActor () async -> Void
        @Environment(\.language) private var language

        var body: some View {
            Button(action: doing(onOpen)) {
                Card {
                    Text(verbatim: row.title).font(.headline)
                    Faint(steps)
                    Faint(beside)
                    Badge(row.state.sign)
                    if row.delivery != .received { Badge(row.delivery.sign) }
                    if row.declined { Badge(Sign(Word.casesDeclined.named, .bad, .cross)) }
                }
            }
            .buttonStyle(.plain)
        }

        private var steps: String {
            guard let last = row.lastStep else { return Word.checkinNoSteps.of(language) }
            return Word.checkinSteps.of(language, row.steps, last.named.of(language))
        }

        private var beside: String {
            let when = ago(row.updatedAt, now: field.platform.now(), language)
            return [row.initiation?.named.of(language), when].compactMap { $0 }.joined(separator: " · ")
        }
    }
#endif
