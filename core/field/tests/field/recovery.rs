//! A change the hub will not merge: its content stays with its reason, and what came after it is made again.

use xunge_documents::actor::device_actor;
use xunge_documents::change_parts::split;
use xunge_documents::{Edit, Intent};
use xunge_domain::ids::{Digest, DocumentId, InstallationId, IntentId};
use xunge_domain::time::Timestamp;
use xunge_field::{AttachRequest, Delivery, Signer as _, SoftwareKey};
use xunge_sync::seal;
use xunge_sync::wire::{PushedChange, RefusedChanges, Verdict};

use crate::hub::{Hub, quarantined};
use crate::phone::{Phone, START, photo};
use crate::pictures::jpeg;

/// A received case with two comments that wait.
fn two_comments(hub: &mut Hub) -> (Phone, DocumentId, [IntentId; 2]) {
    let mut phone = Phone::enrolled(hub);
    let case = phone.report("路面坑洞");
    hub.sync_all(&mut phone);
    let ids = ["甲", "乙"].map(|text| phone.app().comment(case, text).unwrap());
    (phone, case, ids)
}

/// One round in which the hub will not merge the first change; what builds on it is blocked.
fn refuse_first(hub: &mut Hub, phone: &mut Phone, code: &str) {
    let request = phone.app().next_request().unwrap().unwrap();
    let mut first = true;
    let answer = hub.answer_with(&request, |_: &PushedChange| {
        let verdict = if first {
            quarantined(code)
        } else {
            Verdict::Blocked
        };
        first = false;
        Some(verdict)
    });
    phone.app().on_answer(answer).unwrap();
}

#[test]
fn a_refused_comment_stays_with_its_reason_and_later_ones_travel_under_the_next_generation() {
    let mut hub = Hub::new();
    let (mut phone, case, [refused, later]) = two_comments(&mut hub);
    refuse_first(&mut hub, &mut phone, "anothers_entry");

    let page = phone.show(case);
    let [item] = page.set_aside.as_slice() else {
        panic!("one item, not {:?}", page.set_aside);
    };
    assert_eq!(
        (item.id, item.kind.as_str(), item.outcome),
        (refused, "comment", "quarantined")
    );
    assert_eq!(item.reason.code, "anothers_entry");
    assert!(!item.reason.zh.is_empty() && !item.reason.en.is_empty());
    assert_eq!(phone.comments(case), ["乙"]);
    assert_eq!(page.comments[0].id, later, "under the same intent id");
    assert_eq!(phone.app().sync_status().unwrap().texts_unsent, 1);

    // All of it survives a kill, and only what is good travels.
    phone.kill_and_start();
    let request = phone.app().next_request().unwrap().unwrap();
    let mut actors = Vec::new();
    let answer = hub.answer_with(&request, |change| {
        actors.push(split(&change.bytes).unwrap().actor);
        None
    });
    phone.app().on_answer(answer).unwrap();
    assert_eq!(actors, [device_actor(&Hub::installation(), &case, 1)]);
    hub.sync_all(&mut phone);
    assert_eq!(hub.comments(case), [(later, "乙".to_owned())]);
    let page = phone.show(case);
    assert_eq!(
        (page.delivery, page.comments.len(), page.set_aside.len()),
        (Delivery::Received, 1, 1)
    );
    phone.app().dismiss(refused).unwrap();
    assert_eq!(phone.show(case).set_aside, []);
}

#[test]
fn what_is_written_after_a_recovery_follows_it() {
    let mut hub = Hub::new();
    let (mut phone, case, [_, later]) = two_comments(&mut hub);
    refuse_first(&mut hub, &mut phone, "anothers_entry");
    let last = phone.app().comment(case, "丙").unwrap();
    hub.sync_all(&mut phone);
    let mut ids: Vec<IntentId> = hub.comments(case).into_iter().map(|(id, _)| id).collect();
    ids.sort();
    assert_eq!(ids, [later, last]);
    assert_eq!(phone.comments(case), ["乙", "丙"]);
}

#[test]
fn a_number_that_was_taken_costs_nothing_but_another_round() {
    let mut hub = Hub::new();
    let (mut phone, case, [first, second]) = two_comments(&mut hub);
    refuse_first(&mut hub, &mut phone, "sequence_taken");
    let page = phone.show(case);
    assert_eq!(
        page.set_aside,
        [],
        "the content is fine: nobody has to do anything"
    );
    let ids: Vec<IntentId> = page.comments.iter().map(|note| note.id).collect();
    assert_eq!(ids, [first, second]);
    hub.sync_all(&mut phone);
    assert_eq!(hub.comments(case).len(), 2);
    assert_eq!(phone.comments(case), ["甲", "乙"]);
    assert_eq!(phone.show(case).delivery, Delivery::Received);
}

#[test]
fn a_refused_report_is_kept_to_be_read_and_the_photo_with_it() {
    let mut hub = Hub::new();
    let mut phone = Phone::enrolled(&mut hub);
    let case = phone.report("路面坑洞");
    let photo = phone.show(case).photos[0].sha256;
    refuse_first(&mut hub, &mut phone, "malformed");
    let status = phone.app().sync_status().unwrap();
    assert_eq!(status.set_aside.len(), 1);
    assert_eq!(
        (status.set_aside[0].kind.as_str(), status.set_aside[0].case),
        ("report", case)
    );
    assert_eq!(status.texts_unsent, 0, "it is not sent again by itself");
    assert!(phone.app().photo_bytes(photo).is_ok());
}

#[test]
fn two_recoveries_in_a_row_lose_nothing_and_double_nothing() {
    let mut hub = Hub::new();
    let (mut phone, case, [first, second]) = two_comments(&mut hub);
    refuse_first(&mut hub, &mut phone, "anothers_entry");
    let third = phone.app().comment(case, "丙").unwrap();
    refuse_first(&mut hub, &mut phone, "anothers_entry");
    hub.sync_all(&mut phone);
    assert_eq!(hub.comments(case), [(third, "丙".to_owned())]);
    let page = phone.show(case);
    let mut aside: Vec<IntentId> = page.set_aside.iter().map(|item| item.id).collect();
    aside.sort();
    assert_eq!(aside, [first, second]);
    assert_eq!(phone.comments(case), ["丙"]);
}

#[test]
fn a_photo_after_a_refused_comment_is_made_again_with_its_seal_and_its_bytes_travel() {
    let mut hub = Hub::new();
    let mut phone = Phone::enrolled(&mut hub);
    let case = phone.report("路面坑洞");
    hub.sync_all(&mut phone);
    phone.app().comment(case, "甲").unwrap();
    let bytes = jpeg("after");
    let request = AttachRequest {
        case,
        photo: photo(&bytes),
    };
    let entry = phone.app().attach(request).unwrap();
    refuse_first(&mut hub, &mut phone, "anothers_entry");
    hub.sync_all(&mut phone);
    let photos = hub.case(case).photos;
    let kept = photos
        .iter()
        .find(|photo| photo.id == entry)
        .expect("made again");
    let key = SoftwareKey::from_bytes(&[9; 32]).unwrap().public_key();
    assert!(seal::holds(&case, &entry, &kept.entry, &key));
    assert!(hub.blobs.contains(&kept.entry.original.sha256));
    assert_eq!(phone.show(case).delivery, Delivery::Received);
}

#[test]
fn what_a_copy_of_the_store_had_written_already_leaves_the_lane_when_it_is_pulled() {
    let mut hub = Hub::new();
    let mut phone = Phone::enrolled(&mut hub);
    let case = phone.report("路面坑洞");
    hub.sync_all(&mut phone);
    let before = phone.show(case).facts.description;
    phone.app().describe(case, "约半米宽").unwrap();
    refuse_first(&mut hub, &mut phone, "entry_taken");
    let page = phone.show(case);
    let [item] = page.set_aside.as_slice() else {
        panic!("one item, not {:?}", page.set_aside);
    };
    assert_eq!(item.kind, "description");
    assert_eq!(page.facts.description, before);

    let intent = Intent {
        id: item.id,
        at: item.at,
        edits: vec![Edit::Redescription {
            from: before,
            to: "约半米宽".into(),
        }],
    };
    let copy = InstallationId::from_bytes([7; 16]);
    let made = hub.documents[&case]
        .clone()
        .apply_intent(device_actor(&copy, &case, 1), &intent)
        .unwrap();
    hub.bring(case, vec![made.expect("something new").bytes]);
    hub.sync_all(&mut phone);
    let page = phone.show(case);
    assert_eq!(page.facts.description, "约半米宽");
    assert_eq!(page.set_aside, []);
    assert_eq!(phone.app().sync_status().unwrap().texts_unsent, 0);
}

/// The copy that wrote the entry is gone, and with it the photo: this store has the file, and sends it.
#[test]
fn a_photo_that_a_copy_of_the_store_had_cited_is_sent_by_this_one() {
    let mut hub = Hub::new();
    let mut phone = Phone::enrolled(&mut hub);
    let case = phone.report("路面坑洞");
    hub.sync_all(&mut phone);
    let bytes = jpeg("nearer");
    let request = AttachRequest {
        case,
        photo: photo(&bytes),
    };
    let id = phone.app().attach(request).unwrap();
    let request = phone.app().next_request().unwrap().unwrap();
    let mut pushed = Vec::new();
    let answer = hub.answer_with(&request, |change: &PushedChange| {
        pushed.push(change.bytes.to_vec());
        Some(quarantined("entry_taken"))
    });
    phone.app().on_answer(answer).unwrap();

    // The same entry, under the copy's name.
    let mut written = hub.documents[&case].clone();
    written.apply(pushed.iter().map(Vec::as_slice)).unwrap();
    let photos = written.read(case).case.photos;
    let entry = photos
        .into_iter()
        .find(|photo| photo.id == id)
        .unwrap()
        .entry;
    let file = entry.original.sha256;
    let intent = Intent {
        id,
        at: entry.at,
        edits: vec![Edit::Photo(id, entry)],
    };
    let copy = InstallationId::from_bytes([7; 16]);
    let mut theirs = hub.documents[&case].clone();
    let made = theirs.apply_intent(device_actor(&copy, &case, 1), &intent);
    hub.bring(case, vec![made.unwrap().expect("something new").bytes]);
    hub.sync_all(&mut phone);
    let page = phone.show(case);
    assert_eq!(page.set_aside, []);
    assert!(page.photos.iter().any(|photo| photo.id == id));
    assert!(hub.blobs.contains(&file), "the file is at the hub");
    assert_eq!(page.delivery, Delivery::Received);
}

#[test]
fn what_builds_on_a_refused_change_of_somebody_else_is_made_anew_without_it() {
    let mut hub = Hub::new();
    let mut phone = Phone::enrolled(&mut hub);
    let case = phone.report("路面坑洞");
    hub.sync_all(&mut phone);
    // A colleague's comment comes from a hub that is then put back to before it.
    let before = hub.documents[&case].clone();
    let colleague = InstallationId::from_bytes([9; 16]);
    let id = IntentId::new(&colleague, 1, [0; 3]);
    let note = xunge_domain::case::Note {
        text: "同事".into(),
        author: "worker-putian-2".parse().unwrap(),
        at: Timestamp::from_millis(START),
    };
    let intent = Intent {
        id,
        at: Timestamp::from_millis(START),
        edits: vec![Edit::Comment(id, note)],
    };
    let actor = device_actor(&colleague, &case, 0);
    let theirs = hub.documents.get_mut(&case).unwrap();
    let theirs = theirs.apply_intent(actor, &intent).unwrap().unwrap();
    hub.bring(case, vec![theirs.bytes.clone()]);
    hub.sync_all(&mut phone);
    let mine = phone.app().comment(case, "本人").unwrap();
    assert_eq!(phone.comments(case), ["同事", "本人"]);
    hub.documents.insert(case, before);

    hub.refused = vec![RefusedChanges {
        document: case,
        changes: vec![Digest::from_bytes(*theirs.hash.as_bytes())],
    }];
    refuse_first(&mut hub, &mut phone, "builds_on_refused");
    let page = phone.show(case);
    assert_eq!(page.set_aside, [], "nothing is wrong with the content");
    assert_eq!(phone.comments(case), ["本人"]);
    hub.sync_all(&mut phone);
    assert_eq!(hub.comments(case), [(mine, "本人".to_owned())]);
    assert_eq!(phone.show(case).delivery, Delivery::Received);
}
