import Foundation
import XCTest
import XungeCore
import XungeCoreApi

@testable import XungeFeatures

/// A device key of a phone that can be locked.
final class LockableKey: DeviceKey, @unchecked Sendable {
    private let key: SoftwareDeviceKey
    private let lock = NSLock()
    private var isLocked = false

    init() throws { key = try SoftwareDeviceKey(secret: Data(repeating: 7, count: 32)) }

    var locked: Bool {
        get { lock.withLock { isLocked } }
        set { lock.withLock { isLocked = newValue } }
    }

    var inHardware: Bool { false }

    func publicKey() throws -> Data { try key.publicKey() }

    func sign(_ bytes: Data) throws -> Data {
        if locked { throw KeyUnavailable("the key store is locked") }
        return try key.sign(bytes)
    }
}

/// The network as it is outdoors: there, not there, or cutting every third answer in half.
actor OutdoorLink: Link {
    enum Signal {
        case none
        case bad
        case good
    }

    private let network = UrlSessionLink()
    private var signal = Signal.good
    private var answers = 0
    private(set) var cuts = 0

    func set(_ signal: Signal) { self.signal = signal }

    func perform(serverUrl: String, serverPin: Data?, request: LinkRequest) async -> LinkAnswer {
        if signal == .none { return .unreachable }
        let answer = await network.perform(serverUrl: serverUrl, serverPin: serverPin, request: request)
        guard signal == .bad, case .answered(let status, let body) = answer else { return answer }
        answers += 1
        if !answers.isMultiple(of: 3) { return answer }
        cuts += 1
        return .answered(status: status, body: body.prefix(body.count / 2))
    }
}

/// A camera that takes one picture, in the beat of the demo city.
@MainActor
struct CornerCamera: Camera, Positions {
    static let corner = Point(longitudeE7: 1_137_861_000, latitudeE7: 347_552_000)
    let picture: Data

    func take(_ purpose: PhotoPurpose) async -> TakenPhoto? {
        let fix = Fix(point: Self.corner, accuracyMetres: 8, provider: "gps", at: Instant(1_751_252_400_000))
        return TakenPhoto(jpeg: picture, purpose: purpose, fixes: [fix])
    }

    /// It stands still: where it is, the photo said.
    func watch(_ onFix: @escaping @MainActor (Fix) async -> Void) -> any Watch { Still() }

    private struct Still: Watch {
        func stop() {}
    }
}

/// A phone on which nothing is chosen.
@MainActor
struct NoSettings: SettingsStore {
    func read() -> Settings? { nil }

    func write(_ settings: Settings) {}
}

/// This machine's clock.
@Sendable
func phoneNow() -> Instant { Instant(Int64(Date().timeIntervalSince1970 * 1_000)) }

/// A network that costs by the byte or does not, as the story has it.
@MainActor
final class StoryNetwork: Network {
    var metered = false

    func watch(_ onChange: @escaping @MainActor () async -> Void) -> any Watch { Unwatched() }

    private struct Unwatched: Watch {
        func stop() {}
    }
}

/// The phone of a story never works in the background.
@MainActor
struct NoJournal: JournalStore {
    func read() -> Data? { nil }

    func write(_ journal: Data) {}
}

/// A phone of somebody, enrolled: a store and keys of its own, a network, a log, and a camera that takes another picture each time.
@MainActor
struct Phone {
    let field: FieldModel
    let link: OutdoorLink
    let network: StoryNetwork
    let log: LogBook

    static func enrolled(_ person: String, _ hub: Hub, in folder: URL) async throws -> Phone {
        let store = folder.appendingPathComponent(person)
        try FileManager.default.createDirectory(at: store, withIntermediateDirectories: true)
        let secret = UInt8(person.utf8.reduce(0) { $0 &+ $1 % 100 })
        let (link, network, log, camera) = (OutdoorLink(), StoryNetwork(), LogBook(now: phoneNow), RollCamera(person))
        let core = try BoundCore(
            folder: store, deviceKey: SoftwareDeviceKey(secret: Data(repeating: secret | 1, count: 32)),
            storeKey: SoftwareStoreKey(secret: Data(repeating: 9, count: 32)), log: log)
        let platform = Platform(
            camera: camera, positions: camera, link: link, network: network,
            journal: SyncJournal(NoJournal(), now: phoneNow), log: log, settings: NoSettings(), now: phoneNow,
            later: { _, _ in })
        let field = FieldModel(core: core, platform: platform, language: .chinese)
        await field.start()
        guard case .enrol(let page) = field.page else { throw HubFailure(said: "\(String(describing: field.page))") }
        page.server = hub.url
        page.code = try await hub.code(for: person)
        await page.enrol()
        XCTAssertNil(page.asking.problem)
        await field.syncing.settled()
        XCTAssertEqual(field.syncing.outcome, .done)
        return Phone(field: field, link: link, network: network, log: log)
    }
}

/// A camera at the corner that never takes the same picture twice, and says where it stands.
@MainActor
final class RollCamera: Camera, Positions {
    private let owner: String
    private var taken = 0
    private let fix = Fix(point: CornerCamera.corner, accuracyMetres: 8, provider: "gps", at: Instant(1_751_252_400_000))

    init(_ owner: String) { self.owner = owner }

    func take(_ purpose: PhotoPurpose) async -> TakenPhoto? {
        taken += 1
        return TakenPhoto(jpeg: picture("\(owner) \(taken)"), purpose: purpose, fixes: [fix])
    }

    func watch(_ onFix: @escaping @MainActor (Fix) async -> Void) -> any Watch {
        Task { await onFix(fix) }
        return Still()
    }

    private struct Still: Watch {
        func stop() {}
    }
}

/// A whole baseline JPEG of 16 x 16 grey points; the comment makes each another file.
func picture(_ comment: String) -> Data {
    func segment(_ marker: UInt8, _ content: [UInt8]) -> [UInt8] {
        let length = content.count + 2
        return [0xFF, marker, UInt8(length >> 8), UInt8(length & 0xFF)] + content
    }
    // A Huffman table of a single code, for the value 0.
    let oneCode: [UInt8] = [1] + Array(repeating: 0, count: 15) + [0]
    let parts: [[UInt8]] = [
        [0xFF, 0xD8],
        segment(0xFE, Array(comment.utf8)),
        segment(0xDB, [0] + Array(repeating: 1, count: 64)),
        segment(0xC0, [8, 0, 16, 0, 16, 1, 1, 0x11, 0]),
        segment(0xC4, [0x00] + oneCode),
        segment(0xC4, [0x10] + oneCode),
        segment(0xDA, [1, 1, 0, 0, 0x3F, 0]),
        // Four blocks of nothing but their mean.
        [0x00, 0xFF, 0xD9],
    ]
    return Data(parts.flatMap { $0 })
}
