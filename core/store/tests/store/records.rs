//! Records and their receipts, and which photo files may go.

use xunge_domain::ids::{Digest, DocumentId, IntentId};
use xunge_domain::time::Timestamp;
use xunge_store::{AskAbout, BlobKind, IntentState, NewBlob, NewRecord, Store, StoreError, Tx};

use crate::support::{add_document, at, document, hash, intent, new_intent, own_change};

const PHOTO: &[u8] = b"the original";

fn record(number: u32, original: Option<Digest>) -> NewRecord {
    NewRecord {
        intent: intent(number),
        document: document(1),
        name: hash(&format!("record {number}")),
        written_with: intent(1),
        original,
        made_at: at(i64::from(number)),
    }
}

/// A document whose report has a photo; the server has the report.
fn reported(tx: &Tx<'_>) -> Result<Digest, StoreError> {
    add_document(tx, 1)?;
    tx.append_change(&own_change(1, "report"))?;
    tx.add_intent(&new_intent(1, 1, "report"))?;
    let original = NewBlob {
        document: document(1),
        kind: BlobKind::Original,
    };
    let digest = tx.put_blob(&original, PHOTO)?;
    tx.cite_blob(digest, document(1), hash("report"))?;
    tx.note_record(&record(1, None))?;
    tx.note_record(&record(2, Some(digest)))?;
    tx.set_intent_state(intent(1), IntentState::Received, None)?;
    Ok(digest)
}

fn open(store: &Store, about: AskAbout, behind: Option<IntentId>) -> Vec<IntentId> {
    let rows = store.read(|reader| reader.open_records(about, behind, 9));
    rows.unwrap().into_iter().map(|row| row.intent).collect()
}

fn freeable(store: &Store, until: Option<Timestamp>) -> Vec<(Digest, u64)> {
    store
        .read(|reader| reader.freeable_blobs(until, 9))
        .unwrap()
}

#[test]
fn what_the_server_has_is_asked_about_until_nothing_lacks() {
    let mut store = Store::open_in_memory().unwrap();
    store.transaction(reported).unwrap();
    let all = |store: &Store| open(store, AskAbout::All, None);
    assert_eq!(all(&store), [intent(1), intent(2)]);
    assert_eq!(open(&store, AskAbout::All, Some(intent(1))), [intent(2)]);
    let ripe = AskAbout::Ripe {
        made_before: at(2),
        asked_before: at(10),
    };
    assert_eq!(open(&store, ripe, None), [intent(1)], "the other is young");
    store
        .transaction(|tx| {
            tx.note_asked_about(intent(1), at(10))?;
            tx.keep_receipt(intent(2), hash("another"), b"not of this name")
        })
        .unwrap();
    assert_eq!(open(&store, ripe, None), [], "asked about lately");
    store
        .transaction(|tx| {
            tx.keep_receipt(intent(1), hash("record 1"), b"receipt")?;
            tx.keep_receipt(intent(2), hash("record 2"), b"receipt")
        })
        .unwrap();
    assert_eq!(all(&store), [intent(2)], "when was the photo stored");
    store
        .transaction(|tx| tx.note_original_stored(intent(2), at(3)))
        .unwrap();
    assert_eq!(all(&store), []);
    // A server that was put back may have lost the photo, and the receipt proves it all the same.
    store.transaction(|tx| tx.offer_everything_again()).unwrap();
    assert_eq!(all(&store), [intent(2)]);
    let rows = store.read(|reader| reader.records_of(document(1))).unwrap();
    assert_eq!(rows[1].receipt.as_deref(), Some(b"receipt".as_slice()));
    // Made again, it is another record.
    store
        .transaction(|tx| {
            tx.note_record(&record(1, None))?;
            let again = NewRecord {
                name: hash("again"),
                ..record(1, None)
            };
            tx.note_record(&again)
        })
        .unwrap();
    assert_eq!(all(&store), [intent(1), intent(2)]);
    store
        .transaction(|tx| tx.set_intent_state(intent(1), IntentState::Pending, None))
        .unwrap();
    assert_eq!(all(&store), [], "the server cannot know of it");
}

#[test]
fn an_original_goes_only_behind_receipt_storage_and_backup() {
    let folder = tempfile::tempdir().unwrap();
    let mut store = Store::open(folder.path()).unwrap();
    let digest = store.transaction(reported).unwrap();
    let late = Some(at(100));
    assert_eq!(freeable(&store, late), []);
    store
        .transaction(|tx| tx.keep_receipt(intent(2), hash("record 2"), b"receipt"))
        .unwrap();
    assert_eq!(freeable(&store, late), []);
    store
        .transaction(|tx| tx.note_original_stored(intent(2), at(50)))
        .unwrap();
    assert_eq!(freeable(&store, late), [], "not acknowledged");
    store.transaction(|tx| tx.acknowledge_blob(digest)).unwrap();
    assert_eq!(freeable(&store, Some(at(50))), [], "the backup is older");
    assert_eq!(freeable(&store, None), []);
    let length = PHOTO.len() as u64;
    assert_eq!(freeable(&store, Some(at(51))), [(digest, length)]);
    // A draft that uses the same picture keeps it.
    let draft = NewBlob {
        document: document(9),
        kind: BlobKind::Original,
    };
    store.transaction(|tx| tx.put_blob(&draft, PHOTO)).unwrap();
    assert_eq!(freeable(&store, late), []);
    store
        .transaction(|tx| tx.forget_draft_blobs(document(9)))
        .unwrap();
    assert_eq!(freeable(&store, late), [(digest, length)]);
    store.transaction(|tx| tx.free_blob(digest)).unwrap();
    // Killed before the file went: it goes with the next call, and only it.
    drop(store);
    let mut store = Store::open(folder.path()).unwrap();
    assert_eq!(
        store.read(|reader| reader.read_blob(digest)).unwrap(),
        PHOTO
    );
    store.remove_freed().unwrap();
    store.remove_freed().unwrap();
    let gone = store.read(|reader| reader.read_blob(digest)).unwrap_err();
    assert_eq!(gone.code(), "blob_missing");
    assert_eq!(freeable(&store, late), []);
}

#[test]
fn what_nothing_uses_goes_and_what_is_still_to_be_proved_stays() {
    let mut store = Store::open_in_memory().unwrap();
    let digest = store.transaction(reported).unwrap();
    let draft = NewBlob {
        document: DocumentId::from_bytes([7; 16]),
        kind: BlobKind::Working,
    };
    let thrown_away = store
        .transaction(|tx| {
            let digest = tx.put_blob(&draft, b"a draft's")?;
            tx.forget_draft_blobs(draft.document)?;
            tx.acknowledge_blob(digest)?;
            Ok::<_, StoreError>(digest)
        })
        .unwrap();
    store
        .transaction(|tx| {
            tx.acknowledge_blob(digest)?;
            tx.empty_document(document(1))
        })
        .unwrap();
    assert_eq!(freeable(&store, None), [(thrown_away, 9)]);
    assert_eq!(
        open(&store, AskAbout::All, None),
        [intent(1), intent(2)],
        "a case that left is still asked about"
    );
}
