//! The header `Range` (RFC 9110): a single range of bytes. Several, other units and what cannot be read are passed over,
//! as the standard allows: the answer is then the whole.

use axum::http::{HeaderMap, header};

/// What of a body is asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Wanted {
    /// All of it.
    Whole,
    /// From a byte up to and without another.
    Part {
        /// The first.
        from: u64,
        /// One past the last.
        to: u64,
    },
    /// Bytes that are not there.
    Nothing,
}

/// What a request wants of a body of so many bytes.
pub fn wanted(headers: &HeaderMap, length: u64) -> Wanted {
    let range = headers.get(header::RANGE);
    let range = range.and_then(|range| range.to_str().ok());
    range.map_or(Wanted::Whole, |range| of(range, length))
}

fn of(range: &str, length: u64) -> Wanted {
    let Some((from, to)) = range
        .strip_prefix("bytes=")
        .and_then(|range| range.trim().split_once('-'))
    else {
        return Wanted::Whole;
    };
    let number = |text: &str| {
        let digits = !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
        // More than fits is more than there is.
        digits.then(|| text.parse().unwrap_or(u64::MAX))
    };
    match (number(from), number(to)) {
        (Some(from), Some(last)) if from > last => Wanted::Whole,
        (Some(from), last) if last.is_some() || to.is_empty() => {
            if from >= length {
                return Wanted::Nothing;
            }
            let to = last.map_or(length, |last| last.saturating_add(1).min(length));
            Wanted::Part { from, to }
        }
        (None, Some(0)) if from.is_empty() => Wanted::Nothing,
        (None, Some(_)) if from.is_empty() && length == 0 => Wanted::Nothing,
        (None, Some(last)) if from.is_empty() => Wanted::Part {
            from: length.saturating_sub(last),
            to: length,
        },
        _ => Wanted::Whole,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn single_ranges_are_understood_and_everything_else_is_the_whole() {
        let part = |from, to| Wanted::Part { from, to };
        for (range, wanted) in [
            ("bytes=0-0", part(0, 1)),
            ("bytes=3-6", part(3, 7)),
            ("bytes=3-", part(3, 10)),
            ("bytes=9-9", part(9, 10)),
            ("bytes=3-99999999999999999999999", part(3, 10)),
            ("bytes=-4", part(6, 10)),
            ("bytes=-40", part(0, 10)),
            ("bytes=10-", Wanted::Nothing),
            ("bytes=10-12", Wanted::Nothing),
            ("bytes=99999999999999999999999-", Wanted::Nothing),
            ("bytes=-0", Wanted::Nothing),
            ("bytes=6-3", Wanted::Whole),
            ("bytes=0-1,3-4", Wanted::Whole),
            ("bytes=-", Wanted::Whole),
            ("bytes=a-b", Wanted::Whole),
            ("bytes=+1-2", Wanted::Whole),
            ("lines=1-2", Wanted::Whole),
            ("", Wanted::Whole),
        ] {
            assert_eq!(of(range, 10), wanted, "{range}");
        }
        assert_eq!(of("bytes=0-", 0), Wanted::Nothing);
    }
}
