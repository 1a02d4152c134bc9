//! An edit of the description is written once, as the mark of its intent tells.

use xunge_documents::schema::Container;
use xunge_documents::testing::ForgedWrite;
use xunge_documents::{Edit, Intent};
use xunge_sync::hub::OriginInstallation;
use xunge_sync::wire::Verdict;

use crate::support::{CASE, Device, Hub, code_of, other_worker};

/// The reporter's device and the code the hub gives for a change of these writes.
fn code_for(writes: &[ForgedWrite<'_>]) -> String {
    let (mut hub, mut device) = Hub::with_report();
    let change = device.forge(writes);
    code_of(&hub.push(&device.origin, &[&change]).verdicts[0])
}

fn grown(device: &mut Device, by: &str) -> Intent {
    let from = device.document.read(CASE).case.facts.description;
    let to = format!("{from}{by}");
    device.intent(vec![Edit::Redescription { from, to }])
}

/// Two copies of one store, one of them under an installation of its own, make the same edit again, each before it has
/// seen the other's, and each on a case of its own age.
#[test]
fn copies_of_a_store_make_an_edit_again_and_it_stands_once() {
    let (mut hub, mut device) = Hub::with_report();
    let intent = grown(&mut device, "，约半米");
    let mut copy = device.clone();
    copy.origin = OriginInstallation {
        installation: Device::new(other_worker(), 9).origin.installation,
        predecessors: vec![device.origin.installation],
        ..device.origin.clone()
    };
    copy.comment("又深了");
    let mut changes = Vec::new();
    for device in [&mut device, &mut copy] {
        device.generation = 1;
        let actor = device.actor();
        let made = device.document.apply_intent(actor, &intent).unwrap();
        changes.push(made.expect("something new"));
    }
    let commented = copy.document.changes();
    let comment = commented
        .iter()
        .find(|change| !changes.contains(change) && !hub.document.contains(&change.hash));
    let first = hub.push(&device.origin, &[&changes[0]]);
    assert_eq!(first.verdicts, [Verdict::Received]);
    let second = hub.push(&copy.origin, &[comment.unwrap(), &changes[1]]);
    assert_eq!(second.verdicts[0], Verdict::Received);
    assert_eq!(code_of(&second.verdicts[1]), "entry_taken");
    let described = &second
        .content
        .case()
        .unwrap()
        .reading
        .case
        .facts
        .description;
    assert_eq!(described, "路面塌陷，约半米");
    // The copy sees it once it has pulled, and has nothing to make any more.
    copy.document = hub.document.clone();
    copy.generation = 2;
    let actor = copy.actor();
    assert_eq!(copy.document.apply_intent(actor, &intent), Ok(None));
}

#[test]
fn a_mark_is_its_owners_and_nothing_but_a_mark() {
    let mut device = Device::new(other_worker(), 1);
    let own = device.next_id().to_string();
    let others = Device::new(other_worker(), 7).next_id().to_string();
    for (key, code) in [(&others, "anothers_entry"), (&own, "wrong_form")] {
        let write = ForgedWrite::Text(Container::Facts, key, "x");
        assert_eq!(code_for(&[write]), code);
    }
    assert_eq!(
        code_for(&[ForgedWrite::Null(Container::Facts, &own)]),
        "wrong_form"
    );
}

#[test]
fn a_mark_cannot_be_taken_back_or_written_over() {
    let (mut hub, mut device) = Hub::with_report();
    let intent = grown(&mut device, "。");
    let actor = device.actor();
    let made = device.document.apply_intent(actor, &intent).unwrap();
    hub.push(&device.origin, &[&made.expect("something new")]);
    let key = intent.id.to_string();
    for write in [
        ForgedWrite::Text(Container::Facts, &key, "x"),
        ForgedWrite::Delete(Container::Facts, &key),
    ] {
        let mut forger = device.clone();
        let change = forger.forge(&[write]);
        let ingested = hub.push(&device.origin, &[&change]);
        assert_eq!(code_of(&ingested.verdicts[0]), "entry_taken");
    }
}
