#if canImport(SwiftUI) && os(iOS)
    import SwiftUI
    import XungeCoreApi
    import XungeFeatures

    private let columns = [GridItem(.adaptive(minimum: 140), spacing: 8)]

    /// Where it is: how exactly, in which unit grid, and what can be done where that is weak.
    struct ReportPlace: View {
        let page: ReportModel

        var body: some View {
            if page.draft.point == nil {
                found
                SoftButton(Word.reportPlaceChoose.named, icon: "map", page.chooseOnMap)
            } else {
                Banner(Sign(Word.reportPlaceChosen.named, .good, .tick), more: page.grid.map { Word.reportGrid.filled($0.name) })
                SoftButton(Word.reportPlaceAgain.named, icon: "map", page.chooseOnMap)
                SoftButton(Word.reportPlaceBack.named, icon: "location") { await page.place(at: nil) }
            }
            grids
        }

        @ViewBuilder private var found: some View {
            let grid = page.grid.map { Word.reportGrid.filled($0.name) }
            switch page.position {
            case .good(let metres): Banner(Sign(Word.reportPlaceGood.filled(metres), .good, .tick), more: grid)
            case .unsaid: Banner(Sign(Word.reportPlaceUnsaid.named, .active, .ring), more: grid)
            case .weak(let metres): Banner(Sign(Word.reportPlaceWeak.filled(metres), .waiting, .half), more: grid)
            case .waiting:
                Banner(Sign(Word.reportPlaceWaiting.named, .waiting, .dots), more: Word.reportPlaceNone.named)
                Field(.reportNoGridReason, page.draft.noGridReason ?? "", page.explainNoPlace)
            }
        }

        @ViewBuilder private var grids: some View {
            let grids = page.around?.grids ?? []
            if grids.count > 1 {
                GroupTitle(.reportGridWhich)
                LazyVGrid(columns: columns, alignment: .leading, spacing: 8) {
                    ForEach(grids, id: \.code) { each in
                        Chip(
                            named: Named(each.name, each.name), beside: "\(Int((each.share * 100).rounded()))%",
                            chosen: each.code == page.draft.unitGrid
                        ) { await page.pickGrid(each.code) }
                    }
                }
            }
            if page.outsideGrids {
                Banner(Sign(Word.reportGridNone.named, .waiting, .hollowDiamond))
                Field(.reportNoGrid, page.draft.noGridReason ?? "", page.explainNoPlace)
            }
        }
    }

    /// The classes to touch, each with why it is offered.
    struct LikelyClasses: View {
        let page: ReportModel
        @Environment(\.language) private var language

        var body: some View {
            let picked = page.picked
            LazyVGrid(columns: columns, alignment: .leading, spacing: 8) {
                if let picked, !page.likely.contains(where: { $0.each == picked }) {
                    Chip(named: picked.named, chosen: true) { await page.pick(picked) }
                }
                ForEach(page.likely, id: \.each.code) { likely in
                    Chip(
                        named: likely.each.named, beside: likely.offer?.said(language), chosen: likely.each == picked
                    ) { await page.pick(likely.each) }
                }
                SoftButton(Word.reportClassAll.named, icon: "magnifyingglass") { page.wanted = "" }
            }
        }
    }

    /// What stands here of the class that was picked, and the less likely cases of the same matter.
    struct ReportAround: View {
        let page: ReportModel
        @Environment(\.language) private var language

        var body: some View {
            if !page.components.isEmpty {
                GroupTitle(.reportComponent)
                LazyVGrid(columns: columns, alignment: .leading, spacing: 8) {
                    ForEach(page.components, id: \.code) { each in
                        let name = each.name.isEmpty ? String(each.code.text.suffix(6)) : each.name
                        let metres = Word.reportMetres.of(language, Int(each.metres.rounded()))
                        Chip(
                            named: Named(name, name), beside: "\(metres) · \(each.maintainer)",
                            chosen: each.code == page.draft.component
                        ) { await page.pickComponent(each.code) }
                    }
                }
            }
            // The likeliest stands above the button.
            let others = page.duplicates.dropFirst()
            if !others.isEmpty {
                GroupTitle(.reportDuplicatesMore)
                ForEach(others, id: \.id) { each in
                    Card {
                        DuplicateLines(each: each)
                        Chip(named: Word.reportSame.named, chosen: each.id == page.draft.possibleDuplicateOf) {
                            await page.link(each.id)
                        }
                    }
                }
            }
        }
    }

    /// A case that is probably the same matter: what, how far, and why.
    struct DuplicateLines: View {
        let each: LikelyDuplicate
        @Environment(\.language) private var language

        var body: some View {
            Text(verbatim: each.title.isEmpty ? each.className : each.title).font(.headline)
            Badge(each.state.sign)
            Faint(Named(each.zh, each.en).of(language))
        }
    }
#endif
