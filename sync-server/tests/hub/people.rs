//! People and bodies: who may look, who may change.

use serde_json::json;
use xunge_domain::person::Role;
use xunge_server::services::people::NAME_CHARACTERS_MAX;
use xunge_sync::keys::Signer;
use xunge_sync::wire::EnrolmentCode;

use crate::support::{PASSWORD, hub};

#[test]
fn nobody_is_401_and_the_wrong_role_is_403() {
    let hub = hub();
    let (nobody, clerk) = (hub.browser(), hub.logged_in("clerk"));
    let person = json!({ "name": "新人", "roles": [] });
    let organisation = json!({ "name": "新单位", "parent": null });
    let password = json!({ "password": PASSWORD });
    let changes = [
        ("PUT", "/api/people/new", Some(&person)),
        ("POST", "/api/people/worker-putian/enrolment-codes", None),
        ("PUT", "/api/organisations/new", Some(&organisation)),
        ("PUT", "/api/people/admin/password", Some(&password)),
    ];
    for (method, path, body) in changes {
        let (without, with) = (
            nobody.send(method, path, body),
            clerk.send(method, path, body),
        );
        assert_eq!(
            (without.status, without.code()),
            (401, "not_logged_in".into()),
            "{path}"
        );
        assert_eq!(
            (with.status, with.code()),
            (403, "forbidden".into()),
            "{path}"
        );
    }
    for path in ["/api/people", "/api/people/admin", "/api/organisations"] {
        assert_eq!(
            (nobody.get(path).status, clerk.get(path).status),
            (401, 200),
            "{path}"
        );
    }
}

#[test]
fn an_admin_registers_somebody_who_then_logs_in() {
    let hub = hub();
    let admin = hub.logged_in("admin");
    let body = json!({ "name": "道桥养护", "parent": "centre" });
    assert_eq!(admin.put("/api/organisations/road-dept", &body).status, 200);
    let person = json!({
        "name": "养护员乙", "roles": ["disposal_dept"], "organisation": "road-dept", "duty_grids": []
    });
    let put = admin.put("/api/people/road-dept-1", &person);
    assert_eq!(put.status, 200, "{put:?}");
    assert_eq!(put.json()["id"], "road-dept-1");
    let password = json!({ "password": "a fresh password" });
    assert_eq!(
        admin
            .put("/api/people/road-dept-1/password", &password)
            .status,
        204
    );
    let mut browser = hub.browser();
    assert_eq!(
        browser.log_in("road-dept-1", "a fresh password").status,
        200
    );
    assert_eq!(hub.audit("person_put").last().unwrap().who, "admin");
    // A new password ends the sessions that the old one opened, also when one sets it oneself.
    let own = json!({ "password": "another password" });
    assert_eq!(
        browser.put("/api/people/road-dept-1/password", &own).status,
        204
    );
    assert_eq!(browser.get("/api/me").status, 401);
}

#[test]
fn what_cannot_be_is_refused_with_its_reason() {
    let hub = hub();
    let admin = hub.logged_in("admin");
    let name = |length| json!({ "name": "名".repeat(length), "roles": [] });
    let with = |field: &str, value: serde_json::Value| {
        let mut person = json!({ "name": "某", "roles": [] });
        person[field] = value;
        person
    };
    for (path, person, status, code) in [
        (
            "/api/people/new",
            name(NAME_CHARACTERS_MAX + 1),
            400,
            "name_unfit",
        ),
        ("/api/people/new", name(0), 400, "name_unfit"),
        ("/api/people/New", name(1), 400, "id_unfit"),
        (
            "/api/people/new",
            with("roles", json!(["king"])),
            400,
            "bad_request",
        ),
        (
            "/api/people/new",
            with("organisation", json!("nowhere")),
            422,
            "unknown_organisation",
        ),
        (
            "/api/people/new",
            with("duty_grids", json!(["No Grid"])),
            400,
            "id_unfit",
        ),
        (
            "/api/people/new",
            with("surprise", json!(1)),
            422,
            "bad_request",
        ),
        (
            "/api/people/nobody/password",
            json!({ "password": PASSWORD }),
            404,
            "unknown_person",
        ),
        (
            "/api/people/clerk/password",
            json!({ "password": "short" }),
            400,
            "password_unfit",
        ),
        (
            "/api/organisations/new",
            json!({ "name": "", "parent": null }),
            400,
            "name_unfit",
        ),
        (
            "/api/organisations/new",
            json!({ "name": "某", "parent": "nowhere" }),
            422,
            "unknown_organisation",
        ),
    ] {
        let refused = admin.put(path, &person);
        assert_eq!(
            (refused.status, refused.code().as_str()),
            (status, code),
            "{path} {person}"
        );
    }
    assert_eq!(
        admin
            .put("/api/people/new", &name(NAME_CHARACTERS_MAX))
            .status,
        200
    );
}

#[test]
fn the_last_admin_stays_admin() {
    let hub = hub();
    let admin = hub.logged_in("admin");
    let demoted = json!({ "name": "管理员甲", "roles": ["auditor"], "organisation": "centre" });
    let refused = admin.put("/api/people/admin", &demoted);
    assert_eq!((refused.status, refused.code()), (409, "last_admin".into()));
    hub.add("admin-2", Role::Admin);
    assert_eq!(admin.put("/api/people/admin", &demoted).status, 200);
    // The role is asked at every request, not remembered from the login.
    assert_eq!(admin.put("/api/people/admin", &demoted).status, 403);
}

#[test]
fn the_list_comes_in_parts() {
    let hub = hub();
    let clerk = hub.logged_in("clerk");
    let first = clerk.get("/api/people?limit=2").json();
    assert_eq!(first["next"], "clerk");
    let rest = clerk.get("/api/people?limit=2&after=clerk").json();
    assert_eq!(
        (rest["people"][0]["id"].as_str(), rest["next"].as_str()),
        (Some("worker-putian"), None)
    );
    assert_eq!(clerk.get("/api/people?limit=-1").code(), "bad_request");
    assert_eq!(clerk.get("/api/people?after=No%20Id").code(), "id_unfit");
}

#[test]
fn a_code_names_the_hub_and_is_kept_as_a_hash_only() {
    let hub = hub();
    let admin = hub.logged_in("admin");
    let issued = admin.send("POST", "/api/people/worker-putian/enrolment-codes", None);
    assert_eq!(issued.status, 201, "{issued:?}");
    let issued = issued.json();
    assert_eq!(issued["server"], hub.url.as_str());
    assert_eq!(issued["expires_at"], "2025-06-30T11:10:00+08:00");
    let code: EnrolmentCode = issued["code"].as_str().unwrap().parse().unwrap();
    assert_eq!(
        code.fingerprint,
        hub.state.hub_key.key.public_key().fingerprint()
    );
    let hash = xunge_server::services::enrol_codes::code_hash(&code.secret);
    let kept = hub
        .state
        .store
        .reading(|read| read.enrolment_code(&hash))
        .unwrap()
        .unwrap();
    assert_eq!(kept.person.as_str(), "worker-putian");
    let audit = hub.audit("enrolment_code_issued");
    assert!(!audit[0].detail.contains(issued["code"].as_str().unwrap()));
}
