//! A piece: one sealed entry of a case, with what its record and the hub's clock say about it.

use serde::{Deserialize, Serialize};
use xunge_domain::case::{ActionName, Fix, PhotoPurpose};
use xunge_domain::geo::Point;
use xunge_domain::ids::{Digest, DocumentId, InstallationId, IntentId, PersonId};
use xunge_domain::time::Timestamp;

use super::RiskLimits;
use crate::record::{Moment, Uptime};

/// Where a piece stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct PieceId {
    /// The case.
    pub document: DocumentId,
    /// Its place there.
    pub intent: IntentId,
}

/// What was sealed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Sealed {
    /// A photo.
    Photo {
        /// What it shows.
        purpose: PhotoPurpose,
        /// The name of the camera's bytes.
        original: Digest,
        /// What it looks like, where that could be made out: a perceptual hash of 64 bits.
        look: Option<u64>,
    },
    /// A request.
    Action(ActionName),
}

/// Where a piece was made, as positioning said.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Place {
    /// Where, WGS-84.
    pub point: Point,
    /// Radius of the 68 % circle, where it is known.
    pub accuracy_metres: Option<u32>,
}

impl Place {
    /// The best answer of positioning, else what the entry claims.
    pub fn of(moment: &Moment, claimed: Option<Point>) -> Option<Self> {
        let best = moment.fixes.iter().min_by_key(|fix| worth(fix));
        let fixed = best.map(|fix| Self {
            point: fix.point,
            accuracy_metres: fix.accuracy_metres,
        });
        fixed.or_else(|| {
            claimed.map(|point| Self {
                point,
                accuracy_metres: None,
            })
        })
    }
}

fn worth(fix: &Fix) -> (u32, i64) {
    let accuracy = fix.accuracy_metres.unwrap_or(u32::MAX);
    (accuracy, fix.at.as_millis())
}

/// One sealed entry.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Piece {
    /// Where it stands.
    pub id: PieceId,
    /// Who sealed it.
    pub author: PersonId,
    /// What it is.
    pub sealed: Sealed,
    /// The device's copy of the store.
    pub installation: InstallationId,
    /// The device's clock when the photo was kept or the request made: a claim.
    pub at: Timestamp,
    /// The hub's beacon that the record names, where the hub made it.
    pub not_before: Option<Timestamp>,
    /// The hub's clock when the record came.
    pub received_at: Timestamp,
    /// The clock nobody sets.
    pub uptime: Option<Uptime>,
    /// Where.
    pub place: Option<Place>,
    /// Answers of positioning in the record.
    pub fixes: u32,
    /// Those of them that the platform marked as mocked.
    pub mocked: u32,
}

impl Piece {
    /// The device's clock, as far as the hub's own times bear it out.
    pub fn borne_out(&self) -> Timestamp {
        let after = self
            .not_before
            .map_or(self.at, |beacon| self.at.max(beacon));
        after.min(self.received_at)
    }

    /// Whether the device's clock fits the hub's times.
    pub(super) fn clock_fits(&self, limits: &RiskLimits) -> bool {
        self.at.millis_since(self.borne_out()).unsigned_abs()
            <= u64::from(limits.clock_seconds) * 1_000
    }

    /// Milliseconds of the clock nobody sets from `other` to this; `None` unless both are of one start of one device.
    pub(super) fn uptime_millis_since(&self, other: &Self) -> Option<i64> {
        let (mine, theirs) = (self.uptime?, other.uptime?);
        let one_start = self.installation == other.installation && mine.boot == theirs.boot;
        one_start.then(|| {
            let millis = i128::from(mine.millis) - i128::from(theirs.millis);
            let millis = millis.clamp(i128::from(i64::MIN), i128::from(i64::MAX));
            i64::try_from(millis).unwrap_or_default()
        })
    }

    /// Milliseconds between two pieces, by the best clock both have: the one nobody sets, the one of the same device, those of
    /// two devices where both fit the hub's times. `None` where there is no such clock.
    pub(super) fn millis_between(&self, other: &Self, limits: &RiskLimits) -> Option<u64> {
        if let Some(millis) = self.uptime_millis_since(other) {
            return Some(millis.unsigned_abs());
        }
        let one_device = self.installation == other.installation;
        let fit = self.clock_fits(limits) && other.clock_fits(limits);
        (one_device || fit).then(|| self.at.millis_since(other.at).unsigned_abs())
    }

    /// Which of two came later: that one is marked. The clock nobody sets decides where both have it.
    pub(super) fn is_later_than(&self, other: &Self) -> bool {
        let order = |piece: &Self| (piece.borne_out(), piece.received_at, piece.at, piece.id);
        match self.uptime_millis_since(other) {
            None | Some(0) => order(self) > order(other),
            Some(millis) => millis > 0,
        }
    }

    /// Metres between two places, and how many of them the accuracies explain.
    pub(super) fn metres_between(&self, other: &Self) -> Option<(f64, f64)> {
        let (mine, theirs) = (self.place?, other.place?);
        let accuracy = |place: Place| f64::from(place.accuracy_metres.unwrap_or(0));
        Some((
            mine.point.distance_metres(theirs.point),
            accuracy(mine) + accuracy(theirs),
        ))
    }
}
