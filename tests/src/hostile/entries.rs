//! CBOR of the entries of a document, of stored intents and of the registers.

use minicbor::{Decode, Encode};
use xunge_documents::{Edit, Intent};
use xunge_domain::case::{Action, GridAnswer, Note, PhotoEntry, Position, Ruling, Seal};
use xunge_domain::class::ClassTable;
use xunge_domain::grid::UnitGrid;
use xunge_domain::person::{Organisation, Person};
use xunge_domain::scope::Scope;

use super::spoil::{pick, spoil};
use super::target::Verdict;
use super::{history, messages, requests};
use crate::proxy::SplitMix;

/// The readers; an input's first byte picks one.
const READERS: [fn(&[u8]) -> Verdict; 13] = [
    read::<PhotoEntry>,
    read::<Note>,
    read::<Action>,
    read::<Ruling>,
    read::<Position>,
    read::<GridAnswer>,
    read::<Seal>,
    read::<Edit>,
    read::<Intent>,
    read::<Person>,
    read::<Organisation>,
    read::<(UnitGrid, ClassTable)>,
    read::<Vec<Scope>>,
];

/// Reads an entry; what was read is written and read again.
pub(super) fn run(bytes: &[u8]) -> Verdict {
    let Some((which, bytes)) = bytes.split_first() else {
        return Verdict::Refused;
    };
    READERS[usize::from(*which) % READERS.len()](bytes)
}

fn read<Entry>(bytes: &[u8]) -> Verdict
where
    Entry: for<'bytes> Decode<'bytes, ()> + Encode<()> + PartialEq,
{
    let Ok(entry) = minicbor::decode::<Entry>(bytes) else {
        return Verdict::Refused;
    };
    let again = minicbor::to_vec(&entry).map(|bytes| minicbor::decode::<Entry>(&bytes).ok());
    assert!(
        again.is_ok_and(|again| again.as_ref() == Some(&entry)),
        "read, written, and read as something else"
    );
    Verdict::Accepted
}

fn written<Entry: Encode<()>>(which: u8, entries: &[Entry]) -> Vec<Vec<u8>> {
    entries
        .iter()
        .filter_map(|entry| minicbor::to_vec(entry).ok())
        .map(|bytes| [vec![which], bytes].concat())
        .collect()
}

/// Honest entries of every type.
pub(super) fn samples() -> Vec<Vec<u8>> {
    let intents = history::intents(0, 1);
    let edits: Vec<Edit> = intents
        .iter()
        .flat_map(|intent| intent.edits.clone())
        .collect();
    let photo = history::photo();
    [
        written(0, &[&photo]),
        written(1, &[history::note()]),
        written(2, &requests::actions()),
        written(3, &history::rulings()),
        written(4, &[history::position()]),
        written(5, &[history::grid(), GridAnswer::NoGrid("河道".into())]),
        written(6, &photo.seal.clone().map_or(vec![], |seal| vec![seal])),
        written(7, &edits),
        written(8, &intents),
        written(9, &[messages::someone()]),
        written(10, &[messages::body()]),
        written(11, &[(messages::unit_grid(), messages::classes())]),
        written(12, &[Scope::of(&messages::someone())]),
    ]
    .concat()
}

pub(super) fn spoiled(samples: &[Vec<u8>], random: &mut SplitMix) -> Vec<u8> {
    let (Some(sample), Some(other)) = (pick(random, samples), pick(random, samples)) else {
        return Vec::new();
    };
    let mut bytes = sample[1..].to_vec();
    spoil(&mut bytes, other, random);
    bytes.insert(0, sample[0]);
    bytes
}
