//! Packs: what is on its way, and what an answer says of them.

use xunge_domain::scope::Scope;
use xunge_store::{PackRow, Reader, Tx};
use xunge_sync::device::{PackProgress, PacksTold};
use xunge_sync::wire::{PackChain, PackOffer};

use crate::error::FieldError;

/// The packs of this epoch.
pub(crate) fn known(reader: &Reader<'_>, epoch: u64) -> Result<Vec<PackProgress>, FieldError> {
    let rows = reader.packs()?.into_iter();
    rows.filter(|row| row.epoch == epoch)
        .map(|row| progress(&row))
        .collect()
}

fn progress(row: &PackRow) -> Result<PackProgress, FieldError> {
    let scope: Scope = row
        .scope
        .parse()
        .map_err(|_| FieldError::Invalid { what: "scope" })?;
    Ok(PackProgress {
        offer: PackOffer {
            scope,
            epoch: row.epoch,
            seq: row.seq,
            sha256: row.sha256,
            length: row.length,
        },
        taken: row.taken,
        chain: PackChain::from_digest(row.chain),
    })
}

/// Takes up what is on offer and forgets what is not any more. What is committed of a pack that is still on offer counts.
pub(crate) fn take_told(tx: &Tx<'_>, told: &PacksTold) -> Result<(), FieldError> {
    let known = tx.packs()?;
    let is_of = |row: &PackRow, offer: &PackOffer| {
        row.sha256 == offer.sha256 && row.scope == offer.scope.to_string()
    };
    for row in &known {
        let offered = told.offers.iter().any(|offer| is_of(row, offer));
        // A whole pack is still to be named while the feeds go on.
        let named_still = told.more && row.taken >= row.length;
        if !(offered || named_still) {
            tx.delete_pack(&row.scope)?;
        }
    }
    for offer in &told.offers {
        // One that is whole and on offer again is wanted once more: its feed begins at 0 again.
        let on_its_way = |row: &PackRow| is_of(row, offer) && row.taken < row.length;
        if known.iter().any(on_its_way) {
            continue;
        }
        tx.put_pack(&PackRow {
            scope: offer.scope.to_string(),
            epoch: offer.epoch,
            seq: offer.seq,
            sha256: offer.sha256,
            length: offer.length,
            taken: 0,
            chain: PackProgress::new(offer.clone()).chain.digest(),
        })?;
    }
    Ok(())
}
