//! Which time counts: work that was done without signal is in time when the hub's beacon proves it, and only then.

use serde_json::Value;
use xunge_domain::case::clock::{ClockKind, Delivery};
use xunge_domain::case::{Act, PhotoPurpose};
use xunge_domain::ids::{DocumentId, InstallationId};
use xunge_domain::time::Timestamp;
use xunge_evidence::record::Beacon;
use xunge_server::services::clocks::escalate_all;

use crate::cases::dispatched;
use crate::duty::Desk;
use crate::risks::sealing::{Sealer, Taken, jpeg, scene};
use crate::town::Town;

const HOUR: i64 = 3_600_000;

fn disposal(town: &Town, case: &DocumentId) -> Value {
    let shown = town.browser("clerk").get(&format!("/api/cases/{case}"));
    let shown = shown.json();
    let clocks = shown["clocks"].as_array().unwrap().iter();
    let mut found = clocks.filter(|clock| clock["kind"] == "disposal");
    found.next_back().unwrap().clone()
}

fn instant(value: &Value) -> Timestamp {
    Timestamp::from_rfc3339(value.as_str().unwrap()).unwrap()
}

/// What the hub says of its clock to a device.
fn beacon(town: &Town, installation: &InstallationId, at: Timestamp) -> Beacon {
    let nonce = [7; 16];
    let signature = town.hub.state.hub_key.beacon(installation, &nonce, at);
    Beacon {
        at,
        nonce: nonce.into(),
        signature: signature.into(),
    }
}

/// A case that a crew has claimed, and when it is due.
fn claimed(town: &Town) -> (DocumentId, Sealer, Timestamp) {
    let mut worker = town.device("worker-putian", 1);
    let case = dispatched(town, &mut worker);
    let mut crew = Sealer::new(town, "road-dept", 2);
    crew.device.sync();
    let claim = crew.device.action(Act::Claim);
    crew.send(case, vec![claim]);
    let due = instant(&disposal(town, &case)["due"]);
    (case, crew, due)
}

/// The crew is done an hour before the deadline by its own clock, and has signal two hours after it.
fn fed_back(town: &Town, case: DocumentId, crew: &mut Sealer, due: Timestamp) -> Value {
    let done = due.plus_millis(-HOUR);
    let taken = Taken {
        purpose: PhotoPurpose::After,
        seconds: done.millis_since(crate::hub::monday()) / 1_000,
        uptime: 900_000,
        metres: 0,
        mock: false,
    };
    let act = Act::Feedback {
        point: Some(crew.point(0)),
        note: "已修补".into(),
    };
    let photo = crew.photo(case, &jpeg(&scene(5)), &taken);
    let feedback = crew.action(case, act, &taken);
    town.hub.clock.set(due.plus_millis(2 * HOUR));
    crew.send(case, vec![photo, feedback]);
    let last = crew.device.rulings(&case).pop().unwrap();
    assert!(last.outcome.is_accepted(), "{last:?}");
    disposal(town, &case)
}

#[test]
fn feedback_that_comes_after_the_deadline_is_in_time_when_the_beacon_proves_it() {
    let town = Town::new();
    let (case, mut crew, due) = claimed(&town);
    // Heard ten minutes before the work was done.
    let installation = crew.device.session.installation;
    let ago = 600_000;
    let heard = beacon(&town, &installation, due.plus_millis(-HOUR - ago));
    crew.heard = Some((heard, ago.unsigned_abs()));
    // The hub cannot know, and tells that the limit ran out.
    town.hub.clock.set(due.plus_millis(HOUR));
    escalate_all(&town.hub.state).unwrap();
    let clock = fed_back(&town, case, &mut crew, due);
    assert_eq!(clock["state"], "stopped");
    assert_eq!(instant(&clock["since"]), due.plus_millis(-HOUR));
    assert_ne!(clock["light"], "red", "{clock}");
    // The device reads the same out of the ruling.
    let ruling = crew.device.rulings(&case).pop().unwrap();
    assert_eq!(ruling.done_at, Some(due.plus_millis(-HOUR)));
    escalate_all(&town.hub.state).unwrap();
    let shown = town
        .browser("clerk")
        .get(&format!("/api/cases/{case}"))
        .json();
    let told = shown["escalations"].as_array().unwrap().iter();
    let told = told.filter(|told| told["kind"] == "disposal");
    let percents: Vec<_> = told.map(|told| told["percent"].as_i64().unwrap()).collect();
    assert_eq!(
        percents,
        [80, 100],
        "what was told stays told, and nothing twice"
    );
    town.is_healthy();
}

#[test]
fn what_no_beacon_of_this_device_proves_counts_when_it_comes() {
    for foreign in [None, Some(true), Some(false)] {
        let town = Town::new();
        let (case, mut crew, due) = claimed(&town);
        let at = due.plus_millis(-HOUR - 600_000);
        crew.heard = foreign.map(|foreign| {
            let own = crew.device.session.installation;
            let other = InstallationId::from_bytes([9; 16]);
            let mut beacon = beacon(&town, if foreign { &other } else { &own }, at);
            if !foreign {
                // The hub's own, of another moment.
                beacon.at = beacon.at.plus_millis(-1);
            }
            (beacon, 600_000)
        });
        let clock = fed_back(&town, case, &mut crew, due);
        assert_eq!(clock["light"], "red", "{foreign:?} {clock}");
        assert_eq!(instant(&clock["since"]), due.plus_millis(2 * HOUR));
        let ruling = crew.device.rulings(&case).pop().unwrap();
        assert_eq!(ruling.done_at, None);
    }
}

#[test]
fn the_clock_of_a_verification_is_that_of_its_task() {
    const MINUTE: i64 = 60_000;
    let desk = Desk::new();
    let (_, sent) = desk.send(&desk.case);
    let person = sent["task"]["person"].as_str().unwrap();
    let pass = |minutes| desk.town.hub.clock.advance_millis(minutes * MINUTE);
    let clocks = || {
        let shown = desk.clerk.get(&format!("/api/cases/{}", desk.case)).json();
        let clocks = shown["clocks"].as_array().unwrap().iter();
        clocks
            .map(|clock| (clock["kind"].as_str().unwrap().to_owned(), clock.clone()))
            .collect::<std::collections::BTreeMap<_, _>>()
    };
    // Nobody fetched it: the desk has it.
    pass(10);
    let waiting = clocks();
    assert_eq!(waiting.len(), 1, "{waiting:?}");
    assert_eq!(waiting["acceptance"]["state"], "running");
    let (mut worker, _) = desk.offered(person, 2);
    let task = desk.tasks(&desk.case).pop().unwrap();
    let fetched = clocks();
    assert_eq!(
        (&fetched["verify"]["started"], &fetched["verify"]["due"]),
        (&task["delivered_at"], &task["due_at"])
    );
    assert_eq!(fetched["acceptance"]["state"], "stopped");
    assert_eq!(fetched["acceptance"]["used_minutes"], 10);
    // What is kept for lists and levels is the same, although no document changed.
    let store = &desk.town.hub.state.store;
    let rows = store.reading(|read| read.clocks(&desk.case)).unwrap();
    let mut rows = rows
        .iter()
        .filter(|row| row.clock.kind == ClockKind::Verify);
    assert_eq!(
        rows.next().unwrap().deadline,
        Some(instant(&task["due_at"]))
    );

    // The ruling of the answer says it to every device.
    pass(10);
    let picture = worker.photo(b"verify", PhotoPurpose::Verify, false);
    let verify = worker.action(Act::Verify {
        result: Some(true),
        note: "属实".into(),
    });
    worker.write(desk.case, vec![picture, verify]);
    worker.sync();
    let ruling = worker.rulings(&desk.case).pop().unwrap();
    let delivered = Delivery::At(instant(&task["delivered_at"]));
    assert_eq!(ruling.delivery, Some(delivered));
    let answered = clocks();
    assert_eq!(answered["verify"]["state"], "finished");
    assert_eq!(answered["verify"]["used_minutes"], 10);
    assert_eq!(answered["acceptance"]["state"], "running");
    desk.town.is_healthy();
}
