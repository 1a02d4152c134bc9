//! Feeds and memberships.

use super::samples::{change, document, scope};
use crate::store::rows::{ChangeRow, FeedAppend, FeedRow, MembershipRow};
use crate::store::{HubRead, HubStore, StoreError};

fn entry(text: &str, number: u8, from_arrival: u64, upto_arrival: u64) -> FeedAppend {
    FeedAppend {
        scope: scope(text),
        document: document(number),
        from_arrival,
        upto_arrival,
    }
}

pub(crate) fn each_scope_counts_for_itself(store: &dyn HubStore) {
    let given = store
        .writing(|write| {
            write.append_feed(&[
                entry("person:worker-putian", 1, 1, 3),
                entry("grid:putian-1", 1, 1, 3),
                entry("person:worker-putian", 2, 1, 1),
            ])
        })
        .unwrap();
    assert_eq!(given, [1, 1, 2], "in the order asked");
    let given = store
        .writing(|write| write.append_feed(&[entry("grid:putian-1", 2, 0, 0)]))
        .unwrap();
    assert_eq!(given, [2]);
    assert_eq!(
        store.writing(|write| write.append_feed(&[])).unwrap(),
        [0_u64; 0]
    );
    store
        .reading(|read| {
            assert_eq!(read.feed_head(&scope("grid:putian-1"))?, 2);
            assert_eq!(read.feed_head(&scope("org:nobody"))?, 0);
            let lines = read.feed_after(&scope("grid:putian-1"), 0, 10)?;
            let line = |seq, number, from_arrival, upto_arrival| FeedRow {
                seq,
                document: document(number),
                from_arrival,
                upto_arrival,
                held: false,
            };
            assert_eq!(lines, [line(1, 1, 1, 3), line(2, 2, 0, 0)]);
            Ok::<_, StoreError>(())
        })
        .unwrap();
    let failed = store.writing(|write| {
        write.append_feed(&[entry("grid:putian-1", 9, 1, 1)])?;
        Err::<(), _>(StoreError::Busy)
    });
    assert!(failed.is_err());
    let given = store
        .writing(|write| write.append_feed(&[entry("grid:putian-1", 3, 1, 1)]))
        .unwrap();
    assert_eq!(given, [3], "what was rolled back leaves no gap");
}

pub(crate) fn a_feed_is_read_in_parts(store: &dyn HubStore) {
    let entries: Vec<FeedAppend> = (1..=5)
        .map(|number| entry("org:road-dept", number, 1, 1))
        .collect();
    store.writing(|write| write.append_feed(&entries)).unwrap();
    let read = |after, limit| -> Vec<u64> {
        let lines = store
            .reading(|read| read.feed_after(&scope("org:road-dept"), after, limit))
            .unwrap();
        lines.into_iter().map(|line| line.seq).collect()
    };
    assert_eq!(read(0, 2), [1, 2]);
    assert_eq!(read(2, 2), [3, 4]);
    assert_eq!(read(4, 2), [5]);
    assert_eq!(read(5, 2), [0_u64; 0]);
    assert_eq!(
        read(u64::MAX, 2),
        [0_u64; 0],
        "a cursor of another life of the hub"
    );
}

/// Of the entries of a beat, whether the beat holds their documents now.
fn held(read: &dyn HubRead) -> Result<Vec<bool>, StoreError> {
    let entries = read.feed_after(&scope("grid:putian-1"), 0, 10)?;
    Ok(entries.into_iter().map(|entry| entry.held).collect())
}

pub(crate) fn membership_moves_on_and_ends(store: &dyn HubStore) {
    let row = |text: &str, number, upto_arrival| MembershipRow {
        document: document(number),
        scope: scope(text),
        upto_arrival,
    };
    store
        .writing(|write| {
            write.put_membership(&row("person:worker-putian", 1, 1))?;
            write.put_membership(&row("grid:putian-1", 1, 1))?;
            write.put_membership(&row("grid:putian-1", 2, 1))?;
            write.put_membership(&row("grid:putian-1", 1, 4))
        })
        .unwrap();
    store
        .writing(|write| {
            let of = write.memberships(&document(1))?;
            assert_eq!(
                of,
                [
                    row("grid:putian-1", 1, 4),
                    row("person:worker-putian", 1, 1)
                ]
            );
            let members = write.members(&scope("grid:putian-1"), None, 10)?;
            assert_eq!(
                members,
                [row("grid:putian-1", 1, 4), row("grid:putian-1", 2, 1)]
            );
            assert_eq!(
                write
                    .members(&scope("grid:putian-1"), Some(&document(1)), 10)?
                    .len(),
                1
            );
            let count = |text: &str, without: &[&str]| {
                let without: Vec<_> = without.iter().map(|text| scope(text)).collect();
                write.count_members(&scope(text), &without)
            };
            assert_eq!(count("grid:putian-1", &[])?, 2);
            assert_eq!(count("grid:putian-1", &["org:road-dept"])?, 2);
            let person = "person:worker-putian";
            assert_eq!(count("grid:putian-1", &["org:road-dept", person])?, 1);
            assert_eq!(count("grid:putian-1", &["grid:putian-1"])?, 0);
            assert_eq!(count("grid:nobody", &[person])?, 0);
            write.append_feed(&[
                entry("grid:putian-1", 1, 1, 4),
                entry("grid:putian-1", 2, 1, 1),
            ])?;
            assert_eq!(held(write as &dyn HubRead)?, [true, true]);
            assert!(write.remove_membership(&document(1), &scope("grid:putian-1"))?);
            assert_eq!(held(write as &dyn HubRead)?, [false, true]);
            assert!(!write.remove_membership(&document(1), &scope("grid:putian-1"))?);
            assert_eq!(write.memberships(&document(1))?.len(), 1);
            Ok::<_, StoreError>(())
        })
        .unwrap();
}

pub(crate) fn changes_are_named_by_scope(store: &dyn HubStore) {
    let member = |text: &str, number| MembershipRow {
        document: document(number),
        scope: scope(text),
        upto_arrival: 1,
    };
    let (first, second, other) = (change(1, 1), change(2, 2), change(3, 1));
    store
        .writing(|write| {
            write.append_changes(&document(1), &[first.clone(), second.clone()])?;
            write.append_changes(&document(2), std::slice::from_ref(&other))?;
            write.append_changes(&document(3), &[change(4, 1)])?;
            write.put_membership(&member("person:worker-putian", 1))?;
            write.put_membership(&member("grid:putian-1", 1))?;
            write.put_membership(&member("grid:putian-1", 2))?;
            write.put_membership(&member("grid:erqi-1", 3))
        })
        .unwrap();
    let named = |scopes: &[&str]| {
        let scopes: Vec<_> = scopes.iter().map(|text| scope(text)).collect();
        let mut named = store.reading(|read| read.change_names(&scopes)).unwrap();
        assert!(named.is_sorted_by_key(|(document, _)| *document));
        named.sort_unstable();
        named
    };
    let of = |number, change: &ChangeRow| (document(number), change.hash);
    let mut both = vec![of(1, &first), of(1, &second)];
    both.sort_unstable();
    assert_eq!(named(&["person:worker-putian"]), both);
    both.push(of(2, &other));
    assert_eq!(
        named(&["person:worker-putian", "grid:putian-1"]),
        both,
        "each once"
    );
    assert_eq!(named(&["org:nobody"]), []);
    assert_eq!(named(&[]), []);
}
