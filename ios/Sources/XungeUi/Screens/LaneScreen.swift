#if canImport(SwiftUI) && os(iOS)
    import SwiftUI
    import XungeFeatures

    /// Refused work, kept until its author acts.
    struct LaneScreen: View {
        let page: LaneModel
        @Environment(\.language) private var language

        var body: some View {
            PageFrame(title: Word.laneTitle.of(language), field: page.field, asking: page.asking) {
                if let lane = page.lane {
                    Said(lane.isEmpty ? .laneNone : .laneWhy)
                    ForEach(lane, id: \.id) { item in
                        LaneCard(item: item, field: page.field) {
                            await page.open(item)
                        } onDismiss: {
                            await page.dismiss(item)
                        }
                    }
                } else {
                    Said(.loading)
                }
            } bottom: {
                EmptyView()
            }
        }
    }
#endif
