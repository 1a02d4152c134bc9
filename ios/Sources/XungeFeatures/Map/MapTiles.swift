import Foundation
import Observation
import XungeCoreApi

/// The base map under a map: which of its pictures are in view. Without one nothing is drawn here, and the map is as it was.
@MainActor
@Observable
public final class MapTiles {
    /// What there is of the base map; nothing before the core said, and where there is none.
    public private(set) var base: BaseMap?

    /// The pictures in view, those of one zoom.
    public private(set) var shown: [BaseMapTile] = []

    @ObservationIgnored private let thread: CoreThread
    @ObservationIgnored private var wanted: Look?
    @ObservationIgnored private var looking = false

    private struct Look: Equatable {
        let area: Bounds
        let pixelsAcross: UInt32
    }

    init(_ thread: CoreThread) { self.thread = thread }

    /// Whose work the map is, wherever it is in view.
    public var attribution: String? { shown.isEmpty ? nil : base?.attribution }

    /// A base map that cannot be read is none: the page says nothing of it, the map goes without.
    func load() async { base = (try? await thread.run { try $0.baseMap() }) ?? nil }

    /// Looks for the pictures of what is in view, on a screen of so many pixels. While it looks only the newest view counts.
    public func look(_ area: Bounds, pixelsAcross: UInt32) async {
        guard base?.complete == true else {
            shown = []
            return
        }
        wanted = Look(area: area, pixelsAcross: pixelsAcross)
        if looking { return }
        looking = true
        while let look = wanted {
            wanted = nil
            let found = try? await thread.run { try $0.baseMapTiles(look.area, pixelsAcross: look.pixelsAcross) }
            shown = found ?? []
        }
        looking = false
    }

    /// The bytes of a picture; nothing where it is not here.
    public func picture(_ tile: BaseMapTile) async -> Data? { (try? await thread.run { try $0.picture(tile) }) ?? nil }
}

extension BaseMap {
    /// How much of it is here, and what the rest waits for.
    public func said(metered: Bool) -> Named {
        if complete { return Word.baseMapWhole.filled(megabytes(bytes)) }
        return (metered ? Word.baseMapWaits : .baseMapPart).filled(megabytes(bytesHere), megabytes(bytes))
    }
}

/// In millions of bytes, with one digit behind the point.
private func megabytes(_ bytes: UInt64) -> String { String(format: "%.1f", Double(bytes) / 1e6) }

/// The last so many of what was asked for, by their keys: decoded pictures, which cost memory.
public struct Recent<Key: Hashable, Value> {
    private let max: Int
    private var values: [Key: Value] = [:]
    /// The one that was used last is the last.
    private var order: [Key] = []

    public init(max: Int) { self.max = max }

    public var count: Int { values.count }

    /// What is kept under this key, without a use.
    public func peek(_ key: Key) -> Value? { values[key] }

    /// What is kept under this key; it counts as used.
    public mutating func use(_ key: Key) -> Value? {
        guard let value = values[key] else { return nil }
        touch(key)
        return value
    }

    /// Keeps it, and lets go of what was used longest ago where there are too many.
    public mutating func keep(_ key: Key, _ value: Value) {
        values[key] = value
        touch(key)
        while order.count > max { values[order.removeFirst()] = nil }
    }

    private mutating func touch(_ key: Key) {
        order.removeAll { $0 == key }
        order.append(key)
    }
}
