import Foundation

/// The network, which is the platform's: it performs one request against the server and hands back whatever came.
public protocol Link: Sendable {
    /// `serverPin` is what the server's certificate is held against; nothing for one without TLS of its own.
    func perform(serverUrl: String, serverPin: Data?, request: LinkRequest) async -> LinkAnswer
}

public struct LinkRequest: Equatable, Sendable {
    public let method: String
    /// Below the server's address.
    public let path: String
    public let headers: [String: String]
    public let body: Data

    public init(method: String, path: String, headers: [String: String], body: Data) {
        self.method = method
        self.path = path
        self.headers = headers
        self.body = body
    }
}

public enum LinkAnswer: Equatable, Sendable {
    /// An answer, whole or cut.
    case answered(status: UInt16, body: Data)

    case unreachable

    /// The server's certificate is not the pinned one.
    case wrongCertificate
}
