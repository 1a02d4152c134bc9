//! Drafts.

use xunge_store::{BlobKind, Draft, NewBlob, Store, StoreError};

use crate::support::{at, document, on_both};

fn draft(number: u16, updated_at: i64, content: &str) -> Draft {
    Draft {
        id: document(number),
        content: content.as_bytes().to_vec(),
        updated_at: at(updated_at),
    }
}

#[test]
fn any_number_newest_first_saved_over_and_removed() {
    on_both(|mut store| {
        store
            .transaction(|tx| {
                for number in 1..=30 {
                    tx.save_draft(&draft(number, i64::from(number), "text"))?;
                }
                tx.save_draft(&draft(3, 100, "longer text"))?;
                tx.delete_draft(document(30))?;
                tx.delete_draft(document(30))
            })
            .unwrap();
        store
            .read(|reader| {
                assert_eq!(reader.draft_count()?, 29);
                let page = reader.drafts(None, 2)?;
                assert_eq!(page, [draft(3, 100, "longer text"), draft(29, 29, "text")]);
                let next = reader.drafts(page.last().map(Draft::cursor).as_ref(), 1)?;
                assert_eq!(next, [draft(28, 28, "text")]);
                assert_eq!(
                    reader.draft(document(3))?,
                    Some(draft(3, 100, "longer text"))
                );
                assert_eq!(reader.draft(document(30))?, None);
                Ok::<_, StoreError>(())
            })
            .unwrap();
    });
}

#[test]
fn a_discarded_draft_lets_go_of_its_photos_and_a_reported_one_does_not() {
    let mut store = Store::open_in_memory().unwrap();
    let photo = |number| NewBlob {
        document: document(number),
        kind: BlobKind::Original,
    };
    store
        .transaction(|tx| {
            tx.put_blob(&photo(1), b"discarded")?;
            let reported = tx.put_blob(&photo(2), b"reported")?;
            tx.cite_blob(reported, document(2), crate::support::hash("report"))?;
            tx.forget_draft_blobs(document(1))?;
            tx.forget_draft_blobs(document(2))?;
            assert!(tx.blobs_of(document(1))?.is_empty());
            assert_eq!(tx.blobs_of(document(2))?.len(), 1);
            Ok::<_, StoreError>(())
        })
        .unwrap();
}
