/// What is asked for on site, with what it needs. The other verbs belong to a desk.
public enum CaseAct: Equatable, Sendable {
    /// 核实: whether it is so; nothing when it cannot be said. With a photo of one's own.
    case verify(result: Bool?, note: String)

    /// 核查: whether it was put right. With a photo of one's own.
    case check(passed: Bool, note: String)

    /// 联合核查: the cause as a body sees it on site, and how long the works may take. With a photo, near the point.
    case jointSurvey(cause: String, estimate: Limit?)

    /// 接收.
    case claim

    /// 反馈: it is done. With a photo after the works, near the point.
    case feedback(note: String)
}
