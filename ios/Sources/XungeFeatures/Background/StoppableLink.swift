import Foundation
import XungeCoreApi

/// A link that can be told to stop: the request that runs ends, the next one reaches nobody, and the core goes on another time.
final class StoppableLink: Link, @unchecked Sendable {
    private let link: any Link
    private let lock = NSLock()
    private var isStopped = false

    init(_ link: any Link) { self.link = link }

    var stopped: Bool { lock.withLock { isStopped } }

    func stop() { lock.withLock { isStopped = true } }

    func perform(serverUrl: String, serverPin: Data?, request: LinkRequest) async -> LinkAnswer {
        stopped ? .unreachable : await link.perform(serverUrl: serverUrl, serverPin: serverPin, request: request)
    }
}
