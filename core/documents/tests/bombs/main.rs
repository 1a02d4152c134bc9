//! Bombs: changes made to make Automerge panic, hang or eat the memory. Each
//! must be refused, for the reason it was made for, without allocating.
#![expect(
    clippy::unwrap_used,
    clippy::print_stdout,
    reason = "a failing test should stop, and seeds and measurements are printed"
)]

mod columns;
mod forge;
mod frames;
#[path = "../support/histories.rs"]
mod histories;
mod honest;
mod limits;
mod mutations;
mod operations;
#[path = "../support/mod.rs"]
mod support;

use std::collections::BTreeMap;
use std::time::{Duration, Instant};

use honest::{Honest, null_inserts};
use support::{Xorshift, seed};
use xunge_documents::guard;

const BOMBS_OF_A_KIND: usize = 40;
const ALLOCATION_BYTES_MAX: u64 = 1_000_000;

#[expect(clippy::disallowed_methods, reason = "times are printed, not judged")]
fn timed(bomb: &[u8]) -> (Result<(), guard::GuardError>, Duration) {
    let start = Instant::now();
    let outcome = guard::inspect(bomb).map(|_| ());
    (outcome, start.elapsed())
}

#[test]
fn every_bomb_is_refused_without_allocating() {
    let seed = seed(113);
    println!("bombs: XUNGE_SEED={seed}");
    let mut random = Xorshift::new(seed);
    let honest = Honest::write();
    let kinds = [columns::KINDS, operations::KINDS, frames::KINDS].concat();
    let (mut times, mut worst_allocation) = (Vec::new(), 0);
    let mut codes = BTreeMap::<&str, usize>::new();
    for kind in kinds {
        for _ in 0..BOMBS_OF_A_KIND {
            let bomb = (kind.make)(&honest, &mut random);
            let mut outcome = None;
            let allocation = allocation_counter::measure(|| outcome = Some(timed(&bomb)));
            let (outcome, time) = outcome.unwrap();
            let Err(refusal) = outcome else {
                panic!("taken: {} {bomb:02x?}", kind.name);
            };
            let code = refusal.code();
            assert!(kind.codes.contains(&code), "{}: {code}", kind.name);
            assert!(
                allocation.bytes_max <= ALLOCATION_BYTES_MAX,
                "{}: {} bytes",
                kind.name,
                allocation.bytes_max
            );
            *codes.entry(code).or_default() += 1;
            times.push(time);
            worst_allocation = worst_allocation.max(allocation.bytes_max);
        }
    }
    times.sort();
    println!(
        "bombs: {} refused, median {:.1} µs, worst {:.1} µs, worst allocation {worst_allocation} bytes",
        times.len(),
        times[times.len() / 2].as_secs_f64() * 1e6,
        times[times.len() - 1].as_secs_f64() * 1e6,
    );
    println!("bombs: {codes:?}");
    assert!(times.len() >= 1_000);
}

#[test]
fn the_bomb_of_the_design_is_small_and_refused() {
    let bomb = null_inserts(20_000_000).raw();
    assert!(bomb.len() < 140, "{} bytes", bomb.len());
    assert_eq!(
        guard::inspect(&bomb).unwrap_err().code(),
        "guard_too_many_operations"
    );
}
