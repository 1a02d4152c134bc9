import Foundation
import XungeCoreApi

#if canImport(FoundationNetworking)
    import FoundationNetworking
#endif

/// An answer may take so long.
private let answerSecondsMax: TimeInterval = 60

/// The network through Foundation's own client; a server is held against the system's authorities. A server with a pin is
/// not spoken to: checking pins is not written yet, and sending without it would be worse than not sending.
public struct UrlSessionLink: Link {
    private let session: URLSession

    public init() {
        let configuration = URLSessionConfiguration.ephemeral
        configuration.timeoutIntervalForRequest = answerSecondsMax
        session = URLSession(configuration: configuration)
    }

    public func perform(serverUrl: String, serverPin: Data?, request: LinkRequest) async -> LinkAnswer {
        if serverPin != nil { return .wrongCertificate }
        // An address that is none reaches nobody.
        guard let url = URL(string: serverUrl + request.path) else { return .unreachable }
        var sent = URLRequest(url: url)
        sent.httpMethod = request.method
        sent.allHTTPHeaderFields = request.headers
        if !request.body.isEmpty { sent.httpBody = request.body }
        do {
            let (body, response) = try await session.data(for: sent)
            guard let answer = response as? HTTPURLResponse, let status = UInt16(exactly: answer.statusCode) else {
                return .unreachable
            }
            return .answered(status: status, body: body)
        } catch let failure as URLError where Self.aboutTheCertificate.contains(failure.code) {
            return .wrongCertificate
        } catch {
            return .unreachable
        }
    }

    private static let aboutTheCertificate: Set<URLError.Code> = [
        .secureConnectionFailed, .serverCertificateHasBadDate, .serverCertificateUntrusted,
        .serverCertificateHasUnknownRoot, .serverCertificateNotYetValid,
    ]
}
