//! Devices against a real hub: lost and repeated answers, copied and restored stores, a hub restored from a backup,
//! photos over a link that is cut.
#![expect(
    clippy::unwrap_used,
    clippy::print_stdout,
    reason = "a failing test should stop; figures are printed"
)]

use std::fs;
use std::path::Path;

use serde_json::{Value, json};
use xunge_field::domain::case::CaseState;
use xunge_field::domain::ids::DocumentId;
use xunge_field::{Delivery, FieldApp, FieldError, HttpAnswer};
use xunge_tests::device::{Link, SyncEnd, open, synchronise};
use xunge_tests::proxy::{ChaosProxy, Weather};
use xunge_tests::workload;
use xunge_tests::world::{Browser, ServerProcess, photo};

fn enrol(server: &ServerProcess, store: &Path, person: &str) -> FieldApp {
    let mut app = open(store).unwrap();
    let (enrolment, request) = app
        .begin_enrolment(&server.url(), &server.enrolment_code(person))
        .unwrap();
    app.finish_enrolment(&enrolment, Link::new(&server.url()).perform(&request))
        .unwrap();
    app
}

fn sync(app: &mut FieldApp, url: &str) {
    let report = synchronise(app, &Link::new(url), 20, &mut |_| {}).unwrap();
    assert_eq!(report.end, SyncEnd::Done, "{report:?}");
}

fn comments(app: &FieldApp, case: DocumentId) -> Vec<String> {
    app.show(case)
        .unwrap()
        .comments
        .into_iter()
        .map(|comment| comment.text)
        .collect()
}

fn healthy(server: &ServerProcess) {
    let report = server.command(&["doctor", "--json"]);
    assert_eq!(report["findings"], json!([]), "{report}");
}

fn restore(from: &Path, to: &Path) {
    let restored = std::process::Command::new(xunge_tests::world::binary("xunge"))
        .arg("restore")
        .args(["--from".as_ref(), from, "--data".as_ref(), to])
        .status();
    assert!(restored.unwrap().success());
}

fn copy_folder(from: &Path, to: &Path) {
    fs::create_dir_all(to).unwrap();
    for entry in fs::read_dir(from).unwrap() {
        let entry = entry.unwrap();
        let target = to.join(entry.file_name());
        if entry.file_type().unwrap().is_dir() {
            copy_folder(&entry.path(), &target);
        } else {
            fs::copy(entry.path(), target).unwrap();
        }
    }
}

#[test]
fn a_code_is_good_for_one_device_and_for_its_lost_answer() {
    let folder = tempfile::tempdir().unwrap();
    let server = ServerProcess::demo(&folder.path().join("hub"), 0);
    let link = Link::new(&server.url());
    let mut app = open(&folder.path().join("one")).unwrap();
    let code = server.enrolment_code("worker-putian");
    let (lost, request) = app.begin_enrolment(&server.url(), &code).unwrap();
    assert!(matches!(
        link.perform(&request),
        HttpAnswer::Answered { status: 200, .. }
    ));
    assert!(matches!(
        app.finish_enrolment(&lost, HttpAnswer::Unreachable),
        Err(FieldError::Link(_))
    ));
    let (again, request) = app.begin_enrolment(&server.url(), &code).unwrap();
    let me = app
        .finish_enrolment(&again, link.perform(&request))
        .unwrap();
    assert_eq!(me.id.as_str(), "worker-putian");
    let mut other = open(&folder.path().join("two")).unwrap();
    let (used, request) = other.begin_enrolment(&server.url(), &code).unwrap();
    let refused = other
        .finish_enrolment(&used, link.perform(&request))
        .unwrap_err();
    assert_eq!(refused.code(), "enrolment_code_used");
    let mut forged = code.into_bytes();
    let last = forged.last_mut().unwrap();
    *last = if *last == b'a' { b'q' } else { b'a' };
    let (elsewhere, request) = other
        .begin_enrolment(&server.url(), std::str::from_utf8(&forged).unwrap())
        .unwrap();
    let foreign = other
        .finish_enrolment(&elsewhere, link.perform(&request))
        .unwrap_err();
    assert!(
        matches!(foreign.code(), "foreign_answer" | "enrolment_code_used"),
        "{foreign}"
    );
}

#[test]
fn repeated_requests_and_lost_answers_make_nothing_twice() {
    let folder = tempfile::tempdir().unwrap();
    let server = ServerProcess::demo(&folder.path().join("hub"), 0);
    let mut app = enrol(&server, &folder.path().join("phone"), "worker-putian");
    let case = workload::write(&mut app, 1, 1).unwrap()[0];
    let link = Link::new(&server.url());
    // The answer is lost three times: the hub had taken the push each time.
    for _ in 0..3 {
        app.start_sync();
        let request = app.next_request().unwrap().unwrap();
        let first = link.perform(&request);
        let second = link.perform(&request);
        assert!(matches!(
            (first, second),
            (HttpAnswer::Answered { .. }, HttpAnswer::Answered { .. })
        ));
        app.on_answer(HttpAnswer::Unreachable).unwrap();
        assert_eq!(
            app.show(case).unwrap().delivery,
            Delivery::OnDevice,
            "no receipt, no 'sent'"
        );
    }
    sync(&mut app, &server.url());
    let view = app.show(case).unwrap();
    assert_eq!(
        (view.delivery, view.state),
        (Delivery::Received, CaseState::Reported)
    );
    let (_, seen) = Browser::log_in(&server.url(), "clerk").get(&format!("/api/cases/{case}"));
    let count = |key: &str| seen["case"][key].as_array().unwrap().len();
    assert_eq!(
        (
            count("comments"),
            count("photos"),
            count("actions"),
            count("rulings")
        ),
        (1, 2, 1, 1)
    );
    healthy(&server);
}

#[test]
fn a_copied_store_becomes_a_device_of_its_own_and_loses_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let server = ServerProcess::demo(&folder.path().join("hub"), 0);
    let (original, copy) = (folder.path().join("phone"), folder.path().join("copy"));
    let mut app = enrol(&server, &original, "worker-putian");
    let case = workload::write(&mut app, 1, 1).unwrap()[0];
    sync(&mut app, &server.url());
    app.comment(case, "复制之前").unwrap();
    drop(app);
    copy_folder(&original, &copy);
    let (mut app, mut twin) = (open(&original).unwrap(), open(&copy).unwrap());
    app.comment(case, "原机").unwrap();
    twin.comment(case, "副本").unwrap();
    twin.comment(case, "副本之二").unwrap();
    for _ in 0..3 {
        sync(&mut app, &server.url());
        sync(&mut twin, &server.url());
    }
    for device in [&app, &twin] {
        let mut texts = comments(device, case);
        texts.sort();
        let mut expected = texts.clone();
        expected.dedup();
        assert_eq!(texts, expected, "nothing twice");
        for text in ["复制之前", "原机", "副本", "副本之二"] {
            assert!(
                texts.iter().any(|found| found == text),
                "{text} is missing from {texts:?}"
            );
        }
        assert_eq!(device.show(case).unwrap().delivery, Delivery::Received);
    }
    healthy(&server);
}

#[test]
fn a_store_restored_from_an_older_copy_goes_on_and_gets_its_own_work_back() {
    let folder = tempfile::tempdir().unwrap();
    let server = ServerProcess::demo(&folder.path().join("hub"), 0);
    let (original, older) = (folder.path().join("phone"), folder.path().join("older"));
    let mut app = enrol(&server, &original, "worker-putian");
    let case = workload::write(&mut app, 1, 1).unwrap()[0];
    sync(&mut app, &server.url());
    drop(app);
    copy_folder(&original, &older);
    let mut app = open(&original).unwrap();
    app.comment(case, "备份之后").unwrap();
    sync(&mut app, &server.url());
    app.comment(case, "再之后").unwrap();
    sync(&mut app, &server.url());
    sync(&mut app, &server.url());
    drop(app);
    let mut restored = open(&older).unwrap();
    restored.comment(case, "恢复之后").unwrap();
    sync(&mut restored, &server.url());
    sync(&mut restored, &server.url());
    let texts = comments(&restored, case);
    for text in ["备份之后", "再之后", "恢复之后"] {
        assert_eq!(
            texts.iter().filter(|found| *found == text).count(),
            1,
            "{text} in {texts:?}"
        );
    }
    assert_eq!(restored.show(case).unwrap().delivery, Delivery::Received);
    healthy(&server);
}

#[test]
fn a_hub_restored_from_a_backup_takes_back_what_it_lost() {
    let folder = tempfile::tempdir().unwrap();
    let path = |name: &str| folder.path().join(name);
    let mut server = ServerProcess::demo(&path("hub"), 0);
    let mut app = enrol(&server, &path("phone"), "worker-putian");
    let before = workload::write(&mut app, 2, 1).unwrap();
    sync(&mut app, &server.url());
    server.command(&["backup", "--to", path("backup").to_str().unwrap()]);
    let after = workload::write(&mut app, 1, 2).unwrap()[0];
    app.comment(before[0], "备份之后").unwrap();
    sync(&mut app, &server.url());
    let clerk = Browser::log_in(&server.url(), "clerk");
    clerk.accepted(&after.to_string(), &json!({ "action": "accept" }));
    sync(&mut app, &server.url());
    assert_eq!(app.show(after).unwrap().state, CaseState::Accepted);
    let address = server.address;
    server.kill();
    let from = path("backup");
    restore(&from, &path("restored"));
    let server = ServerProcess::serve(&path("restored"), Some(address));
    sync(&mut app, &server.url());
    sync(&mut app, &server.url());
    // The decision the backup lacked came back with the device, signed by the hub itself.
    let clerk = Browser::log_in(&server.url(), "clerk");
    let (status, seen): (u16, Value) = clerk.get(&format!("/api/cases/{after}"));
    assert_eq!(
        (status, &seen["standing"]["state"]),
        (200, &json!("accepted")),
        "{seen}"
    );
    let (_, seen) = clerk.get(&format!("/api/cases/{}", before[0]));
    assert!(
        seen["case"]["comments"]
            .as_array()
            .unwrap()
            .iter()
            .any(|comment| comment["text"] == "备份之后")
    );
    assert_eq!(app.show(after).unwrap().state, CaseState::Accepted);
    healthy(&server);
}

#[test]
fn a_photo_over_a_link_that_is_cut_every_64_kb_costs_little_more_than_its_bytes() {
    let folder = tempfile::tempdir().unwrap();
    let server = ServerProcess::demo(&folder.path().join("hub"), 0);
    let mut app = enrol(&server, &folder.path().join("phone"), "worker-putian");
    let file = photo::draw(folder.path(), "large", 9, 4000, 3000);
    let bytes = fs::read(&file).unwrap();
    let draft = app.new_draft().unwrap();
    let content = xunge_field::DraftContent {
        class: Some("road_damage".into()),
        point: Some("113.7861,34.7552".parse().unwrap()),
        ..Default::default()
    };
    app.save_draft(draft, &content).unwrap();
    let input = xunge_field::PhotoInput {
        bytes: &bytes,
        purpose: xunge_field::domain::case::PhotoPurpose::Found,
        caption: "",
        point: None,
        fixes: &[],
        signals: &[],
    };
    app.attach_to_draft(draft, input).unwrap();
    let case = app.report(draft).unwrap();
    let proxy = ChaosProxy::start(
        server.address,
        Weather {
            cut_after_bytes: Some(64_000),
            seed: 3,
            ..Weather::fair()
        },
    )
    .unwrap();
    sync(&mut app, &proxy.url());
    assert_eq!(app.show(case).unwrap().delivery, Delivery::Received);
    let up = proxy.counters().bytes_up();
    let ratio = up as f64 / bytes.len() as f64;
    println!(
        "photo of {} bytes: {up} bytes up, ratio {ratio:.3}, {} cuts",
        bytes.len(),
        proxy.counters().cuts()
    );
    assert!(proxy.counters().cuts() > 20);
    assert!(ratio <= 1.05, "{ratio}");
}

/// How many cases of the workload one part holds.
const CASES_A_PART: u64 = 67;
/// A request without its push, and the question how far the last one got, headers included.
const HEADS_BYTES: u64 = 2_048;

#[test]
fn a_push_over_a_link_that_is_cut_every_32_kb_costs_a_part_a_cut_and_no_more() {
    const CASES: u64 = 300;
    let folder = tempfile::tempdir().unwrap();
    let push = |name: &str, weather: Weather| {
        let server = ServerProcess::demo(&folder.path().join(name).join("hub"), 0);
        let mut app = enrol(
            &server,
            &folder.path().join(name).join("phone"),
            "worker-putian",
        );
        let written = workload::write(&mut app, CASES, 7).unwrap();
        let proxy = ChaosProxy::start(server.address, weather).unwrap();
        let report = synchronise(&mut app, &Link::new(&proxy.url()), 40, &mut |_| {}).unwrap();
        assert_eq!(report.end, SyncEnd::Done, "{report:?}");
        for case in written {
            assert_eq!(app.show(case).unwrap().delivery, Delivery::Received);
        }
        healthy(&server);
        (proxy.counters().bytes_up(), proxy.counters().cuts())
    };
    let (whole, none) = push("fair", Weather::fair());
    assert_eq!(none, 0);
    let cut_after_bytes = Some(32_000);
    let (up, cuts) = push(
        "cut",
        Weather {
            cut_after_bytes,
            seed: 3,
            ..Weather::fair()
        },
    );
    let part = whole * CASES_A_PART / CASES;
    println!(
        "{CASES} cases: {whole} bytes up in one push; {up} with {cuts} cuts, a part of {part}"
    );
    assert!(cuts > 2, "{cuts} cuts");
    assert!(up <= whole + cuts * (part + HEADS_BYTES), "{up} bytes up");
}

/// The backup is older than the device: nobody there knows it, until it is enrolled again. Each verb a process of its own.
#[test]
fn a_device_that_a_restored_hub_forgot_enrols_again_and_brings_everything_back() {
    let folder = tempfile::tempdir().unwrap();
    let (hub, backup) = (folder.path().join("hub"), folder.path().join("backup"));
    let mut server = ServerProcess::demo(&hub, 0);
    server.command(&["backup", "--to", backup.to_str().unwrap()]);
    let (store, url) = (folder.path().join("phone"), server.url());
    let mut app = enrol(&server, &store, "worker-putian");
    let case = workload::write(&mut app, 1, 1).unwrap()[0];
    sync(&mut app, &url);
    let written = app.show(case).unwrap();
    assert_eq!(written.delivery, Delivery::Received);
    server.kill();
    let restored = folder.path().join("restored");
    restore(&backup, &restored);
    let server = ServerProcess::serve(&restored, Some(server.address));
    let report = synchronise(&mut app, &Link::new(&url), 1, &mut |_| {}).unwrap();
    assert_eq!(report.problems.last().unwrap().code(), "device_unknown");
    drop(app);
    let mut app = enrol(&server, &store, "worker-putian");
    sync(&mut app, &url);
    let again = app.show(case).unwrap();
    assert_eq!(again.delivery, Delivery::Received);
    assert_eq!(
        (again.comments.len(), again.photos.len(), &again.facts),
        (written.comments.len(), written.photos.len(), &written.facts)
    );
    let (status, seen) = Browser::log_in(&server.url(), "clerk").get(&format!("/api/cases/{case}"));
    assert_eq!(
        (status, &seen["case"]["facts"]["title"]),
        (200, &json!(again.facts.title))
    );
    healthy(&server);
}

#[test]
fn a_case_that_a_phone_lost_without_knowing_comes_back_when_it_compares() {
    let folder = tempfile::tempdir().unwrap();
    let server = ServerProcess::demo(&folder.path().join("hub"), 0);
    let (store, url) = (folder.path().join("phone"), server.url());
    let mut app = enrol(&server, &store, "worker-putian");
    let cases = workload::write(&mut app, 3, 1).unwrap();
    sync(&mut app, &url);
    let written = app.show(cases[1]).unwrap();
    drop(app);
    let mut damaged = xunge_tests::device::open_store(&store).unwrap();
    let emptied = damaged.transaction(|tx| tx.empty_document(cases[1]));
    let () = emptied.unwrap();
    drop(damaged);
    let mut app = open(&store).unwrap();
    sync(&mut app, &url);
    assert!(
        matches!(app.show(cases[1]), Err(FieldError::NotFound { .. })),
        "no feed tells what it has told"
    );
    app.compare_with_hub().unwrap();
    sync(&mut app, &url);
    let again = app.show(cases[1]).unwrap();
    assert_eq!((&again.facts, again.state), (&written.facts, written.state));
    assert_eq!(comments(&app, cases[1]).len(), written.comments.len());
    let status = app.sync_status().unwrap();
    assert!(!status.differs && status.texts_unsent == 0, "{status:?}");
    healthy(&server);
}

/// The colleague's phone is lost with what only it could give back; the own work that builds on it must not wait for it.
#[test]
fn work_on_what_a_restored_hub_lost_for_good_is_sent_once_the_phone_compares() {
    let folder = tempfile::tempdir().unwrap();
    let path = |name: &str| folder.path().join(name);
    let mut server = ServerProcess::demo(&path("hub"), 0);
    let mut app = enrol(&server, &path("phone"), "worker-putian");
    let case = workload::write(&mut app, 1, 1).unwrap()[0];
    sync(&mut app, &server.url());
    let mut colleague = enrol(&server, &path("colleague"), "worker-putian-2");
    sync(&mut colleague, &server.url());
    server.command(&["backup", "--to", path("backup").to_str().unwrap()]);
    colleague.comment(case, "同事").unwrap();
    sync(&mut colleague, &server.url());
    drop(colleague);
    sync(&mut app, &server.url());
    app.comment(case, "本人").unwrap();
    server.kill();
    restore(&path("backup"), &path("restored"));
    let server = ServerProcess::serve(&path("restored"), Some(server.address));
    sync(&mut app, &server.url());
    assert_eq!(app.sync_status().unwrap().texts_unsent, 1, "it waits");
    app.compare_with_hub().unwrap();
    sync(&mut app, &server.url());
    let status = app.sync_status().unwrap();
    assert_eq!((status.texts_unsent, status.differs), (0, false));
    let texts = comments(&app, case);
    assert!(texts.contains(&"本人".to_owned()) && !texts.contains(&"同事".to_owned()));
    let clerk = Browser::log_in(&server.url(), "clerk");
    let (_, seen): (u16, Value) = clerk.get(&format!("/api/cases/{case}"));
    let mut there = seen["case"]["comments"].as_array().unwrap().iter();
    assert!(there.any(|comment| comment["text"] == "本人"), "{seen}");
    healthy(&server);
}
