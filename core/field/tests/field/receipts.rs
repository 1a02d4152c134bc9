//! Receipts that a scripted hub gives, and those that it should not.

use xunge_domain::ids::{Digest, DocumentId, InstallationId, IntentId};
use xunge_domain::time::Timestamp;
use xunge_evidence::checkpoint::{Checkpoint, Origin, SignedCheckpoint};
use xunge_evidence::entry::AuditLine;
use xunge_evidence::receipt::{NamedRecord, RECORD_RECEIVED, Receipt};
use xunge_evidence::tree::{leaf_hash, node_hash};
use xunge_field::{HttpRequest, ProofView, Signer as _, SoftwareKey};
use xunge_sync::wire::{
    Frame, RECEIPTS_PATH, ReceiptsFrame, ReceiptsRequest, RecordReceipt, unpack,
};

use crate::hub::{Hub, nonce_of};
use crate::phone::{Phone, START};

/// A log of two lines: a first one, and one that names a record.
struct Log {
    first: Digest,
    entry: Vec<u8>,
}

impl Log {
    fn of(first: &[u8], record: &NamedRecord) -> Self {
        let entry = AuditLine {
            seq: 2,
            at: Timestamp::from_millis(START + 5),
            who: "worker",
            what: RECORD_RECEIVED,
            detail: &record.detail().to_string(),
        };
        Self {
            first: leaf_hash(first),
            entry: entry.to_bytes(),
        }
    }

    fn checkpoint(&self, size: u64, key: &SoftwareKey) -> String {
        let root = match size {
            1 => self.first,
            _ => node_hash(&self.first, &leaf_hash(&self.entry)),
        };
        let checkpoint = Checkpoint {
            origin: Origin::of_hub(&InstallationId::from_bytes([5; 16])),
            size,
            root,
            at: Timestamp::from_millis(START + 9),
        };
        let public = key.public_key();
        SignedCheckpoint::sign(checkpoint, public.as_bytes(), |text| key.sign_now(text)).to_text()
    }

    fn receipt(&self) -> Receipt {
        Receipt {
            entry: self.entry.clone().into(),
            proof: vec![self.first],
        }
    }
}

/// A phone that reported once and sent it, and its hub.
fn reported() -> (Phone, Hub, DocumentId) {
    let mut hub = Hub::new();
    let mut phone = Phone::enrolled(&mut hub);
    let case = phone.report("路面坑洞");
    hub.sync_all(&mut phone);
    (phone, hub, case)
}

/// The record of the report.
fn record(phone: &mut Phone, case: DocumentId) -> NamedRecord {
    let proofs = phone.app().proofs(case).unwrap();
    let report = proofs.iter().find(|proof| proof.original.is_none());
    let report = report.expect("a request");
    NamedRecord {
        document: case,
        intent: report.id,
        name: report.record.parse().unwrap(),
        installation: Hub::installation(),
        seq: 1,
    }
}

/// The phone asks for its receipts.
fn asks(phone: &mut Phone, hub: &mut Hub) -> (HttpRequest, ReceiptsRequest) {
    phone.app().ask_for_receipts().unwrap();
    loop {
        let request = phone.app().next_request().unwrap().expect("it asks");
        if request.path == RECEIPTS_PATH {
            let asked = unpack(&request.body).unwrap();
            return (request, asked);
        }
        let answer = hub.answer(&request);
        phone.app().on_answer(answer).unwrap();
    }
}

/// The phone asks and is answered this.
fn answered(phone: &mut Phone, hub: &mut Hub, frame: ReceiptsFrame) -> ReceiptsRequest {
    let (request, asked) = asks(phone, hub);
    let answer = hub.frames(nonce_of(&request), &[Frame::Receipts(Box::new(frame))]);
    phone.app().on_answer(answer).unwrap();
    asked
}

fn frame(checkpoint: String, receipts: Vec<RecordReceipt>) -> ReceiptsFrame {
    ReceiptsFrame {
        checkpoint,
        receipts,
        consistency: Vec::new(),
        backed_up_until: None,
    }
}

fn receipt_of(document: DocumentId, intent: IntentId, receipt: Receipt) -> RecordReceipt {
    RecordReceipt {
        document,
        intent,
        receipt,
        stored_at: None,
    }
}

fn report(phone: &mut Phone, case: DocumentId) -> ProofView {
    let proofs = phone.app().proofs(case).unwrap();
    let report = proofs.into_iter().find(|proof| proof.original.is_none());
    report.expect("a request")
}

#[test]
fn a_receipt_is_kept_once_it_proves_what_it_should() {
    let (mut phone, mut hub, case) = reported();
    let record = record(&mut phone, case);
    let log = Log::of(b"first", &record);
    let told = receipt_of(case, record.intent, log.receipt());
    let checkpoint = log.checkpoint(2, &hub.key);
    let asked = answered(&mut phone, &mut hub, frame(checkpoint, vec![told]));
    assert!(
        asked
            .records
            .iter()
            .any(|asked| asked.intent == record.intent)
    );
    assert_eq!(asked.seen, None);
    phone.kill_and_start();
    let proof = report(&mut phone, case);
    assert_eq!(proof.line, Some(2));
    assert_eq!(proof.received_at, Some(Timestamp::from_millis(START + 5)));
    let (_, asked) = asks(&mut phone, &mut hub);
    assert!(
        !asked
            .records
            .iter()
            .any(|asked| asked.intent == record.intent),
        "what is proved is not asked again"
    );
    assert_eq!(asked.seen, Some(2));
}

#[test]
fn what_proves_nothing_is_not_kept() {
    let (mut phone, mut hub, case) = reported();
    let record = record(&mut phone, case);
    let stranger = SoftwareKey::from_bytes(&[8; 32]).unwrap();
    let other = NamedRecord {
        name: Digest::from_bytes([9; 32]),
        ..record
    };
    let log = Log::of(b"first", &record);
    let about_another = Log::of(b"first", &other);
    let elsewhere = Receipt {
        proof: vec![Digest::from_bytes([9; 32])],
        ..log.receipt()
    };
    let by_hub = |log: &Log, hub: &Hub| log.checkpoint(2, &hub.key);
    let offers = [
        (log.checkpoint(2, &stranger), log.receipt()),
        ("no checkpoint".to_owned(), log.receipt()),
        (by_hub(&about_another, &hub), about_another.receipt()),
        (by_hub(&log, &hub), elsewhere),
    ];
    for (number, (checkpoint, receipt)) in offers.into_iter().enumerate() {
        let (mut phone, mut hub, case) = reported();
        let told = receipt_of(case, record.intent, receipt);
        answered(&mut phone, &mut hub, frame(checkpoint, vec![told]));
        let proof = report(&mut phone, case);
        assert_eq!((proof.line, proof.received_at), (None, None), "{number}");
    }
    // Nor one that is given for another entry.
    let told = receipt_of(
        DocumentId::from_bytes([9; 16]),
        record.intent,
        log.receipt(),
    );
    let checkpoint = by_hub(&log, &hub);
    answered(&mut phone, &mut hub, frame(checkpoint, vec![told]));
    assert_eq!(report(&mut phone, case).line, None);
}

#[test]
fn a_log_that_does_not_go_on_from_what_was_seen_is_noticed_and_both_checkpoints_are_kept() {
    let (mut phone, mut hub, case) = reported();
    let record = record(&mut phone, case);
    let log = Log::of(b"first", &record);
    let rewritten = Log::of(b"another first", &record);
    let seen = log.checkpoint(1, &hub.key);
    answered(&mut phone, &mut hub, frame(seen.clone(), vec![]));
    assert!(!phone.app().sync_status().unwrap().log_contradicted);
    let shown = rewritten.checkpoint(2, &hub.key);
    let told = receipt_of(case, record.intent, rewritten.receipt());
    let consistency = vec![leaf_hash(&rewritten.entry)];
    let forked = ReceiptsFrame {
        consistency: consistency.clone(),
        ..frame(shown.clone(), vec![told])
    };
    let asked = answered(&mut phone, &mut hub, forked);
    assert_eq!(asked.seen, Some(1));
    phone.kill_and_start();
    assert!(phone.app().sync_status().unwrap().log_contradicted);
    let kept = phone.app().log_contradiction().unwrap().expect("kept");
    assert_eq!((&kept.earlier, &kept.later), (&seen, &shown));
    assert_eq!(
        report(&mut phone, case).line,
        None,
        "nothing of such a log counts"
    );
    // The log that was seen goes on, and is believed.
    let told = receipt_of(case, record.intent, log.receipt());
    let goes_on = ReceiptsFrame {
        consistency: vec![leaf_hash(&log.entry)],
        ..frame(log.checkpoint(2, &hub.key), vec![told])
    };
    answered(&mut phone, &mut hub, goes_on);
    assert_eq!(report(&mut phone, case).line, Some(2));
    let still = phone.app().log_contradiction().unwrap();
    assert_eq!(
        still,
        Some(kept),
        "what was seen since is no part of the proof"
    );
}

#[test]
fn an_old_hub_that_knows_no_receipts_keeps_nothing_waiting() {
    let (mut phone, mut hub, case) = reported();
    phone.app().comment(case, "夜间无照明请先围挡").unwrap();
    let (request, _) = asks(&mut phone, &mut hub);
    let unknown = hub.answer(&request);
    phone.app().on_answer(unknown).unwrap();
    assert_eq!(
        phone.app().next_request().unwrap(),
        None,
        "not in this round"
    );
    assert_eq!(phone.app().sync_status().unwrap().texts_unsent, 0);
}
