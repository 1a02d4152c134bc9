//! Photos: file first, whole or not at all, text before pixels.

use std::fs;
use std::path::Path;

use xunge_domain::ids::Digest;
use xunge_store::{BlobKind, BlobState, ChangeState, NewBlob, Store, StoreError};

use crate::support::{add_document, document, hash, on_both, own_change};

fn photo(number: u16, kind: BlobKind) -> NewBlob {
    NewBlob {
        document: document(number),
        kind,
    }
}

fn original(number: u16) -> NewBlob {
    photo(number, BlobKind::Original)
}

fn files(folder: &Path) -> Vec<String> {
    let mut names = Vec::new();
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            names.extend(files(&path));
        } else {
            names.push(path.display().to_string());
        }
    }
    names
}

#[test]
fn bytes_come_back_checked_and_in_ranges() {
    on_both(|mut store| {
        let bytes: Vec<u8> = (0..=255).cycle().take(1_000).collect();
        let digest = store
            .transaction(|tx| tx.put_blob(&original(1), &bytes))
            .unwrap();
        assert_eq!(digest, Digest::of(&bytes));
        store
            .read(|reader| {
                assert_eq!(reader.read_blob(digest)?, bytes);
                assert_eq!(reader.read_blob_range(digest, 250, 10)?, &bytes[250..260]);
                assert_eq!(reader.read_blob_range(digest, 990, 100)?, &bytes[990..]);
                assert!(reader.read_blob_range(digest, 5_000, 10)?.is_empty());
                let row = reader.blob(digest)?.expect("known");
                assert_eq!((row.length, row.state), (1_000, BlobState::Local));
                for missing in [
                    reader.read_blob(hash("none")).map(drop),
                    reader.read_blob_range(hash("none"), 0, 1).map(drop),
                    reader.verified_blob_path(hash("none")).map(drop),
                ] {
                    assert_eq!(missing.unwrap_err().code(), "blob_missing");
                }
                Ok::<_, StoreError>(())
            })
            .unwrap();
    });
}

#[test]
fn the_same_bytes_are_one_file_with_several_uses() {
    let folder = tempfile::tempdir().unwrap();
    let mut store = Store::open(folder.path()).unwrap();
    let digest = store
        .transaction(|tx| {
            tx.put_blob(&original(1), b"photo")?;
            tx.put_blob(&original(1), b"photo")?;
            tx.put_blob(&original(2), b"photo")
        })
        .unwrap();
    let name = digest.to_string();
    let path = folder
        .path()
        .join("blobs")
        .join(&name[..2])
        .join(&name[2..]);
    assert_eq!(
        files(&folder.path().join("blobs")),
        [path.display().to_string()]
    );
    store
        .read(|reader| {
            assert_eq!(reader.blob_path(digest), Some(path.clone()));
            assert_eq!(reader.verified_blob_path(digest)?, Some(path));
            assert_eq!(reader.blobs_of(document(1))?.len(), 1);
            assert_eq!(reader.blobs_of(document(2))?.len(), 1);
            Ok::<_, StoreError>(())
        })
        .unwrap();
}

#[test]
fn the_file_is_there_before_the_row_and_an_orphan_is_found_again() {
    let folder = tempfile::tempdir().unwrap();
    let mut store = Store::open(folder.path()).unwrap();
    let crashed = store.transaction(|tx| {
        let digest = tx.put_blob(&original(1), b"photo")?;
        assert!(tx.blob_path(digest).is_some(), "before the commit");
        tx.set_cursor(&xunge_store::Cursor {
            scope: "x".repeat(1_000),
            epoch: 0,
            seq: 0,
        })
    });
    assert!(crashed.is_err());
    drop(store);
    let mut store = Store::open(folder.path()).unwrap();
    let digest = Digest::of(b"photo");
    assert_eq!(
        store.read(|reader| reader.blob(digest)).unwrap(),
        None,
        "no row"
    );
    assert_eq!(
        files(&folder.path().join("blobs")).len(),
        1,
        "the orphan stays"
    );
    store
        .transaction(|tx| tx.put_blob(&original(1), b"photo"))
        .unwrap();
    assert_eq!(files(&folder.path().join("blobs")).len(), 1);
    assert!(store.read(|reader| reader.read_blob(digest)).is_ok());
}

#[test]
fn opening_clears_unfinished_files_and_never_finished_ones() {
    let folder = tempfile::tempdir().unwrap();
    drop(Store::open(folder.path()).unwrap());
    let incoming = folder.path().join("blobs/incoming");
    fs::write(incoming.join("half"), b"half a pho").unwrap();
    let finished = folder.path().join("blobs/ab");
    fs::create_dir(&finished).unwrap();
    fs::write(finished.join("cdef"), b"without a row").unwrap();
    drop(Store::open(folder.path()).unwrap());
    assert_eq!(fs::read_dir(&incoming).unwrap().count(), 0);
    assert!(finished.join("cdef").exists());
}

#[test]
fn a_damaged_photo_is_never_shown_and_heals_when_put_again() {
    let folder = tempfile::tempdir().unwrap();
    let mut store = Store::open(folder.path()).unwrap();
    let digest = store
        .transaction(|tx| tx.put_blob(&original(1), b"photo"))
        .unwrap();
    let path = store
        .read(|reader| Ok::<_, StoreError>(reader.blob_path(digest)))
        .unwrap()
        .expect("a file");
    for damaged in [b"phot".as_slice(), b"phOto"] {
        fs::write(&path, damaged).unwrap();
        let read = store.read(|reader| reader.read_blob(digest)).unwrap_err();
        assert!(matches!(read, StoreError::BlobDamaged(found) if found == digest));
        assert_eq!(read.code(), "blob_damaged");
        let shown = store
            .read(|reader| reader.verified_blob_path(digest))
            .unwrap_err();
        assert_eq!(shown.code(), "blob_damaged");
        store
            .transaction(|tx| tx.put_blob(&original(1), b"photo"))
            .unwrap();
        assert_eq!(
            store.read(|reader| reader.read_blob(digest)).unwrap(),
            b"photo"
        );
    }
}

#[test]
fn a_photo_that_cannot_be_written_fails_alone() {
    let folder = tempfile::tempdir().unwrap();
    let mut store = Store::open(folder.path()).unwrap();
    store
        .transaction(|tx| tx.put_blob(&original(1), b"earlier"))
        .unwrap();
    let incoming = folder.path().join("blobs/incoming");
    fs::remove_dir(&incoming).unwrap();
    let failed = store.transaction(|tx| {
        tx.set_setting("with", b"it")?;
        tx.put_blob(&original(1), b"photo")
    });
    assert_eq!(failed.unwrap_err().code(), "store_io");
    assert_eq!(store.read(|reader| reader.setting("with")).unwrap(), None);
    assert_eq!(
        store
            .read(|reader| reader.read_blob(Digest::of(b"earlier")))
            .unwrap(),
        b"earlier"
    );
}

/// Documents 1 (calm) and 2 (urgent), each with a report that cites three copies; document 3 is not received yet.
fn offered_store() -> Store {
    let mut store = Store::open_in_memory().unwrap();
    store
        .transaction(|tx| {
            for number in 1..=3 {
                add_document(tx, number)?;
                let report = format!("report {number}");
                tx.append_change(&own_change(number, &report))?;
                for kind in [BlobKind::Original, BlobKind::Working, BlobKind::Preview] {
                    let bytes = format!("{number} {kind:?}");
                    let digest = tx.put_blob(&photo(number, kind), bytes.as_bytes())?;
                    tx.cite_blob(digest, document(number), hash(&report))?;
                }
            }
            tx.put_blob(&photo(9, BlobKind::Preview), b"of a draft")?;
            tx.set_urgent(document(2), true)?;
            tx.set_change_state(document(1), hash("report 1"), ChangeState::Received)?;
            tx.set_change_state(document(2), hash("report 2"), ChangeState::Received)
        })
        .unwrap();
    store
}

fn offered(store: &Store, largest: BlobKind) -> Vec<String> {
    let uses = store
        .read(|reader| reader.unacknowledged_blobs(largest, 100))
        .unwrap();
    let name = |digest| store.read(|reader| reader.read_blob(digest)).unwrap();
    uses.into_iter()
        .map(|photo| String::from_utf8(name(photo.blob.digest)).unwrap())
        .collect()
}

#[test]
fn text_goes_first_then_previews_then_working_copies_then_originals() {
    let mut store = offered_store();
    let wanted = [
        "2 Preview",
        "1 Preview",
        "2 Working",
        "1 Working",
        "2 Original",
        "1 Original",
    ];
    assert_eq!(offered(&store, BlobKind::Original), wanted);
    assert_eq!(
        offered(&store, BlobKind::Preview),
        ["2 Preview", "1 Preview"],
        "on a metered link"
    );
    store
        .transaction(|tx| tx.set_change_state(document(3), hash("report 3"), ChangeState::Received))
        .unwrap();
    assert_eq!(
        offered(&store, BlobKind::Preview),
        ["2 Preview", "1 Preview", "3 Preview"]
    );
}

#[test]
fn an_acknowledged_photo_is_done_and_a_started_one_goes_on() {
    let mut store = offered_store();
    let preview = Digest::of(b"2 Preview");
    let working = Digest::of(b"2 Working");
    assert_eq!(
        store
            .read(|r| r.unacknowledged_blob_count(Some(document(2))))
            .unwrap(),
        3
    );
    store
        .transaction(|tx| {
            tx.set_blob_ranges(preview, b"0-4")?;
            tx.acknowledge_blob(preview)?;
            tx.acknowledge_blob(preview)?;
            tx.set_blob_ranges(working, b"0-4")
        })
        .unwrap();
    store
        .read(|reader| {
            assert_eq!(
                reader.blob(preview)?.expect("known").state,
                BlobState::Acknowledged
            );
            let next = reader.unacknowledged_blobs(BlobKind::Working, 2)?;
            assert_eq!(next[1].blob.digest, working);
            assert_eq!(next[1].blob.acknowledged_ranges, b"0-4");
            assert_eq!(reader.unacknowledged_blob_count(Some(document(2)))?, 2);
            assert_eq!(
                reader.unacknowledged_blob_count(None)?,
                8,
                "the draft's is nobody's yet"
            );
            Ok::<_, StoreError>(())
        })
        .unwrap();
    let again = store
        .transaction(|tx| tx.put_blob(&photo(2, BlobKind::Preview), b"2 Preview"))
        .unwrap();
    assert_eq!(
        store.read(|r| r.blob(again)).unwrap().expect("known").state,
        BlobState::Acknowledged
    );
    store
        .transaction(|tx| tx.offer_blob_again(preview))
        .unwrap();
    assert_eq!(
        offered(&store, BlobKind::Preview)[0],
        "2 Preview",
        "a hub restored from backup gets it again"
    );
}

#[test]
fn a_photo_used_twice_is_offered_once_at_its_best_place() {
    let mut store = offered_store();
    store
        .transaction(|tx| {
            let digest = tx.put_blob(&photo(1, BlobKind::Preview), b"2 Original")?;
            tx.cite_blob(digest, document(1), hash("report 1"))
        })
        .unwrap();
    let offered = offered(&store, BlobKind::Original);
    assert_eq!(
        offered.iter().filter(|name| *name == "2 Original").count(),
        1
    );
    assert_eq!(offered.len(), 6);
    assert!(
        offered[1..3].contains(&"2 Original".to_owned()),
        "as a preview of document 1: {offered:?}"
    );
}

#[test]
fn a_refused_citation_holds_nothing_up_and_a_new_one_is_offered() {
    let mut store = offered_store();
    store
        .transaction(|tx| {
            tx.set_change_state(document(3), hash("report 3"), ChangeState::Quarantined)
        })
        .unwrap();
    assert_eq!(
        store
            .read(|r| r.unacknowledged_blob_count(Some(document(3))))
            .unwrap(),
        0
    );
    store
        .transaction(|tx| {
            tx.append_change(&own_change(3, "report 3 again"))?;
            tx.set_change_state(document(3), hash("report 3 again"), ChangeState::Received)?;
            tx.cite_blob(
                Digest::of(b"3 Preview"),
                document(3),
                hash("report 3 again"),
            )
        })
        .unwrap();
    assert_eq!(
        offered(&store, BlobKind::Preview).last().expect("some"),
        "3 Preview"
    );
}

#[test]
fn bytes_elsewhere_are_never_offered_until_they_are_here() {
    let mut store = offered_store();
    let digest = Digest::of(b"theirs");
    store
        .transaction(|tx| {
            tx.note_blob_elsewhere(digest, 6, &photo(1, BlobKind::Preview))?;
            tx.cite_blob(digest, document(1), hash("report 1"))?;
            tx.acknowledge_blob(digest)?;
            tx.note_blob_elsewhere(Digest::of(b"1 Preview"), 9, &photo(1, BlobKind::Preview))
        })
        .unwrap();
    assert_eq!(
        store
            .read(|r| r.blob(digest))
            .unwrap()
            .expect("known")
            .state,
        BlobState::Elsewhere
    );
    assert_eq!(
        offered(&store, BlobKind::Preview),
        ["2 Preview", "1 Preview"],
        "and a local one stays local"
    );
    assert!(matches!(
        store.read(|r| r.read_blob(digest)),
        Err(StoreError::BlobMissing(_))
    ));
    store
        .transaction(|tx| tx.put_blob(&photo(1, BlobKind::Preview), b"theirs"))
        .unwrap();
    assert!(offered(&store, BlobKind::Preview).contains(&"theirs".to_owned()));
}

#[test]
fn unknown_photos_are_told_apart() {
    let mut store = Store::open_in_memory().unwrap();
    let none = hash("none");
    for answer in [
        store.transaction(|tx| tx.cite_blob(none, document(1), hash("a"))),
        store.transaction(|tx| tx.set_blob_ranges(none, b"")),
        store.transaction(|tx| tx.acknowledge_blob(none)),
    ] {
        assert_eq!(answer.unwrap_err().code(), "store_not_found");
    }
}
