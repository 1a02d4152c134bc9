//! What a person is told.

use std::io;

use xunge_store::{OpenStoreError, StoreError};

use crate::support::hash;

fn io_error() -> io::Error {
    io::Error::other("broken")
}

fn all_errors() -> Vec<StoreError> {
    vec![
        StoreError::Full,
        StoreError::Io {
            doing: "reading",
            source: io_error(),
        },
        StoreError::DatabaseIo(rusqlite::Error::InvalidQuery),
        StoreError::Busy,
        StoreError::Damaged {
            what: "x".to_owned(),
        },
        StoreError::BlobDamaged(hash("a")),
        StoreError::BlobMissing(hash("a")),
        StoreError::Suspended,
        StoreError::TooLarge {
            what: "draft",
            size: 2,
            limit: 1,
        },
        StoreError::NotFound { what: "draft" },
        StoreError::RolledBack,
        StoreError::Internal(rusqlite::Error::InvalidQuery),
    ]
}

#[test]
fn every_error_says_cause_and_next_step_in_both_languages() {
    let opening = vec![
        OpenStoreError::Newer { found: 2, known: 1 },
        OpenStoreError::Damaged {
            what: "x".to_owned(),
        },
        OpenStoreError::InUse,
        OpenStoreError::Full,
        OpenStoreError::Io {
            doing: "locking",
            path: "a".into(),
            source: io_error(),
        },
        OpenStoreError::Database(StoreError::Busy),
    ];
    let texts = all_errors()
        .into_iter()
        .map(|error| (error.code(), error.text()))
        .chain(
            opening
                .into_iter()
                .map(|error| (error.code(), error.text())),
        );
    for (code, text) in texts {
        assert!(
            code.bytes()
                .all(|byte| byte.is_ascii_lowercase() || byte == b'_'),
            "{code}"
        );
        for chinese in [text.zh, text.next_zh] {
            assert!(chinese.ends_with('。'), "{code}: {chinese}");
        }
        for english in [text.en, text.next_en] {
            assert!(
                english.is_ascii() && english.ends_with('.'),
                "{code}: {english}"
            );
        }
    }
}
