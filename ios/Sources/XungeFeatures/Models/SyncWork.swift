import Observation
import XungeCoreApi

/// Rounds of sync beside the pages: one at a time; one asked for meanwhile follows.
@MainActor
@Observable
public final class SyncWork {
    public private(set) var running = false

    /// How the last round ended.
    public private(set) var outcome: SyncOutcome?

    /// What kept the last round from running at all.
    public private(set) var problem: Problem?

    /// What was left after the last request of the round that runs.
    public private(set) var left: SyncStatus?

    @ObservationIgnored private unowned let field: FieldModel
    @ObservationIgnored private var again = false
    @ObservationIgnored private var rounds: Task<Void, Never>?

    /// Which try is the last that was put off: a round that ran meanwhile makes it pointless.
    @ObservationIgnored private var tries = 0

    init(_ field: FieldModel) { self.field = field }

    /// Begins a round, and does not wait for its end.
    public func start() {
        if running {
            again = true
            return
        }
        running = true
        rounds = Task { await runAll() }
    }

    /// Waits until no round runs.
    public func settled() async { await rounds?.value }

    private func runAll() async {
        repeat {
            again = false
            await round()
        } while again
        running = false
        left = nil
        await field.changed()
        tryLater()
    }

    private func round() async {
        tries += 1
        problem = nil
        do {
            outcome = try await field.core.sync(link: field.platform.link) { [weak self] status in
                await self?.progressed(status)
            }
        } catch {
            outcome = nil
            problem = Problem.of(error)
        }
    }

    private func progressed(_ status: SyncStatus) { left = status }

    /// A round that did not come through is tried again by itself, when the core says so.
    private func tryLater() {
        guard case .later(let wait, _) = outcome else { return }
        let mine = tries
        field.platform.later(wait) { [weak self] in
            if self?.tries == mine { self?.start() }
        }
    }
}
