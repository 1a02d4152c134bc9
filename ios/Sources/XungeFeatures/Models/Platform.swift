import XungeCoreApi

/// What the phone does for the pages.
@MainActor
public struct Platform {
    public let camera: any Camera
    public let positions: any Positions
    public let link: any Link
    public let network: any Network
    public let journal: SyncJournal
    public let log: LogBook
    public let settings: any SettingsStore
    public let now: () -> Instant
    /// Does something on the screen's thread after so many milliseconds.
    public let later: (UInt64, @escaping @MainActor () -> Void) -> Void

    public init(
        camera: any Camera, positions: any Positions, link: any Link, network: any Network, journal: SyncJournal,
        log: LogBook, settings: any SettingsStore, now: @escaping () -> Instant,
        later: @escaping (UInt64, @escaping @MainActor () -> Void) -> Void
    ) {
        self.camera = camera
        self.positions = positions
        self.link = link
        self.network = network
        self.journal = journal
        self.log = log
        self.settings = settings
        self.now = now
        self.later = later
    }
}

@MainActor
public protocol Camera {
    /// Takes one photo; nothing when the person changed their mind.
    func take(_ purpose: PhotoPurpose) async -> TakenPhoto?
}

@MainActor
public protocol Positions {
    /// Hands over every fix until the watch is stopped.
    func watch(_ onFix: @escaping @MainActor (Fix) async -> Void) -> any Watch
}

@MainActor
public protocol Watch {
    func stop()
}

/// What the phone knows of its network.
@MainActor
public protocol Network {
    /// Whether sending costs by the byte, or the person asked to save.
    var metered: Bool { get }

    /// Tells when that changed, and when a network came, until the watch is stopped.
    func watch(_ onChange: @escaping @MainActor () async -> Void) -> any Watch
}
