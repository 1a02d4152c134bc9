//! Matter check-ins 一事一报到.

use xunge_field::domain::checkin::{Call, Initiation, Step, Subject};
use xunge_field::domain::geo::Point;
use xunge_field::domain::ids::{DocumentId, IntentId, OrganisationId};
use xunge_field::{OpenCheckinRequest, StepRequest};

use crate::app::FieldApp;
use crate::error::FieldError;
use crate::views::case_list::PageEnd;
use crate::views::checkin::{CheckinListItem, CheckinView};
use crate::views::photo::PhotoDetails;

/// A photo of a step.
#[derive(Debug, Clone, uniffi::Record)]
pub struct StepPhoto {
    /// What it shows, and where.
    pub details: PhotoDetails,
    /// The bytes of the file.
    pub bytes: Vec<u8>,
}

#[uniffi::export]
impl FieldApp {
    /// Opens a check-in; answers its id. Background thread; one commit, a few ms.
    ///
    /// # Errors
    /// Not a branch secretary, no title, a side without a party, calls that do not fit, no space.
    pub fn open_checkin(
        &self,
        title: String,
        initiation: Initiation,
        subject: Subject,
        visiting: Vec<OrganisationId>,
        hosts: Vec<OrganisationId>,
        calls: Vec<Call>,
    ) -> Result<DocumentId, FieldError> {
        self.with(|app| {
            app.open_checkin(OpenCheckinRequest {
                title,
                initiation,
                subject,
                visiting,
                hosts,
                calls,
            })
        })
    }

    /// Answers a check-in for one of its parties. Background thread; one commit, a few ms.
    ///
    /// # Errors
    /// No such check-in, not a branch secretary, too long, no space.
    pub fn answer_checkin(
        &self,
        checkin: DocumentId,
        party: OrganisationId,
        accepts: bool,
        note: String,
    ) -> Result<IntentId, FieldError> {
        self.with(|app| app.answer_checkin(checkin, party, accepts, &note))
    }

    /// Adds a step with its photos. Background thread; one commit, and CPU 80 ms a photo of 8 megapixels.
    ///
    /// # Errors
    /// No such check-in; not this person's to write, or something has to come first; too long; no space.
    pub fn add_step(
        &self,
        checkin: DocumentId,
        step: Step,
        address: String,
        point: Option<Point>,
        photos: Vec<StepPhoto>,
    ) -> Result<IntentId, FieldError> {
        let inputs = photos.iter();
        let photos = inputs.map(|photo| photo.details.of(&photo.bytes)).collect();
        self.with(|app| {
            app.add_step(StepRequest {
                checkin,
                step,
                address: &address,
                point,
                photos,
            })
        })
    }

    /// Asks to close a check-in. Background thread; one commit, a few ms.
    ///
    /// # Errors
    /// No such check-in, not a branch secretary, nothing completed and no reason, no space.
    pub fn close_checkin(&self, checkin: DocumentId, note: String) -> Result<IntentId, FieldError> {
        self.with(|app| app.close_checkin(checkin, &note))
    }

    /// A page of check-ins, newest first. Background thread; ≤ 5 ms for 50 rows, no document is opened.
    ///
    /// # Errors
    /// The store's.
    pub fn checkins(
        &self,
        after: Option<PageEnd>,
        limit: u32,
    ) -> Result<Vec<CheckinListItem>, FieldError> {
        self.with(|app| {
            let after = after.as_ref().map(PageEnd::pair);
            let rows = app.checkins(after, limit as usize)?.into_iter();
            Ok(rows.map(CheckinListItem::from).collect())
        })
    }

    /// The check-ins about a case, newest first. Background thread; an index look-up.
    ///
    /// # Errors
    /// The store's.
    pub fn checkins_of_case(
        &self,
        case: DocumentId,
        limit: u32,
    ) -> Result<Vec<CheckinListItem>, FieldError> {
        self.with(|app| {
            let rows = app.checkins_of_case(case, limit as usize)?.into_iter();
            Ok(rows.map(CheckinListItem::from).collect())
        })
    }

    /// Everything about one check-in. Background thread; opens its document and that of its case, about 2 ms.
    ///
    /// # Errors
    /// It is not on this device.
    pub fn show_checkin(&self, checkin: DocumentId) -> Result<CheckinView, FieldError> {
        self.with(|app| Ok(app.show_checkin(checkin)?.into()))
    }
}
