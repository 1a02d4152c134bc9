//! One direction of one connection: a reader that paces, a queue of timestamped
//! parcels, a writer that delivers each at its moment.
//!
//! The queue is what keeps latency from throttling: the reader goes on while
//! earlier parcels are still under way.

use std::io::{Read, Write};
use std::net::{Shutdown, TcpStream};
use std::sync::Arc;
use std::sync::mpsc::{Receiver, SyncSender, sync_channel};
use std::time::{Duration, Instant};

use super::counters::Count;
use super::line::Line;
use super::random::SplitMix;
use super::replay;
use super::request::RequestTap;
use super::shared::Shared;
use super::weather::Weather;

/// The most parcels under way in one direction of one connection: 64 MiB on a
/// free link, far more than any rated link holds.
const PARCELS_MAX: usize = 4_096;
/// How often a reader that may take no more looks at the weather.
const WEATHER_LOOK: Duration = Duration::from_millis(5);
/// The piece of a connection's cut limit that is drawn: 500 to 1,500 per mille.
const CUT_JITTER_PER_MILLE: u64 = 1_001;
const CUT_PER_MILLE_MIN: u64 = 500;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Way {
    Up,
    Down,
}

struct Parcel {
    release: Instant,
    cargo: Cargo,
}

enum Cargo {
    Bytes(Vec<u8>),
    End,
}

/// What both directions of a connection know.
pub(super) struct Flow<'a> {
    pub(super) shared: &'a Arc<Shared>,
    pub(super) line: &'a Line,
    pub(super) number: u64,
    pub(super) opened: Instant,
}

impl Flow<'_> {
    /// Carries bytes from one socket to the other until one end is done with it
    /// or the line is closed.
    pub(super) fn carry(&self, way: Way, from: &TcpStream, to: &TcpStream) {
        let (sender, receiver) = sync_channel(PARCELS_MAX);
        std::thread::scope(|scope| {
            scope.spawn(|| {
                self.deliver(way, &receiver, to);
                // Nobody takes what is still to come: let the reader end, and
                // free its place in the queue.
                let _ = from.shutdown(Shutdown::Read);
                drop(receiver);
            });
            self.collect(way, from, &sender);
            drop(sender);
        });
    }

    /// Where in its drawn range this connection is cut; the same for its reader and its writer.
    fn cut_per_mille(&self) -> u64 {
        let mut random = SplitMix::of(self.shared.weather().seed, self.number);
        CUT_PER_MILLE_MIN + random.below(CUT_JITTER_PER_MILLE)
    }

    fn collect(&self, way: Way, from: &TcpStream, sender: &SyncSender<Parcel>) {
        // The handshake of a real connection takes one round trip.
        if !self
            .line
            .pause_until(self.opened + 2 * self.shared.weather().delay)
        {
            return;
        }
        let mut from = from;
        let mut buffer = vec![0; Weather::fair().chunk_bytes()];
        let mut taken = 0;
        loop {
            let weather = self.shared.weather();
            // A link that breaks after so many bytes never took more of them from its sender.
            let left = bytes_left(&weather, self.cut_per_mille(), taken);
            if left == 0 {
                // The writer closes the line once it has delivered them, or the weather clears.
                if !self.line.pause_until(Instant::now() + WEATHER_LOOK) {
                    return;
                }
                continue;
            }
            let left = usize::try_from(left).unwrap_or(usize::MAX);
            let chunk = weather.chunk_bytes().min(buffer.len()).min(left);
            let (window, _) = buffer.split_at_mut(chunk);
            // A broken socket ends the stream, as a closed one does.
            let length = from.read(window).unwrap_or(0);
            taken += length as u64;
            let (bytes, _) = window.split_at(length);
            let weather = self.shared.weather();
            let departure = self.shared.lane(way).reserve(
                Instant::now(),
                length,
                weather.rate_bytes_per_second,
            );
            if way == Way::Up {
                self.shared.counters.add(Count::Up, length as u64);
            }
            let cargo = if bytes.is_empty() {
                Cargo::End
            } else {
                Cargo::Bytes(bytes.to_vec())
            };
            let parcel = Parcel {
                release: departure + weather.delay,
                cargo,
            };
            if sender.send(parcel).is_err() || length == 0 || !self.line.pause_until(departure) {
                return;
            }
        }
    }

    fn deliver(&self, way: Way, receiver: &Receiver<Parcel>, to: &TcpStream) {
        let mut to = to;
        let cut_per_mille = self.cut_per_mille();
        let mut random = SplitMix::of(self.shared.weather().seed, self.number);
        let mut tap = RequestTap::new();
        let mut delivered = 0;
        for parcel in receiver {
            if !self.line.pause_until(parcel.release) {
                return;
            }
            let Cargo::Bytes(bytes) = parcel.cargo else {
                // Half a connection may end before the other half.
                let _ = to.shutdown(Shutdown::Write);
                return;
            };
            let weather = self.shared.weather();
            let left = bytes_left(&weather, cut_per_mille, delivered).min(bytes.len() as u64);
            let (passed, _) = bytes.split_at(usize::try_from(left).unwrap_or(bytes.len()));
            if way == Way::Down {
                // Counted before they are given: whoever has the bytes and looks finds them counted.
                self.shared.counters.add(Count::Down, left);
            }
            if to.write_all(passed).is_err() {
                return;
            }
            delivered += left;
            if way == Way::Up {
                let share = weather.duplicate_requests;
                for request in tap.feed(passed, || random.chance(share)) {
                    replay::spawn(self.shared, &request);
                }
            }
            if bytes_left(&weather, cut_per_mille, delivered) == 0 {
                if self.line.close() {
                    self.shared.counters.add(Count::Cuts, 1);
                }
                return;
            }
        }
    }
}

fn bytes_left(weather: &Weather, cut_per_mille: u64, delivered: u64) -> u64 {
    weather.cut_after_bytes.map_or(u64::MAX, |bytes| {
        let limit = bytes.saturating_mul(cut_per_mille) / 1_000;
        limit.max(1).saturating_sub(delivered)
    })
}

#[cfg(test)]
mod tests {
    use super::{Weather, bytes_left};

    #[test]
    fn the_cut_is_drawn_between_half_and_one_and_a_half() {
        let weather = Weather {
            cut_after_bytes: Some(1_000),
            ..Weather::fair()
        };
        assert_eq!(bytes_left(&weather, 500, 0), 500);
        assert_eq!(bytes_left(&weather, 1_500, 1_499), 1);
        assert_eq!(bytes_left(&weather, 1_500, 1_500), 0);
        assert_eq!(bytes_left(&Weather::fair(), 500, u64::MAX - 1), u64::MAX);
    }
}
