#if canImport(SwiftUI) && os(iOS)
    import SwiftUI
    import XungeCoreApi
    import XungeFeatures

    /// The map of the beat: drawn from what is on this device, without a network.
    struct MapScreen: View {
        let page: MapModel
        @State private var plan: MapPlan? = nil
        @Environment(\.language) private var language

        var body: some View {
            MapFrame(title: .mapTitle, field: page.field, asking: page.asking) {
                if let beat = page.beat {
                    if beat.area == nil {
                        Said(.mapNone).padding(16)
                    } else {
                        MapPane(page: page, beat: beat, touches: true) { plan = $0 } over: { EmptyView() }
                    }
                } else {
                    Said(.loading).padding(16)
                }
            } bottom: {
                chosen
                if page.componentsLeftOut > 0 { Said(.mapLeftOut, page.componentsLeftOut) }
                if let base = page.tiles.base, !base.complete {
                    BaseMapLine(base: base, metered: page.field.platform.network.metered)
                }
                if page.beat?.cases.isEmpty == false, let plan {
                    SoftButton(Word.mapNext.named, icon: "arrow.right") {
                        await page.next(heightToWidth: plan.heightToWidth)
                    }
                }
            }
        }

        @ViewBuilder private var chosen: some View {
            if let row = page.chosen {
                CaseRowCard(field: page.field, row: row) { await page.open(row) }
            } else {
                Said(.mapTouch)
            }
        }
    }

    /// How much of the base map is here.
    struct BaseMapLine: View {
        let base: BaseMap
        let metered: Bool
        @Environment(\.language) private var language

        var body: some View { Faint(base.said(metered: metered).of(language)) }
    }

    /// A page whose middle is a map: it does not scroll, the map moves.
    struct MapFrame<Content: View, Bottom: View>: View {
        let title: Word
        let field: FieldModel
        let asking: Asking
        @ViewBuilder let content: () -> Content
        @ViewBuilder let bottom: () -> Bottom
        @Environment(\.palette) private var palette

        var body: some View {
            VStack(spacing: 0) {
                PageHead(title: title.named, field: field)
                if let problem = asking.problem { ProblemBanner(problem, asking).padding(12) }
                ZStack { content() }.frame(maxWidth: .infinity, maxHeight: .infinity)
                VStack(alignment: .leading, spacing: 8) { bottom() }.padding(12)
            }
            .inked(palette.page)
        }
    }

    /// A title, and the way back.
    private struct PageHead: View {
        let title: Named
        let field: FieldModel
        @Environment(\.language) private var language

        var body: some View {
            HStack {
                Button(action: doing(field.back)) {
                    Image(systemName: "chevron.backward").frame(width: touchMin, height: touchMin)
                }
                .accessibilityLabel(Text(verbatim: Word.back.of(language)))
                Said(title).font(.title2.bold()).accessibilityAddTraits(.isHeader)
                Spacer(minLength: 0)
            }
            .padding(.horizontal, 12)
        }
    }
#endif
