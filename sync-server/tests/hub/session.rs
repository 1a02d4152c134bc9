//! Logging in and out, lockout, CSRF, and what a browser is told never to do.

use serde_json::json;

use crate::support::{PASSWORD, empty_hub, hub};

#[test]
fn who_logs_in_is_known_until_logging_out() {
    let hub = hub();
    let mut browser = hub.browser();
    assert_eq!(
        (browser.get("/api/me").status, browser.get("/api/me").code()),
        (401, "not_logged_in".into())
    );
    let answer = browser.log_in("clerk", PASSWORD);
    assert_eq!(answer.status, 200);
    let cookie = answer.header("set-cookie").unwrap();
    assert!(cookie.starts_with("xunge_session=") && cookie.ends_with("HttpOnly; SameSite=Strict"));
    let me = browser.get("/api/me");
    assert_eq!(me.json()["person"]["roles"], json!(["intake_clerk"]));
    assert_eq!(me.json()["csrf"].as_str(), browser.csrf.as_deref());
    assert_eq!(browser.send("DELETE", "/api/session", None).status, 204);
    assert_eq!(
        browser.get("/api/me").status,
        401,
        "the cookie is worth nothing now"
    );
    assert_eq!(hub.audit("login").len(), 1);
    assert_eq!(hub.audit("logout").len(), 1);
}

#[test]
fn a_wrong_password_and_an_unknown_person_get_the_same_answer() {
    let hub = hub();
    let mut browser = hub.browser();
    let wrong = browser.log_in("clerk", "not the password");
    for nobody in ["nobody", "Not An Id", "worker-erqi", ""] {
        let unknown = browser.log_in(nobody, PASSWORD);
        assert_eq!((unknown.status, &unknown.text), (401, &wrong.text));
    }
    assert_eq!(wrong.code(), "login_failed");
    let audit = hub.audit("login_failed");
    assert_eq!(audit.len(), 5);
    assert_eq!(audit[0].who, "clerk");
    assert!(
        audit[1..].iter().all(|line| line.who == "unknown"),
        "what was typed is not kept"
    );
}

#[test]
fn five_failures_lock_for_five_minutes_one_person_only() {
    let hub = hub();
    let mut browser = hub.browser();
    for _ in 0..5 {
        assert_eq!(browser.log_in("clerk", "not the password").status, 401);
    }
    let locked = browser.log_in("clerk", PASSWORD);
    assert_eq!((locked.status, locked.code()), (429, "locked_out".into()));
    assert_eq!(locked.header("retry-after"), Some("300"));
    assert_eq!(hub.browser().log_in("admin", PASSWORD).status, 200);
    hub.clock.advance_millis(5 * 60 * 1_000 - 1);
    assert_eq!(browser.log_in("clerk", PASSWORD).status, 429);
    hub.clock.advance_millis(1);
    assert_eq!(
        browser.log_in("clerk", "not the password").status,
        401,
        "counts from one again"
    );
    assert_eq!(browser.log_in("clerk", PASSWORD).status, 200);
    for _ in 0..4 {
        assert_eq!(browser.log_in("clerk", "not the password").status, 401);
    }
    assert_eq!(
        browser.log_in("clerk", PASSWORD).status,
        200,
        "a success takes the failures back"
    );
}

#[test]
fn attempts_at_the_same_moment_are_not_looked_at_more_often() {
    let hub = hub();
    let statuses: Vec<u16> = std::thread::scope(|threads| {
        let attempts: Vec<_> = (0..12)
            .map(|_| threads.spawn(|| hub.browser().log_in("clerk", "not the password").status))
            .collect();
        attempts
            .into_iter()
            .map(|attempt| attempt.join().unwrap())
            .collect()
    });
    assert_eq!(
        statuses.iter().filter(|status| **status == 401).count(),
        5,
        "{statuses:?}"
    );
    assert_eq!(
        statuses.iter().filter(|status| **status == 429).count(),
        7,
        "{statuses:?}"
    );
}

#[test]
fn a_session_ends_after_twelve_hours() {
    let hub = hub();
    let browser = hub.logged_in("clerk");
    hub.clock.advance_millis(12 * 60 * 60 * 1_000 - 1);
    assert_eq!(browser.get("/api/me").status, 200);
    hub.clock.advance_millis(1);
    assert_eq!(browser.get("/api/me").status, 401);
}

#[test]
fn a_change_needs_the_token_of_this_very_session() {
    let hub = hub();
    let mut browser = hub.logged_in("admin");
    let other = hub.logged_in("admin");
    let person = json!({ "name": "新人", "roles": [] });
    for csrf in [
        None,
        Some("guessed".to_owned()),
        other.csrf.clone(),
        Some(String::new()),
    ] {
        browser.csrf = csrf;
        let refused = browser.put("/api/people/new", &person);
        assert_eq!((refused.status, refused.code()), (403, "csrf".into()));
    }
    assert_eq!(
        browser.get("/api/people/new").status,
        404,
        "reading needs no token, and nothing was made"
    );
}

#[test]
fn another_site_cannot_even_log_somebody_in() {
    let hub = hub();
    let login = json!({ "person": "clerk", "password": PASSWORD }).to_string();
    let from = |site| {
        let headers = [
            ("content-type", "application/json"),
            ("sec-fetch-site", site),
        ];
        hub.browser()
            .send_text("POST", "/api/session", Some(&login), &headers)
    };
    for site in ["cross-site", "same-site"] {
        assert_eq!(
            (from(site).status, from(site).code()),
            (403, "cross_site".into())
        );
    }
    assert_eq!(from("same-origin").status, 200);
}

#[test]
fn behind_https_the_cookie_is_bound_to_the_host() {
    let hub = empty_hub(true);
    hub.state
        .store
        .writing(|write| {
            let body = xunge_domain::person::Organisation {
                id: "centre".parse().unwrap(),
                name: "运行中心".into(),
                parent: None,
                party: None,
            };
            write.put_organisation(&body)
        })
        .unwrap();
    hub.add("clerk", xunge_domain::person::Role::IntakeClerk);
    let mut browser = hub.browser();
    let answer = browser.log_in("clerk", PASSWORD);
    let cookie = answer.header("set-cookie").unwrap();
    assert!(cookie.starts_with("__Host-xunge_session=") && cookie.ends_with("; Secure"));
    assert_eq!(browser.get("/api/me").status, 200);
}

#[test]
fn every_answer_carries_the_headers_that_bind_the_browser() {
    let hub = hub();
    for path in ["/healthz", "/api/me", "/nowhere"] {
        let answer = hub.browser().get(path);
        let policy = answer.header("content-security-policy").unwrap();
        assert!(policy.contains("default-src 'none'") && policy.contains("script-src 'self';"));
        assert!(!policy.contains("unsafe"));
        assert_eq!(answer.header("x-content-type-options"), Some("nosniff"));
        assert_eq!(answer.header("cache-control"), Some("no-store"));
        assert_eq!(answer.header("x-request-id").map(str::len), Some(16));
    }
    let with = |id| {
        let answer = hub
            .browser()
            .send_text("GET", "/healthz", None, &[("x-request-id", id)]);
        answer.header("x-request-id").unwrap().to_owned()
    };
    assert_eq!(with("proxy-7"), "proxy-7");
    assert_ne!(with("a b"), "a b");
    assert_ne!(with(&"x".repeat(65)), "x".repeat(65));
}
