//! Enrolment, sleep and wake, a store of a newer app.

use xunge_field::{HttpAnswer, Signer as _, SoftwareKey};

use crate::hub::Hub;
use crate::phone::Phone;

/// Where a database says which schema it has: the user version of the file format.
const USER_VERSION_AT: usize = 60;

#[test]
fn suspended_is_closed_and_resumed_is_as_before() {
    let mut phone = Phone::enrolled(&mut Hub::new());
    let case = phone.report("路面坑洞");
    let before = phone.show(case);
    for _ in 0..2 {
        phone.app().suspend().unwrap();
    }
    assert_eq!(
        phone.app().show(case).unwrap_err().code(),
        "store_suspended"
    );
    assert_eq!(
        phone.app().comment(case, "x").unwrap_err().code(),
        "store_suspended"
    );
    for _ in 0..2 {
        phone.app().resume().unwrap();
    }
    assert_eq!(phone.show(case), before);
    phone.app().comment(case, "醒来之后").unwrap();
    assert_eq!(phone.comments(case), ["醒来之后"]);
}

#[test]
fn a_store_of_a_newer_app_is_refused_and_not_touched() {
    // Nobody but a newer app can write a version into an encrypted one.
    let mut phone = Phone::with(None).enrol(&mut Hub::new());
    phone.report("路面坑洞");
    phone.app().suspend().unwrap();
    phone.switch_off();
    let database = phone.folder.path().join("xunge.db");
    let mut bytes = std::fs::read(&database).unwrap();
    bytes[USER_VERSION_AT..USER_VERSION_AT + 4].copy_from_slice(&999_u32.to_be_bytes());
    std::fs::write(&database, &bytes).unwrap();
    let error = phone.open().err().expect("refused");
    assert_eq!(error.code(), "store_newer");
    assert!(error.zh().contains("升级") && !error.en().is_empty());
    assert!(std::fs::read(&database).unwrap() == bytes, "to the byte");
}

#[test]
fn an_enrolment_believes_the_key_of_its_code_alone() {
    let hub = Hub::new();
    let mut phone = Phone::new();
    let (enrolment, request) = phone
        .app()
        .begin_enrolment("http://hub.example", &hub.code())
        .unwrap();
    let mut finish = |answer| {
        let error = phone
            .app()
            .finish_enrolment(&enrolment, answer)
            .unwrap_err();
        (error.code().to_owned(), phone.app().me())
    };
    assert_eq!(finish(HttpAnswer::Unreachable), ("no_network".into(), None));
    let portal = HttpAnswer::Answered {
        status: 200,
        body: b"<!doctype html><title>Login</title>".to_vec(),
    };
    assert_eq!(finish(portal), ("foreign_answer".into(), None));
    let envelope =
        r#"{"error":{"code":"code_used","zh":"已用","en":"used","next_zh":"","next_en":""}}"#;
    let refusal = HttpAnswer::Answered {
        status: 403,
        body: envelope.into(),
    };
    assert_eq!(finish(refusal), ("code_used".into(), None));
    let HttpAnswer::Answered { status, body } = hub.enrol(&request) else {
        panic!("an answer");
    };
    let cut = HttpAnswer::Answered {
        status,
        body: body[..body.len() - 1].to_vec(),
    };
    assert_eq!(finish(cut).1, None);
    let mut forged = body.clone();
    let last = forged.len() - 1;
    forged[last] ^= 1;
    let forged = HttpAnswer::Answered {
        status,
        body: forged,
    };
    assert_eq!(finish(forged), ("foreign_answer".into(), None));

    let whole = HttpAnswer::Answered { status, body };
    let me = phone.app().finish_enrolment(&enrolment, whole).unwrap();
    assert_eq!(me.id.as_str(), crate::hub::WORKER);
    assert_eq!(
        phone.app().server_url().as_deref(),
        Some("http://hub.example")
    );
    let again = phone
        .app()
        .begin_enrolment("http://hub.example", &hub.code());
    assert_eq!(again.err().expect("refused").code(), "enrolled_already");
}

#[test]
fn a_code_of_another_hub_is_not_redeemed_by_this_one() {
    let hub = Hub::new();
    let other = SoftwareKey::from_bytes(&[6; 32]).unwrap();
    let code = xunge_sync::wire::EnrolmentCode::new([3; 16], &other.public_key()).to_string();
    let mut phone = Phone::new();
    let (enrolment, request) = phone
        .app()
        .begin_enrolment("http://hub.example", &code)
        .unwrap();
    let error = phone
        .app()
        .finish_enrolment(&enrolment, hub.enrol(&request))
        .unwrap_err();
    assert_eq!(error.code(), "foreign_answer");
    assert_eq!(phone.app().me(), None);
}
