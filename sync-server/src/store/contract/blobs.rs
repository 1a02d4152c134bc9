//! Blobs, and what keeps them from being collected.

use xunge_domain::ids::{Digest, InstallationId};

use super::samples::{at, document};
use crate::store::ranges::ByteRanges;
use crate::store::rows::{BlobRow, BlobState, QuarantineRow};
use crate::store::{HubStore, StoreError};

pub(crate) fn blobs_come_in_parts(store: &dyn HubStore) {
    let sha256 = Digest::of(b"photo");
    let mut received = ByteRanges::new();
    received.insert(0..100);
    received.insert(200..300);
    let state = |state, touched_at| {
        Some(BlobRow {
            sha256,
            length: 500,
            state,
            touched_at,
        })
    };
    store
        .writing(|write| {
            assert_eq!(write.blob(&sha256)?, None);
            assert!(!write.blob_stored(&sha256)?);
            write.touch_blob(&sha256, at(1))?;
            assert_eq!(write.blob(&sha256)?, None, "asking makes no blob");
            write.put_blob_progress(&sha256, 500, &received, at(5))?;
            let partial = BlobState::Partial {
                received: received.clone(),
            };
            assert_eq!(write.blob(&sha256)?, state(partial.clone(), at(5)));
            write.touch_blob(&sha256, at(4))?;
            assert_eq!(write.blob(&sha256)?, state(partial.clone(), at(5)));
            write.touch_blob(&sha256, at(6))?;
            assert_eq!(write.blob(&sha256)?, state(partial, at(6)));
            assert!(!write.blob_stored(&sha256)?);
            write.mark_blob_stored(&sha256, 500, at(7))?;
            write.put_blob_progress(&sha256, 500, &received, at(8))?;
            write.mark_blob_stored(&sha256, 500, at(9))?;
            assert_eq!(
                write.blob(&sha256)?,
                state(BlobState::Stored { at: at(7) }, at(7)),
                "stays stored"
            );
            assert!(write.blob_stored(&sha256)?);
            assert_eq!(write.blobs(None, 10)?.len(), 1);
            assert_eq!(write.blobs(Some(&sha256), 10)?, []);
            write.forget_blob(&sha256)?;
            assert_eq!(write.blob(&sha256)?, None);
            Ok::<_, StoreError>(())
        })
        .unwrap();
}

pub(crate) fn what_is_cited_or_fresh_is_no_candidate(store: &dyn HubStore) {
    let mut names = [b"one", b"two", b"old", b"new"].map(|name| Digest::of(name));
    names.sort();
    let [cited, partial, stored, fresh] = names;
    let candidates = |after: Option<&Digest>, limit| {
        let found = store.reading(|read| read.uncited_blobs(at(10), after, limit));
        let found = found.unwrap().into_iter().map(|blob| blob.sha256);
        found.collect::<Vec<_>>()
    };
    store
        .writing(|write| {
            write.mark_blob_stored(&cited, 5, at(0))?;
            write.put_blob_progress(&partial, 5, &ByteRanges::new(), at(9))?;
            write.mark_blob_stored(&stored, 5, at(9))?;
            write.mark_blob_stored(&fresh, 5, at(10))
        })
        .unwrap();
    assert_eq!(candidates(None, 10), [cited, partial, stored]);
    store
        .writing(|write| {
            write.cite_blobs(&document(1), &[cited])?;
            write.cite_blobs(&document(1), &[cited])?;
            write.cite_blobs(&document(2), &[cited])
        })
        .unwrap();
    assert_eq!(candidates(None, 10), [partial, stored]);
    assert_eq!(candidates(None, 1), [partial]);
    assert_eq!(candidates(Some(&partial), 10), [stored]);
    store
        .writing(|write| write.touch_blob(&stored, at(10)))
        .unwrap();
    assert_eq!(candidates(None, 10), [partial]);
    store
        .reading(|read| {
            assert!(read.cites(&document(1), &cited)? && read.cites(&document(2), &cited)?);
            assert!(!read.cites(&document(1), &stored)? && !read.cites(&document(3), &cited)?);
            Ok::<_, StoreError>(())
        })
        .unwrap();
}

pub(crate) fn unread_changes_are_kept_by_name(store: &dyn HubStore) {
    let row = |number: u8| QuarantineRow {
        document: document(number / 10),
        hash: Digest::from_bytes([number; 32]),
        installation: Some(InstallationId::from_bytes([1; 16])),
        code: "malformed".into(),
        reason: "…".into(),
        bytes: vec![number; 10],
        at: at(0),
    };
    let place = |number| (row(number).document, row(number).hash);
    store
        .writing(|write| {
            for number in [21, 11, 12, 13] {
                write.quarantine(&row(number))?;
            }
            for number in [21, 12, 12] {
                write.note_unread(&row(number).document, &row(number).hash)?;
            }
            Ok::<_, StoreError>(())
        })
        .unwrap();
    store
        .reading(|read| {
            assert_eq!(read.quarantine_after(None, 3)?, [row(11), row(12), row(13)]);
            assert_eq!(read.quarantine_after(Some(&place(13)), 3)?, [row(21)]);
            assert_eq!(read.unread_quarantine(None, 3)?, [row(12), row(21)]);
            assert_eq!(read.unread_quarantine(Some(&place(12)), 3)?, [row(21)]);
            assert_eq!(read.unread_quarantine(Some(&place(21)), 3)?, []);
            Ok::<_, StoreError>(())
        })
        .unwrap();
}
