//! The session, settings and cursors.

use xunge_store::{Cursor, Session, Store, StoreError};

use crate::support::{installation, on_both, session};

#[test]
fn the_session_is_one_and_remembers_former_installations() {
    on_both(|mut store| {
        assert_eq!(store.read(|reader| reader.session()).unwrap(), None);
        let unenrolled = store
            .transaction(|tx| tx.renew_session(&[1; 16], 1))
            .unwrap_err();
        assert_eq!(unenrolled.code(), "store_not_found");
        store
            .transaction(|tx| {
                tx.set_session(&session(1))?;
                tx.set_session(&session(1))?;
                assert!(tx.former_installations()?.is_empty());
                tx.set_session(&session(2))?;
                tx.set_session(&session(3))?;
                tx.renew_session(&[9; 16], 77)
            })
            .unwrap();
        let read = store.read(|reader| reader.session()).unwrap();
        let wanted = Session {
            token: [9; 16],
            epoch: 77,
            ..session(3)
        };
        assert_eq!(read, Some(wanted));
        let mut former = store.read(|reader| reader.former_installations()).unwrap();
        former.sort();
        assert_eq!(former, [installation(1), installation(2)]);
    });
}

#[test]
fn a_session_prints_without_its_secrets() {
    let printed = format!("{:?}", session(1));
    assert!(printed.contains("xunge.example"));
    assert!(
        !printed.contains("token") && !printed.contains("3, 3"),
        "{printed}"
    );
    assert!(
        !printed.contains("key 1") && !printed.contains("person"),
        "{printed}"
    );
}

#[test]
fn settings_and_cursors_read_back() {
    let mut store = Store::open_in_memory().unwrap();
    let cursor = |scope: &str, epoch, seq| Cursor {
        scope: scope.to_owned(),
        epoch,
        seq,
    };
    store
        .transaction(|tx| {
            tx.set_setting("grids", b"1")?;
            tx.set_setting("grids", b"2")?;
            tx.set_setting("people", b"")?;
            tx.delete_setting("absent")?;
            assert_eq!(tx.setting("grids")?, Some(b"2".to_vec()));
            assert_eq!(
                tx.setting("people")?,
                Some(Vec::new()),
                "empty is not absent"
            );
            tx.delete_setting("people")?;
            assert_eq!(tx.setting("people")?, None);
            tx.set_cursor(&cursor("person:a", 1, 5))?;
            tx.set_cursor(&cursor("grid:b", u64::MAX, u64::MAX))?;
            tx.set_cursor(&cursor("person:a", 2, 6))?;
            assert_eq!(tx.cursor("person:a")?, Some(cursor("person:a", 2, 6)));
            assert_eq!(
                tx.cursors()?,
                [
                    cursor("grid:b", u64::MAX, u64::MAX),
                    cursor("person:a", 2, 6)
                ]
            );
            tx.delete_cursor("grid:b")?;
            assert_eq!(tx.cursor("grid:b")?, None);
            Ok::<_, StoreError>(())
        })
        .unwrap();
}
