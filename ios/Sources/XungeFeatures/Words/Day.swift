import XungeCoreApi

private let dayMillis: Int64 = 24 * 3_600_000

/// How far the one time of the country is ahead of UTC.
private let aheadMillis: Int64 = 8 * 3_600_000

private let weekdays = [
    Named("周一", "Mon"), Named("周二", "Tue"), Named("周三", "Wed"), Named("周四", "Thu"), Named("周五", "Fri"),
    Named("周六", "Sat"), Named("周日", "Sun"),
]

/// A day in the time of the country.
public struct Day: Hashable, Comparable, Sendable {
    /// Days since 1970-01-01.
    private let number: Int64

    private init(number: Int64) { self.number = number }

    /// The day in which an instant lies.
    public init(_ at: Instant) {
        let local = at.millis + aheadMillis
        number = (local - (local % dayMillis + dayMillis) % dayMillis) / dayMillis
    }

    public func plus(_ days: Int) -> Day { Day(number: number + Int64(days)) }

    /// Its first instant.
    public var start: Instant { Instant(number * dayMillis - aheadMillis) }

    /// `07-03 周五`.
    public func named(_ language: Language) -> String {
        // 1970-01-01 was a Thursday.
        let weekday = weekdays[Int(((number + 3) % 7 + 7) % 7)].of(language)
        return "\(moment(start, now: start).dropLast(" 00:00".count)) \(weekday)"
    }

    public static func < (left: Day, right: Day) -> Bool { left.number < right.number }
}
