//! Risks: what is odd about what a device sealed, as data for people to look at. Nothing here decides anything.
//!
//! A risk is a mark on a piece, and so on its author: it has a kind, measured figures and a reason in words, and its author
//! may answer it. What is looked at is what somebody's device sealed, nothing else. The rules are of two sorts: those about
//! one piece ([`alone`]) and those about two ([`pairs`]); so whatever else is known can add a mark and never take one away,
//! and it does not matter in which order things came.

mod alone;
mod finding;
mod kind;
mod limits;
mod pairs;
mod piece;
mod sample;
mod words;

use std::collections::{BTreeMap, BTreeSet};

use xunge_domain::grid::UnitGrid;
use xunge_domain::ids::{DocumentId, PersonId};

pub use finding::{ClockReference, Finding};
pub use kind::RiskKind;
pub use limits::{LimitsError, RiskLimits};
pub use piece::{Piece, PieceId, Place, Sealed};
pub use sample::{RECHECK_MYRIAD, is_sampled, recheck_seed};

/// A mark on one piece.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Risk {
    /// What is marked.
    pub piece: PieceId,
    /// Its author, who may answer.
    pub person: PersonId,
    /// What is odd, measured.
    pub finding: Finding,
}

/// What must be known of a case beside its pieces.
#[derive(Debug, Clone, Copy)]
pub struct Scene<'a> {
    /// The case.
    pub document: DocumentId,
    /// Its unit grid, where it has one.
    pub grid: Option<&'a UnitGrid>,
    /// Who did the work: who claimed or fed back, and those of the body that holds the claim.
    pub beneficiaries: &'a BTreeSet<PersonId>,
}

/// Every risk of the pieces of a case, each held against the others of `own` and against `others`, at most one of a kind on each,
/// in the order of pieces and kinds. Of several of one kind the strongest is told. Where one of `others` came later, the mark
/// stands on that one.
///
/// Cost: every pair of an own piece with another one. Hand in what may have to do with them, not a city.
pub fn find(own: &[Piece], others: &[Piece], scene: &Scene<'_>, limits: &RiskLimits) -> Vec<Risk> {
    let mut strongest: BTreeMap<(PieceId, RiskKind), Risk> = BTreeMap::new();
    let mut keep = |risk: Risk| {
        let kept = strongest
            .entry((risk.piece, risk.finding.kind()))
            .or_insert_with(|| risk.clone());
        if risk.finding.strength() > kept.finding.strength() {
            *kept = risk;
        }
    };
    for (index, piece) in own.iter().enumerate() {
        let here = Some(scene).filter(|scene| scene.document == piece.id.document);
        alone::look(piece, here, limits).for_each(&mut keep);
        for other in own[index + 1..].iter().chain(others) {
            pairs::look(piece, other, limits).for_each(&mut keep);
        }
    }
    strongest.into_values().collect()
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a failing test should stop")]
mod tests;
