//! A device judges what another brought, by the same function as the hub: guard, authority, merge on a copy. It never
//! rules, and it says "forged" only of what no order of events could make right.

use std::collections::{BTreeMap, BTreeSet};

use xunge_documents::Document;
use xunge_documents::change_parts::ChangeHash;
use xunge_domain::scope::Scope;

use crate::carry::carriage::Carried;
use crate::carry::certificate::Certified;
use crate::carry::error::CarryError;
use crate::hub::{Appended, Content, Known, merge};
use crate::keys::PublicKey;
use crate::wire::Verdict;

/// Most changes of one carriage, as of one pushed document.
const CHANGES_MAX: usize = 2_000;

/// Reasons that depend on what the hub knows and this device may not: where the case is, what was ruled meanwhile, which
/// copy of a store came first. The hub will say.
const FOR_THE_HUB: [&str; 12] = [
    "not_party",
    "moved_on",
    "ruled_on",
    "entry_taken",
    "sequence_taken",
    "builds_on_refused",
    "revoked",
    "replaced",
    // Of a step: who acts for a party, and what was there before it, the hub knows best.
    "not_member",
    "step_needs_role",
    "step_needs_step",
    "not_called",
];

/// What a device holds of the document.
pub struct Here {
    /// The merged document; an empty one where there is none.
    pub document: Document,
    /// Its scopes as far as they can be told here; empty where there is none.
    pub placement: Vec<Scope>,
    /// Changes the hub refused, as this device was told.
    pub refused: BTreeSet<ChangeHash>,
}

/// What a carriage comes to.
pub enum Judgement {
    /// All of it fits.
    Merges {
        /// What is new here; nothing where all is known.
        appended: Vec<Appended>,
        /// The document with it.
        document: Box<Document>,
        /// What it says.
        content: Content,
    },
    /// Something before it is missing here, or only the hub can say: to be carried on, and not merged.
    Waits,
}

/// Judges a carriage that was verified by the key of `origin`.
///
/// # Errors
/// It names another device than the one that signed, has too many changes, or breaks the rules whatever came before.
pub fn judge(
    carried: &Carried,
    origin: &Certified,
    here: Here,
    hub: &PublicKey,
) -> Result<Judgement, CarryError> {
    if carried.installation != origin.origin.installation {
        return Err(CarryError::ForeignSignature);
    }
    let pushed = &carried.document;
    if pushed.changes.len() > CHANGES_MAX {
        return Err(CarryError::TooLarge);
    }
    let refused = here.refused.into_iter();
    let known = Known {
        document: here.document,
        placement: here.placement,
        quarantined: refused
            .map(|hash| {
                (
                    hash,
                    (FOR_THE_HUB[5].to_owned(), String::new(), String::new()),
                )
            })
            .collect::<BTreeMap<_, _>>(),
        refused_of_others: BTreeSet::new(),
        since_moved: None,
        replaced: BTreeSet::new(),
    };
    let merged = merge(pushed.document, known, &pushed.changes, &origin.origin, hub);
    // A new edition comes from the hub alone.
    let mut waits = merged.replaces();
    for verdict in merged.verdicts() {
        match verdict {
            Verdict::Received => {}
            Verdict::Blocked | Verdict::NeedFrom(_) => waits = true,
            Verdict::Quarantined { code, .. } if FOR_THE_HUB.contains(&code.as_str()) => {
                waits = true;
            }
            Verdict::Quarantined { code, .. } => {
                return Err(CarryError::Forged { code: code.clone() });
            }
        }
    }
    if waits {
        return Ok(Judgement::Waits);
    }
    let (appended, document, content) = merged.unruled();
    Ok(Judgement::Merges {
        appended,
        document: Box::new(document),
        content,
    })
}
