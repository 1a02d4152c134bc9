//! Comparison: whether a device holds the changes it should, and what to send, ask for or let go where it does not.

use std::collections::{BTreeMap, BTreeSet};

use xunge_domain::ids::DocumentId;
use xunge_domain::scope::Scope;
use xunge_sync::wire::{
    Compared, ComparedDocument, Comparison, DocumentChanges, DocumentsFrame, Sum, bucket,
    bucket_sums, differing, held_documents,
};

use crate::services::feeds::{ANSWER_BYTES_MAX, FRAME_BYTES_MAX, pushed_change};
use crate::store::{HubRead, StoreError};

/// What a comparison answers: the finding, and the frames that mend what the device lacks or has too much.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Answer {
    /// For the end of the answer.
    pub compared: Compared,
    /// To go before it.
    pub frames: Vec<DocumentsFrame>,
}

/// Compares what a device says it holds with what these scopes hold. What does not fit into one answer shows in the next
/// comparison again. Cost: the names of all changes in the scopes, read off an index.
///
/// # Errors
/// The store's.
pub fn compare(
    store: &dyn HubRead,
    scopes: &[Scope],
    comparison: &Comparison,
) -> Result<Answer, StoreError> {
    let here = held_documents(store.change_names(scopes)?);
    match comparison {
        Comparison::Buckets(theirs) => Ok(Answer {
            compared: Compared {
                differ: differing(&bucket_sums(&here), theirs),
                wanted: Vec::new(),
            },
            frames: Vec::new(),
        }),
        Comparison::Documents { buckets, held } => documents(store, &here, buckets, held),
    }
}

fn documents(
    store: &dyn HubRead,
    here: &[ComparedDocument],
    buckets: &[u8],
    held: &[ComparedDocument],
) -> Result<Answer, StoreError> {
    let (here, held) = (by_document(here), by_document(held));
    let mut wanted = Vec::new();
    let mut evicted = Vec::new();
    for (document, sum) in &held {
        match here.get(document) {
            Some(ours) if ours == sum => {}
            Some(_) => wanted.push(*document),
            // Another scope's: it left, and the device was not told.
            None if store.case(document)?.is_some() => evicted.push(*document),
            None => wanted.push(*document),
        }
    }
    tracing::warn!(
        wanted = wanted.len(),
        evicted = evicted.len(),
        "a device holds other changes than its scopes"
    );
    let listed: BTreeSet<u8> = buckets.iter().copied().collect();
    let lacking = here.iter().filter(|(document, sum)| {
        listed.contains(&bucket(document)) && held.get(document) != Some(sum)
    });
    Ok(Answer {
        frames: whole(store, lacking.map(|(document, _)| *document), evicted)?,
        compared: Compared {
            differ: Vec::new(),
            wanted,
        },
    })
}

fn by_document(compared: &[ComparedDocument]) -> BTreeMap<DocumentId, Sum> {
    let pairs = compared.iter();
    pairs.map(|one| (one.document, one.sum)).collect()
}

/// Documents from their first change on, as many as one answer holds; a single one always fits.
fn whole(
    store: &dyn HubRead,
    documents: impl Iterator<Item = DocumentId>,
    evicted: Vec<DocumentId>,
) -> Result<Vec<DocumentsFrame>, StoreError> {
    let mut frames = Vec::new();
    let mut frame = DocumentsFrame {
        evicted,
        ..DocumentsFrame::default()
    };
    let (mut in_frame, mut in_answer) = (0, 0);
    for document in documents {
        let rows = store.changes(&document, 1, u64::MAX)?;
        let bytes: usize = rows.iter().map(|row| row.bytes.len()).sum();
        if in_answer > 0 && in_answer + bytes > ANSWER_BYTES_MAX {
            break;
        }
        in_answer += bytes;
        for change in rows.into_iter().map(pushed_change) {
            if in_frame > 0 && in_frame + change.bytes.len() > FRAME_BYTES_MAX {
                frames.push(std::mem::take(&mut frame));
                in_frame = 0;
            }
            in_frame += change.bytes.len();
            match frame.documents.last_mut() {
                Some(last) if last.document == document => last.changes.push(change),
                _ => frame.documents.push(DocumentChanges {
                    document,
                    changes: vec![change],
                }),
            }
        }
    }
    if frame != DocumentsFrame::default() {
        frames.push(frame);
    }
    Ok(frames)
}
