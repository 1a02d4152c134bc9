//! Three to five replicas, the first of them the server's.

use automerge::{Automerge, ROOT, ReadDoc};
use proptest::prelude::*;
use proptest::sample::Index;
use xunge_documents::actor::{device_actor, server_actor};
use xunge_documents::change_parts::{ActorId, ChangeHash};
use xunge_documents::guard::{self, GuardError};
use xunge_documents::operations::{self, Action as Write, Key, ScalarValue};
use xunge_documents::schema::Container;
use xunge_documents::{Anomaly, ApplyError, Document, Edit, Intent, NewChange, Reading};
use xunge_domain::case::{CaseState, Keyed, Outcome, Ruling};
use xunge_domain::ids::{CaseId, InstallationId, IntentId};
use xunge_domain::time::Timestamp;

use crate::edits::{Draft, draft};

const CASE: CaseId = CaseId::from_bytes([9; 16]);
const NOW: Timestamp = Timestamp::from_millis(1_751_252_400_000);

#[derive(Debug, Clone)]
enum Step {
    /// A device writes.
    Write(Index, Vec<Draft>),
    /// The server rules what it has.
    Rule,
    /// One sends to another what it has, as `order` shuffles it; some changes come twice, some are lost.
    Send {
        from: Index,
        to: Index,
        order: Vec<Index>,
    },
    /// The app is closed and opened.
    Reload(Index),
}

fn step() -> impl Strategy<Value = Step> {
    let order = prop::collection::vec(any::<Index>(), 0..24);
    prop_oneof![
        4 => (any::<Index>(), prop::collection::vec(draft(), 1..4))
            .prop_map(|(who, drafts)| Step::Write(who, drafts)),
        1 => Just(Step::Rule),
        4 => (any::<Index>(), any::<Index>(), order)
            .prop_map(|(from, to, order)| Step::Send { from, to, order }),
        1 => any::<Index>().prop_map(Step::Reload),
    ]
}

struct Replica {
    document: Document,
    installation: InstallationId,
    counter: u32,
}

impl Replica {
    fn new(number: u8) -> Self {
        Self {
            document: Document::new(),
            installation: InstallationId::from_bytes([number; 16]),
            counter: 0,
        }
    }

    fn actor(&self, generation: u32) -> ActorId {
        device_actor(&self.installation, &CASE, generation)
    }

    fn next_id(&mut self) -> IntentId {
        self.counter += 1;
        IntentId::new(&self.installation, self.counter, [0; 3])
    }
}

struct World {
    replicas: Vec<Replica>,
    /// Everything that was ever acknowledged to its author.
    written: Vec<Edit>,
    ruled: Vec<Keyed<Ruling>>,
}

impl World {
    fn new(replicas: u8) -> Self {
        Self {
            replicas: (1..=replicas).map(Replica::new).collect(),
            written: Vec::new(),
            ruled: Vec::new(),
        }
    }

    fn take(&mut self, step: &Step) -> Result<(), TestCaseError> {
        match step {
            Step::Write(who, drafts) => self.write(who.index(self.replicas.len()), drafts),
            Step::Rule => self.rule(),
            Step::Send { from, to, order } => {
                let count = self.replicas.len();
                let changes = self.replicas[from.index(count)].document.changes();
                let to = &mut self.replicas[to.index(count)].document;
                if changes.is_empty() {
                    return Ok(());
                }
                order
                    .iter()
                    .try_for_each(|index| deliver(to, index.get(&changes)))
            }
            Step::Reload(who) => {
                let replica = who.index(self.replicas.len());
                let document = &mut self.replicas[replica].document;
                *document = Document::load(&document.save()).unwrap();
                Ok(())
            }
        }
    }

    fn write(&mut self, who: usize, drafts: &[Draft]) -> Result<(), TestCaseError> {
        let replica = &mut self.replicas[who];
        let intent = Intent {
            id: replica.next_id(),
            at: NOW,
            edits: drafts
                .iter()
                .map(|draft| draft.edit(replica.next_id()))
                .collect(),
        };
        let actor = replica.actor(0);
        if let Some(change) = replica.document.apply_intent(actor, &intent).unwrap() {
            prop_assert_eq!(&replica.document.heads(), &[change.hash]);
            keeps_to_the_form(&change)?;
        }
        // The same facts twice in one intent end in the last one: applied again they are set and set back.
        let facts = drafts
            .iter()
            .filter(|draft| matches!(draft, Draft::Fact(_)))
            .count();
        if facts < 2 {
            let actor = replica.actor(1);
            prop_assert_eq!(replica.document.apply_intent(actor, &intent), Ok(None));
        }
        self.written.extend(intent.edits);
        Ok(())
    }

    fn rule(&mut self) -> Result<(), TestCaseError> {
        let server = &mut self.replicas[0];
        let case = server.document.read(CASE).case;
        let rulings: Vec<(IntentId, Ruling)> = case
            .unruled()
            .into_iter()
            .zip(self.ruled.len() as u32 + 1..)
            .map(|(action, sequence)| {
                let outcome = Outcome::Accepted {
                    to: CaseState::Reported,
                    case_no: None,
                    organisation: None,
                    class: None,
                };
                let ruling = Ruling {
                    sequence,
                    at: NOW,
                    outcome,
                    done_at: None,
                    terms: None,
                    stage: None,
                    delivery: None,
                };
                (action.id, ruling)
            })
            .collect();
        let actor = server_actor(&server.installation, 1);
        let made = server.document.rule(actor, NOW, &rulings).unwrap();
        prop_assert_eq!(made.is_some(), !rulings.is_empty());
        self.ruled
            .extend(rulings.into_iter().map(|(id, entry)| Keyed { id, entry }));
        Ok(())
    }

    /// Everybody sends everybody everything, each in another order, until nothing is new.
    fn settle(&mut self) -> Result<(), TestCaseError> {
        for round in 0..2 {
            for from in 0..self.replicas.len() {
                let changes = self.replicas[from].document.changes();
                for (to, replica) in self.replicas.iter_mut().enumerate() {
                    let mut waiting: Vec<&NewChange> = changes.iter().collect();
                    waiting.sort_by_key(|change| {
                        let hash = change.hash;
                        (hash.0[(from + to + round) % 32], hash)
                    });
                    while !waiting.is_empty() {
                        let before = waiting.len();
                        for change in &waiting {
                            deliver(&mut replica.document, change)?;
                        }
                        waiting.retain(|change| !replica.document.contains(&change.hash));
                        prop_assert!(waiting.len() < before, "changes that never fit");
                    }
                }
            }
        }
        Ok(())
    }
}

/// What comes too early is refused by name and changes nothing; what came before changes nothing either.
fn deliver(to: &mut Document, change: &NewChange) -> Result<(), TestCaseError> {
    let (heads, had): (Vec<ChangeHash>, bool) = (to.heads(), to.contains(&change.hash));
    match to.apply([change.bytes.as_slice()]) {
        Ok(()) => {
            prop_assert!(to.contains(&change.hash));
            prop_assert_eq!(had, to.heads() == heads);
        }
        Err(ApplyError::Guard(
            GuardError::UnknownDependency { .. } | GuardError::SequenceGap { .. },
        )) => {
            prop_assert!(!had);
            prop_assert_eq!(to.heads(), heads);
        }
        Err(cause) => prop_assert!(false, "an honest change was refused: {cause}"),
    }
    Ok(())
}

/// The hub lets an entry be one put of bytes that replaces nothing, and a text be typed character by character.
fn keeps_to_the_form(change: &NewChange) -> Result<(), TestCaseError> {
    let inspected = guard::inspect(&change.bytes).unwrap();
    for operation in operations::decode(&inspected).unwrap() {
        let container = Container::of(&operation.object);
        let fits = match (container, operation.key, operation.action) {
            (Some(Container::Facts), Key::Map(_), Write::Put(_)) => true,
            (Some(Container::Description), Key::Element(_), Write::Put(ScalarValue::Str(text))) => {
                operation.insert && text.chars().count() == 1
            }
            (Some(Container::Description), Key::Element(_), Write::Delete) => true,
            (Some(_), Key::Map(key), Write::Put(ScalarValue::Bytes(_))) => {
                key.parse::<IntentId>().is_ok() && operation.predecessors.is_empty()
            }
            _ => false,
        };
        prop_assert!(fits, "{operation:?}");
    }
    Ok(())
}

fn holds_everything(reading: &Reading, world: &World) -> Result<(), TestCaseError> {
    let case = &reading.case;
    let mut entries = 0;
    for edit in &world.written {
        entries += 1;
        let there = match edit.clone() {
            Edit::Photo(id, entry) => case.photos.contains(&Keyed { id, entry }),
            Edit::Hazard(id, entry) => case.hazards.contains(&Keyed { id, entry }),
            Edit::Comment(id, entry) => case.comments.contains(&Keyed { id, entry }),
            Edit::Action(id, entry) => case.actions.contains(&Keyed { id, entry }),
            _ => {
                entries -= 1;
                true
            }
        };
        prop_assert!(there, "{edit:?} is missing");
    }
    let found = case.photos.len() + case.hazards.len() + case.comments.len() + case.actions.len();
    prop_assert_eq!(found, entries, "entries nobody wrote");
    prop_assert_eq!(&case.rulings, &world.ruled);
    for anomaly in &reading.anomalies {
        let honest = matches!(anomaly, Anomaly::Concurrent { .. });
        prop_assert!(honest, "{anomaly:?}");
    }
    Ok(())
}

/// A fact shown is one that somebody wrote, and the one that the CRDT holds to be the winner.
fn shows_the_winner(document: &Document, world: &World) -> Result<(), TestCaseError> {
    let facts = document.read(CASE).case.facts;
    let plain = Automerge::load(&document.save()).unwrap();
    let (_, map) = plain.get(ROOT, "facts").unwrap().unwrap();
    let winner = plain.get(&map, "title").unwrap();
    let winner = winner.and_then(|(value, _)| value.into_string().ok());
    prop_assert_eq!(&facts.title, &winner.unwrap_or_default());
    let was_written = |edit: &Edit| world.written.contains(edit);
    prop_assert!(facts.title.is_empty() || was_written(&Edit::Title(facts.title.clone())));
    prop_assert!(
        facts
            .class
            .is_none_or(|code| was_written(&Edit::Class(code)))
    );
    prop_assert!(
        facts
            .position
            .is_none_or(|place| was_written(&Edit::Position(place)))
    );
    prop_assert!(
        facts
            .unit_grid
            .is_none_or(|grid| was_written(&Edit::UnitGrid(grid)))
    );
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 48, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn replicas_end_equal_and_nothing_acknowledged_is_missing(
        replicas in 3_u8..=5,
        steps in prop::collection::vec(step(), 1..32),
    ) {
        let mut world = World::new(replicas);
        for step in &steps {
            world.take(step)?;
        }
        world.settle()?;
        let first = &world.replicas[0].document;
        let reading = first.read(CASE);
        holds_everything(&reading, &world)?;
        shows_the_winner(first, &world)?;
        for replica in &world.replicas {
            prop_assert_eq!(replica.document.heads(), first.heads());
            prop_assert_eq!(&replica.document.read(CASE), &reading);
            let again = Document::load(&replica.document.save()).unwrap();
            prop_assert_eq!(&again.read(CASE), &reading);
            prop_assert_eq!(again.heads(), first.heads());
        }
        let changes = first.changes();
        let rebuilt =
            Document::from_changes(changes.iter().map(|change| change.bytes.as_slice())).unwrap();
        prop_assert_eq!(rebuilt.heads(), first.heads());
        prop_assert_eq!(&rebuilt.read(CASE), &reading);
    }
}
