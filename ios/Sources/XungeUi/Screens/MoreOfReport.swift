#if canImport(SwiftUI) && os(iOS)
    import SwiftUI
    import XungeCoreApi
    import XungeFeatures

    /// Hazards that are met every day, ready to be touched.
    private let hazards: [Word] = [.hazardFall, .hazardTraffic, .hazardElectric, .hazardFlood, .hazardFire]

    /// The optional part of a report.
    struct MoreOfReport: View {
        let page: ReportModel

        private let columns = [GridItem(.adaptive(minimum: 120), spacing: 8)]

        var body: some View {
            GroupTitle(.reportSeverity)
            LazyVGrid(columns: columns, alignment: .leading, spacing: 8) {
                ForEach(Severity.allCases, id: \.self) { each in
                    Chip(named: each.named, chosen: each == page.draft.severity) { await page.rate(each) }
                }
            }
            if !page.phrases.isEmpty {
                GroupTitle(.reportPhrases)
                Phrases(phrases: page.phrases, onPick: page.say)
            }
            Field(.reportDescription, page.draft.description, page.describe).id(page.phrasesSaid)
            GroupTitle(.reportHazards)
            LazyVGrid(columns: columns, alignment: .leading, spacing: 8) {
                ForEach(hazards, id: \.self) { each in
                    // In Chinese whatever the screen speaks: colleagues read it.
                    Chip(named: each.named, chosen: page.draft.hazards.contains(each.named.zh)) {
                        await page.hazard(each.named.zh)
                    }
                }
            }
            Field(.reportAddress, page.draft.address, page.address)
            SoftButton(Word.discard.named, icon: "trash", page.discard)
        }
    }
#endif
