//! Somebody acts in a browser: the hub writes the action and its ruling in one change under its own key, naming
//! the session and the person.

use xunge_documents::{Document, EditError, NewChange};
use xunge_domain::case::{Act, Action, Ruling, StaffSession, fold};
use xunge_domain::ids::{DocumentId, IntentId, PersonId};
use xunge_domain::scope::Scope;
use xunge_domain::time::Timestamp;

use crate::hub::content::Content;
use crate::hub::directory::{Directory, HubKey};
use crate::hub::ingested::Appended;
use crate::hub::ruling::decide;

/// What is to be done, in the transaction that holds the document.
pub struct ActedOn<Decided> {
    /// The decision.
    pub ruling: Decided,
    /// The hub's change.
    pub appended: Appended,
    /// The document after it.
    pub document: Document,
    /// What it says.
    pub content: Content,
    /// Its scopes from now on.
    pub placement: Vec<Scope>,
}

impl<Decided> ActedOn<Decided> {
    /// A decision that this change wrote into a document.
    pub(crate) fn of(
        ruling: Decided,
        (id, document): (DocumentId, Document),
        change: NewChange,
        hub: &HubKey,
        directory: &dyn Directory,
    ) -> Self {
        let content = Content::read(&document, id);
        Self {
            ruling,
            appended: Appended::of_hub(hub, &id, change),
            placement: content.placement(directory),
            document,
            content,
        }
    }
}

/// Who acts, when, and with which random bytes for the intent id.
#[derive(Debug, Clone)]
pub struct StaffAct {
    /// Who.
    pub author: PersonId,
    /// In which session.
    pub session: StaffSession,
    /// What for.
    pub act: Act,
    /// When, by the hub's clock.
    pub now: Timestamp,
    /// For the intent id.
    pub nonce: [u8; 3],
}

/// Writes and rules one action of somebody in a browser. A declined one is written too: it stays in the history.
///
/// # Errors
/// A damaged document.
pub fn act(
    id: DocumentId,
    mut document: Document,
    request: StaffAct,
    hub: &HubKey,
    directory: &dyn Directory,
) -> Result<ActedOn<Ruling>, EditError> {
    let StaffAct {
        author,
        session,
        act,
        now,
        nonce,
    } = request;
    let case = document.read(id).case;
    let own = hub.installation.prefix();
    let counter = case
        .actions
        .iter()
        .filter(|action| action.id.prefix() == own)
        .count() as u32
        + 1;
    let intent = IntentId::new(&hub.installation, counter, nonce);
    let action = Action {
        author,
        at: now,
        act,
        seal: None,
        session: Some(session),
    };
    let registers = (hub, directory);
    let ruling = decide(&case, &mut fold(&case), (&intent, &action), registers, now);
    let change = document
        .act_and_rule(hub.actor(), now, (intent, &action), &ruling)?
        .ok_or_else(|| EditError::Damaged("the ruling was not written".into()))?;
    let written = (id, document);
    Ok(ActedOn::of(ruling, written, change, hub, directory))
}
