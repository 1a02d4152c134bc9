//! Every reason of a quarantine, and that nothing of what is kept aside is merged.

use xunge_documents::change_parts::{Column, ColumnSpec, rebuild, split};
use xunge_documents::schema::{Container, fact};
use xunge_documents::testing::ForgedWrite;
use xunge_documents::{Edit, NewChange, TEXT_CHARACTERS_MAX, TITLE_CHARACTERS_MAX};
use xunge_domain::case::{Act, PhotoPurpose, StaffSession};
use xunge_domain::ids::{InstallationId, IntentId};
use xunge_sync::hub::{OriginInstallation, name_of};
use xunge_sync::wire::{PushedChange, Verdict};

use crate::support::{Device, Hub, cbor, code_of, crew, hub_key, other_worker, plain, worker};

/// Pushes one change and proves that it is kept aside for this reason, whole, and leaves the document alone.
#[track_caller]
fn kept_aside(hub: &mut Hub, origin: &OriginInstallation, pushed: &PushedChange, code: &str) {
    let heads = hub.document.heads();
    let ingested = hub.push_raw(origin, std::slice::from_ref(pushed));
    let codes: Vec<String> = ingested.verdicts.iter().map(code_of).collect();
    assert_eq!(codes, [code]);
    assert_eq!(ingested.document.heads(), heads);
    assert!(ingested.appended.is_empty());
    let [kept] = ingested.quarantined.as_slice() else {
        panic!("one change is kept, not {}", ingested.quarantined.len());
    };
    assert_eq!(kept.bytes, pushed.bytes.to_vec());
    assert_eq!(kept.hash, name_of(&pushed.bytes));
    assert!(!kept.reason.zh().is_empty() && !kept.reason.en().is_empty());
}

#[track_caller]
fn forged_is(writes: &[ForgedWrite<'_>], code: &str) {
    let (mut hub, mut device) = Hub::with_report();
    let change = device.forge(writes);
    kept_aside(&mut hub, &device.origin, &plain(&change.bytes), code);
}

/// A write under an id the device may use.
#[track_caller]
fn own_entry_is(container: Container, bytes: &[u8], code: &str) {
    let (mut hub, mut device) = Hub::with_report();
    let key = device.next_id().to_string();
    let change = device.forge(&[ForgedWrite::Bytes(container, &key, bytes)]);
    kept_aside(&mut hub, &device.origin, &plain(&change.bytes), code);
}

/// A hub put back to before it took what it would not take again; whether it has it after all, counts more.
#[test]
fn what_builds_on_a_refused_change_of_somebody_else() {
    let (mut hub, mut device) = Hub::with_report();
    let theirs = device.comment("同事");
    let mine = device.comment("本人");
    let missing = hub.push(&device.origin, &[&mine]);
    assert!(matches!(missing.verdicts[..], [Verdict::NeedFrom(_)]));
    hub.refused_of_others.insert(theirs.hash);
    kept_aside(
        &mut hub,
        &device.origin,
        &plain(&mine.bytes),
        "builds_on_refused",
    );
    let (mut hub, mut device) = Hub::with_report();
    let theirs = device.comment("同事");
    hub.push(&device.origin, &[&theirs]);
    hub.refused_of_others.insert(theirs.hash);
    let mine = device.comment("本人");
    let merged = hub.push(&device.origin, &[&mine]);
    assert_eq!(merged.verdicts, [Verdict::Received]);
}

#[test]
fn bytes_that_are_no_change() {
    let (mut hub, device) = Hub::with_report();
    kept_aside(&mut hub, &device.origin, &plain(b"<html>"), "change_magic");
}

#[test]
fn a_damaged_change() {
    let (mut hub, mut device) = Hub::with_report();
    let mut bytes = device.comment("一").bytes;
    let last = bytes.last_mut().unwrap();
    *last ^= 1;
    let ingested = hub.push_raw(&device.origin, &[plain(&bytes)]);
    assert!(matches!(ingested.verdicts[0], Verdict::Quarantined { .. }));
    assert!(ingested.appended.is_empty());
}

#[test]
fn an_actor_of_another_installation() {
    let (mut hub, device) = Hub::with_report();
    let mut stranger = Device::pulled(worker(), 7, &hub);
    let change = stranger.comment("冒用");
    kept_aside(
        &mut hub,
        &device.origin,
        &plain(&change.bytes),
        "forged_actor",
    );
}

#[test]
fn the_hubs_own_actor_without_its_signature() {
    let (mut hub, mut device) = Hub::with_report();
    let (id, note) = (device.next_id(), device.note("冒用"));
    let intent = device.intent(vec![Edit::Comment(id, note)]);
    let change = device.document.apply_intent(hub.key.actor(), &intent);
    let change = change.unwrap().expect("a change");
    kept_aside(
        &mut hub,
        &device.origin,
        &plain(&change.bytes),
        "forged_actor",
    );
}

#[test]
fn an_author_who_is_not_the_devices_person() {
    let (mut hub, mut device) = Hub::with_report();
    let mut note = device.note("冒名");
    note.author = other_worker().id;
    let id = device.next_id();
    let change = device.make(vec![Edit::Comment(id, note)]);
    kept_aside(
        &mut hub,
        &device.origin,
        &plain(&change.bytes),
        "forged_author",
    );
}

#[test]
fn a_ruling_from_a_device() {
    let (hub, _) = Hub::with_report();
    let case = hub.document.read(crate::support::CASE).case;
    let mut ruling = case.rulings[0].entry.clone();
    ruling.sequence = 9;
    let ruling = cbor(&ruling);
    let key = case.rulings[0].id.to_string();
    forged_is(
        &[ForgedWrite::Bytes(Container::Rulings, &key, &ruling)],
        "server_path",
    );
    forged_is(
        &[ForgedWrite::Delete(Container::Rulings, &key)],
        "server_path",
    );
}

#[test]
fn places_that_genesis_did_not_make() {
    forged_is(&[ForgedWrite::AtRoot("extra", "x")], "unknown_place");
    forged_is(&[ForgedWrite::AtRoot("rulings", "x")], "unknown_place");
    forged_is(
        &[ForgedWrite::Text(Container::Facts, "state", "closed")],
        "unknown_place",
    );
    forged_is(
        &[ForgedWrite::Bytes(Container::Comments, "short", b"x")],
        "unknown_place",
    );
}

#[test]
fn a_map_inside_a_container() {
    let (mut hub, mut device) = Hub::with_report();
    let change = device.forge(&[ForgedWrite::Null(Container::Facts, fact::TITLE)]);
    let map = with_columns(&change, &[(ColumnSpec::ACTION, &literal(&[0]))]);
    kept_aside(&mut hub, &device.origin, &plain(&map), "unknown_place");
}

#[test]
fn an_entry_under_anothers_id() {
    let (mut hub, mut device) = Hub::with_report();
    let theirs = IntentId::new(&InstallationId::from_bytes([9; 16]), 1, [0; 3]);
    let note = device.note("占用");
    let change = device.make(vec![Edit::Comment(theirs, note)]);
    kept_aside(
        &mut hub,
        &device.origin,
        &plain(&change.bytes),
        "anothers_entry",
    );
}

#[test]
fn an_entry_written_over() {
    let (mut hub, mut device) = Hub::with_report();
    let id = device.next_id();
    let (first, second) = (cbor(&device.note("一")), cbor(&device.note("二")));
    let key = id.to_string();
    let honest = device.forge(&[ForgedWrite::Bytes(Container::Comments, &key, &first)]);
    let over = device.forge(&[ForgedWrite::Bytes(Container::Comments, &key, &second)]);
    assert_eq!(
        hub.push(&device.origin, &[&honest]).verdicts,
        [Verdict::Received]
    );
    kept_aside(&mut hub, &device.origin, &plain(&over.bytes), "entry_taken");
}

/// Two branches of one device: the second does not name the first as its predecessor.
#[test]
fn an_entry_written_beside_one_that_is_there() {
    let (mut hub, mut device) = Hub::with_report();
    let key = device.next_id().to_string();
    let (first, second) = (cbor(&device.note("一")), cbor(&device.note("二")));
    let mut branch = device.clone();
    branch.generation = 1;
    let honest = device.forge(&[ForgedWrite::Bytes(Container::Comments, &key, &first)]);
    let beside = branch.forge(&[ForgedWrite::Bytes(Container::Comments, &key, &second)]);
    assert_eq!(
        hub.push(&device.origin, &[&honest]).verdicts,
        [Verdict::Received]
    );
    kept_aside(
        &mut hub,
        &device.origin,
        &plain(&beside.bytes),
        "entry_taken",
    );
}

#[test]
fn an_entry_written_twice_in_one_change() {
    let (mut hub, mut device) = Hub::with_report();
    let (one, two) = (device.next_id().to_string(), device.next_id().to_string());
    let note = cbor(&device.note("一"));
    let change = device.forge(&[
        ForgedWrite::Bytes(Container::Comments, &one, &note),
        ForgedWrite::Bytes(Container::Comments, &two, &note),
    ]);
    // A run of two equal keys instead of two keys.
    let keys = [&[2, one.len() as u8], one.as_bytes()].concat();
    let twice = with_columns(&change, &[(ColumnSpec::KEY_TEXT, &keys)]);
    kept_aside(&mut hub, &device.origin, &plain(&twice), "entry_taken");
}

#[test]
fn removals() {
    let (hub, _) = Hub::with_report();
    let case = hub.document.read(crate::support::CASE).case;
    let photo = case.photos[0].id.to_string();
    let action = case.actions[0].id.to_string();
    for write in [
        ForgedWrite::Delete(Container::Photos, &photo),
        ForgedWrite::Delete(Container::Actions, &action),
        ForgedWrite::Delete(Container::Facts, fact::CLASS),
    ] {
        forged_is(&[write], "removal");
    }
}

#[test]
fn facts_of_the_wrong_form() {
    let title = "长".repeat(TITLE_CHARACTERS_MAX + 1);
    let address = "长".repeat(TEXT_CHARACTERS_MAX + 1);
    let code = "9".repeat(65);
    for write in [
        ForgedWrite::Text(Container::Facts, fact::TITLE, &title),
        ForgedWrite::Text(Container::Facts, fact::ADDRESS, &address),
        ForgedWrite::Text(Container::Facts, fact::CLASS, &code),
        ForgedWrite::Text(Container::Facts, fact::SEVERITY, "grave"),
        ForgedWrite::Text(Container::Facts, fact::COMPONENT, "manhole 7"),
        ForgedWrite::Text(
            Container::Facts,
            fact::POSSIBLE_DUPLICATE_OF,
            "the one next to it",
        ),
        ForgedWrite::Text(Container::Facts, fact::POSITION, "here"),
        ForgedWrite::Bytes(Container::Facts, fact::POSITION, b"\xff"),
        ForgedWrite::Bytes(Container::Facts, fact::UNIT_GRID, b"\xff"),
        ForgedWrite::Bytes(Container::Facts, fact::TITLE, b"x"),
        ForgedWrite::Null(Container::Facts, fact::TITLE),
        ForgedWrite::Counter(Container::Facts, fact::TITLE),
        ForgedWrite::DescriptionNull,
    ] {
        forged_is(&[write], "wrong_form");
    }
}

#[test]
fn facts_at_their_limit_are_taken() {
    let (mut hub, mut device) = Hub::with_report();
    let change = device.make(vec![
        Edit::Title("长".repeat(TITLE_CHARACTERS_MAX)),
        Edit::Address("长".repeat(TEXT_CHARACTERS_MAX)),
    ]);
    assert_eq!(
        hub.push(&device.origin, &[&change]).verdicts,
        [Verdict::Received]
    );
}

#[test]
fn entries_of_the_wrong_form() {
    let device = Device::new(worker(), 1);
    let long = "长".repeat(TEXT_CHARACTERS_MAX + 1);
    own_entry_is(Container::Comments, b"\xff", "wrong_form");
    own_entry_is(Container::Actions, b"", "wrong_form");
    own_entry_is(
        Container::Comments,
        &cbor(&device.note(&long)),
        "wrong_form",
    );
    own_entry_is(Container::Hazards, &cbor(&device.note(&long)), "wrong_form");
    let trailing = [cbor(&device.note("一")), vec![0]].concat();
    own_entry_is(Container::Comments, &trailing, "wrong_form");
    let mut photo = device.photo(PhotoPurpose::Found);
    photo.caption.clone_from(&long);
    own_entry_is(Container::Photos, &cbor(&photo), "wrong_form");
    let reject = device.action(Act::Reject {
        reason: long,
        duplicate_of: None,
    });
    own_entry_is(Container::Actions, &cbor(&reject), "wrong_form");
    // A note where an action belongs.
    own_entry_is(Container::Actions, &cbor(&device.note("一")), "wrong_form");
}

#[test]
fn an_action_that_claims_a_browser_session() {
    let device = Device::new(worker(), 1);
    let mut action = device.action(Act::Report);
    action.session = Some(StaffSession { id: "s1".into() });
    own_entry_is(Container::Actions, &cbor(&action), "wrong_form");
}

#[test]
fn somebody_who_is_no_party() {
    let (mut hub, _) = Hub::with_report();
    let mut stranger = Device::pulled(other_worker(), 4, &hub);
    let change = stranger.comment("路过");
    kept_aside(
        &mut hub,
        &stranger.origin,
        &plain(&change.bytes),
        "not_party",
    );
    let mut body = Device::pulled(crew("crew-first", "road-dept"), 5, &hub);
    let change = body.comment("路过");
    kept_aside(&mut hub, &body.origin, &plain(&change.bytes), "not_party");
}

/// The rest of a colleague's beat belongs to a case from its first change on: nobody opens it a second time.
#[test]
fn a_second_opening_of_a_case() {
    let (mut hub, _) = Hub::with_report();
    let mut stranger = Device::new(other_worker(), 4);
    let (_, change) = stranger.report();
    kept_aside(
        &mut hub,
        &stranger.origin,
        &plain(&change.bytes),
        "not_party",
    );
}

#[test]
fn a_sequence_number_used_twice() {
    let (mut hub, mut device) = Hub::with_report();
    let mut copy = device.clone();
    let (first, second) = (device.comment("甲"), copy.comment("乙"));
    assert_eq!(
        hub.push(&device.origin, &[&first]).verdicts,
        [Verdict::Received]
    );
    // The copy used the same intent id too; another id shows that the number alone is reason enough.
    copy.document = Hub::with_report().0.document;
    let third = copy.comment("丙");
    assert_ne!(second.hash, third.hash);
    kept_aside(
        &mut hub,
        &device.origin,
        &plain(&third.bytes),
        "sequence_taken",
    );
}

#[test]
fn a_revoked_device() {
    let (mut hub, mut device) = Hub::with_report();
    let change = device.comment("停用之后");
    device.origin.revoked = true;
    kept_aside(&mut hub, &device.origin, &plain(&change.bytes), "revoked");
}

#[test]
fn a_signature_that_is_not_the_hubs() {
    let (mut hub, mut device) = Hub::with_report();
    let change = device.comment("冒签");
    // A device cannot slip past authority by adding a signature, not even a true one over another actor.
    let mut pushed = plain(&change.bytes);
    pushed.signature = Some([1; 64].into());
    kept_aside(&mut hub, &device.origin, &pushed, "wrong_signature");

    let (mut hub, device) = Hub::with_report();
    let mut pushed = plain(&change.bytes);
    pushed.signature = Some(
        hub_key(1)
            .sign_change(&crate::support::CASE, &change.hash)
            .into(),
    );
    kept_aside(&mut hub, &device.origin, &pushed, "wrong_signature");
}

fn literal(bytes: &[u8]) -> Vec<u8> {
    // A run of one literal: minus one, then the value.
    [&[0x7f], bytes].concat()
}

/// The change with some of its columns replaced.
fn with_columns(change: &NewChange, columns: &[(ColumnSpec, &[u8])]) -> Vec<u8> {
    let mut parts = split(&change.bytes).unwrap();
    for column in &mut parts.columns {
        if let Some((spec, data)) = columns.iter().find(|(spec, _)| *spec == column.spec) {
            *column = Column { spec: *spec, data };
        }
    }
    rebuild(&parts)
}

/// A party that could move the place would pass every distance; whoever reported may mend it until it is accepted.
#[test]
fn class_and_place_moved_by_another_party() {
    let (mut hub, mut device) = Hub::with_report();
    let same_beat = xunge_domain::person::Person {
        duty_grids: worker().duty_grids,
        ..other_worker()
    };
    let mut neighbour = Device::pulled(same_beat, 8, &hub);
    let moved = neighbour.make(vec![Edit::Class("29999".into())]);
    kept_aside(
        &mut hub,
        &neighbour.origin,
        &plain(&moved.bytes),
        "ruled_on",
    );
    let mended = device.make(vec![Edit::Class("29999".into())]);
    let ingested = hub.push(&device.origin, &[&mended]);
    assert_eq!(ingested.verdicts, [Verdict::Received]);
}
