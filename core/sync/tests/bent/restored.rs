//! Orphans, dependants, and a hub that comes back from an older backup.

use xunge_documents::Edit;
use xunge_domain::case::{Act, CaseState};
use xunge_domain::tables::HandlingClass;
use xunge_sync::wire::Verdict;

use crate::world::{CASE, Hub, comment_entry, reported, unsigned};

fn all_received(verdicts: &[Verdict]) {
    assert!(
        verdicts.iter().all(|verdict| *verdict == Verdict::Received),
        "{verdicts:?}"
    );
}

#[test]
fn an_orphan_of_a_known_case_asks_for_what_is_before_it() {
    let (mut hub, mut worker) = reported();
    let (second, third) = (worker.comment("二"), worker.comment("三"));
    let done = hub.push(&worker, &[unsigned(&third)]);
    assert_eq!(done.verdicts, [Verdict::NeedFrom(2)]);
    assert_eq!((done.appended, done.quarantined), (vec![], vec![]));
    all_received(
        &hub.push(&worker, &[unsigned(&second), unsigned(&third)])
            .verdicts,
    );
}

/// A restored hub does not know the case. Nobody is a party of what is not there, but the change is an honest one:
/// keeping it aside would refuse it for ever.
#[test]
fn an_orphan_of_an_unknown_case_asks_for_all_of_it() {
    let (_, mut worker) = reported();
    let comment = worker.comment("二");
    let mut restored = Hub::new(2);
    let done = restored.push(&worker, &[unsigned(&comment)]);
    assert_eq!(done.verdicts, [Verdict::NeedFrom(1)]);
    assert_eq!(done.quarantined, []);
}

#[test]
fn a_hub_restored_to_nothing_takes_everything_back_and_writes_under_a_new_actor() {
    let (mut hub, mut worker) = reported();
    hub.act("clerk", Act::Accept);
    hub.pull(&mut worker);
    let log = hub.stored.log.clone();
    let mut restored = Hub::new(2);
    let done = restored.push(&worker, &log);
    all_received(&done.verdicts);
    assert_eq!(done.appended.len(), log.len(), "nothing is ruled anew");
    assert_eq!(
        restored.stored.document.heads(),
        hub.stored.document.heads()
    );
    assert_eq!(restored.state(), CaseState::Accepted);
    let signed: Vec<bool> = log
        .iter()
        .map(|change| change.signature.is_some())
        .collect();
    let kept: Vec<bool> = done
        .appended
        .iter()
        .map(|appended| appended.installation.is_none())
        .collect();
    assert_eq!(signed, kept, "the hub's own stay the hub's own");
    restored.act(
        "leader",
        Act::File {
            condition: "1".into(),
            handling_class: HandlingClass::General,
        },
    );
    assert_eq!(restored.state(), CaseState::Filed);
    hub.pull(&mut worker);
    restored.pull(&mut worker);
    assert_eq!(worker.document.heads(), restored.stored.document.heads());
    let case = worker.document.read(CASE).case;
    let sequences: Vec<u32> = case
        .rulings
        .iter()
        .map(|ruling| ruling.entry.sequence)
        .collect();
    assert_eq!(sequences, [1, 2, 3]);
}

#[test]
fn an_action_whose_ruling_was_lost_is_ruled_anew() {
    let (hub, worker) = reported();
    let report = hub.stored.log[0].clone();
    let mut restored = Hub::new(2);
    let done = restored.push(&worker, &[report]);
    assert_eq!(
        done.content.case().unwrap().standing.state,
        CaseState::Reported
    );
    assert_eq!(done.appended.len(), 2);
}

/// The change it builds on is known and will never be merged: asking for it would be asking for ever.
#[test]
fn a_dependant_of_a_change_kept_aside_earlier_is_blocked_when_it_comes_alone() {
    let (mut hub, mut worker) = reported();
    let id = worker.next_id();
    let bad = worker.write(vec![Edit::Comment(id, comment_entry("neighbour", "冒名"))]);
    let after = worker.comment("之后");
    hub.push(&worker, &[unsigned(&bad)]);
    let done = hub.push(&worker, &[unsigned(&after)]);
    assert_eq!(done.verdicts, [Verdict::Blocked]);
}
