//! People are given other beats, cases move to other places: what a device may see comes, what it may not goes.

use xunge_documents::Edit;
use xunge_domain::case::{GridAnswer, Position};
use xunge_domain::ids::DocumentId;
use xunge_domain::person::Person;
use xunge_server::services::people;
use xunge_sync::device::DeviceMachine;
use xunge_sync::wire::Verdict;

use crate::device::{Device, frames, perform};
use crate::town::{Town, person};

const MINUTE: i64 = 60_000;

/// The beats of one person become those of another.
fn move_to_the_beats_of(town: &Town, id: &str, of: &str) -> Person {
    let beats = |id| town.city.people.iter().find(|body| body.id == person(id));
    let moved = Person {
        duty_grids: beats(of).unwrap().duty_grids.clone(),
        ..beats(id).unwrap().clone()
    };
    people::put_person(&town.hub.state, "test", &moved).unwrap();
    town.hub.clock.advance_millis(MINUTE);
    moved
}

fn verdict(device: &Device) -> &Verdict {
    &device.verdicts.last().unwrap().2
}

#[test]
fn who_is_moved_gets_the_new_beat_and_lets_the_old_one_go() {
    let town = Town::new();
    let mut one = town.device("worker-putian", 1);
    let mut two = town.device("worker-putian-2", 2);
    let mut far = town.device("worker-erqi", 3);
    let (shared, own, there) = (one.report(), two.report(), far.report());
    for device in [&mut one, &mut two, &mut far] {
        device.sync();
    }
    two.sync();
    assert!(two.documents.contains_key(&shared));
    let moved = move_to_the_beats_of(&town, "worker-putian-2", "worker-erqi");
    two.sync();
    assert_eq!(
        (two.evicted.as_slice(), &two.person),
        (&[shared][..], &moved)
    );
    assert_eq!(
        two.enrolled.grids.len(),
        far.enrolled.grids.len(),
        "the unit grids of the new beats"
    );
    let held: Vec<&DocumentId> = two.documents.keys().collect();
    assert!(held.contains(&&own), "what she reported stays hers to see");
    assert!(held.contains(&&there) && held.len() == 2);
    // The old scopes are forgotten, and nothing is said twice.
    two.sync();
    assert_eq!(
        (two.evicted.len(), two.cursors.len()),
        (1, one.cursors.len())
    );
    assert!(one.documents.contains_key(&shared), "others keep it");
    // And back: the old beat comes whole, the new one goes.
    move_to_the_beats_of(&town, "worker-putian-2", "worker-putian");
    two.sync();
    assert_eq!(
        two.documents[&shared].heads(),
        one.documents[&shared].heads()
    );
    assert_eq!(two.evicted, [shared, there]);
    town.is_healthy();
}

#[test]
fn an_answer_cut_anywhere_lets_everything_go_in_the_end() {
    let town = Town::new();
    let mut one = town.device("worker-putian", 1);
    let ids: Vec<DocumentId> = (0..3).map(|_| one.report()).collect();
    one.sync();
    let mut two = town.device("worker-putian-2", 2);
    two.sync();
    move_to_the_beats_of(&town, "worker-putian-2", "worker-erqi");
    let mut cut = 0;
    for frame in 0..4 {
        let mut machine = DeviceMachine::default();
        let request = two.sync_request(&mut machine);
        let (status, body) = perform(&two.base, &request);
        let ends = frames(&body);
        let Some((_, end)) = ends.get(frame) else {
            break;
        };
        two.take(&mut machine, status, body[..*end].to_vec());
        cut += 1;
    }
    assert!(cut > 2, "there was something to cut");
    two.sync();
    assert!(two.documents.is_empty());
    assert!(ids.iter().all(|id| two.evicted.contains(id)));
    let left = |scope| !one.cursors.contains_key(scope);
    assert!(two.cursors.keys().all(left), "the old scopes are forgotten");
}

#[test]
fn work_from_before_the_move_counts_and_later_work_is_kept_for_a_human() {
    let town = Town::new();
    let mut one = town.device("worker-putian", 1);
    let mut two = town.device("worker-putian-2", 2);
    let id = one.report();
    one.sync();
    two.sync();
    // Written without signal, before anybody could tell her.
    two.comment(id, "井盖松动");
    two.comment(id, "已拍照");
    move_to_the_beats_of(&town, "worker-putian-2", "worker-erqi");
    one.comment(id, "收到");
    one.sync();
    let mut knows_more = two.clone();
    two.sync();
    assert_eq!(*verdict(&two), Verdict::Received);
    assert_eq!(town.changes(), 5, "report, ruling, three comments");
    one.sync();
    assert_eq!(one.documents[&id].read(id).case.comments.len(), 3);
    // Somebody showed her what came after: that is no case of hers to add to.
    knows_more.session = two.session.clone();
    knows_more.pending.clear();
    knows_more.documents.insert(id, one.documents[&id].clone());
    knows_more.comment(id, "我也补充一句");
    knows_more.sync();
    assert!(
        matches!(verdict(&knows_more), Verdict::Quarantined { code, .. } if code == "moved_on"),
        "{:?}",
        knows_more.verdicts
    );
    assert_eq!(town.changes(), 5);
    town.is_healthy();
}

#[test]
fn a_case_that_moves_to_another_beat_leaves_the_first_and_comes_back_whole() {
    let town = Town::new();
    let mut one = town.device("worker-putian", 1);
    let mut two = town.device("worker-putian-2", 2);
    let mut far = town.device("worker-erqi", 3);
    let id = one.report();
    for device in [&mut one, &mut two, &mut far] {
        device.sync();
    }
    let place = |device: &Device| {
        let grid = device.enrolled.grids[0].clone();
        vec![
            Edit::Position(Position {
                point: grid.corners[0],
                fixes: Vec::new(),
            }),
            Edit::UnitGrid(GridAnswer::Known(grid.code)),
        ]
    };
    let (here, there) = (place(&one), place(&far));
    one.write(id, there);
    for device in [&mut one, &mut two, &mut far] {
        device.sync();
    }
    assert_eq!(two.evicted, [id]);
    assert!(two.documents.is_empty() && one.evicted.is_empty());
    assert_eq!(far.documents[&id].heads(), one.documents[&id].heads());
    // A new phone of the first beat never hears of it.
    let mut fresh = town.device("worker-putian-2", 4);
    fresh.sync();
    assert!(fresh.pulled.is_empty());
    one.write(id, here);
    for device in [&mut one, &mut two, &mut far, &mut fresh] {
        device.sync();
    }
    assert_eq!(two.documents[&id].heads(), one.documents[&id].heads());
    assert_eq!(fresh.documents[&id].heads(), one.documents[&id].heads());
    assert_eq!(
        (far.evicted.as_slice(), far.documents.len()),
        (&[id][..], 0)
    );
    town.is_healthy();
}

#[test]
fn a_scope_that_never_was_a_persons_tells_nothing() {
    let town = Town::new();
    let mut one = town.device("worker-putian", 1);
    let id = one.report();
    one.sync();
    let mut far = town.device("worker-erqi", 3);
    far.cursors
        .extend(one.cursors.keys().map(|scope| (scope.clone(), 0)));
    far.sync();
    assert!(far.evicted.is_empty() && !far.documents.contains_key(&id));
    assert!(
        far.cursors
            .keys()
            .all(|scope| !one.cursors.contains_key(scope))
    );
}
