//! Where the next part of a list begins, also as it stands in addresses and answers.

use std::fmt;
use std::str::FromStr;

use xunge_domain::ids::DocumentId;
use xunge_domain::time::Timestamp;

/// A place in a list of documents: of the last row shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ListCursor {
    /// What the list goes by: when it was updated, or when it is due.
    pub at: Timestamp,
    /// Which it was.
    pub document: DocumentId,
}

/// A text that is no cursor.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("no cursor: take the one that came with the part before")]
pub struct NoCursor;

impl fmt::Display for ListCursor {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "{}.{}", self.at.as_millis(), self.document)
    }
}

impl FromStr for ListCursor {
    type Err = NoCursor;
    fn from_str(text: &str) -> Result<Self, NoCursor> {
        let (millis, document) = text.split_once('.').ok_or(NoCursor)?;
        Ok(Self {
            at: Timestamp::from_millis(millis.parse().map_err(|_| NoCursor)?),
            document: document.parse().map_err(|_| NoCursor)?,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cursor_reads_back_and_nonsense_is_none() {
        let cursor = ListCursor {
            at: Timestamp::from_millis(17),
            document: DocumentId::from_bytes([9; 16]),
        };
        assert_eq!(cursor.to_string().parse(), Ok(cursor));
        for text in ["", "17", "x.y", "17.zz"] {
            assert_eq!(text.parse::<ListCursor>(), Err(NoCursor), "{text}");
        }
    }
}
