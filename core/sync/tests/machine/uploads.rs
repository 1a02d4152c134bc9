//! Photos: after the text, gap by gap, never before the hub told what it lacks.

use xunge_sync::device::{Effect, HttpAnswer, LinkProblem, Outlook, Step};
use xunge_sync::wire::{ByteRange, CHUNK_BYTES_MAX, Frame, SyncRequest, Verdict, unpack};

use crate::script::{Talk, blob, commits, end, head, missing, problem, refusal, uploads};

#[test]
fn a_refused_upload_stops_asking_too() {
    let photo = blob(1, 10);
    let outlook = uploads(&[photo]);
    let mut talk = Talk::new();
    talk.sync(&outlook);
    talk.answer(&[
        head(Vec::new()),
        end(false, vec![missing(photo, &[(0, 10)])]),
    ]);
    talk.chunk(photo, ByteRange { from: 0, to: 10 });
    let effects = talk.answer(&[Frame::Refused(refusal())]);
    assert_eq!(effects, [Effect::Refused(refusal())]);
    assert_eq!(talk.machine.next_step(&outlook), Step::Done);
}

#[test]
fn a_refused_upload_lets_text_go_on_and_waits_for_the_next_round() {
    let photo = blob(1, 10);
    let gaps = || {
        vec![
            head(vec![Verdict::Received, Verdict::Received]),
            end(false, vec![missing(photo, &[(0, 10)])]),
        ]
    };
    let (photos, both) = (
        uploads(&[photo]),
        Outlook {
            changes_pending: true,
            ..uploads(&[photo])
        },
    );
    let mut talk = Talk::new();
    talk.sync(&photos);
    talk.answer(&gaps());
    talk.chunk(photo, ByteRange { from: 0, to: 10 });
    talk.answer(&[Frame::Refused(refusal())]);
    // Something is written: it goes. The gaps told with it tempt nobody.
    assert!(matches!(talk.machine.next_step(&both), Step::Sync { .. }));
    talk.sync(&both);
    talk.answer(&gaps());
    assert_eq!(talk.machine.next_step(&photos), Step::Done);
    talk.machine.start_round();
    talk.sync(&photos);
    talk.answer(&gaps());
    assert!(matches!(
        talk.machine.next_step(&photos),
        Step::Chunk { .. }
    ));
}

#[test]
fn text_goes_before_photos_and_no_bytes_before_the_hub_told_its_gaps() {
    let photo = blob(1, 10);
    let mut talk = Talk::new();
    let outlook = uploads(&[photo]);
    assert!(matches!(
        talk.machine.next_step(&outlook),
        Step::Sync { .. }
    ));
    let request = talk.sync(&outlook);
    let sent: SyncRequest = unpack(&request.body).unwrap();
    assert_eq!(sent.offers, [photo]);
    talk.answer(&[
        head(Vec::new()),
        end(false, vec![missing(photo, &[(4, 10)])]),
    ]);
    let range = ByteRange { from: 4, to: 10 };
    assert_eq!(
        talk.machine.next_step(&outlook),
        Step::Chunk { blob: photo, range }
    );
    let both = Outlook {
        changes_pending: true,
        ..outlook
    };
    assert!(matches!(talk.machine.next_step(&both), Step::Sync { .. }));
}

#[test]
fn an_answer_about_a_blob_that_was_not_offered_is_no_receipt() {
    let mut talk = Talk::new();
    talk.sync(&Outlook::default());
    let effects = talk.answer(&[
        head(Vec::new()),
        end(false, vec![missing(blob(1, 10), &[])]),
    ]);
    assert!(
        commits(&effects)
            .iter()
            .all(|commit| commit.blobs.is_empty())
    );
}

#[test]
fn chunk_answers_lead_through_all_gaps_to_the_receipt() {
    let photo = blob(1, 2 * CHUNK_BYTES_MAX + 5);
    let outlook = uploads(&[photo]);
    let mut talk = Talk::new();
    talk.sync(&outlook);
    let (first, last) = (CHUNK_BYTES_MAX, 2 * CHUNK_BYTES_MAX);
    talk.answer(&[
        head(Vec::new()),
        end(
            false,
            vec![missing(photo, &[(0, first + 1), (last, last + 5)])],
        ),
    ]);
    let steps = [
        (0, first, vec![(first, first + 1), (last, last + 5)]),
        (first, first + 1, vec![(last, last + 5)]),
        (last, last + 5, Vec::new()),
    ];
    for (from, to, left) in steps {
        let range = ByteRange { from, to };
        assert_eq!(
            talk.machine.next_step(&outlook),
            Step::Chunk { blob: photo, range }
        );
        let request = talk.chunk(photo, range);
        let header = (
            "content-range".to_owned(),
            format!("bytes {from}-{}/{}", to - 1, photo.length),
        );
        assert!(request.headers.contains(&header), "{:?}", request.headers);
        let effects = talk.answer(&[Frame::Blob(missing(photo, &left))]);
        assert_eq!(commits(&effects).len(), usize::from(left.is_empty()));
    }
    // The host committed the receipt, so the blob waits no longer.
    assert_eq!(talk.machine.next_step(&uploads(&[])), Step::Done);
}

#[test]
fn a_cut_upload_asks_for_its_gaps_again() {
    let photo = blob(1, 10);
    let outlook = uploads(&[photo]);
    let gaps = || {
        vec![
            head(Vec::new()),
            end(false, vec![missing(photo, &[(0, 10)])]),
        ]
    };
    let mut talk = Talk::new();
    talk.sync(&outlook);
    talk.answer(&gaps());
    // A second round that tells the same brings nothing on.
    talk.machine.start_round();
    talk.sync(&outlook);
    talk.answer(&gaps());
    talk.chunk(photo, ByteRange { from: 0, to: 10 });
    let effects = talk.machine.on_answer(HttpAnswer::Unreachable);
    assert_eq!(problem(&effects), Some(&LinkProblem::Unreachable));
    assert!(matches!(
        talk.machine.next_step(&outlook),
        Step::Sync { .. }
    ));
    talk.sync(&outlook);
    talk.answer(&gaps());
    assert!(matches!(
        talk.machine.next_step(&outlook),
        Step::Chunk { .. }
    ));
}
