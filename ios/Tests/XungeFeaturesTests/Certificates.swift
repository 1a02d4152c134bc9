import Foundation

/// A hub's certificate and the authority that signed it, made by openssl, with the SHA-256 of their keys as openssl says it. Valid
/// for hub.example, *.grid.example, 127.0.0.1 and fd00::1.
enum Certificates {
    static let authority = bytes(
        """
        MIIBlDCCATmgAwIBAgIUBo9X9ezQVQuB/VSVb/nsJWieuAcwCgYIKoZIzj0EAwIwHzEdMBsGA1UEAwwUWHVuZ2UgdGVzdCBhdXRo\
        b3JpdHkwHhcNMjYxMTMwMDEwMTU2WhcNMzYxMTI3MDEwMTU2WjAfMR0wGwYDVQQDDBRYdW5nZSB0ZXN0IGF1dGhvcml0eTBZMBMG\
        ByqGSM49AgEGCCqGSM49AwEHA0IABDHor3rHD9s/bJj6BGHDNpFptLZUyepZJQj/O71kkZAg0AxWGk2XFcaYZ6v382iMQngr3A12\
        YuX1qeT+drUs2BSjUzBRMB0GA1UdDgQWBBQU3uHBOT9y6S8/gEA/pHatLUDN3zAfBgNVHSMEGDAWgBQU3uHBOT9y6S8/gEA/pHat\
        LUDN3zAPBgNVHRMBAf8EBTADAQH/MAoGCCqGSM49BAMCA0kAMEYCIQDneqRxDcF2THJLnZ4NFYc0/jQXcRi86tc9EtxhiwvCkQIh\
        AKCsJ3umQBvHQ6elFg75/C7icI3WSvDxIqIn8Vb5gfgv
        """)
    static let authorityKeySha256 = "c8261778199ab03c8b96b89d22a71732e6f33d62c5faa7084288d00482131c5a"
    static let authorityKey =
        "MFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAEMeivescP2z9smPoEYcM2kWm0tlTJ6lklCP87vWSRkCDQ"
        + "DFYaTZcVxphnq/fzaIxCeCvcDXZi5fWp5P52tSzYFA=="

    static let hub = bytes(
        """
        MIIBvjCCAWSgAwIBAgIUX7l4eok8x92RVO11ZC5TjKVzhugwCgYIKoZIzj0EAwIwHzEdMBsGA1UEAwwUWHVuZ2UgdGVzdCBhdXRo\
        b3JpdHkwHhcNMjYxMTMwMDEwMTU2WhcNMzYxMTI3MDEwMTU2WjAOMQwwCgYDVQQDDANodWIwWTATBgcqhkjOPQIBBggqhkjOPQMB\
        BwNCAATGvNyjp97m3003JzaIataLmN/u3IqruE1eKafKvwU6HvgbIX8OX1oFn02pDcRMX3xFVXn9ohn7aaqs70BMaqPZo4GOMIGL\
        MD4GA1UdEQQ3MDWCC2h1Yi5leGFtcGxlgg4qLmdyaWQuZXhhbXBsZYcEfwAAAYcQ/QAAAAAAAAAAAAAAAAAAATAJBgNVHRMEAjAA\
        MB0GA1UdDgQWBBThZNIZotUGT2rnmgUVNcO+aRV8YTAfBgNVHSMEGDAWgBQU3uHBOT9y6S8/gEA/pHatLUDN3zAKBggqhkjOPQQD\
        AgNIADBFAiEA7+JDhLiosMTW5Mf42Aq5QEHK4zkILOayJWlpi+FOz2ACIFY8jV5w+/W7rZ0zuiX5i29RrUlmF1BC2AZLC48LZDWE
        """)
    static let hubKeySha256 = "cb94684da6a9055f3b21d23586807cc6490c5e227332172aaeb580d2b98c1a8d"
    static let hubKey =
        "MFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAExrzco6fe5t9NNyc2iGrWi5jf7tyKq7hNXimnyr8FOh74"
        + "GyF/Dl9aBZ9NqQ3ETF98RVV5/aIZ+2mqrO9ATGqj2Q=="

    /// What a pin is: the first half of the hash.
    static func pin(_ sha256: String) -> Data { hex(sha256).prefix(16) }

    static func hex(_ text: String) -> Data {
        var rest = Substring(text)
        var bytes = Data()
        while !rest.isEmpty {
            bytes.append(UInt8(rest.prefix(2), radix: 16) ?? 0)
            rest = rest.dropFirst(2)
        }
        return bytes
    }

    private static func bytes(_ base64: String) -> Data { Data(base64Encoded: base64) ?? Data() }
}
