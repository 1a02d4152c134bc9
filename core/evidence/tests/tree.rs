//! Every root and every proof of every small size, against a second implementation that follows the recursive
//! definition of RFC 6962 §2.1 word by word, and against published values.
#![expect(clippy::unwrap_used, reason = "a failing test should stop")]

use std::cell::Cell;
use std::collections::BTreeMap;
use std::convert::Infallible;

use proptest::prelude::*;
use xunge_domain::ids::Digest;
use xunge_evidence::tree::{
    Frontier, NodeSource, Place, TreeError, VerifyError, append, consistency_proof, empty_root,
    inclusion_proof, leaf_hash, node_hash, root, verify_consistency, verify_inclusion,
};

/// Beyond two powers of two.
const SIZE_MAX: u64 = 131;

/// Keeps hashes, and counts how often it is asked.
#[derive(Default)]
struct Kept {
    nodes: BTreeMap<Place, Digest>,
    reads: Cell<u32>,
}

impl NodeSource for Kept {
    type Error = Infallible;
    fn node(&self, place: Place) -> Result<Option<Digest>, Infallible> {
        self.reads.set(self.reads.get() + 1);
        Ok(self.nodes.get(&place).copied())
    }
}

fn leaf(index: u64) -> Digest {
    leaf_hash(&index.to_be_bytes())
}

fn grown(size: u64) -> Kept {
    let mut kept = Kept::default();
    for index in 0..size {
        let complete = append(&kept, index, leaf(index)).unwrap();
        kept.nodes.extend(complete);
    }
    kept
}

/// MTH of RFC 6962 §2.1.
fn by_definition(leaves: &[Digest]) -> Digest {
    match leaves {
        [] => empty_root(),
        [one] => *one,
        many => {
            let (left, right) = many.split_at(many.len().next_power_of_two() / 2);
            node_hash(&by_definition(left), &by_definition(right))
        }
    }
}

fn leaves(size: u64) -> Vec<Digest> {
    (0..size).map(leaf).collect()
}

/// The tree that the tests of certificate-transparency use: eight entries, and the root after each.
#[test]
fn the_published_roots_come_out() {
    let entries = [
        "",
        "00",
        "10",
        "2021",
        "3031",
        "40414243",
        "5051525354555657",
        "606162636465666768696a6b6c6d6e6f",
    ];
    let roots = [
        "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
        "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
        "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
        "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
        "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
        "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
        "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
        "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
    ];
    let mut frontier = Frontier::default();
    let nothing = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";
    assert_eq!(frontier.root().to_string(), nothing);
    for (entry, root) in entries.iter().zip(roots) {
        let bytes = data_encoding::HEXLOWER.decode(entry.as_bytes()).unwrap();
        frontier.append(leaf_hash(&bytes));
        assert_eq!(frontier.root().to_string(), root, "with {entry:?}");
    }
}

#[test]
fn every_old_root_can_be_made_again_and_the_frontier_agrees() {
    let kept = grown(SIZE_MAX);
    let all = leaves(SIZE_MAX);
    let mut frontier = Frontier::default();
    for (size, next) in (0..).zip(&all) {
        let expected = by_definition(&all[..usize::try_from(size).unwrap()]);
        assert_eq!(root(&kept, size).unwrap(), expected, "size {size}");
        assert_eq!((frontier.size(), frontier.root()), (size, expected));
        for (place, hash) in frontier.append(*next) {
            assert_eq!(kept.nodes[&place], hash, "{place:?}");
        }
    }
}

#[test]
fn every_inclusion_proof_holds_for_its_entry_and_size_alone() {
    let kept = grown(SIZE_MAX);
    for size in 1..=SIZE_MAX {
        let whole = root(&kept, size).unwrap();
        for index in 0..size {
            let proof = inclusion_proof(&kept, index, size).unwrap();
            let check = |index, size| verify_inclusion(&leaf(index), index, size, &proof, &whole);
            assert_eq!(check(index, size), Ok(()), "{index} of {size}");
            let at = |index| verify_inclusion(&leaf(index), index, size, &proof, &whole);
            assert!(at(index ^ 1).is_err(), "{index} of {size}");
            let moved = verify_inclusion(&leaf(index), (index + 1) % size, size, &proof, &whole);
            assert!(moved.is_err() || size == 1, "{index} of {size} moved");
            for other in [size - 1, size + 1] {
                let root_there = root(&kept, other);
                let there = root_there
                    .map(|root| verify_inclusion(&leaf(index), index, other, &proof, &root));
                assert!(!matches!(there, Ok(Ok(()))), "{index} of {size} in {other}");
            }
        }
    }
}

#[test]
fn every_consistency_proof_holds_for_its_two_sizes_alone() {
    let kept = grown(SIZE_MAX);
    let roots: Vec<Digest> = (0..=SIZE_MAX)
        .map(|size| root(&kept, size).unwrap())
        .collect();
    let root_of = |size: u64| &roots[usize::try_from(size).unwrap()];
    for to in 0..=SIZE_MAX {
        for from in 0..=to {
            let proof = consistency_proof(&kept, from, to).unwrap();
            let check = |from: u64, to: u64| {
                verify_consistency((from, root_of(from)), (to, root_of(to)), &proof)
            };
            assert_eq!(check(from, to), Ok(()), "{from} to {to}");
            if from == 0 || from == to {
                assert!(proof.is_empty());
                continue;
            }
            assert!(
                check(from - 1, to).is_err() || from == 1 && proof.is_empty(),
                "{from} to {to}: one less"
            );
            assert!(
                verify_consistency((from, root_of(from - 1)), (to, root_of(to)), &proof).is_err()
            );
            assert!(
                verify_consistency((from, root_of(from)), (to, root_of(to - 1)), &proof).is_err()
            );
        }
    }
}

#[test]
fn a_log_that_went_another_way_has_no_proof() {
    let mut other = grown(40);
    for index in 40..SIZE_MAX {
        let complete = append(&other, index, leaf_hash(b"something else")).unwrap();
        other.nodes.extend(complete);
    }
    let kept = grown(SIZE_MAX);
    for from in 41..SIZE_MAX {
        for to in from..SIZE_MAX {
            let proof = consistency_proof(&other, from, to).unwrap();
            let (signed, shown) = (root(&kept, from).unwrap(), root(&other, to).unwrap());
            let held = verify_consistency((from, &signed), (to, &shown), &proof);
            assert!(held.is_err(), "{from} to {to}");
        }
    }
}

#[test]
fn nothing_costs_more_than_two_reads_a_level() {
    let size = 100_000;
    let mut kept = Kept::default();
    let mut frontier = Frontier::default();
    for index in 0..size {
        kept.nodes.extend(frontier.append(leaf(index)));
    }
    let reads = |work: &dyn Fn()| {
        kept.reads.set(0);
        work();
        kept.reads.get()
    };
    let levels = size.ilog2() + 1;
    assert!(reads(&|| assert!(append(&kept, size, leaf(size)).is_ok())) <= levels);
    assert!(reads(&|| assert!(root(&kept, size).is_ok())) <= levels);
    for index in [0, 1, 65_535, 65_536, 99_999] {
        assert!(reads(&|| assert!(inclusion_proof(&kept, index, size).is_ok())) <= 2 * levels);
        assert!(reads(&|| assert!(consistency_proof(&kept, index, size).is_ok())) <= 2 * levels);
    }
}

#[test]
fn what_is_beyond_and_what_is_missing_is_said() {
    let mut kept = grown(7);
    let beyond = |asked, size| Err(TreeError::Beyond { asked, size });
    assert_eq!(inclusion_proof(&kept, 7, 7), beyond(7, 7));
    assert_eq!(consistency_proof(&kept, 8, 7), beyond(8, 7));
    let place = Place {
        level: 1,
        number: 2,
    };
    kept.nodes.remove(&place);
    assert_eq!(root(&kept, 7), Err(TreeError::Missing(place)));
    assert_eq!(
        append(&kept, 7, leaf(7)).map(drop),
        Err(TreeError::Missing(place))
    );
    assert_eq!(
        root(&kept, 9).map(drop).unwrap_err().code(),
        "tree_node_missing"
    );
    let nothing = verify_inclusion(&leaf(0), 0, 0, &[], &empty_root());
    assert_eq!(nothing, Err(VerifyError::Beyond { asked: 0, size: 0 }));
    let backwards = verify_consistency((2, &empty_root()), (1, &empty_root()), &[]);
    assert_eq!(backwards, Err(VerifyError::Beyond { asked: 2, size: 1 }));
    let other_nothing = verify_consistency((0, &leaf(0)), (1, &leaf(0)), &[]);
    assert_eq!(other_nothing, Err(VerifyError::OlderRoot));
}

fn flipped(hash: &Digest, bit: usize) -> Digest {
    let mut bytes = *hash.as_bytes();
    bytes[bit / 8] ^= 1 << (bit % 8);
    Digest::from_bytes(bytes)
}

proptest! {
    #[test]
    fn no_bit_of_an_inclusion_proof_may_flip(
        (size, index) in (1..=SIZE_MAX).prop_flat_map(|size| (Just(size), 0..size)),
        other in (0..2 * SIZE_MAX, 0..2 * SIZE_MAX),
    ) {
        let kept = grown(size);
        let (whole, proof) = (root(&kept, size).unwrap(), inclusion_proof(&kept, index, size).unwrap());
        let own = leaf(index);
        for bit in 0..256 {
            prop_assert!(verify_inclusion(&flipped(&own, bit), index, size, &proof, &whole).is_err());
            prop_assert!(verify_inclusion(&own, index, size, &proof, &flipped(&whole, bit)).is_err());
            for place in 0..proof.len() {
                let mut bent = proof.clone();
                bent[place] = flipped(&bent[place], bit);
                prop_assert!(verify_inclusion(&own, index, size, &bent, &whole).is_err());
            }
        }
        for place in 0..proof.len() {
            let mut shorter = proof.clone();
            shorter.remove(place);
            prop_assert!(verify_inclusion(&own, index, size, &shorter, &whole).is_err());
            let mut longer = proof.clone();
            longer.insert(place, own);
            prop_assert!(verify_inclusion(&own, index, size, &longer, &whole).is_err());
        }
        // The leaf under another index is refused; under another size it may hold only where the way is the same.
        if other.0 != index {
            prop_assert!(verify_inclusion(&own, other.0, size, &proof, &whole).is_err());
        }
        let elsewhere = verify_inclusion(&leaf(other.1), other.1, size, &proof, &whole);
        prop_assert_eq!(elsewhere.is_ok(), other.1 == index);
    }

    #[test]
    fn no_bit_of_a_consistency_proof_may_flip(
        (to, from) in (2..=SIZE_MAX).prop_flat_map(|to| (Just(to), 1..to)),
    ) {
        let kept = grown(to);
        let (older, newer) = (root(&kept, from).unwrap(), root(&kept, to).unwrap());
        let proof = consistency_proof(&kept, from, to).unwrap();
        let check = |older: &Digest, newer: &Digest, proof: &[Digest]| {
            verify_consistency((from, older), (to, newer), proof)
        };
        prop_assert!(check(&older, &newer, &proof).is_ok());
        for bit in 0..256 {
            prop_assert!(check(&flipped(&older, bit), &newer, &proof).is_err());
            prop_assert!(check(&older, &flipped(&newer, bit), &proof).is_err());
            for place in 0..proof.len() {
                let mut bent = proof.clone();
                bent[place] = flipped(&bent[place], bit);
                prop_assert!(check(&older, &newer, &bent).is_err());
            }
        }
        for place in 0..proof.len() {
            let mut shorter = proof.clone();
            shorter.remove(place);
            prop_assert!(check(&older, &newer, &shorter).is_err());
            let mut longer = proof.clone();
            longer.insert(place, older);
            prop_assert!(check(&older, &newer, &longer).is_err());
        }
    }

    /// Whatever comes in is answered.
    #[test]
    fn any_numbers_and_hashes_are_answered(
        numbers in any::<[u64; 2]>(),
        hashes in proptest::collection::vec(any::<[u8; 32]>(), 0..70),
    ) {
        let proof: Vec<Digest> = hashes.into_iter().map(Digest::from_bytes).collect();
        let some = leaf(1);
        let _ = verify_inclusion(&some, numbers[0], numbers[1], &proof, &some);
        let _ = verify_consistency((numbers[0], &some), (numbers[1], &some), &proof);
    }
}
