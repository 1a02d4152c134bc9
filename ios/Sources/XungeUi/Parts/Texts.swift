#if canImport(SwiftUI) && os(iOS)
    import SwiftUI
    import XungeFeatures

    /// A text of the table, in this person's language.
    struct Said: View {
        @Environment(\.language) private var language
        private let named: Named
        private let values: [any CustomStringConvertible & Sendable]

        init(_ word: Word, _ values: any CustomStringConvertible & Sendable...) {
            named = word.named
            self.values = values
        }

        init(_ named: Named) {
            self.named = named
            values = []
        }

        var body: some View { Text(verbatim: named.of(language, filledWith: values)) }
    }

    /// A title over a group of cards.
    struct GroupTitle: View {
        private let word: Word
        private let values: [any CustomStringConvertible & Sendable]
        @Environment(\.language) private var language

        init(_ word: Word, _ values: any CustomStringConvertible & Sendable...) {
            self.word = word
            self.values = values
        }

        var body: some View {
            Text(verbatim: word.named.of(language, filledWith: values))
                .font(.headline)
                .accessibilityAddTraits(.isHeader)
                .padding(.top, 8)
        }
    }

    /// Text beside the point.
    struct Faint: View {
        @Environment(\.palette) private var palette
        private let text: String

        init(_ text: String) { self.text = text }

        var body: some View {
            Text(verbatim: text).font(.subheadline).foregroundStyle(palette.faintOnCard.inkColor)
        }
    }
#endif
