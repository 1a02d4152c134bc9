import XungeCoreApi

/// Words that the core takes with a note about duty, at most.
let dutyWordsMax = 200

/// A task being declined.
public struct Declining: Equatable, Sendable {
    public var cause: DeclineCause?
    public var words = ""

    /// Another cause says nothing without words.
    public var ready: Bool { cause != nil && (cause != .other || !words.trimmed.isEmpty) }
}
