import XungeCoreApi

/// After so long without a run the worker is told: phones grant one every few hours, not every quarter.
private let silentMillis: Int64 = 24 * 3_600_000

/// A run that has not ended after so long was killed: no phone grants more than minutes.
private let runMillisMax: Int64 = 10 * 60_000

/// What the journal of the background comes to.
public enum BackgroundSaid: CaseIterable, Sendable {
    case notScheduled
    case waiting
    case neverRan
    case running
    case killed
    case silent
    case runs

    /// Whether the worker can do something about it.
    public var hindered: Bool {
        switch self {
        case .notScheduled, .neverRan, .killed, .silent: true
        case .waiting, .running, .runs: false
        }
    }
}

extension BackgroundStanding {
    public func said(_ now: Instant) -> BackgroundSaid {
        switch self {
        case .notScheduled: return .notScheduled
        case .neverRan(let scheduledAt): return now.millis - scheduledAt.millis > silentMillis ? .neverRan : .waiting
        case .ran(_, let last):
            let since = now.millis - last.beganAt.millis
            if since > silentMillis { return .silent }
            if last.endedAt != nil { return .runs }
            return since > runMillisMax ? .killed : .running
        }
    }

    /// It in words.
    public func text(_ now: Instant) -> Named {
        let at: Instant
        let times: Int
        switch self {
        case .notScheduled: return Word.backgroundNotScheduled.named
        case .neverRan(let scheduledAt): (at, times) = (scheduledAt, 0)
        case .ran(let count, let last): (at, times) = (last.beganAt, count)
        }
        let word: Word =
            switch said(now) {
            case .notScheduled: .backgroundNotScheduled
            case .waiting: .backgroundWaiting
            case .neverRan: .backgroundNeverRan
            case .running: .backgroundRunning
            case .killed: .backgroundKilled
            case .silent: .backgroundSilent
            case .runs: .backgroundRuns
            }
        return Named(
            word.of(.chinese, ago(at, now: now, .chinese), times), word.of(.english, ago(at, now: now, .english), times))
    }
}
