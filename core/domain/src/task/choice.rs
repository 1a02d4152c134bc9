//! Whom to send, of those who may be sent.

use serde::Serialize;

use super::draw::Draw;
use crate::ids::PersonId;

/// From where a distance was measured.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum MeasuredFrom {
    /// Where the worker was last, as a photo or request of theirs says.
    LastPosition,
    /// The middle of their beat, where that is not known.
    BeatCentre,
}

/// How far somebody has to go.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct Distance {
    /// Metres.
    pub metres: u32,
    /// From where.
    pub from: MeasuredFrom,
}

/// Somebody who may be sent.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Candidate {
    /// Who.
    pub person: PersonId,
    /// How far; `None` where nothing is known.
    pub distance: Option<Distance>,
}

/// How somebody was chosen.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum How {
    /// The nearest.
    Nearest,
    /// Drawn, instead of the nearest.
    Drawn,
}

/// Who is sent, and of whom.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Choice {
    /// Who.
    pub person: PersonId,
    /// How.
    pub how: How,
    /// Everybody who could have been, the nearest first.
    pub candidates: Vec<Candidate>,
}

/// Chooses: the nearest, of several as near the one whose id comes first; where the draw says so, one of the others, by id in
/// the place that is drawn. Nothing where there is nobody. The order of `candidates` makes no difference.
pub fn choose(mut candidates: Vec<Candidate>, draw: &Draw) -> Option<Choice> {
    candidates.sort_by(|one, other| {
        let far = |candidate: &Candidate| candidate.distance.map_or(u32::MAX, |far| far.metres);
        (far(one), &one.person).cmp(&(far(other), &other.person))
    });
    let (nearest, others) = candidates.split_first()?;
    let mut others: Vec<&PersonId> = others.iter().map(|other| &other.person).collect();
    others.sort();
    let drawn = draw
        .goes_to_somebody_else()
        .then(|| draw.place(others.len()))
        .flatten()
        .and_then(|place| others.get(place).copied());
    let (person, how) = match drawn {
        Some(other) => (other.clone(), How::Drawn),
        None => (nearest.person.clone(), How::Nearest),
    };
    Some(Choice {
        person,
        how,
        candidates,
    })
}
