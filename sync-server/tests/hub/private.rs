//! Personal data from the command line.

use serde_json::{Value, json};
use xunge_domain::ids::{DocumentId, SubjectId};
use xunge_server::services::private::{RETENTION_SET, SUBJECT_ERASED};
use xunge_server::store::{StoreError, SubjectRow};

use crate::command_line::{errors, run};
use crate::support::{Hub, hub, monday};

fn subject(hub: &Hub, number: u8) -> SubjectId {
    let row = SubjectRow {
        id: SubjectId::from_bytes([number; 16]),
        document: DocumentId::from_bytes([1; 16]),
        created_at: monday(),
        retain_until: monday().plus_millis(i64::from(number)),
        erased: None,
    };
    let store = &hub.state.store;
    store
        .writing(|write| write.add_subject(&row, &[number; 48]))
        .unwrap();
    row.id
}

fn is_erased(hub: &Hub, id: &SubjectId) -> bool {
    let store = &hub.state.store;
    store
        .reading(|read| Ok::<_, StoreError>(read.subject_key(id)?.is_none()))
        .unwrap()
}

#[test]
fn a_subject_is_erased_beside_a_serving_hub() {
    let hub = hub();
    let (one, other) = (subject(&hub, 1), subject(&hub, 2));
    let folder = hub.folder().path().to_str().unwrap().to_owned();
    let erase = |subject: &str, reason: &str| {
        run(&[
            "erase",
            "--data",
            &folder,
            "--subject",
            subject,
            "--reason",
            reason,
            "--json",
        ])
    };
    for (subject, reason, code) in [
        ("nobody", "本人要求", "private_unknown"),
        (
            &*SubjectId::from_bytes([9; 16]).to_string(),
            "本人要求",
            "private_unknown",
        ),
        (&*one.to_string(), " ", "erasure_reason"),
    ] {
        let refused = erase(subject, reason);
        assert_eq!(refused.status.code(), Some(1));
        assert!(
            errors(&refused).contains(&format!("[{code}]")),
            "{}",
            errors(&refused)
        );
    }
    for _ in 0..2 {
        let done = erase(&one.to_string(), "本人要求");
        assert!(done.status.success(), "{}", errors(&done));
        let told: Value = serde_json::from_slice(&done.stdout).unwrap();
        assert_eq!(told["erased"]["reason"], "本人要求");
        assert_eq!(told["scrubbed"], true, "{told}");
    }
    assert!(is_erased(&hub, &one) && !is_erased(&hub, &other));
    assert_eq!(hub.audit(SUBJECT_ERASED).len(), 1);
}

#[test]
fn times_are_printed_set_and_kept_to_by_collect() {
    let hub = hub();
    let folder = hub.folder().path().to_str().unwrap().to_owned();
    let printed = run(&["retention", "--data", &folder]);
    let days: Value = serde_json::from_slice(&printed.stdout).unwrap();
    assert_eq!(
        (&days["witness"], &days["voice_note"]),
        (&json!(1_095), &json!(180))
    );
    let place = tempfile::tempdir().unwrap();
    let file = place.path().join("days.json");
    let set = |text: &str| {
        std::fs::write(&file, text).unwrap();
        run(&[
            "retention",
            "--data",
            &folder,
            "--set",
            file.to_str().unwrap(),
        ])
    };
    let refused = set("{\"phone\": 0}");
    assert!(
        errors(&refused).contains("[retention_refused]"),
        "{}",
        errors(&refused)
    );
    let done = set("{\"phone\": 30}");
    let days: Value = serde_json::from_slice(&done.stdout).unwrap();
    assert_eq!(
        (&days["phone"], &days["address"]),
        (&json!(30), &json!(365))
    );
    assert_eq!(hub.audit(RETENTION_SET).len(), 1);

    // By the hub's clock, which another process adds to its own, this one's time is over for long.
    let (over, kept) = (subject(&hub, 1), SubjectId::from_bytes([3; 16]));
    let later = SubjectRow {
        id: kept,
        retain_until: monday().plus_millis(100 * 24 * 60 * 60 * 1_000),
        ..hub
            .state
            .store
            .reading(|read| read.subject(&over))
            .unwrap()
            .unwrap()
    };
    let store = &hub.state.store;
    store
        .writing(|write| write.add_subject(&later, &[3; 48]))
        .unwrap();
    let collect = |more: &[&str]| {
        let arguments = [&["collect", "--data", &folder, "--json"], more].concat();
        let done = run(&arguments);
        assert!(done.status.success(), "{}", errors(&done));
        let told: Value = serde_json::from_slice(&done.stdout).unwrap();
        told["expired_subjects"].clone()
    };
    assert_eq!(collect(&["--dry-run"]), 1);
    assert!(!is_erased(&hub, &over));
    assert_eq!(collect(&[]), 1);
    assert!(is_erased(&hub, &over) && !is_erased(&hub, &kept));
    assert_eq!(collect(&[]), 0);
}
