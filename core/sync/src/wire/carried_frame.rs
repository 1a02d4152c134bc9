//! The hub's word on a piece that a courier handed up.

use minicbor::{Decode, Encode};
use xunge_domain::ids::Digest;

use crate::wire::refused::{RefusedChanges, RefusedFrame};

/// What became of a piece, whoever brought it.
#[derive(Debug, Clone, PartialEq, Eq, Encode, Decode)]
pub struct CarriedFrame {
    /// Name of the piece: SHA-256 of its bytes.
    #[n(0)]
    pub piece: Digest,
    /// What became of it.
    #[n(1)]
    pub outcome: CarriedOutcome,
    /// Of an open piece, the changes that the hub will never merge: who merged them lets go of them.
    #[cbor(n(2), default, skip_if = "Vec::is_empty")]
    pub refused: Vec<RefusedChanges>,
}

/// How far a piece came.
#[derive(Debug, Clone, PartialEq, Eq, Encode, Decode)]
pub enum CarriedOutcome {
    /// Committed: each change merged, or kept aside with its reason for its author.
    #[n(0)]
    Taken,
    /// Something before it is missing at the hub: bring it again.
    #[n(1)]
    Waits,
    /// Nothing of it was taken, and never will be.
    #[n(2)]
    Refused(#[n(0)] RefusedFrame),
}
