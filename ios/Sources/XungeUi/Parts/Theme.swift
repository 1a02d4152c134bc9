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
