//! Why two matters are likely one, as a person reads it.

use crate::case::duplicate::LikelyDuplicate;
use crate::case::state::CaseState;

const MINUTE_MILLIS: u64 = 60 * 1_000;
const HOUR_MINUTES: u64 = 60;
const DAY_MINUTES: u64 = 24 * HOUR_MINUTES;
/// Up to here people say hours.
const HOURS_MAX: u64 = 48;

/// A span in the unit that people would use: number, Chinese, English.
fn span(millis: i64) -> (u64, &'static str, &'static str) {
    let minutes = millis.unsigned_abs() / MINUTE_MILLIS;
    match minutes {
        ..HOUR_MINUTES => (minutes, "分钟", "min"),
        _ if minutes < HOURS_MAX * HOUR_MINUTES => (minutes / HOUR_MINUTES, "小时", "h"),
        _ => (minutes / DAY_MINUTES, "天", "days"),
    }
}

impl LikelyDuplicate {
    /// The reason in Chinese: class, distance, time, photos, state.
    pub fn zh(&self) -> String {
        let mut parts = Vec::new();
        match self.same_class {
            Some(true) => parts.push("同一小类".to_owned()),
            Some(false) => parts.push("小类不同".to_owned()),
            None => {}
        }
        parts.push(format!("相距 {} 米", self.metres));
        let (number, unit, _) = span(self.earlier_millis);
        let side = if self.earlier_millis < 0 {
            "后"
        } else {
            "前"
        };
        parts.push(format!("{number} {unit}{side}上报"));
        if let Some(bits) = self.look_bits {
            parts.push(format!("照片相似（64 位中差 {bits} 位）"));
        }
        match (self.state, self.ended_millis) {
            (CaseState::Closed, Some(since)) => {
                let (number, unit, _) = span(since);
                let side = if since < 0 { "后" } else { "前" };
                parts.push(format!("{number} {unit}{side}结案"));
            }
            _ => parts.push(format!("现为“{}”", self.state.zh())),
        }
        parts.join("，")
    }

    /// The reason in English: class, distance, time, photos, state.
    pub fn en(&self) -> String {
        let mut parts = Vec::new();
        match self.same_class {
            Some(true) => parts.push("same class".to_owned()),
            Some(false) => parts.push("another class".to_owned()),
            None => {}
        }
        parts.push(format!("{} m away", self.metres));
        let (number, _, unit) = span(self.earlier_millis);
        let side = if self.earlier_millis < 0 {
            "later"
        } else {
            "before"
        };
        parts.push(format!("reported {number} {unit} {side}"));
        if let Some(bits) = self.look_bits {
            parts.push(format!("photos look alike ({bits} of 64 bits differ)"));
        }
        match (self.state, self.ended_millis) {
            (CaseState::Closed, Some(since)) => {
                let (number, _, unit) = span(since);
                let side = if since < 0 { "later" } else { "before" };
                parts.push(format!("closed {number} {unit} {side}"));
            }
            _ => parts.push(format!("now {}", self.state.id())),
        }
        parts.join(", ")
    }
}
