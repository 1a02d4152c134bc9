import Foundation

/// How a certificate is signed, of those that authorities use.
enum SignatureAlgorithm: CaseIterable {
    case ecdsaSha256
    case ecdsaSha384
    case ecdsaSha512
    case rsaSha256
    case rsaSha384
    case rsaSha512

    /// Its object identifier as DER has it.
    var identifier: Data {
        switch self {
        case .ecdsaSha256: Data([0x2A, 0x86, 0x48, 0xCE, 0x3D, 0x04, 0x03, 0x02])
        case .ecdsaSha384: Data([0x2A, 0x86, 0x48, 0xCE, 0x3D, 0x04, 0x03, 0x03])
        case .ecdsaSha512: Data([0x2A, 0x86, 0x48, 0xCE, 0x3D, 0x04, 0x03, 0x04])
        case .rsaSha256: Data([0x2A, 0x86, 0x48, 0x86, 0xF7, 0x0D, 0x01, 0x01, 0x0B])
        case .rsaSha384: Data([0x2A, 0x86, 0x48, 0x86, 0xF7, 0x0D, 0x01, 0x01, 0x0C])
        case .rsaSha512: Data([0x2A, 0x86, 0x48, 0x86, 0xF7, 0x0D, 0x01, 0x01, 0x0D])
        }
    }
}

private let basicConstraints = Data([0x55, 0x1D, 0x13])
private let subjectAltName = Data([0x55, 0x1D, 0x11])

/// What of a server's certificate (RFC 5280) a pin is held against.
struct ServerCertificate {
    let der: Data
    /// What its signature is over.
    let signed: Data
    /// Nothing for an algorithm that is not known here.
    let algorithm: SignatureAlgorithm?
    let signature: Data
    /// The SubjectPublicKeyInfo: what a pin is the hash of.
    let publicKey: Data
    /// Whether it may sign other certificates.
    let isAuthority: Bool
    /// Names of hosts, in small letters, and addresses in their bytes.
    let hosts: [String]
    let addresses: [Data]

    /// Nothing for bytes that are no certificate.
    init?(_ der: Data) {
        guard let all = Der(only: der)?.parts(of: Der.sequence), all.count == 3,
            var fields = all[0].parts(of: Der.sequence),
            let algorithm = all[1].parts(of: Der.sequence)?.first, algorithm.tag == Der.objectIdentifier,
            all[2].tag == Der.bitString, all[2].content.first == 0
        else { return nil }
        // The version has a number of its own; then serial number, algorithm, issuer, dates, subject, key.
        if fields.first?.tag == Der.field(0) { fields.removeFirst() }
        guard fields.count >= 6, fields[5].tag == Der.sequence else { return nil }
        self.der = der
        signed = all[0].whole
        self.algorithm = SignatureAlgorithm.allCases.first { $0.identifier == algorithm.content }
        signature = all[2].content.dropFirst()
        publicKey = fields[5].whole
        guard let extensions = Self.extensions(fields.dropFirst(6)) else { return nil }
        isAuthority = extensions[basicConstraints].map(Self.saysAuthority) ?? false
        let names = extensions[subjectAltName].flatMap { Der(only: $0)?.parts(of: Der.sequence) } ?? []
        hosts = names.filter { $0.tag == 0x82 }.compactMap { String(bytes: $0.content, encoding: .ascii)?.lowercased() }
        addresses = names.filter { $0.tag == 0x87 }.map(\.content)
    }

    /// Whether it is one for this host of an address: a name, one of whose first label is any, or an address.
    func isFor(_ host: String) -> Bool {
        if let address = addressBytes(host) { return addresses.contains(address) }
        let wanted = host.lowercased()
        return hosts.contains { name in
            guard name.hasPrefix("*.") else { return name == wanted }
            // `*.hub.example` stands for one label, and not for a whole country.
            guard let dot = wanted.firstIndex(of: "."), dot != wanted.startIndex else { return false }
            let behind = name.dropFirst(2)
            return behind.contains(".") && wanted[wanted.index(after: dot)...] == behind
        }
    }

    /// Extensions by their identifiers; nothing where they cannot be read.
    private static func extensions(_ fields: ArraySlice<Der>) -> [Data: Data]? {
        guard let field = fields.first(where: { $0.tag == Der.field(3) }) else { return [:] }
        guard let list = field.parts?.first?.parts(of: Der.sequence) else { return nil }
        var found: [Data: Data] = [:]
        for one in list {
            guard let parts = one.parts(of: Der.sequence), let value = parts.last, value.tag == Der.octetString,
                let name = parts.first, name.tag == Der.objectIdentifier,
                // Twice the same would be two meanings.
                found.updateValue(value.content, forKey: name.content) == nil
            else { return nil }
        }
        return found
    }

    private static func saysAuthority(_ constraints: Data) -> Bool {
        guard let first = Der(only: constraints)?.parts(of: Der.sequence)?.first else { return false }
        return first.tag == Der.boolean && first.content.first.map { $0 != 0 } ?? false
    }
}

/// The bytes of an address that stands where a host's name could; nothing for a name. IPv4 in four numbers, IPv6 in groups with one
/// `::` at most.
func addressBytes(_ host: String) -> Data? {
    let parts = host.split(separator: ".", omittingEmptySubsequences: false)
    if parts.count == 4 {
        let numbers = parts.compactMap { part in part.allSatisfy(\.isNumber) ? UInt8(part) : nil }
        if numbers.count == 4 { return Data(numbers) }
    }
    var text = host
    if text.hasPrefix("[") && text.hasSuffix("]") { text = String(text.dropFirst().dropLast()) }
    return text.contains(":") ? wideAddressBytes(text) : nil
}

private func wideAddressBytes(_ text: String) -> Data? {
    let sides = text.components(separatedBy: "::")
    guard sides.count <= 2 else { return nil }
    let groups = sides.map { side in side.isEmpty ? [] : side.split(separator: ":", omittingEmptySubsequences: false) }
    let numbers = groups.map { side in side.compactMap { UInt16($0, radix: 16) } }
    guard zip(groups, numbers).allSatisfy({ $0.count == $1.count }) else { return nil }
    let missing = 8 - numbers.reduce(0) { $0 + $1.count }
    guard sides.count == 2 ? missing >= 1 : missing == 0 else { return nil }
    let whole = numbers[0] + Array(repeating: 0, count: missing) + (sides.count == 2 ? numbers[1] : [])
    return Data(whole.flatMap { [UInt8($0 >> 8), UInt8($0 & 0xFF)] })
}
