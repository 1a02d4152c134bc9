import Foundation
import XungeCoreApi

/// So many lines say what happened in a day; they lie in memory alone and go with the process.
private let linesMax = 400

/// One thing the core did.
public struct LogLine: Hashable, Sendable {
    /// Counts up from one, so that two lines of one instant are two.
    public let number: Int
    /// This phone's clock.
    public let at: Instant
    public let event: CoreEvent
}

/// What the app did, the last lines of it. The core calls it from any thread.
public final class LogBook: CoreLog, @unchecked Sendable {
    private let lock = NSLock()
    private let now: @Sendable () -> Instant
    private var kept: [LogLine] = []
    private var number = 0

    public init(now: @escaping @Sendable () -> Instant) { self.now = now }

    public func happened(_ event: CoreEvent) {
        let at = now()
        lock.withLock {
            number += 1
            kept.append(LogLine(number: number, at: at, event: event))
            if kept.count > linesMax { kept.removeFirst(kept.count - linesMax) }
        }
    }

    /// The newest first.
    public var lines: [LogLine] { lock.withLock { kept.reversed() } }
}
