import XCTest
import XungeCoreApi

@testable import XungeFeatures

/// What a pin is held against. Hash and signatures are the phone's own; on Linux a table stands for the hash and a record for
/// the signatures, so what is tried is everything else.
final class PinnedTrustTests: XCTestCase {
    private let chain = [Certificates.hub, Certificates.authority]

    func testAChainThatLeadsToThePinnedKeyIsTrusted() {
        XCTAssertTrue(trust(Certificates.authorityKeySha256).trusts(chain, host: "hub.example"))
        XCTAssertTrue(trust(Certificates.hubKeySha256).trusts([Certificates.hub], host: "hub.example"), "its own key is pinned")
    }

    func testAChainThatDoesNotIsNot() {
        let pinned = trust(Certificates.authorityKeySha256)
        XCTAssertFalse(pinned.trusts([Certificates.hub], host: "hub.example"), "the authority is not shown")
        XCTAssertFalse(pinned.trusts([], host: "hub.example"))
        XCTAssertFalse(pinned.trusts(chain, host: "hub.elsewhere"), "it is another server's")
        XCTAssertFalse(pinned.trusts([Data([1, 2, 3]), Certificates.authority], host: "hub.example"))
        XCTAssertFalse(trust(String(repeating: "00", count: 32)).trusts(chain, host: "hub.example"))
        let short = PinnedTrust(pin: Certificates.hex(Certificates.hubKeySha256).prefix(15), arithmetic: arithmetic(signed: true))
        XCTAssertFalse(short.trusts(chain, host: "hub.example"))
    }

    func testEverySignatureUpToThePinCountsAndOnlyAnAuthoritySigns() {
        let forged = PinnedTrust(
            pin: Certificates.pin(Certificates.authorityKeySha256), arithmetic: arithmetic(signed: false))
        XCTAssertFalse(forged.trusts(chain, host: "hub.example"), "somebody shows the authority beside a certificate of their own")
        // The hub's certificate is pinned and shown as if it had signed another one.
        let upside = PinnedTrust(pin: Certificates.pin(Certificates.hubKeySha256), arithmetic: arithmetic(signed: true))
        XCTAssertFalse(upside.trusts([Certificates.hub, Certificates.authority].reversed(), host: "hub.example"))
        XCTAssertEqual(ServerCertificate(Certificates.authority)?.isAuthority, true)
        XCTAssertEqual(ServerCertificate(Certificates.hub)?.isAuthority, false)
    }

    func testACertificateIsReadAsOpensslWroteIt() throws {
        let hub = try XCTUnwrap(ServerCertificate(Certificates.hub))
        XCTAssertEqual(hub.algorithm, .ecdsaSha256)
        XCTAssertEqual(hub.hosts, ["hub.example", "*.grid.example"])
        XCTAssertEqual(hub.addresses.map(\.count), [4, 16])
        for host in ["hub.example", "HUB.example", "a.grid.example", "127.0.0.1", "fd00::1", "[fd00:0:0:0:0:0:0:1]"] {
            XCTAssertTrue(hub.isFor(host), host)
        }
        for host in ["grid.example", "a.b.grid.example", ".grid.example", "example", "127.0.0.2", "fd00::2", "fd00:::1", ""] {
            XCTAssertFalse(hub.isFor(host), host)
        }
    }

    func testBytesOfAStrangerEndNothing() {
        let whole = [UInt8](Certificates.hub)
        for length in 0..<whole.count { XCTAssertNil(ServerCertificate(Data(whole.prefix(length)))) }
        for at in whole.indices {
            var bent = whole
            bent[at] ^= 0xFF
            // Whatever it says then: it is read to its end or not at all.
            _ = ServerCertificate(Data(bent))?.isFor("hub.example")
        }
        XCTAssertNil(ServerCertificate(Data(whole + [0])), "something behind it")
        XCTAssertNil(Der(only: Data([0x30, 0x84, 1, 0, 0, 0])))
    }

    func testAPinNeedsTlsAndSomebodyWhoHoldsIt() throws {
        let (https, http) = (try XCTUnwrap(URL(string: "HTTPS://hub.example/x")), try XCTUnwrap(URL(string: "http://hub.example/x")))
        let pin = Data(repeating: 7, count: 16)
        XCTAssertEqual(ServerHold(url: https, pin: nil, canHoldPins: false), .system)
        XCTAssertEqual(ServerHold(url: http, pin: nil, canHoldPins: true), .system)
        XCTAssertEqual(ServerHold(url: https, pin: pin, canHoldPins: true), .pinned(pin))
        XCTAssertEqual(ServerHold(url: http, pin: pin, canHoldPins: true), .refused)
        XCTAssertEqual(ServerHold(url: https, pin: pin, canHoldPins: false), .refused)
    }

    func testAServerWithAPinIsNotSpokenToWithoutTls() async {
        let answer = await UrlSessionLink().perform(
            serverUrl: "http://127.0.0.1:9", serverPin: Data(repeating: 7, count: 16),
            request: LinkRequest(method: "GET", path: "/", headers: [:], body: Data()))
        XCTAssertEqual(answer, .wrongCertificate)
    }

    #if canImport(Security)
        func testThePhonesOwnArithmeticAgreesWithOpenssl() {
            let held = PinnedTrust(pin: Certificates.pin(Certificates.authorityKeySha256), arithmetic: .system)
            XCTAssertTrue(held.trusts(chain, host: "hub.example"))
            XCTAssertFalse(held.trusts([Certificates.authority, Certificates.authority], host: "hub.example"))
        }
    #endif

    private func trust(_ sha256: String) -> PinnedTrust {
        PinnedTrust(pin: Certificates.pin(sha256), arithmetic: arithmetic(signed: true))
    }

    private func arithmetic(signed: Bool) -> PinArithmetic {
        PinArithmetic(
            sha256: { key in
                // Nothing but exactly the key has a hash here.
                switch key.base64EncodedString() {
                case Certificates.hubKey: Certificates.hex(Certificates.hubKeySha256)
                case Certificates.authorityKey: Certificates.hex(Certificates.authorityKeySha256)
                default: Data(repeating: 0xEE, count: 32)
                }
            },
            isSigned: { certificate, issuer in
                signed && certificate.der == Certificates.hub && issuer.der == Certificates.authority
                    && certificate.signed.count + certificate.signature.count < certificate.der.count
            })
    }
}
