//! The list row of a case, written in the transaction that changes its document.

use minicbor::{Decode, Encode};
use xunge_domain::case::{Case, Outcome, fold};
use xunge_domain::ids::{Digest, DocumentId};
use xunge_domain::time::Timestamp;
use xunge_store::limits::CASE_TEXT_BYTES_MAX;
use xunge_store::{BlobKind, CaseRow, Tx};

use crate::app::Identity;
use crate::error::FieldError;
use crate::tables::encode;

/// What a list shows beside the row's columns.
#[derive(Debug, Clone, PartialEq, Eq, Encode, Decode)]
pub(crate) struct ListDetail {
    /// The first photo's thumbnail.
    #[n(0)]
    pub(crate) thumb: Option<Digest>,
    /// Whether the last own request was declined.
    #[n(1)]
    pub(crate) declined: bool,
}

pub(crate) fn save(
    tx: &Tx<'_>,
    identity: &Identity,
    id: DocumentId,
    case: &Case,
    now: Timestamp,
) -> Result<(), FieldError> {
    let standing = fold(case);
    let me = &identity.person.id;
    let declined = case.rulings.iter().any(|ruling| {
        matches!(ruling.entry.outcome, Outcome::Declined { .. })
            && case
                .action(&ruling.id)
                .is_some_and(|action| action.author == *me)
    });
    let thumb = tx
        .blobs_of(id)?
        .into_iter()
        .find(|used| used.kind == BlobKind::Thumb)
        .map(|used| used.blob.digest);
    let unsent = tx.pending_count(Some(id))?;
    tx.save_case_row(&CaseRow {
        document: id,
        local_code: id.local_code(),
        case_no: standing.case_no.as_deref().map(clipped),
        title: clipped(&case.facts.title),
        class: clipped(&identity.tables.class_name(case)),
        state: standing.state.id().to_owned(),
        severity: case.facts.severity,
        address: clipped(&case.facts.address),
        place: case.facts.position.as_ref().map(|position| position.point),
        updated_at: now,
        unsent: u32::try_from(unsent).unwrap_or(u32::MAX),
        view: encode(&ListDetail { thumb, declined }),
    })?;
    Ok(())
}

/// As much of a text as a list row takes. The page shows all of it; a row that does not fit would make the whole
/// case, and with it the rest of a pull, be refused by the store.
fn clipped(text: &str) -> String {
    let end = text.floor_char_boundary(CASE_TEXT_BYTES_MAX);
    text.get(..end).unwrap_or_default().to_owned()
}
