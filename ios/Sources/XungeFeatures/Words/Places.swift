import Foundation
import XungeCoreApi

/// How far, in metres below a kilometre.
public func distance(_ metres: Double, _ language: Language) -> String {
    metres < 1_000
        ? Word.metres.of(language, Int(metres.rounded()))
        : Word.kilometres.of(language, String(format: "%.1f", metres / 1_000))
}

private let unit = 1024.0

/// A number of bytes in its largest unit, with one digit behind the point where that says something.
public func sized(_ bytes: UInt64, _ language: Language) -> String {
    let kilobytes = Double(bytes) / unit
    let megabytes = kilobytes / unit
    return switch kilobytes {
    case ..<1: Named("\(bytes) 字节", "\(bytes) bytes").of(language)
    case ..<unit: String(format: "%.0f KB", kilobytes)
    case ..<(unit * unit): String(format: "%.1f MB", megabytes)
    default: String(format: "%.1f GB", megabytes / unit)
    }
}
