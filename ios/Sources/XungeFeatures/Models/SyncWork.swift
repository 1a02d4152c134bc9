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

    /// Whether the next round sends everything, whatever the link costs.
    @ObservationIgnored private var everything = false
    @ObservationIgnored private var link: StoppableLink?

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

    /// Begins a round that sends what waits for a link without a price as well.
    public func sendEverything() {
        everything = true
        start()
    }

    /// Lets the round that runs end with its request, and begins no other: the phone wants the process to rest.
    public func stop() {
        again = false
        link?.stop()
    }

    /// Waits until no round runs.
    public func settled() async { await rounds?.value }

    private func runAll() async {
        do {
            try await field.files.beginRound()
        } catch {
            running = false
            outcome = nil
            problem = Problem.of(error)
            return
        }
        repeat {
            again = false
            await round()
        } while again
        running = false
        left = nil
        await field.changed()
        do {
            try await field.files.endRound()
        } catch {
            problem = Problem.of(error)
        }
        tryLater()
    }

    private func round() async {
        tries += 1
        problem = nil
        let all = everything
        everything = false
        let metered = field.platform.network.metered
        let link = StoppableLink(field.platform.link)
        self.link = link
        do {
            try await field.thread.run { try $0.setMetered(metered && !all) }
            outcome = try await field.core.sync(link: link) { [weak self] status in
                await self?.progressed(status)
            }
            if all { try await field.thread.run { try $0.setMetered(metered) } }
        } catch {
            outcome = nil
            problem = Problem.of(error)
        }
    }

    static let doneNote = "done"

    /// How the last round ended, in a word that stays: for the journal.
    var note: String {
        switch outcome {
        case .done: Self.doneNote
        case .later: "later"
        case .refused(let why): why.code
        case .revoked: "revoked"
        case nil: problem?.code ?? "never"
        }
    }

    private func progressed(_ status: SyncStatus) { left = status }

    /// A round that did not come through is tried again by itself, when the core says so.
    private func tryLater() {
        guard case .later(let wait, _) = outcome, link?.stopped == false else { return }
        let mine = tries
        field.platform.later(wait) { [weak self] in
            if self?.tries == mine { self?.start() }
        }
    }
}
