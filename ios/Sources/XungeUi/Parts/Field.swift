#if canImport(SwiftUI) && os(iOS)
    import SwiftUI
    import XungeFeatures

    /// A field to write in, with its name over it. What is being written is the field's own, so that a slow disk never takes
    /// a letter back; every change is handed on.
    struct Field: View {
        let name: Word
        let hint: String
        let onChange: @MainActor (String) async -> Void
        @State private var text: String
        @Environment(\.language) private var language
        @Environment(\.palette) private var palette

        init(_ name: Word, _ text: String, hint: String = "", _ onChange: @escaping @MainActor (String) async -> Void) {
            self.name = name
            self.hint = hint
            self.onChange = onChange
            _text = State(initialValue: text)
        }

        var body: some View {
            VStack(alignment: .leading, spacing: 4) {
                Said(name).font(.subheadline)
                TextField(hint, text: $text, axis: .vertical)
                    .padding(12)
                    .frame(minHeight: touchMin)
                    .inked(palette.card)
                    .clipShape(RoundedRectangle(cornerRadius: 12))
                    .accessibilityLabel(Text(verbatim: name.of(language)))
                    .onChange(of: text) { _, new in Task { await onChange(new) } }
            }
        }
    }

    /// A field to look for something, with a way to empty it.
    struct FindField: View {
        let name: Word
        let onChange: @MainActor (String) async -> Void
        @State private var text: String
        @Environment(\.language) private var language
        @Environment(\.palette) private var palette

        init(_ name: Word, _ text: String, _ onChange: @escaping @MainActor (String) async -> Void) {
            self.name = name
            self.onChange = onChange
            _text = State(initialValue: text)
        }

        var body: some View {
            HStack(spacing: 4) {
                Image(systemName: "magnifyingglass").accessibilityHidden(true)
                TextField(name.of(language), text: $text)
                    .autocorrectionDisabled()
                    .accessibilityLabel(Text(verbatim: name.of(language)))
                if !text.isEmpty {
                    Button { text = "" } label: {
                        Image(systemName: "xmark.circle").frame(width: touchMin, height: touchMin)
                    }
                    .accessibilityLabel(Text(verbatim: Word.clear.of(language)))
                }
            }
            .padding(.leading, 12)
            .frame(minHeight: touchMin)
            .inked(palette.card)
            .clipShape(RoundedRectangle(cornerRadius: 12))
            .onChange(of: text) { _, new in Task { await onChange(new) } }
        }
    }

    /// Texts of the city's table in one row, ready to be touched. In Chinese whatever the screen speaks: colleagues read them.
    struct Phrases: View {
        let phrases: [String]
        let onPick: @MainActor (String) async -> Void

        var body: some View {
            if !phrases.isEmpty {
                ScrollView(.horizontal, showsIndicators: false) {
                    HStack(spacing: 8) {
                        ForEach(phrases, id: \.self) { phrase in
                            Chip(named: Named(phrase, phrase), chosen: false) { await onPick(phrase) }
                        }
                    }
                }
            }
        }
    }
#endif
