#if canImport(SwiftUI) && os(iOS)
    import SwiftUI
    import XungeCoreApi
    import XungeFeatures

    /// What every page has: a title, a way back, what went wrong, the content, and at the thumb what can be done.
    struct PageFrame<Content: View, Bottom: View>: View {
        let title: String
        let field: FieldModel
        let asking: Asking?
        @ViewBuilder let content: () -> Content
        @ViewBuilder let bottom: () -> Bottom
        @Environment(\.palette) private var palette
        @Environment(\.language) private var language

        var body: some View {
            VStack(spacing: 0) {
                HStack {
                    if field.canGoBack {
                        Button(action: doing(field.back)) {
                            Image(systemName: "chevron.backward").frame(width: touchMin, height: touchMin)
                        }
                        .accessibilityLabel(Text(verbatim: Word.back.of(language)))
                    }
                    Text(verbatim: title).font(.title2.bold()).accessibilityAddTraits(.isHeader)
                    Spacer(minLength: 0)
                }
                .padding(.horizontal, 12)
                ScrollView {
                    LazyVStack(alignment: .leading, spacing: 12) {
                        if let asking, let problem = asking.problem { ProblemBanner(problem, asking) }
                        content()
                    }
                    .padding(12)
                }
                VStack(spacing: 8) { bottom() }.padding(12)
            }
            .inked(palette.page)
        }
    }

    /// What went wrong, in words, until it is understood.
    struct ProblemBanner: View {
        let problem: Problem
        let asking: Asking

        init(_ problem: Problem, _ asking: Asking) {
            self.problem = problem
            self.asking = asking
        }

        var body: some View {
            VStack(spacing: 8) {
                Banner(Sign(problem.named, .bad, .cross))
                SoftButton(Word.understood.named) { asking.understood() }
            }
        }
    }

    /// A card.
    struct Card<Content: View>: View {
        @ViewBuilder let content: () -> Content
        @Environment(\.palette) private var palette

        var body: some View {
            VStack(alignment: .leading, spacing: 8) { content() }
                .padding(14)
                .frame(maxWidth: .infinity, minHeight: touchMin, alignment: .leading)
                .inked(palette.card)
                .clipShape(RoundedRectangle(cornerRadius: 16))
        }
    }

    /// The first pages, at the thumb.
    struct Tabs: View {
        let field: FieldModel

        var body: some View {
            HStack(spacing: 8) {
                SoftButton(Word.tabToday.named, icon: "checkmark.circle") { await field.showHome() }
                SoftButton(Word.tabCases.named, icon: "doc.text") { await field.showCases() }
                SoftButton(Word.tabCheckins.named, icon: "person.2") { await field.showCheckins() }
                SoftButton(Word.tabMe.named, icon: "person") { await field.showMe() }
            }
        }
    }
#endif
