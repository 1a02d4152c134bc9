#![expect(clippy::unwrap_used, reason = "a failing test should stop")]

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use super::{Call, Disk, Order};
use crate::proxy::SplitMix;

const ROOT: &str = "/store";

fn path(name: &str) -> PathBuf {
    Path::new(ROOT).join(name)
}

fn make(name: &str) -> Call {
    Call::Open {
        path: path(name),
        made: true,
        emptied: false,
    }
}

fn write(name: &str, offset: u64, byte: u8, count: usize) -> Call {
    Call::Write {
        path: path(name),
        offset,
        bytes: vec![byte; count],
    }
}

fn flush(name: &str) -> Call {
    Call::Flush { path: path(name) }
}

fn disk(order: Order, calls: &[Call]) -> Disk {
    let mut disk = Disk::new(Path::new(ROOT), None, order).unwrap();
    assert!(calls.iter().all(|call| disk.take(call)));
    disk
}

/// Every content of a file that a hundred cuts leave; `None` where there is no file.
fn contents(disk: &Disk, name: &str) -> BTreeSet<Option<Vec<u8>>> {
    let folder = tempfile::tempdir().unwrap();
    let states = (0..100).map(|seed| {
        let target = folder.path().join(seed.to_string());
        disk.cut(&mut SplitMix::of(1, seed), &target).unwrap();
        std::fs::read(target.join(name)).ok()
    });
    states.collect()
}

#[test]
fn what_was_flushed_with_its_name_is_always_there() {
    for order in [Order::Journal, Order::Loose] {
        let calls = [make("a"), write("a", 0, 7, 1_000), flush("a"), flush("")];
        let all = contents(&disk(order, &calls), "a");
        assert_eq!(all, BTreeSet::from([Some(vec![7; 1_000])]), "{order:?}");
    }
}

#[test]
fn a_flushed_file_without_a_flushed_folder_may_be_gone_where_names_are_loose() {
    let calls = [make("a"), write("a", 0, 7, 10), flush("a")];
    let journal = contents(&disk(Order::Journal, &calls), "a");
    assert_eq!(journal, BTreeSet::from([Some(vec![7; 10])]));
    let loose = contents(&disk(Order::Loose, &calls), "a");
    assert_eq!(loose, BTreeSet::from([None, Some(vec![7; 10])]));
}

#[test]
fn unflushed_writes_are_dropped_torn_and_reordered() {
    let calls = [
        make("a"),
        write("a", 0, 1, 1_024),
        flush("a"),
        flush(""),
        write("a", 0, 2, 1_024),
        write("a", 1_024, 3, 512),
    ];
    let all = contents(&disk(Order::Journal, &calls), "a");
    let whole = |first: u8, second: u8, third: Option<u8>| {
        let mut bytes = vec![first; 512];
        bytes.extend([second; 512]);
        bytes.extend(third.into_iter().flat_map(|byte| [byte; 512]));
        Some(bytes)
    };
    assert!(all.contains(&whole(1, 1, None)), "dropped");
    assert!(all.contains(&whole(2, 2, Some(3))), "all of it");
    assert!(all.contains(&whole(2, 1, None)), "torn");
    assert!(all.contains(&whole(1, 1, Some(3))), "reordered");
}

#[test]
fn a_rename_over_a_file_leaves_the_old_or_the_new_one() {
    for order in [Order::Journal, Order::Loose] {
        let rename = Call::Rename {
            from: path("b"),
            to: path("a"),
        };
        let calls = [
            make("a"),
            write("a", 0, 1, 4),
            flush("a"),
            make("b"),
            write("b", 0, 2, 4),
            flush("b"),
            flush(""),
            rename,
        ];
        let all = contents(&disk(order, &calls), "a");
        assert_eq!(all, BTreeSet::from([Some(vec![1; 4]), Some(vec![2; 4])]));
    }
}

#[test]
fn a_copy_inside_the_kernel_is_not_understood() {
    let mut disk = disk(Order::Loose, &[]);
    assert!(!disk.take(&Call::Copy { path: path("a") }));
}
