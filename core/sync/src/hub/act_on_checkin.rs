//! Somebody acts on a check-in in a browser: the hub writes the action and its ruling, or the step, under its own key, naming
//! the session and the person.

use xunge_documents::{Document, Edit, EditError, Intent};
use xunge_domain::case::StaffSession;
use xunge_domain::checkin::{
    Act, Action, MatterCheckin, Ruling, StepDecline, StepEntry, fold, may_write,
};
use xunge_domain::geo::Point;
use xunge_domain::ids::{DocumentId, IntentId};
use xunge_domain::person::Person;
use xunge_domain::time::Timestamp;

use crate::hub::act::ActedOn;
use crate::hub::checkin_ruling::decide;
use crate::hub::directory::{Directory, HubKey};

/// Who acts, when, and with which random bytes for the intent id.
pub struct CheckinStaffAct {
    /// Who.
    pub author: Person,
    /// In which session.
    pub session: StaffSession,
    /// What for.
    pub request: CheckinRequest,
    /// When, by the hub's clock.
    pub now: Timestamp,
    /// For the intent id.
    pub nonce: [u8; 3],
}

/// What is asked for in a browser.
#[derive(Debug, Clone)]
pub enum CheckinRequest {
    /// A decision.
    Act(Act),
    /// A step, with where it was.
    Step {
        /// In words.
        address: String,
        /// On the map.
        point: Option<Point>,
        /// What.
        step: xunge_domain::checkin::Step,
    },
}

/// Why nothing was written.
#[derive(Debug, thiserror::Error)]
pub enum CheckinActError {
    /// The step is not this person's to write, or not yet.
    #[error("the step is not taken: {}", .0.code())]
    Step(StepDecline),
    /// A text over its limit, or a damaged document.
    #[error(transparent)]
    Edit(#[from] EditError),
}

/// Writes and rules one action, or adds one step, which needs no ruling. A declined action is written too: it stays in the history.
///
/// # Errors
/// A step that is not taken, a text over its limit, a damaged document.
pub fn act_on_checkin(
    id: DocumentId,
    mut document: Document,
    request: CheckinStaffAct,
    hub: &HubKey,
    directory: &dyn Directory,
) -> Result<ActedOn<Option<Ruling>>, CheckinActError> {
    let checkin = document.read_checkin(id).checkin;
    let intent = next_intent(&checkin, hub, request.nonce);
    let (author, now) = (request.author, request.now);
    let session = Some(request.session);
    let mut ruling = None;
    let change = match request.request {
        CheckinRequest::Act(act) => {
            let action = Action {
                author: author.id,
                at: now,
                act,
                seal: None,
                session,
            };
            let decided = decide(&checkin, &mut fold(&checkin), &action, directory, now);
            let change =
                document.act_on_checkin_and_rule(hub.actor(), now, (intent, &action), &decided)?;
            ruling = Some(decided);
            change
        }
        CheckinRequest::Step {
            address,
            point,
            step,
        } => {
            let entry = StepEntry {
                author: author.id.clone(),
                at: now,
                address,
                point,
                photos: Vec::new(),
                step,
                seal: None,
                session,
            };
            may_write(&checkin, &fold(&checkin), &author, &entry, &[])
                .map_err(CheckinActError::Step)?;
            let intent = Intent {
                id: intent,
                at: now,
                edits: vec![Edit::Step(intent, entry)],
            };
            document.apply_intent(hub.actor(), &intent)?
        }
    };
    let change = change.ok_or_else(|| EditError::Damaged("nothing was written".into()))?;
    let written = (id, document);
    Ok(ActedOn::of(ruling, written, change, hub, directory))
}

/// The next intent id of the hub in this document.
fn next_intent(checkin: &MatterCheckin, hub: &HubKey, nonce: [u8; 3]) -> IntentId {
    let own = hub.installation.prefix();
    let actions = checkin.actions.iter().map(|action| action.id);
    let steps = checkin.steps.iter().map(|step| step.id);
    let own = actions.chain(steps).filter(|id| id.prefix() == own);
    IntentId::new(&hub.installation, own.count() as u32 + 1, nonce)
}
