//! When a device speaks columns, and when it does not.

use xunge_documents::actor::device_actor;
use xunge_documents::{Document, Edit, Intent};
use xunge_domain::ids::{DocumentId, InstallationId, IntentId};
use xunge_sync::device::{Effect, HttpRequest, Outlook, PendingChange, PendingDocument, Step};
use xunge_sync::hub::OpenedPush;
use xunge_sync::keys::Signer as _;
use xunge_sync::wire::columns::{Agreed, Base, DecodeContext, Fresh};
use xunge_sync::wire::{
    ColumnsFrame, DocumentVerdict, Frame, HeadFrame, SyncRequest, Verdict, WIRE_HEADER,
    named_by_device, spoken, unpack,
};

use crate::script::{NOW, Talk, changes_waiting, commits, end, head};

const INSTALLATION: InstallationId = InstallationId::from_bytes([2; 16]);
const NEW: DocumentId = DocumentId::from_bytes([5; 16]);
const KNOWN: DocumentId = DocumentId::from_bytes([6; 16]);

/// A document of which the hub has nothing, and one of which it has the first change.
struct Pending {
    documents: Vec<PendingDocument>,
    agreed: Agreed,
}

impl DecodeContext for Pending {
    fn agreed(&self, document: &DocumentId, _: [u8; 4]) -> Option<Agreed> {
        (*document == KNOWN).then(|| self.agreed.clone())
    }
}

fn changes(id: DocumentId) -> [PendingChange; 2] {
    let mut case = Document::new();
    [1, 2].map(|number| {
        let intent = Intent {
            id: IntentId::new(&INSTALLATION, number, [0; 3]),
            at: NOW,
            edits: vec![Edit::Title(format!("路灯{number}"))],
        };
        let actor = device_actor(&INSTALLATION, &id, 0);
        let change = case.apply_intent(actor, &intent).unwrap().unwrap();
        PendingChange {
            hash: change.hash,
            bytes: change.bytes,
            signature: None,
        }
    })
}

fn pending() -> Pending {
    let [first, second] = changes(KNOWN);
    let agreed = Agreed::of([first.bytes.as_slice()]);
    Pending {
        documents: vec![
            PendingDocument {
                document: NEW,
                base: Base::New,
                changes: changes(NEW).into(),
            },
            PendingDocument {
                document: KNOWN,
                base: Base::Agreed(agreed.clone()),
                changes: vec![second],
            },
        ],
        agreed,
    }
}

fn request(talk: &mut Talk, columns: bool, documents: &[PendingDocument]) -> HttpRequest {
    let (mut session, nonce) = (talk.session(), talk.fresh_nonce());
    session.columns = columns;
    let outlook = changes_waiting();
    talk.machine
        .sync(
            &session,
            vec![],
            documents,
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

fn message(request: &HttpRequest) -> SyncRequest {
    unpack(&request.body).unwrap()
}

/// The answer to a push of [`pending`]: the new document is received, the other one is what it is told to be.
fn told(known: Option<Verdict>) -> Frame {
    let mut verdicts = vec![DocumentVerdict {
        document: NEW,
        verdicts: vec![Verdict::Received, Verdict::Received],
    }];
    let unresolved = if known.is_some() { vec![] } else { vec![KNOWN] };
    verdicts.extend(known.map(|verdict| DocumentVerdict {
        document: KNOWN,
        verdicts: vec![verdict],
    }));
    Frame::Head(HeadFrame {
        token: [6; 16].into(),
        epoch: 1,
        server_time: NOW,
        verdicts,
        capabilities: spoken(),
        unresolved,
        rest_received: false,
        assignment: None,
        taken: None,
        beacon: None,
        tables: None,
    })
}

#[test]
fn a_push_is_plain_until_the_hub_is_known_to_read_columns() {
    let pending = pending();
    let mut talk = Talk::new();
    let plain = request(&mut talk, false, &pending.documents);
    assert_eq!(wire(&plain), "plain");
    let sent = message(&plain);
    assert_eq!(sent.capabilities, named_by_device(), "what it reads itself");
    assert!(sent.push.is_some() && sent.columns.is_none());

    let columns = request(&mut talk, true, &pending.documents);
    assert_eq!(wire(&columns), "columns");
    let sent = message(&columns);
    let push = sent.columns.unwrap();
    assert_eq!((sent.push, push.agreed.len()), (None, 1));

    talk.machine.speak_plain();
    let old = request(&mut talk, true, &pending.documents);
    assert_eq!(message(&old).capabilities, ["plain"]);
    assert!(message(&old).push.is_some());
}

#[test]
fn the_signature_covers_what_is_put_together_and_what_could_not_be() {
    let pending = pending();
    let mut talk = Talk::new();
    let push = message(&request(&mut talk, true, &pending.documents))
        .columns
        .unwrap();
    let key = talk.device.public_key();
    for (context, known) in [(&pending as &dyn DecodeContext, true), (&Fresh, false)] {
        let opened = OpenedPush::columns(&push, context).unwrap();
        assert!(opened.is_signed_by(&key));
        let unresolved: &[DocumentId] = if known { &[] } else { &[KNOWN] };
        assert_eq!(opened.unresolved(), unresolved);
        let mut hashes = opened.documents().iter().flat_map(|one| &one.changes);
        let first = xunge_sync::hub::name_of(&hashes.next().unwrap().bytes);
        assert_eq!(first, pending.documents[0].changes[0].hash);
    }
    let mut without = push.clone();
    without.agreed.clear();
    let opened = OpenedPush::columns(&without, &Fresh).unwrap();
    assert!(!opened.is_signed_by(&key), "something is missing");
    let opened = OpenedPush::columns(&without, &pending).unwrap();
    assert!(opened.is_signed_by(&key), "nothing is");
    let mut anothers = push;
    anothers.origin.installation = InstallationId::from_bytes([9; 16]);
    let opened = OpenedPush::columns(&anothers, &pending).unwrap();
    assert!(!opened.is_signed_by(&key));
}

#[test]
fn an_unresolved_document_is_spelled_out_at_once_and_until_it_came_through() {
    let pending = pending();
    let mut talk = Talk::new();
    request(&mut talk, true, &pending.documents);
    let effects = talk.answer(&[told(None), end(false, vec![])]);
    assert_eq!(commits(&effects)[0].columns, Some(true));
    assert_eq!(
        commits(&effects)[0].verdicts.len(),
        1,
        "the other came through"
    );
    for _ in 0..2 {
        assert!(matches!(
            talk.machine.next_step(&changes_waiting()),
            Step::Sync { .. }
        ));
        let again = message(&request(&mut talk, true, &pending.documents[1..]));
        let push = again.columns.unwrap();
        assert!(push.agreed.is_empty());
        let opened = OpenedPush::columns(&push, &Fresh).unwrap();
        assert_eq!(
            (opened.documents().len(), opened.unresolved()),
            (1, &[][..])
        );
        // The answer is lost.
        talk.answer_raw(502, b"");
    }
    request(&mut talk, true, &pending.documents);
    talk.answer(&[told(Some(Verdict::Received)), end(false, vec![])]);
    let later = message(&request(&mut talk, true, &pending.documents));
    assert_eq!(later.columns.unwrap().agreed.len(), 1);
}

#[test]
fn what_is_not_named_was_received_where_the_hub_says_so() {
    let pending = pending();
    let head = |rest_received, verdicts| {
        Frame::Head(HeadFrame {
            token: [6; 16].into(),
            epoch: 1,
            server_time: NOW,
            verdicts,
            capabilities: spoken(),
            unresolved: vec![KNOWN],
            rest_received,
            assignment: None,
            taken: None,
            beacon: None,
            tables: None,
        })
    };
    let told = |frame: Frame| {
        let mut talk = Talk::new();
        request(&mut talk, true, &pending.documents);
        let effects = talk.answer(&[frame, end(false, vec![])]);
        let verdicts = commits(&effects)[0].verdicts.clone();
        verdicts
            .into_iter()
            .map(|(document, verdicts)| (document, verdicts.into_iter().map(|(_, said)| said)))
            .map(|(document, said)| (document, said.collect::<Vec<_>>()))
            .collect::<Vec<_>>()
    };
    let received = vec![Verdict::Received, Verdict::Received];
    assert_eq!(
        told(head(true, vec![])),
        [(NEW, received)],
        "not the unresolved"
    );
    assert_eq!(told(head(false, vec![])), []);
    let blocked = |count| DocumentVerdict {
        document: NEW,
        verdicts: vec![Verdict::Blocked; count],
    };
    let both = vec![Verdict::Blocked; 2];
    assert_eq!(told(head(true, vec![blocked(2)])), [(NEW, both)]);
    assert_eq!(told(head(true, vec![blocked(3)])), [], "of another shape");
}

#[test]
fn a_hub_that_says_unresolved_again_and_again_does_not_keep_the_device_busy() {
    let pending = pending();
    let mut talk = Talk::new();
    let known = &pending.documents[1..];
    let unresolved = || {
        let Frame::Head(head) = told(None) else {
            unreachable!()
        };
        Frame::Head(HeadFrame {
            verdicts: vec![],
            ..head
        })
    };
    request(&mut talk, true, known);
    talk.answer(&[unresolved(), end(false, vec![])]);
    request(&mut talk, true, known);
    talk.answer(&[unresolved(), end(false, vec![])]);
    assert_eq!(talk.machine.next_step(&changes_waiting()), Step::Done);
}

#[test]
fn a_hub_that_refuses_columns_gets_plain_from_then_on() {
    let pending = pending();
    for status in [400, 406] {
        let mut talk = Talk::new();
        request(&mut talk, true, &pending.documents);
        let effects = talk.answer_raw(status, b"{\"error\":{}}");
        assert!(matches!(effects[..], [Effect::Retry { .. }]));
        assert_eq!(wire(&request(&mut talk, true, &pending.documents)), "plain");
    }
    // Such a status says nothing of columns where none were sent.
    let mut talk = Talk::new();
    request(&mut talk, false, &pending.documents);
    talk.answer_raw(400, b"");
    assert_eq!(
        wire(&request(&mut talk, true, &pending.documents)),
        "columns"
    );
}

#[test]
fn an_old_hub_says_nothing_of_columns() {
    let mut talk = Talk::new();
    talk.sync(&Outlook::default());
    let effects = talk.answer(&[head(vec![]), end(false, vec![])]);
    assert_eq!(commits(&effects)[0].columns, Some(false));
}

#[test]
fn a_frame_of_columns_is_handed_on_with_its_cursors_and_can_be_asked_for_in_plain() {
    let mut talk = Talk::new();
    let frame = Frame::Columns(ColumnsFrame {
        batch: vec![1, 2, 3].into(),
        cursors: vec![("grid:putian-1".parse().unwrap(), 8)],
        evicted: Vec::new(),
    });
    talk.sync(&Outlook::default());
    let effects = talk.answer(&[head(vec![]), frame, end(false, vec![])]);
    let commits = commits(&effects);
    assert_eq!(commits[1].batch, Some(vec![1, 2, 3]));
    assert_eq!(commits[1].cursors[0].1, 8);
    assert_eq!(talk.machine.next_step(&Outlook::default()), Step::Done);
    talk.machine.pull_plain();
    assert!(matches!(
        talk.machine.next_step(&Outlook::default()),
        Step::Sync { .. }
    ));
    for lost in [true, false] {
        let asked = message(&talk.sync(&Outlook::default()));
        assert_eq!(asked.capabilities, ["plain"]);
        if lost {
            talk.answer_raw(502, b"");
        } else {
            talk.answer(&[head(vec![]), end(false, vec![])]);
        }
    }
    let asked = message(&talk.sync(&Outlook::default()));
    assert_eq!(asked.capabilities, named_by_device(), "once");
}
