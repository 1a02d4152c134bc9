//! Drafts.

use xunge_field::domain::case::{Fix, PhotoEntry, Severity};
use xunge_field::domain::component::ComponentCode;
use xunge_field::domain::geo::Point;
use xunge_field::domain::grid::UnitGridCode;
use xunge_field::domain::ids::DocumentId;
use xunge_field::domain::time::Timestamp;
use xunge_field::{DraftContent, DraftView};

#[uniffi::remote(Record)]
pub struct DraftContent {
    #[uniffi(default = None)]
    pub class: Option<String>,
    #[uniffi(default = "")]
    pub title: String,
    #[uniffi(default = "")]
    pub description: String,
    #[uniffi(default = "")]
    pub address: String,
    #[uniffi(default = None)]
    pub point: Option<Point>,
    #[uniffi(default = [])]
    pub fixes: Vec<Fix>,
    pub severity: Severity,
    #[uniffi(default = [])]
    pub hazards: Vec<String>,
    #[uniffi(default = None)]
    pub no_grid_reason: Option<String>,
    #[uniffi(default = [])]
    pub photos: Vec<PhotoEntry>,
    #[uniffi(default = None)]
    pub unit_grid: Option<UnitGridCode>,
    #[uniffi(default = None)]
    pub component: Option<ComponentCode>,
    #[uniffi(default = None)]
    pub possible_duplicate_of: Option<DocumentId>,
}

#[uniffi::remote(Record)]
pub struct DraftView {
    pub id: DocumentId,
    pub updated_at: Timestamp,
    pub content: DraftContent,
}
