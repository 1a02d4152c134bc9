//! Possible duplicates at the clerk's desk: what is offered and why, and a link that names a case there is not.

use serde_json::{Value, json};
use xunge_documents::Edit;
use xunge_domain::case::PhotoPurpose;
use xunge_domain::ids::{Digest, DocumentId, InstallationId};
use xunge_evidence::risk::{Piece, PieceId, Sealed};
use xunge_server::store::PieceRow;

use crate::device::Device;
use crate::hub::monday;
use crate::town::Town;

fn offered(town: &Town, who: &str, id: &DocumentId) -> Vec<Value> {
    let answer = town
        .browser(who)
        .get(&format!("/api/cases/{id}/duplicates"));
    assert_eq!(answer.status, 200, "{answer:?}");
    answer.json()["duplicates"].as_array().unwrap().clone()
}

fn names(offered: &[Value]) -> Vec<String> {
    let names = offered.iter().map(|one| one["case"].as_str().unwrap());
    names.map(str::to_owned).collect()
}

fn ask(town: &Town, id: &DocumentId, body: &Value) -> Value {
    let path = format!("/api/cases/{id}/actions");
    let answer = town.browser("clerk").send("POST", &path, Some(body));
    assert_eq!(answer.status, 200, "{answer:?}");
    answer.json()
}

/// As the examiner keeps it once it has looked at a photo.
fn note_look(town: &Town, device: &mut Device, document: DocumentId, look: u64) {
    let piece = Piece {
        id: PieceId {
            document,
            intent: device.intent_id(),
        },
        author: device.person.id.clone(),
        sealed: Sealed::Photo {
            purpose: PhotoPurpose::Found,
            original: Digest::of(&look.to_be_bytes()),
            look: Some(look),
        },
        installation: InstallationId::from_bytes([3; 16]),
        at: monday(),
        not_before: None,
        received_at: monday(),
        uptime: None,
        place: None,
        fixes: 0,
        mocked: 0,
    };
    let row = PieceRow {
        piece,
        looked: true,
    };
    let store = &town.hub.state.store;
    store.writing(|write| write.put_piece(&row)).unwrap();
}

#[test]
fn the_clerk_is_offered_what_is_near_and_links_it_with_one_request() {
    let town = Town::new();
    let mut worker = town.device("worker-putian", 1);
    let (first, second, far) = (worker.report(), worker.report(), worker.report_in(1));
    worker.sync();

    let found = offered(&town, "clerk", &second);
    assert_eq!(names(&found), [first.to_string()]);
    assert_eq!(found[0]["metres"], 0);
    assert_eq!(found[0]["same_class"], true);
    assert_eq!(found[0]["look_bits"], Value::Null);
    assert_eq!(found[0]["hinted"], false);
    let reason = found[0]["reason_zh"].as_str().unwrap();
    assert!(
        reason.starts_with("同一小类，相距 0 米，0 分钟前上报"),
        "{reason}"
    );
    let reason = found[0]["reason_en"].as_str().unwrap();
    assert!(reason.starts_with("same class, 0 m away"), "{reason}");

    note_look(&town, &mut worker, first, 0xF0F0);
    note_look(&town, &mut worker, second, 0xF0F3);
    assert_eq!(offered(&town, "clerk", &second)[0]["look_bits"], 2);

    // What was named on site comes first, however far away.
    worker.write(second, vec![Edit::PossibleDuplicateOf(far)]);
    worker.sync();
    let found = offered(&town, "clerk", &second);
    assert_eq!(names(&found), [far.to_string(), first.to_string()]);
    assert_eq!(found[0]["hinted"], true);
    let page = town.browser("clerk").get(&format!("/cases/{second}"));
    assert!(page.text.contains("疑似重复") && page.text.contains("上报人提示"));
    assert!(page.text.contains(&format!("/cases/{second}/act")));

    let linked = ask(
        &town,
        &second,
        &json!({ "action": "link_duplicate", "of": first }),
    );
    assert_eq!(linked["outcome"], "accepted", "{linked}");
    assert_eq!(names(&offered(&town, "clerk", &second)), [far.to_string()]);
    // The other one stays as it is, and finds this one.
    assert_eq!(
        names(&offered(&town, "clerk", &first)),
        [second.to_string()]
    );

    let stranger = town
        .browser("worker-erqi")
        .get(&format!("/api/cases/{second}/duplicates"));
    assert_eq!(stranger.status, 404, "{stranger:?}");
    town.is_healthy();
}

#[test]
fn a_case_that_was_rejected_is_not_offered_and_asks_for_none() {
    let town = Town::new();
    let mut worker = town.device("worker-putian", 1);
    let (first, second) = (worker.report(), worker.report());
    worker.sync();
    let rejected = ask(
        &town,
        &first,
        &json!({ "action": "reject", "reason": "不属实" }),
    );
    assert_eq!(rejected["outcome"], "accepted", "{rejected}");
    assert!(offered(&town, "clerk", &second).is_empty());
    assert!(offered(&town, "clerk", &first).is_empty());
}

#[test]
fn a_link_to_a_case_that_is_not_here_is_declined_until_it_has_come() {
    let town = Town::new();
    let mut worker = town.device("worker-putian", 1);
    let mut late = town.device("worker-putian", 2);
    let id = worker.report();
    worker.sync();
    let other = late.report();
    for action in ["link_duplicate", "reject"] {
        let body =
            json!({ "action": action, "of": other, "duplicate_of": other, "reason": "重复上报" });
        let ruling = ask(&town, &id, &body);
        assert_eq!(ruling["outcome"], "declined", "{ruling}");
        assert_eq!(ruling["reason"]["code"], "unknown_case");
        assert!(
            ruling["reason_zh"]
                .as_str()
                .unwrap()
                .contains("没有所指案卷")
        );
    }
    late.sync();
    let ruling = ask(
        &town,
        &id,
        &json!({ "action": "link_duplicate", "of": other }),
    );
    assert_eq!(ruling["outcome"], "accepted", "{ruling}");
    // What was declined before is explained by what has come since.
    town.is_healthy();
}

#[test]
fn the_component_that_a_report_names_is_among_its_facts() {
    let town = Town::new();
    let mut worker = town.device("worker-putian", 1);
    let id = worker.report();
    let component = "4101040103000001".parse().unwrap();
    worker.write(id, vec![Edit::Component(component)]);
    worker.sync();
    let case = town
        .browser("clerk")
        .get(&format!("/api/cases/{id}"))
        .json();
    assert_eq!(case["case"]["facts"]["component"], "4101040103000001");
}
