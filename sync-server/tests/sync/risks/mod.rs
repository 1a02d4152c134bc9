//! Risks: found after what was sent is taken in, told to those they concern, answered by them, and no gate to anything.

mod draw;
pub(crate) mod sealing;
mod told;

use std::collections::BTreeSet;

use serde_json::{Value, json};
use xunge_domain::case::{Act, Outcome, PhotoPurpose};
use xunge_domain::ids::{Digest, DocumentId};
use xunge_server::services::examination::{RISK_FOUND, examine_all};
use xunge_server::services::risk_limits;

use self::sealing::{Sealer, Taken, jpeg, scene};
use crate::hub::Browser;
use crate::town::Town;

const HOUR: i64 = 3_600;

/// Found at the corner of the grid, hours ago.
const HONEST: Taken = Taken {
    purpose: PhotoPurpose::Found,
    seconds: -4 * HOUR,
    uptime: 100_000,
    metres: 0,
    mock: false,
};

fn look(town: &Town) {
    examine_all(&town.hub.state).unwrap();
}

fn risks(browser: &Browser, case: &DocumentId) -> Vec<Value> {
    let answer = browser.get(&format!("/api/cases/{case}/risks"));
    assert_eq!(answer.status, 200, "{answer:?}");
    answer.json().as_array().unwrap().clone()
}

fn kinds(risks: &[Value]) -> BTreeSet<String> {
    let kinds = risks
        .iter()
        .map(|risk| risk["kind"].as_str().unwrap().to_owned());
    kinds.collect()
}

/// A picture that a person would call another one's, and so does its look: not quite the same, not quite another.
fn alike(picture: &image::RgbImage) -> Vec<u8> {
    let first = xunge_photo::look(&jpeg(picture)).unwrap().unwrap();
    let cut = (1..40).map(|cut| {
        let (width, height) = picture.dimensions();
        jpeg(
            &image::imageops::crop_imm(picture, cut, cut, width - 2 * cut, height - 2 * cut)
                .to_image(),
        )
    });
    let distance = |bytes: &Vec<u8>| xunge_photo::look(bytes).unwrap().unwrap().distance(first);
    let mut alike = cut.filter(|bytes| (5..=10).contains(&distance(bytes)));
    alike.next().unwrap()
}

struct Life {
    case: DocumentId,
    state: String,
    outcomes: Vec<String>,
}

/// A case from its report to its end, with or without everything that is odd.
fn life(town: &Town, number: u8, odd: bool, crew: &mut Sealer, worker: &mut Sealer) -> Life {
    let seed = u32::from(number) * 100;
    let pictures: Vec<Vec<u8>> = (1..=6)
        .map(|picture| jpeg(&scene(seed + picture)))
        .collect();
    let picture = |index: usize| pictures[index].as_slice();
    let found = Taken {
        seconds: -3 * HOUR,
        uptime: 103_600,
        ..HONEST
    };
    let case = if odd {
        // Of another case, mocked, far outside, a minute after a photo of there, by a clock that is an hour ahead.
        let reused = jpeg(&scene(1));
        let wrong = Taken {
            seconds: HOUR,
            uptime: 100_060,
            metres: 20_000,
            mock: true,
            ..HONEST
        };
        let print = alike(&scene(2));
        worker.report(number, &[(&reused, wrong), (&print, wrong)])
    } else {
        worker.report(number, &[(picture(0), found)])
    };
    let class = worker.device.documents[&case]
        .read(case)
        .case
        .facts
        .class
        .unwrap();
    let condition = &town.city.classes.find(&class).unwrap().conditions[0].code;
    let staff = |who: &str, body: Value| {
        let path = format!("/api/cases/{case}/actions");
        let answer = town.browser(who).send("POST", &path, Some(&body));
        assert_eq!(answer.status, 200, "{answer:?}");
    };
    staff("clerk", json!({ "action": "accept" }));
    staff(
        "shift-leader",
        json!({ "action": "file", "condition": condition }),
    );
    staff(
        "dispatcher",
        json!({ "action": "dispatch", "lead": "road-dept", "assist": [], "notify": [] }),
    );

    crew.device.sync();
    let before = Taken {
        purpose: PhotoPurpose::Before,
        seconds: -2 * HOUR,
        uptime: 200_000,
        ..HONEST
    };
    let after = if odd {
        Taken {
            purpose: PhotoPurpose::After,
            seconds: before.seconds + 30,
            uptime: 200_030,
            ..before
        }
    } else {
        Taken {
            purpose: PhotoPurpose::After,
            seconds: -HOUR,
            uptime: 203_600,
            ..before
        }
    };
    let claim = crew.action(case, Act::Claim, &before);
    let first = crew.photo(case, picture(1), &before);
    crew.send(case, vec![claim, first]);
    let second = crew.photo(case, picture(2), &after);
    let feedback = Act::Feedback {
        point: Some(crew.point(0)),
        note: "已修补".into(),
    };
    let feedback = crew.action(case, feedback, &after);
    let mut edits = vec![second, feedback];
    if odd {
        // The crew checks itself.
        edits.push(crew.photo(
            case,
            picture(3),
            &Taken {
                purpose: PhotoPurpose::Check,
                ..after
            },
        ));
    }
    crew.send(case, edits);
    staff(
        "clerk",
        json!({ "action": "send_check", "to": "worker-putian" }),
    );
    worker.device.sync();
    let check = Taken {
        purpose: PhotoPurpose::Check,
        seconds: -600,
        uptime: 113_800,
        ..HONEST
    };
    let photo = worker.photo(case, picture(4), &check);
    let passed = Act::Check {
        passed: true,
        point: Some(worker.point(0)),
        note: "已平整".into(),
    };
    let passed = worker.action(case, passed, &check);
    worker.send(case, vec![photo, passed]);
    staff(
        "shift-leader",
        json!({ "action": "close", "outcome": "normal" }),
    );
    worker.device.sync();
    let told = |ruling: xunge_domain::case::Ruling| match ruling.outcome {
        Outcome::Accepted { to, .. } => format!("accepted {}", to.id()),
        Outcome::Declined { reason } => format!("declined {}", reason.code()),
    };
    let row = town
        .hub
        .state
        .store
        .reading(|read| read.case(&case))
        .unwrap();
    Life {
        case,
        state: row.unwrap().state.id().to_owned(),
        outcomes: worker.device.rulings(&case).into_iter().map(told).collect(),
    }
}

#[test]
fn a_case_with_every_risk_is_received_ruled_and_closed_as_one_without() {
    let town = Town::new();
    let (mut worker, mut crew) = (
        Sealer::new(&town, "worker-putian", 1),
        Sealer::new(&town, "road-dept", 2),
    );
    let [one, two] = [1, 2].map(|seed| jpeg(&scene(seed)));
    // What the odd case is held against, and what nobody would mark.
    worker.report(1, &[(&one, HONEST), (&two, HONEST)]);
    let honest = life(&town, 2, false, &mut crew, &mut worker);
    look(&town);
    assert!(town.hub.audit(RISK_FOUND).is_empty());
    let odd = life(&town, 3, true, &mut crew, &mut worker);
    look(&town);

    assert_eq!(
        (odd.state.as_str(), &odd.outcomes),
        ("closed", &honest.outcomes)
    );
    assert_eq!(honest.state, "closed");
    let leader = town.browser("shift-leader");
    let found = risks(&leader, &odd.case);
    let expected = [
        "mock_location",
        "speed_jump",
        "clock_step",
        "reused_picture",
        "rephotographed_picture",
        "same_spot_and_moment",
        "check_by_beneficiary",
        "outside_grid",
    ];
    assert_eq!(
        kinds(&found),
        expected.map(String::from).into(),
        "{found:#?}"
    );
    for risk in &found {
        assert!(
            !risk["zh"].as_str().unwrap().is_ascii() && risk["en"].as_str().unwrap().is_ascii()
        );
        assert!(
            risk["figures"].is_object() || risk["kind"] == "check_by_beneficiary",
            "{risk}"
        );
    }
    let self_checked = found
        .iter()
        .find(|risk| risk["kind"] == "check_by_beneficiary");
    assert_eq!(self_checked.unwrap()["person"], "road-dept");
    // Each is a line of the log, under its own number.
    let lines = town.hub.audit(RISK_FOUND);
    let numbers: BTreeSet<u64> = lines.iter().map(|line| line.seq).collect();
    let told: BTreeSet<u64> = found
        .iter()
        .map(|risk| risk["id"].as_u64().unwrap())
        .collect();
    assert!(told.is_subset(&numbers));
    assert!(lines.iter().all(|line| line.who == "system"));
    // Looked at again, nothing is found twice.
    worker.device.comment(odd.case, "再看一次");
    worker.device.sync();
    look(&town);
    assert_eq!(town.hub.audit(RISK_FOUND).len(), lines.len());
    assert!(risks(&leader, &honest.case).is_empty());
    town.is_healthy();
}

#[test]
fn odd_bytes_and_late_bytes_fail_nothing() {
    let town = Town::new();
    let mut worker = Sealer::new(&town, "worker-putian", 1);
    let whole = jpeg(&scene(7));
    let nothing = [
        b"no picture".to_vec(),
        whole[..120].to_vec(),
        vec![0; 3_000],
    ];
    for (number, bytes) in (1..).zip(&nothing) {
        let apart = Taken {
            seconds: HONEST.seconds + i64::from(number),
            uptime: HONEST.uptime + u64::from(number),
            ..HONEST
        };
        worker.report(number, &[(bytes, apart)]);
        look(&town);
    }
    for bytes in &nothing {
        let stored = town
            .hub
            .state
            .store
            .reading(|read| read.blob_stored(&Digest::of(bytes)));
        assert!(stored.unwrap());
    }
    assert!(town.hub.audit(RISK_FOUND).is_empty());

    // The words come first, the bytes an hour later.
    let case = worker.report(10, &[(&whole, HONEST)]);
    let again = DocumentId::from_bytes([11; 16]);
    let late = Taken {
        uptime: HONEST.uptime + 9_000,
        seconds: HONEST.seconds + 9_000,
        ..HONEST
    };
    let smaller = jpeg(&image::imageops::resize(
        &scene(7),
        160,
        120,
        image::imageops::FilterType::Triangle,
    ));
    let photo = worker.photo(again, &smaller, &late);
    worker.device.write(again, vec![photo]);
    let upload = worker.device.uploads.pop().unwrap();
    worker.device.sync();
    look(&town);
    let leader = town.browser("shift-leader");
    assert!(town.hub.audit(RISK_FOUND).is_empty());
    worker.device.uploads.push(upload);
    worker.device.sync();
    look(&town);
    let marks = town
        .hub
        .state
        .store
        .reading(|read| read.risks(&again))
        .unwrap();
    assert_eq!(marks.len(), 1, "{marks:?}");
    assert_eq!(marks[0].finding.kind().id(), "reused_picture");
    assert!(
        risks(&leader, &case).is_empty(),
        "the first one is not marked"
    );
    town.is_healthy();
}

#[test]
fn what_nobody_sealed_is_never_marked() {
    let town = Town::new();
    let mut worker = town.device("worker-putian", 1);
    let bytes = jpeg(&scene(1));
    for _ in 0..2 {
        let case = worker.report();
        let photo = worker.photo(&bytes, PhotoPurpose::Found, false);
        worker.write(case, vec![photo]);
        worker.sync();
    }
    look(&town);
    assert!(town.hub.audit(RISK_FOUND).is_empty());
}

#[test]
fn limits_are_data_and_a_change_is_a_line_of_the_log() {
    let town = Town::new();
    let state = &town.hub.state;
    for bad in [
        "",
        "[]",
        "{\"speed_kmh\":-1}",
        "{\"spede_kmh\":9}",
        "{\"alike_bits_max\":60}",
    ] {
        assert!(
            risk_limits::set(state, "admin", bad.as_bytes()).is_err(),
            "{bad}"
        );
    }
    risk_limits::set(
        state,
        "admin",
        b"{\"clock_seconds\":60,\"recheck_per_myriad\":10000}",
    )
    .unwrap();
    let kept = state.store.reading(|read| risk_limits::get(read)).unwrap();
    assert_eq!((kept.clock_seconds, kept.speed_kmh), (60, 120));
    let lines = town.hub.audit(risk_limits::RISK_LIMITS_SET);
    assert_eq!(lines.len(), 1);
    assert!(lines[0].detail.contains("\"clock_seconds\":60"));
    let mut worker = Sealer::new(&town, "worker-putian", 1);
    let ahead = Taken {
        seconds: 61,
        ..HONEST
    };
    let case = worker.report(1, &[(&jpeg(&scene(1)), ahead)]);
    look(&town);
    assert_eq!(
        kinds(&risks(&town.browser("clerk"), &case)),
        ["clock_step".to_owned()].into()
    );
}
