import Foundation
import XungeCoreApi

private let minute: Int64 = 60_000
private let hour = 60 * minute
private let day = 24 * hour

/// The one time of the country.
private let offsetSeconds = 8 * 3_600

/// `11-29 17:43`; with the year where it is not this one.
public func moment(_ at: Instant, now: Instant) -> String {
    let local = parts(at)
    let short = [local.month, local.day].map(twoDigits).joined(separator: "-")
    let clock = [local.hour, local.minute].map(twoDigits).joined(separator: ":")
    let text = "\(short) \(clock)"
    return local.year == parts(now).year ? text : "\(local.year ?? 0)-\(text)"
}

/// How long ago where that is quickly said, otherwise when. What a fast clock dates ahead is just now.
public func ago(_ at: Instant, now: Instant, _ language: Language) -> String {
    let millis = now.millis - at.millis
    return switch millis {
    case ..<minute: Word.justNow.of(language)
    case ..<hour: Word.minutesAgo.of(language, millis / minute)
    case ..<(12 * hour): Word.hoursAgo.of(language, millis / hour)
    default: moment(at, now: now)
    }
}

/// A length of time, in its largest whole unit.
public func duration(_ millis: Int64, _ language: Language) -> String {
    switch abs(millis) {
    case let length where length < minute: Word.seconds.of(language, length / 1_000)
    case let length where length < hour: Word.minutes.of(language, length / minute)
    case let length where length < 2 * day: Word.hours.of(language, length / hour)
    case let length: Word.days.of(language, length / day)
    }
}

extension Point {
    /// Degrees as people read them out: five digits behind the point are about a metre.
    public var said: String {
        [latitudeE7, longitudeE7].map { String(format: "%.5f", Double($0) / 1e7) }.joined(separator: ", ")
    }
}

private func parts(_ at: Instant) -> DateComponents {
    var calendar = Calendar(identifier: .gregorian)
    calendar.timeZone = TimeZone(secondsFromGMT: offsetSeconds) ?? .gmt
    let date = Date(timeIntervalSince1970: Double(at.millis) / 1_000)
    return calendar.dateComponents([.year, .month, .day, .hour, .minute], from: date)
}

private func twoDigits(_ number: Int?) -> String {
    let text = String(number ?? 0)
    return text.count < 2 ? "0" + text : text
}
