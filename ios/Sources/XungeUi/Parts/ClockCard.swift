#if canImport(SwiftUI) && os(iOS)
    import SwiftUI
    import XungeCoreApi
    import XungeFeatures

    /// A limit: what it is of, its light, when it is due and how long that is; why, where that is asked for.
    struct ClockCard: View {
        let clock: CaseClock
        let explained: Bool
        let now: Instant
        @Environment(\.language) private var language

        var body: some View {
            Card {
                Text(verbatim: clock.title(language)).font(.headline)
                if let light = clock.light { Badge(light.sign) }
                if let state = clock.state { Badge(state.sign) }
                Text(verbatim: clock.said(now: now, language))
                if explained { Faint(clock.why(language)) }
            }
        }
    }

    /// Limits that are over, a line each.
    struct ClockLines: View {
        let clocks: [CaseClock]
        @Environment(\.language) private var language

        var body: some View {
            Card {
                ForEach(Array(clocks.enumerated()), id: \.offset) { _, clock in
                    HStack(spacing: 8) {
                        Text(verbatim: clock.title(language))
                        Spacer(minLength: 0)
                        if let sign = clock.light?.sign ?? clock.state?.sign { Badge(sign) }
                    }
                }
            }
        }
    }
#endif
