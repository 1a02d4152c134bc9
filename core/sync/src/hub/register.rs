//! Somebody registers a case in a browser: the hub writes facts, request and ruling under its own key.

use xunge_documents::{Document, Edit, EditError, Intent};
use xunge_domain::case::{Action, Decline, Outcome, Ruling, fold};
use xunge_domain::ids::{DocumentId, IntentId};

use crate::hub::act::{ActedOn, StaffAct};
use crate::hub::directory::{Directory, HubKey};
use crate::hub::ingested::Appended;
use crate::hub::ruling::decide;

/// A case that came to be.
pub struct Registered {
    /// The change that holds facts and request; it comes before the one of [`Self::ruled`].
    pub opened: Appended,
    /// The ruling, and the case with it.
    pub ruled: ActedOn<Ruling>,
}

/// Makes a new document of these facts and the request that begins the case. Declined, nothing is made: the form is
/// still open, and there is no history that it could stay in.
///
/// # Errors
/// A text over its limit. The inner error: why the rules say no.
pub fn register(
    id: DocumentId,
    facts: Vec<Edit>,
    request: StaffAct,
    hub: &HubKey,
    directory: &dyn Directory,
) -> Result<Result<Registered, Decline>, EditError> {
    let StaffAct {
        author,
        session,
        act,
        now,
        nonce,
    } = request;
    let intent_id = IntentId::new(&hub.installation, 1, nonce);
    let action = Action {
        author,
        at: now,
        act,
        seal: None,
        session: Some(session),
    };
    let mut edits = facts;
    edits.push(Edit::Action(intent_id, action.clone()));
    let intent = Intent {
        id: intent_id,
        at: now,
        edits,
    };
    let mut document = Document::new();
    let unwritten = || EditError::Damaged("the registration was not written".into());
    let opened = document
        .apply_intent(hub.actor(), &intent)?
        .ok_or_else(unwritten)?;
    let case = document.read(id).case;
    let ruling = decide(
        &case,
        &mut fold(&case),
        (&intent_id, &action),
        (hub, directory),
        now,
    );
    if let Outcome::Declined { reason } = ruling.outcome {
        return Ok(Err(reason));
    }
    let change = document
        .rule(hub.actor(), now, &[(intent_id, ruling.clone())])?
        .ok_or_else(unwritten)?;
    let written = (id, document);
    Ok(Ok(Registered {
        opened: Appended::of_hub(hub, &id, opened),
        ruled: ActedOn::of(ruling, written, change, hub, directory),
    }))
}
