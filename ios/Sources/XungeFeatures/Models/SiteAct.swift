import XungeCoreApi

/// What is done on site, and which photo it needs.
public enum SiteActKind: CaseIterable, Sendable {
    case verify
    case check
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
        case .claim: .claim
        case .feedback: .feedback
        }
    }

    /// What its photo shows; nothing where it needs none.
    public var purpose: PhotoPurpose? {
        switch self {
        case .verify: .verify
        case .check: .check
        case .claim: nil
        case .feedback: .after
        }
    }

    public var answers: [SiteAnswer] {
        switch self {
        case .verify: [.yes, .no, .unclear]
        case .check: [.yes, .no]
        case .claim, .feedback: []
        }
    }
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

    init(_ kind: SiteActKind) { self.kind = kind }

    /// What is asked for; nothing while its answer or its photo is missing.
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
        case (.claim, _): .claim
        case (.feedback, _): .feedback(note: note)
        }
    }
}
