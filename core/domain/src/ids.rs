//! Identifiers. Bytes are handed in: nothing here draws randomness or reads a clock.

use std::fmt;
use std::str::FromStr;

use data_encoding::{BASE64URL_NOPAD, HEXLOWER};
use minicbor::{Decode, Encode};

use crate::time::Timestamp;

/// A text that is no identifier of the kind asked for.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{text:?} is not a {kind}")]
pub struct ParseIdError {
    /// What was expected, in glossary words.
    pub kind: &'static str,
    /// What was given, cut to 80 characters.
    pub text: String,
}

impl ParseIdError {
    pub(crate) fn new(kind: &'static str, text: &str) -> Self {
        Self {
            kind,
            text: text.chars().take(80).collect(),
        }
    }
}

/// Display, parse and serde through one text form.
macro_rules! text_form {
    ($name:ident) => {
        impl serde::Serialize for $name {
            fn serialize<S: serde::Serializer>(&self, out: S) -> Result<S::Ok, S::Error> {
                out.collect_str(self)
            }
        }
        impl<'de> serde::Deserialize<'de> for $name {
            fn deserialize<D: serde::Deserializer<'de>>(input: D) -> Result<Self, D::Error> {
                let text = String::deserialize(input)?;
                text.parse().map_err(serde::de::Error::custom)
            }
        }
        impl fmt::Debug for $name {
            fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
                write!(out, "{}({self})", stringify!($name))
            }
        }
    };
}
pub(crate) use text_form;

macro_rules! byte_id {
    ($(#[$doc:meta])* $name:ident, $length:literal, $kind:literal, $encoding:ident) => {
        $(#[$doc])*
        #[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Encode, Decode)]
        #[cbor(transparent)]
        pub struct $name(#[cbor(n(0), with = "minicbor::bytes")] [u8; $length]);

        impl $name {
            /// Wraps bytes that are known to be such an id.
            pub const fn from_bytes(bytes: [u8; $length]) -> Self {
                Self(bytes)
            }
            /// Reads exactly the right number of bytes.
            ///
            /// # Errors
            /// Another length.
            pub fn from_slice(bytes: &[u8]) -> Result<Self, ParseIdError> {
                bytes.try_into().map(Self).map_err(|_| ParseIdError::new($kind, &$encoding.encode(bytes)))
            }
            /// The bytes.
            pub const fn as_bytes(&self) -> &[u8; $length] {
                &self.0
            }
        }
        impl fmt::Display for $name {
            fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
                out.write_str(&$encoding.encode(&self.0))
            }
        }
        impl FromStr for $name {
            type Err = ParseIdError;
            fn from_str(text: &str) -> Result<Self, ParseIdError> {
                let bytes = $encoding.decode(text.as_bytes()).map_err(|_| ParseIdError::new($kind, text))?;
                Self::from_slice(&bytes).map_err(|_| ParseIdError::new($kind, text))
            }
        }
        text_form!($name);
    };
}

byte_id!(
    /// A document: a case or a matter check-in; a patrol day or an inspection round later. UUIDv7 bytes, shown as hex.
    DocumentId, 16, "document id", HEXLOWER
);
byte_id!(
    /// One enrolled copy of the app's store. A cloned or restored store gets a new one. Random.
    InstallationId, 16, "installation id", HEXLOWER
);
byte_id!(
    /// SHA-256 of bytes: a photo's name in every store.
    Digest, 32, "sha256", HEXLOWER
);
byte_id!(
    /// The key of everything one intent creates, so that a replay, a re-application after a quarantine
    /// and a restored store never make it twice.
    ///
    /// 9 bytes of the installation (who may write under this key can be read off the key; constant in a
    /// batch, so it compresses away), 3 bytes counter within the document, 3 random bytes that keep a
    /// restored store from re-using a key of its former life.
    IntentId, 15, "intent id", BASE64URL_NOPAD
);

byte_id!(
    /// A record of personal data, which lies beside the documents. Random.
    PrivateRecordId, 16, "private record id", HEXLOWER
);
byte_id!(
    /// Whom personal data is about, without saying who: all of it that one device keeps of one person in one case. Random.
    SubjectId, 16, "subject id", HEXLOWER
);
byte_id!(
    /// What somebody said of their own duty: an offer declined, a leave. Random.
    DutyNoteId, 16, "duty note id", HEXLOWER
);

/// The case's own name for its document.
pub type CaseId = DocumentId;

impl DocumentId {
    /// A UUIDv7 from an injected instant and ten random bytes.
    pub fn from_time(now: Timestamp, entropy: [u8; 10]) -> Self {
        let millis = u64::try_from(now.as_millis()).unwrap_or(0);
        Self(
            *uuid::Builder::from_unix_timestamp_millis(millis, &entropy)
                .into_uuid()
                .as_bytes(),
        )
    }

    /// The id of a case that another register numbers: the same number of the same source is the same document, on
    /// every hub and however often it is entered (UUIDv8 of SHA-256).
    pub fn of_external(source: &str, external_id: &str) -> Self {
        let named = format!("xunge case\0{source}\0{external_id}");
        let mut bytes = [0; 16];
        bytes.copy_from_slice(&Digest::of(named.as_bytes()).as_bytes()[..16]);
        Self(
            *uuid::Builder::from_custom_bytes(bytes)
                .into_uuid()
                .as_bytes(),
        )
    }

    /// What people say over the phone: the last eight hex digits.
    pub fn local_code(&self) -> String {
        HEXLOWER.encode(&self.0[12..]).to_uppercase()
    }
}

/// How many bytes of an installation stand at the head of its intent ids.
pub const INSTALLATION_PREFIX_BYTES: usize = 9;
/// Highest number of intents one installation may have in one document (24 bits).
pub const INTENTS_PER_DOCUMENT_MAX: u32 = (1 << 24) - 1;

/// The part of an installation that its intent ids carry.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct InstallationPrefix(pub [u8; INSTALLATION_PREFIX_BYTES]);

impl InstallationId {
    /// What the intent ids of this installation start with.
    pub fn prefix(&self) -> InstallationPrefix {
        let mut prefix = [0; INSTALLATION_PREFIX_BYTES];
        prefix.copy_from_slice(&self.0[..INSTALLATION_PREFIX_BYTES]);
        InstallationPrefix(prefix)
    }
}

impl IntentId {
    /// The `counter`-th intent of `installation` in a document; only the low 24 bits of `counter` count.
    pub fn new(installation: &InstallationId, counter: u32, nonce: [u8; 3]) -> Self {
        let mut bytes = [0; 15];
        bytes[..INSTALLATION_PREFIX_BYTES].copy_from_slice(&installation.prefix().0);
        bytes[9..12].copy_from_slice(&counter.to_be_bytes()[1..]);
        bytes[12..].copy_from_slice(&nonce);
        Self(bytes)
    }

    /// Whose intent this claims to be.
    pub fn prefix(&self) -> InstallationPrefix {
        let mut prefix = [0; INSTALLATION_PREFIX_BYTES];
        prefix.copy_from_slice(&self.0[..INSTALLATION_PREFIX_BYTES]);
        InstallationPrefix(prefix)
    }

    /// The counter within the document.
    pub fn counter(&self) -> u32 {
        u32::from_be_bytes([0, self.0[9], self.0[10], self.0[11]])
    }
}

impl Digest {
    /// SHA-256 of `bytes`.
    pub fn of(bytes: &[u8]) -> Self {
        use sha2::Digest as _;
        Self(sha2::Sha256::digest(bytes).into())
    }
}

/// Longest slug id.
pub const SLUG_BYTES_MAX: usize = 64;

macro_rules! slug_id {
    ($(#[$doc:meta])* $name:ident, $kind:literal) => {
        $(#[$doc])*
        #[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Encode)]
        #[cbor(transparent)]
        pub struct $name(#[n(0)] String);

        impl $name {
            /// The text.
            pub fn as_str(&self) -> &str {
                &self.0
            }
        }
        impl fmt::Display for $name {
            fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
                out.write_str(&self.0)
            }
        }
        impl FromStr for $name {
            type Err = ParseIdError;
            fn from_str(text: &str) -> Result<Self, ParseIdError> {
                let fits = (1..=SLUG_BYTES_MAX).contains(&text.len())
                    && text.bytes().all(|byte| matches!(byte, b'a'..=b'z' | b'0'..=b'9' | b'-'));
                if fits { Ok(Self(text.to_owned())) } else { Err(ParseIdError::new($kind, text)) }
            }
        }
        impl<'bytes, C> Decode<'bytes, C> for $name {
            fn decode(input: &mut minicbor::Decoder<'bytes>, _: &mut C) -> Result<Self, minicbor::decode::Error> {
                input.str()?.parse().map_err(minicbor::decode::Error::custom)
            }
        }
        text_form!($name);
    };
}

slug_id!(
    /// A person: lower-case letters, digits and hyphens, e.g. `worker-putian`.
    PersonId, "person id"
);
slug_id!(
    /// An organisation, e.g. `road-dept`. A body is never a free string.
    OrganisationId, "organisation id"
);
slug_id!(
    /// A duty grid 责任网格: a worker's beat, e.g. `putian-1`.
    DutyGridId, "duty grid id"
);

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_intent_id_says_whose_it_is_and_which() {
        let installation = InstallationId::from_bytes([7; 16]);
        let id = IntentId::new(&installation, 0x01_02_03, [9, 8, 7]);
        assert_eq!(id.prefix(), installation.prefix());
        assert_eq!(id.counter(), 0x01_02_03);
        assert_eq!(id.to_string().len(), 20);
        assert_eq!(id.to_string().parse(), Ok(id));
    }

    #[test]
    fn slugs_refuse_what_is_not_one() {
        assert!("worker-putian".parse::<PersonId>().is_ok());
        for bad in [
            "",
            "Worker",
            "a b",
            "网格员",
            &"x".repeat(SLUG_BYTES_MAX + 1),
        ] {
            assert!(bad.parse::<PersonId>().is_err(), "{bad}");
        }
    }

    #[test]
    fn a_document_id_sorts_by_its_time() {
        let early = DocumentId::from_time(Timestamp::from_millis(1_000), [255; 10]);
        let late = DocumentId::from_time(Timestamp::from_millis(1_001), [0; 10]);
        assert!(early < late);
        assert_eq!(early.local_code().len(), 8);
    }
}
