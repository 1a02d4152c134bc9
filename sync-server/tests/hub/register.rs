//! Registering what came by another way than a patrol: once for each number, by those whose work it is.

use serde_json::{Value, json};
use xunge_domain::class::ClassTable;
use xunge_domain::person::Role;
use xunge_server::tables::note_tables_changed;

use crate::support::{Hub, hub};

fn ready() -> Hub {
    let hub = hub();
    let table = include_bytes!("../../data/classes.sample.json");
    let table = ClassTable::from_json(table).unwrap();
    hub.state
        .store
        .writing(|write| {
            write.put_class_table(&table)?;
            note_tables_changed(write)
        })
        .unwrap();
    hub
}

fn call(external_id: &str) -> Value {
    json!({
        "source": "hotline", "external_id": external_id, "class": "road_damage", "description": "路面有坑",
        "address": "至德街", "no_grid_reason": "尚未划格",
    })
}

#[test]
fn the_same_number_of_one_source_is_one_case() {
    let hub = ready();
    let clerk = hub.logged_in("clerk");
    let first = clerk.send("POST", "/api/cases", Some(&call("12345-1")));
    assert_eq!(first.status, 200, "{first:?}");
    assert_eq!(first.json()["already"], false);
    let mut other_words = call("12345-1");
    other_words["description"] = json!("同一电话再次登记");
    let again = clerk.send("POST", "/api/cases", Some(&other_words));
    assert_eq!(again.json()["already"], true);
    assert_eq!(again.json()["case"], first.json()["case"]);
    let id = first.json()["case"].as_str().unwrap().to_owned();
    let case = clerk.get(&format!("/api/cases/{id}")).json();
    assert_eq!(case["standing"]["state"], "reported");
    assert_eq!(
        case["standing"]["registration"],
        json!({ "source": "hotline", "external_id": "12345-1" })
    );
    assert_eq!(
        case["case"]["facts"]["description"], "路面有坑",
        "the second time wrote nothing"
    );

    // Another number, another source, or none is another case.
    let mut elsewhere = call("12345-1");
    elsewhere["source"] = json!("platform");
    let mut without = call("");
    without["external_id"] = Value::Null;
    for body in [call("12345-2"), elsewhere, without.clone(), without] {
        let made = clerk.send("POST", "/api/cases", Some(&body));
        assert_eq!((made.status, &made.json()["already"]), (200, &json!(false)));
    }
}

#[test]
fn what_the_rules_decline_is_said_and_nothing_is_made() {
    let hub = ready();
    hub.add("leader", Role::ShiftLeader);
    let (clerk, leader) = (hub.logged_in("clerk"), hub.logged_in("leader"));
    let spoiled = |field: &str, value: Value| {
        let mut body = call("12345-9");
        body[field] = value;
        clerk.send("POST", "/api/cases", Some(&body))
    };
    for (field, value, status) in [
        ("class", json!("no_such_class"), 422),
        ("no_grid_reason", Value::Null, 422),
        ("source", json!("rumour"), 400),
        ("point", json!("here"), 400),
        ("severity", json!("dire"), 400),
        ("external_id", json!("9".repeat(65)), 422),
        ("rumour", json!("a field there is not"), 422),
    ] {
        let answer = spoiled(field, value);
        assert_eq!(answer.status, status, "{field}: {answer:?}");
    }
    assert_eq!(
        leader
            .send("POST", "/api/cases", Some(&call("12345-9")))
            .status,
        403
    );
    assert_eq!(
        hub.browser()
            .send("POST", "/api/cases", Some(&call("12345-9")))
            .status,
        401
    );
    let list = clerk.get("/api/cases").json();
    assert_eq!(list["cases"], json!([]));
}
