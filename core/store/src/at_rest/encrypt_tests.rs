//! The upgrade and the wipe, stopped between any two steps.

use std::fs;
use std::path::Path;

use xunge_domain::ids::{Digest, DocumentId};

use super::data_key::DataKey;
use super::encrypt;
use super::envelope::KeyEnvelope;
use crate::blob_place::BlobFolder;
use crate::open::{SEALED_FOLDER, lock, make_folder};
use crate::power::Power;
use crate::{BlobKind, NewBlob, OpenStoreError, Store, StoreError};

/// More steps than the upgrade of the test's store takes.
const STEPS_MAX: u64 = 100;

fn key() -> DataKey {
    DataKey::from_bytes([7; 32])
}

fn photo(number: u8) -> Vec<u8> {
    [number, 0x5a].repeat(40_000)
}

fn of(number: u8) -> NewBlob {
    NewBlob {
        document: DocumentId::from_bytes([number; 16]),
        kind: BlobKind::Original,
    }
}

/// A store as an earlier version left it: some of it in its log, and a salvage behind it.
fn plain(folder: &Path) {
    let mut store = Store::open(folder).unwrap();
    store
        .transaction(|tx| tx.put_blob(&of(1), &photo(1)))
        .unwrap();
    drop(store);
    Store::salvage(folder).unwrap();
    let mut store = Store::open(folder).unwrap();
    store
        .transaction(|tx| -> Result<(), StoreError> {
            tx.put_blob(&of(2), &photo(2))?;
            tx.set_setting("in the log", "井盖破损".as_bytes())
        })
        .unwrap();
    // As a killed process leaves it: the log is not folded in.
    let kept = fs::read(folder.join("xunge.db-wal")).unwrap();
    let database = fs::read(folder.join("xunge.db")).unwrap();
    drop(store);
    fs::write(folder.join("xunge.db"), database).unwrap();
    fs::write(folder.join("xunge.db-wal"), kept).unwrap();
    // And what a killed salvage and an unfinished photo left.
    fs::write(folder.join("xunge.db.salvaging"), "井盖破损").unwrap();
    fs::write(folder.join("blobs/incoming/half"), &photo(2)[..100]).unwrap();
}

fn assert_whole(store: &Store) {
    store.check().unwrap();
    store
        .read(|reader| -> Result<(), StoreError> {
            for number in [1, 2] {
                let bytes = reader.read_blob(Digest::of(&photo(number)))?;
                assert_eq!(bytes, photo(number));
            }
            assert_eq!(
                reader.setting("in the log")?,
                Some("井盖破损".as_bytes().to_vec())
            );
            Ok(())
        })
        .unwrap();
}

/// The upgrade as an opening does it, until the power goes.
fn upgrade(folder: &Path, power: &Power) -> Result<(), OpenStoreError> {
    let _lock = lock(folder)?;
    if KeyEnvelope::read(folder)?.is_none() {
        power.spend()?;
        KeyEnvelope::new(&key(), None).write(folder)?;
    }
    encrypt::database(folder, &key(), power)?;
    let sealed = BlobFolder::of(folder, Some(&key()));
    make_folder(sealed.root())?;
    sealed.remove_unfinished()?;
    encrypt::photos(folder, &sealed, power)
}

fn files(folder: &Path, found: &mut Vec<(String, Vec<u8>)>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            files(&path, found);
        } else {
            found.push((path.display().to_string(), fs::read(path).unwrap()));
        }
    }
}

/// Files that hold a text or a photo of the test's store in plain.
fn telling(folder: &Path) -> Vec<String> {
    let mut found = Vec::new();
    files(folder, &mut found);
    let texts = [
        "井盖破损".as_bytes().to_vec(),
        photo(1)[..32].to_vec(),
        photo(2)[..32].to_vec(),
    ];
    let tells = |bytes: &[u8]| {
        texts
            .iter()
            .any(|text| bytes.windows(text.len()).any(|window| window == text))
    };
    found.retain(|(_, bytes)| tells(bytes));
    found.into_iter().map(|(path, _)| path).collect()
}

#[test]
fn an_upgrade_stopped_anywhere_goes_on_and_loses_nothing() {
    let original = tempfile::tempdir().unwrap();
    plain(original.path());
    assert!(
        telling(original.path()).len() >= 3,
        "the search finds what is plain"
    );
    for stops in 0..STEPS_MAX {
        let folder = tempfile::tempdir().unwrap();
        copy(original.path(), folder.path());
        let power = Power::default();
        power.cut_after(stops);
        let ended = upgrade(folder.path(), &power).is_ok();
        let store = Store::open_encrypted(folder.path(), &key()).unwrap();
        assert_whole(&store);
        drop(store);
        assert_eq!(
            telling(folder.path()),
            Vec::<String>::new(),
            "stopped after {stops}"
        );
        if ended {
            assert!(stops > 10, "only {stops} places to stop");
            return;
        }
    }
    panic!("the upgrade never ends");
}

#[test]
fn a_store_that_is_being_upgraded_refuses_another_key_and_none() {
    let folder = tempfile::tempdir().unwrap();
    plain(folder.path());
    let power = Power::default();
    power.cut_after(1);
    upgrade(folder.path(), &power).unwrap_err();
    let code = |answer: Result<Store, OpenStoreError>| answer.err().unwrap().code();
    assert_eq!(code(Store::open(folder.path())), "store_key_missing");
    let wrong = DataKey::from_bytes([8; 32]);
    assert_eq!(
        code(Store::open_encrypted(folder.path(), &wrong)),
        "store_key_wrong"
    );
    assert_whole(&Store::open_encrypted(folder.path(), &key()).unwrap());
}

#[test]
fn a_plain_photo_that_was_damaged_is_kept_and_never_shown() {
    let folder = tempfile::tempdir().unwrap();
    plain(folder.path());
    let digest = Digest::of(&photo(1));
    let path = BlobFolder::of(folder.path(), None).path(digest);
    let half = &photo(1)[..40_000];
    fs::write(&path, half).unwrap();
    let mut store = Store::open_encrypted(folder.path(), &key()).unwrap();
    let read = |store: &Store, digest| store.read(|reader| reader.read_blob(digest));
    assert_eq!(read(&store, digest).unwrap_err().code(), "blob_missing");
    assert_eq!(read(&store, Digest::of(half)).unwrap(), half);
    // The right bytes, put again, take their place.
    store
        .transaction(|tx| tx.put_blob(&of(1), &photo(1)))
        .unwrap();
    assert_eq!(read(&store, digest).unwrap(), photo(1));
}

#[test]
fn what_is_no_store_of_ours_is_not_encrypted() {
    let folder = tempfile::tempdir().unwrap();
    let database = folder.path().join("xunge.db");
    let other = rusqlite::Connection::open(&database).unwrap();
    other.execute_batch("CREATE TABLE theirs (a)").unwrap();
    drop(other);
    let before = fs::read(&database).unwrap();
    let error = Store::open_encrypted(folder.path(), &key()).err().unwrap();
    assert_eq!(error.code(), "store_damaged");
    assert_eq!(fs::read(&database).unwrap(), before);
}

#[test]
fn a_wipe_stopped_anywhere_leaves_nothing_and_a_new_store() {
    for removed in 0..4 {
        let folder = tempfile::tempdir().unwrap();
        let mut store = Store::open_encrypted(folder.path(), &key()).unwrap();
        store
            .transaction(|tx| tx.put_blob(&of(1), &photo(1)))
            .unwrap();
        assert!(matches!(
            Store::wipe(folder.path()),
            Err(OpenStoreError::InUse)
        ));
        drop(store);
        // What the wipe does, stopped after so many of its steps.
        fs::write(folder.path().join("xunge.wiping"), b"").unwrap();
        let steps: [&dyn Fn(); 3] = [
            &|| fs::write(folder.path().join("keys.cbor"), [0; 40]).unwrap(),
            &|| fs::remove_file(folder.path().join("keys.cbor")).unwrap(),
            &|| fs::remove_dir_all(folder.path().join(SEALED_FOLDER)).unwrap(),
        ];
        steps.iter().take(removed).for_each(|step| step());
        let other = DataKey::from_bytes([9; 32]);
        let store = Store::open_encrypted(folder.path(), &other).unwrap();
        let found = store
            .read(|reader| reader.blob(Digest::of(&photo(1))))
            .unwrap();
        assert_eq!(found, None, "stopped after {removed}");
    }
}

#[test]
fn a_wiped_folder_holds_nothing_but_its_lock() {
    let folder = tempfile::tempdir().unwrap();
    drop(Store::open_encrypted(folder.path(), &key()).unwrap());
    Store::wipe(folder.path()).unwrap();
    let mut left = Vec::new();
    files(folder.path(), &mut left);
    assert_eq!(left.len(), 1, "{left:?}");
    assert!(left[0].0.ends_with("xunge.lock"));
    Store::wipe(folder.path()).unwrap();
    assert_eq!(KeyEnvelope::read(folder.path()).unwrap(), None);
    drop(Store::open_encrypted(folder.path(), &DataKey::from_bytes([9; 32])).unwrap());
}

fn copy(from: &Path, to: &Path) {
    fs::create_dir_all(to).unwrap();
    for entry in fs::read_dir(from).unwrap() {
        let entry = entry.unwrap();
        let target = to.join(entry.file_name());
        if entry.file_type().unwrap().is_dir() {
            copy(&entry.path(), &target);
        } else {
            fs::copy(entry.path(), target).unwrap();
        }
    }
}
