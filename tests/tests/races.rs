//! The races of the design, each with two devices that were offline at once and the hub that rules: real processes,
//! real stores, real HTTP. What is declined is shown to its author with the reason, and stays.
#![expect(clippy::unwrap_used, reason = "a failing test should stop")]

use std::path::{Path, PathBuf};

use serde_json::{Value, json};
use xunge_tests::world::{Browser, DeviceProcess, ServerProcess, photo};

/// 至德街/商都路 in 圃田乡.
const PLACE: &str = "113.7861,34.7552";
const CLASS: &str = "road_damage";
/// Codes of the sample table.
const FILED_CLASS: &str = "20115";

fn text<'a>(value: &'a Value, key: &str) -> &'a str {
    value[key].as_str().unwrap_or_default()
}

/// A hub, people in browsers, and photos to take.
struct City {
    folder: tempfile::TempDir,
    server: ServerProcess,
    clerk: Browser,
    leader: Browser,
    dispatcher: Browser,
}

impl City {
    fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let server = ServerProcess::demo(&folder.path().join("hub"), 0);
        let log_in = |person| Browser::log_in(&server.url(), person);
        Self {
            clerk: log_in("clerk"),
            leader: log_in("shift-leader"),
            dispatcher: log_in("dispatcher"),
            server,
            folder,
        }
    }

    fn path(&self) -> &Path {
        self.folder.path()
    }

    fn device(&self, person: &str) -> DeviceProcess {
        let device = DeviceProcess::new(self.path(), person);
        device.enrol(&self.server, person);
        device
    }

    fn picture(&self, name: &str) -> PathBuf {
        let seed = name.bytes().map(u64::from).sum();
        photo::draw(self.path(), name, seed, 800, 600)
    }

    /// A case that a worker reported and the hub has.
    fn reported(&self, worker: &DeviceProcess) -> String {
        let found = self.picture("found");
        let report = worker.done(&[
            "report",
            "--class",
            CLASS,
            "--at",
            PLACE,
            "--photo",
            found.to_str().unwrap(),
        ]);
        sync(worker);
        text(&report, "case").to_owned()
    }

    /// Files it, and sends it to the road department.
    fn dispatched(&self, case: &str) {
        self.clerk.accepted(case, &json!({ "action": "accept" }));
        self.leader
            .accepted(case, &json!({ "action": "file", "condition": "1" }));
        self.dispatcher.accepted(
            case,
            &json!({ "action": "dispatch", "lead": "road-dept", "assist": [], "notify": [] }),
        );
    }

    /// With photo and place, as somebody on site asks.
    fn on_site(&self, device: &DeviceProcess, case: &str, verb: &str, more: &[&str]) {
        let picture =
            self.picture(&format!("{verb}-{}", device.store().display()).replace('/', "-"));
        let mut arguments = vec!["act", case, verb, "--at", PLACE, "--reason", "现场情况"];
        arguments.extend(["--photo", picture.to_str().unwrap()]);
        arguments.extend(more);
        device.done(&arguments);
    }

    fn case(&self, case: &str) -> Value {
        let (status, case) = self.clerk.get(&format!("/api/cases/{case}"));
        assert_eq!(status, 200);
        case
    }

    fn state(&self, case: &str) -> String {
        text(&self.case(case)["standing"], "state").to_owned()
    }

    /// Everything that was written is sound, and decided anew it comes out the same.
    fn healthy(&self) {
        let report = self.server.command(&["doctor", "--json"]);
        assert_eq!(report["findings"], json!([]), "{report}");
    }
}

/// Syncs; the exit code says whether anything was set aside.
fn sync(device: &DeviceProcess) -> Value {
    let run = device.run(&["sync"]);
    assert!(
        matches!(run.code, Some(0 | 3)),
        "{:?}: {}",
        run.code,
        run.json
    );
    assert_eq!(run.json["texts_unsent"], json!(0), "{}", run.json);
    run.json
}

/// The requests of a verb in the history that a device shows, with their rulings.
fn events(device: &DeviceProcess, case: &str, verb: &str) -> Vec<Value> {
    let view = device.done(&["show", case]);
    let timeline = view["timeline"].as_array().unwrap();
    timeline
        .iter()
        .filter(|event| event["action"] == verb)
        .cloned()
        .collect()
}

/// The author's own device shows the request as declined, in both languages, and so does the next sync's report.
fn told_why(device: &DeviceProcess, case: &str, verb: &str, code: &str) {
    let events = events(device, case, verb);
    let reason = &events.last().unwrap()["ruling"]["reason"];
    assert_eq!(text(reason, "code"), code, "{events:?}");
    assert!(
        !text(reason, "zh").is_ascii() && text(reason, "en").is_ascii(),
        "{reason}"
    );
    let status = device.run(&["status"]);
    let told = status.json["set_aside"].as_array().unwrap();
    assert!(
        told.iter()
            .any(|item| text(&item["reason"], "code") == code),
        "{told:?}"
    );
}

/// A case in disposal, and two devices of the department that know it.
fn in_disposal(city: &City) -> (String, DeviceProcess, DeviceProcess) {
    let worker = city.device("worker-putian");
    let case = city.reported(&worker);
    city.dispatched(&case);
    let (one, two) = (city.device("road-dept"), city.device("road-dept-2"));
    sync(&one);
    one.done(&["act", &case, "claim"]);
    sync(&one);
    sync(&two);
    assert_eq!(city.state(&case), "disposing");
    (case, one, two)
}

/// A case that was fed back, and two checkers sent who know of it and are offline from now on.
fn two_checkers(city: &City) -> (String, DeviceProcess, DeviceProcess) {
    let (case, one, _) = in_disposal(city);
    city.on_site(&one, &case, "feedback", &[]);
    sync(&one);
    city.clerk.accepted(
        &case,
        &json!({ "action": "send_check", "to": "worker-putian-2", "also": "worker-erqi" }),
    );
    let checkers = (city.device("worker-putian-2"), city.device("worker-erqi"));
    sync(&checkers.0);
    sync(&checkers.1);
    (case, checkers.0, checkers.1)
}

#[test]
fn two_checks_disagree_before_closing_both_are_kept_and_close_is_blocked() {
    let city = City::new();
    let (case, first, second) = two_checkers(&city);
    city.on_site(&first, &case, "check", &[]);
    city.on_site(&second, &case, "check", &["--failed"]);
    sync(&first);
    assert_eq!(city.state(&case), "to_close");
    sync(&second);

    let disputed = city.case(&case);
    assert_eq!(
        text(&disputed["standing"], "state"),
        "to_close",
        "the first ruled check decided"
    );
    assert_eq!(disputed["disputed"], true);
    let (_, close) = city
        .leader
        .act(&case, &json!({ "action": "close", "outcome": "normal" }));
    assert_eq!(close["reason"]["code"], "disputed");
    sync(&first);
    for device in [&first, &second] {
        let checks = events(device, &case, "check");
        assert_eq!(checks.len(), 2, "both are kept on both devices");
        assert!(
            checks
                .iter()
                .all(|check| check["ruling"]["accepted"] == true)
        );
        assert_eq!(device.done(&["show", &case])["standing"]["disputed"], true);
    }

    // A third look settles it.
    city.clerk.accepted(
        &case,
        &json!({ "action": "send_check", "to": "worker-putian-2" }),
    );
    sync(&first);
    city.on_site(&first, &case, "check", &[]);
    sync(&first);
    city.leader
        .accepted(&case, &json!({ "action": "close", "outcome": "normal" }));
    city.healthy();
}

#[test]
fn a_check_that_disagrees_after_closing_is_a_review_item_and_only_reopen_moves_the_case() {
    let city = City::new();
    let (case, first, second) = two_checkers(&city);
    city.on_site(&first, &case, "check", &[]);
    city.on_site(&second, &case, "check", &["--failed"]);
    sync(&first);
    city.leader
        .accepted(&case, &json!({ "action": "close", "outcome": "normal" }));
    sync(&second);

    let closed = city.case(&case);
    assert_eq!(text(&closed["standing"], "state"), "closed");
    assert_eq!(
        closed["standing"]["review_items"].as_array().unwrap().len(),
        1
    );
    assert_eq!(events(&second, &case, "check").len(), 2);
    let (_, feedback) = city
        .dispatcher
        .act(&case, &json!({ "action": "apply_void", "reason": "误报" }));
    assert_eq!(feedback["reason"]["code"], "wrong_state");
    city.leader.accepted(
        &case,
        &json!({ "action": "reopen", "reason": "复核发现仍有破损" }),
    );
    let reopened = city.case(&case);
    assert_eq!(text(&reopened["standing"], "state"), "disposing");
    assert_eq!(reopened["standing"]["round"], 2);
    city.healthy();
}

#[test]
fn feedback_after_an_approved_send_back_is_declined_and_stays_as_evidence() {
    let city = City::new();
    let (case, one, two) = in_disposal(&city);
    one.done(&[
        "act",
        &case,
        "apply_send_back",
        "--cause",
        "wrong_owner",
        "--reason",
        "属电力井",
    ]);
    sync(&one);
    // The colleague knows nothing of it and does the works.
    city.on_site(&two, &case, "feedback", &[]);
    city.dispatcher.accepted(
        &case,
        &json!({ "action": "approve_send_back", "granted": true, "reason": "" }),
    );
    sync(&two);

    assert_eq!(city.state(&case), "filed");
    told_why(&two, &case, "feedback", "wrong_state");
    let kept = city.case(&case);
    let photos = kept["case"]["photos"].as_array().unwrap();
    assert!(
        photos
            .iter()
            .any(|photo| photo["author"] == "road-dept-2" && photo["purpose"] == "after"),
        "the photo of the works stays: {photos:?}"
    );
    assert_eq!(
        kept["standing"]["send_backs"][0]["counts_as"],
        "mis_dispatch"
    );
    city.healthy();
}

#[test]
fn a_send_back_approved_after_feedback_is_declined() {
    let city = City::new();
    let (case, one, two) = in_disposal(&city);
    one.done(&[
        "act",
        &case,
        "apply_send_back",
        "--cause",
        "not_exist",
        "--reason",
        "现场未发现",
    ]);
    city.on_site(&two, &case, "feedback", &[]);
    sync(&one);
    sync(&two);
    let (_, late) = city.dispatcher.act(
        &case,
        &json!({ "action": "approve_send_back", "granted": true, "reason": "" }),
    );
    assert_eq!(late["reason"]["code"], "wrong_state");
    assert_eq!(city.state(&case), "fed_back");
    city.healthy();
}

#[test]
fn void_against_feedback_void_is_declined() {
    let city = City::new();
    let (case, one, two) = in_disposal(&city);
    city.dispatcher.accepted(
        &case,
        &json!({ "action": "apply_void", "reason": "重复立案" }),
    );
    city.on_site(&one, &case, "feedback", &[]);
    two.done(&["comment", &case, "已安排车辆"]);
    sync(&one);
    sync(&two);
    let (_, void) = city.leader.act(
        &case,
        &json!({ "action": "approve_void", "granted": true, "reason": "" }),
    );
    assert_eq!(void["reason"]["code"], "wrong_state");
    assert!(text(&void, "reason_zh").contains("已反馈"), "{void}");
    assert_eq!(city.state(&case), "fed_back");
    // What was applied for is over with it.
    assert_eq!(city.case(&case)["standing"]["applications"], json!([]));
    city.healthy();
}

#[test]
fn feedback_after_a_granted_void_is_declined_and_void_stays_final() {
    let city = City::new();
    let (case, one, _) = in_disposal(&city);
    city.on_site(&one, &case, "feedback", &[]);
    city.dispatcher.accepted(
        &case,
        &json!({ "action": "apply_void", "reason": "重复立案" }),
    );
    city.leader.accepted(
        &case,
        &json!({ "action": "approve_void", "granted": true, "reason": "" }),
    );
    sync(&one);
    assert_eq!(city.state(&case), "void");
    told_why(&one, &case, "feedback", "wrong_state");
    city.healthy();
}

#[test]
fn of_two_claims_the_first_ruled_wins_and_the_second_is_told_who_has_it() {
    let city = City::new();
    let worker = city.device("worker-putian");
    let case = city.reported(&worker);
    city.dispatched(&case);
    let (one, two) = (city.device("road-dept"), city.device("road-dept-2"));
    sync(&one);
    sync(&two);
    // The later clock is ruled first: the order of rulings counts, not what devices claim.
    two.done(&["act", &case, "claim"]);
    one.done(&["act", &case, "claim"]);
    sync(&one);
    sync(&two);
    told_why(&two, &case, "claim", "already_claimed");
    let claim = &city.case(&case)["standing"]["claim"];
    assert_eq!(text(claim, "by"), "road-dept");
    city.healthy();
}

#[test]
fn a_class_written_offline_while_the_case_was_filed_becomes_a_proposal() {
    let city = City::new();
    let worker = city.device("worker-putian");
    let case = city.reported(&worker);
    let other = city.device("worker-putian-2");
    sync(&other);
    // Both workers of the beat have the case and are offline; the one who reported it thinks better of the class.
    worker.done(&["class", &case, "exposed_waste"]);
    other.done(&["comment", &case, "看着像垃圾"]);
    city.clerk.accepted(&case, &json!({ "action": "accept" }));
    city.leader
        .accepted(&case, &json!({ "action": "file", "condition": "1" }));
    sync(&worker);
    sync(&other);

    let filed = city.case(&case);
    assert_eq!(text(&filed, "class"), FILED_CLASS, "what was filed holds");
    let proposed = text(&filed, "proposal").to_owned();
    assert_eq!(proposed, "20102");
    let view = other.done(&["show", &case]);
    assert_eq!(view["standing"]["proposed_class"], "20102");
    assert_eq!(view["class"], "路面破损");

    let answer = |granted: bool| json!({ "action": "answer_proposal", "class": proposed, "granted": granted, "reason": "现场为垃圾" });
    let (_, not_his) = city.clerk.act(&case, &answer(true));
    assert_eq!(not_his["reason"]["code"], "wrong_role");
    city.leader.accepted(&case, &answer(true));
    let granted = city.case(&case);
    assert_eq!(text(&granted, "class"), "20102");
    assert_eq!(granted["proposal"], Value::Null);
    sync(&worker);
    assert_eq!(worker.done(&["show", &case])["class"], "暴露垃圾");
    city.healthy();
}

#[test]
fn a_refused_proposal_leaves_the_filed_class() {
    let city = City::new();
    let (case, one, two) = in_disposal(&city);
    one.done(&["class", &case, "exposed_waste"]);
    two.done(&["class", &case, "accumulated_rubble"]);
    sync(&one);
    sync(&two);
    let proposed = text(&city.case(&case), "proposal").to_owned();
    assert!(
        ["20102", "20103"].contains(&proposed.as_str()),
        "one of the two is shown: {proposed}"
    );
    city.leader.accepted(
        &case,
        &json!({ "action": "answer_proposal", "class": proposed, "granted": false, "reason": "现场照片为路面" }),
    );
    let refused = city.case(&case);
    assert_eq!(text(&refused, "class"), FILED_CLASS);
    assert_eq!(refused["proposal"], Value::Null);
    city.healthy();
}
