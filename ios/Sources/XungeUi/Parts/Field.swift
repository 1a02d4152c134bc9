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
#endif
