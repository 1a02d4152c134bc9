//! What screens of check-ins show. Every view is whole: one call draws one screen.

use serde::Serialize;
use xunge_domain::checkin::{
    ActName, CallStanding, CheckinState, Comparison, FourTimes, Initiation, Standing, Step,
    StepName,
};
use xunge_domain::geo::Point;
use xunge_domain::ids::{Digest, DocumentId, IntentId, OrganisationId, PersonId};
use xunge_domain::time::Timestamp;

use crate::sync::status::LaneItem;
use crate::views::{Delivery, NoteView, PhotoView, ReasonView};

/// A row of the list.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct CheckinListItem {
    /// The check-in.
    pub id: DocumentId,
    /// What people say over the phone.
    pub local_code: String,
    /// Title.
    pub title: String,
    /// State as ruled.
    pub state: CheckinState,
    /// State in Chinese.
    pub state_zh: &'static str,
    /// How it came to be.
    pub initiation: Option<Initiation>,
    /// The case it is about, where it is one.
    pub subject_case: Option<DocumentId>,
    /// 报到方, the first four.
    pub visiting: Vec<OrganisationId>,
    /// 接待方, the first four.
    pub hosts: Vec<OrganisationId>,
    /// How many steps there are.
    pub steps: u32,
    /// The newest.
    pub last_step: Option<StepName>,
    /// The newest in Chinese.
    pub last_step_zh: Option<&'static str>,
    /// When it last changed here.
    pub updated_at: Timestamp,
    /// Where its content is.
    #[serde(flatten)]
    pub delivery: Delivery,
    /// Whether a request of this person was declined.
    pub declined: bool,
}

/// The page of a check-in.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct CheckinView {
    /// The check-in.
    pub id: DocumentId,
    /// What people say over the phone.
    pub local_code: String,
    /// Where it stands: parties, subject, answers.
    pub standing: Standing,
    /// State in Chinese.
    pub state_zh: &'static str,
    /// Names of the bodies that are known here.
    pub names: Vec<(OrganisationId, String)>,
    /// Where its content is.
    #[serde(flatten)]
    pub delivery: Delivery,
    /// What was done and found, oldest first.
    pub steps: Vec<StepView>,
    /// Of a whistle: what became of each call.
    pub calls: Vec<CallStanding>,
    /// Table limit, estimate, promise and actual, side by side.
    pub times: FourTimes,
    /// The actual against each of the others that is known.
    pub comparisons: Vec<Comparison>,
    /// Milliseconds from the finding to the completion, where both are known.
    pub taken_millis: Option<i64>,
    /// Photos, oldest first.
    pub photos: Vec<PhotoView>,
    /// Comments.
    pub comments: Vec<NoteView>,
    /// What was asked and ruled, oldest first.
    pub requests: Vec<CheckinRequestView>,
    /// Work of this device that the server did not merge, with the reason.
    pub set_aside: Vec<LaneItem>,
    /// What this person could ask for now, with the reason where not.
    pub offered: Vec<OfferedCheckinAct>,
    /// The newest changes, sorted: equal heads are equal documents.
    pub heads: Vec<Digest>,
}

/// One step.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct StepView {
    /// Its entry.
    pub id: IntentId,
    /// Which.
    pub name: StepName,
    /// Which, in Chinese.
    pub name_zh: &'static str,
    /// Who wrote it.
    pub author: PersonId,
    /// The author's clock.
    pub at: Timestamp,
    /// Where, in words.
    pub address: String,
    /// Where, on the map.
    pub point: Option<Point>,
    /// Its photos, by their entries.
    pub photos: Vec<IntentId>,
    /// What.
    pub content: Step,
}

/// One request in the history.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct CheckinRequestView {
    /// The request.
    pub id: IntentId,
    /// The verb.
    pub action: ActName,
    /// The verb in Chinese.
    pub action_zh: &'static str,
    /// Who asked.
    pub author: PersonId,
    /// The author's clock.
    pub at: Timestamp,
    /// Whether it holds; `None` until the server rules.
    pub accepted: Option<bool>,
    /// When it was ruled, by the server's clock.
    pub ruled_at: Option<Timestamp>,
    /// The reason of a decline.
    pub reason: Option<ReasonView>,
}

/// A verb with whether it is possible now.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct OfferedCheckinAct {
    /// The verb.
    pub action: ActName,
    /// The verb in Chinese.
    pub action_zh: &'static str,
    /// Why not; `None` when it is possible.
    pub reason: Option<ReasonView>,
}
