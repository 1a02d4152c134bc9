//! The first admin.

use xunge_server::services::setup::{SetupError, create_first_admin, issue_token, token_fits};

use crate::support::{PASSWORD, empty_hub, hub};

#[test]
fn the_newest_token_makes_one_admin_once() {
    let hub = empty_hub(false);
    let older = issue_token(&hub.state).unwrap().unwrap();
    let token = issue_token(&hub.state).unwrap().unwrap();
    let create = |token: &str, id: &str, name: &str, password: &str| {
        create_first_admin(&hub.state, token, id, name, password).map_err(|error| error.code())
    };
    assert_eq!(create(&older, "admin", "甲", PASSWORD), Err("setup_token"));
    assert_eq!(create("", "admin", "甲", PASSWORD), Err("setup_token"));
    assert_eq!(create(&token, "Not An Id", "甲", PASSWORD), Err("id_unfit"));
    assert_eq!(create(&token, "admin", " ", PASSWORD), Err("name_unfit"));
    assert_eq!(
        create(&token, "admin", "甲", "short"),
        Err("password_unfit")
    );
    assert!(
        token_fits(&hub.state, &token).unwrap(),
        "mistakes do not use it up"
    );
    create(&token, "admin", "甲", PASSWORD).unwrap();
    assert_eq!(
        create(&token, "admin-2", "乙", PASSWORD),
        Err("setup_token")
    );
    assert!(issue_token(&hub.state).unwrap().is_none());
    assert_eq!(
        hub.browser().log_in("admin", PASSWORD).json()["person"]["roles"][0],
        "admin"
    );
}

#[test]
fn two_people_with_the_link_do_not_both_become_admin() {
    let hub = empty_hub(false);
    let token = issue_token(&hub.state).unwrap().unwrap();
    let made: Vec<bool> = std::thread::scope(|threads| {
        let tries: Vec<_> = ["one", "two", "three"]
            .map(|id| {
                let (hub, token) = (&hub, &token);
                threads.spawn(move || {
                    match create_first_admin(&hub.state, token, id, "甲", PASSWORD) {
                        Ok(_) => true,
                        Err(SetupError::Token) => false,
                        Err(other) => unreachable!("{other}"),
                    }
                })
            })
            .into_iter()
            .collect();
        tries
            .into_iter()
            .map(|attempt| attempt.join().unwrap())
            .collect()
    });
    assert_eq!(made.iter().filter(|made| **made).count(), 1);
}

#[test]
fn a_hub_with_an_admin_hands_out_no_token() {
    assert!(issue_token(&hub().state).unwrap().is_none());
}
