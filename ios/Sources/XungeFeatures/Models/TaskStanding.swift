import XungeCoreApi

/// So long before it is due a task is soon due.
private let soonMillis: Int64 = 10 * 60_000

/// How a task stands, the most urgent last.
public enum TaskStanding: Int, CaseIterable, Comparable, Sendable {
    case declined
    case answered
    case inTime
    case soon
    case overdue

    public static func < (left: TaskStanding, right: TaskStanding) -> Bool { left.rawValue < right.rawValue }
}

extension FieldTask {
    public func standing(_ now: Instant) -> TaskStanding {
        if answered { return .answered }
        if !waits { return .declined }
        if now > dueAt { return .overdue }
        return dueAt.millis - now.millis <= soonMillis ? .soon : .inTime
    }
}
