//! A store under a key, on a disk.

use std::fs;
use std::path::{Path, PathBuf};

use xunge_store::{
    BlobKind, DataKey, KeyEnvelope, KeySource, KeyUnavailable, KeyWrapper, NewBlob, OpenStoreError,
    RecoveryKey, Store, StoreError, WrappedKey, unwrap_in_software, wrap_in_software,
};

use crate::support::{copy_folder, document, hash, write_all_tables};

fn key() -> DataKey {
    DataKey::from_bytes([7; 32])
}

fn open(folder: &Path) -> Store {
    Store::open_encrypted(folder, &key()).unwrap()
}

fn code(answer: Result<Store, OpenStoreError>) -> &'static str {
    let error = answer.err().expect("refused");
    assert!(!error.text().zh.is_empty() && !error.text().next_en.is_empty());
    error.code()
}

/// Every file below a folder, with its bytes.
fn files(folder: &Path) -> Vec<(PathBuf, Vec<u8>)> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            found.extend(files(&path));
        } else {
            found.push((path.clone(), fs::read(path).unwrap()));
        }
    }
    found.sort();
    found
}

fn original(bytes: &[u8]) -> (NewBlob, Vec<u8>) {
    let photo = NewBlob {
        document: document(1),
        kind: BlobKind::Original,
    };
    (photo, bytes.to_vec())
}

#[test]
fn everything_written_reads_back_after_a_sleep_and_a_restart() {
    let folder = tempfile::tempdir().unwrap();
    let mut store = open(folder.path());
    store.transaction(write_all_tables).unwrap();
    store.suspend().unwrap();
    store.resume().unwrap();
    store.check().unwrap();
    drop(store);
    let store = open(folder.path());
    store.check().unwrap();
    store
        .read(|reader| -> Result<(), StoreError> {
            assert!(reader.session()?.is_some());
            assert_eq!(reader.search_cases("井盖", None, 9)?.len(), 1);
            assert_eq!(reader.blobs_of(document(1))?.len(), 2);
            assert_eq!(reader.read_blob(hash("preview bytes"))?, b"preview bytes");
            Ok(())
        })
        .unwrap();
}

#[test]
fn another_key_and_none_are_refused_and_change_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let mut store = open(folder.path());
    store.transaction(write_all_tables).unwrap();
    drop(store);
    let before = files(folder.path());
    let wrong = DataKey::from_bytes([8; 32]);
    assert_eq!(
        code(Store::open_encrypted(folder.path(), &wrong)),
        "store_key_wrong"
    );
    assert_eq!(code(Store::open(folder.path())), "store_key_missing");
    assert_eq!(files(folder.path()), before);
}

#[test]
fn a_lost_key_file_is_not_replaced_by_another_key() {
    let folder = tempfile::tempdir().unwrap();
    let mut store = open(folder.path());
    store.transaction(write_all_tables).unwrap();
    drop(store);
    let envelope = folder.path().join("keys.cbor");
    let kept = fs::read(&envelope).unwrap();
    fs::remove_file(&envelope).unwrap();
    let before = files(folder.path());
    assert_eq!(
        code(Store::open_encrypted(folder.path(), &key())),
        "store_key_missing"
    );
    assert_eq!(code(Store::open(folder.path())), "store_key_missing");
    assert_eq!(files(folder.path()), before);
    fs::write(envelope, kept).unwrap();
    open(folder.path());
}

#[test]
fn damage_is_not_taken_for_a_wrong_key() {
    let folder = tempfile::tempdir().unwrap();
    let mut store = open(folder.path());
    store.transaction(write_all_tables).unwrap();
    drop(store);
    let database = folder.path().join("xunge.db");
    let mut bytes = fs::read(&database).unwrap();
    bytes[100] ^= 1;
    fs::write(&database, &bytes).unwrap();
    assert_eq!(
        code(Store::open_encrypted(folder.path(), &key())),
        "store_damaged"
    );
    assert_eq!(fs::read(&database).unwrap(), bytes);
    bytes[100] ^= 1;
    let page = bytes.len() - 4096 * 3 + 50;
    bytes[page] ^= 1;
    fs::write(&database, &bytes).unwrap();
    match Store::open_encrypted(folder.path(), &key()) {
        Err(error) => assert_eq!(error.code(), "store_damaged"),
        Ok(store) => assert_eq!(store.check().unwrap_err().code(), "store_damaged"),
    }
}

#[test]
fn a_damaged_page_costs_its_rows_and_nothing_else() {
    const SETTINGS: usize = 400;
    let folder = tempfile::tempdir().unwrap();
    let mut store = open(folder.path());
    store
        .transaction(|tx| -> Result<(), StoreError> {
            write_all_tables(tx)?;
            (0..SETTINGS)
                .try_for_each(|number| tx.set_setting(&format!("s {number:03}"), &[7; 1_000]))
        })
        .unwrap();
    drop(store);
    // The pages of the many settings are most of the file: one in the middle is theirs.
    let database = folder.path().join("xunge.db");
    let mut bytes = fs::read(&database).unwrap();
    let page = bytes.len() / 2 / 4096 * 4096;
    bytes[page + 10] ^= 1;
    fs::write(&database, &bytes).unwrap();
    let salvage = Store::salvage_encrypted(folder.path(), &key()).unwrap();
    assert_eq!(salvage.incomplete, ["setting"]);
    assert_eq!(fs::read(salvage.kept_in.join("xunge.db")).unwrap(), bytes);
    let store = open(folder.path());
    store.check().unwrap();
    let readable = (0..SETTINGS)
        .filter(|number| {
            let key = format!("s {number:03}");
            store.read(|reader| reader.setting(&key)).unwrap().is_some()
        })
        .count();
    assert!((SETTINGS - 20..SETTINGS).contains(&readable), "{readable}");
    let photo = store
        .read(|reader| reader.read_blob(hash("preview bytes")))
        .unwrap();
    assert_eq!(photo, b"preview bytes");
}

#[test]
fn photos_have_no_plain_file_and_are_read_whole_and_in_ranges() {
    let folder = tempfile::tempdir().unwrap();
    let mut store = open(folder.path());
    let (new, bytes) = original(
        &(0..200_000_u32)
            .flat_map(u32::to_be_bytes)
            .collect::<Vec<_>>(),
    );
    let digest = store.transaction(|tx| tx.put_blob(&new, &bytes)).unwrap();
    store
        .read(|reader| -> Result<(), StoreError> {
            assert_eq!(
                reader.blob(digest)?.expect("known").length,
                bytes.len() as u64
            );
            assert_eq!(reader.read_blob(digest)?, bytes);
            assert_eq!(
                reader.read_blob_range(digest, 65_000, 70_000)?,
                bytes[65_000..135_000]
            );
            assert_eq!(
                reader.read_blob_range(digest, 799_999, 9)?,
                bytes[799_999..]
            );
            assert_eq!(
                reader.verified_blob_path(digest)?,
                None,
                "nothing a viewer could open"
            );
            assert_eq!(
                reader.read_blob(hash("none")).unwrap_err().code(),
                "blob_missing"
            );
            Ok(())
        })
        .unwrap();
    let window = &bytes[1_000..1_032];
    for (path, found) in files(folder.path()) {
        assert!(
            !found.windows(32).any(|part| part == window),
            "{}",
            path.display()
        );
        assert!(
            !path
                .display()
                .to_string()
                .contains(&digest.to_string()[2..])
        );
    }
}

#[test]
fn a_photo_that_flipped_a_bit_or_was_cut_is_an_error_and_can_be_put_again() {
    let folder = tempfile::tempdir().unwrap();
    let mut store = open(folder.path());
    let (new, bytes) = original(&[5; 150_000]);
    let digest = store.transaction(|tx| tx.put_blob(&new, &bytes)).unwrap();
    let (path, whole) = files(&folder.path().join("sealed")).remove(0);
    let mut flipped = whole.clone();
    flipped[140_000] ^= 1;
    for damaged in [
        &flipped[..],
        &whole[..whole.len() - 1],
        &whole[..65_568],
        &[],
    ] {
        fs::write(&path, damaged).unwrap();
        store
            .read(|reader| -> Result<(), StoreError> {
                let code = |answer: Result<(), StoreError>| answer.unwrap_err().code();
                assert_eq!(code(reader.read_blob(digest).map(drop)), "blob_damaged");
                assert_eq!(
                    code(reader.verified_blob_path(digest).map(drop)),
                    "blob_damaged"
                );
                let end = reader.read_blob_range(digest, 135_000, 10_000);
                assert_eq!(code(end.map(drop)), "blob_damaged");
                Ok(())
            })
            .unwrap();
    }
    store.transaction(|tx| tx.put_blob(&new, &bytes)).unwrap();
    assert_eq!(fs::read(&path).unwrap(), whole);
    assert_eq!(
        store.read(|reader| reader.read_blob(digest)).unwrap(),
        bytes
    );
}

#[test]
fn a_copy_of_the_folder_opens_with_the_same_key() {
    let folder = tempfile::tempdir().unwrap();
    let mut store = open(folder.path());
    store.transaction(write_all_tables).unwrap();
    let copy = tempfile::tempdir().unwrap();
    copy_folder(folder.path(), copy.path());
    drop(store);
    let copied = open(copy.path());
    copied.check().unwrap();
    assert!(copied.read(|reader| reader.session()).unwrap().is_some());
}

/// A key store with a secret, or one that lost it.
struct Platform(Option<[u8; 32]>);

impl KeyWrapper for Platform {
    fn wrap_key(&self, key: &DataKey) -> Result<Vec<u8>, KeyUnavailable> {
        let secret = self.0.ok_or_else(|| KeyUnavailable::because("locked"))?;
        Ok(wrap_in_software(&secret, key))
    }
    fn unwrap_key(&self, wrapped: &[u8]) -> Result<DataKey, KeyUnavailable> {
        self.0
            .and_then(|secret| unwrap_in_software(&secret, wrapped))
            .ok_or_else(|| KeyUnavailable::because("the key is gone"))
    }
    fn destroy_key(&self) -> Result<(), KeyUnavailable> {
        Ok(())
    }
}

fn by(platform: &Platform) -> WrappedKey<'_> {
    WrappedKey {
        wrapper: platform,
        random: &|bytes| bytes.fill(42),
    }
}

#[test]
fn the_recovery_key_opens_what_a_lost_key_store_cannot() {
    let folder = tempfile::tempdir().unwrap();
    let platform = Platform(Some([1; 32]));
    let recovery = RecoveryKey::from_slice(&[3; 32]).unwrap();
    let mut store = Store::open_encrypted(folder.path(), &by(&platform)).unwrap();
    store.transaction(write_all_tables).unwrap();
    drop(store);
    assert_eq!(
        code(Store::open_encrypted(folder.path(), &recovery)),
        "store_key_unavailable"
    );
    let store = Store::open_encrypted(folder.path(), &by(&platform)).unwrap();
    let public = recovery.public_key().unwrap();
    assert!(store.wrap_for(&public, &|bytes| bytes.fill(5)).unwrap());
    assert!(
        !store.wrap_for(&public, &|bytes| bytes.fill(6)).unwrap(),
        "once is enough"
    );
    drop(store);
    for gone in [Platform(None), Platform(Some([2; 32]))] {
        assert_eq!(
            code(Store::open_encrypted(folder.path(), &by(&gone))),
            "store_key_unavailable"
        );
    }
    let envelope = KeyEnvelope::read(folder.path()).unwrap().unwrap();
    assert!(envelope.is_recoverable());
    let other = RecoveryKey::from_slice(&[4; 32]).unwrap();
    assert!(other.key_of(&envelope).is_err());
    let store = Store::open_encrypted(folder.path(), &recovery).unwrap();
    assert!(store.read(|reader| reader.session()).unwrap().is_some());
}

#[test]
fn a_key_store_that_cannot_wrap_leaves_no_store_behind() {
    let folder = tempfile::tempdir().unwrap();
    assert_eq!(
        code(Store::open_encrypted(folder.path(), &by(&Platform(None)))),
        "store_key_unavailable"
    );
    assert_eq!(KeyEnvelope::read(folder.path()).unwrap(), None);
    assert!(!folder.path().join("xunge.db").exists());
}

#[test]
fn a_lost_phones_store_is_recovered_in_plain_and_stays_as_it_is() {
    let folder = tempfile::tempdir().unwrap();
    let platform = Platform(Some([1; 32]));
    let recovery = RecoveryKey::from_slice(&[3; 32]).unwrap();
    let mut store = Store::open_encrypted(folder.path(), &by(&platform)).unwrap();
    store
        .wrap_for(&recovery.public_key().unwrap(), &|bytes| bytes.fill(5))
        .unwrap();
    store.transaction(write_all_tables).unwrap();
    let (new, bytes) = original(&[5; 150_000]);
    let digest = store.transaction(|tx| tx.put_blob(&new, &bytes)).unwrap();
    // The phone died: its log is not folded in.
    let lost = tempfile::tempdir().unwrap();
    copy_folder(folder.path(), lost.path());
    drop(store);
    let before = files(lost.path());
    let to = tempfile::tempdir().unwrap();
    let other = RecoveryKey::from_slice(&[4; 32]).unwrap();
    let refused = Store::recover(lost.path(), &other, to.path()).unwrap_err();
    assert_eq!(refused.code(), "store_key_unavailable");
    let recovered = Store::recover(lost.path(), &recovery, to.path()).unwrap();
    assert_eq!((recovered.photos, recovered.damaged.len()), (2, 0));
    assert_eq!(files(lost.path()), before, "the evidence stays as it is");
    let copy = Store::open(to.path()).unwrap();
    copy.check().unwrap();
    copy.read(|reader| -> Result<(), StoreError> {
        assert!(reader.session()?.is_some());
        assert_eq!(reader.search_cases("井盖", None, 9)?.len(), 1);
        assert_eq!(reader.drafts(None, 9)?.len(), 1);
        assert_eq!(reader.read_blob(digest)?, bytes);
        assert!(reader.verified_blob_path(digest)?.is_some(), "a plain file");
        Ok(())
    })
    .unwrap();
    drop(copy);
    assert!(
        Store::recover(lost.path(), &recovery, to.path()).is_err(),
        "not over another copy"
    );
}

/// Written by SQLCipher 4.20 over OpenSSL 3.6, under the key 0f0f…: what devices held before `xunge-cipher`.
const BY_OPENSSL: &[u8] = include_bytes!("../data/openssl.db");

#[test]
fn a_file_that_openssl_encrypted_is_read_and_written() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("by-openssl.db");
    fs::write(&file, BY_OPENSSL).unwrap();
    let open = |byte: &str| {
        let connection = rusqlite::Connection::open(&file).unwrap();
        let key = format!(
            "PRAGMA cipher_log_level = NONE; PRAGMA key = \"x'{}'\"",
            byte.repeat(32)
        );
        connection.execute_batch(&key).unwrap();
        connection
    };
    let notes = |connection: &rusqlite::Connection| {
        let mut select = connection.prepare("SELECT text FROM notes ORDER BY rowid")?;
        let texts = select.query_map([], |row| row.get::<_, String>(0))?;
        texts.collect::<Result<Vec<_>, _>>()
    };
    let right = open("0f");
    let provider: String = right
        .query_row("PRAGMA cipher_provider", [], |row| row.get(0))
        .unwrap();
    assert_eq!(
        provider,
        if cfg!(target_vendor = "apple") {
            "commoncrypto"
        } else {
            "xunge"
        }
    );
    assert_eq!(
        notes(&right).unwrap(),
        ["积水深约二十厘米", "standing water"]
    );
    right
        .execute("INSERT INTO notes VALUES ('路灯不亮')", [])
        .unwrap();
    drop(right);
    assert_eq!(notes(&open("0f")).unwrap().len(), 3);
    assert!(notes(&open("0e")).is_err());
    let mut damaged = fs::read(&file).unwrap();
    *damaged.get_mut(5_000).unwrap() ^= 1;
    fs::write(&file, damaged).unwrap();
    assert!(notes(&open("0f")).is_err(), "a flipped bit is no note");
}
