//! Somebody asks for very much at once.

use xunge_documents::actor::device_actor;
use xunge_documents::schema::Container;
use xunge_documents::testing::{ForgedWrite, forge};
use xunge_documents::{Document, EDITS_MAX, Edit};
use xunge_domain::case::Act;
use xunge_sync::wire::{PushedChange, Verdict};

use crate::world::{CASE, Phone, action_entry, comment_entry, reported, unsigned};

/// One hub change with all the rulings could grow too large for the guard of every replica: the case would be lost.
#[test]
fn a_thousand_requests_are_ruled_in_changes_every_replica_takes() {
    let (mut hub, mut worker) = reported();
    let requests = 1_000;
    let changes: Vec<PushedChange> = (0..requests / 50)
        .map(|_| {
            let edits = (0..50)
                .map(|_| Edit::Action(worker.next_id(), action_entry("worker", Act::Claim)))
                .collect();
            unsigned(&worker.write(edits))
        })
        .collect();
    let done = hub.push(&worker, &changes);
    assert!(
        done.verdicts
            .iter()
            .all(|verdict| *verdict == Verdict::Received)
    );
    assert_eq!(
        done.content.case().unwrap().reading.case.rulings.len(),
        1 + requests
    );
    let sequences: Vec<u32> = done
        .content
        .case()
        .unwrap()
        .reading
        .case
        .rulings
        .iter()
        .map(|ruling| ruling.entry.sequence)
        .collect();
    assert!(sequences.is_sorted_by(|first, second| first < second));
    let of_the_hub = done.appended.iter().filter(|kept| kept.signature.is_some());
    assert_eq!(of_the_hub.count(), 4);
    let log = hub.stored.log.iter().map(|change| change.bytes.as_slice());
    let replica = Document::from_changes(log).unwrap();
    assert_eq!(replica.heads(), hub.stored.document.heads());
}

#[test]
fn a_change_with_more_writes_than_an_intent_has_is_kept_aside() {
    for (writes, fits) in [(EDITS_MAX, true), (EDITS_MAX + 1, false)] {
        let (mut hub, mut worker) = reported();
        let note = minicbor::to_vec(comment_entry("worker", "说明")).unwrap();
        let keys: Vec<String> = (0..writes).map(|_| worker.next_id().to_string()).collect();
        let forged: Vec<ForgedWrite<'_>> = keys
            .iter()
            .map(|key| ForgedWrite::Bytes(Container::Comments, key, &note))
            .collect();
        let actor = device_actor(&worker.installation, &CASE, worker.generation);
        let change = forge(&mut worker.document, actor, &forged).unwrap();
        let verdict = hub.push(&worker, &[unsigned(&change)]).verdicts.remove(0);
        assert_eq!(verdict == Verdict::Received, fits, "{writes}: {verdict:?}");
    }
}

#[test]
fn typing_and_deleting_a_long_description_is_one_write() {
    let (mut hub, mut worker) = reported();
    for text in ["路".repeat(2_000), "面".repeat(1_500), String::new()] {
        let change = worker.write(vec![Edit::Description(text)]);
        let verdicts = hub.push(&worker, &[unsigned(&change)]).verdicts;
        assert_eq!(verdicts, [Verdict::Received]);
    }
    let mut reader: Phone = Phone::new("neighbour", 3);
    hub.pull(&mut reader);
    assert_eq!(reader.document.read(CASE).case.facts.description, "");
}
