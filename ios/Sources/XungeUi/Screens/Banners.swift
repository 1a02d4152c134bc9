#if canImport(SwiftUI) && os(iOS)
    import SwiftUI
    import XungeCoreApi
    import XungeFeatures

    /// What is not safe yet; opens the delivery page.
    struct DeliveryBanner: View {
        let status: SyncStatus
        let onOpen: (@MainActor () async -> Void)?

        var body: some View {
            let unsent = status.textsUnsent + status.photoFilesUnsent
            if unsent == 0 {
                Banner(Sign(Word.homeAllSafe.named, .good, .tick), more: Word.homeAllSafeMore.named, onOpen: onOpen)
            } else {
                let word: Word = status.photoFilesUnsent == 0 ? .homeUnsent : .homeUnsentPhotos
                Banner(
                    Sign(word.filled(unsent, status.photoFilesUnsent), .waiting, .phone),
                    more: Word.homeUnsentMore.named, onOpen: onOpen)
            }
        }
    }

    /// Refused work is there; opens it.
    struct LaneBanner: View {
        let count: Int
        let onOpen: @MainActor () async -> Void

        var body: some View {
            Banner(Sign(Word.homeLane.filled(count), .bad, .cross), more: Word.homeLaneMore.named, onOpen: onOpen)
        }
    }

    /// One piece of refused work, with its reason.
    struct LaneCard: View {
        let item: SetAside
        let field: FieldModel
        let onOpen: (@MainActor () async -> Void)?
        let onDismiss: @MainActor () async -> Void
        @Environment(\.language) private var language

        var body: some View {
            Card {
                HStack {
                    Said(kindNamed(item.kind)).font(.headline)
                    Spacer(minLength: 0)
                    Badge(item.outcome.sign)
                }
                Said(item.reason.named)
                Faint(ago(item.at, now: field.platform.now(), language))
                HStack(spacing: 8) {
                    if let onOpen { SoftButton(Word.laneOpen.named, onOpen) }
                    SoftButton(Word.laneDismiss.named, onDismiss)
                }
            }
        }
    }
#endif
