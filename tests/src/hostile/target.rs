//! The entries for bytes from outside.

use super::{change, columns, entries, messages, photos};

/// What became of an input.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Verdict {
    /// It was read, merged or shown.
    Accepted,
    /// It was refused with a typed error.
    Refused,
}

impl Verdict {
    /// Of a result whose error is a refusal.
    pub(super) fn of<Value, Error>(result: &Result<Value, Error>) -> Self {
        if result.is_ok() {
            Self::Accepted
        } else {
            Self::Refused
        }
    }
}

/// One entry.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Target {
    /// A raw change: the guard, then the merge on a copy of a document, then the reader.
    Guard,
    /// Bodies of the plain wire: requests and single frames, compressed. The first byte picks the message.
    Plain,
    /// A batch of the column-wise wire; its changes go on to the guard.
    Columns,
    /// A signed answer.
    Frames,
    /// A photo: header and EXIF; a small picture is decoded as well.
    Photo,
    /// CBOR of an entry of a document or of a stored intent. The first byte picks the type.
    Entries,
}

impl Target {
    /// All.
    pub const ALL: [Self; 6] = [
        Self::Guard,
        Self::Plain,
        Self::Columns,
        Self::Frames,
        Self::Photo,
        Self::Entries,
    ];

    /// Name of its corpus and of its fuzz target.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Guard => "guard",
            Self::Plain => "plain",
            Self::Columns => "columns",
            Self::Frames => "frames",
            Self::Photo => "photo",
            Self::Entries => "entries",
        }
    }

    /// Whether this is the guard or the wire, which are held to the limits of time and memory as the hub meets them.
    #[must_use]
    pub const fn is_guard_or_wire(self) -> bool {
        !matches!(self, Self::Photo | Self::Entries)
    }

    /// Hands the bytes to the product.
    ///
    /// # Panics
    /// When the product breaks a promise about them; the product itself must not panic.
    #[must_use]
    pub fn run(self, bytes: &[u8]) -> Verdict {
        match self {
            Self::Guard => change::run(bytes),
            Self::Plain => messages::run(bytes),
            Self::Columns => columns::run(bytes),
            Self::Frames => messages::run_frames(bytes),
            Self::Photo => photos::run(bytes),
            Self::Entries => entries::run(bytes),
        }
    }
}
