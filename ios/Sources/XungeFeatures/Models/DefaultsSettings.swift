import Foundation

/// Settings in the app's defaults, each by itself: one that is not understood, as of a later version, is as if not chosen.
@MainActor
public struct DefaultsSettings: SettingsStore {
    private let defaults: UserDefaults
    private let phone: Language

    /// `phone` is the language where none was chosen.
    public init(_ defaults: UserDefaults, phone: Language) {
        self.defaults = defaults
        self.phone = phone
    }

    public func read() -> Settings? {
        let language: Language? = chosen("language")
        let appearance: Appearance? = chosen("appearance")
        let textSize: TextSize? = chosen("text_size")
        if language == nil && appearance == nil && textSize == nil { return nil }
        return Settings(
            language: language ?? phone, appearance: appearance ?? .asThePhone, textSize: textSize ?? .ordinary)
    }

    public func write(_ settings: Settings) {
        defaults.set(settings.language.rawValue, forKey: "language")
        defaults.set(settings.appearance.rawValue, forKey: "appearance")
        defaults.set(settings.textSize.rawValue, forKey: "text_size")
    }

    private func chosen<Value: RawRepresentable<String>>(_ name: String) -> Value? {
        defaults.string(forKey: name).flatMap(Value.init(rawValue:))
    }
}
