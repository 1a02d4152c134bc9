import Foundation
import XungeCoreApi

public enum Language: String, CaseIterable, Sendable {
    case chinese
    case english

    /// English for a phone that asks for it before Chinese; Chinese for every other.
    public static func ofPhone(preferred: [String]) -> Language {
        let known = preferred.first { $0.hasPrefix("zh") || $0.hasPrefix("en") }
        return known?.hasPrefix("en") == true ? .english : .chinese
    }
}

/// Something said in both languages.
public struct Named: Hashable, Sendable {
    public let zh: String
    public let en: String

    public init(_ zh: String, _ en: String) {
        self.zh = zh
        self.en = en
    }

    public func of(_ language: Language) -> String {
        switch language {
        case .chinese: zh
        case .english: en
        }
    }

    /// With values in the places of `%1`, `%2`…
    public func of(_ language: Language, filledWith values: [any CustomStringConvertible & Sendable]) -> String {
        var text = of(language)
        for (index, value) in values.enumerated() {
            text = text.replacingOccurrences(of: "%\(index + 1)", with: value.description)
        }
        return text
    }
}

extension Problem {
    public var named: Named { Named(zh, en) }
}

extension Reason {
    public var named: Named { Named(zh, en) }
}

extension CaseClass {
    public var named: Named { Named(zh, en) }
}
