//! How many bytes a case takes. The numbers are printed; the promise is asserted.

use xunge_documents::actor::server_actor;
use xunge_domain::case::{CaseState, Outcome, Ruling};
use xunge_domain::time::Timestamp;
use xunge_sync::wire::columns::{ActorNames, Base, BatchDocument, Effort, Fresh, decode, encode};
use xunge_sync::wire::{PushedDocument, pack};

use crate::agreed::agreed_state;
use crate::histories::Known;
use crate::support::{Random, document, holds, installation};
use crate::workload::{Manner, W1, Worker, Written, cases};

/// A frame of about 128 KiB of raw changes.
const FRAME_CASES: usize = 67;

fn new_documents(cases: &[Written]) -> Vec<BatchDocument> {
    let new = |written: &Written| document(written.id, Base::New, &written.changes);
    cases.iter().map(new).collect()
}

fn plain_bytes(documents: &[BatchDocument]) -> usize {
    let pushed: Vec<PushedDocument> = documents
        .iter()
        .map(|document| PushedDocument {
            document: document.document,
            changes: document.changes.clone(),
        })
        .collect();
    pack(&pushed).len()
}

struct Measured {
    columns: usize,
    plain: usize,
}

/// Bytes a case in frames of `frame` cases.
fn measure(name: &str, manner: Manner, count: usize, frame: usize, effort: Effort) -> Measured {
    let me = installation(1);
    let cases = cases(&me, 42, count, manner);
    let names = ActorNames::device(me);
    let (mut columns, mut plain) = (0, 0);
    for part in cases.chunks(frame) {
        let documents = new_documents(part);
        let batch = encode(&documents, &names, effort).unwrap();
        assert!(holds(&decode(&batch, &Fresh).unwrap(), &documents));
        columns += batch.len();
        plain += plain_bytes(&documents);
    }
    let measured = Measured {
        columns: columns / count,
        plain: plain / count,
    };
    eprintln!(
        "{name}: {} B a case, plain {} B",
        measured.columns, measured.plain
    );
    measured
}

#[test]
fn a_case_of_six_changes_takes_at_most_300_bytes() {
    let count = FRAME_CASES * 3;
    let pushed = measure("W1 push", W1, count, FRAME_CASES, Effort::Quick);
    assert!(pushed.columns <= 300, "{} B a case", pushed.columns);
    assert!(pushed.columns * 10 < pushed.plain * 6);

    let pack = measure("W1 pack", W1, count, count, Effort::Thorough);
    assert!(pack.columns <= 280, "{} B a case", pack.columns);

    let slow = Manner {
        pause: 90_000,
        ..W1
    };
    measure(
        "W1 at a person's pace",
        slow,
        count,
        FRAME_CASES,
        Effort::Quick,
    );
    measure("one case alone", W1, 8, 1, Effort::Quick);
    measure("five cases", W1, 50, 5, Effort::Quick);
}

/// Three seals a case: two photos and the report.
#[test]
fn a_seal_takes_its_signature_and_its_digest_and_little_else() {
    let sealed = Manner { sealed: true, ..W1 };
    let with = measure("sealed", sealed, FRAME_CASES, FRAME_CASES, Effort::Quick);
    let without = measure("unsealed", W1, FRAME_CASES, FRAME_CASES, Effort::Quick);
    let seal = (with.columns - without.columns) / 3;
    assert!(seal <= 64 + 32 + 4, "{seal} B a seal");
}

/// The hub's rulings of a hundred reports, each on a state both sides know.
#[test]
fn a_ruling_takes_at_most_40_bytes_without_its_signature() {
    let (me, hub) = (installation(1), installation(9));
    let actor = server_actor(&hub, 1);
    let mut random = Random(8);
    let (mut documents, mut known) = (Vec::new(), Vec::new());
    for number in 0..100_usize {
        let mut worker = Worker::new(&me, &mut random, number, W1);
        worker.report();
        let mut written = worker.written;
        let agreed = agreed_state(&written.case);
        let action = written.case.read(written.id).case.actions[0].id;
        let at = Timestamp::from_millis(1_764_000_500_000 + number as i64 * 40);
        let ruling = Ruling {
            sequence: 1,
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
        let ruled = written.case.rule(actor, at, &[(action, ruling)]).unwrap();
        let changes = [ruled.unwrap()];
        documents.push(document(written.id, Base::Agreed(agreed.clone()), &changes));
        known.push((written.id, agreed));
    }
    let names = ActorNames {
        devices: vec![],
        servers: vec![(hub, 1)],
    };
    let batch = encode(&documents, &names, Effort::Quick).unwrap();
    let context = Known(known.into_iter().collect());
    assert!(holds(&decode(&batch, &context).unwrap(), &documents));
    let bytes = batch.len() / documents.len();
    eprintln!("a ruling: {bytes} B");
    assert!(bytes <= 40);
}

#[test]
#[expect(clippy::disallowed_methods, reason = "it measures")]
fn what_it_costs_is_printed() {
    let me = installation(1);
    let cases = cases(&me, 43, FRAME_CASES, W1);
    let documents = new_documents(&cases);
    let names = ActorNames::device(me);
    let rounds = 10;
    let mut batch = Vec::new();
    let start = std::time::Instant::now();
    for _ in 0..rounds {
        batch = encode(&documents, &names, Effort::Quick).unwrap();
    }
    let encoding = start.elapsed();
    let start = std::time::Instant::now();
    for _ in 0..rounds {
        assert!(holds(&decode(&batch, &Fresh).unwrap(), &documents));
    }
    let decoding = start.elapsed();
    let each = (rounds * FRAME_CASES) as u128;
    eprintln!(
        "encode {} µs a case, decode {} µs a case",
        encoding.as_micros() / each,
        decoding.as_micros() / each
    );
}
