//! What the link is like at the moment.

use std::time::Duration;

/// The most a rated link hands over in one piece: an Ethernet frame's payload.
const RATED_CHUNK_BYTES_MAX: u64 = 1_400;
/// The least, so that a very slow link does not pay one wake-up per byte.
const RATED_CHUNK_BYTES_MIN: u64 = 32;
/// A rated link hands over this many pieces a second (where the limits allow),
/// so that progress looks continuous to whoever watches it.
const RATED_CHUNKS_PER_SECOND: u64 = 50;
/// The piece of a link without a rate.
const FREE_CHUNK_BYTES: usize = 16 * 1_024;

/// The state of the link between a device and the server. [`Default`] is fair
/// weather: everything passes at once and unharmed.
#[derive(Debug, Clone, PartialEq)]
pub struct Weather {
    /// One-way latency. It delays, it does not throttle: any number of bytes may
    /// be under way at once. Opening a connection costs one round trip, as TCP's
    /// handshake does.
    pub delay: Duration,
    /// The rate of the link in each direction, shared by all connections, as the
    /// one radio of a phone is. `None`: as fast as the machine.
    pub rate_bytes_per_second: Option<u64>,
    /// Each connection is cut once it has delivered about so many bytes in
    /// either direction; the true limit is drawn per connection between half
    /// and one and a half of it. A sender whose smallest message is larger never
    /// gets through, as in life.
    pub cut_after_bytes: Option<u64>,
    /// The share of requests (0.0 to 1.0) that reach the server twice. The
    /// second answer is thrown away.
    pub duplicate_requests: f64,
    /// Every request is answered with `200` and a page in HTML by somebody who
    /// is not the server, and the server hears nothing.
    pub captive_portal: bool,
    /// Nothing passes: connections are dropped at once, those under way too.
    pub offline: bool,
    /// All that is random follows from this and the number of the connection.
    pub seed: u64,
}

impl Default for Weather {
    fn default() -> Self {
        Self {
            delay: Duration::ZERO,
            rate_bytes_per_second: None,
            cut_after_bytes: None,
            duplicate_requests: 0.0,
            captive_portal: false,
            offline: false,
            seed: 0,
        }
    }
}

impl Weather {
    /// Fair weather: see [`Default`].
    #[must_use]
    pub fn fair() -> Self {
        Self::default()
    }

    /// The bad signal of the story: 300 ms one way, 64 kbit/s, cut about every
    /// `cut_after_bytes`.
    #[must_use]
    pub fn bad(seed: u64, cut_after_bytes: u64) -> Self {
        Self {
            delay: Duration::from_millis(300),
            rate_bytes_per_second: Some(8_000),
            cut_after_bytes: Some(cut_after_bytes),
            seed,
            ..Self::default()
        }
    }

    /// No signal.
    #[must_use]
    pub fn offline() -> Self {
        Self {
            offline: true,
            ..Self::default()
        }
    }

    /// A hotel's log-in page instead of the server.
    #[must_use]
    pub fn captive_portal() -> Self {
        Self {
            captive_portal: true,
            ..Self::default()
        }
    }

    /// How many bytes to take from a sender in one piece.
    pub(super) fn chunk_bytes(&self) -> usize {
        self.rate_bytes_per_second.map_or(FREE_CHUNK_BYTES, |rate| {
            let bytes = (rate / RATED_CHUNKS_PER_SECOND)
                .clamp(RATED_CHUNK_BYTES_MIN, RATED_CHUNK_BYTES_MAX);
            usize::try_from(bytes).unwrap_or(FREE_CHUNK_BYTES)
        })
    }

    /// Whether live connections have to go when this weather comes.
    pub(super) fn breaks_connections(&self) -> bool {
        self.offline || self.captive_portal
    }
}

#[cfg(test)]
mod tests {
    use super::Weather;

    #[test]
    fn pieces_are_fine_on_a_slow_link_and_large_on_a_free_one() {
        let rated = |rate| Weather {
            rate_bytes_per_second: Some(rate),
            ..Weather::fair()
        };
        assert_eq!(rated(8_000).chunk_bytes(), 160);
        assert_eq!(rated(1).chunk_bytes(), 32);
        assert_eq!(rated(u64::MAX).chunk_bytes(), 1_400);
        assert_eq!(Weather::fair().chunk_bytes(), 16 * 1_024);
    }
}
