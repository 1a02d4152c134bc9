#if canImport(SwiftUI) && os(iOS)
    import SwiftUI
    import XungeCoreApi
    import XungeFeatures

    /// Our own small renderer: the base map where there is one, outlines of the unit grids, components, cases by their signs,
    /// and where one stands. Drag and pinch move it, a touch picks a case. Colour is never alone: each mark has its shape, and
    /// the list of cases says the same in words.
    struct MapCanvas: View {
        let page: MapModel
        let beat: BeatMap
        let plan: MapPlan
        let tiles: TilePictures
        /// Nothing where a touch picks no case.
        let onTouched: ((CGPoint) -> Void)?
        @State private var begun: MapPlan? = nil
        @Environment(\.palette) private var palette
        @Environment(\.language) private var language

        var body: some View {
            Canvas { context, _ in
                base(context)
                for grid in beat.grids { outline(context, grid) }
                for component in page.components { self.component(context, component) }
                if let here = page.here { self.here(context, here) }
                for row in beat.cases { mark(context, row) }
            }
            .background(palette.page.groundColor)
            .clipped()
            .contentShape(Rectangle())
            .gesture(moving.simultaneously(with: pinching))
            .onTapGesture { onTouched?($0) }
            .accessibilityLabel(
                Text(verbatim: Word.mapSays.of(language, beat.grids.count, beat.cases.count, page.components.count)))
        }

        private var moving: some Gesture {
            DragGesture(minimumDistance: 6)
                .onChanged { drag in
                    let from = begun ?? plan
                    begun = from
                    move(from.dragged(x: drag.translation.width, y: drag.translation.height))
                }
                .onEnded { _ in begun = nil }
        }

        private var pinching: some Gesture {
            MagnifyGesture()
                .onChanged { pinch in
                    let from = begun ?? plan
                    begun = from
                    move(from.pinched(pinch.magnification, x: pinch.startLocation.x, y: pinch.startLocation.y))
                }
                .onEnded { _ in begun = nil }
        }

        private func move(_ view: MapView) {
            Task { await page.show(view, heightToWidth: plan.heightToWidth) }
        }

        private func place(_ point: XungeCoreApi.Point) -> CGPoint {
            let (x, y) = plan.place(point)
            return CGPoint(x: x, y: y)
        }

        private func square(_ at: CGPoint, _ side: CGFloat) -> CGRect {
            CGRect(x: at.x - side / 2, y: at.y - side / 2, width: side, height: side)
        }

        private func base(_ context: GraphicsContext) {
            for tile in page.tiles.shown {
                guard let picture = tiles.picture(tile) else { continue }
                let (low, high) = (place(tile.area.southWest), place(tile.area.northEast))
                context.draw(picture, in: CGRect(x: low.x, y: high.y, width: high.x - low.x, height: low.y - high.y))
            }
            // Bright pictures under a veil of the page's own ground: marks stay readable, by night as well.
            if !page.tiles.shown.isEmpty {
                let all = CGRect(x: 0, y: 0, width: plan.width, height: plan.height)
                context.fill(Path(all), with: .color(palette.page.groundColor.opacity(0.35)))
            }
        }

        private func outline(_ context: GraphicsContext, _ grid: MapGrid) {
            var path = Path()
            path.addLines(grid.corners.map(place))
            path.closeSubpath()
            // Streets are seen through a grid once there are streets.
            if page.tiles.shown.isEmpty { context.fill(path, with: .color(palette.card.groundColor)) }
            context.stroke(path, with: .color(palette.faintOnCard.inkColor), lineWidth: 1.5)
            let box = path.boundingRect
            let name = context.resolve(
                Text(verbatim: grid.name).font(.caption).foregroundStyle(palette.faintOnCard.inkColor))
            let size = name.measure(in: box.size)
            // Its name, where it has room.
            if size.width < box.width * 0.9 && size.height < box.height * 0.5 {
                context.draw(name, at: CGPoint(x: box.midX, y: box.minY + 4), anchor: .top)
            }
        }

        private func component(_ context: GraphicsContext, _ component: XungeCoreApi.MapComponent) {
            let box = square(place(component.point), 5)
            context.stroke(Path(box), with: .color(palette.faintOnCard.inkColor), lineWidth: 1)
        }

        private func mark(_ context: GraphicsContext, _ row: CaseRow) {
            guard let point = row.point else { return }
            let (at, chosen) = (place(point), row.id == page.chosen?.id)
            let (sign, radius) = (row.state.sign, CGFloat(chosen ? 17 : 13))
            let pair = palette.of(sign.tone)
            let disc = Path(ellipseIn: square(at, radius * 2))
            context.fill(disc, with: .color(pair.groundColor))
            context.stroke(disc, with: .color(pair.inkColor), lineWidth: chosen ? 3 : 1.5)
            var inner = context
            let side = radius * 1.1
            inner.translateBy(x: at.x - side / 2, y: at.y - side / 2)
            inner.scaleBy(x: side / 10, y: side / 10)
            let line = StrokeStyle(lineWidth: 1.6, lineCap: .round, lineJoin: .round)
            inner.stroke(sign.shape.lines, with: .color(pair.inkColor), style: line)
            inner.fill(sign.shape.areas, with: .color(pair.inkColor))
        }

        /// Where one stands, with the circle in which that holds.
        private func here(_ context: GraphicsContext, _ fix: Fix) {
            let (at, ink) = (place(fix.point), palette.soft.inkColor)
            if let metres = fix.accuracyMetres {
                let circle = square(at, CGFloat(Double(metres) * plan.pointsPerMetre) * 2)
                context.fill(Path(ellipseIn: circle), with: .color(ink.opacity(0.15)))
            }
            context.fill(Path(ellipseIn: square(at, 18)), with: .color(palette.card.groundColor))
            context.fill(Path(ellipseIn: square(at, 12)), with: .color(ink))
            context.stroke(Path(ellipseIn: square(at, 18)), with: .color(ink), lineWidth: 2)
        }
    }
#endif
