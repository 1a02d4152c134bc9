import Foundation

/// So many metres is a unit of a point along a meridian, on the sphere that the core measures on.
private let metresPerUnit = 6_371_008.8 * Double.pi / 180 / 1e7

/// A point in WGS-84, in units of 10⁻⁷ degrees.
public struct Point: Hashable, Sendable {
    public let longitudeE7: Int32
    public let latitudeE7: Int32

    public init(longitudeE7: Int32, latitudeE7: Int32) {
        self.longitudeE7 = longitudeE7
        self.latitudeE7 = latitudeE7
    }

    /// Metres east and north of another point, on a plane that touches the Earth there: exact to a thousandth within a city.
    public func metres(from origin: Point) -> (east: Double, north: Double) {
        (
            (Double(longitudeE7) - Double(origin.longitudeE7)) * origin.metresPerUnitEast,
            (Double(latitudeE7) - Double(origin.latitudeE7)) * metresPerUnit
        )
    }

    public func distanceMetres(to other: Point) -> Double {
        let (east, north) = metres(from: other)
        return hypot(east, north)
    }

    /// The point so many metres east and north of this one, on the same plane.
    public func moved(east: Double, north: Double) -> Point {
        Point(
            longitudeE7: unit(Double(longitudeE7) + east / metresPerUnitEast),
            latitudeE7: unit(Double(latitudeE7) + north / metresPerUnit))
    }

    private var metresPerUnitEast: Double { metresPerUnit * cos(Double(latitudeE7) / 1e7 * .pi / 180) }
}

/// One answer of positioning.
public struct Fix: Hashable, Sendable {
    public let point: Point
    /// Nothing, when the provider does not say.
    public let accuracyMetres: UInt32?
    /// `gps`, `network`, `hand`…
    public let provider: String
    public let at: Instant
    /// Whether the platform says that it is made up.
    public let mock: Bool

    public init(point: Point, accuracyMetres: UInt32?, provider: String, at: Instant, mock: Bool = false) {
        self.point = point
        self.accuracyMetres = accuracyMetres
        self.provider = provider
        self.at = at
        self.mock = mock
    }
}

extension [Fix] {
    /// Those first that are more exact; of two as exact the later.
    public var byExactness: [Fix] {
        sorted { left, right in
            let (here, there) = (left.accuracyMetres ?? .max, right.accuracyMetres ?? .max)
            return here == there ? left.at > right.at : here < there
        }
    }

    public var best: Fix? { byExactness.first }
}

/// The nearest unit there is: what lies beyond every degree is the last one.
private func unit(_ number: Double) -> Int32 {
    number.isNaN ? 0 : Int32(min(max(number.rounded(), Double(Int32.min)), Double(Int32.max)))
}
