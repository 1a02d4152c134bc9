//! A text of a case is erased: nothing of it is left at the hub, the case is whole, and nobody brings it back.

use std::path::Path;

use serde_json::{Value, json};
use xunge_documents::Edit;
use xunge_documents::change_parts::ChangeHash;
use xunge_domain::case::{ERASED_TEXT, TextPlace};
use xunge_domain::ids::DocumentId;
use xunge_evidence::erasure::TEXT_ERASED;
use xunge_server::app::SystemEntropy;
use xunge_server::bundle::{Problem, Report, Trust, make, verify};
use xunge_server::data_folder::DataFolder;
use xunge_server::services::backup::back_up;
use xunge_server::services::restore::{erase_texts_again, restore};
use xunge_server::store::StoreError;
use xunge_sync::device::{DeviceMachine, Effect, HttpAnswer, PendingChange};
use xunge_sync::wire::Verdict;

use crate::device::{Device, perform};
use crate::hub::{Browser, monday};
use crate::town::Town;

const SECRET: &str = "住户赵秀英13812345678";
const DIGITS: &str = "13812345678";

fn bytes_in(folder: &Path) -> Vec<u8> {
    let mut bytes = Vec::new();
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            bytes.extend(bytes_in(&path));
        } else {
            bytes.extend(std::fs::read(path).unwrap());
        }
    }
    bytes
}

fn holds(bytes: &[u8], text: &str) -> bool {
    bytes
        .windows(text.len())
        .any(|window| window == text.as_bytes())
}

fn erase(browser: &Browser, case: &DocumentId, places: &[String]) -> (u16, Value) {
    let order = json!({ "places": places, "cause": "misplaced", "reason": "误填电话" });
    let answer = browser.send("POST", &format!("/api/cases/{case}/erasures"), Some(&order));
    (answer.status, answer.json())
}

/// Pushes what waits, raw, and takes nothing of the pull: the verdicts.
fn push_alone(device: &mut Device) -> Vec<(ChangeHash, Verdict)> {
    let mut machine = DeviceMachine::default();
    machine.start_round();
    machine.speak_plain();
    let request = device.sync_request(&mut machine);
    let (status, body) = perform(&device.base, &request);
    let mut told = Vec::new();
    for effect in machine.on_answer(HttpAnswer::Answered { status, body }) {
        if let Effect::Commit(commit) = effect {
            told.extend(
                commit
                    .verdicts
                    .into_iter()
                    .flat_map(|(_, verdicts)| verdicts),
            );
            if let Some((token, _, _)) = commit.session {
                device.session.token = token;
            }
        }
    }
    told
}

/// A town with a case whose address and one comment hold the secret, and the place of the comment.
fn spoken() -> (Town, Device, DocumentId, String) {
    let town = Town::new();
    let mut worker = town.device("worker-putian", 1);
    let case = worker.report();
    worker.sync();
    worker.write(case, vec![Edit::Address(SECRET.into())]);
    worker.comment(case, SECRET);
    worker.comment(case, "已放警示牌");
    worker.sync();
    let read = worker.documents[&case].read(case).case;
    let comment = read.comments.iter().find(|note| note.entry.text == SECRET);
    let place = TextPlace::Entry(comment.unwrap().id).to_string();
    (town, worker, case, place)
}

fn shown(town: &Town, case: &DocumentId) -> Value {
    let answer = town.browser("clerk").get(&format!("/api/cases/{case}"));
    assert_eq!(answer.status, 200);
    answer.json()
}

#[test]
fn the_case_goes_on_without_it_and_no_file_of_the_hub_holds_it() {
    let (town, mut worker, case, place) = spoken();
    let folder = town.hub.folder();
    assert!(holds(&bytes_in(folder.path()), DIGITS));
    let before = shown(&town, &case);
    let admin = town.browser("admin");
    let places = ["address".to_owned(), place.clone()];
    for (who, status) in [("clerk", 403), ("shift-leader", 403)] {
        assert_eq!(erase(&town.browser(who), &case, &places).0, status, "{who}");
    }
    let (status, refused) = erase(&admin, &case, &["grid_reason".into()]);
    assert_eq!(
        (status, &refused["error"]["code"]),
        (422, &json!("text_place")),
        "{refused}"
    );
    assert_eq!(
        erase(&admin, &DocumentId::from_bytes([1; 16]), &places).0,
        404
    );
    assert_eq!(shown(&town, &case), before, "nothing so far");

    let (status, erased) = erase(&admin, &case, &places);
    assert_eq!(status, 200, "{erased}");
    assert_eq!(
        (&erased["edition"], &erased["scrubbed"]),
        (&json!(1), &json!(true))
    );
    assert!(
        !holds(&bytes_in(folder.path()), DIGITS),
        "in some file of the hub"
    );

    let after = shown(&town, &case);
    assert_eq!(after["case"]["facts"]["address"], ERASED_TEXT);
    assert_eq!(after["case"]["erased"].as_array().unwrap().len(), 2);
    assert_eq!(after["standing"], before["standing"]);
    assert_eq!(after["case"]["actions"], before["case"]["actions"]);
    assert_eq!(after["case"]["rulings"], before["case"]["rulings"]);
    assert_eq!(after["case"]["comments"].as_array().unwrap().len(), 2);
    let page = town.browser("clerk").get(&format!("/cases/{case}")).text;
    assert!(page.contains(ERASED_TEXT) && page.contains("误填电话") && page.contains("已放警示牌"));
    let lines = town.hub.audit(TEXT_ERASED);
    assert_eq!(lines.len(), 2);
    assert!(
        lines
            .iter()
            .all(|line| line.who == "admin" && !line.detail.contains("误填"))
    );
    town.is_healthy();

    // A device that begins gets the new edition, and what it writes there is as ever.
    let mut fresh = town.device("worker-putian", 2);
    fresh.sync();
    let document = &fresh.documents[&case];
    assert_eq!(document.edition(), 1);
    assert_eq!(document.read(case).case.comments.len(), 2);
    fresh.comment(case, "已修好");
    fresh.sync();
    assert_eq!(
        shown(&town, &case)["case"]["comments"]
            .as_array()
            .unwrap()
            .len(),
        3
    );
    // And what was received before is known when it comes again.
    let old = worker.documents[&case].changes();
    let again = old.into_iter().map(|change| {
        let pending = PendingChange {
            hash: change.hash,
            bytes: change.bytes,
            signature: None,
        };
        (case, pending)
    });
    worker.pending.extend(again);
    let told = push_alone(&mut worker);
    assert!(told.len() > 4);
    let received = |(_, verdict): &(ChangeHash, Verdict)| *verdict == Verdict::Received;
    assert!(told.iter().all(received), "{told:?}");
    assert!(!holds(&bytes_in(folder.path()), DIGITS));
    town.is_healthy();
}

#[test]
fn what_was_written_on_the_former_edition_is_not_merged_and_its_author_is_told() {
    let (town, mut worker, case, place) = spoken();
    worker.comment(case, "来晚的说明");
    let late = worker.pending.last().unwrap().1.hash;
    assert_eq!(erase(&town.browser("admin"), &case, &[place]).0, 200);
    let told = push_alone(&mut worker);
    assert_eq!(told, [(late, Verdict::Blocked)]);
    assert_eq!(
        shown(&town, &case)["case"]["comments"]
            .as_array()
            .unwrap()
            .len(),
        2
    );
    town.is_healthy();
}

#[test]
fn the_form_of_the_case_page_does_it_for_admins_alone() {
    let (town, _, case, place) = spoken();
    let form = format!("/cases/{case}/erasures");
    assert!(
        !town
            .browser("clerk")
            .get(&format!("/cases/{case}"))
            .text
            .contains(&form)
    );
    let admin = town.browser("admin");
    let page = admin.get(&format!("/cases/{case}")).text;
    assert!(page.contains(&form) && page.contains(&format!("value=\"{place}\"")));
}

#[test]
fn an_old_backup_does_not_bring_it_back() {
    let (town, _, case, place) = spoken();
    let kept = tempfile::tempdir().unwrap();
    let copy = kept.path().join("copy");
    back_up(&town.hub.state, &copy).unwrap();
    assert_eq!(
        erase(&town.browser("admin"), &case, &["address".into(), place]).0,
        200
    );
    let mut fresh = town.device("worker-putian", 3);
    fresh.sync();
    fresh.comment(case, "删除之后");
    fresh.sync();

    let restored = DataFolder::at(kept.path().join("restored"));
    restore(&copy, &restored, monday(), &SystemEntropy).unwrap();
    assert!(
        holds(&bytes_in(restored.path()), DIGITS),
        "an old backup knows it"
    );
    let entropy = std::sync::Arc::new(SystemEntropy);
    let again = || erase_texts_again(&town.hub.folder(), &restored, entropy.clone(), monday());
    assert_eq!(again().unwrap(), 1);
    assert_eq!(again().unwrap(), 0);
    assert!(
        !holds(&bytes_in(restored.path()), DIGITS),
        "in some file of the restored hub"
    );
    let app = restored.open_beside(entropy.clone()).unwrap();
    let report = xunge_server::services::doctor::examine(&app).unwrap();
    assert_eq!(report.findings, [], "{report:?}");
    let orders = app.store.reading(|read| {
        let stored = read.document(&case)?.unwrap();
        let document = xunge_server::services::documents::open(read, &case, &stored)?;
        assert_eq!(
            document.read(case).case.comments.len(),
            3,
            "what came after is there"
        );
        read.text_erasures(&case)
    });
    let orders: Vec<_> = orders.map_err(|error: StoreError| error).unwrap();
    assert_eq!(orders.len(), 2);
    assert!(orders.iter().all(|order| order.reason == "误填电话"));
}

#[test]
fn a_bundle_names_the_order_and_whoever_alters_a_text_has_none() {
    let (town, mut worker, case, place) = spoken();
    worker.comment(case, "另一条说明");
    worker.sync();
    let places = ["address".to_owned(), place.clone()];
    assert_eq!(erase(&town.browser("admin"), &case, &places).0, 200);
    let made = make(&town.hub.state, case, None).unwrap();
    let honest = verify(&made.files, true, &Trust::default());
    let of = |report: &Report, problem: Problem| {
        let findings = report.findings.iter();
        findings.filter(|found| found.problem == problem).count()
    };
    assert!(honest.holds(), "{:?}", honest.findings);
    assert_eq!(of(&honest, Problem::ErasedByOrder), 2);
    assert!(!holds(
        &made.files.values().flatten().copied().collect::<Vec<_>>(),
        DIGITS
    ));

    let forged = |change: &dyn Fn(&mut Value)| {
        let mut files = made.files.clone();
        let mut value: Value = serde_json::from_slice(&files["case.json"]).unwrap();
        change(&mut value);
        files.insert("case.json".into(), format!("{value:#}\n").into_bytes());
        verify(&files, true, &Trust::default())
    };
    let other = |value: &Value| {
        let comments = value["case"]["comments"].as_array().unwrap();
        let other = comments
            .iter()
            .position(|note| note["text"] == "另一条说明");
        other.unwrap()
    };
    // Another text is passed off as erased, under the mark of one that was.
    let report = forged(&|value| {
        let other = other(value);
        let id = value["case"]["comments"][other]["id"]
            .as_str()
            .unwrap()
            .to_owned();
        value["case"]["comments"][other]["text"] = json!(ERASED_TEXT);
        value["case"]["erased"][1]["place"] = json!(format!("entry:{id}"));
    });
    assert!(!report.holds());
    assert_eq!(
        of(&report, Problem::ErasureForged),
        1,
        "{:?}",
        report.findings
    );
    // What stands in the place of an erased text is changed.
    let report = forged(&|value| {
        let erased = value["case"]["comments"].as_array().unwrap().iter();
        let erased = erased
            .clone()
            .position(|note| note["text"] == ERASED_TEXT)
            .unwrap();
        value["case"]["comments"][erased]["text"] = json!("业主同意");
    });
    assert_eq!(
        of(&report, Problem::ErasureForged),
        1,
        "{:?}",
        report.findings
    );
    // Another cause, another person's order, another digest; and an order that is left out.
    for (field, to) in [
        ("cause", json!("ordered")),
        ("by", json!("clerk")),
        ("is", json!(null)),
    ] {
        let report = forged(&|value| value["case"]["erased"][1][field] = to.clone());
        assert_eq!(
            of(&report, Problem::ErasureForged),
            1,
            "{field} {:?}",
            report.findings
        );
    }
    let report = forged(&|value| {
        value["case"]["erased"].as_array_mut().unwrap().truncate(1);
    });
    assert!(
        of(&report, Problem::LineForeign) > 0,
        "{:?}",
        report.findings
    );
}
