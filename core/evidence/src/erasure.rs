//! What the log says of an erased text: which, of which case, by which edition of its document, and the digests that tie the
//! mark in the case to this line. Never the text.

use serde_json::{Value, json};
use xunge_domain::case::{ErasedText, TextErasureCause, TextPlace};
use xunge_domain::ids::{Digest, DocumentId};

/// The word of a line that says that a text was erased.
pub const TEXT_ERASED: &str = "text_erased";

/// An erased text as a line of the log names it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct NamedErasure {
    /// The document of the case.
    pub document: DocumentId,
    /// Which text.
    pub place: TextPlace,
    /// Why.
    pub cause: TextErasureCause,
    /// The edition of the document that lacks it.
    pub edition: u32,
    /// The entry's digest before, where it was sealed.
    pub was: Option<Digest>,
    /// The entry's digest after; `None` of a fact.
    pub is: Option<Digest>,
}

impl NamedErasure {
    /// Of a mark in a case.
    pub const fn of_mark(document: DocumentId, edition: u32, mark: &ErasedText) -> Self {
        Self {
            document,
            place: mark.place,
            cause: mark.erasure.cause,
            edition,
            was: mark.erasure.was,
            is: mark.erasure.is,
        }
    }

    /// What the line says beside its word.
    pub fn detail(&self) -> Value {
        json!({
            "document": self.document,
            "place": self.place,
            "cause": self.cause,
            "edition": self.edition,
            "was": self.was,
            "is": self.is,
        })
    }

    /// What a line names; `None` when it says something else.
    pub fn of_line(what: &str, detail: &str) -> Option<Self> {
        if what != TEXT_ERASED {
            return None;
        }
        let detail: Value = serde_json::from_str(detail).ok()?;
        let digest = |name: &str| match &detail[name] {
            Value::Null => Some(None),
            value => Some(Some(value.as_str()?.parse().ok()?)),
        };
        Some(Self {
            document: detail["document"].as_str()?.parse().ok()?,
            place: detail["place"].as_str()?.parse().ok()?,
            cause: TextErasureCause::from_id(detail["cause"].as_str()?)?,
            edition: u32::try_from(detail["edition"].as_u64()?).ok()?,
            was: digest("was")?,
            is: digest("is")?,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_is_read_back_and_nothing_else_is_one() {
        for (was, is) in [
            (None, None),
            (Some(Digest::of(b"1")), Some(Digest::of(b"2"))),
        ] {
            let named = NamedErasure {
                document: DocumentId::from_bytes([1; 16]),
                place: TextPlace::Address,
                cause: TextErasureCause::Misplaced,
                edition: 3,
                was,
                is,
            };
            let detail = named.detail().to_string();
            assert_eq!(NamedErasure::of_line(TEXT_ERASED, &detail), Some(named));
            assert_eq!(NamedErasure::of_line("record_received", &detail), None);
        }
        assert_eq!(NamedErasure::of_line(TEXT_ERASED, "{}"), None);
    }
}
