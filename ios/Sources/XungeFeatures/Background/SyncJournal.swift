import Foundation
import XungeCoreApi

/// One run that the phone granted in the background.
public struct BackgroundRun: Equatable, Sendable {
    public let beganAt: Instant
    /// Nothing: it runs, or the phone killed it.
    public let endedAt: Instant?
    /// `done`, `later`, `stopped`, or the code of what went wrong.
    public let outcome: String?
}

/// Whether work in the background happens on this phone: nobody promises that, and the worker should know.
public enum BackgroundStanding: Equatable, Sendable {
    case notScheduled
    case neverRan(scheduledAt: Instant)
    case ran(times: Int, last: BackgroundRun)
}

/// Where the journal is kept, over kills. What cannot be kept is lost: nothing depends on it.
@MainActor
public protocol JournalStore {
    func read() -> Data?

    func write(_ journal: Data)
}

/// What became of the hint to the phone's scheduler. Correctness never depends on it.
@MainActor
public final class SyncJournal {
    private let store: any JournalStore
    private let now: () -> Instant

    private struct Kept: Codable {
        var scheduledAt: Int64?
        var times = 0
        var beganAt: Int64?
        var endedAt: Int64?
        var outcome: String?
    }

    public init(_ store: any JournalStore, now: @escaping () -> Instant) {
        self.store = store
        self.now = now
    }

    public var standing: BackgroundStanding {
        let kept = kept
        if let began = kept.beganAt {
            let last = BackgroundRun(
                beganAt: Instant(began), endedAt: kept.endedAt.map(Instant.init), outcome: kept.outcome)
            return .ran(times: kept.times, last: last)
        }
        return kept.scheduledAt.map { .neverRan(scheduledAt: Instant($0)) } ?? .notScheduled
    }

    /// The first time counts: how long nothing has happened since.
    public func scheduled() {
        let at = now().millis
        change { $0.scheduledAt = $0.scheduledAt ?? at }
    }

    /// Written before anything is done: a run that is killed has begun all the same.
    public func began() {
        let at = now().millis
        change { kept in
            kept.beganAt = at
            kept.times += 1
            kept.endedAt = nil
            kept.outcome = nil
        }
    }

    /// The first end of a run counts: one that was stopped is over.
    public func ended(_ outcome: String) {
        let at = now().millis
        change { kept in
            guard kept.endedAt == nil else { return }
            kept.endedAt = at
            kept.outcome = outcome
        }
    }

    /// A journal that cannot be read begins anew.
    private var kept: Kept { store.read().flatMap { try? JSONDecoder().decode(Kept.self, from: $0) } ?? Kept() }

    private func change(_ edit: (inout Kept) -> Void) {
        var kept = kept
        edit(&kept)
        if let written = try? JSONEncoder().encode(kept) { store.write(written) }
    }
}
