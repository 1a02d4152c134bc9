//! What the lists answer is what somebody would find who looked through all rows one by one.

use proptest::prelude::*;
use rusqlite::Connection;
use xunge_domain::geo::Point;
use xunge_domain::ids::DocumentId;
use xunge_store::{CaseFilter, CaseRow, Store, StoreError};

use crate::support::{add_document, at, case, document};

const ROWS_MAX: usize = 24;
const PAGE: usize = 3;

/// Few characters, so that they meet: Chinese, letters of both widths, signs of the index, of LIKE and of SQL, spaces.
const CHARACTERS: &[&str] = &[
    "路", "面", "井", "盖", "a", "A", "Ａ", "b", "%", "_", "*", "\"", "'", "-", " ", "　", "，",
    ",", "1", "１",
];

const STATES: &[&str] = &["reported", "closed", "void", "of a newer version"];

fn text(length: std::ops::Range<usize>) -> impl Strategy<Value = String> {
    proptest::collection::vec(proptest::sample::select(CHARACTERS), length)
        .prop_map(|characters| characters.concat())
}

/// What is known of a case at one time.
fn row() -> impl Strategy<Value = CaseRow> {
    let of = (
        1..=12_u16,
        0..6_i64,
        (text(0..7), text(0..4), proptest::option::of(text(1..5))),
        proptest::sample::select(STATES),
        0..2_u32,
        proptest::option::of((-9_000..9_000_i32, -9_000..9_000_i32)),
    );
    of.prop_map(
        |(number, updated_at, (title, address, case_no), state, unsent, place)| CaseRow {
            title,
            address,
            case_no,
            state: state.to_owned(),
            unsent,
            place: place.map(|(east, north)| moved(middle(), east, north)),
            // Several in one millisecond, and room behind it for as many.
            reported_at: at(i64::from(number) / 4 * 1_000),
            ..case(number, updated_at, "")
        },
    )
}

fn middle() -> Point {
    Point {
        longitude_e7: 1_137_861_000,
        latitude_e7: 347_552_000,
    }
}

const fn moved(point: Point, east: i32, north: i32) -> Point {
    Point {
        longitude_e7: point.longitude_e7 + east * 20,
        latitude_e7: point.latitude_e7 + north * 20,
    }
}

/// A store into which these were written one after the other, and what is left of them, those that came first here first.
fn store_of(writes: &[CaseRow], gone: Option<u16>) -> (Store, Vec<CaseRow>) {
    let mut store = Store::open_in_memory().unwrap();
    let mut left: Vec<CaseRow> = Vec::new();
    for row in writes {
        let number = u16::from_be_bytes([row.document.as_bytes()[14], row.document.as_bytes()[15]]);
        store
            .transaction(|tx| {
                add_document(tx, number)?;
                tx.save_case_row(row)
            })
            .unwrap();
        match left.iter_mut().find(|kept| kept.document == row.document) {
            Some(kept) => *kept = row.clone(),
            None => left.push(row.clone()),
        }
    }
    if let Some(gone) = gone {
        let gone = document(gone);
        if left.iter().any(|row| row.document == gone) {
            store.transaction(|tx| tx.empty_document(gone)).unwrap();
        }
        left.retain(|row| row.document != gone);
    }
    (store, left)
}

fn ids(rows: &[CaseRow]) -> Vec<DocumentId> {
    rows.iter().map(|row| row.document).collect()
}

/// As the store compares: written for this alphabet, not taken from it.
fn plain(text: &str) -> String {
    let text = text.replace(['Ａ', 'A'], "a").replace('１', "1");
    text.replace('，', ",").replace('　', " ")
}

fn holds(row: &CaseRow, words: &str) -> bool {
    let mut texts = vec![&row.title, &row.class, &row.address, &row.local_code];
    texts.extend(&row.case_no);
    plain(words)
        .split(' ')
        .filter(|word| !word.is_empty())
        .all(|word| {
            texts
                .iter()
                .any(|text| plain(text).to_lowercase().contains(word))
        })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(128))]

    #[test]
    fn a_search_finds_what_holds_every_word_newest_first_page_by_page(
        writes in proptest::collection::vec(row(), 0..ROWS_MAX),
        gone in proptest::option::of(1..=12_u16),
        words in text(0..6),
    ) {
        let (store, mut left) = store_of(&writes, gone);
        left.retain(|row| holds(row, &words));
        // Of those reported in one millisecond the one that came last.
        left.reverse();
        left.sort_by_key(|row| std::cmp::Reverse(row.reported_at));
        let all = store.read(|reader| reader.search_cases(&words, None, 100)).unwrap();
        prop_assert_eq!(all.iter().map(|row| row.reported_at).collect::<Vec<_>>(), left.iter().map(|row| row.reported_at).collect::<Vec<_>>());
        let mut sorted = (ids(&all), ids(&left));
        sorted.0.sort();
        sorted.1.sort();
        prop_assert_eq!(sorted.0, sorted.1);
        let mut pages = Vec::new();
        loop {
            let after = pages.last().map(|row: &CaseRow| row.document);
            let page = store.read(|reader| reader.search_cases(&words, after, PAGE)).unwrap();
            pages.extend(page.iter().cloned());
            if page.len() < PAGE {
                break;
            }
        }
        prop_assert_eq!(ids(&pages), ids(&all));
    }

    #[test]
    fn a_list_is_the_rows_of_its_filter_last_changed_first(
        writes in proptest::collection::vec(row(), 0..ROWS_MAX),
        gone in proptest::option::of(1..=12_u16),
        filter in proptest::sample::select(&CaseFilter::EVERY[..]),
    ) {
        let (store, mut left) = store_of(&writes, gone);
        left.retain(|row| match filter {
            CaseFilter::All => true,
            CaseFilter::Open => !["closed", "void"].contains(&row.state.as_str()),
            CaseFilter::Ended => ["closed", "void"].contains(&row.state.as_str()),
            CaseFilter::Unsent => row.unsent > 0,
        });
        left.sort_by_key(|row| std::cmp::Reverse((row.updated_at, row.document)));
        let mut pages = Vec::new();
        loop {
            let after = pages.last().map(CaseRow::cursor);
            let page = store.read(|reader| reader.case_page(filter, after.as_ref(), PAGE)).unwrap();
            pages.extend(page.iter().cloned());
            if page.len() < PAGE {
                break;
            }
        }
        prop_assert_eq!(pages, left);
    }

    #[test]
    fn nearest_is_by_distance_within_the_reach(
        writes in proptest::collection::vec(row(), 0..ROWS_MAX),
        gone in proptest::option::of(1..=12_u16),
        filter in proptest::sample::select(&CaseFilter::EVERY[..]),
        metres in 1..2_000_u32,
        limit in 1..8_usize,
    ) {
        let (store, mut left) = store_of(&writes, gone);
        let away = |row: &CaseRow| row.place.map_or(f64::INFINITY, |place| place.distance_metres(middle()));
        left.retain(|row| filter.holds(row) && away(row) <= f64::from(metres));
        left.sort_by(|one, other| away(one).total_cmp(&away(other)));
        let near = store.read(|reader| reader.nearest_cases(middle(), metres, filter, limit)).unwrap();
        let distances = |rows: &[CaseRow]| rows.iter().map(away).collect::<Vec<f64>>();
        prop_assert_eq!(distances(&near), distances(&left[..left.len().min(limit)]));
        prop_assert!(near.iter().all(|row| left.contains(row)));
    }
}

#[test]
fn a_rewritten_store_no_longer_knows_the_pairs_of_a_former_text() {
    let folder = tempfile::tempdir().unwrap();
    let terms = || -> Vec<String> {
        let connection = Connection::open(folder.path().join("xunge.db")).unwrap();
        connection
            .execute_batch(
                "CREATE VIRTUAL TABLE temp.terms USING fts5vocab(main, case_text, 'row')",
            )
            .unwrap();
        let mut statement = connection.prepare("SELECT term FROM temp.terms").unwrap();
        let terms = statement.query_map([], |row| row.get(0)).unwrap();
        terms.map(Result::unwrap).collect()
    };
    let written = |title: &str| {
        let mut store = Store::open(folder.path()).unwrap();
        store
            .transaction(|tx| {
                add_document(tx, 1)?;
                tx.save_case_row(&case(1, 1, title))
            })
            .unwrap();
        store
    };
    drop(written("住户王某某"));
    let former = terms();
    let mut store = written("（已删除）");
    store.rewrite().unwrap();
    drop(store);
    let left = terms();
    let gone = former.iter().filter(|term| !left.contains(term)).count();
    // Four pairs and the last character by itself.
    assert_eq!(gone, 5, "{former:?} {left:?}");
}

#[test]
fn a_full_page_of_one_millisecond_has_a_number_each() {
    let mut store = Store::open_in_memory().unwrap();
    store
        .transaction(|tx| {
            (1..=300).try_for_each(|number| {
                add_document(tx, number)?;
                tx.save_case_row(&case(number, 1, "同一毫秒"))
            })?;
            Ok::<_, StoreError>(())
        })
        .unwrap();
    let found = store
        .read(|reader| reader.search_cases("毫秒", None, 500))
        .unwrap();
    assert_eq!(found.len(), 300);
}
