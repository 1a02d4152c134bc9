//! Time and randomness of the operating system: the same calls on every platform, so no app has to bring them.

use std::time::{SystemTime, UNIX_EPOCH};

use xunge_field::domain::time::Timestamp;
use xunge_field::{Clock, Entropy, Uptime, system_uptime};

/// The wall clock of the phone.
pub(crate) struct SystemClock;

impl Clock for SystemClock {
    fn now(&self) -> Timestamp {
        // A clock before 1970 is a phone whose battery died: a claim like any other, shown and never decisive.
        let millis = SystemTime::now()
            .duration_since(UNIX_EPOCH)
            .map_or(0, |since| {
                i64::try_from(since.as_millis()).unwrap_or(i64::MAX)
            });
        Timestamp::from_millis(millis)
    }
    fn uptime(&self) -> Option<Uptime> {
        system_uptime()
    }
}

/// The random source of the operating system.
pub(crate) struct SystemEntropy;

impl Entropy for SystemEntropy {
    #[expect(
        clippy::expect_used,
        reason = "ids drawn from anything else could repeat: no work is better than work under a used id"
    )]
    fn fill(&self, buffer: &mut [u8]) {
        getrandom::fill(buffer).expect("the operating system gives random bytes");
    }
}
