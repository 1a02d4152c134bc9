#if canImport(SwiftUI) && os(iOS)
    import Foundation
    import SwiftUI
    import XungeCore
    import XungeCoreApi
    import XungeFeatures

    /// The app of a phone: the real core, the phone's keys, camera, position and network, and the pages over them.
    public struct XungePhone: View {
        @State private var opened = Opened()

        public init() {}

        public var body: some View {
            switch opened.app {
            case .success(let app):
                XungeRoot(field: app.field)
                    .fullScreenCover(isPresented: .constant(app.camera.shown)) {
                        CameraScreen(camera: app.camera).ignoresSafeArea()
                    }
            case .failure(let problem):
                Banner(Sign(problem.named, .bad, .cross)).padding()
            }
        }
    }

    /// What is opened once in the life of the process.
    @MainActor
    private struct Opened {
        struct App {
            let field: FieldModel
            let camera: PhoneCamera
        }

        let app: Result<App, Problem>

        init() {
            do {
                let folder = try Self.folder()
                let core = try BoundCore(
                    folder: folder, deviceKey: try EnclaveDeviceKey(), storeKey: KeychainStoreKey())
                let positions = PhonePositions()
                let camera = PhoneCamera(positions)
                let platform = Platform(
                    camera: camera, positions: positions, link: UrlSessionLink(),
                    now: { Instant(Int64(Date().timeIntervalSince1970 * 1_000)) },
                    later: { millis, work in
                        Task {
                            try? await Task.sleep(for: .milliseconds(Int64(clamping: millis)))
                            work()
                        }
                    })
                let language = Language.ofPhone(preferred: Locale.preferredLanguages)
                app = .success(App(field: FieldModel(core: core, platform: platform, language: language), camera: camera))
            } catch {
                app = .failure(Problem.of(error))
            }
        }

        /// Where the store lives: in no backup, because its key is in none either.
        private static func folder() throws -> URL {
            var folder = URL.applicationSupportDirectory.appending(path: "xunge")
            try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
            var values = URLResourceValues()
            values.isExcludedFromBackup = true
            try folder.setResourceValues(values)
            return folder
        }
    }
#endif
