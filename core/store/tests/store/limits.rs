//! Every limit holds at the limit and refuses one more.

use xunge_store::limits::{
    ACTOR_BYTES_MAX, BLOB_BYTES_MAX, CASE_TEXT_BYTES_MAX, CASE_VIEW_BYTES_MAX, CHANGE_BYTES_MAX,
    DRAFT_BYTES_MAX, HEADS_BYTES_MAX, INTENT_BYTES_MAX, INTENT_KIND_BYTES_MAX, RANGES_BYTES_MAX,
    REASON_BYTES_MAX, SCOPE_BYTES_MAX, SEARCH_CHARACTERS_MAX, SERVER_URL_BYTES_MAX,
    SESSION_VALUE_BYTES_MAX, SETTING_BYTES_MAX, SETTING_KEY_BYTES_MAX, SIGNATURE_BYTES_MAX,
    SNAPSHOT_BYTES_MAX,
};
use xunge_store::{
    BlobKind, Cursor, Draft, IntentState, NewBlob, NewChange, NewDocument, NewIntent, Reason,
    Store, StoreError, Tx,
};

use crate::support::{
    add_document, at, case, document, hash, intent, new_intent, own_change, session,
};

/// `write` with a value of exactly the limit, then one more.
fn assert_limit(limit: usize, write: impl Fn(&Tx<'_>, usize) -> Result<(), StoreError>) {
    let mut store = Store::open_in_memory().unwrap();
    store
        .transaction(|tx| {
            add_document(tx, 1)?;
            tx.add_intent(&new_intent(1, 1, "a"))?;
            tx.append_change(&own_change(1, "a"))?;
            let photo = NewBlob {
                document: document(1),
                kind: BlobKind::Original,
            };
            tx.put_blob(&photo, b"photo").map(drop)
        })
        .unwrap();
    store.transaction(|tx| write(tx, limit)).unwrap();
    match store.transaction(|tx| write(tx, limit + 1)).unwrap_err() {
        error @ StoreError::TooLarge {
            size, limit: told, ..
        } => {
            assert_eq!((size, told), (limit + 1, limit));
            assert_eq!(error.code(), "store_too_large");
        }
        other => panic!("{other}"),
    }
}

fn bytes(length: usize) -> Vec<u8> {
    vec![7; length]
}

fn text(length: usize) -> String {
    "x".repeat(length)
}

#[test]
fn session_and_settings() {
    assert_limit(SERVER_URL_BYTES_MAX, |tx, length| {
        let mut session = session(1);
        session.server_url = text(length);
        tx.set_session(&session)
    });
    assert_limit(SESSION_VALUE_BYTES_MAX, |tx, length| {
        let mut session = session(1);
        session.person = bytes(length);
        tx.set_session(&session)
    });
    assert_limit(SESSION_VALUE_BYTES_MAX, |tx, length| {
        let mut session = session(1);
        session.device_key_handle = bytes(length);
        tx.set_session(&session)
    });
    assert_limit(SETTING_KEY_BYTES_MAX, |tx, length| {
        tx.set_setting(&text(length), b"v")
    });
    assert_limit(SETTING_BYTES_MAX, |tx, length| {
        tx.set_setting("k", &bytes(length))
    });
    assert_limit(SCOPE_BYTES_MAX, |tx, length| {
        let scope = text(length);
        tx.set_cursor(&Cursor {
            scope,
            epoch: 1,
            seq: 1,
        })
    });
}

#[test]
fn drafts_and_documents() {
    assert_limit(DRAFT_BYTES_MAX, |tx, length| {
        tx.save_draft(&Draft {
            id: document(1),
            content: bytes(length),
            updated_at: at(1),
        })
    });
    assert_limit(SNAPSHOT_BYTES_MAX, |tx, length| {
        tx.replace_snapshot(document(1), &bytes(length), b"")
    });
    assert_limit(HEADS_BYTES_MAX, |tx, length| {
        tx.replace_snapshot(document(1), b"", &bytes(length))
    });
    let new = |tx: &Tx<'_>, snapshot: &[u8], heads: &[u8]| {
        tx.insert_document(&NewDocument {
            id: document(2),
            snapshot,
            heads,
            urgent: false,
        })
        .map(drop)
    };
    assert_limit(SNAPSHOT_BYTES_MAX, |tx, length| {
        new(tx, &bytes(length), b"")
    });
    assert_limit(HEADS_BYTES_MAX, |tx, length| new(tx, b"", &bytes(length)));
}

#[test]
fn changes() {
    assert_limit(CHANGE_BYTES_MAX, |tx, length| {
        let bytes = bytes(length);
        tx.append_change(&NewChange {
            bytes: &bytes,
            ..own_change(1, "b")
        })
        .map(drop)
    });
    assert_limit(ACTOR_BYTES_MAX, |tx, length| {
        let actor = bytes(length);
        tx.append_change(&NewChange {
            actor: &actor,
            ..own_change(1, "b")
        })
        .map(drop)
    });
    assert_limit(SIGNATURE_BYTES_MAX, |tx, length| {
        let signature = bytes(length);
        tx.append_change(&NewChange {
            signature: Some(&signature),
            ..own_change(1, "b")
        })
        .map(drop)
    });
    let beyond = NewChange {
        sequence: u64::MAX,
        ..own_change(1, "b")
    };
    let mut store = Store::open_in_memory().unwrap();
    let error = store.transaction(|tx| add_document(tx, 1).and_then(|_| tx.append_change(&beyond)));
    assert_eq!(error.unwrap_err().code(), "store_too_large");
}

#[test]
fn intents() {
    assert_limit(INTENT_BYTES_MAX, |tx, length| {
        let content = bytes(length);
        tx.add_intent(&NewIntent {
            content: &content,
            ..new_intent(2, 1, "a")
        })
        .map(drop)
    });
    assert_limit(INTENT_KIND_BYTES_MAX, |tx, length| {
        let kind = text(length);
        tx.add_intent(&NewIntent {
            kind: &kind,
            ..new_intent(2, 1, "a")
        })
        .map(drop)
    });
    assert_limit(REASON_BYTES_MAX, |tx, length| {
        let reason = Reason {
            code: "late".to_owned(),
            zh: text(length),
            en: String::new(),
        };
        tx.set_intent_state(intent(1), IntentState::Declined, Some(&reason))
    });
}

#[test]
fn case_rows_and_search() {
    assert_limit(CASE_TEXT_BYTES_MAX, |tx, length| {
        tx.save_case_row(&case(1, 1, &text(length)))
    });
    assert_limit(CASE_TEXT_BYTES_MAX, |tx, length| {
        let mut row = case(1, 1, "t");
        row.case_no = Some(text(length));
        tx.save_case_row(&row)
    });
    assert_limit(CASE_VIEW_BYTES_MAX, |tx, length| {
        let mut row = case(1, 1, "t");
        row.view = bytes(length);
        tx.save_case_row(&row)
    });
    assert_limit(SEARCH_CHARACTERS_MAX, |tx, length| {
        tx.search_cases(&"井".repeat(length), None, 1).map(drop)
    });
}

#[test]
fn blobs() {
    let photo = NewBlob {
        document: document(1),
        kind: BlobKind::Original,
    };
    assert_limit(BLOB_BYTES_MAX, |tx, length| {
        tx.put_blob(&photo, &bytes(length)).map(drop)
    });
    assert_limit(RANGES_BYTES_MAX, |tx, length| {
        tx.set_blob_ranges(xunge_domain::ids::Digest::of(b"photo"), &bytes(length))
    });
    assert_limit(BLOB_BYTES_MAX, |tx, length| {
        tx.read_blob_range(xunge_domain::ids::Digest::of(b"photo"), 0, length)
            .map(drop)
    });
    let mut store = Store::open_in_memory().unwrap();
    let beyond = store.transaction(|tx| tx.note_blob_elsewhere(hash("a"), u64::MAX, &photo));
    assert_eq!(beyond.unwrap_err().code(), "store_too_large");
}
