//! Seals: the author's signature under an entry. It covers the content and the intent id, never change hashes, so
//! that it survives a re-application under another generation. What the record says is `evidence`'s.

use minicbor::Encode;
use xunge_domain::case::{Action, ErasedText, PhotoEntry, Seal, TextPlace};
use xunge_domain::checkin;
use xunge_domain::ids::{Digest, DocumentId, IntentId};
use xunge_evidence::record;

use crate::keys::{PublicKey, Signer, SignerError};

/// An entry that can carry a seal.
pub trait Sealable: Encode<()> + Clone {
    /// The place of the seal.
    fn seal(&mut self) -> &mut Option<Seal>;
}

impl Sealable for PhotoEntry {
    fn seal(&mut self) -> &mut Option<Seal> {
        &mut self.seal
    }
}

impl Sealable for Action {
    fn seal(&mut self) -> &mut Option<Seal> {
        &mut self.seal
    }
}

impl Sealable for checkin::Action {
    fn seal(&mut self) -> &mut Option<Seal> {
        &mut self.seal
    }
}

impl Sealable for checkin::StepEntry {
    fn seal(&mut self) -> &mut Option<Seal> {
        &mut self.seal
    }
}

/// What is signed: the place of the entry, its digest without the seal, and the record.
pub fn statement(
    document: &DocumentId,
    intent: &IntentId,
    entry: &impl Sealable,
    record: &[u8],
) -> Vec<u8> {
    record::statement(document, intent, &Digest::of(&bare(entry)), record)
}

/// What is signed of an entry as it stands in its document: where a text of it was erased, the digest it had before, as the mark
/// there says.
pub fn statement_in(
    document: &DocumentId,
    erased: &[ErasedText],
    intent: &IntentId,
    entry: &impl Sealable,
    record: &[u8],
) -> Vec<u8> {
    let place = TextPlace::Entry(*intent);
    let mark = erased.iter().find(|mark| mark.place == place);
    match mark.and_then(|mark| mark.erasure.was) {
        Some(was) => record::statement(document, intent, &was, record),
        None => statement(document, intent, entry, record),
    }
}

/// The bytes of an entry without its seal.
pub fn bare(entry: &impl Sealable) -> Vec<u8> {
    let mut bare = entry.clone();
    *bare.seal() = None;
    let mut bytes = Vec::new();
    // Writing to a vector cannot fail, and no entry of ours refuses to be encoded.
    let _ = minicbor::encode(&bare, &mut bytes);
    bytes
}

/// Seals an entry and answers the name of its record. Cost: one signature.
///
/// # Errors
/// The key cannot sign.
pub fn seal(
    document: &DocumentId,
    intent: &IntentId,
    entry: &mut impl Sealable,
    record: Vec<u8>,
    signer: &dyn Signer,
) -> Result<Digest, SignerError> {
    let statement = statement(document, intent, entry, &record);
    let signature = signer.sign(&statement)?.to_vec();
    let key = signer.public_key().fingerprint().to_vec();
    *entry.seal() = Some(Seal {
        record,
        signature,
        key,
    });
    Ok(Digest::of(&statement))
}

/// Whether an entry carries a seal of this key over exactly this content, in this place.
pub fn holds(
    document: &DocumentId,
    intent: &IntentId,
    entry: &impl Sealable,
    key: &PublicKey,
) -> bool {
    let mut copy = entry.clone();
    let Some(seal) = copy.seal().take() else {
        return false;
    };
    seal.key == key.fingerprint()
        && key.verifies(
            &statement(document, intent, &copy, &seal.record),
            &seal.signature,
        )
}

#[cfg(test)]
#[expect(clippy::expect_used, reason = "a failing test should stop")]
mod tests {
    use super::*;
    use crate::keys::SoftwareKey;
    use xunge_domain::case::Act;
    use xunge_domain::time::Timestamp;

    #[test]
    fn a_seal_holds_for_its_content_its_place_and_its_key() {
        let key = SoftwareKey::from_bytes(&[7; 32]).expect("a key");
        let (document, intent) = (
            DocumentId::from_bytes([1; 16]),
            IntentId::from_bytes([2; 15]),
        );
        let author = "road-dept".parse().expect("an id");
        let mut action = Action {
            author,
            at: Timestamp::from_millis(3),
            act: Act::Claim,
            seal: None,
            session: None,
        };
        assert!(!holds(&document, &intent, &action, &key.public_key()));
        seal(&document, &intent, &mut action, vec![1], &key).expect("signed");
        assert!(holds(&document, &intent, &action, &key.public_key()));
        let other = SoftwareKey::from_bytes(&[8; 32]).expect("a key");
        assert!(!holds(&document, &intent, &action, &other.public_key()));
        assert!(!holds(
            &document,
            &IntentId::from_bytes([3; 15]),
            &action,
            &key.public_key()
        ));
        let mut later = action.clone();
        later.at = Timestamp::from_millis(4);
        assert!(!holds(&document, &intent, &later, &key.public_key()));
        let mut other = action;
        other.seal.as_mut().expect("sealed").record.push(0);
        assert!(!holds(&document, &intent, &other, &key.public_key()));
    }
}
