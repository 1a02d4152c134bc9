//! The doctor names what does not hold.

use std::fs;

use xunge_domain::case::PhotoPurpose;
use xunge_domain::ids::{Digest, DocumentId, IntentId};
use xunge_domain::person::Role;
use xunge_domain::scope::Scope;
use xunge_evidence::risk::{Finding, PieceId};
use xunge_server::app::Clock as _;
use xunge_server::services::documents::heads;
use xunge_server::services::examination::{RISK_FOUND, detail};
use xunge_server::services::{doctor, people};
use xunge_server::store::rows::{FeedAppend, MembershipRow, SnapshotRow};
use xunge_server::store::{HubTransaction, RiskRow, StoreError};

use crate::hub::Browser;
use crate::town::{Town, person};

/// A town with a ruled case and a stored photo.
fn town() -> (Town, DocumentId, Digest) {
    let town = Town::new();
    let mut worker = town.device("worker-putian", 1);
    let (id, bytes) = (worker.report(), b"\xFF\xD8\xFF picture".to_vec());
    let photo = worker.photo(&bytes, PhotoPurpose::Found, false);
    worker.write(id, vec![photo]);
    worker.sync();
    let report = doctor::examine(&town.hub.state).unwrap();
    assert_eq!(report.findings, []);
    assert_eq!(
        (report.documents, report.changes, report.rulings),
        (1, 3, 1)
    );
    assert_eq!((report.feeds, report.blobs), (2, 1));
    (town, id, Digest::of(&bytes))
}

fn codes(town: &Town) -> Vec<&'static str> {
    let report = doctor::examine(&town.hub.state).unwrap();
    let mut codes: Vec<_> = report.findings.iter().map(|finding| finding.code).collect();
    codes.dedup();
    codes
}

fn spoil(town: &Town, work: impl Fn(&mut dyn HubTransaction) -> Result<(), StoreError>) {
    town.hub.state.store.writing(work).unwrap();
}

#[test]
fn a_list_row_and_a_snapshot_that_say_something_else() {
    let (town, id, _) = town();
    spoil(&town, |write| {
        let mut row = write.case(&id)?.unwrap();
        row.title = "改过".into();
        write.put_case(&row)
    });
    assert_eq!(codes(&town), ["list_row_differs"]);
    spoil(&town, |write| {
        let empty = xunge_documents::Document::new();
        let snapshot = SnapshotRow {
            heads: heads(&empty),
            upto_arrival: 1,
            bytes: empty.save(),
        };
        write.replace_snapshot(&id, &snapshot)
    });
    assert_eq!(codes(&town), ["snapshot_differs", "list_row_differs"]);
}

#[test]
fn a_change_that_was_slipped_in() {
    let (town, id, _) = town();
    spoil(&town, |write| {
        let mut row = write.changes(&id, 1, 1)?.remove(0);
        row.arrival = 4;
        row.sequence += 7;
        row.hash = Digest::of(b"another");
        row.installation = None;
        write.append_changes(&id, &[row])
    });
    let codes = codes(&town);
    for code in [
        "change_altered",
        "change_row_differs",
        "signature",
        "feed_behind",
    ] {
        assert!(codes.contains(&code), "{code} in {codes:?}");
    }
}

#[test]
fn a_feed_that_leaves_something_out() {
    let (town, id, _) = town();
    let scope = Scope::Person(person("worker-putian"));
    spoil(&town, |write| {
        let entry = FeedAppend {
            scope: scope.clone(),
            document: id,
            from_arrival: 6,
            upto_arrival: 9,
        };
        write.append_feed(&[entry]).map(drop)
    });
    assert_eq!(codes(&town), ["feed_hole", "feed_behind"]);
    spoil(&town, |write| {
        write.remove_membership(&id, &scope)?;
        write.put_membership(&MembershipRow {
            document: id,
            scope: Scope::Person(person("worker-erqi")),
            upto_arrival: 2,
        })
    });
    let codes = codes(&town);
    assert!(codes.contains(&"feed_missing"), "{codes:?}");
    assert!(codes.contains(&"feed_behind"), "{codes:?}");
}

#[test]
fn a_photo_that_has_changed_or_gone() {
    let (town, _, photo) = town();
    let file = town.hub.state.blobs.path(&photo);
    fs::write(&file, b"something else").unwrap();
    assert_eq!(codes(&town), ["photo_damaged"]);
    fs::remove_file(&file).unwrap();
    assert_eq!(codes(&town), ["photo_damaged"]);
}

#[test]
fn a_ruling_that_would_come_out_otherwise_and_one_whose_author_has_another_role_now() {
    let (town, id, _) = town();
    let clerk: Browser = town.browser("clerk");
    let path = format!("/api/cases/{id}/actions");
    let body = serde_json::json!({ "action": "accept" });
    assert_eq!(clerk.send("POST", &path, Some(&body)).status, 200);
    assert_eq!(codes(&town), [""; 0]);
    town.hub.clock.advance_millis(1);
    // Past everybody: nothing says why the register differs.
    let mut changed = town
        .city
        .people
        .iter()
        .find(|one| one.id.as_str() == "clerk");
    let mut changed = changed.take().unwrap().clone();
    changed.roles = vec![Role::Dispatcher];
    spoil(&town, |write| write.put_person(&changed));
    assert_eq!(codes(&town), ["ruling_differs"]);
    people::put_person(&town.hub.state, "admin", &changed).unwrap();
    let report = doctor::examine(&town.hub.state).unwrap();
    assert_eq!(
        report.findings,
        [],
        "the log says that the role was changed"
    );
    assert_eq!(report.notes[0].code, "ruling_differs");
}

#[test]
fn a_mark_that_was_slipped_in_and_one_that_was_taken_out() {
    let (town, id, _) = town();
    let piece = PieceId {
        document: id,
        intent: IntentId::from_bytes([1; 15]),
    };
    let row = |line| RiskRow {
        line,
        piece,
        person: person("worker-putian"),
        found_at: town.hub.clock.now(),
        finding: Finding::MockLocation {
            mocked: 1,
            fixes: 1,
        },
    };
    // Under a line that says something else.
    spoil(&town, |write| write.add_risk(&row(1)));
    assert_eq!(codes(&town), ["risk_changed"]);
    // And a line whose mark is not there: as if somebody had taken the row out.
    let (town, ..) = self::town();
    spoil(&town, |write| {
        let row = row(0);
        let told = detail(&row.piece, &row.person, &row.finding);
        write.append_audit(row.found_at, "system", RISK_FOUND, &told)?;
        Ok(())
    });
    assert_eq!(codes(&town), ["risk_missing"]);
}
