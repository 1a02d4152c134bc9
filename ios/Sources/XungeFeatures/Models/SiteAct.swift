import XungeCoreApi

/// The core takes no reason that is shorter.
private let reasonCharactersMin = 2

/// What is done on site, which photo it needs and which phrases are offered with it.
public enum SiteActKind: CaseIterable, Sendable {
    case verify
    case check
    case jointSurvey
    case claim
    case feedback

    /// Nothing, for what is done at a desk.
    init?(_ action: ActionName) {
        guard let kind = Self.allCases.first(where: { $0.action == action }) else { return nil }
        self = kind
    }

    public var action: ActionName {
        switch self {
        case .verify: .verify
        case .check: .check
        case .jointSurvey: .jointSurvey
        case .claim: .claim
        case .feedback: .feedback
        }
    }

    /// What its photo shows; nothing where it needs none.
    public var purpose: PhotoPurpose? {
        switch self {
        case .verify, .jointSurvey: .verify
        case .check: .check
        case .claim: nil
        case .feedback: .after
        }
    }

    var phrases: PhraseUse {
        switch self {
        case .verify, .check, .jointSurvey: .check
        case .claim: .opinion
        case .feedback: .feedback
        }
    }

    public var answers: [SiteAnswer] {
        switch self {
        case .verify: [.yes, .no, .unclear]
        case .check: [.yes, .no]
        case .jointSurvey, .claim, .feedback: []
        }
    }

    /// What its words are.
    public var noteWord: Word { self == .jointSurvey ? .actCause : .actNote }

    /// Work days that the works may take, as it may estimate.
    public var estimates: [UInt32] { self == .jointSurvey ? [1, 2, 3, 5, 10, 20] : [] }
}

/// An answer on site. A verification may say that it cannot be said.
public enum SiteAnswer: CaseIterable, Sendable {
    case yes
    case no
    case unclear

    public func word(_ kind: SiteActKind) -> Word {
        switch self {
        case .yes: kind == .check ? .actPassed : .actTrue
        case .no: kind == .check ? .actFailed : .actFalse
        case .unclear: .actUnclear
        }
    }
}

/// An act being put together.
public struct SiteAct: Equatable, Sendable {
    public let kind: SiteActKind
    public var answer: SiteAnswer?
    public var note = ""
    public internal(set) var photo: TakenPhoto?

    /// Of a survey: how many work days the works may take.
    public var workDays: UInt32?

    /// How many phrases were touched: a field that shows the note shows it anew after each.
    public private(set) var phrasesSaid = 0

    init(_ kind: SiteActKind) { self.kind = kind }

    /// Adds a phrase to the note.
    public mutating func say(_ phrase: String) {
        note = behind(note, phrase)
        phrasesSaid += 1
    }

    /// Chooses an estimate; the same again takes it back.
    public mutating func estimate(_ days: UInt32) { workDays = workDays == days ? nil : days }

    /// What is asked for; nothing while its answer, its words or its photo are missing.
    public var asked: CaseAct? {
        if kind.purpose != nil && photo == nil { return nil }
        let note = note.trimmed
        return switch (kind, answer) {
        case (.verify, .yes): .verify(result: true, note: note)
        case (.verify, .no): .verify(result: false, note: note)
        case (.verify, .unclear): .verify(result: nil, note: note)
        case (.check, .yes): .check(passed: true, note: note)
        case (.check, .no): .check(passed: false, note: note)
        case (.verify, nil), (.check, nil), (.check, .unclear): nil
        case (.jointSurvey, _):
            note.count < reasonCharactersMin
                ? nil : .jointSurvey(cause: note, estimate: workDays.map { Limit($0, .workDay) })
        case (.claim, _): .claim
        case (.feedback, _): .feedback(note: note)
        }
    }
}
