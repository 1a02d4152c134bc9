//! Looks are kept with the photo, and go with it.

use xunge_store::{BlobKind, NewBlob, Store};

use crate::support::{add_document, document};

#[test]
fn looks_are_those_of_one_document_and_go_with_a_draft_that_is_thrown_away() {
    let mut store = Store::open_in_memory().unwrap();
    let (case, draft) = (document(1), document(2));
    let looks = [u64::MAX, 7];
    store
        .transaction(|tx| {
            add_document(tx, 1)?;
            for (number, look) in looks.iter().enumerate() {
                let new = NewBlob {
                    document: case,
                    kind: BlobKind::Preview,
                };
                let copy = tx.put_blob(&new, &[number as u8])?;
                tx.note_look(case, copy, *look)?;
            }
            let new = NewBlob {
                document: draft,
                kind: BlobKind::Preview,
            };
            // The same bytes in another document: there nothing was noted of them.
            let copy = tx.put_blob(&new, &[0])?;
            assert!(tx.looks_of(draft)?.is_empty());
            tx.note_look(draft, copy, 9)
        })
        .unwrap();
    let mut kept = store.read(|reader| reader.looks_of(case)).unwrap();
    kept.sort_unstable();
    assert_eq!(kept, [7, u64::MAX]);
    assert_eq!(store.read(|reader| reader.looks_of(draft)).unwrap(), [9]);
    store
        .transaction(|tx| tx.forget_draft_blobs(draft))
        .unwrap();
    assert!(
        store
            .read(|reader| reader.looks_of(draft))
            .unwrap()
            .is_empty()
    );
    assert_eq!(store.read(|reader| reader.looks_of(case)).unwrap().len(), 2);
}
