//! The list row of a document, written in the transaction that changes its document.

use minicbor::{Decode, Encode};
use xunge_domain::case::Outcome;
use xunge_domain::ids::{Digest, DocumentId};
use xunge_domain::time::Timestamp;
use xunge_store::limits::CASE_TEXT_BYTES_MAX;
use xunge_store::{BlobKind, CaseRow, Tx};

use xunge_sync::hub::{CaseContent, Content};

use crate::app::Identity;
use crate::cases::clocks::ListedClock;
use crate::checkins;
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
    /// Code of the class that holds.
    #[n(2)]
    pub(crate) class_code: Option<String>,
    /// When it was reported; before the server ruled, as its author says.
    #[n(3)]
    pub(crate) reported_at: Option<Timestamp>,
    /// When it ended.
    #[n(4)]
    pub(crate) ended_at: Option<Timestamp>,
    /// The clock that lists show, where it could be computed.
    #[n(5)]
    pub(crate) clock: Option<ListedClock>,
    /// The edition of the calendar with which that was tried.
    #[n(6)]
    pub(crate) calendar: Option<String>,
}

/// Writes the row of the kind the document is of.
pub(crate) fn save(
    tx: &Tx<'_>,
    identity: &Identity,
    id: DocumentId,
    content: &Content,
    now: Timestamp,
) -> Result<(), FieldError> {
    match content {
        Content::Case(content) => save_case(tx, identity, id, content, now),
        Content::MatterCheckin(content) => checkins::row::save(tx, identity, id, content, now),
    }
}

fn save_case(
    tx: &Tx<'_>,
    identity: &Identity,
    id: DocumentId,
    CaseContent { reading, standing }: &CaseContent,
    now: Timestamp,
) -> Result<(), FieldError> {
    let case = &reading.case;
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
    let tables = &identity.tables;
    let detail = ListDetail {
        thumb,
        declined,
        class_code: standing.class(&case.facts).map(clipped),
        reported_at: standing.reported_at.or_else(|| case.asked_at()),
        ended_at: case.ended_at(),
        clock: ListedClock::of(tables, case, now),
        calendar: tables.calendar_edition(),
    };
    let unsent = tx.pending_count(Some(id))?;
    tx.save_case_row(&CaseRow {
        document: id,
        local_code: id.local_code(),
        case_no: standing.case_no.as_deref().map(clipped),
        title: clipped(&case.facts.title),
        class: clipped(&identity.tables.class_name(case, standing)),
        state: standing.state.id().to_owned(),
        severity: case.facts.severity,
        address: clipped(&case.facts.address),
        place: case.facts.position.as_ref().map(|position| position.point),
        reported_at: detail.reported_at.unwrap_or(now),
        updated_at: now,
        unsent: u32::try_from(unsent).unwrap_or(u32::MAX),
        view: encode(&detail),
    })?;
    Ok(())
}

/// As much of a text as a list row takes. The page shows all of it; a row that does not fit would make the whole
/// case, and with it the rest of a pull, be refused by the store.
pub(crate) fn clipped(text: &str) -> String {
    let end = text.floor_char_boundary(CASE_TEXT_BYTES_MAX);
    text.get(..end).unwrap_or_default().to_owned()
}
