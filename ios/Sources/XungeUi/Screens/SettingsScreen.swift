#if canImport(SwiftUI) && os(iOS)
    import SwiftUI
    import XungeCoreApi
    import XungeFeatures

    /// How the app looks, and how much room photos take.
    struct SettingsScreen: View {
        let page: SettingsModel
        @Environment(\.language) private var language

        var body: some View {
            let settings = page.field.settings
            PageFrame(title: Word.settingsTitle.of(language), field: page.field, asking: page.asking) {
                Choice(.settingsLanguage, Language.allCases, settings.language, word: \.word) { page.language($0) }
                Choice(.settingsText, TextSize.allCases, settings.textSize, word: \.word) { page.textSize($0) }
                Choice(.settingsAppearance, Appearance.allCases, settings.appearance, word: \.word) { page.appearance($0) }
                if let bytes = page.photoBytes {
                    GroupTitle(.roomTitle)
                    Said(.roomUsed, sized(bytes, language))
                    Faint(Word.roomWhy.of(language))
                    if let freed = page.freed { Banner(said(freed)) }
                    SoftButton(Word.roomFree.named, icon: "trash", enabled: !page.asking.busy, page.freeOriginals)
                }
            } bottom: {
                EmptyView()
            }
        }

        private func said(_ freed: Freed) -> Sign {
            freed.files == 0
                ? Sign(Word.roomNothing.named, .neutral, .minus)
                : Sign(Word.roomFreed.filled(sized(freed.bytes, language), freed.files), .good, .tick)
        }
    }

    /// One of several, under a title.
    private struct Choice<Value: Hashable>: View {
        let title: Word
        let values: [Value]
        let chosen: Value
        let word: (Value) -> Word
        let onPick: @MainActor (Value) -> Void

        init(
            _ title: Word, _ values: [Value], _ chosen: Value, word: @escaping (Value) -> Word,
            onPick: @escaping @MainActor (Value) -> Void
        ) {
            self.title = title
            self.values = values
            self.chosen = chosen
            self.word = word
            self.onPick = onPick
        }

        var body: some View {
            GroupTitle(title)
            LazyVGrid(columns: [GridItem(.adaptive(minimum: 110), spacing: 8)], alignment: .leading, spacing: 8) {
                ForEach(values, id: \.self) { value in
                    Chip(named: word(value).named, chosen: value == chosen) { onPick(value) }
                }
            }
        }
    }
#endif
