#if canImport(SwiftUI) && os(iOS)
    import SwiftUI
    import XungeFeatures

    /// The outline of a sign, drawn in a square of ten by ten; it grows with the text beside it.
    struct Mark: View {
        let shape: XungeFeatures.Shape
        let ink: Color
        @ScaledMetric private var size: CGFloat = 18

        var body: some View {
            Canvas { context, area in
                let unit = area.width / 10
                context.scaleBy(x: unit, y: unit)
                let lines = StrokeStyle(lineWidth: 1.6, lineCap: .round, lineJoin: .round)
                context.stroke(shape.lines, with: .color(ink), style: lines)
                context.fill(shape.areas, with: .color(ink))
            }
            .frame(width: size, height: size)
            .accessibilityHidden(true)
        }
    }

    extension XungeFeatures.Shape {
        /// What is drawn as a line.
        var lines: Path {
            switch self {
            case .up: path([(5, 9), (5, 1.5)], [(1.8, 4.7), (5, 1.5), (8.2, 4.7)])
            case .right: path([(1, 5), (8.5, 5)], [(5.3, 1.8), (8.5, 5), (5.3, 8.2)])
            case .left: path([(9, 5), (1.5, 5)], [(4.7, 1.8), (1.5, 5), (4.7, 8.2)])
            case .lens: circle(4.3, 4.3, 2.9).adding(path([(6.6, 6.6), (9, 9)]))
            case .half: circle(5, 5, 3.9)
            case .ring: circle(5, 5, 3.8)
            case .hollowDiamond: path([(5, 1), (9, 5), (5, 9), (1, 5), (5, 1)])
            case .triangle: path([(5, 1.2), (9.2, 8.6), (0.8, 8.6), (5, 1.2)], [(5, 4), (5, 5.8)])
            case .tick: path([(1.2, 5.4), (3.9, 8.1), (8.8, 2.2)])
            case .cross: path([(1.8, 1.8), (8.2, 8.2)], [(8.2, 1.8), (1.8, 8.2)])
            case .minus: path([(1.2, 5), (8.8, 5)])
            case .bars: path([(3.2, 1.6), (3.2, 8.4)], [(6.8, 1.6), (6.8, 8.4)])
            case .phone:
                path([(2.6, 0.9), (7.4, 0.9), (7.4, 9.1), (2.6, 9.1), (2.6, 0.9)], [(4.6, 7.3), (5.4, 7.3)])
            case .dots, .disc, .square, .diamond: Path()
            }
        }

        /// What is filled.
        var areas: Path {
            switch self {
            case .dots: circle(1.8, 5, 1.15).adding(circle(5, 5, 1.15)).adding(circle(8.2, 5, 1.15))
            case .half:
                Path { path in
                    path.addArc(
                        center: CGPoint(x: 5, y: 5), radius: 3.9, startAngle: .degrees(90), endAngle: .degrees(270),
                        clockwise: false)
                    path.closeSubpath()
                }
            case .disc: circle(5, 5, 4.2)
            case .square: path([(1.5, 1.5), (8.5, 1.5), (8.5, 8.5), (1.5, 8.5), (1.5, 1.5)])
            case .diamond: path([(5, 0.6), (9.4, 5), (5, 9.4), (0.6, 5), (5, 0.6)])
            case .up, .right, .left, .lens, .ring, .hollowDiamond, .triangle, .tick, .cross, .minus, .bars, .phone:
                Path()
            }
        }
    }

    private func path(_ lines: [(CGFloat, CGFloat)]...) -> Path {
        Path { path in
            for line in lines { path.addLines(line.map { CGPoint(x: $0.0, y: $0.1) }) }
        }
    }

    private func circle(_ x: CGFloat, _ y: CGFloat, _ radius: CGFloat) -> Path {
        Path(ellipseIn: CGRect(x: x - radius, y: y - radius, width: 2 * radius, height: 2 * radius))
    }

    extension Path {
        fileprivate func adding(_ other: Path) -> Path {
            var both = self
            both.addPath(other)
            return both
        }
    }
#endif
