import XungeCoreApi
import XungeMobile

/// The clock of the whole disposal, by the core's name for it.
private let overall = "disposal"

extension ClockView {
    var own: CaseClock {
        CaseClock(
            overall: kind == overall,
            zh: zh,
            en: en,
            turn: turn,
            // A state of later versions is one that cannot be computed here.
            state: state.flatMap(ClockState.init(rawValue:)),
            since: since.map(Instant.init),
            due: due.map(Instant.init),
            light: light?.own,
            usedPercent: usedPercent,
            explainedZh: explainedZh,
            explainedEn: explainedEn
        )
    }
}

extension XungeMobile.Light {
    var own: XungeCoreApi.Light {
        switch self {
        case .green: .green
        case .yellow: .yellow
        case .red: .red
        }
    }
}
