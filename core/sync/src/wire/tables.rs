//! The city's tables on a device: it names the editions it holds with a digest of their rows, and gets what differs.

use minicbor::bytes::{ByteArray, ByteVec};
use minicbor::{Decode, Encode};
use xunge_domain::ids::{Digest, DutyGridId};
use xunge_domain::tables::TableKind;

/// Bytes of the digest of a table's rows.
pub(super) const TABLE_DIGEST_BYTES: usize = 16;
/// Most tables of a request; further ones are passed over.
pub const HELD_TABLES_MAX: usize = 16;
/// Most bytes of rows in an answer, but for the first table in it.
pub const TABLES_BYTES_MAX: usize = 1024 * 1024;
/// Most bytes of one table on a device: more do not fit into a frame.
pub const TABLE_BYTES_MAX: usize = 3 * 1024 * 1024;

/// What a device holds.
#[derive(Debug, Clone, PartialEq, Eq, Default, Encode, Decode)]
pub struct TablesRequest {
    /// The beats that the held rows were chosen for.
    #[n(0)]
    pub duty_grids: Vec<DutyGridId>,
    /// Each table it holds.
    #[n(1)]
    pub held: Vec<HeldTable>,
    /// Which later tables it reads: [`HOURS`](super::HOURS).
    #[cbor(n(2), default, skip_if = "Vec::is_empty")]
    pub capabilities: Vec<String>,
}

/// A table on a device.
#[derive(Debug, Clone, PartialEq, Eq, Encode, Decode)]
pub struct HeldTable {
    /// Which.
    #[n(0)]
    pub kind: TableKind,
    /// The edition.
    #[n(1)]
    pub edition: String,
    /// [`table_digest`] of its rows here.
    #[n(2)]
    pub digest: ByteArray<TABLE_DIGEST_BYTES>,
}

/// The hub's answer. A table it does not name is as the device has it.
#[derive(Debug, Clone, PartialEq, Eq, Default, Encode, Decode)]
pub struct TablesFrame {
    /// What the heads of answers name as long as nothing changes. Nothing while more is to be asked for.
    #[cbor(n(0), default, skip_if = "Option::is_none")]
    pub mark: Option<ByteArray<8>>,
    /// What differs.
    #[n(1)]
    pub tables: Vec<TableDelta>,
    /// Names the city's base map; nothing where it has none. Another one, or other beats: it is to be asked about.
    #[cbor(n(2), default, skip_if = "Option::is_none")]
    pub base_map: Option<ByteArray<8>>,
}

/// How a table differs from what the device holds.
#[derive(Debug, Clone, PartialEq, Eq, Encode, Decode)]
pub struct TableDelta {
    /// Which.
    #[n(0)]
    pub kind: TableKind,
    /// The edition.
    #[n(1)]
    pub edition: String,
    /// First day it holds; empty for what has no edition.
    #[n(2)]
    pub effective_date: String,
    /// Whether it is made up.
    #[n(3)]
    pub sample: bool,
    /// Whether this is all of it: what the device held goes.
    #[n(4)]
    pub whole: bool,
    /// Rows that are new or other.
    #[n(5)]
    pub put: Vec<ExtractRow>,
    /// Keys of rows that are gone.
    #[n(6)]
    pub removed: Vec<String>,
    /// [`table_digest`] of the table once this is taken in.
    #[n(7)]
    pub digest: ByteArray<TABLE_DIGEST_BYTES>,
    /// It has more than [`TABLE_BYTES_MAX`] for this person's beats, and so no rows here.
    #[cbor(n(8), default, skip_if = "is_false")]
    pub too_large: bool,
}

/// A row of a table, as its kind says.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Encode, Decode)]
pub struct ExtractRow {
    /// Unique within the table; rows are sorted by it.
    #[n(0)]
    pub key: String,
    /// CBOR of `CityGrid`, `Component`, `MinorClass`, `Phrase`, `Organisation`, `CalendarDay`, `HoursRow`, `StageLimitRow`, or of the `LimitRow`s of a
    /// class.
    #[n(1)]
    pub content: ByteVec,
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "as the derive calls it")]
const fn is_false(flag: &bool) -> bool {
    !*flag
}

/// What both sides compare: the beginning of SHA-256 over the rows, each as the lengths and bytes of its key and content.
pub fn table_digest(rows: &[ExtractRow]) -> ByteArray<TABLE_DIGEST_BYTES> {
    let mut bytes = Vec::new();
    for row in rows {
        for part in [row.key.as_bytes(), &row.content] {
            bytes.extend_from_slice(&(part.len() as u64).to_be_bytes());
            bytes.extend_from_slice(part);
        }
    }
    let mut digest = [0; TABLE_DIGEST_BYTES];
    digest.copy_from_slice(&Digest::of(&bytes).as_bytes()[..TABLE_DIGEST_BYTES]);
    digest.into()
}

/// What leads from one state of a table to another; both sorted by key.
pub fn difference(from: &[ExtractRow], to: &[ExtractRow]) -> (Vec<ExtractRow>, Vec<String>) {
    let find = |rows: &[ExtractRow], key: &str| {
        rows.binary_search_by(|row| row.key.as_str().cmp(key)).ok()
    };
    let is_new =
        |row: &&ExtractRow| find(from, &row.key).and_then(|place| from.get(place)) != Some(row);
    let is_gone = |row: &&ExtractRow| find(to, &row.key).is_none();
    (
        to.iter().filter(is_new).cloned().collect(),
        from.iter()
            .filter(is_gone)
            .map(|row| row.key.clone())
            .collect(),
    )
}

impl TableDelta {
    /// The rows once this is taken in; nothing when they are not those that the hub means.
    pub fn apply(&self, held: &[ExtractRow]) -> Option<Vec<ExtractRow>> {
        let mut rows: std::collections::BTreeMap<&str, &ExtractRow> =
            std::collections::BTreeMap::new();
        if !self.whole {
            rows.extend(held.iter().map(|row| (row.key.as_str(), row)));
            for key in &self.removed {
                rows.remove(key.as_str());
            }
        }
        rows.extend(self.put.iter().map(|row| (row.key.as_str(), row)));
        let rows: Vec<ExtractRow> = rows.into_values().cloned().collect();
        (table_digest(&rows) == self.digest).then_some(rows)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn rows() -> impl Strategy<Value = Vec<ExtractRow>> {
        proptest::collection::btree_map(
            "[a-f]{1,2}",
            proptest::collection::vec(0_u8..3, 0..3),
            0..20,
        )
        .prop_map(|rows| {
            let row = |(key, content): (String, Vec<u8>)| ExtractRow {
                key,
                content: content.into(),
            };
            rows.into_iter().map(row).collect()
        })
    }

    fn delta(from: &[ExtractRow], to: &[ExtractRow]) -> TableDelta {
        let (put, removed) = difference(from, to);
        TableDelta {
            kind: TableKind::Phrases,
            edition: String::new(),
            effective_date: String::new(),
            sample: false,
            whole: false,
            put,
            removed,
            digest: table_digest(to),
            too_large: false,
        }
    }

    proptest! {
        #[test]
        fn a_difference_leads_from_any_state_to_any_other_and_from_no_third(from in rows(), to in rows(), other in rows()) {
            let delta = delta(&from, &to);
            prop_assert_eq!(delta.apply(&from), Some(to.clone()));
            // On another state it gives the same rows or is refused, never others.
            let elsewhere = delta.apply(&other);
            prop_assert!(elsewhere.is_none_or(|rows| rows == to));
            let whole = TableDelta { whole: true, put: to.clone(), ..delta };
            prop_assert_eq!(whole.apply(&other), Some(to));
        }

        #[test]
        fn another_table_has_another_digest(one in rows(), other in rows()) {
            prop_assert_eq!(one == other, table_digest(&one) == table_digest(&other));
        }
    }
}
