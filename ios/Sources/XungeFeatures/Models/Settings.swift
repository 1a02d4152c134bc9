public enum Appearance: String, CaseIterable, Sendable {
    case asThePhone
    case light
    case dark

    public var word: Word {
        switch self {
        case .asThePhone: .appearancePhone
        case .light: .appearanceLight
        case .dark: .appearanceDark
        }
    }
}

public enum TextSize: String, CaseIterable, Sendable {
    case ordinary
    case large
    case largest

    public var word: Word {
        switch self {
        case .ordinary: .textOrdinary
        case .large: .textLarge
        case .largest: .textLargest
        }
    }

    /// So many of the phone's steps larger than the phone says.
    public var stepsLarger: Int {
        switch self {
        case .ordinary: 0
        case .large: 2
        case .largest: 4
        }
    }
}

extension Language {
    public var word: Word {
        switch self {
        case .chinese: .languageChinese
        case .english: .languageEnglish
        }
    }
}

/// How the app looks to this person.
public struct Settings: Equatable, Sendable {
    public var language: Language
    public var appearance: Appearance
    public var textSize: TextSize

    public init(language: Language, appearance: Appearance = .asThePhone, textSize: TextSize = .ordinary) {
        self.language = language
        self.appearance = appearance
        self.textSize = textSize
    }
}

/// Where settings are kept: the platform's, not the core's, because they hold before anybody is enrolled.
@MainActor
public protocol SettingsStore {
    /// Nothing before they were chosen.
    func read() -> Settings?

    func write(_ settings: Settings)
}
