//! Errors of the framework look like ours below `/api`.

use serde_json::json;
use xunge_server::http::limits::BODY_BYTES_MAX;

use crate::support::hub;

#[test]
fn health_tells_epoch_and_the_hubs_own_clock() {
    let hub = hub();
    let health = hub.browser().get("/healthz");
    assert_eq!(health.status, 200);
    assert_eq!(health.json()["status"], "ok");
    assert_eq!(health.json()["epoch"], 1);
    assert_eq!(health.json()["time"], "2025-06-30T11:00:00+08:00");
}

#[test]
fn errors_nobody_wrote_an_answer_for_have_the_envelope() {
    let hub = hub();
    let browser = hub.browser();
    let body = |text: &str, content_type: &str| {
        browser.send_text(
            "POST",
            "/api/session",
            Some(text),
            &[("content-type", content_type)],
        )
    };
    let large = json!({ "person": "x".repeat(BODY_BYTES_MAX), "password": "" }).to_string();
    let not_allowed = browser.get("/api/session");
    for (answer, status, code) in [
        (browser.get("/api/nowhere"), 404, "not_found"),
        (browser.get("/api/people/"), 404, "not_found"),
        (body("{}", "text/plain"), 415, "unsupported_media_type"),
        (body("{", "application/json"), 400, "bad_request"),
        (body("{}", "application/json"), 422, "bad_request"),
        (body(&large, "application/json"), 413, "too_large"),
    ] {
        assert_eq!((answer.status, answer.code().as_str()), (status, code));
        assert_eq!(answer.header("content-type"), Some("application/json"));
    }
    assert_eq!(
        (not_allowed.status, not_allowed.code()),
        (405, "method_not_allowed".into())
    );
    let mut allowed: Vec<&str> = not_allowed.header("allow").unwrap().split(',').collect();
    allowed.sort_unstable();
    assert_eq!(allowed, ["DELETE", "POST"]);
    let fits = json!({ "person": "x".repeat(BODY_BYTES_MAX - 100), "password": "" }).to_string();
    assert_eq!(
        body(&fits, "application/json").code(),
        "login_failed",
        "just under the limit"
    );
}
