#if canImport(SwiftUI) && os(iOS)
    import SwiftUI
    import XungeFeatures

    /// A state: its words, its colour and its shape, always all three.
    struct Badge: View {
        let sign: Sign
        @Environment(\.palette) private var palette

        init(_ sign: Sign) { self.sign = sign }

        var body: some View {
            let pair = palette.of(sign.tone)
            HStack(spacing: 6) {
                Mark(shape: sign.shape, ink: pair.inkColor)
                Said(sign.named)
            }
            .padding(.horizontal, 10)
            .padding(.vertical, 6)
            .inked(pair)
            .clipShape(RoundedRectangle(cornerRadius: 10))
            .accessibilityElement(children: .combine)
        }
    }

    /// Something to know, across the page; opens what it is about.
    struct Banner: View {
        let sign: Sign
        let more: Named?
        let onOpen: (@MainActor () async -> Void)?
        @Environment(\.palette) private var palette

        init(_ sign: Sign, more: Named? = nil, onOpen: (@MainActor () async -> Void)? = nil) {
            self.sign = sign
            self.more = more
            self.onOpen = onOpen
        }

        var body: some View {
            if let onOpen {
                Button(action: doing(onOpen)) { content }.buttonStyle(.plain)
            } else {
                content
            }
        }

        private var content: some View {
            let pair = palette.of(sign.tone)
            return HStack(spacing: 12) {
                Mark(shape: sign.shape, ink: pair.inkColor)
                VStack(alignment: .leading, spacing: 2) {
                    Said(sign.named).font(.headline)
                    if let more { Said(more).font(.subheadline) }
                }
                Spacer(minLength: 0)
            }
            .padding(14)
            .frame(maxWidth: .infinity, minHeight: touchMin, alignment: .leading)
            .inked(pair)
            .clipShape(RoundedRectangle(cornerRadius: 14))
            .accessibilityElement(children: .combine)
        }
    }
#endif
