import XungeCoreApi

/// How long until an instant, or how long ago it was.
public func left(until due: Instant, now: Instant, _ language: Language) -> String {
    let word: Word = now > due ? .caseClockOver : .caseClockLeft
    return word.of(language, duration(due.millis - now.millis, language))
}

extension CaseClock {
    public func title(_ language: Language) -> String {
        let name = Named(zh, en).of(language)
        return turn > 1 ? "\(name) · \(Word.caseClockTurn.of(language, turn))" : name
    }

    /// When it is due, how long that is while it runs, and how much is used.
    public func said(now: Instant, _ language: Language) -> String {
        let words = [
            due.map { Word.caseClockDue.of(language, moment($0, now: now)) },
            state == .running ? due.map { left(until: $0, now: now, language) } : nil,
            usedPercent.map { Word.caseClockUsed.of(language, $0) },
        ].compactMap { $0 }
        return words.isEmpty ? Word.caseClockUnknown.of(language) : words.joined(separator: " · ")
    }

    public func why(_ language: Language) -> String { Named(explainedZh, explainedEn).of(language) }

    /// Whether it is shown whole: that of the whole disposal, and a stage that is not over.
    var current: Bool { overall || state == .running || state == .held }
}
