//! Comparison: once a day, and whenever asked for, this device and the hub see whether they hold the same.

use std::collections::BTreeSet;

use xunge_documents::change_parts;
use xunge_documents::schema::is_genesis;
use xunge_domain::ids::{Digest, DocumentId};
use xunge_domain::time::Timestamp;
use xunge_store::{ChangeState, Reader, Tx};
use xunge_sync::device::Finding;
use xunge_sync::wire::{
    Comparison, DocumentChanges, LISTED_MAX, bucket, bucket_sums, held_documents,
};

use crate::app::{FieldApp, WholeDocuments};
use crate::documents::Pen;
use crate::error::FieldError;
use crate::sync::recover::let_go_of;

/// How long a comparison is good for.
const GOOD_FOR_MILLIS: i64 = 24 * 60 * 60 * 1_000;
/// When the last one ended; none before the first.
const COMPARED_AT: &str = "compared_at";
/// Somebody asked for one.
const COMPARISON_WANTED: &str = "comparison_wanted";
/// The last one could not bring both to the same.
const DIFFERS: &str = "differs_from_hub";

impl FieldApp {
    /// Asks for a comparison with the hub in the next round: documents that are missing here are fetched, what the hub
    /// lacks is offered again. It happens by itself once a day.
    ///
    /// # Errors
    /// The store's.
    pub fn compare_with_hub(&mut self) -> Result<(), FieldError> {
        self.store
            .transaction(|tx| tx.set_switch(COMPARISON_WANTED, true))?;
        self.machine.start_round();
        Ok(())
    }
}

/// Whether it is time. A clock that was set back makes it time as well.
pub(crate) fn is_due(reader: &Reader<'_>, now: Timestamp) -> Result<bool, FieldError> {
    if reader.switch(COMPARISON_WANTED)? {
        return Ok(true);
    }
    let since = compared_at(reader)?.map(|at| now.millis_since(at));
    Ok(since.is_none_or(|since| !(0..GOOD_FOR_MILLIS).contains(&since)))
}

/// When this device and the hub were last found alike, or compared in vain.
pub(crate) fn compared_at(reader: &Reader<'_>) -> Result<Option<Timestamp>, FieldError> {
    let kept = reader.setting(COMPARED_AT)?;
    let bytes = kept.and_then(|kept| <[u8; 8]>::try_from(kept).ok());
    Ok(bytes.map(|bytes| Timestamp::from_millis(i64::from_be_bytes(bytes))))
}

/// Whether the last comparison left a difference.
pub(crate) fn differs(reader: &Reader<'_>) -> Result<bool, FieldError> {
    Ok(reader.switch(DIFFERS)?)
}

/// A comparison ended, or there is nothing to compare yet.
pub(crate) fn set_compared(tx: &Tx<'_>, at: Timestamp, differs: bool) -> Result<(), FieldError> {
    tx.set_setting(COMPARED_AT, &at.as_millis().to_be_bytes())?;
    tx.set_switch(COMPARISON_WANTED, false)?;
    Ok(tx.set_switch(DIFFERS, differs)?)
}

pub(crate) fn take_finding(
    tx: &Tx<'_>,
    pen: Pen<'_>,
    finding: &Finding,
    whole: &WholeDocuments,
) -> Result<(), FieldError> {
    match finding {
        Finding::Same => set_compared(tx, pen.now, false),
        Finding::Differs => set_compared(tx, pen.now, true),
        Finding::LetGo(documents) => {
            for document in documents {
                // Of one that the hub lacks altogether, what is here may be all there is.
                if let Some(there) = whole.get(document) {
                    let lacking = lacking_at_hub(tx, *document, there)?;
                    let_go_of(tx, pen, *document, &lacking)?;
                }
            }
            Ok(())
        }
        Finding::Wanted(documents) => {
            for document in documents {
                tx.offer_document_again(*document)?;
            }
            Ok(())
        }
    }
}

/// What others wrote, is here and is not at the hub.
fn lacking_at_hub(
    reader: &Reader<'_>,
    document: DocumentId,
    there: &BTreeSet<Digest>,
) -> Result<BTreeSet<Digest>, FieldError> {
    let here = reader.all_changes(document)?.into_iter();
    let lacking = here.filter(|change| {
        change.state == ChangeState::Pulled
            && !is_genesis(change.hash.as_bytes())
            && !there.contains(&change.hash)
    });
    Ok(lacking.map(|change| change.hash).collect())
}

/// The changes of a document that comes whole.
pub(crate) fn names_of(
    pulled: &DocumentChanges,
    whole: bool,
) -> impl Iterator<Item = (DocumentId, Digest)> {
    let changes = pulled.changes.iter().filter(move |_| whole);
    changes.filter_map(|change| {
        let hash = change_parts::hash(&change.bytes).ok()?;
        Some((pulled.document, Digest::from_bytes(*hash.as_bytes())))
    })
}

/// What is here: the sums of all, or every document in as many of these buckets as one request may list.
pub(crate) fn compare(reader: &Reader<'_>, buckets: &[u8]) -> Result<Comparison, FieldError> {
    let mut here = held_documents(reader.all_known_to_hub()?);
    if buckets.is_empty() {
        return Ok(Comparison::Buckets(bucket_sums(&here)));
    }
    let mut listed = Vec::new();
    let mut documents = 0;
    for wanted in buckets {
        let held = here.iter().filter(|held| bucket(&held.document) == *wanted);
        documents += held.count();
        if documents > LISTED_MAX && !listed.is_empty() {
            break;
        }
        listed.push(*wanted);
    }
    here.retain(|held| listed.contains(&bucket(&held.document)));
    Ok(Comparison::Documents {
        buckets: listed,
        held: here,
    })
}
