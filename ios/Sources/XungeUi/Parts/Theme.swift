#if canImport(SwiftUI) && os(iOS)
    import SwiftUI
    import XungeFeatures

    /// Nothing that is touched is smaller: gloves, rain, one hand.
    let touchMin: CGFloat = 56

    extension Colour {
        var swiftUi: Color { Color(.sRGB, red: red, green: green, blue: blue) }
    }

    extension Inked {
        var inkColor: Color { ink.swiftUi }
        var groundColor: Color { ground.swiftUi }
    }

    extension EnvironmentValues {
        @Entry var language = Language.chinese

        /// The colours of this hour: the phone says whether they are dark.
        var palette: Palette { colorScheme == .dark ? .dark : .light }
    }

    /// Text size and light of this person, on top of what the phone says.
    struct Looks: ViewModifier {
        let settings: XungeFeatures.Settings
        @Environment(\.dynamicTypeSize) private var phone

        func body(content: Content) -> some View {
            content
                .dynamicTypeSize(larger(by: settings.textSize.stepsLarger))
                .preferredColorScheme(light)
        }

        private var light: ColorScheme? {
            switch settings.appearance {
            case .asThePhone: nil
            case .light: .light
            case .dark: .dark
            }
        }

        private func larger(by steps: Int) -> DynamicTypeSize {
            let sizes = DynamicTypeSize.allCases
            let at = sizes.firstIndex(of: phone) ?? 0
            return sizes[min(at + steps, sizes.count - 1)]
        }
    }

    extension View {
        /// Ink and ground together, so that one is never without the other.
        func inked(_ pair: Inked) -> some View { foregroundStyle(pair.inkColor).background(pair.groundColor) }
    }

    /// Runs what a button asks for on the main actor.
    @MainActor
    func doing(_ work: @escaping @MainActor () async -> Void) -> () -> Void {
        { Task { await work() } }
    }
#endif
