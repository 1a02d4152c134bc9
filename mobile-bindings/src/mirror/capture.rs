//! What is around at capture.

use xunge_field::domain::case::CaseState;
use xunge_field::domain::component::ComponentCode;
use xunge_field::domain::geo::Point;
use xunge_field::domain::grid::UnitGridCode;
use xunge_field::domain::ids::{Digest, DocumentId, DutyGridId};
use xunge_field::domain::time::Timestamp;
use xunge_field::{
    AroundQuestion, AroundView, ClassOffer, ClassReason, DuplicateOffer, GridOffer,
    NearComponentView,
};

#[uniffi::remote(Record)]
pub struct AroundQuestion {
    #[uniffi(default = None)]
    pub point: Option<Point>,
    #[uniffi(default = None)]
    pub accuracy_metres: Option<u32>,
    #[uniffi(default = None)]
    pub class: Option<String>,
}

#[uniffi::remote(Record)]
pub struct AroundView {
    pub point: Option<Point>,
    pub accuracy_metres: Option<u32>,
    pub grids: Vec<GridOffer>,
    pub classes: Vec<ClassOffer>,
    pub components: Vec<NearComponentView>,
    pub duplicates: Vec<DuplicateOffer>,
}

#[uniffi::remote(Record)]
pub struct GridOffer {
    pub code: UnitGridCode,
    pub name: String,
    pub duty_grid: DutyGridId,
    pub share: f64,
}

#[uniffi::remote(Record)]
pub struct ClassOffer {
    pub code: String,
    pub zh: String,
    pub en: String,
    pub why: ClassReason,
    pub metres: Option<u32>,
}

#[uniffi::remote(Enum)]
pub enum ClassReason {
    ComponentHere,
    UsedLately,
}

#[uniffi::remote(Record)]
pub struct NearComponentView {
    pub code: ComponentCode,
    pub class: String,
    pub name: String,
    pub point: Point,
    pub metres: f64,
    pub accuracy_metres: f64,
    pub state: String,
    pub owner: String,
    pub maintainer: String,
}

#[uniffi::remote(Record)]
pub struct DuplicateOffer {
    pub case: DocumentId,
    pub local_code: String,
    pub case_no: Option<String>,
    pub title: String,
    pub class: String,
    pub state: CaseState,
    pub metres: u32,
    pub reported_at: Timestamp,
    pub look_bits: Option<u32>,
    pub thumb: Option<Digest>,
    pub zh: String,
    pub en: String,
}
