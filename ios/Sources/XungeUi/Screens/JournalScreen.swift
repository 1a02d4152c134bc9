#if canImport(SwiftUI) && os(iOS)
    import SwiftUI
    import XungeCoreApi
    import XungeFeatures

    /// What the app did, and whether the phone lets it work in the background.
    struct JournalScreen: View {
        let page: JournalModel
        @Environment(\.language) private var language

        var body: some View {
            let now = page.field.platform.now()
            PageFrame(title: Word.logTitle.of(language), field: page.field, asking: nil) {
                GroupTitle(.backgroundTitle)
                Background(standing: page.standing, now: now)
                GroupTitle(.logTitle)
                Said(page.lines.isEmpty ? .logNone : .logWhy)
                ForEach(page.lines, id: \.number) { line in
                    HStack(alignment: .firstTextBaseline, spacing: 8) {
                        Badge(line.event.sign)
                        Spacer(minLength: 0)
                        Faint(moment(line.at, now: now))
                    }
                }
            } bottom: {
                EmptyView()
            }
        }
    }

    private struct Background: View {
        let standing: BackgroundStanding
        let now: Instant

        var body: some View {
            if standing.said(now).hindered {
                Banner(Sign(standing.text(now), .waiting, .triangle), more: Word.backgroundRefresh.named)
            } else {
                Banner(Sign(standing.text(now), .good, .tick))
            }
        }
    }
#endif
