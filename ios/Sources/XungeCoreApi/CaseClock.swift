/// How a matter stands against its limit, at a glance.
public enum Light: CaseIterable, Sendable {
    /// Time enough.
    case green

    /// Due soon.
    case yellow

    /// Overdue.
    case red
}

public enum ClockState: String, CaseIterable, Sendable {
    case running
    case held
    case stopped
    case finished
}

/// A limit of a case that runs or ran, as this device computes it without a network.
public struct CaseClock: Equatable, Sendable {
    /// The limit of the whole disposal; otherwise that of a stage.
    public let overall: Bool
    public let zh: String
    public let en: String
    /// The how many-th of its kind, from 1.
    public let turn: UInt32
    /// Nothing where it cannot be computed.
    public let state: ClockState?
    /// Since when it stands still.
    public let since: Instant?
    public let due: Instant?
    public let light: Light?
    /// Used of allowed, in percent.
    public let usedPercent: Int64?
    /// Why it is due then, a line each.
    public let explainedZh: String
    public let explainedEn: String

    public init(
        overall: Bool, zh: String, en: String, turn: UInt32 = 1, state: ClockState?, since: Instant? = nil,
        due: Instant?, light: Light?, usedPercent: Int64? = nil, explainedZh: String = "", explainedEn: String = ""
    ) {
        self.overall = overall
        self.zh = zh
        self.en = en
        self.turn = turn
        self.state = state
        self.since = since
        self.due = due
        self.light = light
        self.usedPercent = usedPercent
        self.explainedZh = explainedZh
        self.explainedEn = explainedEn
    }
}
