//! The lists.

use xunge_domain::geo::Point;
use xunge_domain::ids::DocumentId;
use xunge_store::limits::PAGE_ROWS_MAX;
use xunge_store::{BoundingBox, CaseFilter, CaseRow, Store, StoreError};

use crate::support::{add_document, case, document, on_both};

fn store_with(rows: &[CaseRow]) -> Store {
    let mut store = Store::open_in_memory().unwrap();
    save(&mut store, rows);
    store
}

fn save(store: &mut Store, rows: &[CaseRow]) {
    store
        .transaction(|tx| {
            for row in rows {
                let number =
                    u16::from_be_bytes([row.document.as_bytes()[14], row.document.as_bytes()[15]]);
                add_document(tx, number)?;
                tx.save_case_row(row)?;
            }
            Ok::<_, StoreError>(())
        })
        .unwrap();
}

fn found(store: &Store, text: &str) -> Vec<DocumentId> {
    let rows = store
        .read(|reader| reader.search_cases(text, None, 100))
        .unwrap();
    rows.into_iter().map(|row| row.document).collect()
}

#[test]
fn a_row_reads_back_and_is_replaced_whole() {
    on_both(|mut store| {
        let first = case(1, 10, "井盖破损");
        let second = CaseRow {
            case_no: Some("20250630-0001".to_owned()),
            place: None,
            unsent: 0,
            reported_at: crate::support::at(10),
            updated_at: crate::support::at(i64::MAX),
            ..case(1, 0, "井盖已修好")
        };
        for row in [first, second] {
            save(&mut store, std::slice::from_ref(&row));
            let read = store.read(|reader| reader.case_row(document(1))).unwrap();
            assert_eq!(read.as_ref(), Some(&row));
            assert_eq!(
                store
                    .read(|reader| reader.case_page(CaseFilter::All, None, 10))
                    .unwrap(),
                [row]
            );
        }
        assert_eq!(store.read(|reader| reader.case_count()).unwrap(), 1);
    });
}

#[test]
fn pages_meet_every_row_once_also_when_times_are_equal() {
    let rows: Vec<_> = (1..=23)
        .map(|number| case(number, i64::from(number / 5), "t"))
        .collect();
    let mut store = store_with(&rows);
    let mut seen = Vec::new();
    let mut after = None;
    loop {
        let page = store
            .read(|reader| reader.case_page(CaseFilter::All, after.as_ref(), 4))
            .unwrap();
        let Some(last) = page.last() else { break };
        after = Some(last.cursor());
        seen.extend(page.iter().map(|row| row.document));
        // A row that moves to the top while somebody scrolls disturbs nobody.
        save(&mut store, &[case(999, 1_000, "new on top")]);
    }
    let mut wanted: Vec<_> = rows
        .iter()
        .map(|row| (row.updated_at, row.document))
        .collect();
    wanted.sort_by(|a, b| b.cmp(a));
    assert_eq!(
        seen,
        wanted.into_iter().map(|(_, id)| id).collect::<Vec<_>>()
    );
}

#[test]
fn search_looks_at_title_class_address_code_and_number() {
    let store = store_with(&[
        case(1, 1, "商城路井盖破损"),
        CaseRow {
            class: "路灯".to_owned(),
            address: "文化宫路".to_owned(),
            case_no: Some("20250630-0042".to_owned()),
            ..case(2, 2, "不亮")
        },
    ]);
    assert_eq!(
        found(&store, "井盖"),
        [document(1)],
        "title, two characters"
    );
    assert_eq!(found(&store, "路灯"), [document(2)]);
    assert_eq!(found(&store, "文化宫"), [document(2)]);
    assert_eq!(found(&store, "0630-0042"), [document(2)]);
    assert_eq!(
        found(&store, &document(1).local_code().to_lowercase()),
        [document(1)]
    );
    assert_eq!(found(&store, "  不亮 "), [document(2)]);
    assert_eq!(found(&store, ""), [document(2), document(1)]);
    assert!(found(&store, "没有").is_empty());
}

#[test]
fn search_takes_wildcards_and_quotes_literally_and_pages() {
    let store = store_with(&[
        case(1, 1, "完成 100%"),
        case(2, 2, "完成 1000"),
        case(3, 3, r"a\b_c'; DROP TABLE case_row; --"),
        case(4, 4, "aXbYc"),
    ]);
    assert_eq!(found(&store, "100%"), [document(1)]);
    assert_eq!(found(&store, r"a\b"), [document(3)]);
    assert_eq!(found(&store, "b_c"), [document(3)]);
    assert_eq!(found(&store, "'; DROP"), [document(3)]);
    let first = store
        .read(|reader| reader.search_cases("完成", None, 1))
        .unwrap();
    let after = first.first().expect("one").document;
    let second = store
        .read(|reader| reader.search_cases("完成", Some(after), 1))
        .unwrap();
    assert_eq!(
        (first[0].document, second[0].document),
        (document(2), document(1))
    );
}

#[test]
fn near_is_a_rectangle_with_its_edges() {
    let place = |longitude_e7, latitude_e7| Point {
        longitude_e7,
        latitude_e7,
    };
    let at = |number, place| CaseRow {
        place,
        ..case(number, i64::from(number), "t")
    };
    let store = store_with(&[
        at(1, Some(place(100, 200))),
        at(2, Some(place(110, 210))),
        at(3, Some(place(111, 205))),
        at(4, Some(place(105, 199))),
        at(5, None),
    ]);
    let area = BoundingBox {
        south_west: place(100, 200),
        north_east: place(110, 210),
    };
    let near = store.read(|reader| reader.cases_near(&area, 10)).unwrap();
    assert_eq!(
        near.iter().map(|row| row.document).collect::<Vec<_>>(),
        [document(2), document(1)]
    );
    assert_eq!(
        store
            .read(|reader| reader.cases_near(&area, 1))
            .unwrap()
            .len(),
        1
    );
}

#[test]
fn a_page_is_never_longer_than_the_limit() {
    let many = u16::try_from(PAGE_ROWS_MAX + 1).unwrap();
    let rows: Vec<_> = (1..=many).map(|number| case(number, 1, "t")).collect();
    let store = store_with(&rows);
    let page = store
        .read(|reader| reader.case_page(CaseFilter::All, None, usize::MAX))
        .unwrap();
    assert_eq!(page.len(), PAGE_ROWS_MAX);
    let rest = store
        .read(|reader| {
            let after = page.last().map(CaseRow::cursor);
            reader.case_page(CaseFilter::All, after.as_ref(), usize::MAX)
        })
        .unwrap();
    assert_eq!(rest.len(), 1);
}

#[test]
fn a_row_needs_its_document() {
    let mut store = Store::open_in_memory().unwrap();
    let error = store
        .transaction(|tx| tx.save_case_row(&case(1, 1, "t")))
        .unwrap_err();
    assert_eq!(error.code(), "store_not_found");
}
