import XungeCoreApi

private let metresAcrossMin = 40.0
private let metresAcrossMax = 100_000.0

/// So wide the map is where one stands.
let metresAcrossHere = 300.0

/// A step of the map is so much of its width.
private let stepOfWidth = 0.125

/// Ways in which a map can be moved by name.
public enum Way: CaseIterable, Sendable {
    case north
    case south
    case east
    case west

    public var word: Word {
        switch self {
        case .north: .placeNorth
        case .south: .placeSouth
        case .east: .placeEast
        case .west: .placeWest
        }
    }
}

/// What of the beat is in view: its middle, and how many metres the width of the screen is.
public struct MapView: Equatable, Sendable {
    public let middle: Point
    public let metresAcross: Double

    public init(middle: Point, metresAcross: Double) {
        self.middle = middle
        self.metresAcross = metresAcross.isNaN ? metresAcrossMax : min(max(metresAcross, metresAcrossMin), metresAcrossMax)
    }

    /// All of a rectangle with a margin, on a screen so many times as high as wide.
    public init(of area: Bounds, heightToWidth: Double) {
        let (east, north) = area.northEast.metres(from: area.southWest)
        let middle = area.southWest.moved(east: east / 2, north: north / 2)
        self.init(middle: middle, metresAcross: max(abs(east), abs(north) / max(heightToWidth, 0.01)) * 1.08)
    }

    public func zoomed(_ factor: Double) -> MapView { MapView(middle: middle, metresAcross: metresAcross / factor) }

    /// The view a step further: for who moves the map by name.
    public func stepped(_ way: Way) -> MapView {
        let step = metresAcross * stepOfWidth
        let moved =
            switch way {
            case .north: middle.moved(east: 0, north: step)
            case .south: middle.moved(east: 0, north: -step)
            case .east: middle.moved(east: step, north: 0)
            case .west: middle.moved(east: -step, north: 0)
            }
        return MapView(middle: moved, metresAcross: metresAcross)
    }

    /// The rectangle in view, on a screen so many times as high as wide.
    public func area(heightToWidth: Double) -> Bounds {
        let (east, north) = (metresAcross / 2, metresAcross * heightToWidth / 2)
        return Bounds(southWest: middle.moved(east: -east, north: -north), northEast: middle.moved(east: east, north: north))
    }
}

/// Where points of the Earth are on a screen, and back. Lengths are in the screen's own points, from its upper left.
public struct MapPlan: Equatable, Sendable {
    public let view: MapView
    public let width: Double
    public let height: Double

    public init(view: MapView, width: Double, height: Double) {
        self.view = view
        self.width = max(width, 1)
        self.height = max(height, 1)
    }

    public var pointsPerMetre: Double { width / view.metresAcross }
    public var heightToWidth: Double { height / width }
    public var area: Bounds { view.area(heightToWidth: heightToWidth) }

    public func place(_ point: Point) -> (x: Double, y: Double) {
        let (east, north) = point.metres(from: view.middle)
        return (width / 2 + east * pointsPerMetre, height / 2 - north * pointsPerMetre)
    }

    /// What lies under a finger.
    public func point(x: Double, y: Double) -> Point {
        view.middle.moved(east: (x - width / 2) / pointsPerMetre, north: (height / 2 - y) / pointsPerMetre)
    }

    /// The view after a drag by so much: the map follows the finger.
    public func dragged(x: Double, y: Double) -> MapView {
        MapView(
            middle: view.middle.moved(east: -x / pointsPerMetre, north: y / pointsPerMetre),
            metresAcross: view.metresAcross)
    }

    /// The view after a pinch by so much around a place, which stays under the fingers.
    public func pinched(_ factor: Double, x: Double, y: Double) -> MapView {
        guard factor.isFinite, factor > 0 else { return view }
        let held = point(x: x, y: y)
        let closer = MapPlan(view: view.zoomed(factor), width: width, height: height)
        let (nowX, nowY) = closer.place(held)
        return closer.dragged(x: x - nowX, y: y - nowY)
    }
}
