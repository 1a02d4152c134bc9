/// A point in WGS-84, in units of 10⁻⁷ degrees.
public struct Point: Hashable, Sendable {
    public let longitudeE7: Int32
    public let latitudeE7: Int32

    public init(longitudeE7: Int32, latitudeE7: Int32) {
        self.longitudeE7 = longitudeE7
        self.latitudeE7 = latitudeE7
    }
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
