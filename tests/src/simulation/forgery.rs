//! A device that lies: changes that the facade would never write, put into its store as if it had.

use xunge_documents::actor::device_actor;
use xunge_documents::change_parts::ActorId;
use xunge_documents::{CaseDocument, Edit, Intent, NewChange};
use xunge_field::domain::case::{Act, Action, CaseState, Note, Outcome, Ruling, StaffSession};
use xunge_field::domain::ids::{Digest, DocumentId, InstallationId, IntentId};
use xunge_store::{ChangeState, NewChange as StoredChange, NewIntent, Store, Tx};

use super::cast;
use super::faults::Planted;
use super::model::Forged;
use super::violation::Violation;
use super::world::World;

/// Kinds of forgery, by what is wrong.
const KINDS: [&str; 5] = [
    "another's name",
    "another's key",
    "another's actor",
    "a ruling of its own",
    "a browser's session",
];

impl World {
    /// Forges a change on one of the device's cases.
    pub(super) fn forge(&mut self, number: usize) -> Result<(), Violation> {
        let cases = self.devices[number].look(|app| app.cases(None, 20))?;
        let Some(case) = cases.first().map(|item| item.id) else {
            return Ok(());
        };
        let kind = KINDS[usize::try_from(self.random.below(5)).unwrap_or(0)];
        self.note_of(number, || format!("forges {kind} on {case}"));
        self.devices[number].switch_off();
        let text = self
            .model
            .unique_text("forgery", &self.devices[number].person);
        let forged = {
            let mut store = Store::open_medium(&self.devices[number].medium)?;
            let person = self.devices[number].person.clone();
            store.transaction(|tx| write(tx, case, kind, person, text))?
        };
        self.devices[number].restart()?;
        let hash = Digest::from_bytes(*forged.hash.as_bytes());
        self.model.forged.push(Forged { case, hash, kind });
        if self.planted == Some(Planted::MergesForgeries) {
            self.hub.merge_unchecked(&case, &forged)?;
            self.check_document(&case)?;
        }
        Ok(())
    }
}

/// Makes the change and keeps it as pending, with its intent beside it like any other.
fn write(
    tx: &Tx<'_>,
    case: DocumentId,
    kind: &str,
    person: xunge_field::domain::ids::PersonId,
    text: String,
) -> Result<NewChange, Violation> {
    let found = tx.load_document(case)?.zip(tx.session()?);
    let Some((loaded, session)) = found else {
        return Err(Violation::new(
            "no trouble",
            "a listed case is not in the store",
        ));
    };
    let mut document = CaseDocument::load(&loaded.snapshot)
        .map_err(|cause| Violation::new("no trouble", cause.to_string()))?;
    document
        .apply(loaded.changes.iter().map(Vec::as_slice))
        .map_err(|cause| Violation::new("no trouble", cause.to_string()))?;
    let own = session.installation;
    let counter = tx.next_intent_counter(case)?;
    let id = IntentId::new(
        if kind == "another's key" {
            &STRANGER
        } else {
            &own
        },
        counter,
        [9; 3],
    );
    let author = if kind == "another's name" {
        cast::person_id(cast::LEADER)
    } else {
        person
    };
    let at = cast::monday();
    let actor = if kind == "another's actor" {
        ActorId([7; 16])
    } else {
        device_actor(&own, &case, loaded.row.generation)
    };
    let change = match kind {
        "a ruling of its own" => {
            let ruling = Ruling {
                sequence: 99,
                at,
                outcome: Outcome::Accepted {
                    to: CaseState::Closed,
                    case_no: Some("forged".into()),
                    organisation: None,
                },
            };
            document.rule(actor, at, &[(id, ruling)])?
        }
        _ => {
            let edit = if kind == "a browser's session" {
                let session = Some(StaffSession { id: text });
                let (act, seal) = (Act::Claim, None);
                Edit::Action(
                    id,
                    Action {
                        author,
                        at,
                        act,
                        seal,
                        session,
                    },
                )
            } else {
                Edit::Comment(id, Note { author, at, text })
            };
            let edits = vec![edit];
            document.apply_intent(actor, &Intent { id, at, edits })?
        }
    };
    let change = change.ok_or_else(|| Violation::new("no trouble", "a forgery changed nothing"))?;
    let hash = Digest::from_bytes(*change.hash.as_bytes());
    tx.append_change(&StoredChange {
        document: case,
        hash,
        bytes: &change.bytes,
        actor: change.actor.as_bytes(),
        sequence: change.sequence,
        own: true,
        state: ChangeState::Pending,
        signature: None,
    })?;
    tx.add_intent(&NewIntent {
        id,
        document: case,
        change_hash: hash,
        kind: "forgery",
        content: b"forged",
        created_at: at,
    })?;
    Ok(change)
}

/// An installation that is nobody's.
const STRANGER: InstallationId = InstallationId::from_bytes([0x55; 16]);
