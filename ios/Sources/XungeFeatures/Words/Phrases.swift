import Foundation

/// A phrase behind what is written already.
func behind(_ text: String, _ phrase: String) -> String {
    if text.trimmed.isEmpty { return phrase }
    var start = Substring(text)
    while let last = start.last, last.isWhitespace || last == "。" || last == "；" { start.removeLast() }
    return "\(start)；\(phrase)"
}
