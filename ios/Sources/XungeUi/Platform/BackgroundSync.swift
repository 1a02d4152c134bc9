#if canImport(SwiftUI) && canImport(BackgroundTasks) && os(iOS)
    import BackgroundTasks
    import Foundation
    import UIKit
    import XungeFeatures

    /// The name under which the phone knows the task; it stands in the app's Info as well (`BGTaskSchedulerPermittedIdentifiers`).
    let backgroundTaskName = "xunge.sync"

    /// The earliest that is worth asking for; when it comes, or whether, is the phone's affair.
    private let earliestSeconds: TimeInterval = 15 * 60

    /// A round of sync when the phone finds the time. A hint only: correctness never depends on it, and the journal says whether
    /// it ever happened.
    @MainActor
    final class BackgroundSync {
        private let field: FieldModel

        init(_ field: FieldModel) { self.field = field }

        /// Asks for one run; each run asks for the next.
        func schedule() {
            let request = BGAppRefreshTaskRequest(identifier: backgroundTaskName)
            request.earliestBeginDate = Date(timeIntervalSinceNow: earliestSeconds)
            // What the phone does not grant is no failure: the journal says that nothing ever ran.
            guard (try? BGTaskScheduler.shared.submit(request)) != nil else { return }
            field.platform.journal.scheduled()
        }

        /// What the phone granted. When it wants the process to rest, the round that runs ends with its request.
        func run() async {
            schedule()
            let field = field
            _ = await withTaskCancellationHandler {
                await field.backgroundRound()
            } onCancel: {
                Task { @MainActor in field.stopBackgroundRound() }
            }
        }

        /// The app leaves the front: asks for time until its files are closed. When the phone wants it back, the round that runs
        /// ends with its request.
        func leaveFront() async {
            schedule()
            let app = UIApplication.shared
            let field = field
            let time = app.beginBackgroundTask(withName: backgroundTaskName) { field.syncing.stop() }
            await field.background()
            app.endBackgroundTask(time)
        }
    }

    /// The journal among the app's small settings: it holds times and codes.
    @MainActor
    struct SettingsJournal: JournalStore {
        private let key = "background-journal"

        func read() -> Data? { UserDefaults.standard.data(forKey: key) }

        func write(_ journal: Data) { UserDefaults.standard.set(journal, forKey: key) }
    }
#endif
