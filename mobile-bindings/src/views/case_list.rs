//! The case list.

use xunge_field::Delivery;
use xunge_field::domain::case::{CaseState, Severity};
use xunge_field::domain::geo::Point;
use xunge_field::domain::ids::{Digest, DocumentId};
use xunge_field::domain::time::Timestamp;
use xunge_field::domain::working_time::Light;

/// Where a page ended: hand it in to get the next one.
#[derive(Debug, Clone, PartialEq, Eq, uniffi::Record)]
pub struct PageEnd {
    /// `updated_at` of the last row.
    pub updated_at: Timestamp,
    /// `id` of the last row.
    pub id: DocumentId,
}

impl PageEnd {
    pub(crate) const fn pair(&self) -> (Timestamp, DocumentId) {
        (self.updated_at, self.id)
    }
}

/// A row of the case list.
#[derive(Debug, Clone, PartialEq, Eq, uniffi::Record)]
pub struct CaseListItem {
    /// The case.
    pub id: DocumentId,
    /// What people say over the phone.
    pub local_code: String,
    /// The number given by filing.
    pub case_no: Option<String>,
    /// Title.
    pub title: String,
    /// Class, in Chinese.
    pub class: String,
    /// State as ruled.
    pub state: CaseState,
    /// State in Chinese.
    pub state_zh: String,
    /// Severity.
    pub severity: Severity,
    /// Address.
    pub address: String,
    /// Where.
    pub point: Option<Point>,
    /// When it last changed here.
    pub updated_at: Timestamp,
    /// Where its content is.
    pub delivery: Delivery,
    /// Where its content is, in Chinese.
    pub delivery_zh: String,
    /// When its clock is due.
    pub due: Option<Timestamp>,
    /// The light of that clock.
    pub light: Option<Light>,
    /// Whether a request of this person was declined.
    pub declined: bool,
    /// Thumbnail of the first photo, if it is here.
    pub thumb: Option<Digest>,
}

impl From<xunge_field::CaseListItem> for CaseListItem {
    fn from(item: xunge_field::CaseListItem) -> Self {
        Self {
            id: item.id,
            local_code: item.local_code,
            case_no: item.case_no,
            title: item.title,
            class: item.class,
            state: item.state,
            state_zh: item.state_zh.into(),
            severity: item.severity,
            address: item.address,
            point: item.point,
            updated_at: item.updated_at,
            delivery_zh: item.delivery.zh(),
            delivery: item.delivery,
            due: item.due,
            light: item.light,
            declined: item.declined,
            thumb: item.thumb,
        }
    }
}
