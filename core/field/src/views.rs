//! What screens show. Every view is whole: one call draws one screen.

use serde::Serialize;
use xunge_domain::case::clock::ClockView;
use xunge_domain::case::{
    ActionName, CaseState, Decline, Facts, Note, Outcome, PhotoPurpose, Ruling, Severity,
};
use xunge_domain::geo::Point;
use xunge_domain::ids::{CaseId, Digest, DutyGridId, IntentId, OrganisationId, PersonId};
use xunge_domain::person::{Person, Role};
use xunge_domain::time::Timestamp;
use xunge_domain::working_time::Light;
use xunge_store::Reason;

use crate::standing_view::StandingView;

/// Whose device this is.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct PersonView {
    /// The id.
    pub id: PersonId,
    /// The name.
    pub name: String,
    /// The roles.
    pub roles: Vec<Role>,
    /// The body.
    pub organisation: Option<OrganisationId>,
    /// The beats.
    pub duty_grids: Vec<DutyGridId>,
}

impl PersonView {
    pub(crate) fn of(person: &Person) -> Self {
        Self {
            id: person.id.clone(),
            name: person.name.clone(),
            roles: person.roles.clone(),
            organisation: person.organisation.clone(),
            duty_grids: person.duty_grids.clone(),
        }
    }
}

/// Where a case's content is. Truthful: "received" is never said before every photo hash is acknowledged.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case", tag = "delivery")]
pub enum Delivery {
    /// Nothing of what was done here has left this device.
    OnDevice,
    /// On its way: so many of so many pieces (texts and photo files) are acknowledged.
    Sending {
        /// Acknowledged.
        sent: u64,
        /// In all.
        of: u64,
    },
    /// Everything is committed at the server and re-hashed there.
    Received,
}

impl Delivery {
    /// From counts of pieces.
    pub(crate) const fn of(sent: u64, of: u64) -> Self {
        if sent >= of {
            Self::Received
        } else if sent == 0 {
            Self::OnDevice
        } else {
            Self::Sending { sent, of }
        }
    }

    /// In Chinese.
    pub fn zh(&self) -> String {
        match self {
            Self::OnDevice => "在本机".into(),
            Self::Sending { sent, of } => format!("上传中 {sent}/{of}"),
            Self::Received => "已送达".into(),
        }
    }
}

/// Where a photo is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum PhotoState {
    /// Only on this device.
    OnDevice,
    /// Part of it is acknowledged.
    Sending,
    /// Every byte is stored and re-hashed at the server.
    Received,
    /// Its bytes were never this device's to send.
    Elsewhere,
}

impl PhotoState {
    /// In Chinese.
    pub const fn zh(self) -> &'static str {
        match self {
            Self::OnDevice => "在本机",
            Self::Sending => "上传中",
            Self::Received => "已送达",
            Self::Elsewhere => "在别处",
        }
    }
}

/// A row of the case list.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct CaseListItem {
    /// The case.
    pub id: CaseId,
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
    pub state_zh: &'static str,
    /// Severity.
    pub severity: Severity,
    /// Address.
    pub address: String,
    /// Where.
    pub point: Option<Point>,
    /// When it last changed here.
    pub updated_at: Timestamp,
    /// Where its content is.
    #[serde(flatten)]
    pub delivery: Delivery,
    /// When its clock is due: that of the disposal, before filing that of its stage; nothing where none runs or it cannot be
    /// computed here, which the page explains.
    pub due: Option<Timestamp>,
    /// The light of that clock, by this device's clock.
    pub light: Option<Light>,
    /// Whether a request of this person was declined.
    pub declined: bool,
    /// Thumbnail of the first photo, if it is here.
    pub thumb: Option<Digest>,
}

/// A case page.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct CaseView {
    /// The case.
    pub id: CaseId,
    /// What people say over the phone.
    pub local_code: String,
    /// The number given by filing.
    pub case_no: Option<String>,
    /// Class, in Chinese.
    pub class: String,
    /// The merging fields.
    pub facts: Facts,
    /// State as ruled.
    pub state: CaseState,
    /// State in Chinese.
    pub state_zh: &'static str,
    /// State as this device expects it once its requests are ruled.
    pub provisional_state: CaseState,
    /// What else follows from the rulings.
    pub standing: StandingView,
    /// Its clocks, in the order of their starts.
    pub clocks: Vec<ClockView>,
    /// Where its content is.
    #[serde(flatten)]
    pub delivery: Delivery,
    /// Photos, oldest first.
    pub photos: Vec<PhotoView>,
    /// Hazard notes.
    pub hazards: Vec<NoteView>,
    /// Comments.
    pub comments: Vec<NoteView>,
    /// What was asked and ruled, oldest first.
    pub timeline: Vec<EventView>,
    /// Work of this device that the server did not merge, with the reason.
    pub set_aside: Vec<crate::sync::status::LaneItem>,
    /// What this person could ask for now, with the reason where not.
    pub offered: Vec<OfferedAction>,
    /// Fields that two people set at once: the field and the values not shown.
    pub concurrent: Vec<(String, Vec<String>)>,
}

/// A photo of a case.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct PhotoView {
    /// Its entry.
    pub id: IntentId,
    /// Name of the original.
    pub sha256: Digest,
    /// Length of the original.
    pub length: u64,
    /// What it shows.
    pub purpose: PhotoPurpose,
    /// In words.
    pub caption: String,
    /// Who took it.
    pub author: PersonId,
    /// The author's clock.
    pub at: Timestamp,
    /// Where it is.
    pub state: PhotoState,
}

/// A note.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct NoteView {
    /// Its entry.
    pub id: IntentId,
    /// Who wrote it.
    pub author: PersonId,
    /// The author's clock.
    pub at: Timestamp,
    /// What it says.
    pub text: String,
}

impl NoteView {
    pub(crate) fn of(id: IntentId, note: Note) -> Self {
        Self {
            id,
            author: note.author,
            at: note.at,
            text: note.text,
        }
    }
}

/// One request in a case's history.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct EventView {
    /// The request.
    pub id: IntentId,
    /// The verb.
    pub action: ActionName,
    /// The verb in Chinese.
    pub action_zh: &'static str,
    /// Who asked.
    pub author: PersonId,
    /// The author's clock.
    pub at: Timestamp,
    /// What was decided; `None` until the server rules.
    pub ruling: Option<RulingView>,
}

/// A decision, in words.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct RulingView {
    /// Whether it was accepted.
    pub accepted: bool,
    /// When, by the server's clock.
    pub at: Timestamp,
    /// The state it led to.
    pub to: Option<CaseState>,
    /// The reason of a decline.
    pub reason: Option<ReasonView>,
}

/// A reason in both languages.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ReasonView {
    /// Stable code.
    pub code: String,
    /// In Chinese.
    pub zh: String,
    /// In English.
    pub en: String,
}

impl ReasonView {
    pub(crate) fn of(reason: &Decline) -> Self {
        Self {
            code: reason.code().into(),
            zh: reason.zh(),
            en: reason.en(),
        }
    }
    pub(crate) fn stored(reason: Reason) -> Self {
        Self {
            code: reason.code,
            zh: reason.zh,
            en: reason.en,
        }
    }
}

impl RulingView {
    pub(crate) fn of(ruling: &Ruling) -> Self {
        match &ruling.outcome {
            Outcome::Accepted { to, .. } => Self {
                accepted: true,
                at: ruling.at,
                to: Some(*to),
                reason: None,
            },
            Outcome::Declined { reason } => Self {
                accepted: false,
                at: ruling.at,
                to: None,
                reason: Some(ReasonView::of(reason)),
            },
        }
    }
}

/// An action with whether it is possible now.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct OfferedAction {
    /// The verb.
    pub action: ActionName,
    /// The verb in Chinese.
    pub action_zh: &'static str,
    /// Why not; `None` when it is possible.
    pub reason: Option<ReasonView>,
}
