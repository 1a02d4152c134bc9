//! Likely duplicates: which cases that somebody knows are probably the same matter as the one in hand. A hint for people,
//! on the phone before a report and at the clerk's desk after it: a clerk links, nobody deletes, nothing is hidden.

mod words;

use serde::Serialize;

use crate::case::state::CaseState;
use crate::class::{ClassKind, DuplicateReach, MinorClass};
use crate::geo::Point;
use crate::ids::DocumentId;
use crate::time::Timestamp;

/// Up to so many differing bits of 64 two photos look the same: a crop by 2 % a side moves a look by up to 8, another picture
/// by 20 and more (`core/photo/tests/photo/alike.rs`).
pub const SAME_LOOK_BITS_MAX: u32 = 10;
/// A fix reaches at most so much farther than the radius of the class: one of two kilometres says nothing of a neighbourhood.
pub const ACCURACY_METRES_MAX: u32 = 100;
/// Most duplicates of one answer.
pub const DUPLICATES_MAX: usize = 20;

const DAY_MILLIS: i64 = 24 * 60 * 60 * 1_000;

/// The matter in hand: a draft on a phone, or a case at a desk.
#[derive(Debug, Clone, Copy)]
pub struct Sighting<'a> {
    /// Its document, which is not found itself.
    pub case: DocumentId,
    /// Its class; before one is chosen every class counts.
    pub class: Option<&'a MinorClass>,
    /// Where it is.
    pub point: Point,
    /// How exactly that is known, in metres.
    pub accuracy_metres: Option<u32>,
    /// When it was found.
    pub at: Timestamp,
    /// What its photos look like: perceptual hashes of 64 bits.
    pub looks: &'a [u64],
}

impl Sighting<'_> {
    /// How far away and how long ago a case may be: the reach of the class, before one is chosen that of an event.
    pub fn reach(&self) -> DuplicateReach {
        self.class.map_or_else(
            || DuplicateReach::of_kind(ClassKind::Event),
            MinorClass::duplicate_reach,
        )
    }

    /// Within how many metres a case may lie: the radius, and what the fix leaves open.
    pub fn radius_metres(&self) -> u32 {
        let open = self.accuracy_metres.unwrap_or(0).min(ACCURACY_METRES_MAX);
        self.reach().radius_metres.saturating_add(open)
    }
}

/// A case as far as this rule looks at it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KnownCase {
    /// Its document.
    pub id: DocumentId,
    /// Code of the class that holds.
    pub class: Option<String>,
    /// Where it is.
    pub point: Point,
    /// Where it stands.
    pub state: CaseState,
    /// When it was reported; before the server ruled, as its author says.
    pub reported_at: Timestamp,
    /// When it ended.
    pub ended_at: Option<Timestamp>,
    /// What its photos look like, as far as they are here.
    pub looks: Vec<u64>,
}

/// How another case compares with the matter in hand.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct LikelyDuplicate {
    /// The other case.
    pub case: DocumentId,
    /// How far apart, in whole metres.
    pub metres: u32,
    /// Whether both are of one class; `None` before a class is chosen.
    pub same_class: Option<bool>,
    /// In how many bits the two photos differ that are most alike, where they look the same.
    pub look_bits: Option<u32>,
    /// Where the other case stands.
    pub state: CaseState,
    /// When it was reported.
    pub reported_at: Timestamp,
    /// How much earlier that was, in milliseconds; negative when it was later.
    pub earlier_millis: i64,
    /// How long before the matter in hand it had ended, in milliseconds, where it has.
    pub ended_millis: Option<i64>,
}

/// Compares two matters, whether or not they are likely one.
pub fn compare(sighting: &Sighting<'_>, known: &KnownCase) -> LikelyDuplicate {
    let pairs = sighting
        .looks
        .iter()
        .flat_map(|own| known.looks.iter().map(move |other| own ^ other));
    let bits = pairs.map(u64::count_ones).min();
    LikelyDuplicate {
        case: known.id,
        metres: sighting.point.distance_metres(known.point).round() as u32,
        same_class: sighting
            .class
            .map(|class| known.class.as_deref() == Some(class.code.as_str())),
        look_bits: bits.filter(|bits| *bits <= SAME_LOOK_BITS_MAX),
        state: known.state,
        reported_at: known.reported_at,
        earlier_millis: sighting.at.millis_since(known.reported_at),
        ended_millis: known.ended_at.map(|ended| sighting.at.millis_since(ended)),
    }
}

/// The likely duplicates among cases that are known, the likeliest first, at most [`DUPLICATES_MAX`].
///
/// Likely is what lies within [`Sighting::radius_metres`] and is of the same class, or has a photo that looks the same: people
/// choose classes differently. An open case counts however old it is; a closed one within the class's days after its end; a
/// rejected, void or invalid one does not, nobody works on it. What looks the same comes first, then the same class, open
/// cases, the nearest, the latest.
pub fn likely_duplicates<'known>(
    sighting: &Sighting<'_>,
    known: impl IntoIterator<Item = &'known KnownCase>,
) -> Vec<LikelyDuplicate> {
    let others = known.into_iter().filter(|known| known.id != sighting.case);
    let mut likely: Vec<LikelyDuplicate> = others
        .map(|known| compare(sighting, known))
        .filter(|compared| is_likely(sighting, compared))
        .collect();
    likely.sort_by_key(|one| {
        (
            one.look_bits.is_none(),
            one.same_class == Some(false),
            one.state.is_final(),
            one.metres,
            std::cmp::Reverse(one.reported_at),
            one.case,
        )
    });
    likely.truncate(DUPLICATES_MAX);
    likely
}

fn is_likely(sighting: &Sighting<'_>, compared: &LikelyDuplicate) -> bool {
    let counts = match compared.state {
        CaseState::Closed => {
            let window = i64::from(sighting.reach().window_days).saturating_mul(DAY_MILLIS);
            compared.ended_millis.is_some_and(|since| since <= window)
        }
        ended if ended.is_final() => false,
        _ => true,
    };
    let alike = compared.same_class != Some(false) || compared.look_bits.is_some();
    counts && alike && compared.metres <= sighting.radius_metres()
}
