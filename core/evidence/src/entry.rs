//! The bytes of an entry: one form only, so that anybody who reads an entry can make its leaf again. The grammar is
//! `entry.cddl`.

use std::convert::Infallible;

use minicbor::encode::Error;
use minicbor::{Decoder, Encoder};
use xunge_domain::ids::Digest;
use xunge_domain::time::Timestamp;

use crate::tree;

/// The kind of an audit line. A number is never used for something else.
const AUDIT_LINE: u8 = 1;

/// A line of the audit log, as an entry of the log.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct AuditLine<'a> {
    /// Its place in the audit log, from 1.
    pub seq: u64,
    /// The hub's clock.
    pub at: Timestamp,
    /// Person, installation or `system`.
    pub who: &'a str,
    /// What happened, a stable word.
    pub what: &'a str,
    /// JSON, byte for byte as it is kept: never parsed here, because two texts may mean the same.
    pub detail: &'a str,
}

impl AuditLine<'_> {
    /// The bytes whose hash is the leaf. Cost: one copy of the texts.
    #[expect(clippy::expect_used, reason = "a Vec takes whatever is written to it")]
    pub fn to_bytes(&self) -> Vec<u8> {
        let mut bytes = Vec::new();
        self.encode(&mut bytes).expect("a Vec takes everything");
        bytes
    }

    /// The leaf of this line. Cost: one copy and one hash of the texts.
    pub fn leaf(&self) -> Digest {
        tree::leaf_hash(&self.to_bytes())
    }

    fn encode(&self, bytes: &mut Vec<u8>) -> Result<(), Error<Infallible>> {
        Encoder::new(bytes)
            .array(6)?
            .u8(AUDIT_LINE)?
            .u64(self.seq)?
            .i64(self.at.as_millis())?
            .str(self.who)?
            .str(self.what)?
            .str(self.detail)?;
        Ok(())
    }
}

/// A line that was read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OwnedAuditLine {
    /// As [`AuditLine::seq`].
    pub seq: u64,
    /// As [`AuditLine::at`].
    pub at: Timestamp,
    /// As [`AuditLine::who`].
    pub who: String,
    /// As [`AuditLine::what`].
    pub what: String,
    /// As [`AuditLine::detail`].
    pub detail: String,
}

impl OwnedAuditLine {
    /// Reads what [`AuditLine::to_bytes`] writes, and nothing else.
    pub fn from_bytes(bytes: &[u8]) -> Option<Self> {
        let line = Self::decode(bytes).ok().flatten()?;
        (line.line().to_bytes() == bytes).then_some(line)
    }

    fn decode(bytes: &[u8]) -> Result<Option<Self>, minicbor::decode::Error> {
        let mut decoder = Decoder::new(bytes);
        if decoder.array()? != Some(6) || decoder.u8()? != AUDIT_LINE {
            return Ok(None);
        }
        Ok(Some(Self {
            seq: decoder.u64()?,
            at: Timestamp::from_millis(decoder.i64()?),
            who: decoder.str()?.to_owned(),
            what: decoder.str()?.to_owned(),
            detail: decoder.str()?.to_owned(),
        }))
    }

    /// As an entry.
    pub fn line(&self) -> AuditLine<'_> {
        AuditLine {
            seq: self.seq,
            at: self.at,
            who: &self.who,
            what: &self.what,
            detail: &self.detail,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const LINE: AuditLine<'_> = AuditLine {
        seq: 300,
        at: Timestamp::from_millis(1_751_252_400_000),
        who: "clerk",
        what: "login",
        detail: "{}",
    };

    #[test]
    fn the_bytes_are_on_file() {
        // By hand from the grammar: array of six, 1, uint16 300, uint64, three texts.
        let expected =
            b"\x86\x01\x19\x01\x2c\x1b\x00\x00\x01\x97\xbe\xc6\xf7\x80\x65clerk\x65login\x62{}";
        assert_eq!(LINE.to_bytes(), expected);
        let read = OwnedAuditLine::from_bytes(expected);
        assert_eq!(read.as_ref().map(OwnedAuditLine::line), Some(LINE));
        // The number of the line as four bytes where two are enough.
        let wide = [&expected[..2], b"\x1a\x00\x00\x01\x2c", &expected[5..]].concat();
        assert_eq!(OwnedAuditLine::from_bytes(&wide), None);
        assert_eq!(OwnedAuditLine::from_bytes(&expected[..9]), None);
        assert_eq!(
            OwnedAuditLine::from_bytes(&[expected.as_slice(), &[0]].concat()),
            None
        );
        let before_1970 = AuditLine {
            at: Timestamp::from_millis(-1),
            ..LINE
        };
        assert_eq!(before_1970.to_bytes()[5], 0x20);
    }

    #[test]
    fn every_field_counts_and_none_runs_into_the_next() {
        let others = [
            AuditLine { seq: 301, ..LINE },
            AuditLine {
                at: LINE.at.plus_millis(1),
                ..LINE
            },
            AuditLine {
                who: "clerkl",
                what: "ogin",
                ..LINE
            },
            AuditLine {
                what: "login{",
                detail: "}",
                ..LINE
            },
            AuditLine {
                detail: "{ }",
                ..LINE
            },
        ];
        for other in others {
            assert_ne!(other.leaf(), LINE.leaf(), "{other:?}");
        }
    }
}
