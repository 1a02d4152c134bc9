//! A case's states and facts.

use xunge_field::domain::case::{CaseState, Facts, Fix, GridAnswer, Position, Severity};
use xunge_field::domain::component::ComponentCode;
use xunge_field::domain::geo::Point;
use xunge_field::domain::grid::UnitGridCode;
use xunge_field::domain::ids::DocumentId;
use xunge_field::domain::time::Timestamp;

#[uniffi::remote(Enum)]
pub enum CaseState {
    Draft,
    Reported,
    Verifying,
    Accepted,
    Filed,
    Dispatched,
    Disposing,
    FedBack,
    Checking,
    ToClose,
    Closed,
    Rejected,
    Void,
    OnHold,
    SelfDone,
    SelfReview,
    Invalid,
}

#[uniffi::remote(Enum)]
pub enum Severity {
    Ordinary,
    Serious,
    Urgent,
}

#[uniffi::remote(Record)]
pub struct Point {
    pub longitude_e7: i32,
    pub latitude_e7: i32,
}

#[uniffi::remote(Record)]
pub struct Fix {
    pub point: Point,
    pub accuracy_metres: Option<u32>,
    pub provider: String,
    pub at: Timestamp,
    pub mock: bool,
}

#[uniffi::remote(Record)]
pub struct Position {
    pub point: Point,
    pub fixes: Vec<Fix>,
}

#[uniffi::remote(Enum)]
pub enum GridAnswer {
    Known(UnitGridCode),
    NoGrid(String),
}

#[uniffi::remote(Record)]
pub struct Facts {
    pub class: Option<String>,
    pub condition: Option<String>,
    pub title: String,
    pub description: String,
    pub position: Option<Position>,
    pub address: String,
    pub unit_grid: Option<GridAnswer>,
    pub severity: Severity,
    pub component: Option<ComponentCode>,
    pub possible_duplicate_of: Option<DocumentId>,
}
