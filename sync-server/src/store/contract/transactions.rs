//! A transaction holds completely or not at all; a read sees one moment.

use super::samples::{at, change, document};
use crate::store::rows::MetaKey;
use crate::store::{HubStore, StoreError};

pub(crate) fn a_failed_work_leaves_nothing(store: &dyn HubStore) {
    let failed = store.writing(|write| {
        write.append_changes(&document(1), &[change(1, 1)])?;
        write.put_meta(MetaKey::PublicUrl, b"http://nowhere")?;
        Err::<(), _>(StoreError::Damaged { what: "test" })
    });
    assert!(
        matches!(failed, Err(StoreError::Damaged { what: "test" })),
        "the work's own reason"
    );
    let direct = store.write(&mut |write| {
        write.put_meta(MetaKey::PublicUrl, b"http://nowhere")?;
        Err(StoreError::Busy)
    });
    assert!(matches!(direct, Err(StoreError::Busy)));
    store
        .reading(|read| {
            assert_eq!(read.document(&document(1))?, None);
            assert_eq!(read.meta(MetaKey::PublicUrl)?, None);
            Ok::<_, StoreError>(())
        })
        .unwrap();
    let panicked = std::panic::catch_unwind(std::panic::AssertUnwindSafe(|| {
        store.writing(|write| -> Result<(), StoreError> {
            write.put_meta(MetaKey::PublicUrl, b"http://nowhere")?;
            panic!("a bug in a service");
        })
    }));
    assert!(panicked.is_err());
    let after = store
        .writing(|write| write.meta(MetaKey::PublicUrl))
        .unwrap();
    assert_eq!(after, None, "a panic rolls back, and the store goes on");
}

pub(crate) fn a_read_sees_one_moment(store: &dyn HubStore) {
    store
        .writing(|write| write.put_meta_number(MetaKey::Epoch, 1))
        .unwrap();
    // A store with one connection lets the writer wait until the reader is done: then it must wait.
    std::thread::scope(|threads| {
        let (told, heard) = std::sync::mpsc::channel::<()>();
        store
            .reading(|read| {
                let before = read.epoch()?;
                let told = told.clone();
                threads.spawn(move || {
                    store
                        .writing(|write| write.put_meta_number(MetaKey::Epoch, 2))
                        .unwrap();
                    let _ = told.send(());
                });
                // Either the write committed meanwhile or it waits for us; both must look the same from here.
                let _ = heard.recv_timeout(std::time::Duration::from_millis(50));
                assert_eq!((before, read.epoch()?), (1, 1));
                Ok::<_, StoreError>(())
            })
            .unwrap();
    });
    assert_eq!(store.reading(|read| read.epoch()).unwrap(), 2);
}

pub(crate) fn a_backup_is_a_whole_copy(store: &dyn HubStore) {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("copy.db");
    store
        .writing(|write| {
            write.append_changes(&document(1), &[change(1, 1), change(2, 2)])?;
            write.append_audit(at(0), "system", "backup", &serde_json::json!({}))
        })
        .unwrap();
    store.backup_into(&file).unwrap();
    assert!(
        matches!(store.backup_into(&file), Err(StoreError::Conflict(_))),
        "never over a file"
    );
    let copy = crate::store::sqlite::SqliteStore::open(&file).unwrap();
    let copy: &dyn HubStore = &copy;
    let load = |store: &dyn HubStore| store.reading(|read| read.document(&document(1))).unwrap();
    assert!(load(store).is_some());
    assert_eq!(load(copy), load(store));
}
