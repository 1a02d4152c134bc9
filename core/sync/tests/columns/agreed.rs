//! Documents of which the receiver has something already.

use xunge_documents::Document;
use xunge_documents::actor::server_actor;
use xunge_documents::change_parts::{ChangeHash, hash, split};
use xunge_domain::case::{CaseState, Outcome, Ruling};
use xunge_domain::ids::{DocumentId, IntentId};
use xunge_domain::time::Timestamp;
use xunge_sync::wire::columns::{
    ActorNames, Agreed, Base, BatchDocument, DecodeContext, Effort, Fresh, LastChange, decode,
    encode, heads_check,
};

use crate::support::{Random, document, holds, installation};
use crate::workload::{W1, Worker};

/// Knows one state of every document, and hands it out when the check fits, or always.
pub(crate) struct Knows {
    pub(crate) agreed: Agreed,
    pub(crate) careless: bool,
}

impl DecodeContext for Knows {
    fn agreed(&self, document: &DocumentId, check: [u8; 4]) -> Option<Agreed> {
        let fits = heads_check(document, &self.agreed.heads) == check;
        (fits || self.careless).then(|| self.agreed.clone())
    }
}

/// What both sides know of a case, as a host would fill it from its stores.
pub(crate) fn agreed_state(case: &Document) -> Agreed {
    let mut agreed = Agreed {
        heads: case.heads(),
        ..Agreed::default()
    };
    for change in case.changes() {
        let parts = split(&change.bytes).unwrap();
        let last = parts.start_op - 1 + parts.operation_count().unwrap();
        agreed.highest_op = agreed.highest_op.max(last);
        agreed.authors.retain(|known| known.actor != change.actor);
        agreed.authors.push(LastChange {
            actor: change.actor,
            hash: change.hash,
            sequence: change.sequence,
        });
    }
    agreed
}

/// A report that the hub ruled on and the worker commented afterwards, and another case of his.
struct Scene {
    agreed: Agreed,
    case: DocumentId,
    later: Vec<xunge_documents::NewChange>,
    other: BatchDocument,
    names: ActorNames,
}

fn scene() -> Scene {
    let (me, hub) = (installation(1), installation(9));
    let mut random = Random(7);
    let other = Worker::new(&me, &mut random, 1, W1).whole_case();
    let mut worker = Worker::new(&me, &mut random, 2, W1);
    worker.report();
    let ruling = Ruling {
        sequence: 1,
        at: Timestamp::from_millis(1_764_000_100_000),
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
    let ruled = IntentId::from_bytes([4; 15]);
    let actor = server_actor(&hub, 3);
    let at = Timestamp::from_millis(1_764_000_100_000);
    worker
        .written
        .case
        .rule(actor, at, &[(ruled, ruling)])
        .unwrap();
    let agreed = agreed_state(&worker.written.case);
    worker.written.changes.clear();
    worker.comment();
    worker.comment();
    Scene {
        agreed,
        case: worker.written.id,
        later: worker.written.changes,
        other: document(other.id, Base::New, &other.changes),
        names: ActorNames {
            devices: vec![me],
            servers: vec![(hub, 3)],
        },
    }
}

impl Scene {
    fn batch(&self, base: Base) -> (Vec<BatchDocument>, Vec<u8>) {
        let documents = vec![self.other.clone(), document(self.case, base, &self.later)];
        let batch = encode(&documents, &self.names, Effort::Quick).unwrap();
        (documents, batch)
    }

    fn knows(&self) -> Knows {
        Knows {
            agreed: self.agreed.clone(),
            careless: false,
        }
    }
}

#[test]
fn what_both_know_is_not_sent() {
    let scene = scene();
    let (documents, batch) = scene.batch(Base::Agreed(scene.agreed.clone()));
    assert!(holds(&decode(&batch, &scene.knows()).unwrap(), &documents));
    let (_, spelled) = scene.batch(Base::Explicit);
    // The head and the worker's own change before, 32 bytes each, for two checks of four.
    assert!(batch.len() < spelled.len() - 40);
}

/// The hub's ruling lies between: the worker's next change builds on it and on his own last one.
#[test]
fn heads_alone_are_enough_to_agree_on() {
    let scene = scene();
    let heads_only = Agreed {
        heads: scene.agreed.heads.clone(),
        ..Agreed::default()
    };
    let (documents, batch) = scene.batch(Base::Agreed(heads_only.clone()));
    let knows = Knows {
        agreed: heads_only,
        careless: false,
    };
    assert!(holds(&decode(&batch, &knows).unwrap(), &documents));
}

#[test]
fn an_unknown_base_costs_its_document_and_no_other() {
    let scene = scene();
    let (documents, batch) = scene.batch(Base::Agreed(scene.agreed.clone()));
    let decoded = decode(&batch, &Fresh).unwrap();
    assert_eq!(decoded.unresolved, [scene.case]);
    assert_eq!(decoded.documents.len(), 1);
    assert_eq!(decoded.documents[0].changes, documents[0].changes);

    let (documents, batch) = scene.batch(Base::Explicit);
    assert!(holds(&decode(&batch, &Fresh).unwrap(), &documents));
}

/// A receiver that answers any check with a state of its own: the changes put together there are others, or none.
#[test]
fn a_wrong_base_is_unresolved_and_never_a_wrong_change() {
    let scene = scene();
    let (_, batch) = scene.batch(Base::Agreed(scene.agreed.clone()));
    let refused = |change: &dyn Fn(&mut Agreed)| {
        let mut agreed = scene.agreed.clone();
        change(&mut agreed);
        let decoded = decode(
            &batch,
            &Knows {
                agreed,
                careless: true,
            },
        )
        .unwrap();
        assert_eq!(decoded.unresolved, [scene.case]);
        assert_eq!(decoded.documents.len(), 1);
    };
    refused(&|agreed| agreed.heads.clear());
    refused(&|agreed| agreed.heads = vec![ChangeHash([7; 32])]);
    refused(&|agreed| agreed.heads.push(ChangeHash([7; 32])));
    refused(&|agreed| agreed.authors.clear());
    refused(&|agreed| agreed.highest_op += 1);
    refused(&|agreed| {
        agreed
            .authors
            .iter_mut()
            .for_each(|author| author.sequence += 1);
    });
    refused(&|agreed| agreed.highest_op = u64::MAX);
}

#[test]
fn a_check_names_the_heads_of_one_document_in_any_order() {
    let id = |byte| DocumentId::from_bytes([byte; 16]);
    let [a, b] = [ChangeHash([1; 32]), ChangeHash([2; 32])];
    let check = heads_check(&id(1), &[a, b]);
    assert_eq!(check, heads_check(&id(1), &[b, a]));
    assert_ne!(check, heads_check(&id(1), &[a]));
    assert_ne!(check, heads_check(&id(2), &[a, b]));
}

#[test]
fn what_is_sent_on_agreed_heads_is_what_was_hashed() {
    let scene = scene();
    let (_, batch) = scene.batch(Base::Agreed(scene.agreed.clone()));
    let decoded = decode(&batch, &scene.knows()).unwrap();
    for (came, went) in decoded.documents[1].changes.iter().zip(&scene.later) {
        assert_eq!(hash(&came.bytes), Ok(went.hash));
    }
}
