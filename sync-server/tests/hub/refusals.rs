//! What a role may not open: refused, in the audit log, and no flood of it.

use serde_json::Value;

use crate::support::{Hub, hub};

fn lines(hub: &Hub) -> Vec<(String, Value)> {
    let lines = hub.audit("access_refused").into_iter();
    let read = |detail: &str| serde_json::from_str(detail).unwrap();
    lines.map(|line| (line.who, read(&line.detail))).collect()
}

#[test]
fn an_address_a_role_may_not_open_is_in_the_log_without_what_was_asked_for() {
    let hub = hub();
    let clerk = hub.logged_in("clerk");
    let asked = "/api/people/worker-putian/devices?name=secret";
    assert_eq!(clerk.get(asked).status, 403);
    let found = lines(&hub);
    assert_eq!(found.len(), 1);
    assert_eq!(found[0].0, "clerk");
    assert_eq!(found[0].1["method"], "GET");
    assert_eq!(found[0].1["route"], "/api/people/{id}/devices");
    assert_eq!(found[0].1["in_this_hour"], 1);
    let text = found[0].1.to_string();
    assert!(
        !text.contains("secret") && !text.contains("worker-putian"),
        "{text}"
    );
    // Another verb is another line; what the role may do, and what nobody known asked, is none.
    let sent = clerk.put("/api/people/x", &serde_json::json!({}));
    assert_ne!(sent.status, 200);
    assert_eq!(clerk.get("/api/me").status, 200);
    assert_eq!(hub.browser().get(asked).status, 401);
    let admin = hub.logged_in("admin");
    assert_eq!(admin.get(asked).status, 200);
    assert!(lines(&hub).iter().all(|(who, _)| who == "clerk"));
    // A form without its token is somebody known, who was refused.
    let forged = crate::support::Browser {
        csrf: Some("forged".into()),
        ..hub.logged_in("clerk")
    };
    assert_eq!(forged.send("DELETE", "/api/session", None).code(), "csrf");
    let found = lines(&hub);
    let last = &found.last().unwrap().1;
    assert_eq!(
        (&last["method"], &last["route"]),
        (&"DELETE".into(), &"/api/session".into())
    );
}

#[test]
fn a_flood_of_refusals_is_a_handful_of_lines_an_hour() {
    let hub = hub();
    let clerk = hub.logged_in("clerk");
    let flood = |times| {
        for _ in 0..times {
            assert_eq!(clerk.get("/api/people/worker-putian/devices").status, 403);
        }
    };
    flood(120);
    let counts = || -> Vec<u64> {
        let found = lines(&hub).into_iter();
        found
            .filter_map(|(_, detail)| detail["in_this_hour"].as_u64())
            .collect()
    };
    assert_eq!(counts(), [1, 10, 100]);
    hub.clock.advance_millis(60 * 60 * 1_000);
    flood(2);
    assert_eq!(counts(), [1, 10, 100, 1]);
}
