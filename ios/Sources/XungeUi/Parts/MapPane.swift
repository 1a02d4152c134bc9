#if canImport(SwiftUI) && os(iOS)
    import SwiftUI
    import XungeCoreApi
    import XungeFeatures

    /// So much closer or farther at a touch.
    private let zoom = 1.6

    /// The map with what is laid over it: closer, farther, where I am, and whose work the base map is.
    struct MapPane<Over: View>: View {
        let page: MapModel
        let beat: BeatMap
        let touches: Bool
        /// How the map lies now: for what is outside of it.
        let onPlan: (MapPlan) -> Void
        @ViewBuilder let over: () -> Over
        @State private var tiles = TilePictures()
        @Environment(\.palette) private var palette
        @Environment(\.displayScale) private var displayScale

        var body: some View {
            GeometryReader { place in
                if let plan = page.plan(width: place.size.width, height: place.size.height) {
                    ZStack {
                        MapCanvas(page: page, beat: beat, plan: plan, tiles: tiles, onTouched: touched(plan))
                        over()
                        buttons(plan)
                        attribution
                    }
                    .onChange(of: plan, initial: true) { _, now in onPlan(now) }
                    .task(id: Look(plan: plan, base: page.tiles.base)) {
                        await page.tiles.look(plan.area, pixelsAcross: UInt32(plan.width * displayScale))
                        await tiles.bring(page.tiles)
                    }
                }
            }
        }

        private struct Look: Equatable {
            let plan: MapPlan
            let base: BaseMap?
        }

        private func touched(_ plan: MapPlan) -> ((CGPoint) -> Void)? {
            touches ? { at in page.touch(plan, x: at.x, y: at.y) } : nil
        }

        private func buttons(_ plan: MapPlan) -> some View {
            VStack(spacing: 8) {
                MapButton(.mapCloser, "plus") { await show(plan.view.zoomed(zoom), plan) }
                MapButton(.mapFarther, "minus") { await show(plan.view.zoomed(1 / zoom), plan) }
                if page.here != nil {
                    MapButton(.mapHere, "location") { await page.showHere(heightToWidth: plan.heightToWidth) }
                }
            }
            .padding(12)
            .frame(maxWidth: .infinity, maxHeight: .infinity, alignment: .bottomTrailing)
        }

        /// Wherever the base map is in view: its licence wants that.
        @ViewBuilder private var attribution: some View {
            if let attribution = page.tiles.attribution {
                Text(verbatim: attribution)
                    .font(.caption)
                    .padding(.horizontal, 6)
                    .padding(.vertical, 2)
                    .inked(palette.card)
                    .frame(maxWidth: .infinity, maxHeight: .infinity, alignment: .bottomLeading)
            }
        }

        private func show(_ view: MapView, _ plan: MapPlan) async {
            await page.show(view, heightToWidth: plan.heightToWidth)
        }
    }

    /// A round button over the map, on a ground of its own.
    private struct MapButton: View {
        let word: Word
        let icon: String
        let action: @MainActor () async -> Void
        @Environment(\.palette) private var palette
        @Environment(\.language) private var language

        init(_ word: Word, _ icon: String, _ action: @escaping @MainActor () async -> Void) {
            self.word = word
            self.icon = icon
            self.action = action
        }

        var body: some View {
            Button(action: doing(action)) {
                Image(systemName: icon)
                    .frame(width: touchMin, height: touchMin)
                    .inked(palette.card)
                    .clipShape(Circle())
                    .overlay(Circle().stroke(palette.faintOnCard.inkColor, lineWidth: 1))
            }
            .buttonStyle(.plain)
            .accessibilityLabel(Text(verbatim: word.of(language)))
        }
    }
#endif
