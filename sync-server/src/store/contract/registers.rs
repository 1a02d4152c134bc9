//! People, devices, places, blobs, the hub's own facts.

use serde_json::json;
use xunge_domain::ids::{Digest, InstallationId, PersonId};
use xunge_domain::person::{Organisation, Person, Role};
use xunge_sync::hub::FormerScope;

use super::samples::{at, class_table, installation, intent_of, scope, unit_grid};
use crate::store::rows::{CodeTaken, CredentialRow, EnrolmentCodeRow, MetaKey, StaffSessionRow};
use crate::store::{HubStore, StoreError};

fn id(text: &str) -> PersonId {
    text.parse().unwrap()
}

pub(crate) fn people_and_bodies_read_back(store: &dyn HubStore) {
    let dept = Organisation {
        id: "road-dept".parse().unwrap(),
        name: "道桥养护".into(),
        parent: Some("bureau".parse().unwrap()),
        party: None,
    };
    let person = |text: &str, name: &str| Person {
        id: id(text),
        name: name.into(),
        roles: vec![Role::GridWorker, Role::IntakeClerk],
        organisation: Some(dept.id.clone()),
        duty_grids: vec!["putian-1".parse().unwrap(), "putian-2".parse().unwrap()],
    };
    let alone = Person {
        roles: vec![],
        organisation: None,
        duty_grids: vec![],
        ..person("b", "乙")
    };
    store
        .writing(|write| {
            write.put_organisation(&dept)?;
            write.put_person(&person("c", "丙"))?;
            write.put_person(&person("a", "旧"))?;
            write.put_person(&person("a", "甲"))?;
            write.put_person(&alone)
        })
        .unwrap();
    store
        .reading(|read| {
            assert_eq!(read.organisation(&dept.id)?.as_ref(), Some(&dept));
            assert_eq!(read.organisations()?, std::slice::from_ref(&dept));
            assert_eq!(read.person(&id("a"))?, Some(person("a", "甲")));
            assert_eq!(read.person(&id("z"))?, None);
            assert_eq!(read.people(None, 2)?, [person("a", "甲"), alone.clone()]);
            assert_eq!(read.people(Some(&id("b")), 2)?, [person("c", "丙")]);
            let workers = read.people_with_role(Role::GridWorker)?;
            assert_eq!(workers, [person("a", "甲"), person("c", "丙")]);
            assert_eq!(read.people_with_role(Role::Admin)?, []);
            Ok::<_, StoreError>(())
        })
        .unwrap();
}

pub(crate) fn former_scopes_are_noted_and_taken_back(store: &dyn HubStore) {
    let former = |text: &str, left_at| FormerScope {
        scope: scope(text),
        left_at: at(left_at),
    };
    store
        .writing(|write| {
            write.put_former_scope(&id("a"), &former("grid:putian-2", 5))?;
            write.put_former_scope(&id("a"), &former("grid:putian-1", 3))?;
            write.put_former_scope(&id("a"), &former("grid:putian-1", 9))?;
            write.put_former_scope(&id("b"), &former("grid:putian-1", 1))?;
            let noted = [former("grid:putian-1", 9), former("grid:putian-2", 5)];
            assert_eq!(write.former_scopes(&id("a"))?, noted);
            assert!(write.remove_former_scope(&id("a"), &scope("grid:putian-1"))?);
            assert!(!write.remove_former_scope(&id("a"), &scope("grid:putian-1"))?);
            assert_eq!(write.former_scopes(&id("a"))?, noted[1..]);
            assert_eq!(write.former_scopes(&id("b"))?.len(), 1);
            Ok::<_, StoreError>(())
        })
        .unwrap();
}

pub(crate) fn passwords_and_sessions(store: &dyn HubStore) {
    let credential = |failures, locked_until| CredentialRow {
        person: id("clerk"),
        argon2: "$argon2id$…".into(),
        failures,
        locked_until,
    };
    let session = |number: u8, person: &str, until| StaffSessionRow {
        secret_hash: Digest::of(&[number]),
        id: format!("session-{number}"),
        person: id(person),
        created_at: at(0),
        expires_at: at(until),
    };
    store
        .writing(|write| {
            write.put_credential(&credential(0, None))?;
            write.put_credential(&credential(3, Some(at(300))))?;
            assert_eq!(
                write.credential(&id("clerk"))?,
                Some(credential(3, Some(at(300))))
            );
            assert_eq!(write.credential(&id("nobody"))?, None);
            for (number, person, until) in [
                (1, "clerk", 10),
                (2, "clerk", 20),
                (3, "leader", 30),
                (4, "leader", 40),
            ] {
                write.add_staff_session(&session(number, person, until))?;
            }
            assert_eq!(
                write.staff_session(&Digest::of(&[1]))?,
                Some(session(1, "clerk", 10))
            );
            assert_eq!(
                write.remove_expired_staff_sessions(at(10))?,
                1,
                "over at its end"
            );
            assert_eq!(write.staff_session(&Digest::of(&[1]))?, None);
            assert!(write.remove_staff_session(&Digest::of(&[2]))?);
            assert!(!write.remove_staff_session(&Digest::of(&[2]))?);
            assert_eq!(write.remove_staff_sessions_of(&id("leader"))?, 2);
            Ok::<_, StoreError>(())
        })
        .unwrap();
    let add = || store.writing(|write| write.add_staff_session(&session(9, "clerk", 10)));
    add().unwrap();
    assert!(matches!(add(), Err(StoreError::Conflict(_))));
}

pub(crate) fn code(number: u8) -> EnrolmentCodeRow {
    EnrolmentCodeRow {
        code_hash: Digest::of(&[number]),
        person: id("worker-putian"),
        created_at: at(0),
        expires_at: at(600),
        taken_by: None,
    }
}

pub(crate) fn a_code_is_taken_once(store: &dyn HubStore) {
    let (one, other) = (
        InstallationId::from_bytes([1; 16]),
        InstallationId::from_bytes([2; 16]),
    );
    let take = |number: u8, by: &InstallationId, seconds| {
        store
            .writing(|write| write.take_enrolment_code(&Digest::of(&[number]), by, at(seconds)))
            .unwrap()
    };
    store
        .writing(|write| {
            write.add_enrolment_code(&code(1))?;
            write.add_enrolment_code(&code(2))
        })
        .unwrap();
    assert_eq!(
        take(1, &one, 599),
        CodeTaken::Taken {
            person: id("worker-putian")
        }
    );
    assert_eq!(take(1, &other, 599), CodeTaken::Used { by: one });
    assert_eq!(
        take(1, &one, 9_999),
        CodeTaken::Used { by: one },
        "also when its time is over"
    );
    assert_eq!(take(2, &one, 600), CodeTaken::Expired);
    assert_eq!(take(3, &one, 0), CodeTaken::Unknown);
    let kept = store
        .reading(|read| read.enrolment_code(&Digest::of(&[1])))
        .unwrap();
    assert_eq!(
        kept,
        Some(EnrolmentCodeRow {
            taken_by: Some(one),
            ..code(1)
        })
    );
    assert!(matches!(
        store.writing(|write| write.add_enrolment_code(&code(1))),
        Err(StoreError::Conflict(_))
    ));
}

pub(crate) fn installations_move_on(store: &dyn HubStore) {
    let mut first = installation(1, "worker-putian");
    let mut second = installation(2, "worker-putian");
    second.predecessor = Some(first.id);
    store
        .writing(|write| {
            write.add_installation(&first)?;
            write.add_installation(&second)?;
            let (current, previous) = (Digest::of(b"new"), first.token_current);
            assert!(write.set_installation_tokens(&first.id, &current, Some(&previous))?);
            assert!(write.supersede_installation(&first.id, &second.id)?);
            assert!(write.revoke_installation(&first.id, at(5))?);
            assert!(
                write.revoke_installation(&first.id, at(9))?,
                "the earliest time counts"
            );
            let stranger = InstallationId::from_bytes([9; 16]);
            assert!(!write.revoke_installation(&stranger, at(9))?);
            assert!(!write.set_installation_tokens(&stranger, &current, None)?);
            assert!(!write.supersede_installation(&stranger, &second.id)?);
            Ok::<_, StoreError>(())
        })
        .unwrap();
    first.token_previous = Some(first.token_current);
    first.token_current = Digest::of(b"new");
    first.superseded_by = Some(second.id);
    first.revoked_at = Some(at(5));
    store
        .reading(|read| {
            assert_eq!(read.installation(&first.id)?.as_ref(), Some(&first));
            assert_eq!(
                read.installation_by_prefix(&intent_of(2).prefix())?
                    .as_ref(),
                Some(&second)
            );
            assert_eq!(read.installation_by_prefix(&intent_of(3).prefix())?, None);
            assert_eq!(
                read.installations_of(&first.person)?,
                [first.clone(), second.clone()]
            );
            Ok::<_, StoreError>(())
        })
        .unwrap();
    let again = store.writing(|write| write.add_installation(&second));
    assert!(matches!(again, Err(StoreError::Conflict(_))));
}

pub(crate) fn grids_and_classes(store: &dyn HubStore) {
    let mut renamed = unit_grid(1);
    renamed.name = "圃田嘉园南院".into();
    store
        .writing(|write| {
            write.put_unit_grids(&[unit_grid(3), unit_grid(1), unit_grid(2)])?;
            write.put_unit_grids(std::slice::from_ref(&renamed))?;
            write.put_class_table(&class_table("2025", "2025-07-01"))?;
            write.put_class_table(&class_table("2024", "2024-01-01"))
        })
        .unwrap();
    store
        .reading(|read| {
            assert_eq!(
                read.unit_grids()?,
                [renamed.clone(), unit_grid(2), unit_grid(3)]
            );
            assert_eq!(read.unit_grid(renamed.code)?, Some(renamed.clone()));
            let beat = "putian-1".parse().unwrap();
            assert_eq!(
                read.unit_grids_of(&[beat])?,
                [renamed.clone(), unit_grid(3)]
            );
            let edition =
                |day| Ok::<_, StoreError>(read.class_table_on(day)?.map(|table| table.edition));
            assert_eq!(edition("2023-12-31")?, None);
            assert_eq!(edition("2025-06-30")?.as_deref(), Some("2024"));
            assert_eq!(edition("2025-07-01")?.as_deref(), Some("2025"));
            assert_eq!(
                read.class_table("2024")?,
                Some(class_table("2024", "2024-01-01"))
            );
            assert_eq!(read.class_editions()?, ["2024", "2025"]);
            Ok::<_, StoreError>(())
        })
        .unwrap();
}

pub(crate) fn own_facts_and_audit(store: &dyn HubStore) {
    store
        .writing(|write| {
            assert_eq!(write.epoch()?, 1, "before any restore");
            assert_eq!(write.server_installation()?, None);
            write.put_meta_number(MetaKey::Epoch, 2)?;
            write.put_meta(MetaKey::ServerInstallation, &[9; 16])?;
            write.put_meta(MetaKey::PublicUrl, b"http://localhost")?;
            assert_eq!(write.epoch()?, 2);
            assert_eq!(
                write.server_installation()?,
                Some(InstallationId::from_bytes([9; 16]))
            );
            assert_eq!(
                write.meta_text(MetaKey::PublicUrl)?.as_deref(),
                Some("http://localhost")
            );
            assert!(write.remove_meta(MetaKey::PublicUrl)?);
            assert!(!write.remove_meta(MetaKey::PublicUrl)?);
            write.put_meta(MetaKey::Epoch, b"two")?;
            assert!(matches!(write.epoch(), Err(StoreError::Damaged { .. })));
            Ok::<_, StoreError>(())
        })
        .unwrap();
    for number in 1..=3_u64 {
        let seq = store
            .writing(|write| {
                write.append_audit(at(0), "clerk", "login_failed", &json!({ "n": number }))
            })
            .unwrap();
        assert_eq!(seq, number);
    }
    let lines = store.reading(|read| read.audit_after(1, 10)).unwrap();
    assert_eq!(
        lines.iter().map(|line| line.seq).collect::<Vec<_>>(),
        [2, 3]
    );
    assert_eq!(
        (lines[0].who.as_str(), lines[0].detail.as_str()),
        ("clerk", r#"{"n":2}"#)
    );
}
