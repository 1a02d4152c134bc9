#if canImport(SwiftUI) && os(iOS)
    import Foundation
    import SwiftUI
    import XungeCore
    import XungeCoreApi
    import XungeFeatures

    /// The app of a phone: the real core, the phone's keys, camera, position and network, and the pages over them.
    public struct XungePhone: Scene {
        @State private var opened = Opened()

        public init() {}

        public var body: some Scene {
            // Captured here, on the main actor: the phone runs the task on its own.
            let background = opened.background
            return WindowGroup { OpenedScreen(opened: opened) }
                .backgroundTask(.appRefresh(backgroundTaskName)) { await background?.run() }
        }
    }

    private struct OpenedScreen: View {
        let opened: Opened

        var body: some View {
            switch opened.app {
            case .success(let app):
                XungeRoot(field: app.field, onBackground: app.background.leaveFront)
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
            let background: BackgroundSync
        }

        let app: Result<App, Problem>

        var background: BackgroundSync? { try? app.get().background }

        init() {
            do {
                let folder = try Self.folder()
                let log = LogBook { Instant(Int64(Date().timeIntervalSince1970 * 1_000)) }
                let core = try BoundCore(
                    folder: folder, deviceKey: try EnclaveDeviceKey(), storeKey: KeychainStoreKey(), log: log)
                let positions = PhonePositions()
                let camera = PhoneCamera(positions)
                let now = { Instant(Int64(Date().timeIntervalSince1970 * 1_000)) }
                let language = Language.ofPhone(preferred: Locale.preferredLanguages)
                let platform = Platform(
                    camera: camera, positions: positions, link: UrlSessionLink(), network: PhoneNetwork(),
                    journal: SyncJournal(SettingsJournal(), now: now), log: log,
                    settings: DefaultsSettings(.standard, phone: language), now: now,
                    later: { millis, work in
                        Task {
                            try? await Task.sleep(for: .milliseconds(Int64(clamping: millis)))
                            work()
                        }
                    })
                let field = FieldModel(core: core, platform: platform, language: language)
                let background = BackgroundSync(field)
                app = .success(App(field: field, camera: camera, background: background))
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
