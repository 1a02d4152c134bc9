//! The words of an explanation, Chinese and English.

use jiff::civil::{Date, Weekday};

use super::clock_limit::ClockLimit;
use super::explanation::{Explanation, Subtracted};
use super::holiday;
use super::minute::{HOUR_MINUTES, LocalMinute, date_of};
use crate::class::LimitUnit;
use crate::time::Timestamp;

impl Explanation {
    /// From when, which unit, what was subtracted, due when; in Chinese.
    pub fn zh(&self) -> String {
        let mut text = format!("{}收到", minute_zh(self.start));
        if self.counts_from > self.start {
            text += &format!("，自 {}起计时", minute_zh(self.counts_from));
        } else {
            text += "即起计时";
        }
        let each = match self.limit {
            ClockLimit::Units(limit) => {
                text += &format!("；时限 {} 个{}", limit.number, limit.unit.zh());
                format!("，每个为 {}", minutes_zh(self.unit_minutes))
            }
            ClockLimit::Minutes(_) => {
                text += &format!("；时限 {}", minutes_zh(self.minutes));
                String::new()
            }
        };
        let Some(taken) = &self.subtracted else {
            text += &format!("{each}，昼夜连续计时，夜间、周末和节假日均不扣除。");
            return text + &format!("到期时间 {}。", minute_zh(self.due));
        };
        text += &match self.limit.unit() {
            LimitUnit::WorkDay => format!(
                "，每个工作日按工作时间 {} 计 {}",
                self.hours,
                minutes_zh(self.unit_minutes)
            ),
            _ => format!("，只计工作日的工作时间 {}", self.hours),
        };
        text += &format!("，共 {}。", minutes_zh(self.minutes));
        let parts = taken.parts_zh(self.hours.spans().len());
        if parts.is_empty() {
            text += "其间无需扣除。";
        } else {
            text += &format!("已扣除：{}。", parts.join("；"));
        }
        if !taken.swapped_days.is_empty() {
            let days = taken.swapped_days.iter().map(|swapped| {
                let (day, name) = (swapped.day, holiday::zh(&swapped.name));
                format!("{day}（{name}调休）")
            });
            let days: Vec<_> = days.collect();
            text += &format!("周末上班已计入：{}。", days.join("、"));
        }
        text += &format!("到期时间 {}", minute_zh(self.due));
        text + &format!("（日历版本 {}）。", self.calendar_edition)
    }

    /// From when, which unit, what was subtracted, due when; in English.
    pub fn en(&self) -> String {
        let mut text = format!("Received {}", minute_en(self.start));
        if self.counts_from > self.start {
            text += &format!(", counted from {}", minute_en(self.counts_from));
        } else {
            text += ", counted from then";
        }
        let each = minutes_en(self.unit_minutes);
        let of_each = match self.limit {
            ClockLimit::Units(limit) => {
                text += &format!("; limit {}", units_en(limit.number, limit.unit));
                format!(" of {each}")
            }
            ClockLimit::Minutes(_) => {
                text += &format!("; limit {}", minutes_en(self.minutes));
                String::new()
            }
        };
        let Some(taken) = &self.subtracted else {
            text += &format!(
                "{of_each}, day and night: nights, weekends and holidays are not subtracted."
            );
            return text + &format!(" Due {}.", minute_en(self.due));
        };
        text += &match self.limit.unit() {
            LimitUnit::WorkDay => format!(" of {each} each (hours {})", self.hours),
            _ => format!(" within the hours {} of working days", self.hours),
        };
        text += &format!(", {} in all.", minutes_en(self.minutes));
        let parts = taken.parts_en(self.hours.spans().len());
        if parts.is_empty() {
            text += " Nothing had to be subtracted.";
        } else {
            text += &format!(" Subtracted: {}.", parts.join("; "));
        }
        if !taken.swapped_days.is_empty() {
            let days = taken.swapped_days.iter().map(|swapped| {
                let (day, name) = (swapped.day, holiday::en(&swapped.name));
                format!("{day} (for {name})")
            });
            let days: Vec<_> = days.collect();
            text += &format!(" Worked weekend days, counted: {}.", days.join(", "));
        }
        text += &format!(" Due {}", minute_en(self.due));
        text + &format!(" (calendar {}).", self.calendar_edition)
    }
}

impl Subtracted {
    fn parts_zh(&self, spans: usize) -> Vec<String> {
        let mut parts = Vec::new();
        if self.night_minutes > 0 {
            let minutes = minutes_zh(self.night_minutes);
            parts.push(format!("夜间 {} 次共 {minutes}", self.nights));
        }
        if self.break_minutes > 0 {
            let word = if spans == 2 { "午休" } else { "班间休息" };
            let minutes = minutes_zh(self.break_minutes);
            parts.push(format!("{word} {} 次共 {minutes}", self.breaks));
        }
        if !self.weekend_days.is_empty() {
            let days = ranges(&self.weekend_days, "至", "、");
            parts.push(format!("周末 {} 天（{days}）", self.weekend_days.len()));
        }
        for taken in &self.holidays {
            let days = ranges(&taken.days, "至", "、");
            let name = holiday::zh(&taken.name);
            parts.push(format!("{name} {} 天（{days}）", taken.days.len()));
        }
        parts
    }

    fn parts_en(&self, spans: usize) -> Vec<String> {
        let mut parts = Vec::new();
        if self.night_minutes > 0 {
            let minutes = minutes_en(self.night_minutes);
            parts.push(format!("{}, {minutes}", count_en(self.nights, "night")));
        }
        if self.break_minutes > 0 {
            let word = if spans == 2 { "lunch break" } else { "break" };
            let minutes = minutes_en(self.break_minutes);
            parts.push(format!("{}, {minutes}", count_en(self.breaks, word)));
        }
        if !self.weekend_days.is_empty() {
            let days = ranges(&self.weekend_days, " to ", ", ");
            let count = count_en(self.weekend_days.len() as u32, "weekend day");
            parts.push(format!("{count} ({days})"));
        }
        for taken in &self.holidays {
            let days = ranges(&taken.days, " to ", ", ");
            let count = count_en(taken.days.len() as u32, "day");
            parts.push(format!("{} {count} ({days})", holiday::en(&taken.name)));
        }
        parts
    }
}

/// `2025-07-05 to 2025-07-06, 2025-07-12`.
fn ranges(days: &[Date], to: &str, and: &str) -> String {
    let mut ranges: Vec<(Date, Date)> = Vec::new();
    for day in days {
        match ranges.last_mut() {
            Some((_, last)) if last.tomorrow().is_ok_and(|next| next == *day) => *last = *day,
            _ => ranges.push((*day, *day)),
        }
    }
    let text = |(first, last): &(Date, Date)| {
        if first == last {
            first.to_string()
        } else {
            format!("{first}{to}{last}")
        }
    };
    ranges.iter().map(text).collect::<Vec<_>>().join(and)
}

pub(super) fn minutes_zh(minutes: i64) -> String {
    match (minutes / HOUR_MINUTES, minutes % HOUR_MINUTES) {
        (0, minutes) => format!("{minutes} 分钟"),
        (hours, 0) => format!("{hours} 小时"),
        (hours, minutes) => format!("{hours} 小时 {minutes} 分钟"),
    }
}

pub(super) fn minutes_en(minutes: i64) -> String {
    match (minutes / HOUR_MINUTES, minutes % HOUR_MINUTES) {
        (0, minutes) => format!("{minutes} min"),
        (hours, 0) => format!("{hours} h"),
        (hours, minutes) => format!("{hours} h {minutes} min"),
    }
}

fn count_en(count: u32, word: &str) -> String {
    let ending = if count == 1 { "" } else { "s" };
    format!("{count} {word}{ending}")
}

fn units_en(number: u32, unit: LimitUnit) -> String {
    let word = match unit {
        LimitUnit::UrgentHour => "urgent hour",
        LimitUnit::WorkHour => "working hour",
        LimitUnit::WorkDay => "working day",
        LimitUnit::NaturalDay => "natural day",
    };
    count_en(number, word)
}

fn weekday(instant: Timestamp) -> Weekday {
    date_of(LocalMinute::at_or_before(instant).day()).weekday()
}

pub(super) fn minute_zh(instant: Timestamp) -> String {
    let day = match weekday(instant) {
        Weekday::Monday => "周一",
        Weekday::Tuesday => "周二",
        Weekday::Wednesday => "周三",
        Weekday::Thursday => "周四",
        Weekday::Friday => "周五",
        Weekday::Saturday => "周六",
        Weekday::Sunday => "周日",
    };
    format!("{}（{day}）", instant.to_local_minute())
}

pub(super) fn minute_en(instant: Timestamp) -> String {
    let day = match weekday(instant) {
        Weekday::Monday => "Monday",
        Weekday::Tuesday => "Tuesday",
        Weekday::Wednesday => "Wednesday",
        Weekday::Thursday => "Thursday",
        Weekday::Friday => "Friday",
        Weekday::Saturday => "Saturday",
        Weekday::Sunday => "Sunday",
    };
    format!("{day} {}", instant.to_local_minute())
}
