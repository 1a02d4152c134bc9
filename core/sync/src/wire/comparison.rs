//! Comparison: whether a device and the hub hold the same changes of every document that both must have. Feeds and
//! receipts already see to that; this is how a mistake of theirs, or a store that was tampered with, comes to light and is
//! mended. Both sides sum up what they hold when asked: nothing is kept that could itself be wrong.

use std::collections::BTreeMap;

use minicbor::bytes::ByteArray;
use minicbor::{Decode, Encode};
use xunge_documents::schema::is_genesis;
use xunge_domain::ids::{Digest, DocumentId};

/// A comparison begins with so many sums: one document that differs then costs the list of every 64th.
pub const BUCKETS: usize = 64;
/// Most documents a device lists in one request, unless a single bucket holds more.
pub const LISTED_MAX: usize = 4_000;

const CHANGE_SUM_BYTES: usize = 16;

/// Eight bytes: two sides that differ have the same by chance once in 2^64 comparisons.
pub type Sum = ByteArray<8>;

/// The changes of one document that a side holds, in whatever order: the exclusive or of their hashes' first half.
/// The first change is the same in every document of a kind, and not always kept: it does not count.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct ChangeSum([u8; CHANGE_SUM_BYTES]);

impl ChangeSum {
    /// Counts a change; the same one again takes it out.
    pub fn add(&mut self, hash: &Digest) {
        if is_genesis(hash.as_bytes()) {
            return;
        }
        let bytes = self.0.iter_mut().zip(hash.as_bytes());
        bytes.for_each(|(sum, byte)| *sum ^= byte);
    }

    /// The sum as it travels. Cost: one hash.
    pub fn of_document(&self, document: &DocumentId) -> Sum {
        let digest = Digest::of(&[document.as_bytes().as_slice(), &self.0].concat());
        let mut sum = Sum::from([0; 8]);
        let bytes = sum.iter_mut().zip(digest.as_bytes());
        bytes.for_each(|(sum, byte)| *sum = *byte);
        sum
    }
}

/// The bucket of a document: by its last byte, which is random.
pub fn bucket(document: &DocumentId) -> u8 {
    document
        .as_bytes()
        .last()
        .map_or(0, |last| last % BUCKETS as u8)
}

/// What a side holds of each document, by the names of all its changes, in whatever order. Sorted by document.
pub fn held_documents(
    names: impl IntoIterator<Item = (DocumentId, Digest)>,
) -> Vec<ComparedDocument> {
    let mut sums: BTreeMap<DocumentId, ChangeSum> = BTreeMap::new();
    for (document, hash) in names {
        sums.entry(document).or_default().add(&hash);
    }
    let held = sums.into_iter().map(|(document, sum)| ComparedDocument {
        document,
        sum: sum.of_document(&document),
    });
    held.collect()
}

/// The sums of the buckets: each the exclusive or of its documents' sums.
pub fn bucket_sums<'a>(documents: impl IntoIterator<Item = &'a ComparedDocument>) -> Vec<Sum> {
    let mut sums = vec![Sum::from([0; 8]); BUCKETS];
    for compared in documents {
        if let Some(sum) = sums.get_mut(usize::from(bucket(&compared.document))) {
            let bytes = sum.iter_mut().zip(compared.sum.iter());
            bytes.for_each(|(sum, byte)| *sum ^= byte);
        }
    }
    sums
}

/// The buckets in which two sides differ. Lists of another length differ everywhere.
pub fn differing(ours: &[Sum], theirs: &[Sum]) -> Vec<u8> {
    let differs = |index: &u8| ours.get(usize::from(*index)) != theirs.get(usize::from(*index));
    (0..BUCKETS as u8).filter(differs).collect()
}

/// What a device holds of a document: the changes the hub received from it or sent to it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Encode, Decode)]
pub struct ComparedDocument {
    /// Which.
    #[n(0)]
    pub document: DocumentId,
    /// [`ChangeSum::of_document`].
    #[n(1)]
    pub sum: Sum,
}

/// A device asks whether it holds what it should.
#[derive(Debug, Clone, PartialEq, Eq, Encode, Decode)]
pub enum Comparison {
    /// First: [`bucket_sums`] over all documents it holds.
    #[n(0)]
    Buckets(#[n(0)] Vec<Sum>),
    /// Then: every document it holds in some of the buckets that differ.
    #[n(1)]
    Documents {
        /// The buckets.
        #[n(0)]
        buckets: Vec<u8>,
        /// All it holds in them.
        #[n(1)]
        held: Vec<ComparedDocument>,
    },
}

/// What the hub found. Documents the device lacks, or lacks something of, come whole in the same answer, and those that
/// are none of its as evicted.
#[derive(Debug, Clone, PartialEq, Eq, Default, Encode, Decode)]
pub struct Compared {
    /// Of [`Comparison::Buckets`]: where the two differ.
    #[n(0)]
    pub differ: Vec<u8>,
    /// Of [`Comparison::Documents`]: documents of which the device may have what the hub lacks, to be offered again.
    #[n(1)]
    pub wanted: Vec<DocumentId>,
}

#[cfg(test)]
mod tests {
    use super::*;
    use xunge_documents::schema::genesis_hash_of;
    use xunge_domain::document_kind::DocumentKind;

    fn document(number: u8) -> DocumentId {
        DocumentId::from_bytes([number; 16])
    }

    fn compared(number: u8, hashes: &[u8]) -> ComparedDocument {
        let mut sum = ChangeSum::default();
        for hash in hashes {
            sum.add(&Digest::from_bytes([*hash; 32]));
        }
        ComparedDocument {
            document: document(number),
            sum: sum.of_document(&document(number)),
        }
    }

    #[test]
    fn the_order_of_changes_does_not_matter_and_each_of_them_does() {
        assert_eq!(compared(1, &[1, 2, 3]), compared(1, &[3, 1, 2]));
        assert_ne!(compared(1, &[1, 2]).sum, compared(1, &[1, 2, 3]).sum);
        assert_ne!(compared(1, &[1]).sum, compared(2, &[1]).sum);
        let mut sum = ChangeSum::default();
        for kind in DocumentKind::ALL {
            sum.add(&Digest::from_bytes(*genesis_hash_of(kind).as_bytes()));
        }
        assert_eq!(sum, ChangeSum::default(), "the first change is everybody's");
    }

    #[test]
    fn a_difference_shows_in_its_bucket_alone() {
        let all: Vec<_> = (0..200).map(|number| compared(number, &[number])).collect();
        let ours = bucket_sums(&all);
        assert_eq!(differing(&ours, &ours), [0_u8; 0]);
        let mut others = all.clone();
        let gone = others.remove(70);
        assert_eq!(
            differing(&ours, &bucket_sums(&others)),
            [bucket(&gone.document)]
        );
        others.push(compared(70, &[70, 71]));
        assert_eq!(differing(&ours, &bucket_sums(&others)), [6]);
        assert_eq!(differing(&ours, &[]).len(), BUCKETS);
    }
}
