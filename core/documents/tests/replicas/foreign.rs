//! Documents that no app of ours would write: read as far as they can be, everything else named, never a panic.

use automerge::transaction::Transactable;
use automerge::{AutoCommit, ObjId, ObjType, ROOT, ReadDoc, ScalarValue};
use proptest::prelude::*;
use xunge_documents::actor::device_actor;
use xunge_documents::schema::{Container, fact};
use xunge_documents::{Anomaly, Document, Edit, Intent, Reading};
use xunge_domain::case::{Facts, Note};
use xunge_domain::ids::{CaseId, InstallationId, IntentId};
use xunge_domain::time::Timestamp;

const CASE: CaseId = CaseId::from_bytes([9; 16]);
const PHONE: InstallationId = InstallationId::from_bytes([1; 16]);
const ENTRY_CONTAINERS: [Container; 5] = [
    Container::Photos,
    Container::Hazards,
    Container::Comments,
    Container::Actions,
    Container::Rulings,
];

fn id(counter: u32) -> IntentId {
    IntentId::new(&PHONE, counter, [0; 3])
}

fn note(text: &str) -> Note {
    Note {
        author: "worker-putian".parse().unwrap(),
        at: Timestamp::from_millis(0),
        text: text.into(),
    }
}

/// A document with one comment that is in order.
fn honest() -> Document {
    let mut document = Document::new();
    let edits = vec![Edit::Comment(id(1), note("好的"))];
    let intent = Intent {
        id: id(0),
        at: Timestamp::from_millis(0),
        edits,
    };
    document
        .apply_intent(device_actor(&PHONE, &CASE, 0), &intent)
        .unwrap();
    document
}

/// Writes into a document past our own editor. What comes out is what two ways in make of it: the stored snapshot,
/// and a change from outside where the guard lets it pass.
fn spoil(write: impl FnOnce(&mut AutoCommit)) -> Reading {
    let honest = honest();
    let mut foreign = AutoCommit::load(&honest.save())
        .unwrap()
        .with_actor(automerge::ActorId::from([7_u8; 16]));
    write(&mut foreign);
    let reading = Document::load(&foreign.save()).unwrap().read(CASE);
    let mut received = honest;
    let change = foreign.get_last_local_change().unwrap();
    if received.apply([change.raw_bytes()]).is_ok() {
        assert_eq!(received.read(CASE), reading);
    }
    reading
}

fn place(document: &AutoCommit, container: Container) -> ObjId {
    document.get(ROOT, container.key()).unwrap().unwrap().1
}

fn unreadable(container: Container, key: &str) -> Anomaly {
    Anomaly::Unreadable {
        container,
        key: key.into(),
    }
}

fn strange_values() -> Vec<ScalarValue> {
    vec![
        ScalarValue::Null,
        ScalarValue::Boolean(true),
        ScalarValue::Int(-1),
        ScalarValue::Uint(u64::MAX),
        ScalarValue::F64(f64::NAN),
        ScalarValue::Timestamp(i64::MIN),
        ScalarValue::counter(3),
        ScalarValue::Bytes(Vec::new()),
        ScalarValue::Bytes(vec![0x9f; 64]),
        ScalarValue::Bytes(vec![0x9b, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff]),
    ]
}

#[test]
fn an_entry_that_is_none_is_named_and_the_others_are_read() {
    let mut values = strange_values();
    values.push("a text".into());
    for container in ENTRY_CONTAINERS {
        for value in &values {
            let reading = spoil(|document| {
                let map = place(document, container);
                document
                    .put(&map, id(2).to_string(), value.clone())
                    .unwrap();
            });
            let expected = [unreadable(container, &id(2).to_string())];
            assert_eq!(reading.anomalies, expected, "{container:?} {value:?}");
            assert_eq!(reading.case.comments.len(), 1);
        }
    }
}

#[test]
fn an_entry_with_bytes_behind_it_or_under_no_id_is_named() {
    let mut bytes = minicbor::to_vec(note("好的")).unwrap();
    let good = bytes.clone();
    bytes.push(0);
    for (key, bytes) in [(id(2).to_string(), bytes), ("no-id".into(), good)] {
        let reading = spoil(|document| {
            let map = place(document, Container::Hazards);
            document.put(&map, &key, bytes).unwrap();
        });
        assert_eq!(reading.anomalies, [unreadable(Container::Hazards, &key)]);
        assert_eq!(reading.case.hazards, []);
    }
}

#[test]
fn a_fact_of_the_wrong_type_is_named_and_stays_empty() {
    for key in fact::ALL {
        let coded = [fact::POSITION, fact::UNIT_GRID].contains(&key);
        let mut values = strange_values();
        if coded {
            values.push("a text".into());
        }
        if [fact::SEVERITY, fact::COMPONENT, fact::POSSIBLE_DUPLICATE_OF].contains(&key) {
            values.push("terrible".into());
        }
        for value in values {
            let reading = spoil(|document| {
                let map = place(document, Container::Facts);
                document.put(&map, key, value.clone()).unwrap();
            });
            let expected = [unreadable(Container::Facts, key)];
            assert_eq!(reading.anomalies, expected, "{key} {value:?}");
            assert_eq!(reading.case.facts, Facts::default());
        }
    }
}

#[test]
fn containers_within_containers_are_named() {
    for kind in [ObjType::Map, ObjType::List, ObjType::Text] {
        for container in ENTRY_CONTAINERS.into_iter().chain([Container::Facts]) {
            let key = match container {
                Container::Facts => fact::TITLE.to_owned(),
                _ => id(2).to_string(),
            };
            let reading = spoil(|document| {
                let map = place(document, container);
                document.put_object(&map, &key, kind).unwrap();
            });
            assert_eq!(reading.anomalies, [unreadable(container, &key)]);
        }
    }
}

#[test]
fn a_container_that_is_gone_or_something_else_is_named() {
    for container in Container::ALL {
        let other = match container {
            Container::Description => ObjType::Map,
            _ => ObjType::List,
        };
        let gone = spoil(|document| document.delete(ROOT, container.key()).unwrap());
        let scalar = spoil(|document| document.put(ROOT, container.key(), 7).unwrap());
        let strange = spoil(|document| {
            document.put_object(ROOT, container.key(), other).unwrap();
        });
        for reading in [gone, scalar, strange] {
            assert_eq!(reading.anomalies, [Anomaly::NoContainer(container)]);
            let comments = usize::from(container != Container::Comments);
            assert_eq!(reading.case.comments.len(), comments);
        }
    }
}

#[test]
fn a_damaged_document_is_not_written_to() {
    for container in Container::ALL {
        let mut foreign = AutoCommit::load(&honest().save()).unwrap();
        foreign.put(ROOT, container.key(), 7).unwrap();
        let mut document = Document::load(&foreign.save()).unwrap();
        let heads = document.heads();
        let edits = vec![
            Edit::Title("题".into()),
            Edit::Description("述".into()),
            Edit::Hazard(id(3), note("水")),
            Edit::Comment(id(4), note("好")),
        ];
        let touched = matches!(
            container,
            Container::Facts | Container::Description | Container::Hazards | Container::Comments
        );
        let intent = Intent {
            id: id(2),
            at: Timestamp::from_millis(0),
            edits,
        };
        let written = document.apply_intent(device_actor(&PHONE, &CASE, 1), &intent);
        assert_eq!(written.is_err(), touched, "{container:?}");
        if let Err(cause) = written {
            assert_eq!(cause.code(), "document_damaged");
            assert_eq!(document.heads(), heads);
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 128, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_bytes_under_any_key_are_an_entry_or_named(
        container in proptest::sample::select(ENTRY_CONTAINERS.to_vec()),
        counter in 2_u32..100,
        key in proptest::option::of("[ -~]{1,30}"),
        bytes in proptest::collection::vec(any::<u8>(), 0..80),
        head in proptest::sample::select(vec![0x80_u8, 0x82, 0x83, 0x85, 0x89, 0x9f, 0xbf]),
    ) {
        let key = key.unwrap_or_else(|| id(counter).to_string());
        let bytes: Vec<u8> = [head].into_iter().chain(bytes).collect();
        let reading = spoil(|document| {
            let map = place(document, container);
            document.put(&map, &key, bytes).unwrap();
        });
        let case = &reading.case;
        let entries = case.photos.len() + case.hazards.len() + case.comments.len() + case.actions.len()
            + case.rulings.len();
        let named = reading.anomalies.contains(&unreadable(container, &key));
        prop_assert_eq!(entries + usize::from(named), 2);
    }
}
