//! What is kept aside, and that nothing of it is merged.

use xunge_documents::{Edit, TEXT_CHARACTERS_MAX};
use xunge_domain::case::{Act, PhotoPurpose};
use xunge_domain::ids::{IntentId, OrganisationId};
use xunge_domain::tables::HandlingClass;
use xunge_sync::hub::name_of;
use xunge_sync::wire::{PushedChange, Verdict};

use crate::tampered::{BYTES, COUNTER, DELETE, MAKE_MAP, TEXT, Tampered};
use crate::world::{
    CASE, Hub, Phone, action_entry, comment_entry, photo_entry, raw, reported, seal, unsigned,
};

/// Operations of genesis that made the comments and the actions, and the first that made nothing.
const COMMENTS: u64 = 5;
const ACTIONS: u64 = 6;
const NOTHING: u64 = 8;

fn code(verdict: &Verdict) -> &str {
    match verdict {
        Verdict::Quarantined { code, .. } => code,
        other => panic!("{other:?} is no quarantine"),
    }
}

/// Pushes something to be kept aside, then something that builds on it, then the same again.
fn kept_aside(hub: &mut Hub, phone: &Phone, bad: PushedChange, expected: &str) {
    let (heads, read) = (hub.stored.document.heads(), hub.stored.document.read(CASE));
    let done = hub.push(phone, std::slice::from_ref(&bad));
    assert_eq!(code(&done.verdicts[0]), expected);
    assert_eq!(done.appended, []);
    assert_eq!(done.quarantined.len(), 1);
    assert_eq!(done.quarantined[0].bytes, bad.bytes.to_vec());
    assert_eq!(done.quarantined[0].hash, name_of(&bad.bytes));
    assert_eq!(hub.stored.document.heads(), heads, "{expected} was merged");
    assert_eq!(hub.stored.document.read(CASE), read);
    let again = hub.push(phone, &[bad]);
    assert_eq!(again.verdicts, done.verdicts);
    assert_eq!(again.appended, []);
    assert_eq!(hub.stored.document.heads(), heads);
}

fn expect(expected: &str, forge: impl FnOnce(&mut Phone) -> Vec<u8>) {
    let (mut hub, mut worker) = reported();
    let bad = forge(&mut worker);
    kept_aside(&mut hub, &worker, raw(&bad), expected);
}

/// An honest comment, bent.
fn bent(expected: &str, bend: impl FnOnce(Tampered, IntentId) -> Tampered) {
    expect(expected, |phone| {
        let comment = phone.comment("说明");
        let id = phone.document.read(CASE).case.comments[0].id;
        bend(Tampered::of(&comment), id).bytes()
    });
}

#[test]
fn an_unbent_comment_taken_apart_and_put_together_is_received() {
    let (mut hub, mut worker) = reported();
    let comment = worker.comment("说明");
    let same = Tampered::of(&comment).bytes();
    assert_eq!(same, comment.bytes);
    let rewritten = Tampered::of(&comment).object(COMMENTS).bytes();
    assert_eq!(
        rewritten, comment.bytes,
        "the columns are written as they are"
    );
    assert_eq!(
        hub.push(&worker, &[raw(&same)]).verdicts,
        [Verdict::Received]
    );
}

#[test]
fn a_generation_beyond_the_last() {
    expect("forged_actor", |phone| {
        phone.generation = xunge_documents::actor::GENERATIONS_MAX;
        phone.comment("太多次").bytes
    });
}

#[test]
fn places_that_do_not_exist() {
    bent("unknown_place", |change, _| change.object(NOTHING));
    bent("unknown_place", |change, _| change.key("no-intent-id"));
    bent("unknown_place", |change, _| change.bare_action(MAKE_MAP));
    bent("unknown_place", |change, _| change.object(1).key("evil"));
}

#[test]
fn an_entry_written_over_or_twice() {
    let (mut hub, mut worker) = reported();
    let mut twin = worker.clone();
    let first = worker.comment("一");
    hub.push(&worker, &[unsigned(&first)]);
    // The same id on a replica that does not know the first, under the next generation.
    twin.generation = 1;
    let second = twin.comment("二");
    kept_aside(&mut hub, &twin, unsigned(&second), "entry_taken");
    // Openly: the new value names the old one as its predecessor.
    let id = worker.document.read(CASE).case.comments[0].id;
    let last = worker.comment("三");
    let own_first = u64::try_from(worker.document.changes().len()).unwrap();
    assert!(own_first > 0);
    let over = Tampered::of(&last).key(&id.to_string()).overwrites(7 + 7);
    kept_aside(&mut hub, &worker, raw(&over.bytes()), "entry_taken");
}

#[test]
fn something_removed() {
    let (mut hub, mut worker) = reported();
    let first = worker.comment("一");
    hub.push(&worker, &[unsigned(&first)]);
    let id = worker.document.read(CASE).case.comments[0].id;
    let next = worker.comment("二");
    let removal = Tampered::of(&next)
        .key(&id.to_string())
        .bare_action(DELETE)
        .overwrites(7 + 7);
    kept_aside(&mut hub, &worker, raw(&removal.bytes()), "removal");
}

#[test]
fn values_of_another_form() {
    bent("wrong_form", |change, _| change.value(BYTES, b"garbage"));
    bent("wrong_form", |change, _| {
        change.value(TEXT, "文".as_bytes())
    });
    bent("wrong_form", |change, _| change.value(COUNTER, &[1]));
    bent("wrong_form", |change, _| {
        change.object(1).key("severity").value(TEXT, b"terrible")
    });
    bent("wrong_form", |change, _| {
        let mut note = Vec::new();
        minicbor::encode(comment_entry("worker", "后有余字节"), &mut note).unwrap();
        note.push(0);
        change.value(BYTES, &note)
    });
}

/// Each limit: what fits is received, one more is kept aside.
fn at_the_limit(characters: usize, bend: impl Fn(Tampered, String) -> Tampered) {
    for (characters, fits) in [(characters, true), (characters + 1, false)] {
        let (mut hub, mut worker) = reported();
        let change = bend(
            Tampered::of(&worker.comment("说明")),
            "长".repeat(characters),
        );
        let done = hub.push(&worker, &[raw(&change.bytes())]);
        if fits {
            assert_eq!(done.verdicts, [Verdict::Received]);
        } else {
            assert_eq!(code(&done.verdicts[0]), "wrong_form");
        }
    }
}

#[test]
fn texts_over_their_limit() {
    at_the_limit(TEXT_CHARACTERS_MAX, |change, text| {
        let mut note = Vec::new();
        minicbor::encode(comment_entry("worker", &text), &mut note).unwrap();
        change.value(BYTES, &note)
    });
    at_the_limit(TEXT_CHARACTERS_MAX, |change, text| {
        change.object(1).key("address").value(TEXT, text.as_bytes())
    });
}

#[test]
fn codes_parties_and_seals_over_their_limits() {
    at_the_limit(64, |change, code| {
        let code = code.replace('长', "1");
        let act = Act::File {
            condition: code,
            handling_class: HandlingClass::General,
        };
        let mut bytes = Vec::new();
        minicbor::encode(action_entry("worker", act), &mut bytes).unwrap();
        change.object(ACTIONS).value(BYTES, &bytes)
    });
    at_the_limit(64, |change, code| {
        let code = code.replace('长', "1");
        change.object(1).key("class").value(TEXT, code.as_bytes())
    });
    at_the_limit(64, |change, bodies| {
        let party: OrganisationId = "road-dept".parse().unwrap();
        let act = Act::Dispatch {
            lead: party.clone(),
            assist: vec![],
            notify: vec![party; bodies.chars().count()],
        };
        let mut bytes = Vec::new();
        minicbor::encode(action_entry("worker", act), &mut bytes).unwrap();
        change.object(ACTIONS).value(BYTES, &bytes)
    });
    // Within the limits it is looked at, and nobody signed it.
    for (lengths, expected) in [
        ((4 * 1024, 64, 8), "broken_seal"),
        ((4 * 1024 + 1, 64, 8), "wrong_form"),
        ((1, 65, 8), "wrong_form"),
        ((1, 63, 8), "wrong_form"),
        ((1, 64, 9), "wrong_form"),
    ] {
        let (mut hub, mut worker) = reported();
        let mut photo = photo_entry("worker", PhotoPurpose::Found);
        photo.seal = Some(seal(lengths.0, lengths.1, lengths.2));
        let id = worker.next_id();
        let change = worker.write(vec![Edit::Photo(id, photo)]);
        let verdict = &hub.push(&worker, &[unsigned(&change)]).verdicts[0];
        assert_eq!(code(verdict), expected, "{lengths:?}");
    }
}

#[test]
fn bytes_that_are_no_change() {
    for bad in [b"".to_vec(), b"<html>".to_vec(), vec![0x85; 100]] {
        let (mut hub, worker) = reported();
        let verdict = hub.push(&worker, &[raw(&bad)]).verdicts.remove(0);
        let named = code(&verdict).to_owned();
        kept_aside(&mut hub, &worker, raw(&bad), &named);
    }
    let (mut hub, mut worker) = reported();
    let honest = worker.comment("说明").bytes;
    for cut in 0..honest.len() {
        let verdict = hub.push(&worker, &[raw(&honest[..cut])]).verdicts.remove(0);
        assert!(!code(&verdict).is_empty());
    }
    let mut flipped = honest.clone();
    let last = flipped.len() - 1;
    flipped[last] ^= 1;
    let verdict = hub.push(&worker, &[raw(&flipped)]).verdicts.remove(0);
    assert!(matches!(verdict, Verdict::Quarantined { .. }));
    let received = hub.push(&worker, &[raw(&honest)]).verdicts;
    assert_eq!(received, [Verdict::Received], "none of it stood in the way");
}

#[test]
fn a_hubs_change_with_a_signature_that_is_not_the_hubs() {
    let (mut hub, worker) = reported();
    let ruling = hub.stored.log[1].clone();
    let mut emptied = Hub::new(2);
    let report = hub.stored.log[0].clone();
    for signature in [[0; 64], [9; 64]] {
        let forged = PushedChange {
            signature: Some(signature.into()),
            ..ruling.clone()
        };
        let verdicts = emptied.push(&worker, &[report.clone(), forged]).verdicts;
        assert_eq!(verdicts[0], Verdict::Received);
        assert_eq!(code(&verdicts[1]), "wrong_signature");
        emptied = Hub::new(2);
    }
    // A device's own change under a true signature of the hub's over something else.
    let mut worker = worker;
    let comment = worker.comment("借签名");
    let borrowed = PushedChange {
        bytes: comment.bytes.clone().into(),
        signature: ruling.signature,
    };
    kept_aside(&mut hub, &worker, borrowed, "wrong_signature");
}

#[test]
fn a_bent_sequence_number_asks_for_what_is_between() {
    let (mut hub, mut worker) = reported();
    let comment = worker.comment("说明");
    let ahead = Tampered::of(&comment).sequence(9).bytes();
    let done = hub.push(&worker, &[raw(&ahead)]);
    assert_eq!(done.verdicts, [Verdict::NeedFrom(2)]);
    assert_eq!((done.appended, done.quarantined), (vec![], vec![]));
}
