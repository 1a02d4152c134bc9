#if canImport(SwiftUI) && os(iOS)
    import SwiftUI
    import XungeCoreApi
    import XungeFeatures

    struct CaseListScreen: View {
        let page: CaseListModel
        @Environment(\.language) private var language

        var body: some View {
            PageFrame(title: Word.casesTitle.of(language), field: page.field, asking: page.asking) {
                FindField(.casesFind, page.wanted, page.find)
                if let rows = page.rows {
                    if rows.isEmpty { nothing }
                    ForEach(rows, id: \.id) { row in
                        CaseRowCard(field: page.field, row: row) { await page.open(row) }
                    }
                    if page.hasMore {
                        // The end came into view: the next page is read without being asked for.
                        SoftButton(Word.more.named, page.more).task(id: rows.count) { await page.more() }
                    }
                } else {
                    Said(.loading)
                }
            } bottom: {
                Tabs(field: page.field)
            }
        }

        @ViewBuilder private var nothing: some View {
            if page.wanted.isEmpty { Said(.casesNone) } else { Said(.casesNotFound, page.wanted) }
        }
    }

    /// A row of cases: what, where, how it stands, and whether it is safe.
    struct CaseRowCard: View {
        let field: FieldModel
        let row: CaseRow
        let onOpen: @MainActor () async -> Void
        @Environment(\.language) private var language

        var body: some View {
            Button(action: doing(onOpen)) {
                Card {
                    HStack(alignment: .top, spacing: 12) {
                        Picture(field: field, hash: row.thumb, caption: "", side: 64)
                        VStack(alignment: .leading, spacing: 4) {
                            Text(verbatim: row.title.isEmpty ? row.className : row.title).font(.headline)
                            Faint(row.address.isEmpty ? row.localCode : row.address)
                            Badge(row.state.sign)
                            if row.delivery != .received { Badge(row.delivery.sign) }
                            if row.severity != .ordinary { Badge(row.severity.sign) }
                            // What is in time needs no word.
                            if let light = row.light, light != .green { Badge(light.sign) }
                            if row.declined { Badge(Sign(Word.casesDeclined.named, .bad, .cross)) }
                            Faint(ago(row.updatedAt, now: field.platform.now(), language))
                        }
                    }
                }
            }
            .buttonStyle(.plain)
        }
    }
#endif
