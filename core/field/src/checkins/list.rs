//! The list of check-ins: from projection rows, no document is opened.

use xunge_domain::checkin::{CheckinState, StepName};
use xunge_domain::ids::DocumentId;
use xunge_domain::time::Timestamp;
use xunge_store::{CheckinRow, PageCursor, Reader, StoreError};

use crate::app::FieldApp;
use crate::checkins::row::ListDetail;
use crate::checkins::views::CheckinListItem;
use crate::error::FieldError;
use crate::sync::status::delivery;

impl FieldApp {
    /// A page of check-ins, newest first; `after` is the last one of the page before. ≤ 5 ms for 50 rows.
    ///
    /// # Errors
    /// The store's.
    pub fn checkins(
        &self,
        after: Option<(Timestamp, DocumentId)>,
        limit: usize,
    ) -> Result<Vec<CheckinListItem>, FieldError> {
        let after = after.map(|(updated_at, id)| PageCursor { updated_at, id });
        self.checkin_rows(|reader| reader.checkin_page(after.as_ref(), limit))
    }

    /// The check-ins about a case, newest first.
    ///
    /// # Errors
    /// The store's.
    pub fn checkins_of_case(
        &self,
        case: DocumentId,
        limit: usize,
    ) -> Result<Vec<CheckinListItem>, FieldError> {
        self.checkin_rows(|reader| reader.checkins_of_case(case, limit))
    }

    /// A check-in by its id, or by the end of it that people say over the phone.
    ///
    /// # Errors
    /// Nothing on this device is called so.
    pub fn resolve_checkin(&self, id_or_code: &str) -> Result<DocumentId, FieldError> {
        if let Ok(id) = id_or_code.parse() {
            return Ok(id);
        }
        let code = id_or_code.trim().to_uppercase();
        let row = self.store.read(|reader| reader.checkin_by_code(&code))?;
        row.map(|row| row.document).ok_or(FieldError::NotFound {
            what: "matter_checkin",
        })
    }

    fn checkin_rows(
        &self,
        read: impl FnOnce(&Reader<'_>) -> Result<Vec<CheckinRow>, StoreError>,
    ) -> Result<Vec<CheckinListItem>, FieldError> {
        self.store.read(|reader| {
            let rows = read(reader)?.into_iter();
            rows.map(|row| item(reader, row)).collect()
        })
    }
}

fn item(reader: &Reader<'_>, row: CheckinRow) -> Result<CheckinListItem, FieldError> {
    let unfit = FieldError::Invalid {
        what: "check-in row",
    };
    let Ok(detail) = minicbor::decode::<ListDetail>(&row.view) else {
        return Err(unfit);
    };
    let Some(state) = CheckinState::from_id(&row.state) else {
        return Err(unfit);
    };
    let last_step = detail.last_step.as_deref().and_then(StepName::from_id);
    Ok(CheckinListItem {
        delivery: delivery(reader, row.document)?,
        id: row.document,
        local_code: row.local_code,
        title: row.title,
        state,
        state_zh: state.zh(),
        initiation: detail.initiation,
        subject_case: row.subject_case,
        visiting: detail.visiting,
        hosts: detail.hosts,
        steps: detail.steps,
        last_step,
        last_step_zh: last_step.map(StepName::zh),
        updated_at: row.updated_at,
        declined: detail.declined,
    })
}
