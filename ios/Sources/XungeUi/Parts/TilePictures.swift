#if canImport(SwiftUI) && os(iOS)
    import Observation
    import SwiftUI
    import UIKit
    import XungeCoreApi
    import XungeFeatures

    /// Decoded pictures cost memory: so many are kept.
    private let picturesMax = 96

    /// Pictures of the base map as they are drawn: decoded off the screen's thread, the last ones kept.
    @MainActor
    @Observable
    final class TilePictures {
        private var kept = Recent<BaseMapTile, Image>(max: picturesMax)
        @ObservationIgnored private var loading: Set<BaseMapTile> = []

        /// The picture where it is decoded already. Reading it from a drawing does not count as a use, which would draw anew.
        func picture(_ tile: BaseMapTile) -> Image? { kept.peek(tile) }

        /// Brings what is in view, one picture after the other; what was cast out meanwhile is left.
        func bring(_ tiles: MapTiles) async {
            for tile in tiles.shown where kept.use(tile) == nil && loading.insert(tile).inserted {
                defer { loading.remove(tile) }
                guard tiles.shown.contains(tile), let bytes = await tiles.picture(tile) else { continue }
                // What is no picture leaves its place blank.
                if let image = await UIImage(data: bytes)?.byPreparingForDisplay() { kept.keep(tile, Image(uiImage: image)) }
            }
        }
    }
#endif
