//! Why a limit cannot be counted.

use super::meter::LIMIT_NUMBER_MAX;

/// A limit that cannot be counted. Nothing is guessed in its place.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum WorkingTimeError {
    /// Counting leads into a year of which no calendar is loaded.
    #[error(
        "no working calendar of {year} is loaded, and it is not guessed; load the holidays and swapped days of that year and try again"
    )]
    YearMissing {
        /// Which year.
        year: i16,
    },
    /// A limit of nothing.
    #[error("a limit of 0 is none; give 1 or more")]
    LimitZero,
    /// More than [`LIMIT_NUMBER_MAX`].
    #[error("a limit of {number} is too long; give at most {LIMIT_NUMBER_MAX}")]
    LimitTooLong {
        /// How many units.
        number: u32,
    },
}

impl WorkingTimeError {
    /// Stable code.
    pub const fn code(&self) -> &'static str {
        match self {
            Self::YearMissing { .. } => "calendar_year_missing",
            Self::LimitZero => "limit_zero",
            Self::LimitTooLong { .. } => "limit_too_long",
        }
    }

    /// Cause and next step, in Chinese.
    pub fn zh(&self) -> String {
        match self {
            Self::YearMissing { year } => format!(
                "没有 {year} 年的工作日历，系统不作猜测；请导入该年的节假日和调休安排后再试。"
            ),
            Self::LimitZero => "时限不能为 0，请填写 1 或更大的数。".into(),
            Self::LimitTooLong { number } => {
                format!("时限 {number} 过长，最多 {LIMIT_NUMBER_MAX}，请改小后再试。")
            }
        }
    }

    /// Cause and next step, in English.
    pub fn en(&self) -> String {
        let text = self.to_string();
        let mut letters = text.chars();
        let first = letters.next().map(|letter| letter.to_ascii_uppercase());
        first.into_iter().chain(letters).chain(['.']).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_missing_year_is_named_in_both_languages() {
        let error = WorkingTimeError::YearMissing { year: 2027 };
        assert!(error.zh().contains("2027") && error.en().contains("2027"));
        assert!(error.en().starts_with("No working calendar") && error.en().ends_with('.'));
        assert_eq!(error.code(), "calendar_year_missing");
    }
}
