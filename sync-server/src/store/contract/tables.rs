//! Editions of tables.

use xunge_domain::ids::Digest;
use xunge_domain::tables::TableKind::{Components, Grids};

use super::samples::at;
use crate::store::{EditionRow, HubStore, StoreError, TableRow};

fn edition(number: u64, name: &str, day: &str) -> EditionRow {
    EditionRow {
        kind: Grids,
        number,
        edition: name.into(),
        effective_date: day.into(),
        rows: 2,
        sha256: Digest::of(name.as_bytes()),
        imported_at: at(0),
        imported_by: "system".into(),
    }
}

fn row(key: &str, part: &str, content: &[u8]) -> TableRow {
    TableRow {
        key: key.into(),
        part: part.into(),
        content: content.into(),
    }
}

fn import(store: &dyn HubStore, edition: &EditionRow, rows: &[TableRow]) -> Result<(), StoreError> {
    store.writing(|write| {
        write.add_table_edition(edition)?;
        write.add_table_rows(edition.kind, edition.number, rows)
    })
}

pub(crate) fn each_edition_reads_back_as_it_was(store: &dyn HubStore) {
    let editions = [
        vec![
            row("a", "1", b"one"),
            row("b", "1", b"two"),
            row("c", "2", b"three"),
        ],
        // b changes, c goes, d comes.
        vec![
            row("a", "1", b"one"),
            row("b", "1", b"TWO"),
            row("d", "2", b"four"),
        ],
        // c comes back, b moves, a goes.
        vec![
            row("b", "2", b"TWO"),
            row("c", "2", b"three"),
            row("d", "2", b"four"),
        ],
        vec![],
    ];
    for (number, rows) in (1..).zip(&editions) {
        let edition = edition(number, &format!("e{number}"), "2025-01-01");
        import(store, &edition, rows).unwrap();
    }
    store
        .reading(|read| {
            for (number, rows) in (1..).zip(&editions) {
                assert_eq!(&read.table_rows(Grids, number, "", 10)?, rows, "{number}");
                let of = |part: &str| -> Vec<TableRow> {
                    rows.iter()
                        .filter(|row| row.part == part)
                        .cloned()
                        .collect()
                };
                assert_eq!(read.table_rows_of(Grids, number, "2")?, of("2"), "{number}");
                let b = rows.iter().find(|row| row.key == "b").cloned();
                assert_eq!(read.table_row(Grids, number, "b")?, b, "{number}");
            }
            assert_eq!(read.table_rows(Grids, 1, "a", 1)?, [row("b", "1", b"two")]);
            assert!(read.table_rows(Components, 1, "", 10)?.is_empty());
            Ok::<_, StoreError>(())
        })
        .unwrap();
}

pub(crate) fn the_edition_of_a_day_is_the_latest_that_holds(store: &dyn HubStore) {
    for (number, name, day) in [
        (1, "first", "2025-01-01"),
        (2, "later", "2025-07-01"),
        (3, "between", "2025-03-01"),
        (4, "corrected", "2025-03-01"),
    ] {
        import(store, &edition(number, name, day), &[]).unwrap();
    }
    let on = |day: &str| {
        let found = store
            .reading(|read| read.table_edition_on(Grids, day))
            .unwrap();
        found.map(|found| found.edition)
    };
    assert_eq!(on("2024-12-31"), None);
    assert_eq!(on("2025-02-28").as_deref(), Some("first"));
    assert_eq!(on("2025-03-01").as_deref(), Some("corrected"));
    assert_eq!(on("2025-12-31").as_deref(), Some("later"));
    let all = store.reading(|read| read.table_editions(Grids)).unwrap();
    assert_eq!(all[2], edition(3, "between", "2025-03-01"));
    assert_eq!(all.len(), 4);
}

pub(crate) fn no_edition_and_no_key_stands_twice(store: &dyn HubStore) {
    import(
        store,
        &edition(1, "one", "2025-01-01"),
        &[row("a", "", b"1")],
    )
    .unwrap();
    let again = import(store, &edition(2, "one", "2025-02-01"), &[]);
    assert!(matches!(again, Err(StoreError::Conflict(_))), "{again:?}");
    for twice in [
        [row("a", "", b"1"), row("a", "", b"1")],
        [row("a", "", b"1"), row("a", "", b"2")],
        [row("z", "", b"1"), row("z", "", b"1")],
    ] {
        let refused = import(store, &edition(2, "two", "2025-02-01"), &twice);
        assert!(
            matches!(refused, Err(StoreError::Conflict(_))),
            "{refused:?}"
        );
    }
    let editions = store.reading(|read| read.table_editions(Grids)).unwrap();
    assert_eq!(editions.len(), 1, "a refused one leaves nothing");
}
