//! The columns a change chunk may carry.

use std::fmt;

use super::ChangePartsError;

/// Marks a column as deflated; never in a raw change we take.
const DEFLATE_BIT: u32 = 0b1000;

/// Which column of the operations: Automerge's column id and type in one number.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ColumnSpec(u32);

/// One column with its bytes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Column<'a> {
    /// Which column.
    pub spec: ColumnSpec,
    /// Its encoded bytes, never empty in a valid change.
    pub data: &'a [u8],
}

impl ColumnSpec {
    /// Actor of the container an operation writes to.
    pub const OBJECT_ACTOR: Self = Self(1);
    /// Counter of the container an operation writes to.
    pub const OBJECT_COUNTER: Self = Self(2);
    /// Actor of the element an operation refers to.
    pub const KEY_ACTOR: Self = Self(17);
    /// Counter of the element an operation refers to.
    pub const KEY_COUNTER: Self = Self(19);
    /// Key in a map.
    pub const KEY_TEXT: Self = Self(21);
    /// Whether the operation inserts a new element.
    pub const INSERT: Self = Self(52);
    /// What the operation does.
    pub const ACTION: Self = Self(66);
    /// Type and length of the value.
    pub const VALUE_META: Self = Self(86);
    /// Bytes of the values.
    pub const VALUE: Self = Self(87);
    /// How many earlier operations are overwritten.
    pub const PREDECESSOR_COUNT: Self = Self(112);
    /// Actors of the overwritten operations.
    pub const PREDECESSOR_ACTOR: Self = Self(113);
    /// Counters of the overwritten operations.
    pub const PREDECESSOR_COUNTER: Self = Self(115);
    /// Whether a mark grows at its end; we never write marks.
    pub const MARK_EXPAND: Self = Self(148);
    /// Name of a mark; we never write marks.
    pub const MARK_NAME: Self = Self(165);

    /// Every column a change chunk may carry, in the order of the wire.
    pub const ALL: [Self; 14] = [
        Self::OBJECT_ACTOR,
        Self::OBJECT_COUNTER,
        Self::KEY_ACTOR,
        Self::KEY_COUNTER,
        Self::KEY_TEXT,
        Self::INSERT,
        Self::ACTION,
        Self::VALUE_META,
        Self::VALUE,
        Self::PREDECESSOR_COUNT,
        Self::PREDECESSOR_ACTOR,
        Self::PREDECESSOR_COUNTER,
        Self::MARK_EXPAND,
        Self::MARK_NAME,
    ];

    /// The column behind a number on the wire.
    ///
    /// # Errors
    /// When the number names a deflated column or none a change may carry.
    pub fn from_raw(raw: u64) -> Result<Self, ChangePartsError> {
        let raw = u32::try_from(raw).map_err(|_| ChangePartsError::Number)?;
        if Self::ALL.contains(&Self(raw)) {
            Ok(Self(raw))
        } else if raw & DEFLATE_BIT != 0 {
            Err(ChangePartsError::DeflatedColumn(raw))
        } else {
            Err(ChangePartsError::UnknownColumn(raw))
        }
    }

    /// The number on the wire.
    #[must_use]
    pub const fn raw(self) -> u32 {
        self.0
    }

    /// A name for messages.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::OBJECT_ACTOR => "object_actor",
            Self::OBJECT_COUNTER => "object_counter",
            Self::KEY_ACTOR => "key_actor",
            Self::KEY_COUNTER => "key_counter",
            Self::KEY_TEXT => "key_text",
            Self::INSERT => "insert",
            Self::ACTION => "action",
            Self::VALUE_META => "value_meta",
            Self::VALUE => "value",
            Self::PREDECESSOR_COUNT => "predecessor_count",
            Self::PREDECESSOR_ACTOR => "predecessor_actor",
            Self::PREDECESSOR_COUNTER => "predecessor_counter",
            Self::MARK_EXPAND => "mark_expand",
            Self::MARK_NAME => "mark_name",
            _ => "unknown",
        }
    }
}

impl fmt::Display for ColumnSpec {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(self.name())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_listed_numbers_are_columns() {
        let known = (0..4096)
            .filter_map(|raw| ColumnSpec::from_raw(raw).ok())
            .collect::<Vec<_>>();
        assert_eq!(known, ColumnSpec::ALL);
        assert_eq!(
            ColumnSpec::from_raw(u64::from(66 | DEFLATE_BIT)),
            Err(ChangePartsError::DeflatedColumn(74))
        );
        assert_eq!(
            ColumnSpec::from_raw(1 << 32 | 66),
            Err(ChangePartsError::Number)
        );
        assert!(ColumnSpec::ALL.iter().all(|spec| spec.name() != "unknown"));
    }
}
