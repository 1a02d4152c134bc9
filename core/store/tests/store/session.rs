//! The session, settings, cursors and packs.

use xunge_domain::ids::Digest;
use xunge_store::{Cursor, PackRow, Session, Store, StoreError};

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

#[test]
fn a_pack_is_kept_with_what_is_taken_of_it_until_it_is_forgotten() {
    let folder = tempfile::tempdir().unwrap();
    let mut store = Store::open(folder.path()).unwrap();
    let pack = |scope: &str, name: u8, taken| PackRow {
        scope: scope.into(),
        epoch: u64::MAX,
        seq: 7,
        sha256: Digest::from_bytes([name; 32]),
        length: 100,
        taken,
        chain: Digest::from_bytes([name.wrapping_add(taken as u8); 32]),
    };
    store
        .transaction(|tx| {
            tx.put_pack(&pack("grid:a", 1, 0))?;
            // Another scope may have a pack of the very same bytes.
            tx.put_pack(&pack("grid:b", 1, 0))?;
            let taken = pack("grid:a", 1, 40);
            tx.take_of_pack("grid:a", taken.sha256, taken.taken, taken.chain)?;
            assert_eq!(tx.packs()?, [taken, pack("grid:b", 1, 0)]);
            let other = Digest::from_bytes([2; 32]);
            let gone = tx.take_of_pack("grid:a", other, 50, other);
            assert!(matches!(gone, Err(StoreError::NotFound { what: "pack" })));
            Ok::<_, StoreError>(())
        })
        .unwrap();
    drop(store);
    let mut store = Store::open(folder.path()).unwrap();
    store
        .transaction(|tx| {
            assert_eq!(tx.packs()?.len(), 2);
            tx.put_pack(&pack("grid:b", 2, 0))?;
            tx.delete_pack("grid:a")?;
            assert_eq!(tx.packs()?, [pack("grid:b", 2, 0)]);
            tx.forget_packs()?;
            assert_eq!(tx.packs()?, []);
            let long = pack(&"x".repeat(xunge_store::limits::SCOPE_BYTES_MAX + 1), 3, 0);
            assert!(tx.put_pack(&long).is_err());
            Ok::<_, StoreError>(())
        })
        .unwrap();
}
