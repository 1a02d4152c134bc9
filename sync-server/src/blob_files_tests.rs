//! Tests of the blob folder.
#![expect(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    reason = "a failing test should stop"
)]

use super::*;
use proptest::prelude::*;

fn folder() -> (tempfile::TempDir, BlobFiles) {
    let folder = tempfile::tempdir().unwrap();
    let files = BlobFiles::open(folder.path()).unwrap();
    (folder, files)
}

fn photo(length: usize) -> Vec<u8> {
    (0..length).map(|at| (at * 31 % 251) as u8).collect()
}

#[test]
fn chunks_in_any_order_become_the_blob() {
    let (_kept, files) = folder();
    let bytes = photo(1_000);
    let sha256 = Digest::of(&bytes);
    let mut held = ByteRanges::new();
    for (from, upto) in [(600, 1_000), (0, 300), (200, 700)] {
        held = files
            .write(&sha256, 1_000, &held, from as u64, &bytes[from..upto])
            .unwrap();
    }
    assert!(held.covers(1_000));
    assert!(
        files.open_stored(&sha256).unwrap().is_none(),
        "not before it was re-hashed"
    );
    files.complete(&sha256, 1_000).unwrap();
    files.complete(&sha256, 1_000).unwrap();
    assert_eq!(files.read(&sha256).unwrap().unwrap(), bytes);
}

#[test]
fn bytes_that_are_held_are_not_overwritten() {
    let (_kept, files) = folder();
    let bytes = photo(100);
    let sha256 = Digest::of(&bytes);
    let held = files
        .write(&sha256, 100, &ByteRanges::new(), 0, &bytes[..60])
        .unwrap();
    let mut spoiled = vec![0xff; 50];
    spoiled[10..].copy_from_slice(&bytes[60..100]);
    let held = files.write(&sha256, 100, &held, 50, &spoiled).unwrap();
    assert!(held.covers(100));
    files.complete(&sha256, 100).unwrap();
    assert_eq!(files.read(&sha256).unwrap().unwrap(), bytes);
}

#[test]
fn other_bytes_are_dropped_and_can_be_sent_again() {
    let (_kept, files) = folder();
    let bytes = photo(100);
    let sha256 = Digest::of(&bytes);
    files
        .write(&sha256, 100, &ByteRanges::new(), 0, &[1; 100])
        .unwrap();
    assert!(
        matches!(files.complete(&sha256, 100), Err(BlobFileError::Mismatch { found }) if found == Digest::of(&[1; 100]))
    );
    assert!(files.open_stored(&sha256).unwrap().is_none());
    files
        .write(&sha256, 100, &ByteRanges::new(), 0, &bytes)
        .unwrap();
    files.complete(&sha256, 100).unwrap();
}

#[test]
fn a_stored_file_that_rotted_is_noticed() {
    let (_kept, files) = folder();
    let sha256 = files.store(&photo(100)).unwrap();
    assert!(files.verify(&sha256).is_ok());
    fs::write(files.path(&sha256), [0; 100]).unwrap();
    assert!(matches!(
        files.verify(&sha256),
        Err(BlobFileError::Mismatch { .. })
    ));
    assert!(
        files.complete(&sha256, 100).is_err(),
        "a rotten file is no stored blob"
    );
}

#[test]
fn a_crash_after_the_rename_costs_one_chunk() {
    let (_kept, files) = folder();
    let bytes = photo(100);
    let sha256 = files.store(&bytes).unwrap();
    // The database still believes that the last forty bytes are missing.
    let mut held = ByteRanges::new();
    held.insert(0..60);
    let held = files.write(&sha256, 100, &held, 60, &bytes[60..]).unwrap();
    assert!(held.covers(100));
    files.complete(&sha256, 100).unwrap();
    assert_eq!(files.read(&sha256).unwrap().unwrap(), bytes);
    assert!(!files.partial_path(&sha256).exists());
}

#[test]
fn a_rotten_file_is_replaced_by_whole_bytes_that_come_again() {
    let (_kept, files) = folder();
    let bytes = photo(100);
    let sha256 = files.store(&bytes).unwrap();
    fs::write(files.path(&sha256), [0; 100]).unwrap();
    files
        .write(&sha256, 100, &ByteRanges::new(), 0, &bytes)
        .unwrap();
    files.complete(&sha256, 100).unwrap();
    assert_eq!(files.read(&sha256).unwrap().unwrap(), bytes);
}

#[test]
fn lengths_and_chunks_that_cannot_be_are_refused() {
    let (_kept, files) = folder();
    let sha256 = Digest::of(b"x");
    let write = |length, offset, bytes: &[u8]| {
        files
            .write(&sha256, length, &ByteRanges::new(), offset, bytes)
            .map_err(|error| error.code())
    };
    assert!(write(BLOB_BYTES_MAX, 0, b"x").is_ok());
    assert_eq!(write(BLOB_BYTES_MAX + 1, 0, b"x"), Err("blob_length"));
    assert_eq!(write(0, 0, b""), Err("blob_length"));
    assert_eq!(write(10, 9, b"xy"), Err("blob_past_end"));
    assert_eq!(write(10, u64::MAX, b"xy"), Err("blob_past_end"));
}

#[test]
fn a_blob_of_holes_is_refused_at_the_limit() {
    let (_kept, files) = folder();
    let sha256 = Digest::of(b"holes");
    let mut held = ByteRanges::new();
    for index in 0..RANGES_MAX as u64 {
        held.insert(index * 2..index * 2 + 1);
    }
    let next = RANGES_MAX as u64 * 2;
    let refused = files.write(&sha256, BLOB_BYTES_MAX, &held, next, b"x");
    assert!(matches!(refused, Err(BlobFileError::TooManyRanges)));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]
    #[test]
    fn an_upload_cut_anywhere_and_repeated_ends_in_the_same_bytes(
        length in 1_usize..2_000,
        chunks in prop::collection::vec((0_usize..2_000, 1_usize..700), 1..12),
    ) {
        let (_kept, files) = folder();
        let bytes = photo(length);
        let sha256 = Digest::of(&bytes);
        let mut held = ByteRanges::new();
        for (from, size) in chunks {
            let (from, upto) = (from.min(length), (from + size).min(length));
            held = files.write(&sha256, length as u64, &held, from as u64, &bytes[from..upto]).unwrap();
        }
        for hole in held.missing(length as u64) {
            let part = &bytes[hole.start as usize..hole.end as usize];
            held = files.write(&sha256, length as u64, &held, hole.start, part).unwrap();
        }
        prop_assert!(held.covers(length as u64));
        files.complete(&sha256, length as u64).unwrap();
        prop_assert_eq!(files.read(&sha256).unwrap().unwrap(), bytes);
    }
}
