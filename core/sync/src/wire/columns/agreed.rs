//! States of a document that both sides can name, told from its changes by one rule.

use xunge_documents::change_parts::{ChangeHash, hash, split};
use xunge_documents::schema::opened_kind;
use xunge_domain::ids::DocumentId;

use super::Agreed;
use super::digest::{CHECK_BYTES, heads_check};
use super::track::Track;

impl Agreed {
    /// The state that these raw changes make, dependencies first. What is no change is passed over.
    pub fn of<'a>(changes: impl IntoIterator<Item = &'a [u8]>) -> Self {
        let mut changes = changes.into_iter().peekable();
        let mut track = begin(changes.peek().copied());
        for change in changes {
            note(&mut track, change);
        }
        track.state()
    }

    /// As [`Self::of`], of changes that were kept with their names.
    pub fn of_named<'a>(changes: impl IntoIterator<Item = (ChangeHash, &'a [u8])>) -> Self {
        let mut changes = changes.into_iter().peekable();
        let mut track = begin(changes.peek().map(|(_, change)| *change));
        for (hash, change) in changes {
            if let Ok(parts) = split(change) {
                track.note(&parts, hash);
            }
        }
        track.state()
    }

    /// Of the states a document went through, change by change, the one whose heads have this [`heads_check`].
    pub fn find<'a>(
        document: &DocumentId,
        changes: impl IntoIterator<Item = &'a [u8]>,
        check: [u8; CHECK_BYTES],
    ) -> Option<Self> {
        let mut changes = changes.into_iter().peekable();
        let mut track = begin(changes.peek().copied());
        for change in changes {
            note(&mut track, change);
            if heads_check(document, &track.heads()) == check {
                return Some(track.state());
            }
        }
        None
    }
}

/// A document before its first change, which says of which kind it is.
fn begin(first: Option<&[u8]>) -> Track {
    let parts = first.and_then(|change| split(change).ok());
    let kind = parts.and_then(|parts| opened_kind(&parts.dependencies));
    kind.map_or_else(Track::new_document, Track::of_kind)
}

fn note(track: &mut Track, change: &[u8]) {
    if let (Ok(hash), Ok(parts)) = (hash(change), split(change)) {
        track.note(&parts, hash);
    }
}
