import Foundation
import XungeCore
import XungeCoreApi
import XungeFeatures

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
