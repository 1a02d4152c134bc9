//! A panic in a library that parses foreign bytes must not end the app.
//!
//! The decoders are written with care and fuzzed, and still have had panics on
//! bytes made to hurt. A bad photo may cost its copies, never the process that
//! holds a worker's unsent reports. Nothing is shared with the closure, so there
//! is no state that an unwinding could leave half changed.

use std::panic::{AssertUnwindSafe, catch_unwind};

/// The closure's value, or `None` when it panicked.
pub(crate) fn shield<T>(parse: impl FnOnce() -> T) -> Option<T> {
    catch_unwind(AssertUnwindSafe(parse)).ok()
}

#[cfg(test)]
mod tests {
    use super::shield;

    #[test]
    fn a_panic_becomes_none() {
        let empty: &[u8] = &[];
        assert_eq!(shield(|| 7), Some(7));
        assert_eq!(shield(|| empty[std::hint::black_box(3)]), None);
    }
}
