//! The device's half against scripted answers: what it asks for, and what it makes of whatever comes back.
#![expect(clippy::unwrap_used, reason = "a failing test should stop")]

use xunge_documents::change_parts::ChangeHash;
use xunge_domain::case::BlobReference;
use xunge_domain::ids::{Digest, DocumentId, InstallationId};
use xunge_domain::time::Timestamp;
use xunge_sync::device::{
    Commit, DeviceMachine, Effect, HttpAnswer, HttpRequest, LinkProblem, Outlook, PUSH_BYTES_MAX,
    PUSH_BYTES_MIN, PendingChange, PendingDocument, RETRY_MILLIS_MAX, RETRY_MILLIS_MIN, Session,
    Step, Upload,
};
use xunge_sync::keys::{Signer as _, SoftwareKey};
use xunge_sync::wire::{
    BlobAnswer, ByteRange, CHUNK_BYTES_MAX, DocumentChanges, DocumentVerdict, DocumentsFrame,
    EndFrame, Frame, FrameWriter, HeadFrame, Nonce, RefusedFrame, SupersededFrame, SyncRequest,
    Verdict, unpack,
};

const DOCUMENT: DocumentId = DocumentId::from_bytes([4; 16]);
const HASHES: [ChangeHash; 2] = [ChangeHash([1; 32]), ChangeHash([2; 32])];
const NOW: Timestamp = Timestamp::from_millis(9);

/// A device, the key of its hub, and nonces that never repeat.
struct Talk {
    machine: DeviceMachine,
    hub: SoftwareKey,
    device: SoftwareKey,
    nonce: Nonce,
}

impl Talk {
    fn new() -> Self {
        Self {
            machine: DeviceMachine::default(),
            hub: SoftwareKey::from_bytes(&[7; 32]).unwrap(),
            device: SoftwareKey::from_bytes(&[8; 32]).unwrap(),
            nonce: [0; 16],
        }
    }

    fn session(&self) -> Session {
        Session {
            installation: InstallationId::from_bytes([2; 16]),
            token: [3; 16],
            server_key: self.hub.public_key(),
            epoch: 1,
        }
    }

    fn fresh_nonce(&mut self) -> Nonce {
        self.nonce[0] += 1;
        self.nonce
    }

    fn sync(&mut self, outlook: &Outlook) -> HttpRequest {
        let (session, nonce) = (self.session(), self.fresh_nonce());
        let pending = if outlook.changes_pending {
            pending()
        } else {
            Vec::new()
        };
        let cursors = vec![("grid:putian-1".parse().unwrap(), 7)];
        self.machine
            .sync(
                &session,
                cursors,
                &pending,
                outlook,
                NOW,
                nonce,
                &self.device,
            )
            .unwrap()
    }

    fn chunk(&mut self, blob: BlobReference, range: ByteRange) -> HttpRequest {
        let (session, nonce) = (self.session(), self.fresh_nonce());
        let bytes = vec![0; usize::try_from(range.length()).unwrap()];
        self.machine.chunk(&session, &blob, range, bytes, nonce)
    }

    /// The body of an answer to the last request.
    fn body(&self, frames: &[Frame]) -> Vec<u8> {
        let mut writer = FrameWriter::new(&self.hub, self.nonce);
        frames.iter().for_each(|frame| writer.push(frame));
        writer.finish()
    }

    fn answer(&mut self, frames: &[Frame]) -> Vec<Effect> {
        let body = self.body(frames);
        self.machine
            .on_answer(HttpAnswer::Answered { status: 200, body })
    }

    fn answer_raw(&mut self, status: u16, body: &[u8]) -> Vec<Effect> {
        self.machine.on_answer(HttpAnswer::Answered {
            status,
            body: body.to_vec(),
        })
    }

    fn push_bytes(&self) -> usize {
        match self.machine.next_step(&changes_waiting()) {
            Step::Sync { push_bytes_max } => push_bytes_max,
            other => panic!("changes wait, and the step is {other:?}"),
        }
    }
}

fn pending() -> Vec<PendingDocument> {
    let change = |hash| PendingChange {
        hash,
        bytes: vec![5; 10],
        signature: None,
    };
    vec![PendingDocument {
        document: DOCUMENT,
        changes: HASHES.map(change).into(),
    }]
}

fn changes_waiting() -> Outlook {
    Outlook {
        changes_pending: true,
        uploads: Vec::new(),
    }
}

fn blob(name: u8, length: u64) -> BlobReference {
    BlobReference {
        sha256: Digest::from_bytes([name; 32]),
        length,
    }
}

fn uploads(blobs: &[BlobReference]) -> Outlook {
    Outlook {
        changes_pending: false,
        uploads: blobs.iter().map(|blob| Upload { blob: *blob }).collect(),
    }
}

fn head(verdicts: Vec<Verdict>) -> Frame {
    Frame::Head(HeadFrame {
        token: [6; 16].into(),
        epoch: 1,
        server_time: NOW,
        verdicts: vec![DocumentVerdict {
            document: DOCUMENT,
            verdicts,
        }],
    })
}

fn documents(number: u8) -> Frame {
    Frame::Documents(DocumentsFrame {
        documents: vec![DocumentChanges {
            document: DocumentId::from_bytes([number; 16]),
            changes: Vec::new(),
        }],
        cursors: vec![("grid:putian-1".parse().unwrap(), u64::from(number))],
    })
}

fn end(more: bool, blobs: Vec<BlobAnswer>) -> Frame {
    Frame::End(EndFrame { blobs, more })
}

fn missing(blob: BlobReference, ranges: &[(u64, u64)]) -> BlobAnswer {
    BlobAnswer {
        sha256: blob.sha256,
        missing: ranges
            .iter()
            .map(|(from, to)| ByteRange {
                from: *from,
                to: *to,
            })
            .collect(),
    }
}

fn commits(effects: &[Effect]) -> Vec<&Commit> {
    effects
        .iter()
        .filter_map(|effect| match effect {
            Effect::Commit(commit) => Some(commit),
            _ => None,
        })
        .collect()
}

fn problem(effects: &[Effect]) -> Option<&LinkProblem> {
    effects.iter().find_map(|effect| match effect {
        Effect::Retry { problem, .. } => Some(problem),
        _ => None,
    })
}

fn whole_answer() -> Vec<Frame> {
    vec![
        head(vec![Verdict::Received, Verdict::Blocked]),
        documents(1),
        documents(2),
        end(false, Vec::new()),
    ]
}

#[test]
fn a_whole_answer_is_committed_frame_by_frame_and_nothing_is_left_to_do() {
    let mut talk = Talk::new();
    talk.machine.start_round();
    assert!(matches!(
        talk.machine.next_step(&Outlook::default()),
        Step::Sync { .. }
    ));
    let request = talk.sync(&changes_waiting());
    assert_eq!(request.path, "/api/sync");
    let sent: SyncRequest = unpack(&request.body).unwrap();
    assert_eq!(*sent.nonce, talk.nonce);
    let effects = talk.answer(&whole_answer());
    let commits = commits(&effects);
    assert_eq!(commits.len(), effects.len());
    assert_eq!(commits[0].session, Some(([6; 16], 1, NOW)));
    assert_eq!(
        commits[0].verdicts,
        [(
            DOCUMENT,
            vec![
                (HASHES[0], Verdict::Received),
                (HASHES[1], Verdict::Blocked)
            ]
        )]
    );
    assert_eq!(commits[1].cursors[0].1, 1);
    assert_eq!(commits[2].cursors[0].1, 2);
    assert_eq!(talk.machine.next_step(&Outlook::default()), Step::Done);
    assert_eq!(talk.machine.failures(), 0);
}

#[test]
fn more_in_the_feeds_means_another_round() {
    let mut talk = Talk::new();
    talk.sync(&Outlook::default());
    talk.answer(&[head(Vec::new()), documents(1), end(true, Vec::new())]);
    assert!(matches!(
        talk.machine.next_step(&Outlook::default()),
        Step::Sync { .. }
    ));
}

#[test]
fn a_cut_at_every_byte_keeps_the_whole_frames_before_it() {
    let frames = whole_answer();
    let mut lengths = Vec::new();
    let mut talk = Talk::new();
    talk.sync(&changes_waiting());
    for count in 1..=frames.len() {
        lengths.push(talk.body(&frames[..count]).len());
    }
    let body = talk.body(&frames);
    for cut in 0..body.len() {
        let mut talk = Talk::new();
        talk.sync(&changes_waiting());
        let effects = talk.answer_raw(200, &body[..cut]);
        let whole = lengths.iter().filter(|length| **length <= cut).count();
        assert_eq!(commits(&effects).len(), whole, "cut at {cut}");
        let expected = if cut == 0 {
            LinkProblem::Unreachable
        } else {
            LinkProblem::Cut
        };
        assert_eq!(problem(&effects), Some(&expected), "cut at {cut}");
        assert!(matches!(
            talk.machine.next_step(&changes_waiting()),
            Step::Sync { .. }
        ));
    }
}

#[test]
fn a_push_is_halved_at_every_cut_and_doubled_by_what_comes_through() {
    let mut talk = Talk::new();
    assert_eq!(talk.push_bytes(), PUSH_BYTES_MAX);
    let mut expected = PUSH_BYTES_MAX;
    for _ in 0..10 {
        talk.sync(&changes_waiting());
        talk.answer_raw(200, &[0, 0]);
        expected = (expected / 2).max(PUSH_BYTES_MIN);
        assert_eq!(talk.push_bytes(), expected);
    }
    assert_eq!(expected, PUSH_BYTES_MIN);
    for _ in 0..10 {
        talk.sync(&changes_waiting());
        talk.answer(&whole_answer());
        expected = (expected * 2).min(PUSH_BYTES_MAX);
        assert_eq!(talk.push_bytes(), expected);
    }
    assert_eq!(expected, PUSH_BYTES_MAX);
}

#[test]
fn a_login_page_a_trouble_and_silence_are_told_apart_and_change_nothing() {
    let page = b"<!doctype html><title>Login</title>".as_slice();
    let cases = [
        (200, page, LinkProblem::Foreign { status: 200 }),
        (302, page, LinkProblem::Foreign { status: 302 }),
        (502, page, LinkProblem::Server { status: 502 }),
        (503, b"".as_slice(), LinkProblem::Server { status: 503 }),
        (429, b"".as_slice(), LinkProblem::Server { status: 429 }),
        (200, b"".as_slice(), LinkProblem::Unreachable),
    ];
    for (status, body, expected) in cases {
        let mut talk = Talk::new();
        talk.sync(&changes_waiting());
        let effects = talk.answer_raw(status, body);
        assert_eq!(effects.len(), 1, "{status}");
        assert_eq!(problem(&effects), Some(&expected));
        assert_eq!(talk.machine.failures(), 1);
        assert_eq!(talk.push_bytes(), PUSH_BYTES_MAX / 2);
    }
    let mut talk = Talk::new();
    talk.sync(&changes_waiting());
    let effects = talk.machine.on_answer(HttpAnswer::Unreachable);
    assert_eq!(problem(&effects), Some(&LinkProblem::Unreachable));
}

#[test]
fn a_late_or_repeated_answer_means_nothing() {
    let mut talk = Talk::new();
    assert_eq!(talk.answer(&whole_answer()), []);
    talk.sync(&changes_waiting());
    let first = talk.body(&whole_answer());
    assert!(!talk.answer_raw(200, &first).is_empty());
    assert_eq!(talk.answer_raw(200, &first), []);
    // The answer to an earlier request is signed over another nonce.
    talk.sync(&changes_waiting());
    let effects = talk.answer_raw(200, &first);
    assert!(commits(&effects).is_empty());
    assert_eq!(
        problem(&effects),
        Some(&LinkProblem::Foreign { status: 200 })
    );
}

#[test]
fn verdicts_of_another_shape_than_the_push_leave_everything_pending() {
    let shapes = [
        Vec::new(),
        vec![Verdict::Received],
        vec![Verdict::Received, Verdict::Received, Verdict::Received],
    ];
    for shape in shapes {
        let mut talk = Talk::new();
        talk.sync(&changes_waiting());
        let count = shape.len();
        let effects = talk.answer(&[head(shape), end(false, Vec::new())]);
        assert_eq!(
            commits(&effects)[0].verdicts,
            [],
            "{count} verdicts for two changes"
        );
        assert!(
            commits(&effects)[0].session.is_some(),
            "the next secret counts"
        );
    }
    // Of a document that was not pushed.
    let mut talk = Talk::new();
    talk.sync(&Outlook::default());
    let effects = talk.answer(&[head(vec![Verdict::Received]), end(false, Vec::new())]);
    assert_eq!(commits(&effects)[0].verdicts, []);
}

#[test]
fn a_store_that_lives_twice_goes_on_as_another_installation() {
    let mut talk = Talk::new();
    talk.sync(&Outlook::default());
    let effects = talk.answer(&[Frame::Superseded(SupersededFrame {
        installation: InstallationId::from_bytes([9; 16]),
        token: [5; 16].into(),
    })]);
    assert_eq!(
        effects,
        [Effect::Superseded {
            installation: InstallationId::from_bytes([9; 16]),
            token: [5; 16],
        }]
    );
    assert!(matches!(
        talk.machine.next_step(&Outlook::default()),
        Step::Sync { .. }
    ));
}

fn refusal() -> RefusedFrame {
    RefusedFrame {
        code: "revoked".into(),
        zh: "此设备已停用。".into(),
        en: "This device was revoked.".into(),
    }
}

#[test]
fn a_refused_device_stops_asking_until_it_is_told_to() {
    let photo = blob(1, 10);
    let outlook = Outlook {
        changes_pending: true,
        ..uploads(&[photo])
    };
    let mut talk = Talk::new();
    talk.sync(&outlook);
    talk.answer(&[
        head(vec![Verdict::Received, Verdict::Received]),
        end(false, vec![missing(photo, &[(0, 10)])]),
    ]);
    talk.sync(&outlook);
    let effects = talk.answer(&[Frame::Refused(refusal())]);
    assert_eq!(effects, [Effect::Refused(refusal())]);
    assert_eq!(talk.machine.next_step(&outlook), Step::Done);
    talk.machine.start_round();
    assert!(matches!(
        talk.machine.next_step(&outlook),
        Step::Sync { .. }
    ));
}

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
fn a_round_that_only_needs_more_ends_instead_of_going_round() {
    let mut talk = Talk::new();
    let outlook = changes_waiting();
    talk.sync(&outlook);
    let effects = talk.answer(&[
        head(vec![Verdict::NeedFrom(2), Verdict::NeedFrom(2)]),
        end(false, Vec::new()),
    ]);
    assert_eq!(commits(&effects)[0].verdicts[0].1.len(), 2);
    assert_eq!(talk.machine.next_step(&outlook), Step::Done);
    talk.machine.start_round();
    assert!(matches!(
        talk.machine.next_step(&outlook),
        Step::Sync { .. }
    ));
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

#[test]
fn the_wait_doubles_between_its_bounds_and_starts_anew_after_a_success() {
    let mut talk = Talk::new();
    let wait = |talk: &mut Talk| {
        talk.sync(&changes_waiting());
        let effects = talk.machine.on_answer(HttpAnswer::Unreachable);
        match effects.as_slice() {
            [Effect::Retry { after_millis, .. }] => *after_millis,
            other => panic!("one retry, not {other:?}"),
        }
    };
    let mut expected = RETRY_MILLIS_MIN;
    for _ in 0..80 {
        assert_eq!(wait(&mut talk), expected);
        expected = (expected * 2).min(RETRY_MILLIS_MAX);
    }
    assert_eq!(expected, RETRY_MILLIS_MAX);
    assert_eq!(talk.machine.failures(), 80);
    talk.sync(&changes_waiting());
    talk.answer(&whole_answer());
    assert_eq!(talk.machine.failures(), 0);
    assert_eq!(wait(&mut talk), RETRY_MILLIS_MIN);
}
