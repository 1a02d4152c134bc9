import XungeCoreApi

/// Who needs the core's files open: the screen, and each round of sync, which may outlive it. The last to let go closes them,
/// before the system freezes the process.
@MainActor
final class CoreFiles {
    private let thread: CoreThread
    /// A core comes opened.
    private var isOpen = true
    private var screen = false
    private var rounds = 0
    private var settling: Task<Void, any Error>?

    init(_ thread: CoreThread) { self.thread = thread }

    private var wanted: Bool { screen || rounds > 0 }

    func screen(_ needs: Bool) async throws {
        screen = needs
        try await settle()
    }

    func beginRound() async throws {
        rounds += 1
        do {
            try await settle()
        } catch {
            rounds -= 1
            throw error
        }
    }

    func endRound() async throws {
        rounds -= 1
        try await settle()
    }

    /// Opens or closes until it is as it is wanted: what is asked for while it does is seen before it ends.
    private func settle() async throws {
        if let settling {
            try await settling.value
            if isOpen == wanted { return }
        }
        let work = Task {
            defer { settling = nil }
            while isOpen != wanted {
                let opens = wanted
                try await thread.run { opens ? try $0.resume() : try $0.suspend() }
                isOpen = opens
            }
        }
        settling = work
        try await work.value
    }
}
