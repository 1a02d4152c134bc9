//! How much one push carries. What a cut destroys is what was under way, so a bad link gets small pushes; a good one
//! large ones, or a long day's work would be many round trips. Of a push in parts a cut destroys a part, so what a whole
//! push may hold is what a part may hold, and the push is many of them.

/// A push starts at this many bytes of raw changes: about a frame.
pub const PUSH_BYTES_START: usize = 128 * 1024;
/// It never grows beyond this many…
pub const PUSH_BYTES_MAX: usize = 2 * 1024 * 1024;
/// …and never shrinks below this many, so that something comes through any link.
pub const PUSH_BYTES_MIN: usize = 4 * 1024;
/// A push in parts holds so many times what a whole one would: at first 2 MiB, which is 1,000 cases of six changes…
pub const PARTED_TIMES: usize = 16;
/// …and never more than this, which the device has in memory, and which takes 20 s at 256 kbit/s.
pub const PARTED_BYTES_MAX: usize = 4 * 1024 * 1024;
/// Most documents of a push; a hub takes twice as many.
pub const PUSH_DOCUMENTS_MAX: usize = 1_000;
/// Most changes of one document in a push; a hub takes twice as many.
pub const PUSH_CHANGES_MAX: usize = 1_000;
/// A full push that is answered within this time is followed by one so much larger that it takes twice this time if
/// all of it was the link's rate. Of a quick answer most was the way there and back, and a larger push costs it once.
pub const QUICK_MILLIS: u64 = 3_000;
/// A push that took longer than this was too large for its link, though it came through.
pub const SLOW_MILLIS: u64 = 8_000;

/// The same of a push in parts: it holds more, every part of it counts, and a hub listens for two minutes.
pub const SLOW_PARTED_MILLIS: u64 = 30_000;

/// The size of the next push.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Pace {
    bytes: usize,
    part_max: usize,
}

impl Default for Pace {
    fn default() -> Self {
        Self {
            bytes: PUSH_BYTES_START,
            part_max: PUSH_BYTES_START,
        }
    }
}

impl Pace {
    pub(crate) const fn bytes(self) -> usize {
        self.bytes
    }

    /// Of a push in parts.
    pub(crate) fn parted_bytes(self) -> usize {
        self.bytes
            .saturating_mul(PARTED_TIMES)
            .min(PARTED_BYTES_MAX)
    }

    /// Of one of its parts: about a frame, as what a cut of an answer costs.
    pub(crate) fn part_bytes(self) -> usize {
        self.bytes.min(self.part_max)
    }

    pub(crate) const fn cut_finely(&mut self, part_bytes: usize) {
        self.part_max = part_bytes;
    }

    /// Nothing came through.
    pub(crate) fn failed(&mut self) {
        self.bytes = (self.bytes / 2).max(PUSH_BYTES_MIN);
    }

    /// Of a push in parts not even the first part did. However large pushes have become, the next part is smaller.
    pub(crate) fn no_part_came_through(&mut self) {
        self.bytes = self.bytes.min(PUSH_BYTES_START);
        self.failed();
    }

    /// A push of so many bytes was answered, after so long where anybody measured. Without a measure, or with little
    /// pushed, the size only comes back to where it started: nothing was learnt about larger ones.
    pub(crate) fn came_through(&mut self, pushed: usize, in_parts: bool, took_millis: Option<u64>) {
        let (pushed, slow) = if in_parts {
            (pushed.div_ceil(PARTED_TIMES), SLOW_PARTED_MILLIS)
        } else {
            (pushed, SLOW_MILLIS)
        };
        let full = pushed > self.bytes / 2;
        match took_millis {
            Some(took) if took > slow && pushed > 0 => self.failed(),
            Some(took) if took <= QUICK_MILLIS && full => {
                let times = usize::try_from(2 * QUICK_MILLIS / took.max(1));
                let larger = self.bytes.saturating_mul(times.unwrap_or(usize::MAX));
                self.bytes = larger.min(PUSH_BYTES_MAX);
            }
            Some(took) if took > QUICK_MILLIS => {}
            _ if self.bytes < PUSH_BYTES_START => {
                self.bytes = (self.bytes * 2).min(PUSH_BYTES_START);
            }
            _ => {}
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn after(bytes: usize, pushed: usize, took_millis: Option<u64>) -> usize {
        let mut pace = Pace {
            bytes,
            ..Pace::default()
        };
        pace.came_through(pushed, false, took_millis);
        pace.bytes()
    }

    #[test]
    fn a_quick_full_push_is_followed_by_a_larger_one_up_to_the_most() {
        let mut pace = Pace::default();
        let mut sizes = Vec::new();
        for _ in 0..6 {
            pace.came_through(pace.bytes(), false, Some(QUICK_MILLIS));
            sizes.push(pace.bytes() / PUSH_BYTES_START);
        }
        assert_eq!(sizes, [2, 4, 8, 16, 16, 16]);
        assert_eq!(pace.bytes(), PUSH_BYTES_MAX);
        let start = PUSH_BYTES_START;
        assert_eq!(after(start, start, Some(1_000)), start * 6, "256 kbit/s");
        assert_eq!(after(start, start, Some(375)), PUSH_BYTES_MAX, "150 ms");
        assert_eq!(after(start, start, Some(0)), PUSH_BYTES_MAX);
    }

    #[test]
    fn a_cut_and_a_slow_push_halve_down_to_the_least() {
        let mut pace = Pace::default();
        for _ in 0..10 {
            pace.failed();
        }
        assert_eq!(pace.bytes(), PUSH_BYTES_MIN);
        let start = PUSH_BYTES_START;
        assert_eq!(after(start, start, Some(SLOW_MILLIS + 1)), start / 2);
        assert_eq!(after(start, start, Some(SLOW_MILLIS)), start, "neither");
        assert_eq!(after(start, 0, Some(SLOW_MILLIS + 1)), start, "a slow pull");
        assert_eq!(
            after(PUSH_BYTES_MIN, PUSH_BYTES_MIN, Some(u64::MAX)),
            PUSH_BYTES_MIN
        );
    }

    #[test]
    fn what_says_nothing_about_the_link_only_leads_back_to_the_start() {
        let start = PUSH_BYTES_START;
        assert_eq!(after(start, start, None), start);
        assert_eq!(after(start, 10, Some(1)), start);
        assert_eq!(after(start / 4, 10, Some(1)), start / 2);
        assert_eq!(after(start / 4, 0, None), start / 2);
        assert_eq!(after(start / 4, 10, Some(QUICK_MILLIS + 1)), start / 4);
        assert_eq!(after(PUSH_BYTES_MAX, 10, None), PUSH_BYTES_MAX);
    }

    #[test]
    fn a_push_in_parts_holds_many_and_both_shrink_where_nothing_comes_through() {
        let mut pace = Pace::default();
        assert_eq!(pace.part_bytes(), PUSH_BYTES_START);
        assert_eq!(pace.parted_bytes(), 2 * 1024 * 1024);
        pace.came_through(pace.parted_bytes(), true, Some(QUICK_MILLIS));
        assert_eq!(pace.part_bytes(), PUSH_BYTES_START, "a cut costs no more");
        assert_eq!(pace.parted_bytes(), PARTED_BYTES_MAX);
        for _ in 0..20 {
            pace.failed();
        }
        assert_eq!(pace.part_bytes(), PUSH_BYTES_MIN);
        assert_eq!(pace.parted_bytes(), PUSH_BYTES_MIN * PARTED_TIMES);
        pace.came_through(pace.parted_bytes(), true, None);
        assert_eq!(pace.part_bytes(), 2 * PUSH_BYTES_MIN);
    }

    #[test]
    fn a_push_in_parts_may_take_longer_and_a_lost_first_part_makes_the_next_smaller_at_once() {
        let mut pace = Pace::default();
        pace.came_through(pace.parted_bytes(), true, Some(1));
        let grown = pace;
        pace.came_through(pace.parted_bytes(), true, Some(SLOW_PARTED_MILLIS));
        assert_eq!(pace, grown);
        pace.came_through(pace.parted_bytes(), true, Some(SLOW_PARTED_MILLIS + 1));
        assert_ne!(pace, grown);
        pace.no_part_came_through();
        assert_eq!(pace.part_bytes(), PUSH_BYTES_START / 2);
    }
}
