//! A peer of a newer version asks for what this one does not know yet: it is named, kept, and handed on.

use automerge::transaction::Transactable;
use automerge::{AutoCommit, ROOT, ReadDoc, ScalarValue};
use minicbor::Encoder;
use xunge_documents::schema::Container;
use xunge_documents::{Anomaly, Document};
use xunge_domain::case::{CaseState, Outcome, Ruling, fold};
use xunge_domain::ids::{CaseId, InstallationId, IntentId};
use xunge_domain::time::Timestamp;

const CASE: CaseId = CaseId::from_bytes([9; 16]);

/// An action whose verb has an index that nobody has given away, with content of its own.
fn newer_action() -> Vec<u8> {
    let mut out = Encoder::new(Vec::new());
    out.array(3).unwrap().str("worker-putian").unwrap();
    out.i64(0).unwrap();
    out.array(2).unwrap().u32(4_000).unwrap();
    out.array(2)
        .unwrap()
        .str("拼图")
        .unwrap()
        .bool(true)
        .unwrap();
    out.into_writer()
}

#[test]
fn an_act_of_a_newer_version_is_named_and_kept_and_its_ruling_counts() {
    let id = IntentId::new(&InstallationId::from_bytes([1; 16]), 1, [0; 3]);
    let ruling = Ruling {
        sequence: 1,
        at: Timestamp::from_millis(0),
        outcome: Outcome::Accepted {
            to: CaseState::OnHold,
            case_no: None,
            organisation: None,
            class: None,
        },
        done_at: None,
        terms: None,
        stage: None,
        delivery: None,
    };
    let mut newer = AutoCommit::load(&Document::new().save())
        .unwrap()
        .with_actor(automerge::ActorId::from([7_u8; 16]));
    let entries = [
        (Container::Actions, newer_action()),
        (Container::Rulings, minicbor::to_vec(&ruling).unwrap()),
    ];
    for (container, bytes) in entries {
        let map = newer.get(ROOT, container.key()).unwrap().unwrap().1;
        newer
            .put(&map, id.to_string(), ScalarValue::Bytes(bytes))
            .unwrap();
    }
    let change = newer.get_last_local_change().unwrap();
    let mut here = Document::new();
    here.apply([change.raw_bytes()]).unwrap();

    let reading = here.read(CASE);
    assert_eq!(
        reading.anomalies,
        [
            Anomaly::Unreadable {
                container: Container::Actions,
                key: id.to_string()
            },
            Anomaly::RulingWithoutAction(id)
        ]
    );
    assert_eq!(fold(&reading.case).state, CaseState::OnHold);
    // Stored and opened again, it still has every byte for those who can read them.
    let again = Document::load(&here.save()).unwrap();
    let there = AutoCommit::load(&again.save()).unwrap();
    let map = there
        .get(ROOT, Container::Actions.key())
        .unwrap()
        .unwrap()
        .1;
    let (value, _) = there.get(&map, id.to_string()).unwrap().unwrap();
    assert_eq!(value.as_bytes(), Some(newer_action().as_slice()));
}
