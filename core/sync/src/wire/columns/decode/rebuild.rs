//! Puts one document together on its base.

use std::collections::HashMap;

use xunge_documents::change_parts::{
    ActorId, ChangeHash, ChangeParts, Column, hash, rebuild_with_hash, split,
};
use xunge_domain::ids::DocumentId;

use super::{BaseSent, Body, Change, Document, Parts};
use crate::wire::columns::digest::{DIGEST_BYTES, DocumentDigest, of_raw, shortened};
use crate::wire::columns::names::Name;
use crate::wire::columns::tables::Budget;
use crate::wire::columns::track::{Dependencies, Track};
use crate::wire::columns::{ColumnsError, DecodeContext};
use crate::wire::{PushedChange, PushedDocument};

pub(super) enum Outcome {
    /// Its base is not known here.
    Unresolved,
    /// It needed nothing; the digest of the batch covers it.
    Alone(PushedDocument, [u8; DIGEST_BYTES]),
    /// Its own digest fits.
    OnAgreed(PushedDocument),
}

pub(super) fn put_together(
    document: Document<'_>,
    context: &dyn DecodeContext,
    budget: &mut Budget,
) -> Result<Outcome, ColumnsError> {
    let (id, tag) = (document.id, document.base.tag());
    let (track, expected) = match document.base {
        BaseSent::New => (Track::new_document(), None),
        BaseSent::Spelled(hashes) => (Track::spelled(hashes), None),
        BaseSent::Agreed { check, digest } => match context.agreed(&id, check) {
            Some(agreed) => (Track::agreed(&agreed), Some(digest)),
            None => return Ok(Outcome::Unresolved),
        },
    };
    let mut rebuilder = Rebuilder {
        id,
        track,
        actors: HashMap::new(),
        budget,
    };
    let mut digest = DocumentDigest::new(&id, tag, document.changes.len());
    let mut changes = Vec::with_capacity(document.changes.len());
    for change in document.changes {
        match rebuilder.change(change) {
            Ok((hash, change)) => {
                digest.add(&hash, &change);
                changes.push(change);
            }
            // On a wrong base nothing needs to make sense.
            Err(ColumnsError::Meaning) if expected.is_some() => return Ok(Outcome::Unresolved),
            Err(error) => return Err(error),
        }
    }
    let digest = digest.finish();
    let changes = PushedDocument {
        document: id,
        changes,
    };
    Ok(match expected {
        None => Outcome::Alone(changes, digest),
        Some(expected) if expected == shortened(&digest) => Outcome::OnAgreed(changes),
        Some(_) => Outcome::Unresolved,
    })
}

struct Rebuilder<'a> {
    id: DocumentId,
    track: Track,
    actors: HashMap<Name, ActorId>,
    budget: &'a mut Budget,
}

impl Rebuilder<'_> {
    fn actor(&mut self, name: Name) -> ActorId {
        let id = &self.id;
        *self.actors.entry(name).or_insert_with(|| name.actor(id))
    }

    /// The change, and what stands for it in the digest.
    fn change(&mut self, change: Change<'_>) -> Result<(ChangeHash, PushedChange), ColumnsError> {
        let signature = change.signature;
        let (hash, bytes) = match change.body {
            Body::Parts(parts) => self.parts(&parts)?,
            Body::Raw(raw) => {
                if let (Ok(hash), Ok(parts)) = (hash(raw), split(raw)) {
                    self.track.note(&parts, hash);
                }
                (of_raw(raw), raw.to_vec())
            }
        };
        let bytes = bytes.into();
        Ok((hash, PushedChange { bytes, signature }))
    }

    fn parts(&mut self, sent: &Parts<'_>) -> Result<(ChangeHash, Vec<u8>), ColumnsError> {
        let actor = self.actor(sent.author);
        let expected = self.track.expect(&actor);
        let dependencies = self
            .track
            .expand(&sent.dependencies, &actor)
            .ok_or(ColumnsError::Meaning)?;
        // Listed ones are paid for.
        if !matches!(sent.dependencies, Dependencies::Listed(_)) {
            self.budget.spend(dependencies.len() * ChangeHash::LENGTH)?;
        }
        let parts = ChangeParts {
            dependencies,
            actor,
            sequence: expected.sequence.wrapping_add_signed(sent.sequence),
            start_op: expected.start_op.wrapping_add_signed(sent.start_op),
            time: sent.time,
            message: sent.message,
            other_actors: sent
                .other_actors
                .iter()
                .map(|name| self.actor(*name))
                .collect(),
            columns: sent
                .columns
                .iter()
                .map(|(spec, data)| Column { spec: *spec, data })
                .collect(),
            extra: sent.extra,
        };
        if parts.sequence == 0 || parts.start_op == 0 {
            return Err(ColumnsError::Meaning);
        }
        let (bytes, hash) = rebuild_with_hash(&parts);
        self.track.note(&parts, hash);
        Ok((hash, bytes))
    }
}
