//! Random histories: several devices and the hub, branches and merges, forged and damaged changes between them.

use std::collections::BTreeMap;

use proptest::prelude::*;
use xunge_documents::actor::{device_actor, server_actor};
use xunge_documents::change_parts::ActorId;
use xunge_documents::schema::Container;
use xunge_documents::testing::{ForgedWrite, forge};
use xunge_documents::{Document, Edit, Intent};
use xunge_domain::case::{CaseState, Note, Outcome, Ruling, Severity};
use xunge_domain::ids::{DocumentId, InstallationId, IntentId};
use xunge_domain::time::Timestamp;
use xunge_sync::wire::PushedChange;
use xunge_sync::wire::columns::{
    ActorNames, Agreed, Base, BatchDocument, DecodeContext, Effort, Fresh, decode, encode,
    heads_check,
};

use crate::agreed::agreed_state;
use crate::support::{Random, holds, installation, pushed};
use crate::workload::text;

const EPOCH: u64 = 4;

/// Somebody who writes to his own copy.
struct Replica {
    installation: InstallationId,
    actor: ActorId,
    is_hub: bool,
    copy: Document,
}

struct History<'a> {
    id: DocumentId,
    random: &'a mut Random,
    replicas: Vec<Replica>,
    now: i64,
}

impl<'a> History<'a> {
    fn new(random: &'a mut Random) -> Self {
        let now = 1_764_000_000_000 + random.below(1 << 30) as i64;
        let id = if random.below(4) == 0 {
            DocumentId::from_bytes(random.bytes())
        } else {
            DocumentId::from_time(Timestamp::from_millis(now), random.bytes())
        };
        let mut replicas = Vec::new();
        for byte in 0..1 + random.below(4) as u8 {
            let installation = installation(byte);
            let is_hub = byte == 3;
            let actor = if is_hub {
                server_actor(&installation, EPOCH)
            } else {
                // Later generations than are looked for are spelled out.
                device_actor(&installation, &id, random.below(7) as u32)
            };
            replicas.push(Replica {
                installation,
                actor,
                is_hub,
                copy: Document::new(),
            });
        }
        Self {
            id,
            random,
            replicas,
            now,
        }
    }

    fn intent(&mut self, installation: &InstallationId) -> IntentId {
        IntentId::new(installation, self.random.next() as u32, self.random.bytes())
    }

    fn edit(&mut self, installation: &InstallationId, copy: &Document) -> Edit {
        let characters = self.random.below(40);
        let words = text(self.random, characters);
        match self.random.below(6) {
            0 => Edit::Title(words),
            1 => Edit::Address(format!("{words} no. {}", self.random.below(99))),
            2 => Edit::Severity(Severity::Ordinary),
            3 => Edit::Redescription {
                from: copy.read(self.id).case.facts.description,
                to: words,
            },
            _ => {
                let note = Note {
                    author: "worker-putian".parse().unwrap(),
                    at: Timestamp::from_millis(self.now - self.random.below(9_000) as i64),
                    text: words,
                };
                Edit::Comment(self.intent(installation), note)
            }
        }
    }

    fn write(&mut self, place: usize) {
        let installation = self.replicas[place].installation;
        let copy = self.replicas[place].copy.clone();
        let at = Timestamp::from_millis(self.now);
        if self.replicas[place].is_hub {
            let ruling = Ruling {
                sequence: self.random.below(9) as u32,
                at,
                outcome: Outcome::Accepted {
                    to: CaseState::Reported,
                    case_no: None,
                    organisation: None,
                    class: None,
                },
                done_at: None,
                terms: None,
                stage: None,
                delivery: None,
            };
            let id = self.intent(&installation);
            let replica = &mut self.replicas[place];
            replica
                .copy
                .rule(replica.actor, at, &[(id, ruling)])
                .unwrap();
            return;
        }
        if self.random.below(8) == 0 {
            let replica = &mut self.replicas[place];
            let writes = [
                ForgedWrite::Null(Container::Photos, "nothing"),
                ForgedWrite::Bytes(Container::Facts, "加", &[0x58, 0x01, 0xff]),
                ForgedWrite::Text(Container::Comments, "a-key-of-20-letters_", "短"),
                ForgedWrite::Counter(Container::Facts, "counter"),
                ForgedWrite::Description("前"),
            ];
            forge(&mut replica.copy, replica.actor, &writes).unwrap();
            return;
        }
        let edits = (0..1 + self.random.below(3))
            .map(|_| self.edit(&installation, &copy))
            .collect();
        let intent = Intent {
            id: self.intent(&installation),
            at,
            edits,
        };
        let replica = &mut self.replicas[place];
        replica.copy.apply_intent(replica.actor, &intent).unwrap();
    }

    fn merge(&mut self, from: usize, to: usize) {
        let changes = self.replicas[from].copy.changes();
        let raws = changes.iter().map(|change| change.bytes.as_slice());
        self.replicas[to].copy.apply(raws).unwrap();
    }

    /// A copy half-way, and the copy of everything.
    fn play(mut self) -> (DocumentId, Document, Document) {
        let steps = self.random.below(14);
        let count = self.replicas.len();
        let mut half = Document::new();
        for step in 0..steps {
            let place = self.random.below(count);
            self.write(place);
            self.now += self.random.below(100_000) as i64 - 1_000;
            if self.random.below(2) == 0 {
                let (from, to) = (self.random.below(count), self.random.below(count));
                self.merge(from, to);
            }
            if step == steps / 2 {
                half = self.replicas[0].copy.clone();
            }
        }
        for from in 1..count {
            self.merge(from, 0);
        }
        (self.id, half, self.replicas.swap_remove(0).copy)
    }
}

/// All states that were agreed on in a batch.
#[derive(Default)]
pub(crate) struct Known(pub(crate) BTreeMap<DocumentId, Agreed>);

impl DecodeContext for Known {
    fn agreed(&self, document: &DocumentId, check: [u8; 4]) -> Option<Agreed> {
        let agreed = self.0.get(document)?;
        (heads_check(document, &agreed.heads) == check).then(|| agreed.clone())
    }
}

fn random_document(random: &mut Random, known: &mut Known) -> BatchDocument {
    let (document, half, whole) = History::new(random).play();
    let changes = whole.changes();
    let later = || changes.iter().filter(|change| !half.contains(&change.hash));
    let (base, mut changes): (Base, Vec<PushedChange>) = match random.below(3) {
        0 => (Base::New, changes.iter().map(pushed).collect()),
        1 => (Base::Explicit, later().map(pushed).collect()),
        _ => {
            let agreed = agreed_state(&half);
            known.0.insert(document, agreed.clone());
            (Base::Agreed(agreed), later().map(pushed).collect())
        }
    };
    for change in &mut changes {
        match random.below(12) {
            0..4 => change.signature = Some(random.bytes().into()),
            4 => {
                // Damaged on the way into a store: it travels as it is.
                let at = random.below(change.bytes.len());
                change.bytes[at] ^= 1 << random.below(8);
            }
            5 => change.bytes.clear(),
            _ => {}
        }
    }
    BatchDocument {
        document,
        base,
        changes,
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]

    #[test]
    fn every_history_comes_back_byte_for_byte(seed in any::<u64>()) {
        let mut random = Random(seed);
        let mut known = Known::default();
        let documents: Vec<BatchDocument> = (0..random.below(6))
            .map(|_| random_document(&mut random, &mut known))
            .collect();
        let names = ActorNames {
            devices: (0..2).map(installation).collect(),
            servers: vec![(installation(3), EPOCH)],
        };
        let effort = if random.below(8) == 0 { Effort::Thorough } else { Effort::Quick };
        let batch = encode(&documents, &names, effort).unwrap();
        prop_assert!(holds(&decode(&batch, &known).unwrap(), &documents));
        // Who knows nothing is told so, document by document, and gets the rest.
        let fresh = decode(&batch, &Fresh).unwrap();
        let (on_agreed, alone): (Vec<_>, Vec<_>) = documents
            .iter()
            .partition(|document| matches!(document.base, Base::Agreed(_)));
        let unresolved: Vec<DocumentId> = on_agreed.iter().map(|document| document.document).collect();
        prop_assert_eq!(fresh.unresolved, unresolved);
        prop_assert_eq!(fresh.documents.len(), alone.len());
        for (came, went) in fresh.documents.iter().zip(alone) {
            prop_assert_eq!(&came.changes, &went.changes);
        }
    }
}
