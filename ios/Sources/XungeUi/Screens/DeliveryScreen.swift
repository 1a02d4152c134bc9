#if canImport(SwiftUI) && os(iOS)
    import SwiftUI
    import XungeCoreApi
    import XungeFeatures

    /// What, how much, since when, why not, send now.
    struct DeliveryScreen: View {
        let page: DeliveryModel
        @Environment(\.language) private var language

        var body: some View {
            let work: SyncWork = page.field.syncing
            PageFrame(title: Word.syncTitle.of(language), field: page.field, asking: page.asking) {
                if let status = page.status { content(status, work) } else { Said(.loading) }
            } bottom: {
                StrongButton(
                    (work.running ? Word.syncBusy : .syncNow).named, icon: "paperplane", enabled: !work.running,
                    page.sendNow)
            }
        }

        @ViewBuilder private func content(_ status: SyncStatus, _ work: SyncWork) -> some View {
            DeliveryBanner(status: status, onOpen: nil)
            if !work.running, let outcome = work.outcome { OutcomeBanner(outcome: outcome, held: status.photoFilesHeldBack > 0) }
            if let problem = work.problem { Banner(Sign(problem.named, .bad, .cross)) }
            if !status.setAside.isEmpty { LaneBanner(count: status.setAside.count, onOpen: page.openLane) }
            Card {
                count(.syncTexts, status.textsUnsent)
                count(.syncPhotos, status.photoFilesUnsent)
            }
            if status.photoFilesHeldBack > 0 {
                Banner(Sign(Word.syncHeld.filled(status.photoFilesHeldBack), .paused, .bars), more: Word.syncHeldMore.named)
                SoftButton(Word.syncAllNow.named, icon: "paperplane", enabled: !work.running, page.sendEverything)
            }
            if let reason = status.baseMapProblem { Banner(Sign(Word.settingsBaseMap.named, .waiting, .half), more: reason.named) }
            compared(status)
            SoftButton(Word.logTitle.named, icon: "list.bullet", page.openJournal)
            Said(.syncOfflineFine)
        }

        private func count(_ what: Word, _ unsent: UInt64) -> some View {
            HStack {
                Said(what).font(.headline)
                Spacer(minLength: 0)
                Badge(
                    unsent == 0
                        ? Sign(Word.syncSafe.named, .good, .tick) : Sign(Word.syncLeft.filled(unsent), .waiting, .phone))
            }
        }

        /// Whether this device and the server have the same, as far as anybody looked.
        private func compared(_ status: SyncStatus) -> some View {
            Card {
                if let at = status.comparedAt {
                    Faint(Word.syncCompared.of(language, moment(at, now: page.field.platform.now())))
                } else {
                    Faint(Word.syncNeverCompared.of(language))
                }
                if status.failures > 0 { Faint(Word.syncFailures.of(language, status.failures)) }
                if status.differs { Banner(Sign(Word.syncDiffers.named, .waiting, .half)) }
                if status.logContradicted { Banner(Sign(Word.syncLog.named, .bad, .triangle)) }
            }
        }
    }

    private struct OutcomeBanner: View {
        let outcome: SyncOutcome
        let held: Bool
        @Environment(\.language) private var language

        var body: some View {
            switch outcome {
            case .done: Banner(Sign((held ? Word.syncDoneHeld : .syncDone).named, .good, .tick))
            case .refused(let why): Banner(Sign(why.named, .bad, .cross))
            case .revoked: Banner(Sign(Word.syncRevoked.named, .bad, .minus))
            case .later(0, let why): Banner(Sign(Word.syncAgain.named, .waiting, .bars), more: why?.named)
            case .later(let wait, let why):
                let text = Word.syncLater.filled(duration(Int64(clamping: wait), language))
                Banner(Sign(text, .waiting, .bars), more: why?.named)
            }
        }
    }
#endif
