import Foundation

/// Where a photo is.
public enum PhotoState: CaseIterable, Sendable {
    case onDevice

    /// Part of it is acknowledged.
    case sending
    case received

    /// Its bytes were never this device's to send.
    case elsewhere
}

/// What a photo shows.
public enum PhotoPurpose: CaseIterable, Sendable {
    case found
    case before
    case during
    case after
    case verify
    case check
}

/// A photo of a case or a check-in.
public struct Photo: Hashable, Sendable {
    public let id: EntryId
    public let hash: PhotoHash
    public let purpose: PhotoPurpose
    public let caption: String
    public let author: PersonId
    public let at: Instant
    public let state: PhotoState

    public init(
        id: EntryId, hash: PhotoHash, purpose: PhotoPurpose, caption: String, author: PersonId, at: Instant,
        state: PhotoState
    ) {
        self.id = id
        self.hash = hash
        self.purpose = purpose
        self.caption = caption
        self.author = author
        self.at = at
        self.state = state
    }
}

/// A photo as the camera hands it over: a JPEG, what it shows and where the camera was.
public struct TakenPhoto: Equatable, Sendable {
    public let jpeg: Data
    public let purpose: PhotoPurpose
    public let fixes: [Fix]
    public let caption: String

    public init(jpeg: Data, purpose: PhotoPurpose, fixes: [Fix] = [], caption: String = "") {
        self.jpeg = jpeg
        self.purpose = purpose
        self.fixes = fixes
        self.caption = caption
    }

    /// Of the most exact fix.
    public var point: Point? { fixes.best?.point }
}
