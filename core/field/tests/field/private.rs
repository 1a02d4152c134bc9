//! Personal data from the phone: beside the case, never in it, and gone from here once the hub keeps it.

use std::path::Path;

use xunge_domain::ids::{DocumentId, PrivateRecordId};
use xunge_domain::private::{PrivateContent, PrivateKind, PrivateRecord, VOICE_NOTE_BYTES_MAX};
use xunge_field::{FieldError, KeepPrivateRequest, PrivateDelivery, PrivateView, RevokedStore};
use xunge_store::Store;
use xunge_sync::wire::{PRIVATE_PATH, PRIVATE_RECORDS_MAX, PrivateOutcome, RefusedFrame};

use crate::hub::Hub;
use crate::phone::Phone;

const SECRET: &str = "13812345678";

fn kept(_: &PrivateRecord) -> PrivateOutcome {
    PrivateOutcome::Kept
}

fn waits(_: &PrivateRecord) -> PrivateOutcome {
    PrivateOutcome::Waits
}

fn refusal(code: &str) -> PrivateOutcome {
    PrivateOutcome::Refused(RefusedFrame {
        code: code.into(),
        zh: "未保存。".into(),
        en: "Not kept.".into(),
    })
}

fn not_yours(_: &PrivateRecord) -> PrivateOutcome {
    refusal("private_case")
}

fn erased(_: &PrivateRecord) -> PrivateOutcome {
    refusal("subject_erased")
}

fn keep(phone: &mut Phone, case: DocumentId, text: &str) -> PrivateRecordId {
    let request = KeepPrivateRequest::text(case, PrivateKind::Phone, text);
    phone.app().keep_private(request).unwrap()
}

fn list(phone: &mut Phone, case: DocumentId) -> Vec<PrivateView> {
    phone.app().private_records(case).unwrap()
}

fn one(phone: &mut Phone, case: DocumentId) -> (PrivateDelivery, Option<String>) {
    let views = list(phone, case);
    let [view] = &views[..] else {
        panic!("{views:?}");
    };
    (view.delivery, view.text.clone())
}

/// A phone with a case that the hub has.
fn reported() -> (Phone, Hub, DocumentId) {
    let mut hub = Hub::new();
    let mut phone = Phone::enrolled(&mut hub);
    let case = phone.report("路面坑洞");
    hub.sync_all(&mut phone);
    (phone, hub, case)
}

fn bytes_in(folder: &Path) -> Vec<u8> {
    let mut bytes = Vec::new();
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            bytes.extend(bytes_in(&path));
        } else {
            bytes.extend(std::fs::read(path).unwrap());
        }
    }
    bytes
}

fn holds(bytes: &[u8], text: &str) -> bool {
    bytes
        .windows(text.len())
        .any(|window| window == text.as_bytes())
}

#[test]
fn it_follows_the_report_and_leaves_the_phone_at_the_hubs_word() {
    let mut hub = Hub::new();
    hub.on_private = Some(kept);
    let mut phone = Phone::enrolled(&mut hub);
    let case = phone.report("路面坑洞");
    let id = keep(&mut phone, case, &format!(" {SECRET}\n"));
    assert_eq!(
        one(&mut phone, case),
        (PrivateDelivery::OnDevice, Some(SECRET.into()))
    );
    let unsent = phone.app().sync_status().unwrap().texts_unsent;

    phone.app().start_sync();
    let mut paths = Vec::new();
    while let Some(request) = phone.app().next_request().unwrap() {
        if request.path == PRIVATE_PATH {
            assert!(!hub.documents.is_empty(), "the hub has the case by then");
        }
        paths.push(request.path.clone());
        let answer = hub.answer(&request);
        phone.app().on_answer(answer).unwrap();
    }
    assert_eq!(paths.iter().filter(|path| *path == PRIVATE_PATH).count(), 1);
    let [sent] = &hub.private[..] else {
        panic!("{:?}", hub.private);
    };
    assert_eq!((sent.id, sent.case, sent.number), (id, case, 1));
    assert_eq!(sent.content, PrivateContent::Text(SECRET.into()));
    assert_eq!(sent.author.as_str(), "worker-putian");
    assert_eq!(one(&mut phone, case), (PrivateDelivery::Received, None));
    assert_eq!(phone.app().sync_status().unwrap().texts_unsent, 0);
    assert_eq!(unsent, 2, "the report and the record");

    // Not in the document, as whoever pulls it gets it, and nowhere in the open on the phone.
    let document = hub.documents[&case].save();
    assert!(!holds(&document, SECRET));
    for change in hub.documents[&case].changes() {
        assert!(!holds(&change.bytes, SECRET));
    }
    assert!(!holds(&bytes_in(phone.folder.path()), SECRET));
}

#[test]
fn what_an_answer_lost_is_sent_again_and_what_waits_is_tried_in_the_next_round() {
    let (mut phone, mut hub, case) = reported();
    hub.on_private = Some(kept);
    let id = keep(&mut phone, case, SECRET);
    phone.app().start_sync();
    while let Some(request) = phone.app().next_request().unwrap() {
        let answer = hub.answer(&request);
        if request.path == PRIVATE_PATH {
            break;
        }
        phone.app().on_answer(answer).unwrap();
    }
    phone.kill_and_start();
    assert_eq!(one(&mut phone, case).0, PrivateDelivery::OnDevice);
    hub.on_private = Some(waits);
    hub.sync_all(&mut phone);
    assert_eq!(
        one(&mut phone, case),
        (PrivateDelivery::OnDevice, Some(SECRET.into()))
    );
    hub.on_private = Some(kept);
    hub.sync_all(&mut phone);
    assert_eq!(one(&mut phone, case), (PrivateDelivery::Received, None));
    let names: Vec<_> = hub.private.iter().map(|record| record.id).collect();
    assert_eq!(names, [id; 3], "once a round, under one name");
    hub.sync_all(&mut phone);
    assert_eq!(hub.private.len(), 3, "and no more once it is kept");
}

#[test]
fn a_refused_record_stays_for_its_author_until_it_is_discarded() {
    let (mut phone, mut hub, case) = reported();
    hub.on_private = Some(not_yours);
    let id = keep(&mut phone, case, SECRET);
    hub.sync_all(&mut phone);
    assert_eq!(
        one(&mut phone, case),
        (PrivateDelivery::Refused, Some(SECRET.into()))
    );
    let reason = list(&mut phone, case).remove(0).reason.unwrap();
    assert_eq!(
        (reason.code.as_str(), reason.zh.as_str()),
        ("private_case", "未保存。")
    );
    hub.sync_all(&mut phone);
    assert_eq!(hub.private.len(), 1, "the hub's word is final");
    phone.app().discard_private(id).unwrap();
    assert!(list(&mut phone, case).is_empty());
    assert_eq!(
        phone.app().discard_private(id).unwrap_err().code(),
        "not_found"
    );
}

#[test]
fn who_was_erased_leaves_the_phone_as_well_and_is_somebody_new_when_asked_again() {
    let (mut phone, mut hub, case) = reported();
    hub.on_private = Some(kept);
    keep(&mut phone, case, "first");
    keep(&mut phone, case, "second");
    let other = KeepPrivateRequest {
        number: 2,
        ..KeepPrivateRequest::text(case, PrivateKind::Resident, "third")
    };
    phone.app().keep_private(other).unwrap();
    hub.sync_all(&mut phone);
    let subject = |hub: &Hub, index: usize| hub.private[index].subject;
    assert_eq!(
        subject(&hub, 0),
        subject(&hub, 1),
        "one number, one subject"
    );
    assert_ne!(subject(&hub, 0), subject(&hub, 2));
    hub.on_private = Some(erased);
    keep(&mut phone, case, SECRET);
    hub.sync_all(&mut phone);
    let last = list(&mut phone, case).pop().unwrap();
    assert_eq!((last.delivery, last.text), (PrivateDelivery::Refused, None));
    hub.on_private = Some(kept);
    keep(&mut phone, case, SECRET);
    hub.sync_all(&mut phone);
    assert_eq!(subject(&hub, 3), subject(&hub, 0));
    assert_ne!(subject(&hub, 4), subject(&hub, 0));
}

#[test]
fn what_does_not_fit_is_said_before_anything_is_kept() {
    let (mut phone, _, case) = reported();
    let elsewhere = DocumentId::from_bytes([9; 16]);
    let with = |change: &dyn Fn(&mut KeepPrivateRequest)| {
        let mut request = KeepPrivateRequest::text(case, PrivateKind::Phone, SECRET);
        change(&mut request);
        request
    };
    for (request, code) in [
        (with(&|request| request.case = elsewhere), "not_found"),
        (with(&|request| request.number = 0), "subject_number"),
        (
            with(&|request| request.kind = PrivateKind::VoiceNote),
            "private_no_voice",
        ),
        (
            KeepPrivateRequest::text(case, PrivateKind::Phone, " "),
            "private_empty",
        ),
        (
            KeepPrivateRequest::text(case, PrivateKind::Witness, &"长".repeat(2_001)),
            "private_text_too_long",
        ),
    ] {
        let refused: FieldError = phone.app().keep_private(request).unwrap_err();
        assert_eq!(refused.code(), code);
        assert!(!refused.zh().is_empty() && !refused.en().is_empty());
    }
    assert!(list(&mut phone, case).is_empty());
}

#[test]
fn many_go_in_parts_and_a_long_recording_goes_alone() {
    let (mut phone, mut hub, case) = reported();
    hub.on_private = Some(kept);
    let many = PRIVATE_RECORDS_MAX + 3;
    for number in 0..many {
        keep(&mut phone, case, &number.to_string());
    }
    for byte in [1, 2] {
        let voice = KeepPrivateRequest {
            kind: PrivateKind::VoiceNote,
            content: PrivateContent::Voice(vec![byte; VOICE_NOTE_BYTES_MAX]),
            ..KeepPrivateRequest::text(case, PrivateKind::Phone, "")
        };
        phone.app().keep_private(voice).unwrap();
    }
    let mut parts = Vec::new();
    phone.app().start_sync();
    while let Some(request) = phone.app().next_request().unwrap() {
        let before = hub.private.len();
        let answer = hub.answer(&request);
        if request.path == PRIVATE_PATH {
            parts.push(hub.private.len() - before);
        }
        phone.app().on_answer(answer).unwrap();
    }
    assert_eq!(parts, [PRIVATE_RECORDS_MAX, 3, 1, 1]);
    let left = list(&mut phone, case);
    assert!(
        left.iter()
            .all(|view| view.delivery == PrivateDelivery::Received)
    );
    assert_eq!(
        left.last().map(|view| view.length),
        Some(VOICE_NOTE_BYTES_MAX as u64)
    );
}

#[test]
fn a_draft_may_have_some_which_goes_with_it() {
    let mut hub = Hub::new();
    hub.on_private = Some(kept);
    let mut phone = Phone::enrolled(&mut hub);
    let (draft, thrown) = (phone.draft("路面坑洞"), phone.draft("井盖破损"));
    keep(&mut phone, draft, SECRET);
    keep(&mut phone, thrown, SECRET);
    hub.sync_all(&mut phone);
    assert!(hub.private.is_empty(), "nobody has the case yet");
    phone.app().discard_draft(thrown).unwrap();
    assert!(list(&mut phone, thrown).is_empty());
    phone.app().report(draft).unwrap();
    hub.sync_all(&mut phone);
    assert_eq!(hub.private.len(), 1);
    assert_eq!(one(&mut phone, draft), (PrivateDelivery::Received, None));
}

#[test]
fn an_old_hub_keeps_nothing_waiting() {
    let (mut phone, mut hub, case) = reported();
    keep(&mut phone, case, SECRET);
    let other = phone.report("井盖破损");
    hub.sync_all(&mut phone);
    assert_eq!(one(&mut phone, case).0, PrivateDelivery::OnDevice);
    let photos = phone.show(other).photos;
    assert_eq!(photos[0].state, xunge_field::PhotoState::Received);
}

#[test]
fn a_revoked_phone_hands_it_over_before_it_is_wiped_and_one_without_rights_seals_it() {
    let recovery = xunge_store::RecoveryKey::from_slice(&[3; 32]).unwrap();
    for takes in [true, false] {
        let (mut phone, mut hub, case) = {
            let mut hub = Hub::new();
            hub.recovery_key = recovery.public_key().map(|key| *key.as_bytes());
            let mut phone = Phone::enrolled(&mut hub);
            let case = phone.report("路面坑洞");
            hub.sync_all(&mut phone);
            (phone, hub, case)
        };
        keep(&mut phone, case, SECRET);
        hub.on_private = takes.then_some(kept as fn(&PrivateRecord) -> PrivateOutcome);
        let mut revoked = None;
        for _ in 0..2 {
            phone.app().start_sync();
            while let Some(request) = phone.app().next_request().unwrap() {
                let answer = if request.path == PRIVATE_PATH {
                    hub.answer(&request)
                } else {
                    Hub::refuse(&request, "revoked", &hub.key)
                };
                revoked = phone.app().on_answer(answer).unwrap().revoked;
                if revoked.is_some() {
                    break;
                }
            }
            if revoked.is_some() {
                break;
            }
        }
        assert_eq!(hub.private.len(), usize::from(takes));
        let became = if takes {
            RevokedStore::Wiped
        } else {
            RevokedStore::Sealed
        };
        assert_eq!(revoked, Some(became));
        if !takes {
            phone.switch_off();
            let to = tempfile::tempdir().unwrap();
            Store::recover(phone.folder.path(), &recovery, to.path()).unwrap();
            let copy = Store::open(to.path()).unwrap();
            let waiting = copy.read(|reader| reader.waiting_private_count());
            assert_eq!(waiting.unwrap(), 1);
        }
    }
}
