//! May this origin make this change? Judged on the decoded operations, before anything is merged: every container
//! comes from genesis, so the object id of an operation says where it writes, and the key of an entry says whose
//! it is. Cost: about 2 µs an operation, no document is touched.

use minicbor::Decode;
use xunge_documents::change_parts::ChangeHash;
use xunge_documents::guard::Inspected;
use xunge_documents::operations::{Action as Write, Key, Operation, ScalarValue, decode};
use xunge_documents::schema::{Container, fact, genesis_hash_of};
use xunge_documents::{
    CODE_BYTES_MAX, Document, EDITS_MAX, LISTED_MAX, TEXT_CHARACTERS_MAX, TITLE_CHARACTERS_MAX,
    edition_begun_by,
};
use xunge_domain::case::{
    Action, Case, CaseState, FIXES_MAX, GridAnswer, Note, PhotoEntry, Position, Seal, Severity,
    Standing, fold,
};
use xunge_domain::checkin::{self, StepEntry};
use xunge_domain::component::ComponentCode;
use xunge_domain::document_kind::DocumentKind;
use xunge_domain::ids::{CaseId, DocumentId, IntentId};
use xunge_evidence::record::RECORD_BYTES_MAX;

use crate::hub::checkin_authority::{action_fits as checkin_action_fits, judge_steps, step_fits};
use crate::hub::directory::OriginInstallation;
use crate::hub::quarantine::Quarantine;
use crate::keys::SIGNATURE_BYTES;
use crate::seal::{Sealable, holds};
use crate::testing::{self, Mutant};

/// Bytes of the name of a key.
const FINGERPRINT_BYTES: usize = 8;

/// Against what a change is judged.
pub struct AuthorityContext<'a> {
    /// The document it is for.
    pub document: &'a DocumentId,
    /// What is merged so far.
    pub base: &'a Document,
    /// Whether this is the document's first change.
    pub new: bool,
    /// Whether the origin's person may see the case.
    pub party: Party,
    /// Whose change it is.
    pub origin: &'a OriginInstallation,
    /// Entries written by changes of the same push that are accepted but not merged yet.
    pub waiting: &'a [Entry],
}

/// What a person has to do with a case.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Party {
    /// May see it, or saw it when the change was made.
    Yes,
    /// Saw it once, but the change builds on what came after the person was given other work.
    MovedOn,
    /// Nothing.
    No,
}

/// The place of an entry.
pub type Entry = (Container, IntentId);

/// What an allowed change does.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Judged {
    /// The actions it asks for, in the author's order.
    pub actions: Vec<IntentId>,
    /// The entries it writes.
    pub entries: Vec<Entry>,
    /// Whether it writes facts that rulings rest on.
    pub moves_the_case: bool,
    /// Whether it writes the class: after filing a proposal, before it a fact like those.
    pub classifies: bool,
}

impl Judged {
    /// An entry, or a mark, is written once: by this change, by those that wait, by all before.
    fn enter(&mut self, entry: Entry, context: &AuthorityContext<'_>) -> Result<(), Quarantine> {
        if self.entries.contains(&entry) || context.waiting.contains(&entry) {
            return Err(Quarantine::EntryTaken);
        }
        self.entries.push(entry);
        Ok(())
    }
}

/// Judges one change.
///
/// # Errors
/// Why it must be kept aside.
pub fn judge_change(
    change: &Inspected<'_>,
    context: &AuthorityContext<'_>,
) -> Result<Judged, Quarantine> {
    let (origin, kind) = (context.origin, context.base.kind());
    if origin.revoked {
        return Err(Quarantine::Revoked);
    }
    let parts = change.parts();
    if !origin.wrote(&parts.actor, context.document) && !testing::active(Mutant::OwnershipUnchecked)
    {
        return Err(Quarantine::ForgedActor);
    }
    // Everybody would let go of what they hold for it.
    if edition_begun_by(parts).is_some() {
        return Err(Quarantine::ServerPath);
    }
    let first: &[ChangeHash] = &[genesis_hash_of(context.base.kind())];
    let opens_the_case = context.new && parts.dependencies == first;
    match context.party {
        Party::Yes => {}
        _ if opens_the_case => {}
        Party::MovedOn => return Err(Quarantine::MovedOn),
        Party::No => return Err(Quarantine::NotParty),
    }
    let operations = decode(change).map_err(|cause| Quarantine::Malformed(cause.code()))?;
    // Text is typed character by character; of everything else an intent has so many writes at most.
    let writes = operations
        .iter()
        .filter(|operation| Container::of(&operation.object) != Some(Container::Description));
    if writes.count() > EDITS_MAX {
        return Err(Quarantine::WrongForm);
    }
    let mut judged = Judged::default();
    let mut steps = Vec::new();
    for operation in &operations {
        let container = Container::of(&operation.object)
            .filter(|container| Container::of_kind(kind).contains(container))
            .ok_or(Quarantine::UnknownPlace)?;
        match container {
            Container::Rulings => return Err(Quarantine::ServerPath),
            Container::Facts => match mark_of(operation) {
                Some(id) => {
                    judge_mark(id, operation, context)?;
                    judged.enter((container, id), context)?;
                }
                None => {
                    judge_fact(operation)?;
                    judged.classifies |= operation.key == Key::Map(fact::CLASS);
                    judged.moves_the_case |=
                        matches!(operation.key, Key::Map(key) if RULED_ON.contains(&key));
                }
            },
            Container::Description => judge_text(operation)?,
            Container::Photos
            | Container::Hazards
            | Container::Comments
            | Container::Steps
            | Container::Actions => {
                let id = judge_entry(container, operation, context, &mut steps)?;
                judged.enter((container, id), context)?;
                if container == Container::Actions {
                    judged.actions.push(id);
                }
            }
        }
    }
    if (judged.moves_the_case || judged.classifies) && !opens_the_case {
        let case = context.base.read(*context.document).case;
        let standing = fold(&case);
        let proposes = !judged.moves_the_case && class_is_fixed(&standing);
        if !proposes && !reporter_may_still_move(&case, &standing, context) {
            return Err(Quarantine::RuledOn);
        }
    }
    judge_steps(&steps, context)?;
    Ok(judged)
}

/// What rulings rest on: a department that could move the position would pass every distance.
const RULED_ON: [&str; 3] = [fact::CONDITION, fact::POSITION, fact::UNIT_GRID];

/// Filing fixed the class: whoever writes another one among the facts proposes it to the shift leader, and no ruling
/// rests on it. Of a case that has ended nobody would answer.
fn class_is_fixed(standing: &Standing) -> bool {
    let filed = standing.filing.as_ref().map(|filing| &filing.class);
    matches!(filed, Some(Some(_))) && !standing.state.is_final()
}

/// Who reported may mend class and place until the case is accepted.
fn reporter_may_still_move(
    case: &Case,
    standing: &Standing,
    context: &AuthorityContext<'_>,
) -> bool {
    let open = matches!(
        standing.state,
        CaseState::Draft | CaseState::Reported | CaseState::Verifying
    );
    let me = &context.origin.person.id;
    let mut reports = case
        .actions
        .iter()
        .filter(|action| action.entry.act.begins_a_case());
    open && reports.any(|report| report.entry.author == *me)
}

fn written<'a>(operation: &Operation<'a>) -> Result<ScalarValue<'a>, Quarantine> {
    match operation.action {
        Write::Put(value) => Ok(value),
        Write::Delete => Err(Quarantine::Removal),
        Write::MakeMap | Write::MakeList | Write::MakeText => Err(Quarantine::UnknownPlace),
        Write::Increment(_) => Err(Quarantine::WrongForm),
    }
}

/// The intent whose mark the operation writes among the facts; no fact has such a name.
fn mark_of(operation: &Operation<'_>) -> Option<IntentId> {
    match operation.key {
        Key::Map(key) => key.parse().ok(),
        Key::Element(_) => None,
    }
}

/// The mark of an edit of the description: a second one of the same intent, made by a copy of its store, is refused
/// with the characters it brings.
fn judge_mark(
    id: IntentId,
    operation: &Operation<'_>,
    context: &AuthorityContext<'_>,
) -> Result<(), Quarantine> {
    judge_key(Container::Facts, id, operation, context)?;
    match written(operation)? {
        ScalarValue::Bool(fact::MARK) => Ok(()),
        _ => Err(Quarantine::WrongForm),
    }
}

/// What is written under an intent id is written by its owner, and once.
fn judge_key(
    container: Container,
    id: IntentId,
    operation: &Operation<'_>,
    context: &AuthorityContext<'_>,
) -> Result<(), Quarantine> {
    let owned = context.origin.owns(&id.prefix());
    if !owned && !testing::active(Mutant::OwnershipUnchecked) {
        return Err(Quarantine::AnothersEntry);
    }
    if !operation.predecessors.is_empty() || context.base.has_entry(container, &id) {
        return Err(Quarantine::EntryTaken);
    }
    Ok(())
}

fn judge_fact(operation: &Operation<'_>) -> Result<(), Quarantine> {
    let Key::Map(key) = operation.key else {
        return Err(Quarantine::UnknownPlace);
    };
    let holds = match (key, written(operation)?) {
        (fact::CLASS | fact::CONDITION, ScalarValue::Str(code)) => code.len() <= CODE_BYTES_MAX,
        (fact::TITLE, ScalarValue::Str(text)) => fits(text, TITLE_CHARACTERS_MAX),
        (fact::ADDRESS, ScalarValue::Str(text)) => fits(text, TEXT_CHARACTERS_MAX),
        (fact::SEVERITY, ScalarValue::Str(id)) => Severity::from_id(id).is_some(),
        (fact::COMPONENT, ScalarValue::Str(code)) => code.parse::<ComponentCode>().is_ok(),
        (fact::POSSIBLE_DUPLICATE_OF, ScalarValue::Str(id)) => id.parse::<CaseId>().is_ok(),
        (fact::POSITION, ScalarValue::Bytes(bytes)) => {
            read::<Position>(bytes).is_some_and(|position| position_fits(&position))
        }
        (fact::UNIT_GRID, ScalarValue::Bytes(bytes)) => match read::<GridAnswer>(bytes) {
            Some(GridAnswer::NoGrid(reason)) => fits(&reason, TEXT_CHARACTERS_MAX),
            Some(GridAnswer::Known(_)) => true,
            None => false,
        },
        _ if fact::ALL.contains(&key) => false,
        _ => return Err(Quarantine::UnknownPlace),
    };
    if holds {
        Ok(())
    } else {
        Err(Quarantine::WrongForm)
    }
}

/// Text is typed and deleted character by character: this is the one place where a deletion is an edit.
fn judge_text(operation: &Operation<'_>) -> Result<(), Quarantine> {
    match (operation.key, operation.action, operation.insert) {
        (Key::Element(_), Write::Put(ScalarValue::Str(text)), true) if fits(text, 1) => Ok(()),
        (Key::Element(_), Write::Delete, false) => Ok(()),
        _ => Err(Quarantine::WrongForm),
    }
}

fn judge_entry(
    container: Container,
    operation: &Operation<'_>,
    context: &AuthorityContext<'_>,
    steps: &mut Vec<StepEntry>,
) -> Result<IntentId, Quarantine> {
    let Key::Map(key) = operation.key else {
        return Err(Quarantine::UnknownPlace);
    };
    let value = written(operation)?;
    let id: IntentId = key.parse().map_err(|_| Quarantine::UnknownPlace)?;
    judge_key(container, id, operation, context)?;
    let ScalarValue::Bytes(bytes) = value else {
        return Err(Quarantine::WrongForm);
    };
    let (author, sealed) = match container {
        Container::Photos => {
            let photo = read::<PhotoEntry>(bytes).filter(photo_fits);
            let mut photo = photo.ok_or(Quarantine::WrongForm)?;
            let sealed = seal_holds(id, &mut photo, context);
            (photo.author, sealed)
        }
        Container::Steps => {
            let step = read::<StepEntry>(bytes).filter(step_fits);
            let mut step = step.ok_or(Quarantine::WrongForm)?;
            let sealed = seal_holds(id, &mut step, context);
            let author = step.author.clone();
            steps.push(step);
            (author, sealed)
        }
        Container::Actions if context.base.kind() == DocumentKind::MatterCheckin => {
            let action = read::<checkin::Action>(bytes).filter(checkin_action_fits);
            let mut action = action.ok_or(Quarantine::WrongForm)?;
            let sealed = seal_holds(id, &mut action, context);
            (action.author, sealed)
        }
        Container::Actions => {
            let action = read::<Action>(bytes).filter(action_fits);
            let mut action = action.ok_or(Quarantine::WrongForm)?;
            let sealed = seal_holds(id, &mut action, context);
            (action.author, sealed)
        }
        _ => {
            let note = read::<Note>(bytes).filter(|note| fits(&note.text, TEXT_CHARACTERS_MAX));
            (note.ok_or(Quarantine::WrongForm)?.author, true)
        }
    };
    if author != context.origin.person.id {
        return Err(Quarantine::ForgedAuthor);
    }
    if sealed {
        Ok(id)
    } else {
        Err(Quarantine::BrokenSeal)
    }
}

/// A seal may be missing, which is told of the entry; one that is there has to hold. Cost: a verification, 0.2 ms.
fn seal_holds(id: IntentId, entry: &mut impl Sealable, context: &AuthorityContext<'_>) -> bool {
    if entry.seal().is_none() {
        return true;
    }
    let mut keys = context.origin.keys.iter();
    keys.any(|key| holds(context.document, &id, entry, key))
}

fn position_fits(position: &Position) -> bool {
    position.fixes.len() <= FIXES_MAX
        && position
            .fixes
            .iter()
            .all(|fix| fix.provider.len() <= CODE_BYTES_MAX)
}

fn photo_fits(photo: &PhotoEntry) -> bool {
    fits(&photo.caption, TEXT_CHARACTERS_MAX) && photo.seal.as_ref().is_none_or(seal_fits)
}

pub(super) fn seal_fits(seal: &Seal) -> bool {
    seal.record.len() <= RECORD_BYTES_MAX
        && seal.signature.len() == SIGNATURE_BYTES
        && seal.key.len() == FINGERPRINT_BYTES
}

/// A session belongs to somebody in a browser: a device that claims one is lying.
fn action_fits(action: &Action) -> bool {
    let act = &action.act;
    let content = act
        .text()
        .is_none_or(|(_, text)| fits(text, TEXT_CHARACTERS_MAX))
        && act
            .code()
            .is_none_or(|(_, code)| code.len() <= CODE_BYTES_MAX)
        && act.list_length() <= LISTED_MAX;
    content && action.session.is_none() && action.seal.as_ref().is_none_or(seal_fits)
}

fn fits(text: &str, characters_max: usize) -> bool {
    text.chars().take(characters_max + 1).count() <= characters_max
}

fn read<Entry>(bytes: &[u8]) -> Option<Entry>
where
    Entry: for<'bytes> Decode<'bytes, ()>,
{
    let mut decoder = minicbor::Decoder::new(bytes);
    let entry = decoder.decode().ok()?;
    (decoder.position() == bytes.len()).then_some(entry)
}
