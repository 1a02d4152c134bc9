//! A push is merged in one go where that is possible. Nobody may be able to tell.

use xunge_documents::Edit;
use xunge_documents::change_parts::ChangeHash;
use xunge_sync::wire::{PushedChange, Verdict};

use crate::world::{Hub, Phone, comment_entry, raw, reported, unsigned};

/// Six changes of a worker after the report, as a day writes them.
fn day(worker: &mut Phone) -> Vec<PushedChange> {
    let note = Edit::Hazard(worker.next_id(), comment_entry("worker", "坑深"));
    let changes = [
        worker.comment("一"),
        worker.write(vec![Edit::Description("路面塌陷，积水未退".into())]),
        worker.write(vec![note]),
        worker.write(vec![Edit::Description("路面塌陷，已围挡".into())]),
        worker.write(vec![Edit::Address("中原路口".into())]),
        worker.comment("二"),
    ];
    changes.iter().map(unsigned).collect()
}

fn fate(
    hub: &mut Hub,
    worker: &Phone,
    pushes: &[&[PushedChange]],
) -> (Vec<Verdict>, Vec<ChangeHash>) {
    let verdicts = pushes
        .iter()
        .flat_map(|push| hub.push(worker, push).verdicts)
        .collect();
    (verdicts, hub.stored.document.heads())
}

/// Pushes the changes at once and one by one, and asks for one fate.
fn fares_the_same(changes: &[PushedChange]) -> Vec<Verdict> {
    let (mut together, worker) = reported();
    let (mut singly, _) = reported();
    let one_by_one: Vec<&[PushedChange]> = changes.chunks(1).collect();
    let at_once = fate(&mut together, &worker, &[changes]);
    assert_eq!(at_once, fate(&mut singly, &worker, &one_by_one));
    at_once.0
}

#[test]
fn an_honest_day_is_received_whole() {
    let (_, mut worker) = reported();
    let verdicts = fares_the_same(&day(&mut worker));
    assert_eq!(verdicts, vec![Verdict::Received; 6]);
}

#[test]
fn a_change_left_out_is_asked_for() {
    for missing in 0..5 {
        let (_, mut worker) = reported();
        let mut changes = day(&mut worker);
        changes.remove(missing);
        let verdicts = fares_the_same(&changes);
        assert!(matches!(verdicts.last(), Some(Verdict::NeedFrom(_))));
    }
}

#[test]
fn a_bent_byte_keeps_its_change_aside_and_holds_up_what_follows() {
    for bent in 0..6 {
        let (_, mut worker) = reported();
        let mut changes = day(&mut worker);
        let mut bytes = changes[bent].bytes.to_vec();
        let last = bytes.len() - 1;
        bytes[last] ^= 1;
        changes[bent] = raw(&bytes);
        let verdicts = fares_the_same(&changes);
        assert!(matches!(verdicts[bent], Verdict::Quarantined { .. }));
        assert!(!verdicts[bent + 1..].contains(&Verdict::Received));
    }
}

#[test]
fn a_comment_in_anothers_name_is_kept_aside_and_blocks_what_follows() {
    let (_, mut worker) = reported();
    let mut changes = vec![unsigned(&worker.comment("一"))];
    let forged = Edit::Comment(worker.next_id(), comment_entry("neighbour", "不是我"));
    changes.push(unsigned(&worker.write(vec![forged])));
    changes.push(unsigned(&worker.comment("二")));
    let verdicts = fares_the_same(&changes);
    assert_eq!(verdicts[0], Verdict::Received);
    assert!(matches!(verdicts[1], Verdict::Quarantined { .. }));
    assert_eq!(verdicts[2], Verdict::Blocked);
}

#[test]
fn what_a_push_brings_twice_is_received_twice_and_kept_once() {
    let (_, mut worker) = reported();
    let mut changes = day(&mut worker);
    changes.extend(changes.clone());
    assert_eq!(fares_the_same(&changes), vec![Verdict::Received; 12]);
}
