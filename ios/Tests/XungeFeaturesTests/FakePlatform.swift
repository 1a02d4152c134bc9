import Foundation
import XungeCoreApi
import XungeFeatures

/// A phone without sensors: it takes the photo it is given, says the fixes it is told, and does later what a test asks for.
@MainActor
final class FakePlatform {
    let camera = FakeCamera()
    let positions = FakePositions()
    let link = FakeLink()
    let network = FakeNetwork()
    let kept = FakeJournalStore()
    let log = LogBook { Samples.now }
    var now = Samples.now
    let settings = FakeSettings()

    /// What was put off, with the milliseconds.
    private(set) var later: [(millis: UInt64, work: @MainActor () -> Void)] = []

    func platform() -> Platform {
        Platform(
            camera: camera, positions: positions, link: link, network: network, journal: journal(), log: log,
            settings: settings, now: { [self] in now },
            later: { [self] millis, work in later.append((millis, work)) })
    }
}

extension FakePlatform {
    /// The journal as a process that begins anew finds it.
    func journal() -> SyncJournal { SyncJournal(kept) { [self] in now } }
}

@MainActor
final class FakeJournalStore: JournalStore {
    private(set) var journal: Data?

    func read() -> Data? { journal }

    func write(_ journal: Data) { self.journal = journal }
}

@MainActor
final class FakeNetwork: Network {
    private(set) var metered = false
    private var listener: (@MainActor () async -> Void)?

    func watch(_ onChange: @escaping @MainActor () async -> Void) -> any Watch {
        listener = onChange
        return Unwatched()
    }

    func becomes(metered: Bool) async {
        self.metered = metered
        await listener?()
    }

    private struct Unwatched: Watch {
        func stop() {}
    }
}

@MainActor
final class FakeCamera: Camera {
    var gives = true

    func take(_ purpose: PhotoPurpose) async -> TakenPhoto? {
        gives ? TakenPhoto(jpeg: Data([1]), purpose: purpose) : nil
    }
}

@MainActor
final class FakePositions: Positions {
    private(set) var watchers: [Int: @MainActor (Fix) async -> Void] = [:]
    private var begun = 0

    func watch(_ onFix: @escaping @MainActor (Fix) async -> Void) -> any Watch {
        begun += 1
        watchers[begun] = onFix
        return Stop(positions: self, number: begun)
    }

    func say(metres: UInt32, at point: Point = Samples.corner) async {
        let fix = Fix(point: point, accuracyMetres: metres, provider: "gps", at: Samples.now)
        for watcher in watchers.values { await watcher(fix) }
    }

    private struct Stop: Watch {
        let positions: FakePositions
        let number: Int

        func stop() { positions.watchers[number] = nil }
    }
}

@MainActor
final class FakeSettings: SettingsStore {
    private var kept: Settings?

    func read() -> Settings? { kept }

    func write(_ settings: Settings) { kept = settings }
}

/// A link that can be held: then a round waits until it is let go.
actor FakeLink: Link {
    private var held: [CheckedContinuation<Void, Never>] = []
    private var holding = false
    private var arrivals: [CheckedContinuation<Void, Never>] = []

    func perform(serverUrl: String, serverPin: Data?, request: LinkRequest) async -> LinkAnswer {
        if holding {
            await withCheckedContinuation { continuation in
                held.append(continuation)
                arrivals.forEach { $0.resume() }
                arrivals = []
            }
        }
        return .answered(status: 200, body: Data())
    }

    func hold() { holding = true }

    /// Waits until a request is held.
    func arrived() async {
        if held.isEmpty { await withCheckedContinuation { arrivals.append($0) } }
    }

    func letGo() {
        holding = false
        held.forEach { $0.resume() }
        held = []
    }
}
