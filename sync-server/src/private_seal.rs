//! Sealing of personal data: a key for each subject, wrapped by the master key, and a record under a key derived for it alone,
//! so that no nonce is ever used twice and none is kept. ChaCha20-Poly1305 binds what stands beside the record in the clear.

use chacha20poly1305::aead::{Aead as _, Payload};
use chacha20poly1305::{ChaCha20Poly1305, Key, KeyInit as _, Nonce};
use hkdf::Hkdf;
use sha2::Sha256;
use xunge_domain::private::PrivateContent;
use zeroize::Zeroizing;

use crate::private_key::MasterKey;
use crate::store::{PrivateRow, SubjectRow, WRAPPED_KEY_BYTES};

/// Bytes of a subject's key.
const SUBJECT_KEY_BYTES: usize = 32;
const WRAPPING: &[u8] = b"xunge subject key 1";
const RECORD: &[u8] = b"xunge private record 1";

/// What opens the records of one subject. Wiped from memory when dropped; never printed.
pub struct SubjectKey(Zeroizing<[u8; SUBJECT_KEY_BYTES]>);

impl SubjectKey {
    /// From random bytes.
    pub fn from_bytes(bytes: [u8; SUBJECT_KEY_BYTES]) -> Self {
        Self(Zeroizing::new(bytes))
    }
}

/// A key that seals one thing. HKDF-SHA-256 without a salt, which random keys do not need. The moment is in it, because a
/// hub that was put back to an older state may seal another thing under the same name.
#[expect(
    clippy::expect_used,
    reason = "HKDF gives up to 8,160 bytes, and 32 are asked for"
)]
fn cipher(secret: &[u8; 32], purpose: &[u8], name: &[u8; 16], millis: i64) -> ChaCha20Poly1305 {
    let mut key = Zeroizing::new([0; 32]);
    Hkdf::<Sha256>::new(None, secret)
        .expand_multi_info(&[purpose, name, &millis.to_be_bytes()], &mut *key)
        .expect("a length that HKDF gives");
    ChaCha20Poly1305::new(&Key::from(*key))
}

#[expect(
    clippy::expect_used,
    reason = "a megabyte is far below what the cipher takes"
)]
fn encrypted(cipher: &ChaCha20Poly1305, bound: &[u8], plain: &[u8]) -> Vec<u8> {
    let payload = Payload {
        msg: plain,
        aad: bound,
    };
    cipher
        .encrypt(&Nonce::default(), payload)
        .expect("a short text is sealed")
}

fn decrypted(cipher: &ChaCha20Poly1305, bound: &[u8], sealed: &[u8]) -> Option<Zeroizing<Vec<u8>>> {
    let payload = Payload {
        msg: sealed,
        aad: bound,
    };
    cipher
        .decrypt(&Nonce::default(), payload)
        .ok()
        .map(Zeroizing::new)
}

fn bound_to_subject(subject: &SubjectRow) -> Vec<u8> {
    [
        WRAPPING,
        subject.id.as_bytes().as_slice(),
        subject.document.as_bytes(),
        &subject.created_at.as_millis().to_be_bytes(),
    ]
    .concat()
}

/// Everything that is said of a record in the clear; what is not of a fixed length stands last.
fn bound_to_record(row: &PrivateRow) -> Vec<u8> {
    [
        RECORD,
        row.id.as_bytes().as_slice(),
        row.document.as_bytes(),
        row.subject.as_bytes(),
        &[row.number],
        &row.made_at.as_millis().to_be_bytes(),
        &row.received_at.as_millis().to_be_bytes(),
        &row.length.to_be_bytes(),
        row.kind.id().as_bytes(),
        b" ",
        row.author.as_str().as_bytes(),
    ]
    .concat()
}

/// A subject's key as it is kept.
#[expect(clippy::expect_used, reason = "32 bytes and a tag are 48")]
pub fn wrap(master: &MasterKey, subject: &SubjectRow, key: &SubjectKey) -> [u8; WRAPPED_KEY_BYTES] {
    let millis = subject.created_at.as_millis();
    let cipher = cipher(master.as_bytes(), WRAPPING, subject.id.as_bytes(), millis);
    encrypted(&cipher, &bound_to_subject(subject), &*key.0)
        .try_into()
        .expect("a key and a tag")
}

/// What [`wrap`] wrapped; `None` under another master key, or when anything about the subject is another.
pub fn unwrap(
    master: &MasterKey,
    subject: &SubjectRow,
    wrapped: &[u8; WRAPPED_KEY_BYTES],
) -> Option<SubjectKey> {
    let millis = subject.created_at.as_millis();
    let cipher = cipher(master.as_bytes(), WRAPPING, subject.id.as_bytes(), millis);
    let key = decrypted(&cipher, &bound_to_subject(subject), wrapped)?;
    key.as_slice().try_into().ok().map(SubjectKey::from_bytes)
}

/// The content of a record as it is kept.
#[expect(clippy::expect_used, reason = "a vector takes whatever is written")]
pub fn seal(key: &SubjectKey, row: &PrivateRow, content: &PrivateContent) -> Vec<u8> {
    let plain = Zeroizing::new(minicbor::to_vec(content).expect("a vector"));
    let cipher = cipher(
        &key.0,
        RECORD,
        row.id.as_bytes(),
        row.received_at.as_millis(),
    );
    encrypted(&cipher, &bound_to_record(row), &plain)
}

/// What [`seal`] sealed; `None` under another key, or when anything about the record is another.
pub fn open(key: &SubjectKey, row: &PrivateRow, sealed: &[u8]) -> Option<PrivateContent> {
    let cipher = cipher(
        &key.0,
        RECORD,
        row.id.as_bytes(),
        row.received_at.as_millis(),
    );
    let plain = decrypted(&cipher, &bound_to_record(row), sealed)?;
    minicbor::decode(&plain).ok()
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a failing test should stop")]
mod tests {
    use super::*;
    use xunge_domain::ids::{DocumentId, PrivateRecordId, SubjectId};
    use xunge_domain::private::PrivateKind;
    use xunge_domain::time::Timestamp;

    fn subject() -> SubjectRow {
        SubjectRow {
            id: SubjectId::from_bytes([1; 16]),
            document: DocumentId::from_bytes([2; 16]),
            created_at: Timestamp::from_millis(3),
            retain_until: Timestamp::from_millis(4),
            erased: None,
        }
    }

    fn row() -> PrivateRow {
        PrivateRow {
            id: PrivateRecordId::from_bytes([5; 16]),
            document: DocumentId::from_bytes([2; 16]),
            subject: SubjectId::from_bytes([1; 16]),
            number: 1,
            kind: PrivateKind::Phone,
            author: "worker-putian".parse().unwrap(),
            made_at: Timestamp::from_millis(6),
            received_at: Timestamp::from_millis(7),
            length: 11,
        }
    }

    #[test]
    fn a_wrapped_key_opens_for_its_subject_under_its_master_alone() {
        let master = MasterKey::from_bytes([7; 32]);
        let key = SubjectKey::from_bytes([9; 32]);
        let wrapped = wrap(&master, &subject(), &key);
        let opened = unwrap(&master, &subject(), &wrapped).unwrap();
        assert_eq!(*opened.0, [9; 32]);
        assert!(!wrapped.windows(16).any(|bytes| bytes == [9; 16]));
        assert!(unwrap(&MasterKey::from_bytes([8; 32]), &subject(), &wrapped).is_none());
        let later = SubjectRow {
            created_at: Timestamp::from_millis(4),
            ..subject()
        };
        let elsewhere = SubjectRow {
            document: DocumentId::from_bytes([3; 16]),
            ..subject()
        };
        let other = SubjectRow {
            id: SubjectId::from_bytes([2; 16]),
            ..subject()
        };
        for another in [&later, &elsewhere, &other] {
            assert!(unwrap(&master, another, &wrapped).is_none(), "{another:?}");
        }
        assert_ne!(wrap(&master, &later, &key), wrapped);
        let longer = SubjectRow {
            retain_until: Timestamp::from_millis(9),
            ..subject()
        };
        assert!(
            unwrap(&master, &longer, &wrapped).is_some(),
            "it may be kept longer"
        );
    }

    #[test]
    fn a_record_opens_with_nothing_about_it_changed() {
        let key = SubjectKey::from_bytes([9; 32]);
        let content = PrivateContent::Text("13800000000".into());
        let sealed = seal(&key, &row(), &content);
        assert_eq!(open(&key, &row(), &sealed), Some(content));
        assert!(!sealed.windows(5).any(|bytes| bytes == b"13800"));
        assert_eq!(
            open(&SubjectKey::from_bytes([8; 32]), &row(), &sealed),
            None
        );
        let changes: [fn(&mut PrivateRow); 8] = [
            |row| row.id = PrivateRecordId::from_bytes([6; 16]),
            |row| row.document = DocumentId::from_bytes([6; 16]),
            |row| row.subject = SubjectId::from_bytes([6; 16]),
            |row| row.number = 2,
            |row| row.kind = PrivateKind::Resident,
            |row| row.author = "worker-putian-2".parse().unwrap(),
            |row| row.made_at = Timestamp::from_millis(8),
            |row| row.received_at = Timestamp::from_millis(8),
        ];
        for (number, change) in changes.iter().enumerate() {
            let mut changed = row();
            change(&mut changed);
            assert_eq!(open(&key, &changed, &sealed), None, "{number}");
        }
        for index in 0..sealed.len() {
            let mut bent = sealed.clone();
            bent[index] ^= 1;
            assert_eq!(open(&key, &row(), &bent), None, "byte {index}");
        }
    }
}
