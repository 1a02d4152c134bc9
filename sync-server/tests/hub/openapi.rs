//! The promise of the API is kept in the repository: a change of it shows in review.

use std::path::Path;

use crate::support::hub;

#[test]
fn the_document_is_the_one_in_the_repository() {
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("openapi.json");
    let now = xunge_server::openapi::document_text().unwrap();
    if std::env::var_os("UPDATE_OPENAPI").is_some() {
        std::fs::write(&file, &now).unwrap();
    }
    let kept = std::fs::read_to_string(&file).unwrap_or_default();
    let differs = kept
        .lines()
        .zip(now.lines())
        .find(|(kept, now)| kept != now);
    assert!(
        kept == now,
        "the API changed; look at the difference and run the test with UPDATE_OPENAPI=1. First: {differs:?}"
    );
}

#[test]
fn it_is_served_as_openapi_3_1_and_describes_every_json_route() {
    let hub = hub();
    let served = hub.browser().get("/api/openapi.json");
    let served = served.json();
    assert_eq!(served["openapi"], "3.1.0");
    for (path, method) in [
        ("/healthz", "get"),
        ("/api/session", "post"),
        ("/api/session", "delete"),
        ("/api/me", "get"),
        ("/api/people/{id}", "put"),
        ("/api/organisations/{id}", "put"),
        ("/api/log/checkpoint", "get"),
        ("/api/log/consistency", "get"),
        ("/api/log/entries/{index}", "get"),
    ] {
        assert!(served["paths"][path][method].is_object(), "{method} {path}");
    }
    assert_eq!(served["info"]["version"], env!("CARGO_PKG_VERSION"));
}
