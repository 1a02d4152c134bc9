//! Receipts: where the log says that a device's records were received, with the proofs, and how far the backups reach.

use xunge_domain::time::Timestamp;
use xunge_evidence::receipt::Receipt;
use xunge_sync::wire::{
    AskedRecord, Frame, Nonce, RECEIPTS_MAX, ReceiptsFrame, ReceiptsRequest, RecordReceipt,
};

use crate::app::App;
use crate::error::ApiError;
use crate::messages;
use crate::services::admission::{alone, refused};
use crate::services::backup::watermark;
use crate::services::device_session::{
    Presented, Recognised, device_unknown, predecessors, recognise,
};
use crate::services::log::{LogError, checkpoint_of, consistency_of, entry_of};
use crate::store::HubRead;
use crate::store::rows::BlobState;

/// Answers a device that asks for receipts of its own records. Its token is not used up. Cost: a signature, and for each
/// record a few reads a level of the tree.
///
/// # Errors
/// A device this hub does not know, or the hub's own trouble.
pub fn receipts(
    app: &App,
    presented: &Presented,
    nonce: Nonce,
    asked: &ReceiptsRequest,
) -> Result<Vec<u8>, ApiError> {
    let frame = app.store.reading(|read| {
        Ok::<_, LogError>(match recognise(read, presented)? {
            Recognised::Unknown => None,
            Recognised::Revoked(_) => Some(refused(&messages::DEVICE_REVOKED)),
            Recognised::Device(_) => {
                let found = found(app, read, presented, asked)?;
                Some(Frame::Receipts(Box::new(found)))
            }
        })
    })?;
    Ok(alone(app, nonce, &frame.ok_or_else(device_unknown)?))
}

fn found(
    app: &App,
    read: &dyn HubRead,
    presented: &Presented,
    asked: &ReceiptsRequest,
) -> Result<ReceiptsFrame, LogError> {
    let checkpoint = checkpoint_of(app, read)?;
    let size = checkpoint.claimed().size;
    let mut own = vec![presented.installation];
    if let Some(row) = read.installation(&presented.installation)? {
        own.extend(predecessors(read, &row)?);
    }
    let mut receipts = Vec::new();
    for asked in asked.records.iter().take(RECEIPTS_MAX) {
        let mut rows = read.records(&asked.document)?.into_iter();
        let row = rows.find(|row| row.intent == asked.intent && own.contains(&row.installation));
        let Some(index) = row.and_then(|row| row.line.checked_sub(1)) else {
            continue;
        };
        let entry = entry_of(read, index, size)?;
        receipts.push(RecordReceipt {
            document: asked.document,
            intent: asked.intent,
            receipt: Receipt {
                entry: entry.line.entry().to_bytes().into(),
                proof: entry.proof,
            },
            stored_at: stored_at(read, asked)?,
        });
    }
    // A device that has seen more than there is knows a log that was cut, or another one: that is for it to say.
    let seen = asked.seen.filter(|seen| *seen <= size);
    Ok(ReceiptsFrame {
        checkpoint: checkpoint.to_text(),
        receipts,
        consistency: match seen {
            Some(seen) => consistency_of(read, seen, size)?.proof,
            None => Vec::new(),
        },
        backed_up_until: watermark(read)?,
    })
}

/// Of a photo that this document cites.
fn stored_at(read: &dyn HubRead, asked: &AskedRecord) -> Result<Option<Timestamp>, LogError> {
    let Some(original) = asked.original else {
        return Ok(None);
    };
    if !read.cites(&asked.document, &original)? {
        return Ok(None);
    }
    Ok(match read.blob(&original)?.map(|row| row.state) {
        Some(BlobState::Stored { at }) => Some(at),
        _ => None,
    })
}
