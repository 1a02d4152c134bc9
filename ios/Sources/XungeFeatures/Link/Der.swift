import Foundation

/// A value of DER (X.690) as it stands in the bytes of a stranger: every length is looked at before it is believed.
struct Der {
    let tag: UInt8
    let content: Data
    /// With tag and length.
    let whole: Data

    static let boolean: UInt8 = 0x01
    static let bitString: UInt8 = 0x03
    static let octetString: UInt8 = 0x04
    static let objectIdentifier: UInt8 = 0x06
    static let sequence: UInt8 = 0x30

    /// The tag of a field that its number names, `[3]` say, and that holds other values.
    static func field(_ number: UInt8) -> UInt8 { 0xA0 | number }

    /// The only value in these bytes; nothing where something is behind it.
    init?(only bytes: Data) {
        var rest = bytes
        guard let value = Der(taking: &rest), rest.isEmpty else { return nil }
        self = value
    }

    /// The first value in these bytes, which are then what is behind it.
    init?(taking bytes: inout Data) {
        let all = [UInt8](bytes.prefix(6))
        guard all.count >= 2 else { return nil }
        var (length, head) = (Int(all[1]), 2)
        if length >= 0x80 {
            // No certificate is longer than three bytes of length say.
            let count = length - 0x80
            guard (1...3).contains(count), all.count >= 2 + count else { return nil }
            length = all[2..<2 + count].reduce(0) { $0 << 8 | Int($1) }
            head += count
        }
        guard bytes.count >= head + length else { return nil }
        tag = all[0]
        whole = bytes.prefix(head + length)
        content = whole.dropFirst(head)
        bytes = bytes.dropFirst(head + length)
    }

    /// What this value holds, in order; nothing where the bytes are no values.
    var parts: [Der]? {
        var (rest, found) = (content, [Der]())
        while !rest.isEmpty {
            guard let part = Der(taking: &rest) else { return nil }
            found.append(part)
        }
        return found
    }

    /// What it holds, where it has this tag.
    func parts(of wanted: UInt8) -> [Der]? { tag == wanted ? parts : nil }
}
