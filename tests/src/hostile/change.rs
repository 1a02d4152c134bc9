//! Raw changes: taken apart, spoiled, and put together with a checksum that fits.

use sha2::{Digest as _, Sha256};
use xunge_documents::change_parts::{
    self, ActorId, ChangeHash, ChangeParts, Column, ColumnSpec, rebuild,
};
use xunge_documents::guard::inspect;
use xunge_documents::operations;

use super::history::{self, Step};
use super::spoil::{leb128, number, pick, place, signed_leb128, spoil};
use super::target::Verdict;
use crate::proxy::SplitMix;

const MAGIC: [u8; 4] = [0x85, 0x6f, 0x4a, 0x83];
const CHECKSUM_BYTES: usize = 4;
/// Magic, checksum, type.
const HEADER_BYTES: usize = 9;
const CHANGE_CHUNK: u8 = 1;

/// The guard, the merge, the reader; and what the guard promises about what it takes.
pub(super) fn run(bytes: &[u8]) -> Verdict {
    if let Ok(parts) = change_parts::split(bytes) {
        // A wrong checksum is the one thing that is not kept.
        let again = rebuild(&parts);
        let behind = MAGIC.len() + CHECKSUM_BYTES;
        assert!(
            again[behind..] == bytes[behind..],
            "taken apart, and comes back otherwise"
        );
    }
    let Ok(inspected) = inspect(bytes) else {
        return Verdict::Refused;
    };
    let operations = operations::decode(&inspected).map(|decoded| decoded.len());
    assert!(
        operations == Ok(inspected.operation_count()),
        "the guard took operations that cannot be read"
    );
    let base = history::base_for(&inspected.parts().dependencies, &inspected.hash());
    let mut document = base.clone();
    if document.apply_inspected(&inspected).is_err() {
        assert!(document.heads() == base.heads(), "refused, and yet changed");
        return Verdict::Refused;
    }
    let reading = document.read(history::document_id(0));
    std::hint::black_box(reading);
    Verdict::Accepted
}

/// A change with every field free to be wrong.
#[derive(Clone)]
pub(super) struct Forged {
    pub(super) dependencies: Vec<ChangeHash>,
    pub(super) actor: ActorId,
    pub(super) sequence: u64,
    pub(super) start_op: u64,
    pub(super) time: i64,
    pub(super) message: String,
    pub(super) other_actors: Vec<ActorId>,
    pub(super) columns: Vec<(ColumnSpec, Vec<u8>)>,
    pub(super) extra: Vec<u8>,
}

impl Forged {
    #[expect(clippy::expect_used, reason = "an honest change of our own")]
    pub(super) fn of(raw: &[u8]) -> Self {
        let parts = change_parts::split(raw).expect("an honest change");
        let column = |column: &Column<'_>| (column.spec, column.data.to_vec());
        Self {
            dependencies: parts.dependencies,
            actor: parts.actor,
            sequence: parts.sequence,
            start_op: parts.start_op,
            time: parts.time,
            message: parts.message.unwrap_or_default().to_owned(),
            other_actors: parts.other_actors,
            columns: parts.columns.iter().map(column).collect(),
            extra: parts.extra.to_vec(),
        }
    }

    /// Sets a column, in its place; no bytes take it out.
    pub(super) fn set(&mut self, spec: ColumnSpec, data: Vec<u8>) {
        self.columns.retain(|(other, _)| *other != spec);
        if !data.is_empty() {
            self.columns.push((spec, data));
            self.columns.sort_by_key(|(spec, _)| *spec);
        }
    }

    pub(super) fn raw(&self) -> Vec<u8> {
        rebuild(&ChangeParts {
            dependencies: self.dependencies.clone(),
            actor: self.actor,
            sequence: self.sequence,
            start_op: self.start_op,
            time: self.time,
            message: (!self.message.is_empty()).then_some(self.message.as_str()),
            other_actors: self.other_actors.clone(),
            columns: self
                .columns
                .iter()
                .map(|(spec, data)| Column { spec: *spec, data })
                .collect(),
            extra: &self.extra,
        })
    }
}

/// Frames contents as a chunk of this type, with the checksum they have.
pub(super) fn seal(chunk_type: u8, contents: &[u8]) -> Vec<u8> {
    let mut framed = vec![chunk_type];
    framed.extend(leb128(contents.len() as u64));
    framed.extend_from_slice(contents);
    let hash = Sha256::digest(&framed);
    [&MAGIC, &hash[..CHECKSUM_BYTES], &framed].concat()
}

/// The same bytes with the checksum and the length they should have.
pub(super) fn resealed(raw: &[u8]) -> Vec<u8> {
    let rest = raw.get(HEADER_BYTES..).unwrap_or_default();
    let length = rest.iter().take_while(|byte| **byte >= 0x80).count() + 1;
    seal(CHANGE_CHUNK, rest.get(length..).unwrap_or_default())
}

/// A spoiled change, as often as not of a kind that passes the frame's checks.
pub(super) fn spoiled(random: &mut SplitMix) -> Vec<u8> {
    let steps = history::steps();
    let (Some(step), Some(other)) = (pick(random, steps), pick(random, steps)) else {
        return Vec::new();
    };
    match random.below(16) {
        0 => {
            let mut raw = step.raw.clone();
            spoil(&mut raw, &other.raw, random);
            raw
        }
        1 | 2 => {
            let mut raw = step.raw.clone();
            raw.drain(..HEADER_BYTES);
            spoil(&mut raw, &other.raw, random);
            resealed(&[&[0; HEADER_BYTES], raw.as_slice()].concat())
        }
        3 => super::bombs::change(random),
        _ => {
            let mut forged = Forged::of(&step.raw);
            for _ in 0..=random.below(2) {
                bend(&mut forged, other, random);
            }
            forged.raw()
        }
    }
}

fn bend(forged: &mut Forged, other: &Step, random: &mut SplitMix) {
    match random.below(20) {
        0 => forged.sequence = number(random),
        1 => forged.start_op = (forged.start_op + random.below(9)).saturating_sub(4),
        2 => forged.time = number(random).cast_signed(),
        3 => forged.message = "m".repeat(random.below(9) as usize),
        4 => {
            forged.dependencies.pop();
        }
        5 => forged.actor = ActorId([random.next_u64() as u8; 16]),
        6 => forged
            .other_actors
            .push(ActorId([random.next_u64() as u8; 16])),
        7 => forged.extra = vec![0; random.below(3) as usize],
        8 => {
            let at = place(random, forged.columns.len());
            if at < forged.columns.len() {
                forged.columns.remove(at);
            }
        }
        9 | 10 => {
            let lender = Forged::of(&other.raw);
            if let Some((spec, data)) = pick(random, &lender.columns).cloned() {
                forged.set(spec, data);
            }
        }
        11 => {
            let at = place(random, ColumnSpec::ALL.len());
            forged.set(ColumnSpec::ALL[at], runs(random));
        }
        _ => {
            let at = place(random, forged.columns.len());
            let lent = forged.columns.clone();
            let lent = pick(random, &lent).map_or([].as_slice(), |(_, data)| data);
            if let Some((_, data)) = forged.columns.get_mut(at) {
                spoil(data, lent, random);
            }
        }
    }
}

/// A column that says anything: runs, literals and nulls of any number.
fn runs(random: &mut SplitMix) -> Vec<u8> {
    let mut out = Vec::new();
    for _ in 0..=random.below(4) {
        let count = random.below(12).cast_signed();
        match random.below(4) {
            0 => out.extend([vec![0], leb128(number(random))].concat()),
            1 => out.extend([signed_leb128(-count), vec![1; count as usize]].concat()),
            2 => out.extend([signed_leb128(count), leb128(number(random))].concat()),
            _ => out.extend(leb128(number(random))),
        }
    }
    out
}
