//! Every line of the audit log is an entry of the log, or neither is.

use serde_json::json;
use xunge_evidence::tree::{Frontier, Place, inclusion_proof, root, verify_inclusion};

use super::samples::at;
use crate::store::rows::AuditRow;
use crate::store::{HubStore, HubTransaction, LogNodes, StoreError};

const THREADS: u64 = 4;
const ROUNDS: u64 = 20;

fn line(write: &mut dyn HubTransaction, number: u64) -> Result<u64, StoreError> {
    write.append_audit(at(0), "clerk", "login", &json!({ "n": number }))
}

/// Makes the tree again from the lines, and compares it with every hash that is kept.
fn lines_of_a_whole_log(store: &dyn HubStore) -> Vec<AuditRow> {
    store
        .reading(|read| {
            let lines = read.audit_after(0, 10_000)?;
            let mut tree = Frontier::default();
            for line in &lines {
                assert_eq!(line.seq, tree.size() + 1, "no gap");
                for (place, hash) in tree.append(line.entry().leaf()) {
                    assert_eq!(read.log_node(place)?, Some(hash), "{place:?}");
                }
            }
            assert_eq!(read.log_size()?, tree.size());
            let next = Place::leaf(tree.size());
            assert_eq!(
                read.log_node(next)?,
                None,
                "nothing of what was rolled back"
            );
            assert_eq!(root(&LogNodes(read), tree.size()).unwrap(), tree.root());
            Ok::<_, StoreError>(lines)
        })
        .unwrap()
}

/// Several writers at once, of which every fourth gives up after it added its line.
pub(crate) fn every_line_is_entered_in_order(store: &dyn HubStore) {
    assert_eq!(lines_of_a_whole_log(store), []);
    std::thread::scope(|threads| {
        for thread in 0..THREADS {
            threads.spawn(move || {
                for round in 0..ROUNDS {
                    let gives_up = (thread + round).is_multiple_of(4);
                    let wrote = store.writing(|write| {
                        line(write, thread * ROUNDS + round)?;
                        line(write, thread * ROUNDS + round)?;
                        if gives_up {
                            return Err(StoreError::Damaged { what: "test" });
                        }
                        Ok(())
                    });
                    assert_eq!(wrote.is_err(), gives_up);
                }
            });
        }
    });
    let lines = lines_of_a_whole_log(store);
    let expected = THREADS * ROUNDS * 2 * 3 / 4;
    assert_eq!(u64::try_from(lines.len()).unwrap(), expected);
    for pair in lines.chunks(2) {
        assert_eq!(pair[0].detail, pair[1].detail, "a transaction is one piece");
    }
}

pub(crate) fn a_failed_work_enters_nothing(store: &dyn HubStore) {
    let panicked = std::panic::catch_unwind(std::panic::AssertUnwindSafe(|| {
        store.writing(|write| -> Result<(), StoreError> {
            line(write, 1)?;
            assert_eq!(write.log_size()?, 1, "it sees its own");
            panic!("a bug in a service");
        })
    }));
    assert!(panicked.is_err());
    assert_eq!(lines_of_a_whole_log(store), []);
    store.writing(|write| line(write, 2)).unwrap();
    assert_eq!(lines_of_a_whole_log(store).len(), 1);
}

pub(crate) fn an_entry_is_proved_from_what_is_kept(store: &dyn HubStore) {
    store
        .writing(|write| (0..11).try_for_each(|number| line(write, number).map(drop)))
        .unwrap();
    let lines = lines_of_a_whole_log(store);
    store
        .reading(|read| {
            let nodes = LogNodes(read);
            let whole = root(&nodes, 11).unwrap();
            for (index, line) in (0..).zip(&lines) {
                let proof = inclusion_proof(&nodes, index, 11).unwrap();
                let leaf = line.entry().leaf();
                assert_eq!(verify_inclusion(&leaf, index, 11, &proof, &whole), Ok(()));
            }
            Ok::<_, StoreError>(())
        })
        .unwrap();
    let late = store.writing(|write| write.enter_late_lines(10)).unwrap();
    assert_eq!(late, 0, "nothing stands outside");
}

pub(crate) fn a_day_begins_at_its_first_line(store: &dyn HubStore) {
    let size = |second| store.reading(|read| read.log_size_at(at(second))).unwrap();
    assert_eq!(size(0), None);
    // The fourth line is early by the clock of a hub that was set back.
    for second in [0, 10, 20, 5, 30] {
        let add = |write: &mut dyn HubTransaction| {
            write.append_audit(at(second), "clerk", "login", &json!({}))
        };
        store.writing(add).unwrap();
    }
    assert_eq!(size(-1), Some(0));
    assert_eq!(size(1), Some(1));
    assert_eq!(size(20), Some(2));
    assert_eq!(size(21), Some(4));
    assert_eq!(size(31), None);
}
