import Foundation

/// What a sign says by its colour; never by that alone.
public enum Tone: CaseIterable, Sendable {
    /// Nothing more will happen.
    case neutral

    /// Somebody has to do something.
    case waiting

    /// It goes its way.
    case active

    /// Good, or safe.
    case good

    /// Refused.
    case bad

    /// Put aside on purpose.
    case paused
}

/// A colour of sRGB, as 0xRRGGBB.
public struct Colour: Hashable, Sendable {
    public let red: Double
    public let green: Double
    public let blue: Double

    public init(_ number: UInt32) {
        red = Double((number >> 16) & 0xFF) / 255
        green = Double((number >> 8) & 0xFF) / 255
        blue = Double(number & 0xFF) / 255
    }

    /// As WCAG 2.2 defines it.
    var luminance: Double {
        func linear(_ part: Double) -> Double { part <= 0.04045 ? part / 12.92 : pow((part + 0.055) / 1.055, 2.4) }
        return 0.2126 * linear(red) + 0.7152 * linear(green) + 0.0722 * linear(blue)
    }
}

/// Ink on a ground: what is read always comes with what it is read on.
public struct Inked: Hashable, Sendable {
    public let ink: Colour
    public let ground: Colour

    public init(_ ink: UInt32, on ground: UInt32) {
        self.ink = Colour(ink)
        self.ground = Colour(ground)
    }

    /// The contrast as WCAG 2.2 defines it: 1 to 21.
    public var contrast: Double {
        let (one, other) = (ink.luminance, ground.luminance)
        return (max(one, other) + 0.05) / (min(one, other) + 0.05)
    }
}

/// The colours, those of the Android app. Every pair keeps a contrast of 7:1 and more, in the sun and at night: a test
/// computes it.
public struct Palette: Sendable {
    public let page: Inked
    public let card: Inked
    /// Text beside the point, on page and card.
    public let faintOnPage: Inked
    public let faintOnCard: Inked
    /// The one thing to do.
    public let strong: Inked
    /// Things that can be done as well.
    public let soft: Inked
    let tones: @Sendable (Tone) -> Inked

    public func of(_ tone: Tone) -> Inked { tones(tone) }

    public static let light = Palette(
        page: Inked(0x10191F, on: 0xF3F5F8),
        card: Inked(0x10191F, on: 0xFFFFFF),
        faintOnPage: Inked(0x3B4750, on: 0xF3F5F8),
        faintOnCard: Inked(0x3B4750, on: 0xFFFFFF),
        strong: Inked(0xFFFFFF, on: 0x0A4F88),
        soft: Inked(0x0A4475, on: 0xE1EEFA),
        tones: { tone in
            switch tone {
            case .neutral: Inked(0x2B363E, on: 0xE5EAED)
            case .waiting: Inked(0x573400, on: 0xFFEBC7)
            case .active: Inked(0x0B3D70, on: 0xDEECFA)
            case .good: Inked(0x0A4A2A, on: 0xD9F2E2)
            case .bad: Inked(0x7A0D13, on: 0xFDE2E0)
            case .paused: Inked(0x462478, on: 0xECE3FA)
            }
        }
    )

    public static let dark = Palette(
        page: Inked(0xF0F4F5, on: 0x0E1318),
        card: Inked(0xF0F4F5, on: 0x18212A),
        faintOnPage: Inked(0xBAC6CC, on: 0x0E1318),
        faintOnCard: Inked(0xBAC6CC, on: 0x18212A),
        strong: Inked(0x05192A, on: 0x8CC8F7),
        soft: Inked(0xB9DDFA, on: 0x1A3148),
        tones: { tone in
            switch tone {
            case .neutral: Inked(0xD6DEE3, on: 0x2B363D)
            case .waiting: Inked(0xFFD68F, on: 0x3B2B0D)
            case .active: Inked(0xB9DBFF, on: 0x13314F)
            case .good: Inked(0xA3EABF, on: 0x0F3621)
            case .bad: Inked(0xFFC7C3, on: 0x4B1517)
            case .paused: Inked(0xDDCAFF, on: 0x34225B)
            }
        }
    )
}
