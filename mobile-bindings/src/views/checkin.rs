//! The list and the page of check-ins.

use xunge_field::domain::checkin::{
    ActName, CallStanding, CheckinState, Comparison, Initiation, Step, StepName, Subject, Term,
};
use xunge_field::domain::geo::Point;
use xunge_field::domain::ids::{DocumentId, IntentId, OrganisationId, PersonId};
use xunge_field::domain::time::Timestamp;
use xunge_field::{Delivery, NoteView, PhotoView, ReasonView};

use crate::views::sync::LaneItem;

/// A row of the list.
#[derive(Debug, Clone, PartialEq, Eq, uniffi::Record)]
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
    pub state_zh: String,
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
    pub last_step_zh: Option<String>,
    /// When it last changed here.
    pub updated_at: Timestamp,
    /// Where its content is.
    pub delivery: Delivery,
    /// Where its content is, in Chinese.
    pub delivery_zh: String,
    /// Whether a request of this person was declined.
    pub declined: bool,
}

impl From<xunge_field::CheckinListItem> for CheckinListItem {
    fn from(item: xunge_field::CheckinListItem) -> Self {
        Self {
            id: item.id,
            local_code: item.local_code,
            title: item.title,
            state: item.state,
            state_zh: item.state_zh.into(),
            initiation: item.initiation,
            subject_case: item.subject_case,
            visiting: item.visiting,
            hosts: item.hosts,
            steps: item.steps,
            last_step: item.last_step,
            last_step_zh: item.last_step_zh.map(Into::into),
            updated_at: item.updated_at,
            delivery_zh: item.delivery.zh(),
            delivery: item.delivery,
            declined: item.declined,
        }
    }
}

/// The four times side by side; never one in the place of another.
#[derive(Debug, Clone, PartialEq, Eq, uniffi::Record)]
pub struct FourTimes {
    /// 表定时限.
    pub table_limit: Option<Term>,
    /// 踏勘预估, the newest last.
    pub estimates: Vec<Term>,
    /// 承诺, the newest last.
    pub promises: Vec<Term>,
    /// 实际.
    pub actual: Option<Term>,
}

/// The name of a body.
#[derive(Debug, Clone, PartialEq, Eq, uniffi::Record)]
pub struct BodyName {
    /// The body.
    pub id: OrganisationId,
    /// Its Chinese name.
    pub name: String,
}

/// One step.
#[derive(Debug, Clone, PartialEq, Eq, uniffi::Record)]
pub struct StepView {
    /// Its entry.
    pub id: IntentId,
    /// Which.
    pub name: StepName,
    /// Which, in Chinese.
    pub name_zh: String,
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
#[derive(Debug, Clone, PartialEq, Eq, uniffi::Record)]
pub struct CheckinRequestView {
    /// The request.
    pub id: IntentId,
    /// The verb.
    pub action: ActName,
    /// The verb in Chinese.
    pub action_zh: String,
    /// Who asked.
    pub author: PersonId,
    /// The author's clock.
    pub at: Timestamp,
    /// Whether it holds; nothing until the server rules.
    pub accepted: Option<bool>,
    /// When it was ruled.
    pub ruled_at: Option<Timestamp>,
    /// The reason of a decline.
    pub reason: Option<ReasonView>,
}

/// A verb with whether it is possible now.
#[derive(Debug, Clone, PartialEq, Eq, uniffi::Record)]
pub struct OfferedCheckinAct {
    /// The verb.
    pub action: ActName,
    /// The verb in Chinese.
    pub action_zh: String,
    /// Why not; nothing when it is possible.
    pub reason: Option<ReasonView>,
}

/// The page of a check-in.
#[derive(Debug, Clone, PartialEq, Eq, uniffi::Record)]
pub struct CheckinView {
    /// The check-in.
    pub id: DocumentId,
    /// What people say over the phone.
    pub local_code: String,
    /// Title.
    pub title: String,
    /// State as ruled.
    pub state: CheckinState,
    /// State in Chinese.
    pub state_zh: String,
    /// How it came to be.
    pub initiation: Option<Initiation>,
    /// The matter.
    pub subject: Option<Subject>,
    /// 报到方.
    pub visiting: Vec<OrganisationId>,
    /// 接待方.
    pub hosts: Vec<OrganisationId>,
    /// Names of the bodies that are known here.
    pub names: Vec<BodyName>,
    /// Where its content is.
    pub delivery: Delivery,
    /// Where its content is, in Chinese.
    pub delivery_zh: String,
    /// What was done and found, oldest first.
    pub steps: Vec<StepView>,
    /// Of a whistle: what became of each call.
    pub calls: Vec<CallStanding>,
    /// Table limit, estimate, promise and actual.
    pub times: FourTimes,
    /// The actual against each of the others that is known.
    pub comparisons: Vec<Comparison>,
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
}

impl From<xunge_field::CheckinView> for CheckinView {
    fn from(view: xunge_field::CheckinView) -> Self {
        let standing = view.standing;
        let times = view.times;
        let names = view.names.into_iter();
        Self {
            id: view.id,
            local_code: view.local_code,
            title: standing.title,
            state: standing.state,
            state_zh: view.state_zh.into(),
            initiation: standing.initiation,
            subject: standing.subject,
            visiting: standing.visiting,
            hosts: standing.hosts,
            names: names.map(|(id, name)| BodyName { id, name }).collect(),
            delivery_zh: view.delivery.zh(),
            delivery: view.delivery,
            steps: view.steps.into_iter().map(StepView::from).collect(),
            calls: view.calls,
            times: FourTimes {
                table_limit: times.table_limit.map(|time| time.0),
                estimates: times.estimates.into_iter().map(|time| time.0).collect(),
                promises: times.promises.into_iter().map(|time| time.0).collect(),
                actual: times.actual.map(|time| time.0),
            },
            comparisons: view.comparisons,
            photos: view.photos,
            comments: view.comments,
            requests: view.requests.into_iter().map(Into::into).collect(),
            set_aside: view.set_aside.into_iter().map(Into::into).collect(),
            offered: view.offered.into_iter().map(Into::into).collect(),
        }
    }
}

impl From<xunge_field::StepView> for StepView {
    fn from(step: xunge_field::StepView) -> Self {
        Self {
            id: step.id,
            name: step.name,
            name_zh: step.name_zh.into(),
            author: step.author,
            at: step.at,
            address: step.address,
            point: step.point,
            photos: step.photos,
            content: step.content,
        }
    }
}

impl From<xunge_field::CheckinRequestView> for CheckinRequestView {
    fn from(request: xunge_field::CheckinRequestView) -> Self {
        Self {
            id: request.id,
            action: request.action,
            action_zh: request.action_zh.into(),
            author: request.author,
            at: request.at,
            accepted: request.accepted,
            ruled_at: request.ruled_at,
            reason: request.reason,
        }
    }
}

impl From<xunge_field::OfferedCheckinAct> for OfferedCheckinAct {
    fn from(offered: xunge_field::OfferedCheckinAct) -> Self {
        Self {
            action: offered.action,
            action_zh: offered.action_zh.into(),
            reason: offered.reason,
        }
    }
}
