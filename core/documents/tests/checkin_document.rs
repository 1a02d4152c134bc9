//! Check-ins as documents: five phones without signal, exchanging in any order, come to one check-in.
#![expect(clippy::unwrap_used, reason = "a failing test should stop")]

use proptest::prelude::*;
use xunge_documents::actor::device_actor;
use xunge_documents::{Document, Edit, Intent};
use xunge_domain::case::Note;
use xunge_domain::checkin::{Step, StepEntry};
use xunge_domain::document_kind::DocumentKind;
use xunge_domain::ids::{DocumentId, InstallationId, IntentId};
use xunge_domain::time::Timestamp;

const CHECKIN: DocumentId = DocumentId::from_bytes([0xC1; 16]);
const PHONES: u8 = 5;

/// One thing that happens: a phone writes a step or a comment, or one takes what another has.
#[derive(Debug, Clone)]
enum Happening {
    Step(u8, u8),
    Comment(u8, u8),
    Exchange(u8, u8),
}

fn happening() -> impl Strategy<Value = Happening> {
    let phone = 0..PHONES;
    prop_oneof![
        (phone.clone(), any::<u8>()).prop_map(|(phone, word)| Happening::Step(phone, word)),
        (phone.clone(), any::<u8>()).prop_map(|(phone, word)| Happening::Comment(phone, word)),
        (phone.clone(), phone).prop_map(|(from, to)| Happening::Exchange(from, to)),
    ]
}

fn installation(phone: u8) -> InstallationId {
    InstallationId::from_bytes([phone + 1; 16])
}

fn step(phone: u8, word: u8, at: Timestamp) -> StepEntry {
    let note = format!("记录 {word}");
    StepEntry {
        author: format!("worker-{phone}").parse().unwrap(),
        at,
        address: String::new(),
        point: None,
        photos: Vec::new(),
        step: match word % 3 {
            0 => Step::Talk { note },
            1 => Step::Scheme {
                version: u32::from(word),
                note,
            },
            _ => Step::Progress {
                note,
                percent: Some(word % 100),
            },
        },
        seal: None,
        session: None,
    }
}

fn take(from: &Document, to: &mut Document) {
    let changes = from.changes();
    to.apply(changes.iter().map(|change| change.bytes.as_slice()))
        .unwrap();
}

proptest! {
    #[test]
    fn phones_that_exchange_in_any_order_end_alike_and_lose_nothing(
        happenings in proptest::collection::vec(happening(), 1..40)
    ) {
        let mut phones: Vec<Document> =
            (0..PHONES).map(|_| Document::of(DocumentKind::MatterCheckin)).collect();
        let mut written = Vec::new();
        for (number, happening) in (1_u32..).zip(happenings) {
            let at = Timestamp::from_millis(i64::from(number));
            let mut write = |phone: u8, edit: &dyn Fn(IntentId) -> Edit| {
                let id = IntentId::new(&installation(phone), number, [0; 3]);
                let actor = device_actor(&installation(phone), &CHECKIN, 0);
                let intent = Intent { id, at, edits: vec![edit(id)] };
                phones[usize::from(phone)].apply_intent(actor, &intent).unwrap().unwrap();
                written.push(id);
            };
            match happening {
                Happening::Step(phone, word) => {
                    write(phone, &|id| Edit::Step(id, step(phone, word, at)));
                }
                Happening::Comment(phone, word) => write(phone, &|id| {
                    let author = format!("worker-{phone}").parse().unwrap();
                    Edit::Comment(id, Note { author, at, text: format!("{word}") })
                }),
                Happening::Exchange(from, to) => {
                    let from = phones[usize::from(from)].clone();
                    take(&from, &mut phones[usize::from(to)]);
                }
            }
        }
        // In the end everybody hears from everybody, once in each direction.
        for round in [[0, 1, 2, 3], [1, 2, 3, 4]] {
            for from in round {
                for to in 0..usize::from(PHONES) {
                    let from = phones[from].clone();
                    take(&from, &mut phones[to]);
                }
            }
        }
        let first = phones[0].read_checkin(CHECKIN);
        prop_assert_eq!(&first.anomalies, &[]);
        for phone in &phones {
            prop_assert_eq!(phone.heads(), phones[0].heads());
            prop_assert_eq!(&phone.read_checkin(CHECKIN), &first);
        }
        let steps = first.checkin.steps.iter().map(|step| step.id);
        let mut there: Vec<IntentId> =
            steps.chain(first.checkin.comments.iter().map(|note| note.id)).collect();
        there.sort();
        written.sort();
        prop_assert_eq!(there, written);
        // A snapshot and the changes alone make the same document, of the same kind.
        let loaded = Document::load(&phones[0].save()).unwrap();
        prop_assert_eq!((loaded.kind(), loaded.heads()), (phones[0].kind(), phones[0].heads()));
        let changes = phones[0].changes();
        let rebuilt =
            Document::from_changes(changes.iter().map(|change| change.bytes.as_slice())).unwrap();
        // Of no change at all nothing says which kind it is.
        prop_assert!(changes.is_empty() || rebuilt.heads() == phones[0].heads());
    }
}

/// What is no check-in is named, and nothing panics.
#[test]
fn a_case_read_as_a_check_in_lacks_its_steps() {
    let case = Document::new();
    let reading = case.read_checkin(CHECKIN);
    assert_eq!(reading.anomalies.len(), 1);
    assert!(reading.checkin.steps.is_empty());
}
