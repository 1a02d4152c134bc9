/// Why somebody does not take a task, in the order in which they are offered.
public enum DeclineCause: CaseIterable, Sendable {
    /// 身体不适.
    case sick

    /// 距离太远.
    case tooFar

    /// 已看过: was there already, so somebody else should look.
    case alreadySeen

    /// 其他: needs words.
    case other
}

/// Where a word about duty is.
public enum DutyDelivery: CaseIterable, Sendable {
    /// Only on this device: it counts once the server has it.
    case onDevice

    /// The server has it, and it counts.
    case received

    /// The server does not count it, for the reason that is told.
    case refused
}

/// That a task was declined on this device; once the server has that, the task leaves the list.
public struct Declined: Equatable, Sendable {
    public let cause: DeclineCause
    /// May be empty.
    public let words: String
    public let at: Instant
    public let delivery: DutyDelivery
    /// Why the server does not count it.
    public let reason: Reason?

    public init(cause: DeclineCause, words: String, at: Instant, delivery: DutyDelivery, reason: Reason? = nil) {
        self.cause = cause
        self.words = words
        self.at = at
        self.delivery = delivery
        self.reason = reason
    }
}

/// 请假, as it was said on this device: no task is offered in it.
public struct Leave: Equatable, Sendable {
    public let id: DutyNoteId
    public let from: Instant
    /// This instant is not included.
    public let until: Instant
    /// May be empty.
    public let words: String
    public let saidAt: Instant
    public let delivery: DutyDelivery
    /// Why the server does not count it.
    public let reason: Reason?
    /// Where the word is that takes it back; nothing where nobody did.
    public let takenBack: DutyDelivery?

    public init(
        id: DutyNoteId, from: Instant, until: Instant, words: String, saidAt: Instant, delivery: DutyDelivery,
        reason: Reason? = nil, takenBack: DutyDelivery? = nil
    ) {
        self.id = id
        self.from = from
        self.until = until
        self.words = words
        self.saidAt = saidAt
        self.delivery = delivery
        self.reason = reason
        self.takenBack = takenBack
    }
}
