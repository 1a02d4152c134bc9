//! Several threads at once.

use std::collections::BTreeMap;
use std::sync::atomic::{AtomicBool, Ordering};

use xunge_domain::ids::{Digest, DocumentId, InstallationId};
use xunge_domain::scope::Scope;

use super::registers::code;
use super::samples::{at, scope};
use crate::store::HubStore;
use crate::store::rows::{CodeTaken, FeedAppend};

const THREADS: u8 = 4;
const ROUNDS: u8 = 25;

fn scopes() -> Vec<Scope> {
    ["grid:putian-1", "org:road-dept", "person:a", "person:b"]
        .map(scope)
        .to_vec()
}

/// Writers tell overlapping scopes in different orders while a reader follows every feed with a cursor, as a
/// device does. What a cursor passed must never grow a line later, and nothing may be missing in the end.
pub(crate) fn feeds_have_no_gap_and_no_late_line(store: &dyn HubStore) {
    let done = AtomicBool::new(false);
    let followed = std::thread::scope(|threads| {
        let reader = threads.spawn(|| follow(store, &done));
        let writers: Vec<_> = (0..THREADS)
            .map(|thread| threads.spawn(move || tell(store, thread)))
            .collect();
        for writer in writers {
            writer.join().unwrap();
        }
        done.store(true, Ordering::SeqCst);
        reader.join().unwrap()
    });
    for scope in scopes() {
        let lines = store
            .reading(|read| read.feed_after(&scope, 0, 10_000))
            .unwrap();
        let seqs: Vec<u64> = lines.iter().map(|line| line.seq).collect();
        assert_eq!(
            seqs,
            (1..=u64::try_from(lines.len()).unwrap()).collect::<Vec<_>>(),
            "{scope}"
        );
        assert_eq!(
            lines.len(),
            usize::from(THREADS) * usize::from(ROUNDS) * 3 / 4,
            "{scope}"
        );
        let documents: Vec<DocumentId> = lines.iter().map(|line| line.document).collect();
        assert_eq!(
            followed[&scope], documents,
            "{scope}: the follower missed a line"
        );
    }
}

fn tell(store: &dyn HubStore, thread: u8) {
    let scopes = scopes();
    for round in 0..ROUNDS {
        // Each round leaves one scope out and starts at another one.
        let start = usize::from(thread + round);
        let entries: Vec<FeedAppend> = (0..scopes.len() - 1)
            .map(|step| FeedAppend {
                scope: scopes[(start + step) % scopes.len()].clone(),
                document: DocumentId::from_bytes([thread * ROUNDS + round; 16]),
                from_arrival: 1,
                upto_arrival: 1,
            })
            .collect();
        store.writing(|write| write.append_feed(&entries)).unwrap();
    }
}

fn follow(store: &dyn HubStore, done: &AtomicBool) -> BTreeMap<Scope, Vec<DocumentId>> {
    let mut seen: BTreeMap<Scope, Vec<DocumentId>> = scopes()
        .into_iter()
        .map(|scope| (scope, Vec::new()))
        .collect();
    loop {
        // Looked at before reading: what was committed before it was set is then surely read.
        let last = done.load(Ordering::SeqCst);
        for (scope, documents) in &mut seen {
            let cursor = u64::try_from(documents.len()).unwrap();
            let lines = store
                .reading(|read| read.feed_after(scope, cursor, 10_000))
                .unwrap();
            documents.extend(lines.iter().map(|line| line.document));
        }
        if last {
            return seen;
        }
    }
}

pub(crate) fn one_code_has_one_taker(store: &dyn HubStore) {
    store
        .writing(|write| write.add_enrolment_code(&code(1)))
        .unwrap();
    let winners = std::thread::scope(|threads| {
        let takers: Vec<_> = (0..8_u8)
            .map(|number| {
                threads.spawn(move || {
                    let by = InstallationId::from_bytes([number; 16]);
                    let taken = store
                        .writing(|write| write.take_enrolment_code(&Digest::of(&[1]), &by, at(1)))
                        .unwrap();
                    matches!(taken, CodeTaken::Taken { .. })
                })
            })
            .collect();
        takers
            .into_iter()
            .map(|taker| taker.join().unwrap())
            .filter(|won| *won)
            .count()
    });
    assert_eq!(winners, 1);
}
