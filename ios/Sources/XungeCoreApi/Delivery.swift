/// Where the content of a document is. Received is never said before every photo of it is acknowledged.
public enum Delivery: Hashable, Sendable {
    /// Nothing of what was done here has left this device.
    case onDevice

    /// So many of so many pieces (texts and photo files) are acknowledged.
    case sending(sent: UInt64, of: UInt64)

    /// All of it is committed at the server and hashed again there.
    case received
}
