#if canImport(Security)
    import CryptoKit
    import Foundation
    import Security

    extension PinArithmetic {
        /// By Apple's own code.
        static let system = PinArithmetic(
            sha256: { Data(SHA256.hash(data: $0)) },
            isSigned: { certificate, issuer in
                guard let algorithm = certificate.algorithm?.system,
                    let authority = SecCertificateCreateWithData(nil, issuer.der as CFData),
                    let key = SecCertificateCopyKey(authority)
                else { return false }
                let (signed, signature) = (certificate.signed as CFData, certificate.signature as CFData)
                return SecKeyVerifySignature(key, algorithm, signed, signature, nil)
            })
    }

    extension SignatureAlgorithm {
        fileprivate var system: SecKeyAlgorithm {
            switch self {
            case .ecdsaSha256: .ecdsaSignatureMessageX962SHA256
            case .ecdsaSha384: .ecdsaSignatureMessageX962SHA384
            case .ecdsaSha512: .ecdsaSignatureMessageX962SHA512
            case .rsaSha256: .rsaSignatureMessagePKCS1v15SHA256
            case .rsaSha384: .rsaSignatureMessagePKCS1v15SHA384
            case .rsaSha512: .rsaSignatureMessagePKCS1v15SHA512
            }
        }
    }

    /// Takes a redirect for an answer: where it leads is somebody else.
    class NoRedirects: NSObject, URLSessionTaskDelegate, @unchecked Sendable {
        func urlSession(
            _ session: URLSession, task: URLSessionTask, willPerformHTTPRedirection response: HTTPURLResponse,
            newRequest request: URLRequest
        ) async -> URLRequest? { nil }
    }

    /// Holds one request's server to the pin, and remembers that it said no: the request then ends as if it had been called off.
    final class PinKeeper: NoRedirects, @unchecked Sendable {
        private let trust: PinnedTrust
        private let lock = NSLock()
        private var said = false

        init(pin: Data) { trust = PinnedTrust(pin: pin, arithmetic: .system) }

        /// Whether the server showed a chain that does not lead to the pin.
        var refused: Bool { lock.withLock { said } }

        func urlSession(
            _ session: URLSession, task: URLSessionTask, didReceive challenge: URLAuthenticationChallenge
        ) async -> (URLSession.AuthChallengeDisposition, URLCredential?) {
            let space = challenge.protectionSpace
            guard space.authenticationMethod == NSURLAuthenticationMethodServerTrust else {
                return (.performDefaultHandling, nil)
            }
            guard let shown = space.serverTrust,
                let chain = SecTrustCopyCertificateChain(shown) as? [SecCertificate],
                trust.trusts(chain.map { SecCertificateCopyData($0) as Data }, host: space.host)
            else {
                lock.withLock { said = true }
                return (.cancelAuthenticationChallenge, nil)
            }
            return (.useCredential, URLCredential(trust: shown))
        }
    }
#endif
