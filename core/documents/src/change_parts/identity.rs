//! The two identifiers of the change graph: a change's hash and an actor.

use std::fmt;
use std::str::FromStr;

use data_encoding::HEXLOWER;

/// A text that is no identifier of the kind asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("expected {expected} lowercase hexadecimal characters")]
pub struct ParseIdentityError {
    /// How many characters the identifier has.
    pub expected: usize,
}

impl ParseIdentityError {
    /// The stable name of the refusal.
    #[must_use]
    pub fn code(&self) -> &'static str {
        "identity_not_hex"
    }
}

/// The SHA-256 of a change: its name in the change graph.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ChangeHash(pub [u8; 32]);

/// Who wrote a change. Ours are always 16 bytes.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ActorId(pub [u8; 16]);

macro_rules! hex_text {
    ($name:ident, $length:literal) => {
        impl $name {
            /// How many bytes the identifier has.
            pub const LENGTH: usize = $length;

            /// The bytes themselves.
            #[must_use]
            pub fn as_bytes(&self) -> &[u8; $length] {
                &self.0
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
                self.0.iter().try_for_each(|byte| write!(out, "{byte:02x}"))
            }
        }

        impl fmt::Debug for $name {
            fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
                write!(out, "{}({self})", stringify!($name))
            }
        }

        impl FromStr for $name {
            type Err = ParseIdentityError;

            fn from_str(text: &str) -> Result<Self, Self::Err> {
                HEXLOWER
                    .decode(text.as_bytes())
                    .ok()
                    .and_then(|bytes| bytes.try_into().ok())
                    .map(Self)
                    .ok_or(ParseIdentityError {
                        expected: $length * 2,
                    })
            }
        }
    };
}

hex_text!(ChangeHash, 32);
hex_text!(ActorId, 16);

impl From<automerge::ChangeHash> for ChangeHash {
    fn from(hash: automerge::ChangeHash) -> Self {
        Self(hash.0)
    }
}

impl From<ChangeHash> for automerge::ChangeHash {
    fn from(hash: ChangeHash) -> Self {
        Self(hash.0)
    }
}

impl From<ActorId> for automerge::ActorId {
    fn from(actor: ActorId) -> Self {
        Self::from(actor.0.as_slice())
    }
}

/// Fails on an actor that is not 16 bytes long.
impl TryFrom<&automerge::ActorId> for ActorId {
    type Error = ParseIdentityError;

    fn try_from(actor: &automerge::ActorId) -> Result<Self, Self::Error> {
        actor
            .to_bytes()
            .try_into()
            .map(Self)
            .map_err(|_| ParseIdentityError { expected: 32 })
    }
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a failing test should stop")]
mod tests {
    use super::*;

    #[test]
    fn text_round_trip() {
        let hash = ChangeHash([0xab; 32]);
        assert_eq!(hash.to_string().parse::<ChangeHash>().unwrap(), hash);
        assert_eq!(hash.to_string(), "ab".repeat(32));
        let actor = ActorId(*b"0123456789abcdef");
        assert_eq!(actor.to_string().parse::<ActorId>().unwrap(), actor);
    }

    #[test]
    fn wrong_length_or_alphabet_is_refused() {
        assert_eq!(
            "ab".repeat(31).parse::<ChangeHash>(),
            Err(ParseIdentityError { expected: 64 })
        );
        assert!("AB".repeat(16).parse::<ActorId>().is_err());
        let long = automerge::ActorId::from([7u8; 17].as_slice());
        assert!(ActorId::try_from(&long).is_err());
    }
}
