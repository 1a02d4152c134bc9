//! What both sides have seen so far in a batch, so that it can be pointed at instead of repeated. Both fill their
//! tables by the same rule, so nothing about them travels.

use std::collections::HashMap;

use super::ColumnsError;

/// Most entries of a table; what comes later is not taken up.
const TABLE_ENTRIES_MAX: usize = 8_192;
/// How many bytes a text or byte string has that is worth pointing at.
const TABLED_BYTES: std::ops::RangeInclusive<usize> = 4..=40;

/// Byte strings in the order in which they appeared.
#[derive(Default)]
pub(super) struct Table {
    entries: Vec<Vec<u8>>,
    places: HashMap<Vec<u8>, usize>,
}

impl Table {
    pub(super) fn find(&self, bytes: &[u8]) -> Option<u64> {
        self.places.get(bytes).map(|place| *place as u64)
    }

    pub(super) fn get(&self, place: u64) -> Result<&[u8], ColumnsError> {
        usize::try_from(place)
            .ok()
            .and_then(|place| self.entries.get(place))
            .map(Vec::as_slice)
            .ok_or(ColumnsError::Meaning)
    }

    pub(super) fn len(&self) -> u64 {
        self.entries.len() as u64
    }

    /// Takes up what is new and neither too short nor too long.
    pub(super) fn note(&mut self, bytes: &[u8]) {
        if self.entries.len() < TABLE_ENTRIES_MAX
            && TABLED_BYTES.contains(&bytes.len())
            && !self.places.contains_key(bytes)
        {
            self.places.insert(bytes.to_vec(), self.entries.len());
            self.entries.push(bytes.to_vec());
        }
    }
}

/// The tables of a batch.
#[derive(Default)]
pub(super) struct Tables {
    /// Short texts.
    pub(super) texts: Table,
    /// Short byte strings.
    pub(super) bytes: Table,
    /// Prefixes of intent ids.
    pub(super) prefixes: Table,
    /// Digests of photos.
    pub(super) digests: Table,
}

/// What a value may refer to.
pub(super) struct Place<'a> {
    /// The document's own id.
    pub(super) document: &'a [u8; 16],
    /// Intent ids seen in the document.
    pub(super) intents: &'a mut Vec<[u8; 15]>,
    /// Time of the change.
    pub(super) time: i64,
}

/// Most intent ids of a document that are remembered.
const INTENTS_MAX: usize = 256;

impl Place<'_> {
    /// How far back an intent id was seen, from 0.
    pub(super) fn distance(&self, intent: &[u8]) -> Option<u64> {
        let mut newest_first = self.intents.iter().rev();
        newest_first
            .position(|seen| seen == intent)
            .map(|distance| distance as u64)
    }

    pub(super) fn seen(&self, distance: u64) -> Result<[u8; 15], ColumnsError> {
        usize::try_from(distance)
            .ok()
            .and_then(|distance| self.intents.iter().rev().nth(distance))
            .copied()
            .ok_or(ColumnsError::Meaning)
    }

    pub(super) fn note_intent(&mut self, intent: [u8; 15]) {
        if self.intents.len() < INTENTS_MAX {
            self.intents.push(intent);
        }
    }
}

/// How many more bytes a batch may grow to.
pub(super) struct Budget(usize);

impl Budget {
    pub(super) const fn new(bytes: usize) -> Self {
        Self(bytes)
    }

    pub(super) fn spend(&mut self, bytes: usize) -> Result<(), ColumnsError> {
        self.0 = self.0.checked_sub(bytes).ok_or(ColumnsError::TooLarge)?;
        Ok(())
    }

    /// Appends under the budget.
    pub(super) fn append(&mut self, out: &mut Vec<u8>, bytes: &[u8]) -> Result<(), ColumnsError> {
        self.spend(bytes.len())?;
        out.extend_from_slice(bytes);
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_full_table_takes_nothing_up_and_a_budget_is_exact() {
        let mut table = Table::default();
        for number in 0..=TABLE_ENTRIES_MAX as u64 {
            table.note(&number.to_be_bytes());
        }
        assert_eq!(table.len(), TABLE_ENTRIES_MAX as u64);
        assert!(table.get(TABLE_ENTRIES_MAX as u64 - 1).is_ok());
        assert_eq!(
            table.get(TABLE_ENTRIES_MAX as u64),
            Err(ColumnsError::Meaning)
        );
        let mut table = Table::default();
        [3, 41]
            .into_iter()
            .for_each(|length| table.note(&vec![7; length]));
        assert_eq!(table.len(), 0);

        let mut budget = Budget::new(3);
        assert_eq!(budget.spend(3), Ok(()));
        assert_eq!(budget.spend(1), Err(ColumnsError::TooLarge));
    }
}
