#if canImport(SwiftUI) && os(iOS)
    import SwiftUI
    import XungeCoreApi
    import XungeFeatures

    /// Today.
    struct HomeScreen: View {
        let page: HomeModel
        @Environment(\.language) private var language

        var body: some View {
            let title = page.home?.person.name ?? Word.appName.of(language)
            PageFrame(title: title, field: page.field, asking: page.asking) {
                if let home = page.home { content(home) }
            } bottom: {
                StrongButton(Word.shutter.named, icon: "camera", enabled: !page.asking.busy, height: 72, page.shoot)
                Tabs(field: page.field)
            }
        }

        @ViewBuilder private func content(_ home: HomePage) -> some View {
            let beats = home.person.dutyGrids
            if beats.isEmpty { Said(.homeNoBeat) } else { Said(.homeBeat, beats.joined(separator: "、")) }
            DeliveryBanner(status: home.status, onOpen: page.openDelivery)
            if !home.status.setAside.isEmpty { LaneBanner(count: home.status.setAside.count, onOpen: page.openLane) }
            if let said = TasksSaid(home.tasks, now: page.field.serverTime()) {
                Banner(said.sign, more: said.more, onOpen: page.openTasks)
            }
            SoftButton(Word.homeMap.named, icon: "map", page.openMap)
            if !home.drafts.isEmpty {
                GroupTitle(.homeDrafts)
                ForEach(home.drafts, id: \.id) { draft in DraftCard(page: page, draft: draft) }
            }
            GroupTitle(.homeRecent)
            if home.recent.isEmpty { Said(.homeNothing) }
            ForEach(home.recent, id: \.id) { row in CaseRowCard(field: page.field, row: row) { await page.open(row) } }
        }
    }

    private struct DraftCard: View {
        let page: HomeModel
        let draft: Draft
        @Environment(\.language) private var language

        var body: some View {
            Button(action: doing { await page.open(draft) }) {
                Card {
                    HStack(spacing: 12) {
                        Picture(field: page.field, hash: draft.photos.first?.hash, caption: "", side: touchMin)
                        VStack(alignment: .leading, spacing: 2) {
                            Said(draft.classCode.flatMap { page.classNames[$0] } ?? Word.reportClassFirst.named)
                                .font(.headline)
                            Faint(ago(draft.updatedAt, now: page.field.platform.now(), language))
                        }
                    }
                }
            }
            .buttonStyle(.plain)
        }
    }
#endif
