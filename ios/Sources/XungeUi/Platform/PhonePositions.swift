#if canImport(SwiftUI) && os(iOS)
    import CoreLocation
    import XungeCoreApi
    import XungeFeatures

    /// The phone's positioning. It is asked for when a report needs it; without it a report goes with a reason.
    @MainActor
    final class PhonePositions: NSObject, Positions, @preconcurrency CLLocationManagerDelegate {
        private let manager = CLLocationManager()
        private var listeners: [Int: @MainActor (Fix) async -> Void] = [:]
        private var begun = 0

        /// The newest fixes, for a photo that is just taken.
        private(set) var recent: [Fix] = []

        override init() {
            super.init()
            manager.delegate = self
            manager.desiredAccuracy = kCLLocationAccuracyBest
        }

        func watch(_ onFix: @escaping @MainActor (Fix) async -> Void) -> any Watch {
            begun += 1
            listeners[begun] = onFix
            manager.requestWhenInUseAuthorization()
            manager.startUpdatingLocation()
            return Listening(positions: self, number: begun)
        }

        func locationManager(_ manager: CLLocationManager, didUpdateLocations locations: [CLLocation]) {
            let fixes = locations.compactMap(Fix.init)
            recent = Array((recent + fixes).suffix(8))
            for fix in fixes {
                for listener in listeners.values { Task { await listener(fix) } }
            }
        }

        /// No position is no failure: the page says that it waits.
        func locationManager(_ manager: CLLocationManager, didFailWithError error: any Error) {}

        private func stop(_ number: Int) {
            listeners[number] = nil
            if listeners.isEmpty {
                manager.stopUpdatingLocation()
                recent = []
            }
        }

        private struct Listening: Watch {
            let positions: PhonePositions
            let number: Int

            func stop() { positions.stop(number) }
        }
    }

    extension Fix {
        /// Nothing for a position that the phone itself calls invalid.
        fileprivate init?(_ location: CLLocation) {
            guard location.horizontalAccuracy >= 0 else { return nil }
            self.init(
                point: Point(
                    longitudeE7: Int32((location.coordinate.longitude * 1e7).rounded()),
                    latitudeE7: Int32((location.coordinate.latitude * 1e7).rounded())),
                accuracyMetres: UInt32(location.horizontalAccuracy.rounded()),
                provider: "ios",
                at: Instant(Int64(location.timestamp.timeIntervalSince1970 * 1_000)),
                mock: location.sourceInformation?.isSimulatedBySoftware ?? false
            )
        }
    }
#endif
