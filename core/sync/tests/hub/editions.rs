//! Editions: a former history finds no way back, a hub that was put back takes the edition from any device, and nobody else
//! can begin one.

use xunge_documents::TextOrder;
use xunge_documents::actor::device_actor;
use xunge_domain::case::{ERASED_TEXT, TextErasureCause, TextPlace};
use xunge_sync::hub::{ErasedTexts, erase_text};
use xunge_sync::wire::{PushedChange, Verdict};

use crate::support::{CASE, Device, Hub, NOW, code_of, other_worker, plain, worker};

fn erased(hub: &Hub, place: TextPlace) -> ErasedTexts {
    let order = TextOrder {
        places: vec![place],
        at: NOW,
        by: "admin".into(),
        cause: TextErasureCause::Asked,
    };
    erase_text(CASE, &hub.document, &order, &hub.key, &hub.city).unwrap()
}

fn signed(next: &ErasedTexts) -> Vec<PushedChange> {
    let changes = next.appended.iter();
    changes
        .map(|appended| PushedChange {
            bytes: appended.change.bytes.clone().into(),
            signature: appended.signature.map(Into::into),
        })
        .collect()
}

/// A hub with a case and a comment in it, and the device that has both.
fn spoken() -> (Hub, Device, TextPlace) {
    let (mut hub, mut device) = Hub::with_report();
    let change = device.comment("住户电话");
    hub.push(&device.origin, &[&change]);
    let comments = hub.document.read(CASE).case.comments;
    (hub, device, TextPlace::Entry(comments[0].id))
}

#[test]
fn what_builds_on_the_former_history_or_on_nothing_is_not_merged() {
    let (mut hub, mut device, place) = spoken();
    let former: Vec<_> = device.document.changes();
    let late = device.comment("来晚的");
    let next = erased(&hub, place);
    hub.document = next.document.clone();
    hub.replaced = former.iter().map(|change| change.hash).collect();
    let heads = hub.document.heads();
    for change in &former {
        let ingested = hub.push(&device.origin, &[change]);
        assert_eq!(
            ingested.verdicts,
            [Verdict::Received],
            "it was received before"
        );
        assert!(ingested.appended.is_empty());
    }
    assert_eq!(
        hub.push(&device.origin, &[&late]).verdicts,
        [Verdict::Blocked]
    );
    // A hub that knows the former names no more still takes no second beginning.
    hub.replaced.clear();
    let opening = former.iter().find(|change| change.sequence == 1).unwrap();
    assert_eq!(
        hub.push(&device.origin, &[opening]).verdicts,
        [Verdict::Blocked]
    );
    // Whoever sees the case no more is told, and the change is kept as it is.
    hub.placement.clear();
    hub.replaced = former.iter().map(|change| change.hash).collect();
    let ingested = hub.push(&device.origin, &[&late]);
    assert_eq!(code_of(&ingested.verdicts[0]), "replaced");
    assert_eq!(ingested.quarantined.len(), 1);
    assert_eq!(hub.document.heads(), heads);
}

#[test]
fn a_hub_that_was_put_back_takes_the_edition_from_any_device() {
    let (mut hub, _, place) = spoken();
    let next = erased(&hub, place);
    let colleague = Device::pulled(worker(), 2, &hub);
    let ingested = hub.push_raw(&colleague.origin, &signed(&next));
    assert!(ingested.replaces);
    assert!(
        ingested
            .verdicts
            .iter()
            .all(|verdict| *verdict == Verdict::Received)
    );
    assert_eq!(ingested.appended.len(), next.appended.len());
    assert_eq!(hub.document.heads(), next.document.heads());
    let case = hub.document.read(CASE).case;
    assert_eq!(case.comments[0].entry.text, ERASED_TEXT);
    let again = hub.push_raw(&colleague.origin, &signed(&next));
    assert!(!again.replaces && again.appended.is_empty());
}

#[test]
fn nobody_but_the_hub_begins_an_edition() {
    let (mut hub, device, place) = spoken();
    let heads = hub.document.heads();
    let mut next = signed(&erased(&hub, place));
    next.truncate(1);
    let unsigned = [plain(&next[0].bytes)];
    let ingested = hub.push_raw(&device.origin, &unsigned);
    assert_eq!(code_of(&ingested.verdicts[0]), "forged_actor");
    hub.quarantined.clear();
    // Under the device's own actor, and under its own signature.
    let order = TextOrder {
        places: vec![place],
        at: NOW,
        by: "admin".into(),
        cause: TextErasureCause::Asked,
    };
    let actor = device_actor(&device.origin.installation, &CASE, 5);
    let own = hub.document.next_edition(actor, &order).unwrap().changes;
    let ingested = hub.push(&device.origin, &[&own[0]]);
    assert_eq!(code_of(&ingested.verdicts[0]), "server_path");
    hub.quarantined.clear();
    let stranger = Device::new(other_worker(), 6);
    let forged = PushedChange {
        bytes: own[0].bytes.clone().into(),
        signature: Some([7; 64].into()),
    };
    let ingested = hub.push_raw(&stranger.origin, &[forged]);
    assert_eq!(code_of(&ingested.verdicts[0]), "wrong_signature");
    assert!(!ingested.replaces);
    assert_eq!(hub.document.heads(), heads);
}
