//! The hours of a working day, e.g. `08:30-12:00,14:00-18:00`.

use std::fmt;
use std::str::FromStr;

use minicbor::encode::Write;
use minicbor::{Decode, Decoder, Encode, Encoder};
use serde::{Deserialize, Serialize};

use super::minute::{DAY_MINUTES, HOUR_MINUTES};

/// Spans one day may have.
pub const SPANS_MAX: usize = 12;

/// Work without a break: minutes of the day, the first included, the last not.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Span {
    /// From this minute, below 1440.
    pub from: u16,
    /// Until the beginning of this minute, at most 1440.
    pub until: u16,
}

/// The hours of every working day of a body: at least one span, in order, within the day. A shift over midnight is
/// written as its two parts: `00:00-06:00,22:00-24:00`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Hours {
    spans: Vec<Span>,
    minutes_per_day: u16,
}

/// Hours that make no sense.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum HoursError {
    /// Not of the form `08:30-12:00`.
    #[error("{0:?} is no span; write hours like 08:30-12:00,14:00-18:00")]
    Form(String),
    /// It ends when it begins, or before. A shift over midnight is written as two spans.
    #[error(
        "{0:?} ends no later than it begins; a shift over midnight is two spans, 00:00-06:00,22:00-24:00"
    )]
    Backwards(String),
    /// It begins before the one before it has ended.
    #[error(
        "{0:?} begins before the span before it has ended; write spans in order, without overlap"
    )]
    Overlap(String),
    /// More than [`SPANS_MAX`].
    #[error("{0} spans are too many; a day has at most {SPANS_MAX}")]
    TooMany(usize),
}

impl HoursError {
    /// Stable code.
    pub const fn code(&self) -> &'static str {
        match self {
            Self::Form(_) => "hours_form",
            Self::Backwards(_) => "hours_backwards",
            Self::Overlap(_) => "hours_overlap",
            Self::TooMany(_) => "hours_too_many",
        }
    }

    /// Cause and next step, in Chinese.
    pub fn zh(&self) -> String {
        match self {
            Self::Form(text) => {
                format!("“{text}”不是时段；请按 08:30-12:00,14:00-18:00 的格式填写。")
            }
            Self::Backwards(text) => format!(
                "“{text}”的结束不晚于开始；跨零点的班次请拆成两段，如 00:00-06:00,22:00-24:00。"
            ),
            Self::Overlap(text) => {
                format!("“{text}”在上一时段结束之前开始；请按先后顺序填写，时段不得重叠。")
            }
            Self::TooMany(count) => {
                format!("时段有 {count} 个，一天最多 {SPANS_MAX} 个，请合并后再试。")
            }
        }
    }

    /// Cause and next step, in English.
    pub fn en(&self) -> String {
        format!("The hours cannot be used: {self}.")
    }
}

impl Hours {
    /// 08:30-12:00 and 14:00-18:00: the hours of most offices, where nobody has said others.
    pub fn ordinary() -> Self {
        let span = |from, until| Span { from, until };
        Self {
            spans: vec![span(8 * 60 + 30, 12 * 60), span(14 * 60, 18 * 60)],
            minutes_per_day: 450,
        }
    }

    /// The spans, in order.
    pub fn spans(&self) -> &[Span] {
        &self.spans
    }

    /// Working minutes of one day: what a 工作日 is.
    pub const fn minutes_per_day(&self) -> u16 {
        self.minutes_per_day
    }

    /// How many working minutes lie before a minute of the day.
    pub(super) fn before(&self, minute_of_day: i64) -> i64 {
        self.spans.iter().fold(0, |sum, span| {
            let (from, until) = (i64::from(span.from), i64::from(span.until));
            sum + (minute_of_day.min(until) - from).max(0)
        })
    }

    /// When the n-th working minute of the day is over, from 0; minutes since the day began.
    pub(super) fn end_of(&self, number: i64) -> i64 {
        let mut left = number;
        for span in &self.spans {
            let length = i64::from(span.until - span.from);
            if left < length {
                return i64::from(span.from) + left + 1;
            }
            left -= length;
        }
        DAY_MINUTES
    }
}

/// As text, which is what people read in every other place too.
impl<Context> Encode<Context> for Hours {
    fn encode<W: Write>(
        &self,
        encoder: &mut Encoder<W>,
        _: &mut Context,
    ) -> Result<(), minicbor::encode::Error<W::Error>> {
        encoder.str(&self.to_string())?.ok()
    }
}

impl<'bytes, Context> Decode<'bytes, Context> for Hours {
    fn decode(
        decoder: &mut Decoder<'bytes>,
        _: &mut Context,
    ) -> Result<Self, minicbor::decode::Error> {
        let text = decoder.str()?;
        text.parse().map_err(minicbor::decode::Error::custom)
    }
}

impl FromStr for Hours {
    type Err = HoursError;

    fn from_str(text: &str) -> Result<Self, HoursError> {
        let mut spans: Vec<Span> = Vec::new();
        for part in text.split(',').map(str::trim) {
            let form = || HoursError::Form(part.chars().take(40).collect());
            let (from, until) = part.split_once('-').ok_or_else(form)?;
            let from = minute(from).ok_or_else(form)?;
            let until = minute(until).ok_or_else(form)?;
            if until <= from {
                return Err(HoursError::Backwards(part.to_owned()));
            }
            if spans.last().is_some_and(|before| from < before.until) {
                return Err(HoursError::Overlap(part.to_owned()));
            }
            spans.push(Span { from, until });
        }
        if spans.len() > SPANS_MAX {
            return Err(HoursError::TooMany(spans.len()));
        }
        let minutes_per_day = spans.iter().map(|span| span.until - span.from).sum();
        Ok(Self {
            spans,
            minutes_per_day,
        })
    }
}

/// `08:30`; `24:00` is the end of the day.
fn minute(text: &str) -> Option<u16> {
    let bytes = text.trim().as_bytes();
    let [h1, h2, b':', m1, m2] = bytes else {
        return None;
    };
    if ![h1, h2, m1, m2].iter().all(|digit| digit.is_ascii_digit()) {
        return None;
    }
    let two = |tens: u8, ones: u8| i64::from(tens - b'0') * 10 + i64::from(ones - b'0');
    let (hour, minute) = (two(*h1, *h2), two(*m1, *m2));
    let total = hour * HOUR_MINUTES + minute;
    (minute < HOUR_MINUTES && total <= DAY_MINUTES).then_some(total as u16)
}

/// `08:30`.
pub(super) fn clock_text(minute_of_day: u16) -> String {
    format!("{:02}:{:02}", minute_of_day / 60, minute_of_day % 60)
}

impl fmt::Display for Hours {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (index, span) in self.spans.iter().enumerate() {
            let comma = if index == 0 { "" } else { "," };
            let (from, until) = (clock_text(span.from), clock_text(span.until));
            write!(out, "{comma}{from}-{until}")?;
        }
        Ok(())
    }
}

impl TryFrom<String> for Hours {
    type Error = HoursError;

    fn try_from(text: String) -> Result<Self, HoursError> {
        text.parse()
    }
}

impl From<Hours> for String {
    fn from(hours: Hours) -> Self {
        hours.to_string()
    }
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a failing test should stop")]
mod tests {
    use super::*;

    #[test]
    fn reads_and_writes_the_same() {
        for (text, minutes) in [
            ("08:30-12:00,14:00-18:00", 450),
            ("00:00-24:00", 1440),
            ("00:00-06:00,22:00-24:00", 480),
            ("08:00-12:00,12:00-17:00", 540),
            ("23:59-24:00", 1),
        ] {
            let hours: Hours = text.parse().unwrap();
            assert_eq!(hours.minutes_per_day(), minutes);
            assert_eq!(hours.to_string(), text);
            let json = serde_json::to_string(&hours).unwrap();
            assert_eq!(serde_json::from_str::<Hours>(&json).unwrap(), hours);
        }
        let spaced: Hours = " 08:30 - 12:00 , 14:00-18:00 ".parse().unwrap();
        assert_eq!(spaced.to_string(), "08:30-12:00,14:00-18:00");
    }

    #[test]
    fn what_makes_no_sense_has_a_code_and_two_texts() {
        let many: Vec<_> = (0..=SPANS_MAX)
            .map(|n| format!("{n:02}:00-{n:02}:30"))
            .collect();
        for (text, code) in [
            ("", "hours_form"),
            ("08:30", "hours_form"),
            ("8:30-12:00", "hours_form"),
            ("08:60-12:00", "hours_form"),
            ("08:30-24:01", "hours_form"),
            ("08:30-12:00,", "hours_form"),
            ("-1:30-12:00", "hours_form"),
            ("12:00-08:30", "hours_backwards"),
            ("22:00-06:00", "hours_backwards"),
            ("08:30-08:30", "hours_backwards"),
            ("08:30-12:00,11:59-18:00", "hours_overlap"),
            ("14:00-18:00,08:30-12:00", "hours_overlap"),
            (&many.join(","), "hours_too_many"),
        ] {
            let error = text.parse::<Hours>().unwrap_err();
            assert_eq!(error.code(), code, "{text:?}");
            assert!(!error.zh().is_empty() && error.en().ends_with('.'));
        }
    }

    #[test]
    fn minutes_of_the_day_are_counted_as_one_by_one() {
        for text in ["08:30-12:00,14:00-18:00", "00:00-06:00,22:00-24:00"] {
            let hours: Hours = text.parse().unwrap();
            let mut counted = 0;
            for minute in 0..DAY_MINUTES {
                assert_eq!(hours.before(minute), counted);
                let inside = |span: &Span| (span.from..span.until).contains(&(minute as u16));
                if hours.spans().iter().any(inside) {
                    assert_eq!(hours.end_of(counted), minute + 1);
                    counted += 1;
                }
            }
            assert_eq!(
                hours.before(DAY_MINUTES),
                i64::from(hours.minutes_per_day())
            );
        }
    }
}
