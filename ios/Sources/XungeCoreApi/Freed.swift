/// Originals that were freed: only what the server acknowledged with a receipt, and what lies in a backup of it.
public struct Freed: Equatable, Sendable {
    public let files: UInt64
    public let bytes: UInt64
    /// Of all photo files that are still here.
    public let bytesLeft: UInt64

    public init(files: UInt64, bytes: UInt64, bytesLeft: UInt64) {
        self.files = files
        self.bytes = bytes
        self.bytesLeft = bytesLeft
    }
}
