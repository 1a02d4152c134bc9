import Foundation
import XungeCoreApi

#if canImport(FoundationNetworking)
    import FoundationNetworking
#endif

/// An answer may take so long.
private let answerSecondsMax: TimeInterval = 60

/// The network through Foundation's own client. A server with a pin is held against it, others against the system's
/// authorities. Where nothing can hold a pin, on Linux, a server with one is not spoken to.
public struct UrlSessionLink: Link {
    private let session: URLSession

    public init() {
        let configuration = URLSessionConfiguration.ephemeral
        configuration.timeoutIntervalForRequest = answerSecondsMax
        session = URLSession(configuration: configuration)
    }

    public func perform(serverUrl: String, serverPin: Data?, request: LinkRequest) async -> LinkAnswer {
        // An address that is none reaches nobody.
        guard let url = URL(string: serverUrl + request.path) else { return .unreachable }
        var sent = URLRequest(url: url)
        sent.httpMethod = request.method
        sent.allHTTPHeaderFields = request.headers
        if !request.body.isEmpty { sent.httpBody = request.body }
        return switch ServerHold(url: url, pin: serverPin, canHoldPins: Self.canHoldPins) {
        case .system: await asked { try await answered(sent) }
        case .pinned(let pin): await held(sent, pin)
        case .refused: .wrongCertificate
        }
    }

    #if canImport(Security)
        private static let canHoldPins = true

        private func answered(_ request: URLRequest) async throws -> (Data, URLResponse) {
            try await session.data(for: request, delegate: NoRedirects())
        }

        private func held(_ request: URLRequest, _ pin: Data) async -> LinkAnswer {
            let keeper = PinKeeper(pin: pin)
            let answer = await asked { try await session.data(for: request, delegate: keeper) }
            return keeper.refused ? .wrongCertificate : answer
        }
    #else
        private static let canHoldPins = false

        private func answered(_ request: URLRequest) async throws -> (Data, URLResponse) {
            try await session.data(for: request)
        }

        private func held(_ request: URLRequest, _ pin: Data) async -> LinkAnswer { .wrongCertificate }
    #endif

    private func asked(_ ask: () async throws -> (Data, URLResponse)) async -> LinkAnswer {
        do {
            let (body, response) = try await ask()
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
