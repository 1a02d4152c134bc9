//! The page of a check-in: one document opened, one view returned.

use xunge_domain::case;
use xunge_domain::checkin::{
    CaseTimes, MatterCheckin, Outcome, Ruling, Standing, Subject, call_standings, fold, four_times,
    offered,
};
use xunge_domain::document_kind::DocumentKind;
use xunge_domain::ids::{Digest, DocumentId, OrganisationId};
use xunge_store::Reader;

use crate::app::{FieldApp, Identity};
use crate::cases::show::{blob_states, notes, photos};
use crate::checkins::views::{CheckinRequestView, CheckinView, OfferedCheckinAct, StepView};
use crate::documents::open;
use crate::error::FieldError;
use crate::sync::status::{delivery, set_aside};
use crate::views::ReasonView;

impl FieldApp {
    /// Everything about one check-in. Opens its document, and that of the case it is about: about 2 ms.
    ///
    /// # Errors
    /// It is not on this device.
    pub fn show_checkin(&self, id: DocumentId) -> Result<CheckinView, FieldError> {
        let identity = self.identity()?;
        let now = self.ports.clock.now();
        self.store.read(|reader| {
            let document = open(reader, id)?
                .filter(|document| document.kind() == DocumentKind::MatterCheckin)
                .ok_or(FieldError::NotFound {
                    what: DocumentKind::MatterCheckin.id(),
                })?;
            let checkin = document.read_checkin(id).checkin;
            let standing = fold(&checkin);
            let blobs = blob_states(reader, id)?;
            let times = four_times(
                &checkin,
                &case_times(reader, identity, &standing)?,
                &|limit, from| identity.tables.due_at(limit, from),
            );
            let heads = document.heads().into_iter();
            Ok(CheckinView {
                id,
                local_code: id.local_code(),
                state_zh: standing.state.zh(),
                names: names(identity, &standing),
                delivery: delivery(reader, id)?,
                steps: steps(&checkin),
                calls: call_standings(&checkin, &standing, now),
                comparisons: times.comparisons(),
                taken_millis: times.taken_millis(),
                times,
                photos: photos(&checkin.photos, &blobs),
                comments: notes(&checkin.comments),
                requests: requests(&checkin),
                set_aside: set_aside(reader, Some(id))?,
                offered: offered_now(identity, &standing),
                heads: heads
                    .map(|head| Digest::from_bytes(*head.as_bytes()))
                    .collect(),
                standing,
            })
        })
    }
}

/// What the case it is about says of time, as far as the case is here.
fn case_times(
    reader: &Reader<'_>,
    identity: &Identity,
    standing: &Standing,
) -> Result<CaseTimes, FieldError> {
    let Some(id) = standing.subject.as_ref().and_then(Subject::case) else {
        return Ok(CaseTimes::default());
    };
    let Some(document) = open(reader, *id)? else {
        return Ok(CaseTimes::default());
    };
    let about = document.read(*id).case;
    let classes = &identity.tables.classes;
    let due = |limit, from| identity.tables.due_at(limit, from);
    Ok(CaseTimes::of(&about, &case::fold(&about), classes, &due))
}

fn names(identity: &Identity, standing: &Standing) -> Vec<(OrganisationId, String)> {
    let known = identity.tables.organisations.iter();
    let named = known.filter(|body| standing.bodies.contains(&body.id));
    named
        .map(|body| (body.id.clone(), body.name.clone()))
        .collect()
}

fn steps(checkin: &MatterCheckin) -> Vec<StepView> {
    let steps = checkin.in_order().into_iter();
    let view = |step: &case::Keyed<xunge_domain::checkin::StepEntry>| {
        let name = step.entry.step.name();
        StepView {
            id: step.id,
            name,
            name_zh: name.zh(),
            author: step.entry.author.clone(),
            at: step.entry.at,
            address: step.entry.address.clone(),
            point: step.entry.point,
            photos: step.entry.photos.clone(),
            content: step.entry.step.clone(),
        }
    };
    steps.map(view).collect()
}

/// Ruled requests in the order of their rulings, then those that wait.
fn requests(checkin: &MatterCheckin) -> Vec<CheckinRequestView> {
    let view = |id, ruling: Option<&Ruling>| {
        let action = checkin.action(id)?;
        let name = action.act.name();
        let reason = ruling.and_then(|ruling| match &ruling.outcome {
            Outcome::Declined { reason } => Some(ReasonView {
                code: reason.code().into(),
                zh: reason.zh(),
                en: reason.en(),
            }),
            Outcome::Accepted { .. } => None,
        });
        Some(CheckinRequestView {
            id: *id,
            action: name,
            action_zh: name.zh(),
            author: action.author.clone(),
            at: action.at,
            accepted: ruling.map(|ruling| ruling.outcome.is_accepted()),
            ruled_at: ruling.map(|ruling| ruling.at),
            reason,
        })
    };
    let rulings = checkin.rulings.iter();
    let ruled = rulings.filter_map(|ruling| view(&ruling.id, Some(&ruling.entry)));
    let waiting = checkin.unruled().into_iter();
    let waiting = waiting.filter_map(|action| view(&action.id, None));
    ruled.chain(waiting).collect()
}

fn offered_now(identity: &Identity, standing: &Standing) -> Vec<OfferedCheckinAct> {
    let all = offered(standing, &identity.person).into_iter();
    all.map(|(action, verdict)| OfferedCheckinAct {
        action,
        action_zh: action.zh(),
        reason: verdict.err().map(|reason| ReasonView {
            code: reason.code().into(),
            zh: reason.zh(),
            en: reason.en(),
        }),
    })
    .collect()
}
