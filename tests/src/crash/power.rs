//! The power is cut after any call of the day; what the disk may then hold is laid out and opened.

use std::path::Path;

use super::call::Call;
use super::check;
use super::disk::{Disk, Order};
use super::kill::{Side, every};
use super::script::Promise;
use super::stage::{Place, Stage};
use super::table::Row;
use super::watchers::Entry;
use crate::proxy::SplitMix;

/// States that a thread lays out on its way through the record.
const STATES_PER_WALK: u64 = 50;
/// How often the cut comes right after a step was called done: the moment when most is promised.
const CUT_AT_PROMISE: f64 = 0.3;

/// Whether the disk does what it is told.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Flushes {
    Kept,
    /// Planted, to see that it is found: a program that does not flush looks the same.
    Ignored,
}

/// A cut: after so many entries of the record.
struct Cut {
    number: u64,
    after: usize,
    order: Order,
}

/// So many states of one side.
pub(super) fn power(stage: &Stage, side: Side, states: u64, seed: u64, flushes: Flushes) -> Row {
    let record = record(stage, side);
    let cuts = cuts(record, states, seed);
    let walks: Vec<&[Cut]> = cuts.chunks(length(STATES_PER_WALK)).collect();
    let count = u64::try_from(walks.len()).unwrap_or(u64::MAX);
    let (_, violations) = every(count, 1, 0, |name, number| {
        let walk = walks.get(length(number)).copied().unwrap_or_default();
        (true, walk_through(stage, side, walk, name, (seed, flushes)))
    });
    let calls = record
        .iter()
        .filter(|entry| matches!(entry, Entry::Done(_)));
    Row {
        what: match side {
            Side::Device => "the device's disk".into(),
            Side::Hub => "the hub's disk".into(),
        },
        points: u64::try_from(calls.count()).unwrap_or(u64::MAX),
        hit: states,
        violations,
    }
}

fn record(stage: &Stage, side: Side) -> &[Entry] {
    match side {
        Side::Device => &stage.device_record,
        Side::Hub => &stage.hub_record,
    }
}

/// Draws the cuts, in the order of the record.
fn cuts(record: &[Entry], states: u64, seed: u64) -> Vec<Cut> {
    let promised = record.iter().enumerate();
    let promised = promised.filter(|(_, entry)| matches!(entry, Entry::Promised(_)));
    let promised: Vec<usize> = promised.map(|(index, _)| index + 1).collect();
    let below = |random: &mut SplitMix, count: usize| {
        length(random.below(u64::try_from(count).unwrap_or(u64::MAX)))
    };
    let cut = |number| {
        let mut random = SplitMix::of(seed, number);
        let after = if random.chance(CUT_AT_PROMISE) && !promised.is_empty() {
            promised[below(&mut random, promised.len())]
        } else {
            below(&mut random, record.len() + 1)
        };
        let order = if random.chance(0.5) {
            Order::Journal
        } else {
            Order::Loose
        };
        Cut {
            number,
            after,
            order,
        }
    };
    let mut cuts: Vec<Cut> = (0..states).map(cut).collect();
    cuts.sort_by_key(|cut| cut.after);
    cuts
}

fn walk_through(
    stage: &Stage,
    side: Side,
    walk: &[Cut],
    name: &str,
    (seed, flushes): (u64, Flushes),
) -> Vec<String> {
    let record = record(stage, side);
    let (device_root, hub_root) = stage.roots();
    let at_first = stage.hub_at_first();
    let (root, at_first): (&Path, Option<&Path>) = match side {
        Side::Device => (&device_root, None),
        Side::Hub => (&hub_root, Some(&at_first)),
    };
    let mut violations = Vec::new();
    let mut new = |order| match Disk::new(root, at_first, order) {
        Ok(disk) => Some(disk),
        Err(error) => {
            violations.push(format!("the harness cannot read: {error}"));
            None
        }
    };
    let (Some(mut journal), Some(mut loose)) = (new(Order::Journal), new(Order::Loose)) else {
        return violations;
    };
    let (mut at, mut promised) = (0, 0);
    for cut in walk {
        for entry in record.get(at..cut.after).unwrap_or_default() {
            match entry {
                Entry::Promised(steps) => promised = *steps,
                Entry::Done(Call::Flush { .. }) if flushes == Flushes::Ignored => {}
                Entry::Done(call) => {
                    if !(journal.take(call) && loose.take(call)) {
                        violations.push(format!("the harness does not understand: {call}"));
                    }
                }
            }
        }
        at = cut.after;
        let disk = match cut.order {
            Order::Journal => &journal,
            Order::Loose => &loose,
        };
        let found = examine(stage, side, disk, cut, promised, name, seed);
        let last = record.get(..at).unwrap_or_default().iter().rev();
        let mut last = last.filter_map(|entry| match entry {
            Entry::Done(call) => Some(call.to_string()),
            Entry::Promised(_) => None,
        });
        let last = last.next().unwrap_or_default();
        violations.extend(found.into_iter().map(|found| {
            let (number, order) = (cut.number, cut.order);
            format!(
                "{side:?}, state {number}, {order:?}, {promised} steps done, after {last}: {found}"
            )
        }));
    }
    violations
}

/// Lays one state out and opens it.
fn examine(
    stage: &Stage,
    side: Side,
    disk: &Disk,
    cut: &Cut,
    promised: usize,
    name: &str,
    seed: u64,
) -> Vec<String> {
    let folder = stage.room(name);
    let place = Place::at(folder.clone());
    let _ = std::fs::remove_dir_all(&folder);
    let target = match side {
        Side::Device => place.device(),
        Side::Hub => place.hub(),
    };
    let mut random = SplitMix::of(!seed, cut.number);
    if let Err(error) = disk.cut(&mut random, &target) {
        return vec![format!("the harness cannot write: {error}")];
    }
    let kept = stage.promises(promised);
    let found = match side {
        Side::Device => {
            let middle = stage.steps.get(promised).map(|step| &step.promise);
            check::device(&target).map(|shown| shown.violations(&kept, middle))
        }
        Side::Hub => {
            let mut received = kept;
            while received
                .pop_if(|promise| !matches!(promise, Promise::Synchronised | Promise::Enrolled))
                .is_some()
            {}
            check::hub(&target).map(|shown| shown.not_received(&received))
        }
    };
    found.unwrap_or_else(|found| vec![found])
}

fn length(number: u64) -> usize {
    usize::try_from(number).unwrap_or(usize::MAX)
}
