//! What a form shows at capture.

use serde::Serialize;
use xunge_domain::case::CaseState;
use xunge_domain::geo::Point;
use xunge_domain::grid::UnitGridCode;
use xunge_domain::ids::{CaseId, Digest, DutyGridId};
use xunge_domain::time::Timestamp;

use crate::tables::nearest::NearComponentView;

/// What is asked about: a place, and what is known of the matter there.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct AroundQuestion {
    /// Where; nothing is around nowhere.
    pub point: Option<Point>,
    /// How exactly that is known, in metres.
    pub accuracy_metres: Option<u32>,
    /// Code or English id of the minor class, once chosen.
    pub class: Option<String>,
}

/// What is around a place, as far as this device knows.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct AroundView {
    /// The place asked about; `None` while there is no fix.
    pub point: Option<Point>,
    /// How exactly it is known, in metres.
    pub accuracy_metres: Option<u32>,
    /// The unit grids it may lie in, the likeliest first. One: the fix is good enough. None: no known grid is here.
    pub grids: Vec<GridOffer>,
    /// Minor classes to pick from, the likeliest first.
    pub classes: Vec<ClassOffer>,
    /// Components around, the nearest first: of the class chosen, before that the nearest of each class.
    pub components: Vec<NearComponentView>,
    /// Cases on this device that are probably the same matter, the likeliest first. Open ones, and those closed lately.
    pub duplicates: Vec<DuplicateOffer>,
}

/// A unit grid that a fix may lie in.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct GridOffer {
    /// Its code.
    pub code: UnitGridCode,
    /// Its name.
    pub name: String,
    /// The beat it belongs to.
    pub duty_grid: DutyGridId,
    /// How much of the fix's circle lies in it, 0 to 1.
    pub share: f64,
}

/// A minor class to pick.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ClassOffer {
    /// Its code.
    pub code: String,
    /// Its Chinese name.
    pub zh: String,
    /// Its English name.
    pub en: String,
    /// Why it is offered.
    pub why: ClassReason,
    /// How far the component is that speaks for it.
    pub metres: Option<u32>,
}

/// Why a class is offered.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum ClassReason {
    /// A component of it stands here.
    ComponentHere,
    /// This worker used it lately.
    UsedLately,
}

impl ClassReason {
    /// In Chinese.
    pub const fn zh(self) -> &'static str {
        match self {
            Self::ComponentHere => "附近部件",
            Self::UsedLately => "最近使用",
        }
    }

    /// In English.
    pub const fn en(self) -> &'static str {
        match self {
            Self::ComponentHere => "a component is here",
            Self::UsedLately => "used lately",
        }
    }
}

/// A case that is probably the same matter.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct DuplicateOffer {
    /// The case.
    pub case: CaseId,
    /// What people say over the phone.
    pub local_code: String,
    /// The number given by filing.
    pub case_no: Option<String>,
    /// Title.
    pub title: String,
    /// Class, in Chinese.
    pub class: String,
    /// Where it stands.
    pub state: CaseState,
    /// How far away, in metres.
    pub metres: u32,
    /// When it was reported.
    pub reported_at: Timestamp,
    /// In how many of 64 bits the most alike photos differ, where they look the same.
    pub look_bits: Option<u32>,
    /// Thumbnail of its first photo, if it is here.
    pub thumb: Option<Digest>,
    /// Why, in Chinese.
    pub zh: String,
    /// Why, in English.
    pub en: String,
}
