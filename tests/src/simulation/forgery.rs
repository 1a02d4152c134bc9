//! A device that lies: changes that the facade would never write, put into its store as if it had.

use xunge_documents::actor::device_actor;
use xunge_documents::change_parts::ActorId;
use xunge_documents::{Document, Edit, Intent, NewChange};
use xunge_field::domain::case::{Act, Action, CaseState, Note, Outcome, Ruling, StaffSession};
use xunge_field::domain::ids::{Digest, DocumentId, InstallationId, IntentId, PersonId};
use xunge_store::{ChangeState, NewChange as StoredChange, NewIntent, Tx};

use super::cast;
use super::faults::Planted;
use super::model::Forged;
use super::tally::Event;
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

/// How every forged text begins.
pub(super) const FORGED_TEXT: &str = "forgery";

impl World {
    /// Forges a change on one of the device's cases.
    pub(super) fn forge(&mut self, number: usize) -> Result<(), Violation> {
        let cases = self.devices[number].look(|app| app.cases(None, 20))?;
        let Some(case) = cases.first().map(|item| item.id) else {
            return Ok(());
        };
        let kind = KINDS[usize::try_from(self.random.below(5)).unwrap_or(0)];
        self.note_of(number, || format!("forges {kind} on {case}"));
        self.tally.add(Event::Forgery, 1);
        // Made anew under its own actor, what was forged about this one is honest.
        let text = if kind == "another's actor" {
            "note"
        } else {
            FORGED_TEXT
        };
        let text = self.model.unique_text(text, &self.devices[number].person);
        let forged = {
            let mut store = self.devices[number].open_store()?;
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

/// What a forgery is made of.
struct Forger {
    own: InstallationId,
    case: DocumentId,
    generation: u32,
    person: PersonId,
    id: IntentId,
    text: String,
}

impl Forger {
    fn actor(&self, kind: &str) -> ActorId {
        if kind == "another's actor" {
            ActorId([7; 16])
        } else {
            device_actor(&self.own, &self.case, self.generation)
        }
    }

    /// The intent as the outbox will keep it; a ruling has none.
    fn intent(&self, kind: &str) -> Intent {
        let (id, at, author) = (self.id, cast::monday(), self.person.clone());
        let text = self.text.clone();
        let edits = match kind {
            "a ruling of its own" => Vec::new(),
            "a browser's session" => vec![Edit::Action(
                id,
                Action {
                    author,
                    at,
                    act: Act::Claim,
                    seal: None,
                    session: Some(StaffSession { id: text }),
                },
            )],
            "another's name" => {
                let author = cast::person_id(cast::LEADER);
                vec![Edit::Comment(id, Note { author, at, text })]
            }
            _ => vec![Edit::Comment(id, Note { author, at, text })],
        };
        Intent { id, at, edits }
    }
}

/// Makes the change and keeps it as pending, with its intent beside it like any other.
fn write(
    tx: &Tx<'_>,
    case: DocumentId,
    kind: &str,
    person: PersonId,
    text: String,
) -> Result<NewChange, Violation> {
    let trouble = |cause: &dyn std::fmt::Display| Violation::new("no trouble", cause.to_string());
    let found = tx.load_document(case)?.zip(tx.session()?);
    let (loaded, session) = found.ok_or_else(|| trouble(&"a listed case is not in the store"))?;
    let mut document = Document::load(&loaded.snapshot).map_err(|cause| trouble(&cause))?;
    document
        .apply(loaded.changes.iter().map(Vec::as_slice))
        .map_err(|cause| trouble(&cause))?;
    let own = session.installation;
    let key = if kind == "another's key" {
        &STRANGER
    } else {
        &own
    };
    let forger = Forger {
        own,
        case,
        generation: loaded.row.generation,
        person,
        id: IntentId::new(key, tx.next_intent_counter(case)?, [9; 3]),
        text,
    };
    let (actor, intent) = (forger.actor(kind), forger.intent(kind));
    let change = if intent.edits.is_empty() {
        document.rule(actor, cast::monday(), &[(forger.id, ruling())])?
    } else {
        document.apply_intent(actor, &intent)?
    };
    let change = change.ok_or_else(|| trouble(&"a forgery changed nothing"))?;
    keep(tx, case, &change, &intent)?;
    Ok(change)
}

fn ruling() -> Ruling {
    Ruling {
        sequence: FORGED_SEQUENCE,
        at: cast::monday(),
        outcome: Outcome::Accepted {
            to: CaseState::Closed,
            case_no: Some("forged".into()),
            organisation: None,
            class: None,
        },
        done_at: None,
        terms: None,
        stage: None,
        delivery: None,
    }
}

fn keep(
    tx: &Tx<'_>,
    document: DocumentId,
    change: &NewChange,
    intent: &Intent,
) -> Result<(), Violation> {
    let change_hash = Digest::from_bytes(*change.hash.as_bytes());
    tx.append_change(&StoredChange {
        document,
        hash: change_hash,
        bytes: &change.bytes,
        actor: change.actor.as_bytes(),
        sequence: change.sequence,
        own: true,
        state: ChangeState::Pending,
        signature: None,
    })?;
    tx.add_intent(&NewIntent {
        id: intent.id,
        document,
        change_hash,
        kind: "forgery",
        content: &minicbor::to_vec(intent)
            .map_err(|cause| Violation::new("no trouble", cause.to_string()))?,
        created_at: intent.at,
    })?;
    Ok(())
}

/// An installation that is nobody's.
const STRANGER: InstallationId = InstallationId::from_bytes([0x55; 16]);
/// The number of a forged ruling: far beyond any real one.
pub(super) const FORGED_SEQUENCE: u32 = 99;
