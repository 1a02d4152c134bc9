import Foundation
import XungeCoreApi
import XungeMobile

/// What a map draws.
extension BoundCore {
    public func map(_ area: XungeCoreApi.Bounds?) throws -> BeatMap { try asked { try app.map(area: area?.core).own } }

    public func baseMap() throws -> XungeCoreApi.BaseMap? {
        try asked {
            try app.baseMap().map { map in
                XungeCoreApi.BaseMap(
                    title: map.title, attribution: map.attribution, bytes: map.bytes, bytesHere: map.bytesHere,
                    zoomMin: map.zoomMin, zoomMax: map.zoomMax)
            }
        }
    }

    public func baseMapTiles(_ area: XungeCoreApi.Bounds, pixelsAcross: UInt32) throws -> [XungeCoreApi.BaseMapTile] {
        try asked {
            try app.baseMapTiles(area: area.core, pixelsAcross: pixelsAcross).map { tile in
                XungeCoreApi.BaseMapTile(zoom: tile.zoom, column: tile.column, row: tile.row, area: tile.area.own)
            }
        }
    }

    public func picture(_ tile: XungeCoreApi.BaseMapTile) throws -> Data? {
        try asked { try app.baseMapTile(zoom: tile.zoom, column: tile.column, row: tile.row) }
    }

    public func setMetered(_ metered: Bool) throws { try asked { try app.setMetered(metered: metered) } }
}

extension MapView {
    var own: BeatMap {
        BeatMap(
            area: area?.own,
            grids: grids.map { MapGrid(code: UnitGridCode($0.code), name: $0.name, corners: $0.corners.map(\.own)) },
            components: components.map {
                XungeCoreApi.MapComponent(
                    code: ComponentCode($0.code), classCode: $0.`class`, name: $0.name, point: $0.point.own)
            },
            componentsLeftOut: componentsLeftOut,
            cases: cases.map(\.own)
        )
    }
}

extension XungeMobile.Bounds {
    var own: XungeCoreApi.Bounds { XungeCoreApi.Bounds(southWest: southWest.own, northEast: northEast.own) }
}

extension XungeCoreApi.Bounds {
    var core: XungeMobile.Bounds { XungeMobile.Bounds(southWest: southWest.core, northEast: northEast.core) }
}
