import Observation
import XungeCoreApi

/// How a page asks the core: what went wrong is kept until it is understood, and what cannot be asked twice at once is not.
@MainActor
@Observable
public final class Asking {
    /// What went wrong, until it is understood.
    public private(set) var problem: Problem?

    /// Whether something is being done that has to end before it is done again.
    public private(set) var busy = false

    @ObservationIgnored private let thread: CoreThread

    init(_ thread: CoreThread) { self.thread = thread }

    public func understood() { problem = nil }

    /// Asks the core. Nothing where that failed: the problem is kept.
    func ask<Answer: Sendable>(_ work: @escaping @Sendable (any FieldCore) throws -> Answer) async -> Answer? {
        await tried { try await self.thread.run(work) }
    }

    /// The same for what cannot be asked twice at once.
    func askOnce<Answer: Sendable>(_ work: @escaping @Sendable (any FieldCore) throws -> Answer) async -> Answer? {
        await once { try await self.thread.run(work) }
    }

    /// The same for what waits for the network.
    func once<Answer: Sendable>(_ work: () async throws -> Answer) async -> Answer? {
        if busy { return nil }
        busy = true
        problem = nil
        let answer = await tried(work)
        busy = false
        return answer
    }

    private func tried<Answer: Sendable>(_ work: () async throws -> Answer) async -> Answer? {
        do {
            return try await work()
        } catch {
            problem = Problem.of(error)
            return nil
        }
    }
}

extension Problem {
    /// What is no failure of the core is a mistake in the app: it is shown with its own words rather than ending the app,
    /// because what was saved is safe.
    public static func of(_ error: any Error) -> Problem {
        error as? Problem
            ?? Problem(
                kind: .declined, code: "app_mistake", zh: "程序出错了，请告诉管理员：\(error)",
                en: "The app made a mistake; tell the administrator: \(error)")
    }
}
