//! Rows of check-ins: a list, those about a case, one by its code.

use xunge_store::{PageCursor, Store, StoreError};

use crate::support::{add_document, at, checkin, document};

#[test]
fn rows_are_listed_newest_first_and_found_by_case_and_by_code() {
    let folder = tempfile::tempdir().unwrap();
    let mut store = Store::open(folder.path()).unwrap();
    store
        .transaction(|tx| {
            for number in 1..=4 {
                add_document(tx, number)?;
                let about = (number % 2 == 0).then(|| document(9));
                tx.save_checkin_row(&checkin(number, about))?;
            }
            let mut newer = checkin(1, None);
            newer.updated_at = at(50);
            tx.save_checkin_row(&newer)
        })
        .unwrap();
    store
        .read(|reader| {
            let first = reader.checkin_page(None, 3)?;
            let numbers: Vec<_> = first.iter().map(|row| row.document).collect();
            assert_eq!(numbers, [document(1), document(4), document(3)]);
            let last = &first[2];
            let after = PageCursor {
                updated_at: last.updated_at,
                id: last.document,
            };
            assert_eq!(
                reader.checkin_page(Some(&after), 3)?,
                [checkin(2, Some(document(9)))]
            );
            let about = reader.checkins_of_case(document(9), 9)?;
            assert_eq!(about.len(), 2);
            assert_eq!(about[0], checkin(4, Some(document(9))));
            assert_eq!(reader.checkin_by_code("CODE0003")?, Some(checkin(3, None)));
            assert_eq!(reader.checkin_by_code("NONE")?, None);
            Ok::<_, StoreError>(())
        })
        .unwrap();
    let orphan = store.transaction(|tx| tx.save_checkin_row(&checkin(77, None)));
    assert_eq!(orphan.unwrap_err().code(), "store_not_found");
}
