//! A push in parts, as the device sees it: what it remembers of a cut one, and how it goes on.

use xunge_documents::actor::device_actor;
use xunge_documents::{Document, Edit, Intent};
use xunge_domain::ids::{DocumentId, InstallationId, IntentId};
use xunge_sync::device::{
    Effect, HttpRequest, Outlook, PARTED_TIMES, PUSH_BYTES_START, PendingChange, PendingDocument,
    Step,
};
use xunge_sync::wire::columns::Base;
use xunge_sync::wire::{
    DocumentVerdict, Frame, HeadFrame, PartReader, Piece, SyncRequest, TakenParts, Verdict,
    WIRE_HEADER, spoken, unpack,
};

use crate::script::{NOW, Talk, changes_waiting, commits, end};

const INSTALLATION: InstallationId = InstallationId::from_bytes([2; 16]);

fn document(number: u8) -> DocumentId {
    DocumentId::from_bytes([number; 16])
}

fn pending(numbers: &[u8]) -> Vec<PendingDocument> {
    let one = |number: &u8| {
        let id = document(*number);
        let intent = Intent {
            id: IntentId::new(&INSTALLATION, u32::from(*number), [0; 3]),
            at: NOW,
            edits: vec![Edit::Title(format!("路灯{number}"))],
        };
        let actor = device_actor(&INSTALLATION, &id, 0);
        let change = Document::new().apply_intent(actor, &intent);
        let change = change.unwrap().unwrap();
        PendingDocument {
            document: id,
            base: Base::New,
            changes: vec![PendingChange {
                hash: change.hash,
                bytes: change.bytes,
                signature: None,
            }],
        }
    };
    numbers.iter().map(one).collect()
}

/// A device whose hub takes parts, and which makes one of every document.
fn talk() -> Talk {
    let mut talk = Talk::new();
    talk.machine.cut_finely(1);
    talk
}

fn request(talk: &mut Talk, numbers: &[u8]) -> HttpRequest {
    let (mut session, nonce) = (talk.session(), talk.fresh_nonce());
    (session.columns, session.parts) = (true, true);
    let outlook = changes_waiting();
    let pending = pending(numbers);
    talk.machine
        .sync(
            &session,
            vec![],
            &pending,
            &outlook,
            NOW,
            nonce,
            &talk.device,
        )
        .unwrap()
}

fn wire(request: &HttpRequest) -> &str {
    let header = request.headers.iter().find(|(name, _)| name == WIRE_HEADER);
    &header.unwrap().1
}

/// How many parts a request pushes.
fn parts(request: &HttpRequest) -> usize {
    assert_eq!(wire(request), "parts");
    let mut reader = PartReader::new(request.body.len());
    reader.feed(&request.body).unwrap();
    let pieces: Vec<Piece> = std::iter::from_fn(|| reader.next_piece().unwrap()).collect();
    assert_eq!(pieces.last(), Some(&Piece::End));
    pieces.len() - 2
}

fn question(request: &HttpRequest) -> [u8; 16] {
    let asked: SyncRequest = unpack(&request.body).unwrap();
    assert!(
        asked.push.is_none() && asked.columns.is_none(),
        "nothing is pushed"
    );
    assert_eq!(wire(request), "plain");
    *asked.resumes.unwrap()
}

fn head(taken: Option<TakenParts>) -> Frame {
    Frame::Head(HeadFrame {
        token: [6; 16].into(),
        epoch: 1,
        server_time: NOW,
        verdicts: vec![],
        capabilities: spoken(),
        unresolved: vec![],
        rest_received: true,
        assignment: None,
        taken: taken.map(Box::new),
        beacon: None,
        tables: None,
    })
}

fn taken(parts: u32) -> TakenParts {
    TakenParts {
        parts,
        verdicts: vec![],
        unresolved: vec![],
    }
}

fn settled(effects: &[Effect]) -> Vec<(DocumentId, Verdict)> {
    let commits = commits(effects);
    let verdicts = commits.iter().flat_map(|commit| &commit.verdicts);
    verdicts
        .map(|(document, verdicts)| (*document, verdicts[0].1.clone()))
        .collect()
}

fn push_bytes(talk: &Talk) -> usize {
    let outlook = Outlook {
        parts: true,
        ..changes_waiting()
    };
    match talk.machine.next_step(&outlook) {
        Step::Sync { push_bytes_max, .. } => push_bytes_max,
        other => panic!("changes wait, and the step is {other:?}"),
    }
}

#[test]
fn a_push_in_parts_holds_more_and_is_received_as_a_whole() {
    let mut talk = talk();
    assert_eq!(push_bytes(&talk), PARTED_TIMES * PUSH_BYTES_START);
    assert_eq!(
        talk.push_bytes(),
        PUSH_BYTES_START,
        "of a hub without parts"
    );
    let push = request(&mut talk, &[1, 2, 3]);
    assert_eq!(parts(&push), 3);
    let effects = talk.answer(&[head(Some(taken(2))), end(false, vec![])]);
    assert_eq!(commits(&effects)[0].parts, Some(true));
    assert_eq!(settled(&effects).len(), 2, "one was lost on the way");
    assert!(push_bytes(&talk) > 0, "nothing is to be asked");
    let one = request(&mut talk, &[4]);
    assert_eq!(wire(&one), "columns", "one part is a push as ever");
}

#[test]
fn after_a_cut_it_asks_takes_the_receipts_and_sends_the_rest() {
    let mut talk = talk();
    request(&mut talk, &[1, 2, 3, 4]);
    let cut = talk.nonce;
    let effects = talk.answer_raw(502, b"");
    assert!(matches!(effects[..], [Effect::Retry { .. }]));
    for _ in 0..2 {
        assert_eq!(push_bytes(&talk), 0);
        // Whatever the host gives it to push.
        assert_eq!(question(&request(&mut talk, &[1, 2, 3, 4])), cut);
        talk.answer_raw(502, b"");
    }
    request(&mut talk, &[]);
    let blocked = DocumentVerdict {
        document: document(1),
        verdicts: vec![Verdict::Blocked],
    };
    let told = TakenParts {
        parts: 3,
        verdicts: vec![blocked],
        unresolved: vec![document(3)],
    };
    let effects = talk.answer(&[head(Some(told)), end(false, vec![])]);
    let expected = [
        (document(1), Verdict::Blocked),
        (document(2), Verdict::Received),
    ];
    assert_eq!(
        settled(&effects),
        expected,
        "of the fourth nothing is known"
    );
    assert_eq!(talk.machine.failures(), 0);
    assert_eq!(
        push_bytes(&talk),
        PARTED_TIMES * PUSH_BYTES_START,
        "a part came through"
    );
    assert_eq!(parts(&request(&mut talk, &[3, 4])), 2);
}

#[test]
fn a_push_of_which_nothing_arrived_is_sent_again_in_smaller_parts_and_waits_longer_each_time() {
    let mut talk = talk();
    let mut expected = PARTED_TIMES * PUSH_BYTES_START;
    for failures in 1..4 {
        assert_eq!(parts(&request(&mut talk, &[1, 2])), 2);
        talk.answer_raw(200, b"");
        request(&mut talk, &[]);
        let effects = talk.answer(&[head(None), end(false, vec![])]);
        assert_eq!(settled(&effects), []);
        expected /= 2;
        assert_eq!(push_bytes(&talk), expected, "at once, without a new round");
        assert_eq!(talk.machine.failures(), failures, "it has not come through");
    }
}

#[test]
fn a_hub_that_takes_no_parts_after_all_gets_whole_pushes_and_then_plain_ones() {
    for status in [400, 406] {
        let mut talk = talk();
        request(&mut talk, &[1, 2]);
        talk.answer_raw(status, b"{}");
        request(&mut talk, &[]);
        talk.answer(&[head(None), end(false, vec![])]);
        assert_eq!(wire(&request(&mut talk, &[1, 2])), "columns");
        assert!(push_bytes(&talk) <= PUSH_BYTES_START);
        talk.answer_raw(status, b"{}");
        assert_eq!(wire(&request(&mut talk, &[1, 2])), "plain");
    }
}

#[test]
fn another_installation_has_nothing_to_ask_for() {
    let mut talk = talk();
    request(&mut talk, &[1, 2]);
    let superseded = Frame::Superseded(xunge_sync::wire::SupersededFrame {
        installation: InstallationId::from_bytes([9; 16]),
        token: [4; 16].into(),
    });
    talk.answer(&[superseded]);
    assert!(push_bytes(&talk) > 0);
    let mut session = talk.session();
    session.installation = InstallationId::from_bytes([9; 16]);
    (session.columns, session.parts) = (true, true);
    let nonce = talk.fresh_nonce();
    let again = talk.machine.sync(
        &session,
        vec![],
        &pending(&[1, 2]),
        &changes_waiting(),
        NOW,
        nonce,
        &talk.device,
    );
    assert_eq!(parts(&again.unwrap()), 2);
}

#[test]
fn a_device_that_enrols_again_has_nothing_to_ask_for() {
    let mut talk = talk();
    request(&mut talk, &[1, 2]);
    talk.answer_raw(401, b"{}");
    talk.machine.begin_anew();
    assert!(push_bytes(&talk) > 0);
}

#[test]
fn what_a_hub_tells_that_was_not_asked_for_means_nothing() {
    let mut talk = talk();
    request(&mut talk, &[1]);
    let unasked = Frame::Head(HeadFrame {
        rest_received: false,
        ..match head(Some(taken(7))) {
            Frame::Head(head) => head,
            _ => unreachable!(),
        }
    });
    assert_eq!(settled(&talk.answer(&[unasked, end(false, vec![])])), []);
}
