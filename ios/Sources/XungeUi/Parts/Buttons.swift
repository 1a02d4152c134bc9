#if canImport(SwiftUI) && os(iOS)
    import SwiftUI
    import XungeFeatures

    /// The one thing to do.
    struct StrongButton: View {
        let word: Named
        let icon: String?
        let enabled: Bool
        let height: CGFloat
        let action: @MainActor () async -> Void
        @Environment(\.palette) private var palette

        init(
            _ word: Named, icon: String? = nil, enabled: Bool = true, height: CGFloat = 64,
            _ action: @escaping @MainActor () async -> Void
        ) {
            self.word = word
            self.icon = icon
            self.enabled = enabled
            self.height = height
            self.action = action
        }

        var body: some View {
            Button(action: doing(action)) {
                Labelled(word: word, icon: icon)
                    .font(.title3.bold())
                    .frame(maxWidth: .infinity, minHeight: height)
                    .inked(enabled ? palette.strong : palette.of(.neutral))
                    .clipShape(RoundedRectangle(cornerRadius: 16))
            }
            .buttonStyle(.plain)
            .disabled(!enabled)
        }
    }

    /// Something that can be done as well.
    struct SoftButton: View {
        let word: Named
        let icon: String?
        let enabled: Bool
        let action: @MainActor () async -> Void
        @Environment(\.palette) private var palette

        init(
            _ word: Named, icon: String? = nil, enabled: Bool = true, _ action: @escaping @MainActor () async -> Void
        ) {
            self.word = word
            self.icon = icon
            self.enabled = enabled
            self.action = action
        }

        var body: some View {
            Button(action: doing(action)) {
                Labelled(word: word, icon: icon)
                    .padding(.horizontal, 14)
                    .frame(maxWidth: .infinity, minHeight: touchMin)
                    .inked(palette.soft)
                    .clipShape(RoundedRectangle(cornerRadius: 14))
            }
            .buttonStyle(.plain)
            .disabled(!enabled)
        }
    }

    /// One of several to choose from.
    struct Chip: View {
        let named: Named
        let beside: String?
        let chosen: Bool
        let action: @MainActor () async -> Void
        @Environment(\.palette) private var palette

        /// `beside` says more of it, in smaller letters.
        init(
            named: Named, beside: String? = nil, chosen: Bool, _ action: @escaping @MainActor () async -> Void
        ) {
            self.named = named
            self.beside = beside
            self.chosen = chosen
            self.action = action
        }

        var body: some View {
            Button(action: doing(action)) {
                HStack(spacing: 6) {
                    if chosen { Mark(shape: .tick, ink: palette.strong.inkColor) }
                    VStack(alignment: .leading, spacing: 2) {
                        Said(named)
                        if let beside { Text(verbatim: beside).font(.footnote) }
                    }
                }
                .padding(.horizontal, 14)
                .frame(minHeight: touchMin)
                .inked(chosen ? palette.strong : palette.soft)
                .clipShape(RoundedRectangle(cornerRadius: 14))
            }
            .buttonStyle(.plain)
            .accessibilityAddTraits(chosen ? .isSelected : [])
        }
    }

    private struct Labelled: View {
        let word: Named
        let icon: String?

        var body: some View {
            HStack(spacing: 8) {
                if let icon { Image(systemName: icon).accessibilityHidden(true) }
                Said(word)
            }
        }
    }
#endif
