//! A record: what a device says of a photo or a request when it seals it, beside what the entry says itself. Each names
//! the one before, so that one that is left out, put in or moved shows. The grammar is `record.cddl`.
//!
//! Nothing in it is a gate. What is odd is data, for people to look at.

mod beacon;
mod chain;

use minicbor::bytes::ByteArray;
use minicbor::{Decode, Encode};
use xunge_domain::case::Fix;
use xunge_domain::ids::{Digest, DocumentId, InstallationId, IntentId};
use xunge_domain::time::Timestamp;

pub use beacon::{Beacon, beacon_message};
pub use chain::{Chain, ChainFinding, ChainLink, check_chain};

/// A longer record is not looked at.
pub const RECORD_BYTES_MAX: usize = 4 * 1024;
/// Most fixes of a record.
pub const FIXES_MAX: usize = 16;
/// Most signals of a record.
pub const SIGNALS_MAX: usize = 8;
/// Longest word in a record: a provider, a signal, the program. Longer ones are cut.
pub const WORD_CHARACTERS_MAX: usize = 24;
/// The only version there is. Seals of before hold a single byte 0 and say nothing.
const VERSION: u8 = 1;

/// What a device says of what it seals.
#[derive(Debug, Clone, PartialEq, Eq, Encode, Decode)]
pub struct Record {
    #[n(0)]
    version: u8,
    /// The enrolled copy of the store.
    #[n(1)]
    pub installation: InstallationId,
    /// The place in its chain, from 1.
    #[n(2)]
    pub seq: u64,
    /// The name of the record before; `None` for the first.
    #[n(3)]
    pub previous: Option<Digest>,
    /// The program that sealed.
    #[n(4)]
    pub build: String,
    /// Where the key lives.
    #[n(5)]
    pub protection: KeyProtection,
    /// When the photo was kept, or the request made.
    #[n(6)]
    pub moment: Moment,
    /// SHA-256 of the watermarked working copy, which stays on the device unless somebody asks for it.
    #[n(7)]
    pub working: Option<Digest>,
}

/// Where a key lives.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Encode, Decode)]
#[cbor(index_only)]
pub enum KeyProtection {
    /// In a file or in memory: who has the device's files may have the key.
    #[n(0)]
    Software,
    /// In a secure element that does not give it away, as the platform claims.
    #[n(1)]
    Hardware,
}

impl KeyProtection {
    /// Stable word.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Software => "software",
            Self::Hardware => "hardware",
        }
    }
}

/// What a device knew when a photo was kept or a request was made.
#[derive(Debug, Clone, PartialEq, Eq, Encode, Decode)]
pub struct Moment {
    /// The wall clock: a claim.
    #[n(0)]
    pub at: Timestamp,
    /// The clock nobody sets.
    #[n(1)]
    pub uptime: Option<Uptime>,
    /// What the hub said last: this moment is after it.
    #[n(2)]
    pub beacon: Option<Beacon>,
    /// Every answer of positioning that was used.
    #[n(3)]
    pub fixes: Vec<Fix>,
    /// What the platform finds odd, in stable words.
    #[n(4)]
    pub signals: Vec<String>,
    /// Milliseconds of the clock nobody sets since the request was made which that beacon answers; nothing where it was made
    /// in another start of the device. So this moment is no later than the beacon and these together.
    #[n(5)]
    pub since_beacon: Option<u64>,
}

impl Moment {
    /// When this was at the latest, by the hub's clock, if the hub made the beacon: its request was on its way before it
    /// was answered. `None`: nothing shows it but the receipt.
    pub fn at_the_latest(&self) -> Option<Timestamp> {
        let since = i64::try_from(self.since_beacon?).ok()?;
        let millis = self.beacon?.at.as_millis().checked_add(since)?;
        Some(Timestamp::from_millis(millis))
    }

    /// Whether what is counted from the beacon can be so: there is one, and the device had started.
    fn since_beacon_fits(&self) -> bool {
        self.since_beacon.is_none_or(|since| {
            let started = self.uptime.is_some_and(|uptime| since <= uptime.millis);
            started && self.beacon.is_some()
        })
    }

    /// With the best answers of positioning and with the signals, as many and as long as a record takes.
    #[must_use]
    pub fn with(mut self, fixes: &[Fix], signals: &[String]) -> Self {
        let mut best: Vec<&Fix> = fixes.iter().collect();
        best.sort_by_key(|fix| fix.accuracy_metres.unwrap_or(u32::MAX));
        let best = best.into_iter().take(FIXES_MAX).map(|fix| Fix {
            provider: beginning(&fix.provider),
            ..fix.clone()
        });
        self.fixes = best.collect();
        let signals = signals.iter().take(SIGNALS_MAX);
        self.signals = signals.map(|signal| beginning(signal)).collect();
        self
    }
}

fn beginning(word: &str) -> String {
    word.chars().take(WORD_CHARACTERS_MAX).collect()
}

/// A clock that runs from the start of the device and cannot be set.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Encode, Decode)]
pub struct Uptime {
    /// Which start of the device.
    #[n(0)]
    pub boot: ByteArray<16>,
    /// Milliseconds since, sleep included.
    #[n(1)]
    pub millis: u64,
}

/// Why bytes are no record.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum RecordError {
    /// The seal is from before there were records.
    #[error("the seal is of a version without records")]
    Without,
    /// Longer than any record.
    #[error("the record is longer than {RECORD_BYTES_MAX} bytes")]
    TooLong,
    /// Not of the grammar, or not its one form.
    #[error("the bytes under the seal are no record")]
    Malformed,
}

impl RecordError {
    /// Stable code.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Without => "record_without",
            Self::TooLong => "record_too_long",
            Self::Malformed => "record_malformed",
        }
    }
}

impl Record {
    /// The record that follows `chain` on this installation.
    pub fn following(
        chain: &Chain,
        (build, protection): (&str, KeyProtection),
        moment: Moment,
        working: Option<Digest>,
    ) -> Self {
        Self {
            version: VERSION,
            installation: chain.installation,
            seq: chain.seq + 1,
            previous: chain.last,
            build: beginning(build),
            protection,
            moment,
            working,
        }
    }

    /// The bytes that are signed as a part of the statement.
    #[expect(clippy::expect_used, reason = "a Vec takes whatever is written to it")]
    pub fn to_bytes(&self) -> Vec<u8> {
        minicbor::to_vec(self).expect("a Vec takes everything")
    }

    /// Reads what [`Self::to_bytes`] writes, and nothing else.
    ///
    /// # Errors
    /// [`RecordError`].
    pub fn from_bytes(bytes: &[u8]) -> Result<Self, RecordError> {
        if bytes == [0] {
            return Err(RecordError::Without);
        }
        if bytes.len() > RECORD_BYTES_MAX {
            return Err(RecordError::TooLong);
        }
        let record: Self = minicbor::decode(bytes).map_err(|_| RecordError::Malformed)?;
        let in_form = record.version == VERSION
            && record.seq > 0
            && (record.seq == 1) == record.previous.is_none()
            && record.moment.fixes.len() <= FIXES_MAX
            && record.moment.signals.len() <= SIGNALS_MAX
            && record.moment.since_beacon_fits()
            && record.to_bytes() == bytes;
        if in_form {
            Ok(record)
        } else {
            Err(RecordError::Malformed)
        }
    }
}

/// What is signed: where the entry stands, the digest of the entry without its seal, and the record.
pub fn statement(
    document: &DocumentId,
    intent: &IntentId,
    entry: &Digest,
    record: &[u8],
) -> Vec<u8> {
    [
        b"xunge entry".as_slice(),
        document.as_bytes(),
        intent.as_bytes(),
        entry.as_bytes(),
        record,
    ]
    .concat()
}

#[cfg(test)]
mod tests;
