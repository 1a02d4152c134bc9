//! What workers say of their own duty: an offer declined goes to the next at once and never comes back, a leave keeps offers away.

use serde_json::{Value, json};
use xunge_domain::case::{Act, PhotoPurpose};
use xunge_domain::duty::{DUTY_WORDS_CHARACTERS_MAX, DeclineCause, DutyNote, DutyWord};
use xunge_domain::ids::{DocumentId, DutyNoteId};
use xunge_domain::person::Person;
use xunge_domain::tables::TableKind;
use xunge_domain::task::TaskKind;
use xunge_domain::time::Timestamp;
use xunge_server::services::duty::{
    LEAVE_SAID, LEAVE_TAKEN_BACK, LEAVES_PER_PERSON_MAX, TASK_DECLINED,
};
use xunge_server::services::people;
use xunge_server::services::revocation::revoke;
use xunge_server::services::tasks::{reoffer_overdue, set_rules};
use xunge_sync::device::{Effect, Errand};
use xunge_sync::wire::{DUTY_NOTES_MAX, DutyOutcome, DutyRequest, pack};

use crate::carried::run;
use crate::device::Device;
use crate::hub::{Browser, import_table, monday};
use crate::town::{Town, person};

const HOUR: i64 = 3_600_000;

/// A town whose workers of 圃田乡 are on duty, a case that one of them reported, and a clerk.
pub(crate) struct Desk {
    pub(crate) town: Town,
    pub(crate) clerk: Browser,
    reporter: Device,
    pub(crate) case: DocumentId,
}

impl Desk {
    pub(crate) fn new() -> Self {
        let town = Town::new();
        let state = &town.hub.state;
        let colleague = town
            .city
            .people
            .iter()
            .find(|one| one.id == person("worker-putian-2"))
            .unwrap();
        let spare = Person {
            id: person("worker-spare"),
            name: "网格员备".into(),
            ..colleague.clone()
        };
        people::put_person(state, "test", &spare).unwrap();
        let mut roster = "person,kind,from,until,duty_grids,to\n".to_owned();
        for worker in ["worker-putian", "worker-putian-2", "worker-spare"] {
            roster += &format!("{worker},shift,2025-06-30 08:00,2025-06-30 20:00,,\n");
        }
        import_roster(&town, "first", &roster);
        set_rules(state, "test", br#"{"share_per_myriad":0}"#).unwrap();
        let clerk = town.browser("clerk");
        let mut reporter = town.device("worker-putian", 1);
        let case = reporter.report();
        reporter.sync();
        Self {
            town,
            clerk,
            reporter,
            case,
        }
    }

    pub(crate) fn send(&self, case: &DocumentId) -> (u16, Value) {
        let path = format!("/api/cases/{case}/tasks");
        let sent = self.clerk.send("POST", &path, Some(&json!({})));
        (sent.status, sent.json())
    }

    pub(crate) fn tasks(&self, case: &DocumentId) -> Vec<Value> {
        let told = self.clerk.get(&format!("/api/cases/{case}/tasks")).json();
        told.as_array().unwrap().clone()
    }

    /// Somebody is sent; the device of whoever it is, with the offer delivered, and what it would say to decline it.
    fn sent(&self, number: u8) -> (Device, DutyWord) {
        let (status, sent) = self.send(&self.case);
        assert_eq!(status, 200, "{sent}");
        self.offered(sent["task"]["person"].as_str().unwrap(), number)
    }

    pub(crate) fn offered(&self, who: &str, number: u8) -> (Device, DutyWord) {
        let mut device = self.town.device(who, number);
        device.sync();
        let task = self.tasks(&self.case).pop().unwrap();
        assert!(task["delivered_at"].is_string(), "{task}");
        let offered_at = task["offered_at"].as_str().unwrap();
        let decline = DutyWord::Decline {
            case: self.case,
            kind: TaskKind::Verify,
            offered_at: Timestamp::from_rfc3339(offered_at).unwrap(),
            cause: DeclineCause::TooFar,
            words: "在城东开会".into(),
        };
        (device, decline)
    }
}

fn import_roster(town: &Town, edition: &str, text: &str) {
    import_table(&town.hub, TableKind::Roster, text, (edition, "2025-06-01"));
}

fn note(device: &Device, name: u8, says: DutyWord) -> DutyNote {
    DutyNote {
        id: DutyNoteId::from_bytes([name; 16]),
        author: device.person.id.clone(),
        made_at: monday(),
        says,
    }
}

/// What became of each: `taken`, or the code of the refusal.
fn told(device: &mut Device, notes: &[DutyNote]) -> Vec<String> {
    let body = pack(&DutyRequest {
        notes: notes.to_vec(),
    });
    let (status, effects) = run(device, Errand::Duty, &body);
    let [Effect::Duty(frame)] = &effects[..] else {
        panic!("{status} {effects:?}");
    };
    let named = notes.iter().take(DUTY_NOTES_MAX).map(|note| note.id);
    assert!(frame.answers.iter().map(|answer| answer.note).eq(named));
    let words = frame.answers.iter().map(|answer| match &answer.outcome {
        DutyOutcome::Taken => "taken".to_owned(),
        DutyOutcome::Refused(words) => {
            assert!(!words.zh.is_ascii() && !words.en.is_empty());
            words.code.clone()
        }
    });
    words.collect()
}

fn said(device: &mut Device, name: u8, says: DutyWord) -> String {
    let note = note(device, name, says);
    told(device, &[note]).remove(0)
}

fn leave(from: i64, until: i64) -> DutyWord {
    DutyWord::Leave {
        from: monday().plus_millis(from * HOUR),
        until: monday().plus_millis(until * HOUR),
        words: "复诊".into(),
    }
}

#[test]
fn every_turn_of_a_verification_has_the_limit_of_the_citys_table() {
    let desk = Desk::new();
    let limits = "stage,area_class,handling_class,number,unit\nverify,,,20,minute\n";
    let edition = ("first", "2025-06-01");
    import_table(&desk.town.hub, TableKind::StageLimits, limits, edition);
    let (mut first, decline) = desk.sent(2);
    assert_eq!(said(&mut first, 1, decline), "taken");
    let next = desk.tasks(&desk.case).pop().unwrap();
    assert_ne!(next["person"], first.person.id.to_string());
    desk.offered(next["person"].as_str().unwrap(), 3);
    let shown = desk.clerk.get(&format!("/api/cases/{}", desk.case)).json();
    let clocks = shown["clocks"].as_array().unwrap().iter();
    let turns: Vec<&Value> = clocks.filter(|clock| clock["kind"] == "verify").collect();
    assert_eq!(turns.len(), 2, "{shown}");
    for turn in turns {
        assert_eq!(turn["allowed_minutes"], 20, "{turn}");
    }
}

#[test]
fn a_declined_offer_goes_to_the_next_at_once_and_never_comes_back() {
    let desk = Desk::new();
    let (mut first, decline) = desk.sent(2);
    let first_id = first.person.id.to_string();
    // Nothing passes between the word and the next offer: no turn of any thread is waited for.
    assert_eq!(said(&mut first, 1, decline.clone()), "taken");
    let tasks = desk.tasks(&desk.case);
    assert_eq!(tasks.len(), 2, "{tasks:?}");
    assert_eq!(
        (&tasks[0]["end"], &tasks[0]["declined"]["reason"]["cause"]),
        (&json!("declined"), &json!("too_far"))
    );
    assert_eq!(tasks[0]["declined"]["reason"]["words"], "在城东开会");
    let second_id = tasks[1]["person"].as_str().unwrap().to_owned();
    assert!(second_id != first_id && second_id != "worker-putian");
    // What came back by a broken link is said once.
    assert_eq!(said(&mut first, 1, decline.clone()), "taken");
    assert_eq!(said(&mut first, 9, decline), "taken");
    assert_eq!(desk.tasks(&desk.case).len(), 2);
    let lines = desk.town.hub.audit(TASK_DECLINED);
    assert_eq!(lines.len(), 1);
    assert!(lines[0].detail.contains("too_far") && !lines[0].detail.contains("城东"));
    assert_eq!(lines[0].who, first_id);

    // Whoever sends people reads why, beside the offer that is open now.
    let open = desk.clerk.get("/api/tasks").json();
    let before = &open["tasks"][0]["declined_before"][0];
    assert_eq!(
        (
            &before["person"],
            &before["reason"]["cause"],
            &before["reason"]["words"]
        ),
        (&json!(first_id), &json!("too_far"), &json!("在城东开会"))
    );
    for page in ["/tasks".to_owned(), format!("/cases/{}", desk.case)] {
        let text = desk.clerk.get(&page).text;
        for words in ["拒派", "距离太远", "在城东开会"] {
            assert!(text.contains(words), "{words} of {page}");
        }
    }

    // The second declines as well. Nobody is left: it is nobody's, says so, and the phone has it no more.
    let (mut second, decline) = desk.offered(&second_id, 3);
    assert_eq!(said(&mut second, 2, decline.clone()), "taken");
    let tasks = desk.tasks(&desk.case);
    assert_eq!(
        (tasks.len(), &tasks[1]["end"], &tasks[1]["stuck"]),
        (2, &Value::Null, &json!("everybody_asked"))
    );
    let told = desk.town.hub.state.store.reading(|read| {
        let open = read.open_tasks_of(&person(&second_id))?;
        Ok::<_, xunge_server::store::StoreError>(open.iter().all(|task| task.declined.is_some()))
    });
    assert!(told.unwrap());
    assert_eq!(reoffer_overdue(&desk.town.hub.state).unwrap(), 0);
    assert_eq!(desk.send(&desk.case).1["error"]["code"], "everybody_asked");
    // Somebody comes on duty.
    let late = Person {
        id: person("worker-late"),
        ..second.person.clone()
    };
    people::put_person(&desk.town.hub.state, "test", &late).unwrap();
    import_roster(
        &desk.town,
        "second",
        "person,kind,from,until,duty_grids,to\nworker-late,shift,2025-06-30 08:00,2025-06-30 20:00,,\n",
    );
    assert_eq!(reoffer_overdue(&desk.town.hub.state).unwrap(), 1);
    let tasks = desk.tasks(&desk.case);
    assert_eq!(
        (&tasks[1]["end"], &tasks[2]["person"]),
        (&json!("declined"), &json!("worker-late"))
    );
    desk.town.is_healthy();
}

#[test]
fn what_a_clerk_gave_by_name_comes_back_to_the_clerk() {
    let desk = Desk::new();
    let act = json!({ "action": "send_verify", "to": "worker-spare" });
    let path = format!("/api/cases/{}/actions", desk.case);
    let ruled = desk.clerk.send("POST", &path, Some(&act)).json();
    assert_eq!(ruled["outcome"], "accepted", "{ruled}");
    let (mut worker, decline) = desk.offered("worker-spare", 2);
    assert_eq!(said(&mut worker, 1, decline), "taken");
    assert_eq!(reoffer_overdue(&desk.town.hub.state).unwrap(), 0);
    let tasks = desk.tasks(&desk.case);
    assert_eq!((tasks.len(), &tasks[0]["end"]), (1, &Value::Null));
    // The clerk sees it and leaves it to the rules; the colleague is asked.
    assert!(desk.clerk.get("/tasks").text.contains("已拒派"));
    let (status, sent) = desk.send(&desk.case);
    assert_eq!(
        (status, &sent["task"]["person"]),
        (200, &json!("worker-putian-2"))
    );
    assert_eq!(desk.tasks(&desk.case)[0]["end"], "declined");
    // And may ask the first again by name: that is another offer.
    let ruled = desk.clerk.send("POST", &path, Some(&act)).json();
    assert_eq!(ruled["outcome"], "accepted", "{ruled}");
    assert_eq!(desk.tasks(&desk.case)[2]["declined"], Value::Null);
}

#[test]
fn only_the_own_offer_is_declined_and_only_what_fits_is_taken() {
    let mut desk = Desk::new();
    let (mut worker, decline) = desk.sent(2);
    let somebody_elses = DutyNote {
        author: desk.reporter.person.id.clone(),
        ..note(&worker, 1, decline.clone())
    };
    assert_eq!(told(&mut worker, &[somebody_elses]), ["duty_author"]);
    assert_eq!(said(&mut desk.reporter, 1, decline.clone()), "task_unknown");
    let DutyWord::Decline {
        case,
        kind,
        offered_at,
        ..
    } = decline.clone()
    else {
        unreachable!()
    };
    let other = |kind, offered_at, cause, words: &str| DutyWord::Decline {
        case,
        kind,
        offered_at,
        cause,
        words: words.into(),
    };
    let later = offered_at.plus_millis(1);
    let longer = "远".repeat(DUTY_WORDS_CHARACTERS_MAX + 1);
    let unfit = [
        (
            other(TaskKind::Check, offered_at, DeclineCause::Sick, ""),
            "task_unknown",
        ),
        (other(kind, later, DeclineCause::Sick, ""), "task_unknown"),
        (
            other(kind, offered_at, DeclineCause::Other, " "),
            "duty_no_words",
        ),
        (
            other(kind, offered_at, DeclineCause::Other, &longer),
            "duty_words_too_long",
        ),
    ];
    for (says, code) in unfit {
        assert_eq!(said(&mut worker, 1, says), code);
    }
    // What is answered is answered.
    let picture = worker.photo(b"verify", PhotoPurpose::Verify, false);
    let verify = worker.action(Act::Verify {
        result: Some(true),
        note: "属实".into(),
    });
    worker.write(desk.case, vec![picture, verify]);
    worker.sync();
    let tasks = desk.tasks(&desk.case);
    assert_eq!(tasks[0]["end"], "answered", "{tasks:?}");
    assert_eq!(said(&mut worker, 1, decline.clone()), "task_answered");
    assert!(desk.town.hub.audit(TASK_DECLINED).is_empty());
    // A device that is revoked says nothing of anybody's duty.
    revoke(&desk.town.hub.state, "test", &worker.person.id, None, 0).unwrap();
    let body = pack(&DutyRequest {
        notes: vec![note(&worker, 1, decline)],
    });
    let (_, effects) = run(&mut worker, Errand::Duty, &body);
    assert!(
        matches!(&effects[..], [Effect::Refused(refusal)] if refusal.code == "revoked"),
        "{effects:?}"
    );
}

#[test]
fn nobody_is_asked_in_a_leave_and_whoever_has_a_task_keeps_none() {
    let desk = Desk::new();
    let (mut first, _) = desk.sent(2);
    let first_id = first.person.id.to_string();
    // From now on, two hours: the task in hand goes to the colleague with the next look.
    assert_eq!(said(&mut first, 1, leave(0, 2)), "taken");
    assert_eq!(said(&mut first, 1, leave(0, 2)), "taken");
    assert_eq!(desk.town.hub.audit(LEAVE_SAID).len(), 1);
    assert_eq!(reoffer_overdue(&desk.town.hub.state).unwrap(), 1);
    let tasks = desk.tasks(&desk.case);
    assert_eq!(tasks[0]["end"], "off_duty");
    assert_ne!(tasks[1]["person"], json!(first_id));

    // Whoever sends people sees it, a worker the own ones.
    let listed = |browser: &Browser| browser.get("/api/leaves").json();
    let all = listed(&desk.clerk);
    assert_eq!(
        (&all[0]["person"], &all[0]["words"], &all[0]["now"]),
        (&json!(first_id), &json!("复诊"), &json!(true))
    );
    let page = desk.town.browser("dispatcher").get("/tasks").text;
    assert!(page.contains("复诊") && page.contains("正在请假"));
    assert_eq!(listed(&desk.town.browser(&first_id)), all);
    assert_eq!(listed(&desk.town.browser("worker-putian")), json!([]));

    // A second case: the colleague has one already, and is the only one who may be sent.
    let mut reporter = desk.reporter.clone();
    let another = reporter.report();
    reporter.sync();
    let (_, sent) = desk.send(&another);
    let candidates = |sent: &Value| {
        let told = sent["task"]["choice"]["candidates"].as_array().unwrap();
        told.iter()
            .map(|one| one["person"].as_str().unwrap().to_owned())
            .collect::<Vec<_>>()
    };
    assert!(!candidates(&sent).contains(&first_id), "{sent}");
    // Back earlier: asked again. Somebody else's word changes nothing.
    let back = DutyWord::TakeBack {
        leave: DutyNoteId::from_bytes([1; 16]),
    };
    assert_eq!(said(&mut reporter, 5, back.clone()), "leave_unknown");
    assert_eq!(said(&mut first, 6, back.clone()), "taken");
    assert_eq!(said(&mut first, 6, back), "taken");
    assert_eq!(desk.town.hub.audit(LEAVE_TAKEN_BACK).len(), 1);
    assert_eq!(listed(&desk.clerk), json!([]));
    let third = reporter.report();
    reporter.sync();
    let (_, sent) = desk.send(&third);
    assert!(candidates(&sent).contains(&first_id), "{sent}");
    // One that begins later keeps nobody from anything now, and is listed.
    assert_eq!(said(&mut first, 7, leave(5, 6)), "taken");
    let coming = listed(&desk.clerk);
    assert_eq!(
        (coming.as_array().unwrap().len(), &coming[0]["now"]),
        (1, &json!(false))
    );
    let fourth = reporter.report();
    reporter.sync();
    assert!(candidates(&desk.send(&fourth).1).contains(&first_id));
}

#[test]
fn a_device_cannot_fill_the_table() {
    let desk = Desk::new();
    let mut worker = desk.town.device("worker-spare", 2);
    let mut number = 0_u16;
    let mut batch = |worker: &Device, count: usize| {
        let notes = (0..count).map(|_| {
            number += 1;
            let mut id = [0; 16];
            id[..2].copy_from_slice(&number.to_be_bytes());
            DutyNote {
                id: DutyNoteId::from_bytes(id),
                ..note(worker, 0, leave(10, 11))
            }
        });
        notes.collect::<Vec<_>>()
    };
    // Of one request so many are looked at.
    let notes = batch(&worker, DUTY_NOTES_MAX + 1);
    assert_eq!(told(&mut worker, &notes).len(), DUTY_NOTES_MAX);
    let mut taken = DUTY_NOTES_MAX;
    while taken < LEAVES_PER_PERSON_MAX {
        let count = DUTY_NOTES_MAX.min(LEAVES_PER_PERSON_MAX - taken);
        let notes = batch(&worker, count);
        assert!(told(&mut worker, &notes).iter().all(|said| said == "taken"));
        taken += count;
    }
    let notes = batch(&worker, 1);
    assert_eq!(told(&mut worker, &notes), ["leaves_too_many"]);
}
