//! What is merged, ruled and told: reports, dependants, repetitions, gaps, re-application, restored hubs.

use xunge_documents::{Document, Edit};
use xunge_domain::case::{Act, CaseState, PhotoPurpose};
use xunge_domain::ids::{DocumentId, InstallationId};
use xunge_sync::hub::{Known, OpenedPush, ingest};
use xunge_sync::keys::{Signer as _, SoftwareKey};
use xunge_sync::wire::{
    Origin, Push, PushedChange, PushedDocument, Verdict, origin_message, push_digest,
    server_change_message,
};

use crate::support::{CASE, Device, Hub, NOW, code_of, hub_key, plain, worker};

fn scopes(hub: &Hub) -> Vec<String> {
    hub.placement.iter().map(ToString::to_string).collect()
}

#[test]
fn a_report_is_merged_and_ruled_in_one_go() {
    let mut hub = Hub::new();
    let mut device = Device::new(worker(), 1);
    let (request, change) = device.report();
    let ingested = hub.push(&device.origin, &[&change]);
    assert_eq!(ingested.verdicts, [Verdict::Received]);
    let [own, ruling] = ingested.appended.as_slice() else {
        panic!("the report and its ruling");
    };
    assert_eq!(own.change, change);
    assert_eq!(own.installation, Some(device.origin.installation));
    assert_eq!(own.signature, None);
    assert_eq!(ruling.installation, None);
    assert_eq!(ruling.change.actor, hub.key.actor());
    let message = server_change_message(&CASE, &ruling.change.hash);
    let signature = ruling.signature.unwrap();
    assert!(hub.key.key.public_key().verifies(&message, &signature));
    let case = &ingested.content.case().unwrap().reading.case;
    assert!(case.ruling(&request).unwrap().outcome.is_accepted());
    assert_eq!(
        ingested.content.case().unwrap().standing.state,
        CaseState::Reported
    );
    assert_eq!(
        ingested.content.case().unwrap().standing.reporter,
        Some(worker().id)
    );
    assert_eq!(scopes(&hub), ["grid:putian-1", "person:worker-putian"]);
}

/// A declined request stays in the history: merged, ruled, not quarantined.
#[test]
fn a_report_without_a_class_is_merged_and_declined() {
    let mut hub = Hub::new();
    let mut device = Device::new(worker(), 1);
    let (request, change) = device.ask(Act::Report);
    let ingested = hub.push(&device.origin, &[&change]);
    assert_eq!(ingested.verdicts, [Verdict::Received]);
    assert!(ingested.quarantined.is_empty());
    let ruling = ingested
        .content
        .case()
        .unwrap()
        .reading
        .case
        .ruling(&request)
        .unwrap();
    assert!(!ruling.outcome.is_accepted());
    assert_eq!(
        ingested.content.case().unwrap().standing.state,
        CaseState::Draft
    );
}

#[test]
fn what_builds_on_a_quarantined_change_is_blocked_and_another_document_is_not() {
    let (mut hub, mut device) = Hub::with_report();
    let mut note = device.note("冒名");
    note.author = "clerk".parse().unwrap();
    let id = device.next_id();
    let bad = device.make(vec![Edit::Comment(id, note)]);
    let (second, third) = (device.comment("二"), device.comment("三"));
    let ingested = hub.push(&device.origin, &[&bad, &second, &third]);
    let codes: Vec<String> = ingested.verdicts.iter().map(code_of).collect();
    assert_eq!(codes, ["forged_author", "blocked", "blocked"]);
    assert_eq!(ingested.quarantined.len(), 1);
    assert!(ingested.appended.is_empty());

    // Documents are ingested one by one: a case beside it is merged in the same push.
    let other = DocumentId::from_bytes([0xCB; 16]);
    let actor = xunge_documents::actor::device_actor(&device.origin.installation, &other, 0);
    let mut document = Document::new();
    let (id, note) = (device.next_id(), device.note("另案"));
    let intent = device.intent(vec![Edit::Comment(id, note)]);
    let change = document.apply_intent(actor, &intent).unwrap().unwrap();
    let known = Known {
        document: Document::new(),
        placement: Vec::new(),
        quarantined: hub.quarantined.clone(),
        refused_of_others: Default::default(),
        since_moved: None,
        replaced: std::collections::BTreeSet::new(),
    };
    let pushed = [plain(&change.bytes)];
    let ingested = ingest(
        other,
        known,
        &pushed,
        &device.origin,
        &hub.key,
        &hub.city,
        NOW,
    );
    assert_eq!(ingested.verdicts, [Verdict::Received]);
}

#[test]
fn a_change_pushed_again_gets_its_verdict_again_and_is_stored_once() {
    let (mut hub, mut device) = Hub::with_report();
    let good = device.comment("一");
    let mut note = device.note("冒名");
    note.author = "clerk".parse().unwrap();
    let id = device.next_id();
    let bad = device.make(vec![Edit::Comment(id, note)]);
    let after = device.comment("二");
    let first = hub.push(&device.origin, &[&good, &bad, &after]);
    let heads = hub.document.heads();
    let again = hub.push(&device.origin, &[&good, &bad, &after]);
    assert_eq!(again.verdicts, first.verdicts);
    assert!(again.appended.is_empty() && again.quarantined.is_empty());
    assert_eq!(hub.document.heads(), heads);
    // In the same push, too.
    let mut other = Device::pulled(worker(), 1, &hub);
    other.generation = 2;
    let change = other.comment("三");
    let twice = hub.push(&other.origin, &[&change, &change]);
    assert_eq!(twice.verdicts, [Verdict::Received, Verdict::Received]);
    assert_eq!(twice.appended.len(), 1);
}

#[test]
fn orphans_and_gaps_are_asked_for() {
    let (mut hub, mut device) = Hub::with_report();
    let (first, second, third) = (
        device.comment("一"),
        device.comment("二"),
        device.comment("三"),
    );
    // The report was the author's first change.
    let orphan = hub.push(&device.origin, &[&third]);
    assert_eq!(orphan.verdicts, [Verdict::NeedFrom(2)]);
    assert!(orphan.appended.is_empty() && orphan.quarantined.is_empty());
    let gap = hub.push(&device.origin, &[&first, &third]);
    assert_eq!(gap.verdicts, [Verdict::Received, Verdict::NeedFrom(3)]);
    let healed = hub.push(&device.origin, &[&second, &third]);
    assert_eq!(healed.verdicts, [Verdict::Received, Verdict::Received]);
    assert_eq!(
        healed.content.case().unwrap().reading.case.comments.len(),
        3
    );
}

#[test]
fn intents_applied_again_under_the_next_generation_merge_without_duplicates() {
    let (mut hub, device) = Hub::with_report();
    let base = device.document.clone();
    let mut device = device;
    let mut intents = Vec::new();
    for text in ["一", "二", "三"] {
        let (id, note) = (device.next_id(), device.note(text));
        intents.push(device.intent(vec![Edit::Comment(id, note)]));
    }
    let actor = device.actor();
    let under_first: Vec<_> = intents
        .iter()
        .map(|intent| {
            device
                .document
                .apply_intent(actor, intent)
                .unwrap()
                .unwrap()
        })
        .collect();
    // The first arrives; then the store is rebuilt from an older pull and everything is applied anew.
    hub.push(&device.origin, &[&under_first[0]]);
    device.document = base;
    device.generation = 1;
    device
        .document
        .apply([under_first[0].bytes.as_slice()])
        .unwrap();
    let actor = device.actor();
    let anew: Vec<_> = intents
        .iter()
        .filter_map(|intent| device.document.apply_intent(actor, intent).unwrap())
        .collect();
    assert_eq!(anew.len(), 2, "what is there already is not written again");
    let ingested = hub.push(&device.origin, &anew.iter().collect::<Vec<_>>());
    assert_eq!(ingested.verdicts, [Verdict::Received, Verdict::Received]);
    let texts: Vec<&str> = ingested
        .content
        .case()
        .unwrap()
        .reading
        .case
        .comments
        .iter()
        .map(|note| note.entry.text.as_str())
        .collect();
    assert_eq!(texts, ["一", "二", "三"]);
    assert!(
        ingested
            .content
            .case()
            .unwrap()
            .reading
            .anomalies
            .is_empty()
    );
}

/// A superseded store goes on under a new installation and still sends what the old one made.
#[test]
fn a_successor_sends_what_its_predecessor_made() {
    let (mut hub, mut device) = Hub::with_report();
    let unsent = device.comment("旧机");
    let mut successor = Device::new(worker(), 2);
    successor.origin.predecessors = vec![device.origin.installation];
    let ingested = hub.push(&successor.origin, &[&unsent]);
    assert_eq!(ingested.verdicts, [Verdict::Received]);
}

#[test]
fn a_restored_hub_takes_its_own_changes_back() {
    let (hub, mut device) = Hub::with_report();
    let changes = hub.document.changes();
    let report = plain(&changes[0].bytes);
    let ruling = &changes[1];
    let mut signed = plain(&ruling.bytes);
    signed.signature = Some(hub.key.sign_change(&CASE, &ruling.hash).into());
    let mut restored = Hub::new();
    restored.key = hub_key(2);
    let ingested = restored.push_raw(&device.origin, &[report, signed]);
    assert_eq!(ingested.verdicts, [Verdict::Received, Verdict::Received]);
    assert_eq!(
        ingested.document.heads(),
        hub.document.heads(),
        "nothing is ruled a second time"
    );
    assert_eq!(
        ingested.content.case().unwrap().standing.state,
        CaseState::Reported
    );
    let back = ingested.appended.last().unwrap();
    assert_eq!(back.installation, None);
    assert!(back.signature.is_some());
    // The new epoch goes on from there.
    let (id, photo) = (device.next_id(), device.photo(PhotoPurpose::During));
    let more = device.make(vec![Edit::Photo(id, photo)]);
    assert_eq!(
        restored.push(&device.origin, &[&more]).verdicts,
        [Verdict::Received]
    );
}

#[test]
fn a_restored_hub_takes_nothing_back_under_a_wrong_signature() {
    let (hub, device) = Hub::with_report();
    let changes = hub.document.changes();
    let ruling = &changes[1];
    let elsewhere = DocumentId::from_bytes([1; 16]);
    let cases: [[u8; 64]; 2] = [[7; 64], hub.key.sign_change(&elsewhere, &ruling.hash)];
    for signature in cases {
        let mut restored = Hub::new();
        restored.key = hub_key(2);
        let mut signed = plain(&ruling.bytes);
        signed.signature = Some(signature.into());
        let ingested = restored.push_raw(&device.origin, &[plain(&changes[0].bytes), signed]);
        assert_eq!(code_of(&ingested.verdicts[1]), "wrong_signature");
        assert!(!restored.document.contains(&ruling.hash));
    }
}

/// Epochs are drawn: of two hubs restored from one backup, either may have the greater one.
#[test]
fn a_restored_hub_takes_back_what_it_wrote_in_another_life() {
    let (hub, device) = Hub::with_report();
    let changes = hub.document.changes();
    let mut restored = Hub::new();
    restored.key = hub_key(0);
    let mut signed = plain(&changes[1].bytes);
    signed.signature = Some(hub.key.sign_change(&CASE, &changes[1].hash).into());
    let ingested = restored.push_raw(&device.origin, &[plain(&changes[0].bytes), signed]);
    assert_eq!(ingested.verdicts, [Verdict::Received, Verdict::Received]);
}

#[test]
fn a_push_is_verified_with_its_places_its_key_and_its_installation() {
    let key = SoftwareKey::from_bytes(&[7; 32]).unwrap();
    let other = SoftwareKey::from_bytes(&[8; 32]).unwrap();
    let mut device = Device::new(worker(), 1);
    let (one, two) = (device.comment("一"), device.comment("二"));
    let documents = [CASE, DocumentId::from_bytes([2; 16])];
    let digest = push_digest([
        (documents[0], [one.hash, two.hash].as_slice()),
        (documents[1], [].as_slice()),
    ]);
    let installation = device.origin.installation;
    let signature = key.sign(&origin_message(&installation, &digest)).unwrap();
    let push = |split: [&[PushedChange]; 2], installation: InstallationId| Push {
        origin: Origin {
            installation,
            signature: signature.into(),
        },
        documents: documents
            .into_iter()
            .zip(split)
            .map(|(document, changes)| PushedDocument {
                document,
                changes: changes.to_vec(),
            })
            .collect(),
    };
    let changes = [plain(&one.bytes), plain(&two.bytes)];
    let honest = push([&changes, &[]], installation);
    let signed =
        |push: &Push, key: &SoftwareKey| OpenedPush::plain(push).is_signed_by(&key.public_key());
    assert!(signed(&honest, &key));
    assert!(!signed(&honest, &other));
    let moved = push([&changes[..1], &changes[1..]], installation);
    assert!(!signed(&moved, &key));
    let fewer = push([&changes[..1], &[]], installation);
    assert!(!signed(&fewer, &key));
    let stranger = push([&changes, &[]], InstallationId::from_bytes([9; 16]));
    assert!(!signed(&stranger, &key));
}
