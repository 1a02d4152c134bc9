import XungeCoreApi

extension StepFact {
    /// What a step says beside its words: each kind has a sentence, or this does not compile.
    public func said(_ language: Language, now: Instant) -> String {
        func at(_ instant: Instant) -> String { moment(instant, now: now) }
        func span(_ from: Instant, _ until: Instant) -> String { Word.factWindow.of(language, at(from), at(until)) }
        return switch self {
        case .estimateAt(let instant): Word.factEstimate.of(language, at(instant))
        case .estimateWithin(let limit): Word.factEstimate.of(language, limit.said(language))
        case .version(let number): Word.factVersion.of(language, number)
        case .options(let options): Word.factOptions.of(language, options.joined(separator: "；"))
        case .decision(let text): Word.factDecision.of(language, text)
        case .undertaker(let body): Word.factUndertaker.of(language, body.name)
        case .cost(let bearer): Word.factCost.of(language, bearer.word.of(language))
        case .promise(let instant): Word.factPromise.of(language, at(instant))
        case .party(let body): Word.factParty.of(language, body.name)
        case .headcount(let people): Word.factHeadcount.of(language, people)
        case .window(let from, let until): span(from, until)
        case .turn(let body, let people, let post, let from, let until):
            Word.factTurn.of(language, body.name, people, post, span(from, until))
        case .percent(let percent): Word.factPercent.of(language, percent)
        case .finishedAt(let instant): Word.factFinished.of(language, at(instant))
        case .quantity(let what, let number, let unit): Word.factQuantity.of(language, what, number, unit)
        case .answer(let yes): (yes.map { $0 ? Word.factYes : .factNo } ?? .factUnsaid).of(language)
        }
    }
}

extension TimeComparison {
    /// Which two, and by how much.
    public func said(_ language: Language) -> String {
        let word: Word = laterMillis > 0 ? .checkinLater : laterMillis < 0 ? .checkinEarlier : .checkinSame
        let apart = duration(laterMillis, language)
        return word.of(language, measured.named.of(language), against.named.of(language), apart)
    }
}

extension NamedTime {
    /// The amount as it was said, and the instant where one follows.
    public func said(_ language: Language, now: Instant) -> String {
        [within?.said(language), at.map { moment($0, now: now) }].compactMap { $0 }.joined(separator: " · ")
    }
}
