//! Personal data beside the documents: who keeps, who reads, what an erasure leaves.

use std::path::Path;

use serde_json::{Value, json};
use xunge_domain::ids::{DocumentId, PrivateRecordId, SubjectId};
use xunge_domain::person::{Person, Role};
use xunge_domain::private::{PrivateContent, PrivateKind, PrivateRecord, SUBJECT_NUMBER_MAX};
use xunge_server::app::SystemEntropy;
use xunge_server::data_folder::DataFolder;
use xunge_server::services::backup::{BackupError, back_up};
use xunge_server::services::doctor;
use xunge_server::services::private::{
    PRIVATE_KEPT, PRIVATE_READ, PRIVATE_RECORDS_PER_CASE_MAX, SUBJECT_ERASED, erase_expired,
    expired, set_retention_days,
};
use xunge_server::services::restore::{erase_again, restore};
use xunge_server::services::revocation::revoke;
use xunge_server::store::sqlite::SqliteStore;
use xunge_server::store::{HubRead, HubStore};
use xunge_sync::device::{Effect, Errand};
use xunge_sync::wire::{PrivateOutcome, PrivateRequest, pack};

use crate::carried::run;
use crate::device::Device;
use crate::hub::{Browser, monday};
use crate::town::{Town, person};

const PHONE: &str = "13812345678";
const NAME: &str = "住在三单元的赵秀英";
const DAY_MILLIS: i64 = 24 * 60 * 60 * 1_000;

fn record(device: &Device, case: DocumentId, name: u8, content: PrivateContent) -> PrivateRecord {
    PrivateRecord {
        id: PrivateRecordId::from_bytes([name; 16]),
        case,
        subject: SubjectId::from_bytes([200; 16]),
        number: 1,
        kind: match content {
            PrivateContent::Text(_) => PrivateKind::Phone,
            PrivateContent::Voice(_) => PrivateKind::VoiceNote,
        },
        content,
        made_at: monday(),
        author: device.person.id.clone(),
    }
}

fn text(device: &Device, case: DocumentId, name: u8) -> PrivateRecord {
    record(device, case, name, PrivateContent::Text(PHONE.into()))
}

fn send(device: &mut Device, records: Vec<PrivateRecord>) -> (u16, Vec<Effect>) {
    let body = pack(&PrivateRequest { records });
    run(device, Errand::Private, &body)
}

/// What became of each: `kept`, `waits`, or the code of the refusal.
fn told(device: &mut Device, records: Vec<PrivateRecord>) -> Vec<String> {
    let named: Vec<_> = records.iter().map(|record| record.id).collect();
    let (status, effects) = send(device, records);
    let [Effect::PrivateKept(frame)] = &effects[..] else {
        panic!("{status} {effects:?}");
    };
    let answers = frame.answers.iter();
    assert!(answers.clone().map(|answer| answer.record).eq(named));
    answers
        .map(|answer| match &answer.outcome {
            PrivateOutcome::Kept => "kept".into(),
            PrivateOutcome::Waits => "waits".into(),
            PrivateOutcome::Refused(words) => {
                assert!(!words.zh.is_ascii() && !words.en.is_empty());
                words.code.clone()
            }
        })
        .collect()
}

/// A town with a case that the hub has, and the device that reported it.
fn reported() -> (Town, Device, DocumentId) {
    let town = Town::new();
    let mut worker = town.device("worker-putian", 1);
    let case = worker.report();
    worker.sync();
    (town, worker, case)
}

fn list(browser: &Browser, case: &DocumentId) -> (u16, Value) {
    let answer = browser.get(&format!("/api/cases/{case}/private"));
    (answer.status, answer.json())
}

/// Gives the town an auditor.
fn audited(town: &Town) {
    let auditor = Person {
        id: person("auditor-1"),
        name: "审计员".into(),
        roles: vec![Role::Auditor],
        organisation: None,
        duty_grids: Vec::new(),
    };
    let store = &town.hub.state.store;
    store.writing(|write| write.put_person(&auditor)).unwrap();
}

/// Every byte that the hub keeps.
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

fn holds(bytes: &[u8], part: &[u8]) -> bool {
    bytes.windows(part.len()).any(|window| window == part)
}

fn key_of(town: &Town, subject: u8) -> Option<[u8; 48]> {
    let id = SubjectId::from_bytes([subject; 16]);
    let store = &town.hub.state.store;
    store.reading(|read| read.subject_key(&id)).unwrap()
}

fn erase(browser: &Browser, subject: u8, reason: &str) -> (u16, Value) {
    let id = SubjectId::from_bytes([subject; 16]);
    let path = format!("/api/subjects/{id}/erasures");
    let answer = browser.send("POST", &path, Some(&json!({ "reason": reason })));
    (answer.status, answer.json())
}

#[test]
fn what_a_device_keeps_is_sealed_and_stands_in_no_document_and_no_line() {
    let (town, mut worker, case) = reported();
    let name = PrivateRecord {
        kind: PrivateKind::Resident,
        ..record(&worker, case, 2, PrivateContent::Text(NAME.into()))
    };
    let voice = record(
        &worker,
        case,
        3,
        PrivateContent::Voice(b"spoken words".repeat(90)),
    );
    let records = vec![text(&worker, case, 1), name, voice];
    assert_eq!(told(&mut worker, records.clone()), ["kept", "kept", "kept"]);
    assert_eq!(
        told(&mut worker, records),
        ["kept", "kept", "kept"],
        "again"
    );
    assert_eq!(town.hub.audit(PRIVATE_KEPT).len(), 1, "and kept once");

    let clerk = town.browser("clerk");
    let (status, listed) = list(&clerk, &case);
    assert_eq!(status, 200);
    assert_eq!(listed.as_array().unwrap().len(), 3);
    assert_eq!(listed[0]["text"], PHONE);
    assert_eq!(listed[1]["text"], NAME);
    assert_eq!(listed[1]["kind_zh"], "居民");
    assert_eq!(listed[0]["author"], "worker-putian");
    assert_eq!(
        (&listed[2]["text"], &listed[2]["length"]),
        (&Value::Null, &json!(1_080))
    );

    let all = bytes_in(town.hub.folder().path());
    for secret in [PHONE.as_bytes(), NAME.as_bytes(), b"spoken words"] {
        assert!(!holds(&all, secret), "in some file of the hub");
    }
    let store = &town.hub.state.store;
    store
        .reading(|read| {
            for change in read.changes(&case, 1, u64::MAX)? {
                assert!(!holds(&change.bytes, PHONE.as_bytes()));
            }
            let lines = read.audit_after(0, 1_000)?;
            assert!(lines.iter().all(|line| !line.detail.contains(PHONE)));
            Ok::<_, xunge_server::store::StoreError>(())
        })
        .unwrap();
    town.is_healthy();
}

#[test]
fn each_role_sees_what_it_needs_and_every_reading_is_a_line_of_the_log() {
    let (town, mut worker, case) = reported();
    let voice = record(&worker, case, 2, PrivateContent::Voice(vec![7; 50]));
    let records = vec![text(&worker, case, 1), voice];
    assert_eq!(told(&mut worker, records), ["kept", "kept"]);
    let read = || town.hub.audit(PRIVATE_READ);
    let path = |record: u8| {
        let id = PrivateRecordId::from_bytes([record; 16]);
        format!("/api/cases/{case}/private/{id}/voice")
    };
    for who in ["clerk", "shift-leader", "dispatcher", "worker-putian"] {
        let before = read().len();
        let browser = town.browser(who);
        let (status, listed) = list(&browser, &case);
        assert_eq!((status, &listed[0]["text"]), (200, &json!(PHONE)), "{who}");
        assert_eq!(listed[0]["state"], "readable");
        let heard = browser.get(&path(2));
        assert_eq!(
            (heard.status, heard.text.as_bytes()),
            (200, &[7; 50][..]),
            "{who}"
        );
        assert_eq!(heard.header("cache-control"), Some("no-store"));
        assert_eq!(browser.get(&path(1)).status, 404, "a text is no recording");
        let lines = read();
        assert_eq!(lines.len(), before + 2, "{who}");
        assert_eq!(lines[before].who, who);
        let detail: Value = serde_json::from_str(&lines[before].detail).unwrap();
        assert_eq!(detail, json!({ "case": case, "records": 2 }));
    }
    let before = read().len();
    audited(&town);
    for who in ["admin", "auditor-1"] {
        let browser = town.browser(who);
        let (status, listed) = list(&browser, &case);
        assert_eq!((status, &listed[0]["text"]), (200, &Value::Null), "{who}");
        assert_eq!(
            (&listed[0]["state"], &listed[0]["kind"]),
            (&json!("sealed"), &json!("phone"))
        );
        assert_eq!(browser.get(&path(2)).status, 403, "{who}");
    }
    // A colleague of the beat sees the case and wrote nothing down; a department that has no part in it sees nothing.
    for (who, status, code) in [
        ("worker-putian-2", 403, "private_reader"),
        ("leader", 403, "private_reader"),
        ("road-dept", 404, "private_unknown"),
    ] {
        let answer = town.browser(who).get(&format!("/api/cases/{case}/private"));
        assert_eq!(
            (answer.status, answer.code().as_str()),
            (status, code),
            "{who}"
        );
    }
    assert_eq!(town.hub.browser().get(&path(2)).status, 401);
    assert_eq!(read().len(), before, "who saw nothing has read nothing");
}

#[test]
fn the_department_that_has_the_lead_reads_and_no_other() {
    let town = Town::new();
    let mut worker = town.device("worker-putian", 1);
    let case = crate::cases::dispatched(&town, &mut worker);
    let record = text(&worker, case, 1);
    assert_eq!(told(&mut worker, vec![record]), ["kept"]);
    assert_eq!(list(&town.browser("road-dept"), &case).1[0]["text"], PHONE);
    let other = town.browser("drainage-dept");
    assert_eq!(list(&other, &case).0, 404);
}

#[test]
fn what_a_device_may_not_keep_is_refused_record_by_record() {
    let (town, mut worker, case) = reported();
    let mut colleague = town.device("worker-putian-2", 2);
    let mut stranger = town.device("worker-erqi", 3);
    let with = |change: &dyn Fn(&mut PrivateRecord)| {
        let mut record = text(&worker, case, 9);
        change(&mut record);
        record
    };
    let (unsent, elsewhere) = (worker.clone().report(), SubjectId::from_bytes([7; 16]));
    let records = vec![
        with(&|record| record.author = person("clerk")),
        with(&|record| record.content = PrivateContent::Text(String::new())),
        with(&|record| record.kind = PrivateKind::VoiceNote),
        with(&|record| record.number = SUBJECT_NUMBER_MAX + 1),
        with(&|record| record.case = unsent),
        with(&|_| {}),
        with(&|record| {
            record.id = PrivateRecordId::from_bytes([10; 16]);
            record.subject = elsewhere;
        }),
    ];
    assert_eq!(
        told(&mut worker, records),
        [
            "private_author",
            "private_empty",
            "private_no_voice",
            "subject_number",
            "waits",
            "kept",
            "kept"
        ]
    );
    let taken = text(&colleague, case, 9);
    assert_eq!(told(&mut colleague, vec![taken]), ["private_taken"]);
    let foreign = text(&stranger, case, 11);
    assert_eq!(told(&mut stranger, vec![foreign]), ["private_case"]);
    // A subject belongs to one case.
    let other = worker.report();
    worker.sync();
    let record = text(&worker, other, 12);
    assert_eq!(told(&mut worker, vec![record]), ["private_taken"]);
    assert_eq!(
        list(&town.browser("clerk"), &case)
            .1
            .as_array()
            .unwrap()
            .len(),
        2
    );
}

#[test]
fn a_case_holds_so_many_records_and_no_more() {
    let (town, mut worker, case) = reported();
    let mut left = PRIVATE_RECORDS_PER_CASE_MAX;
    let first = text(&worker, case, 1);
    let numbered = |number: usize| {
        let mut record = first.clone();
        let mut id = [0; 16];
        id[..8].copy_from_slice(&number.to_be_bytes());
        record.id = PrivateRecordId::from_bytes(id);
        record
    };
    let all: Vec<_> = (0..=PRIVATE_RECORDS_PER_CASE_MAX + 1)
        .map(numbered)
        .collect();
    for part in all.chunks(30) {
        for outcome in told(&mut worker, part.to_vec()) {
            let expected = if left > 0 { "kept" } else { "private_too_many" };
            assert_eq!(outcome, expected);
            left = left.saturating_sub(1);
        }
    }
    assert_eq!(erase(&town.browser("admin"), 200, "本人要求删除").0, 200);
    let mut record = numbered(999);
    record.subject = SubjectId::from_bytes([201; 16]);
    assert_eq!(
        told(&mut worker, vec![record]),
        ["kept"],
        "what is erased does not count"
    );
}

#[test]
fn a_stranger_and_a_revoked_device_keep_nothing_and_one_that_is_leaving_does() {
    let (town, mut worker, case) = reported();
    let mut forged = worker.clone();
    forged.session.token = [9; 16];
    let record = text(&worker, case, 1);
    assert_eq!(send(&mut forged, vec![record.clone()]).0, 401);
    let whose = person("worker-putian");
    revoke(&town.hub.state, "admin", &whose, None, 24).unwrap();
    assert_eq!(
        told(&mut worker, vec![record]),
        ["kept"],
        "it may send what it holds"
    );
    revoke(&town.hub.state, "admin", &whose, None, 0).unwrap();
    let record = text(&worker, case, 2);
    let (_, effects) = send(&mut worker, vec![record]);
    assert!(
        matches!(&effects[..], [Effect::Refused(words)] if words.code == "revoked"),
        "{effects:?}"
    );
}

#[test]
fn an_erasure_leaves_the_case_whole_and_no_way_to_what_was_said() {
    let (town, mut worker, case) = reported();
    let other = PrivateRecord {
        subject: SubjectId::from_bytes([201; 16]),
        number: 2,
        ..text(&worker, case, 2)
    };
    let records = vec![text(&worker, case, 1), other];
    assert_eq!(told(&mut worker, records), ["kept", "kept"]);
    let store = &town.hub.state.store;
    let name = PrivateRecordId::from_bytes([1; 16]);
    let ciphertext = store
        .reading(|read| read.private_ciphertext(&name))
        .unwrap()
        .unwrap();
    let wrapped = key_of(&town, 200).unwrap();
    let folder = town.hub.folder();
    let before = bytes_in(folder.path());
    assert!(holds(&before, &wrapped) && holds(&before, &ciphertext));
    let changes = town.changes();

    audited(&town);
    let admin = town.browser("admin");
    for (who, status) in [("clerk", 403), ("shift-leader", 403), ("auditor-1", 403)] {
        assert_eq!(erase(&town.browser(who), 200, "试试").0, status, "{who}");
    }
    assert_eq!(erase(&admin, 9, "查无此人").0, 404);
    for reason in ["", "  ", &"长".repeat(201)] {
        assert_eq!(erase(&admin, 200, reason).0, 422, "{reason}");
    }
    assert_eq!(key_of(&town, 200), Some(wrapped), "nothing so far");

    let (status, erased) = erase(&admin, 200, "本人要求删除");
    assert_eq!(
        (status, &erased["erased"]["cause"]),
        (200, &json!("asked")),
        "{erased}"
    );
    assert_eq!(erased["scrubbed"], true);
    let again = erase(&admin, 200, "另一个原因");
    assert_eq!(again.1["erased"], erased["erased"], "the first one stands");
    let lines = town.hub.audit(SUBJECT_ERASED);
    assert_eq!(lines.len(), 1);
    let subject = SubjectId::from_bytes([200; 16]);
    let detail: Value = serde_json::from_str(&lines[0].detail).unwrap();
    assert_eq!(
        detail,
        json!({ "subject": subject, "case": case, "cause": "asked" })
    );

    // Nothing of the key in any file, the log of the database included; what was sealed with it is gone as well.
    assert_eq!(key_of(&town, 200), None);
    let after = bytes_in(folder.path());
    for part in wrapped.chunks(16) {
        assert!(!holds(&after, part), "a part of the wrapped key is left");
    }
    assert!(!holds(&after, &ciphertext));
    assert!(
        holds(&after, &key_of(&town, 201).unwrap()),
        "the other one's is there"
    );

    // The list is whole, and so is the case.
    let (_, listed) = list(&town.browser("clerk"), &case);
    assert_eq!(listed.as_array().unwrap().len(), 2);
    assert_eq!(
        (&listed[0]["state"], &listed[0]["text"]),
        (&json!("erased"), &Value::Null)
    );
    assert_eq!(listed[0]["erased"]["reason"], "本人要求删除");
    assert_eq!(listed[0]["erased"]["cause_zh"], "应要求删除");
    assert_eq!(
        (&listed[0]["kind"], &listed[1]["text"]),
        (&json!("phone"), &json!(PHONE))
    );
    assert_eq!(town.changes(), changes);
    town.is_healthy();

    // What comes late for whoever was erased is not kept, and what came before is not asked for again.
    let late = text(&worker, case, 3);
    let old = text(&worker, case, 1);
    assert_eq!(
        told(&mut worker, vec![late, old]),
        ["subject_erased", "kept"]
    );
}

#[test]
fn what_is_over_is_erased_and_says_so() {
    let (town, mut worker, case) = reported();
    let hub = &town.hub;
    for bad in ["[]", "{\"phone\": 0}", "{\"phone\": 9999}", "{\"face\": 3}"] {
        assert!(
            set_retention_days(&hub.state, "test", bad.as_bytes()).is_err(),
            "{bad}"
        );
    }
    set_retention_days(&hub.state, "test", b"{\"phone\": 30, \"witness\": 60}").unwrap();
    let witness = PrivateRecord {
        kind: PrivateKind::Witness,
        ..text(&worker, case, 2)
    };
    let short = PrivateRecord {
        subject: SubjectId::from_bytes([201; 16]),
        ..text(&worker, case, 3)
    };
    let records = vec![text(&worker, case, 1), witness, short];
    assert_eq!(told(&mut worker, records), ["kept", "kept", "kept"]);
    let after = |days: i64| {
        hub.clock.advance_millis(days * DAY_MILLIS);
        let due = expired(&hub.state).unwrap();
        assert_eq!(erase_expired(&hub.state).unwrap(), due);
        due
    };
    assert_eq!(after(29), 0);
    assert_eq!(
        after(1),
        1,
        "the phone of the one, not what belongs to the witness"
    );
    assert_eq!(erase_expired(&hub.state).unwrap(), 0);
    let states = || {
        let (_, listed) = list(&town.browser("clerk"), &case);
        let state = |view: &Value| view["state"].as_str().unwrap().to_owned();
        listed
            .as_array()
            .unwrap()
            .iter()
            .map(state)
            .collect::<Vec<_>>()
    };
    assert_eq!(states(), ["readable", "readable", "erased"]);
    assert_eq!(after(30), 1);
    assert_eq!(states(), ["erased", "erased", "erased"]);
    let (_, listed) = list(&town.browser("clerk"), &case);
    assert_eq!(listed[0]["erased"]["cause"], "retention");
    let lines = hub.audit(SUBJECT_ERASED);
    assert!(lines.len() == 2 && lines.iter().all(|line| line.who == "system"));
}

#[test]
fn a_backup_brings_personal_data_back_and_a_restore_erases_again_whom_the_last_hub_erased() {
    let (town, mut worker, case) = reported();
    let other = PrivateRecord {
        subject: SubjectId::from_bytes([201; 16]),
        ..text(&worker, case, 2)
    };
    let records = vec![text(&worker, case, 1), other];
    assert_eq!(told(&mut worker, records), ["kept", "kept"]);
    let place = tempfile::tempdir().unwrap();
    let copy = place.path().join("copy");
    back_up(&town.hub.state, &copy).unwrap();
    let after_the_backup = PrivateRecord {
        subject: SubjectId::from_bytes([202; 16]),
        ..text(&worker, case, 3)
    };
    assert_eq!(told(&mut worker, vec![after_the_backup]), ["kept"]);
    for subject in [200, 202] {
        let erased = erase(&town.browser("admin"), subject, "本人要求删除");
        assert_eq!(erased.0, 200);
    }

    let restored = DataFolder::at(place.path().join("restored"));
    restore(&copy, &restored, monday(), &SystemEntropy).unwrap();
    let states = |folder: &DataFolder| {
        let app = folder
            .open_beside(std::sync::Arc::new(SystemEntropy))
            .unwrap();
        let clerk = app
            .store
            .reading(|read| read.person(&person("clerk")))
            .unwrap()
            .unwrap();
        let views = xunge_server::services::private::read(&app, &clerk, &case).unwrap();
        let views = views.into_iter().map(|view| view.text);
        views.collect::<Vec<_>>()
    };
    let phone = Some(PHONE.to_owned());
    assert_eq!(
        states(&restored),
        [phone.clone(), phone.clone()],
        "an old backup knows it still"
    );
    let last = town.hub.folder();
    assert_eq!(erase_again(&last, &restored, monday()).unwrap(), 1);
    assert_eq!(erase_again(&last, &restored, monday()).unwrap(), 0);
    assert_eq!(states(&restored), [None, phone]);
    let store = SqliteStore::open(&restored.database()).unwrap();
    let held: &dyn HubStore = &store;
    let unknown = SubjectId::from_bytes([202; 16]);
    let row = held.reading(|read| read.subject(&unknown)).unwrap();
    let erased = row.unwrap().erased.unwrap();
    assert_eq!(
        erased.reason, "本人要求删除",
        "whom the backup does not know is kept no more either"
    );

    // Without the key that opens it a backup with personal data is none.
    std::fs::remove_file(copy.join("private.key")).unwrap();
    let without = DataFolder::at(place.path().join("without"));
    let refused = restore(&copy, &without, monday(), &SystemEntropy);
    assert!(
        matches!(refused, Err(BackupError::Damaged(_))),
        "{refused:?}"
    );
    assert!(without.is_empty().unwrap());
}

#[test]
fn a_hub_that_lost_its_key_keeps_nothing_under_another() {
    let (town, mut worker, case) = reported();
    let record = text(&worker, case, 1);
    assert_eq!(told(&mut worker, vec![record]), ["kept"]);
    let folder = town.hub.folder();
    std::fs::remove_file(folder.private_key()).unwrap();
    let app = town.hub.beside();
    let clerk = app
        .store
        .reading(|read| read.person(&person("clerk")))
        .unwrap()
        .unwrap();
    let views = xunge_server::services::private::read(&app, &clerk, &case).unwrap();
    assert_eq!(json!(views[0].state), "damaged");
    let report = doctor::examine(&app).unwrap();
    let codes: Vec<_> = report.findings.iter().map(|finding| finding.code).collect();
    assert_eq!(codes, ["private_unreadable"]);
    let needed = app
        .store
        .reading(|read: &dyn HubRead| read.any_subject_key())
        .unwrap();
    assert!(needed && app.private_key.or_new(&*app.entropy, needed).is_err());
    assert!(!folder.private_key().exists());
}

#[test]
fn the_case_page_says_that_there_is_something_and_shows_it_on_demand() {
    let (town, mut worker, case) = reported();
    let record = text(&worker, case, 1);
    assert_eq!(told(&mut worker, vec![record]), ["kept"]);
    const BUTTON: &str = "?private=shown#private";
    let page = |who: &str, query: &str| {
        let answer = town.browser(who).get(&format!("/cases/{case}{query}"));
        assert_eq!(answer.status, 200, "{who}");
        answer.text
    };
    let closed = page("clerk", "");
    assert!(closed.contains("个人信息") && closed.contains(BUTTON) && !closed.contains(PHONE));
    assert_eq!(
        town.hub.audit(PRIVATE_READ).len(),
        0,
        "nothing was read so far"
    );
    let open = page("clerk", "?private=shown");
    assert!(open.contains(PHONE) && !open.contains(BUTTON));
    assert_eq!(town.hub.audit(PRIVATE_READ).len(), 1);
    for (who, sees) in [("admin", true), ("worker-putian-2", false)] {
        let text = page(who, "?private=shown");
        assert_eq!(text.contains("个人信息"), sees, "{who}");
        assert!(!text.contains(PHONE) && !text.contains(BUTTON), "{who}");
    }
    assert_eq!(town.hub.audit(PRIVATE_READ).len(), 1);
    erase(&town.browser("admin"), 200, "本人要求删除");
    let erased = page("clerk", "?private=shown");
    assert!(erased.contains("已删除") && erased.contains("本人要求删除"));
    assert!(!erased.contains(PHONE));
}
