import XungeCoreApi

extension FieldTask {
    /// Until when an answer is due, and how long that is.
    public func time(now: Instant, _ language: Language) -> String {
        "\(Word.taskDue.of(language, moment(dueAt, now: now))) · \(left(until: dueAt, now: now, language))"
    }

    /// Where it is and how far that is, as far as that is known; empty where nothing is.
    public func place(metres: Double?, _ language: Language) -> String {
        let away = metres.map { Word.taskAway.of(language, distance($0, language)) }
        return [address.isEmpty ? nil : address, away].compactMap { $0 }.joined(separator: " · ")
    }

    /// What is asked.
    public var asked: Named { kind.asked.named }

    /// On the page of its case: until when, and since when that counts; or what became of it.
    public func more(now: Instant, _ language: Language) -> String {
        let standing = standing(now)
        var lines: [String]
        switch standing {
        case .answered: lines = [Word.taskAnswered.of(language)]
        case .declined:
            let cause = declined?.cause.named.of(language) ?? ""
            lines = [Word.declineSaid.of(language, cause), Word.declineMore.of(language)]
        case .overdue: lines = [time(now: now, language), Word.taskLateFine.of(language)]
        case .soon, .inTime:
            lines = [time(now: now, language), Word.taskClock.of(language, moment(deliveredAt, now: now))]
        }
        if standing != .answered, let declined, declined.delivery == .refused {
            let reason = declined.reason?.named.of(language) ?? declined.delivery.named.of(language)
            lines.append(Word.declineRefused.of(language, reason))
        }
        return lines.joined(separator: "\n")
    }
}

/// The tasks that wait, as home says them.
public struct TasksSaid: Equatable, Sendable {
    public let sign: Sign
    public let more: Named

    /// Nothing, where none waits.
    public init?(_ tasks: [FieldTask], now: Instant) {
        let open = tasks.filter(\.waits)
        guard let next = open.map(\.dueAt).min(), let worst = open.map({ $0.standing(now) }).max() else { return nil }
        sign = Sign(Word.homeTasks.filled(open.count), worst.sign.tone, worst.sign.shape)
        more = worst == .overdue ? Word.homeTasksLate.named : Word.homeTasksNext.filled(moment(next, now: now))
    }
}
