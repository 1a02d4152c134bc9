#if canImport(SwiftUI) && os(iOS)
    import SwiftUI
    import XungeCoreApi
    import XungeFeatures

    /// A check-in being opened, or the bodies to pick its parties from.
    struct CheckinOpenScreen: View {
        let page: CheckinOpenModel
        @Environment(\.language) private var language

        var body: some View {
            if let side = page.picking { Picking(page: page, side: side) } else { form }
        }

        private var form: some View {
            PageFrame(title: Word.checkinOpenTitle.of(language), field: page.field, asking: page.asking) {
                Field(.checkinOpenWhat, page.title) { page.title = $0 }
                GroupTitle(.checkinOpenHow)
                ForEach(onSiteInitiations, id: \.self) { each in
                    Chip(named: each.named, chosen: each == page.initiation) { page.initiation = each }
                }
                place
                ForEach(Side.allCases, id: \.self) { side in Parties(page: page, side: side) }
            } bottom: {
                if !page.ready && !page.asking.busy { Said(.checkinOpenMissing) }
                StrongButton(Word.checkinOpenGo.named, icon: "paperplane", enabled: page.ready, page.open)
            }
        }

        @ViewBuilder private var place: some View {
            if page.about != nil {
                Banner(Sign(Word.checkinSubjectCase.named, .active, .right))
            } else {
                Field(.checkinOpenWhere, page.address) { page.address = $0 }
                switch page.position {
                case .good(let metres), .weak(let metres): Said(.reportPlaceGood, metres)
                case .unsaid: Said(.reportPlaceUnsaid)
                case .waiting: Said(.reportPlaceWaiting)
                }
            }
        }
    }

    private struct Parties: View {
        let page: CheckinOpenModel
        let side: Side
        @Environment(\.language) private var language

        var body: some View {
            let picked = page.parties(side)
            Card {
                Faint(side.word.of(language))
                if !picked.isEmpty { Text(verbatim: picked.map(page.nameOf).joined(separator: "、")) }
                SoftButton(Word.checkinOpenPick.named, icon: "person.2") { page.pickFor(side) }
            }
        }
    }

    /// The bodies of the city, to touch.
    private struct Picking: View {
        let page: CheckinOpenModel
        let side: Side
        @Environment(\.language) private var language

        var body: some View {
            PageFrame(title: side.word.of(language), field: page.field, asking: page.asking) {
                Field(.checkinOpenFind, page.wanted) { page.wanted = $0 }
                if page.found.isEmpty { Said(.checkinOpenNoBody) }
                ForEach(page.found, id: \.id) { body in
                    let chosen = page.parties(side).contains(body.id)
                    Chip(named: Named(body.name, body.name), chosen: chosen) { page.pick(side, body.id) }
                }
            } bottom: {
                StrongButton(Word.checkinOpenDone.named) { page.pickFor(nil) }
            }
        }
    }
#endif
