#if canImport(SwiftUI) && os(iOS)
    import SwiftUI
    import XungeCoreApi
    import XungeFeatures

    /// A place chosen by hand: the map moves under a cross that stays in the middle.
    struct PlaceScreen: View {
        let page: PlaceModel
        @State private var plan: MapPlan? = nil
        @Environment(\.palette) private var palette
        @Environment(\.language) private var language

        var body: some View {
            MapFrame(title: .placeTitle, field: page.field, asking: page.map.asking) {
                if let beat = page.map.beat {
                    // Without a beat there is still a place to choose, where something says about where.
                    if beat.area == nil && page.map.view == nil {
                        Said(.mapNone).padding(16)
                    } else {
                        MapPane(page: page.map, beat: beat, touches: false) { plan = $0 } over: { cross }
                    }
                } else {
                    Said(.loading).padding(16)
                }
            } bottom: {
                Said(.placeHow)
                if let plan, let metres = page.metresAway(plan) {
                    Faint(Word.placeAway.of(language, distance(metres, language)))
                }
                StrongButton(Word.placeHere.named, icon: "mappin", enabled: plan != nil, height: 72) {
                    if let plan { await page.take(width: plan.width, height: plan.height) }
                }
            }
        }

        /// Dark on bright, so that it is seen over every picture. Who cannot drag moves the map by its actions.
        private var cross: some View {
            ZStack {
                lines.stroke(palette.card.groundColor, lineWidth: 6)
                lines.stroke(palette.card.inkColor, lineWidth: 2.5)
            }
            .frame(width: 64, height: 64)
            .allowsHitTesting(false)
            .accessibilityElement()
            .accessibilityLabel(Text(verbatim: Word.placeCross.of(language)))
            .accessibilityActions {
                ForEach(Way.allCases, id: \.self) { way in
                    Button(way.word.of(language), action: doing { await step(way) })
                }
            }
        }

        private func step(_ way: Way) async {
            if let plan { await page.map.show(plan.view.stepped(way), heightToWidth: plan.heightToWidth) }
        }

        private var lines: Path {
            Path { path in
                path.addLines([CGPoint(x: 32, y: 0), CGPoint(x: 32, y: 64)])
                path.addLines([CGPoint(x: 0, y: 32), CGPoint(x: 64, y: 32)])
                path.addEllipse(in: CGRect(x: 18, y: 18, width: 28, height: 28))
            }
        }
    }
#endif
