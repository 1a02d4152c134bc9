//! Answers that break off, at every frame and inside one.

use xunge_sync::device::{DeviceMachine, Effect};
use xunge_sync::wire::columns::{Fresh, decode};
use xunge_sync::wire::{CHUNK_BYTES_MAX, Frame};

use crate::device::{Device, frames, perform};
use crate::town::Town;
use xunge_domain::case::PhotoPurpose;

/// Enough text that a pull takes several frames: about 12 KB a case.
fn long_cases(worker: &mut Device, cases: usize) {
    for _ in 0..cases {
        let id = worker.report();
        let mut seed = worker.nonce()[3] as u32 + 1;
        for _ in 0..2 {
            let text: String = (0..1_900)
                .map(|at: u32| {
                    seed = seed
                        .wrapping_mul(1_664_525)
                        .wrapping_add(1_013_904_223 + at);
                    char::from_u32(0x4E00 + seed % 5_000).unwrap()
                })
                .collect();
            worker.comment(id, &text);
        }
    }
}

#[test]
fn an_answer_cut_anywhere_leaves_a_device_that_ends_up_with_everything_once() {
    let town = Town::new();
    let mut worker = town.device("worker-putian", 1);
    long_cases(&mut worker, 30);
    worker.sync();
    let mut other = town.device("worker-putian-2", 2);
    let mut machine = DeviceMachine::default();
    let request = other.sync_request(&mut machine);
    let (_, body) = perform(&other.base, &request);
    let whole = frames(&body);
    let documents = |frame: &Frame| matches!(frame, Frame::Documents(_) | Frame::Columns(_));
    assert!(
        whole.iter().filter(|(frame, _)| documents(frame)).count() >= 3,
        "several frames"
    );
    let ends = whole.iter().map(|(_, end)| *end);
    let cuts: Vec<usize> = ends
        .flat_map(|end| [end.saturating_sub(1), end, end + 1])
        .chain([0, 1, 5])
        .filter(|cut| *cut < body.len())
        .collect();
    for cut in cuts {
        let mut victim = other.clone();
        let mut machine = DeviceMachine::default();
        let request = victim.sync_request(&mut machine);
        let (status, body) = perform(&victim.base, &request);
        let arrived = body.get(..cut).unwrap_or(&body).to_vec();
        let effects = victim.take(&mut machine, status, arrived);
        assert!(
            matches!(effects.last(), Some(Effect::Retry { .. })),
            "cut at {cut}"
        );
        let kept = victim.pulled.clone();
        victim.sync();
        assert_eq!(victim.documents.len(), worker.documents.len());
        for (id, document) in &worker.documents {
            assert_eq!(
                victim.documents[id].heads(),
                document.heads(),
                "cut at {cut}"
            );
        }
        let mut pulled = victim.pulled.clone();
        pulled.sort();
        pulled.dedup();
        let twice = victim.pulled.len() - pulled.len();
        assert_eq!(
            twice, 0,
            "what was committed is not sent again: cut at {cut}"
        );
        assert!(victim.pulled.starts_with(&kept));
        // The victims are copies of one store: the next one starts where this one ended.
        other.session = victim.session;
    }
}

#[test]
fn frames_and_answers_hold_their_size_and_a_long_pull_goes_on() {
    let town = Town::new();
    let mut worker = town.device("worker-putian", 1);
    long_cases(&mut worker, 110);
    worker.sync();
    let mut other = town.device("worker-putian-2", 2);
    let mut machine = DeviceMachine::default();
    let mut answers = 0;
    loop {
        let request = other.sync_request(&mut machine);
        let (status, body) = perform(&other.base, &request);
        let mut raw = 0;
        for (frame, _) in frames(&body) {
            let bytes: usize = match frame {
                Frame::Documents(frame) => {
                    let changes = frame.documents.iter().flat_map(|one| &one.changes);
                    changes.map(|change| change.bytes.len()).sum()
                }
                Frame::Columns(frame) => {
                    let documents = decode(&frame.batch, &Fresh).unwrap().documents;
                    let changes = documents.iter().flat_map(|one| &one.changes);
                    changes.map(|change| change.bytes.len()).sum()
                }
                _ => 0,
            };
            assert!(bytes <= xunge_server::services::feeds::FRAME_BYTES_MAX);
            raw += bytes;
        }
        assert!(raw <= xunge_server::services::feeds::ANSWER_BYTES_MAX);
        answers += 1;
        let more = matches!(frames(&body).last(), Some((Frame::End(end), _)) if end.more);
        other.take(&mut machine, status, body);
        if !more {
            break;
        }
    }
    assert!(answers >= 2, "more than one answer");
    assert_eq!(other.documents.len(), 110);
    let mut pulled = other.pulled.clone();
    pulled.sort();
    pulled.dedup();
    assert_eq!(pulled.len(), other.pulled.len(), "each change once");
}

#[test]
fn receipts_that_are_lost_come_again() {
    let town = Town::new();
    let mut worker = town.device("worker-putian", 1);
    worker.report();
    for _ in 0..3 {
        let mut machine = DeviceMachine::default();
        let request = worker.sync_request(&mut machine);
        let (status, _) = perform(&worker.base, &request);
        worker.take(&mut machine, status, Vec::new());
        assert_eq!(worker.pending.len(), 1);
    }
    worker.sync();
    assert_eq!((worker.pending.len(), worker.superseded), (0, 0));
    assert_eq!(town.changes(), 2, "the report and its ruling");
    town.is_healthy();
}

#[test]
fn a_portal_is_no_receipt() {
    let town = Town::new();
    let mut worker = town.device("worker-putian", 1);
    let id = worker.report();
    let bytes = vec![7; usize::try_from(CHUNK_BYTES_MAX).unwrap()];
    let photo = worker.photo(&bytes, PhotoPurpose::Found, false);
    worker.write(id, vec![photo]);
    let mut machine = DeviceMachine::default();
    worker.sync_request(&mut machine);
    worker.take(&mut machine, 200, b"<!doctype html><p>Log in".to_vec());
    assert_eq!((worker.pending.len(), worker.uploads.len()), (2, 1));
    worker.sync();
    assert_eq!((worker.pending.len(), worker.uploads.len()), (0, 0));
}
