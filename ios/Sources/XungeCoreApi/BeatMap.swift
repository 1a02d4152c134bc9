/// A rectangle on the map.
public struct Bounds: Hashable, Sendable {
    public let southWest: Point
    public let northEast: Point

    public init(southWest: Point, northEast: Point) {
        self.southWest = southWest
        self.northEast = northEast
    }
}

/// What a map draws, from what is on this device.
public struct BeatMap: Equatable, Sendable {
    /// The rectangle; nothing on a device without a beat.
    public var area: Bounds?
    /// Every unit grid of this person's beats, also those outside of the rectangle.
    public var grids: [MapGrid]
    /// None, where there are more than a screen has room for.
    public var components: [MapComponent]
    /// How many were left out for that.
    public var componentsLeftOut: UInt64
    public var cases: [CaseRow]

    public init(
        area: Bounds?, grids: [MapGrid] = [], components: [MapComponent] = [], componentsLeftOut: UInt64 = 0,
        cases: [CaseRow] = []
    ) {
        self.area = area
        self.grids = grids
        self.components = components
        self.componentsLeftOut = componentsLeftOut
        self.cases = cases
    }
}

/// A unit grid 单元网格 as it is drawn.
public struct MapGrid: Hashable, Sendable {
    public let code: UnitGridCode
    public let name: String
    /// The outer ring, in order; the last corner joins the first.
    public let corners: [Point]

    public init(code: UnitGridCode, name: String, corners: [Point]) {
        self.code = code
        self.name = name
        self.corners = corners
    }
}

/// A component 部件 as it is drawn.
public struct MapComponent: Hashable, Sendable {
    public let code: ComponentCode
    /// Code of its minor class.
    public let classCode: String
    /// May be empty.
    public let name: String
    public let point: Point

    public init(code: ComponentCode, classCode: String, name: String, point: Point) {
        self.code = code
        self.classCode = classCode
        self.name = name
        self.point = point
    }
}

/// The city's base map 底图, as far as it is on this device.
public struct BaseMap: Equatable, Sendable {
    public let title: String
    /// Shown wherever the map is: its licence wants that.
    public let attribution: String
    public let bytes: UInt64
    public let bytesHere: UInt64
    public let zoomMin: UInt8
    public let zoomMax: UInt8

    public init(
        title: String, attribution: String, bytes: UInt64, bytesHere: UInt64, zoomMin: UInt8, zoomMax: UInt8
    ) {
        self.title = title
        self.attribution = attribution
        self.bytes = bytes
        self.bytesHere = bytesHere
        self.zoomMin = zoomMin
        self.zoomMax = zoomMax
    }

    /// Whether all of it is here: only then it is drawn.
    public var complete: Bool { bytesHere == bytes }
}

/// A picture of the base map by its place in the pyramid, and where it lies.
public struct BaseMapTile: Hashable, Sendable {
    public let zoom: UInt8
    public let column: UInt32
    public let row: UInt32
    public let area: Bounds

    public init(zoom: UInt8, column: UInt32, row: UInt32, area: Bounds) {
        self.zoom = zoom
        self.column = column
        self.row = row
        self.area = area
    }
}
