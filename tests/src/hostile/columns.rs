//! The column-wise wire.

use sha2::{Digest as _, Sha256};
use xunge_documents::guard::inspect;
use xunge_domain::ids::DocumentId;
use xunge_sync::wire::PushedChange;
use xunge_sync::wire::columns::{
    ActorNames, Agreed, Base, BatchDocument, DecodeContext, Effort, decode, encode, heads_check,
};

use super::history;
use super::spoil::{leb128, pick, spoil};
use super::stored::{stored, unstored};
use super::target::Verdict;
use crate::proxy::SplitMix;

const DIGEST_BYTES: usize = 32;

/// A receiver that agrees on the first steps of every case.
struct Receiver;

fn agreed() -> Agreed {
    let heads = history::steps().first().map(|step| step.before.heads());
    Agreed {
        heads: heads.unwrap_or_default(),
        ..Agreed::default()
    }
}

impl DecodeContext for Receiver {
    fn agreed(&self, document: &DocumentId, check: [u8; 4]) -> Option<Agreed> {
        let agreed = agreed();
        (heads_check(document, &agreed.heads) == check).then_some(agreed)
    }
}

/// Decodes a batch; its changes go on to the guard.
pub(super) fn run(bytes: &[u8]) -> Verdict {
    let decoded = decode(bytes, &Receiver);
    if let Ok(batch) = &decoded {
        let changes = batch
            .documents
            .iter()
            .flat_map(|document| &document.changes);
        changes.for_each(|change| drop(std::hint::black_box(inspect(&change.bytes))));
    }
    Verdict::of(&decoded)
}

/// Honest batches: new documents, agreed and spelled-out bases, one and several documents.
#[expect(
    clippy::expect_used,
    reason = "an honest batch that is refused should stop"
)]
pub(super) fn samples() -> Vec<Vec<u8>> {
    let names = ActorNames {
        devices: vec![history::installation(1), history::installation(2)],
        servers: vec![(history::installation(9), 1)],
    };
    let changes: Vec<PushedChange> = history::steps()
        .iter()
        .enumerate()
        .map(|(number, step)| PushedChange {
            bytes: step.raw.clone().into(),
            signature: (number % 5 == 0).then(|| [3; 64].into()),
        })
        .collect();
    let a_case = changes.len() / 3;
    let cases: Vec<&[PushedChange]> = changes.chunks(a_case).take(3).collect();
    let document = |number: usize, base, changes: &[PushedChange]| BatchDocument {
        document: history::document_id(number as u8),
        base,
        changes: changes.to_vec(),
    };
    let all = |base: &dyn Fn() -> Base| -> Vec<BatchDocument> {
        let numbered = cases.iter().enumerate();
        numbered
            .map(|(number, changes)| document(number, base(), changes))
            .collect()
    };
    [
        vec![document(0, Base::New, cases[0])],
        vec![document(0, Base::Explicit, cases[0])],
        vec![document(0, Base::Agreed(agreed()), cases[0])],
        vec![document(1, Base::New, &cases[1][..2])],
        all(&|| Base::New),
        all(&|| Base::Explicit),
        all(&|| Base::Agreed(agreed())),
    ]
    .into_iter()
    .map(|batch| encode(&batch, &names, Effort::Quick).expect("an honest batch"))
    .collect()
}

/// A batch out of its compression.
pub(super) struct Plain {
    head: u8,
    columns: Vec<u8>,
    loose: Vec<u8>,
    digest: Vec<u8>,
}

/// The same batches, taken out of their compression once.
pub(super) fn plain(samples: &[Vec<u8>]) -> Vec<Plain> {
    samples.iter().filter_map(|sample| open(sample)).collect()
}

fn open(batch: &[u8]) -> Option<Plain> {
    let (body, digest) = batch.split_at_checked(batch.len().checked_sub(DIGEST_BYTES)?)?;
    let (head, mut rest) = body.split_first()?;
    let mut length = 0_usize;
    let mut shift = 0;
    loop {
        let (byte, behind) = rest.split_first()?;
        rest = behind;
        length |= usize::from(byte & 0x7f) << shift;
        shift += 7;
        if *byte < 0x80 {
            break;
        }
    }
    let (packed, loose) = rest.split_at_checked(length)?;
    Some(Plain {
        head: *head,
        columns: unstored(packed),
        loose: loose.to_vec(),
        digest: digest.to_vec(),
    })
}

/// A batch spoiled in its columns, beside them, or as a whole.
pub(super) fn spoiled(samples: &[Vec<u8>], plain: &[Plain], random: &mut SplitMix) -> Vec<u8> {
    if random.below(8) == 0 {
        let (Some(sample), Some(other)) = (pick(random, samples), pick(random, samples)) else {
            return Vec::new();
        };
        let mut bytes = sample.clone();
        spoil(&mut bytes, other, random);
        return bytes;
    }
    let (Some(sample), Some(other)) = (pick(random, plain), pick(random, plain)) else {
        return Vec::new();
    };
    let (mut columns, mut loose) = (sample.columns.clone(), sample.loose.clone());
    if random.below(4) == 0 {
        spoil(&mut loose, &other.loose, random);
    } else {
        spoil(&mut columns, &other.columns, random);
    }
    let digest = (random.below(4) == 0).then_some(sample.digest.as_slice());
    put_together(sample.head, &columns, &loose, digest)
}

/// Without a digest, the one that a batch of no new documents has.
fn put_together(head: u8, columns: &[u8], loose: &[u8], digest: Option<&[u8]>) -> Vec<u8> {
    let packed = stored(columns);
    let mut body = vec![head];
    body.extend(leb128(packed.len() as u64));
    body.extend(packed);
    body.extend_from_slice(loose);
    let of_body = || {
        Sha256::new()
            .chain_update(b"xunge columns")
            .chain_update(&body)
            .finalize()
            .to_vec()
    };
    let digest = digest.map_or_else(of_body, <[u8]>::to_vec);
    body.extend(digest);
    body
}
