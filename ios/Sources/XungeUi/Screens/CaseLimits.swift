#if canImport(SwiftUI) && os(iOS)
    import SwiftUI
    import XungeCoreApi
    import XungeFeatures

    /// Its limits: the whole disposal and the stages that run with their lights, those that are over in a line each.
    struct CaseClocks: View {
        let page: CaseModel

        var body: some View {
            let (current, over) = (page.clocks, page.clocksOver)
            if !current.isEmpty || !over.isEmpty {
                GroupTitle(.caseClocks)
                ForEach(Array(current.enumerated()), id: \.offset) { _, clock in
                    ClockCard(clock: clock, explained: page.explained, now: page.field.serverTime())
                }
                if page.explained && !over.isEmpty {
                    GroupTitle(.caseClockOthers)
                    ClockLines(clocks: over)
                }
                let why: Word = page.explained ? .caseClockWhyNot : .caseClockWhy
                SoftButton(why.named) { page.explained.toggle() }
            }
        }
    }

    /// What bodies found on site.
    struct CaseSurveys: View {
        let page: CaseModel
        let surveys: [Survey]
        @Environment(\.language) private var language

        var body: some View {
            if !surveys.isEmpty {
                GroupTitle(.caseSurveys)
                Card {
                    ForEach(surveys, id: \.id) { survey in
                        Text(verbatim: survey.cause)
                        Faint(beside(survey))
                    }
                }
            }
        }

        private func beside(_ survey: Survey) -> String {
            let estimate = survey.estimate.map { Word.caseSurveyEstimate.of(language, $0.said(language)) }
            return [page.name(survey.organisation), estimate].compactMap { $0 }.joined(separator: " · ")
        }
    }
#endif
