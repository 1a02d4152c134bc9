//! A damaged store is put aside, and what can be read goes on.

use std::fs;
use std::path::Path;

use rusqlite::Connection;
use xunge_domain::ids::Digest;
use xunge_store::{
    BlobKind, BlobState, CaseFilter, NewBlob, NewChange, OpenStoreError, Store, StoreError,
};

use crate::support::{
    add_document, case, copy_folder, document, dump, hash, intent, new_intent, own_change, session,
    write_all_tables,
};

const SETTINGS: usize = 400;

/// A store with one of everything and a table of many pages.
fn filled(folder: &Path) {
    let mut store = Store::open(folder).unwrap();
    store
        .transaction(|tx| {
            write_all_tables(tx)?;
            (0..SETTINGS)
                .try_for_each(|number| tx.set_setting(&format!("s {number:03}"), &[7; 1_000]))
        })
        .unwrap();
}

/// Overwrites the page that holds the setting `key`, not the one of its index: there the value follows the key.
fn damage_page_of(folder: &Path, key: &str) {
    let path = folder.join("xunge.db");
    let mut bytes = fs::read(&path).unwrap();
    let record = [key.as_bytes(), &[7; 9]].concat();
    let mut windows = bytes.windows(record.len());
    let page = windows
        .position(|window| window == record)
        .expect("the row")
        / 4096
        * 4096;
    bytes[page..page + 4096].fill(0xa5);
    fs::write(path, bytes).unwrap();
}

fn readable_settings(store: &Store) -> usize {
    let value = |number| {
        store
            .read(|reader| reader.setting(&format!("s {number:03}")))
            .unwrap()
    };
    (0..SETTINGS)
        .filter(|number| value(*number).is_some())
        .count()
}

#[test]
fn one_broken_page_costs_its_rows_and_nothing_else() {
    let folder = tempfile::tempdir().unwrap();
    filled(folder.path());
    damage_page_of(folder.path(), "s 200");
    let damaged = fs::read(folder.path().join("xunge.db")).unwrap();

    let salvage = Store::salvage(folder.path()).unwrap();
    assert_eq!(salvage.incomplete, ["setting"]);
    assert_eq!(
        fs::read(salvage.kept_in.join("xunge.db")).unwrap(),
        damaged,
        "kept as it was"
    );
    let store = Store::open(folder.path()).unwrap();
    store.check().unwrap();
    let left = readable_settings(&store);
    assert!(
        (SETTINGS - 10..SETTINGS).contains(&left),
        "{left} of {SETTINGS}"
    );
    store
        .read(|reader| {
            assert_eq!(reader.session()?, Some(session(1)));
            assert_eq!(
                reader
                    .load_document(document(1))?
                    .expect("kept")
                    .changes
                    .len(),
                2
            );
            assert!(reader.intent(intent(1))?.is_some());
            assert_eq!(reader.drafts(None, 9)?.len(), 1);
            assert_eq!(reader.case_count()?, 1);
            assert_eq!(reader.search_cases("井盖", None, 9)?.len(), 1);
            let preview = Digest::of(b"preview bytes");
            assert_eq!(reader.read_blob(preview)?, b"preview bytes");
            assert!(
                reader.cursors()?.is_empty(),
                "the server sends everything once more"
            );
            Ok::<_, StoreError>(())
        })
        .unwrap();
}

#[test]
fn pages_broken_here_and_there_cost_their_own_rows_and_what_was_not_sent_is_counted() {
    const DOCUMENTS: u16 = 40;
    const CHANGES: u16 = 25;
    let folder = tempfile::tempdir().unwrap();
    let mut store = Store::open(folder.path()).unwrap();
    store
        .transaction(|tx| {
            for number in 1..=DOCUMENTS {
                add_document(tx, number)?;
                tx.save_case_row(&case(number, i64::from(number), "井盖破损"))?;
                for change in 0..CHANGES {
                    tx.append_change(&NewChange {
                        bytes: &[number as u8; 300],
                        ..own_change(number, &format!("{number} {change}"))
                    })?;
                }
            }
            Ok::<_, StoreError>(())
        })
        .unwrap();
    let written = store.read(|reader| reader.pending_count(None)).unwrap();
    store.suspend().unwrap();
    drop(store);

    let path = folder.path().join("xunge.db");
    let connection = Connection::open(&path).unwrap();
    let leaves: Vec<(u32, u32)> = connection
        .prepare("SELECT pageno, ncell FROM dbstat WHERE name = 'change' AND pagetype = 'leaf' ORDER BY pageno")
        .unwrap()
        .query_map([], |row| Ok((row.get(0)?, row.get(1)?)))
        .unwrap()
        .map(Result::unwrap)
        .collect();
    drop(connection);
    // Far apart, two beside each other, and the last one.
    let count = leaves.len();
    let broken = [
        count / 5,
        count / 2,
        count / 2 + 1,
        count * 4 / 5,
        count - 1,
    ]
    .map(|at| leaves[at]);
    let mut bytes = fs::read(&path).unwrap();
    for (page, _) in broken {
        let end = page as usize * 4096;
        bytes[end - 4096..end].fill(0xa5);
    }
    fs::write(&path, bytes).unwrap();

    let salvage = Store::salvage(folder.path()).unwrap();
    assert_eq!(salvage.incomplete, ["change"]);
    let lost: u64 = broken.iter().map(|(_, cells)| u64::from(*cells)).sum();
    assert!(lost > 0 && lost < written / 2, "{lost} of {written}");
    assert_eq!(salvage.unsent, written - lost);
    let store = Store::open(folder.path()).unwrap();
    store.check().unwrap();
    store
        .read(|reader| {
            assert_eq!(reader.pending_count(None)?, salvage.unsent);
            assert_eq!(
                reader.search_cases("盖破", None, 100)?.len(),
                usize::from(DOCUMENTS)
            );
            Ok::<_, StoreError>(())
        })
        .unwrap();
}

#[test]
fn a_damaged_index_of_texts_is_made_anew_and_nothing_is_missing() {
    let folder = tempfile::tempdir().unwrap();
    filled(folder.path());
    let connection = Connection::open(folder.path().join("xunge.db")).unwrap();
    connection
        .execute_batch("DELETE FROM case_text_data; DELETE FROM case_place_node")
        .unwrap();
    drop(connection);
    let salvage = Store::salvage(folder.path()).unwrap();
    assert_eq!(salvage.incomplete, [] as [&str; 0]);
    let store = Store::open(folder.path()).unwrap();
    store.check().unwrap();
    let found = store
        .read(|reader| reader.search_cases("井盖", None, 9))
        .unwrap();
    let place = found[0].place.expect("a place");
    let near = store
        .read(|reader| reader.nearest_cases(place, 1, CaseFilter::All, 9))
        .unwrap();
    assert_eq!(near, found);
}

#[test]
fn a_whole_store_comes_over_whole() {
    let folder = tempfile::tempdir().unwrap();
    filled(folder.path());
    let before = dump(&folder.path().join("xunge.db"));
    let salvage = Store::salvage(folder.path()).unwrap();
    assert!(salvage.incomplete.is_empty(), "{salvage:?}");
    let carried = |dump: &str| {
        // The indexes are made anew of what was carried over.
        let left = ["cursor", "change_counter", "case_text", "case_place"];
        let lines = dump
            .lines()
            .filter(|line| !left.iter().any(|table| line.starts_with(table)));
        lines.map(str::to_owned).collect::<Vec<_>>()
    };
    let after = dump(&folder.path().join("xunge.db"));
    assert_eq!(carried(&before), carried(&after));
    let rows = carried(&after)
        .iter()
        .filter(|line| !line.starts_with("sqlite_"))
        .count();
    assert_eq!(salvage.rows, rows as u64);
    assert!(
        Store::salvage(folder.path()).unwrap().kept_in != salvage.kept_in,
        "each in its own folder"
    );
}

#[test]
fn what_is_still_in_the_log_comes_over_and_the_log_is_not_played_twice() {
    let folder = tempfile::tempdir().unwrap();
    let live = folder.path().join("live");
    let killed = folder.path().join("killed");
    let mut store = Store::open(&live).unwrap();
    store
        .transaction(|tx| tx.set_setting("in the log", b"kept"))
        .unwrap();
    copy_folder(&live, &killed);
    assert!(fs::metadata(killed.join("xunge.db-wal")).unwrap().len() > 0);
    let salvage = Store::salvage(&killed).unwrap();
    assert!(salvage.kept_in.join("xunge.db-wal").exists());
    assert!(!killed.join("xunge.db-wal").exists());
    let store = Store::open(&killed).unwrap();
    store.check().unwrap();
    assert_eq!(
        store.read(|reader| reader.setting("in the log")).unwrap(),
        Some(b"kept".to_vec())
    );
}

#[test]
fn a_lost_header_leaves_the_photos_and_a_store_that_works() {
    let folder = tempfile::tempdir().unwrap();
    filled(folder.path());
    let path = folder.path().join("xunge.db");
    let mut bytes = fs::read(&path).unwrap();
    bytes[..110].fill(0xa5);
    fs::write(&path, bytes).unwrap();
    assert!(Store::open(folder.path()).is_err());
    let salvage = Store::salvage(folder.path()).unwrap();
    assert_eq!((salvage.rows, salvage.incomplete.len()), (0, 14));
    let mut store = Store::open(folder.path()).unwrap();
    assert_eq!(store.read(|reader| reader.session()).unwrap(), None);
    assert_eq!(
        store
            .read(|reader| reader.read_blob(Digest::of(b"preview bytes")))
            .unwrap(),
        b"preview bytes"
    );
    store.transaction(write_all_tables).unwrap();
    drop(store);
    fs::remove_file(&path).unwrap();
    assert_eq!(
        Store::salvage(folder.path()).unwrap().rows,
        0,
        "a missing file as well"
    );
    assert!(Store::open(folder.path()).is_ok());
}

#[test]
fn what_belongs_to_a_lost_row_is_kept_and_findable() {
    let folder = tempfile::tempdir().unwrap();
    let mut store = Store::open(folder.path()).unwrap();
    store
        .transaction(|tx| {
            add_document(tx, 1)?;
            tx.append_change(&own_change(1, "report"))?;
            tx.add_intent(&new_intent(1, 1, "report"))?;
            let photo = NewBlob {
                document: document(1),
                kind: BlobKind::Original,
            };
            tx.put_blob(&photo, b"photo")?;
            tx.note_blob_elsewhere(hash("elsewhere"), 5, &photo)
        })
        .unwrap();
    drop(store);
    let connection = Connection::open(folder.path().join("xunge.db")).unwrap();
    connection
        .execute_batch("PRAGMA foreign_keys = OFF; DELETE FROM document; DELETE FROM blob;")
        .unwrap();
    drop(connection);
    Store::salvage(folder.path()).unwrap();
    let mut store = Store::open(folder.path()).unwrap();
    store
        .transaction(|tx| {
            let loaded = tx
                .load_document(document(1))?
                .expect("a place for its changes");
            assert_eq!(loaded.changes, [b"report".to_vec()]);
            assert!(loaded.snapshot.is_empty());
            assert!(loaded.row.generation >= 48, "no actor is used again");
            assert_eq!(tx.next_intent_counter(document(1))?, 2);
            let photo = tx.blob(Digest::of(b"photo"))?.expect("found by its file");
            assert_eq!((photo.length, photo.state), (5, BlobState::Local));
            assert_eq!(
                tx.blob(hash("elsewhere"))?.expect("noted").state,
                BlobState::Elsewhere
            );
            Ok::<_, StoreError>(())
        })
        .unwrap();
}

#[test]
fn a_salvage_killed_before_its_last_step_is_finished_by_the_next_opening() {
    let folder = tempfile::tempdir().unwrap();
    filled(folder.path());
    let path = |name: &str| folder.path().join(name);
    fs::copy(path("xunge.db"), path("xunge.db.salvaged")).unwrap();
    fs::write(path("xunge.db.salvaging"), b"of an earlier try").unwrap();
    fs::write(path("xunge.db"), b"damaged".repeat(1_000)).unwrap();
    fs::write(path("xunge.db-wal"), b"damaged as well").unwrap();
    let store = Store::open(folder.path()).unwrap();
    assert_eq!(readable_settings(&store), SETTINGS);
    assert!(!path("xunge.db.salvaged").exists());
    drop(store);
    assert!(
        Store::salvage(folder.path()).is_ok(),
        "an unfinished file is in nobody's way"
    );
}

#[test]
fn a_store_in_use_or_newer_is_not_salvaged() {
    let folder = tempfile::tempdir().unwrap();
    let store = Store::open(folder.path()).unwrap();
    assert!(matches!(
        Store::salvage(folder.path()),
        Err(OpenStoreError::InUse)
    ));
    drop(store);
    let connection = Connection::open(folder.path().join("xunge.db")).unwrap();
    connection
        .execute_batch("PRAGMA user_version = 999")
        .unwrap();
    drop(connection);
    assert!(matches!(
        Store::salvage(folder.path()),
        Err(OpenStoreError::Newer { .. })
    ));
}
