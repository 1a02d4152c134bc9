//! A checkpoint reads back as it was written, and nothing else reads as one.
#![expect(clippy::unwrap_used, reason = "a failing test should stop")]

use p256::ecdsa::signature::{Signer as _, Verifier as _};
use p256::ecdsa::{Signature, SigningKey, VerifyingKey};
use proptest::prelude::*;
use xunge_domain::ids::{Digest, InstallationId};
use xunge_domain::time::Timestamp;
use xunge_evidence::checkpoint::{
    CHECKPOINT_BYTES_MAX, Checkpoint, CheckpointError, KEY_BYTES, Origin, SignedCheckpoint,
};

fn key(number: u8) -> (SigningKey, [u8; KEY_BYTES]) {
    let secret = SigningKey::from_slice(&[number; 32]).unwrap();
    let public = secret.verifying_key().to_sec1_point(true);
    let public = public.as_bytes().try_into().unwrap();
    (secret, public)
}

fn checkpoint() -> Checkpoint {
    Checkpoint {
        origin: Origin::of_hub(&InstallationId::from_bytes([0xab; 16])),
        size: 1207,
        root: Digest::of(b"a root"),
        at: Timestamp::from_millis(1_751_252_400_000),
    }
}

fn signed(checkpoint: Checkpoint) -> SignedCheckpoint {
    let (secret, public) = key(7);
    SignedCheckpoint::sign(checkpoint, &public, |text| {
        let signature: Signature = secret.sign(text);
        signature.to_bytes().into()
    })
}

/// What somebody who knows the log's name and the hub's key makes of a text.
fn read(text: &str) -> Result<Checkpoint, CheckpointError> {
    let (_, public) = key(7);
    let parsed = SignedCheckpoint::parse(text)?;
    parsed
        .verified(&checkpoint().origin, &public, |text, signature| {
            let key = VerifyingKey::from_sec1_bytes(&public).unwrap();
            Signature::from_slice(signature)
                .is_ok_and(|signature| key.verify(text, &signature).is_ok())
        })
        .cloned()
}

#[test]
fn the_text_is_on_file_and_reads_back() {
    let text = signed(checkpoint()).to_text();
    let lines: Vec<&str> = text.lines().collect();
    let origin = "xunge-log/abababababababababababababababab";
    assert_eq!(lines[0], origin);
    assert_eq!(lines[1], "1207");
    assert_eq!(lines[2].len(), 44);
    assert_eq!(lines[3..5], ["time 1751252400000", ""]);
    assert!(lines[5].starts_with(&format!("— {origin} ")));
    assert_eq!((lines.len(), text.ends_with('\n')), (6, true));
    assert_eq!(read(&text), Ok(checkpoint()));
}

#[test]
fn no_bit_may_flip_no_byte_be_missing_and_none_be_added() {
    let text = signed(checkpoint()).to_text();
    for place in 0..text.len() {
        for bit in 0..8 {
            let mut bytes = text.clone().into_bytes();
            bytes[place] ^= 1 << bit;
            if let Ok(bent) = String::from_utf8(bytes) {
                assert!(read(&bent).is_err(), "bit {bit} of byte {place}: {bent}");
            }
        }
        let mut bytes = text.clone().into_bytes();
        bytes.remove(place);
        if let Ok(shorter) = String::from_utf8(bytes) {
            assert!(read(&shorter).is_err(), "without byte {place}: {shorter}");
        }
        for added in ["\n", " ", "0", "+", "\r"] {
            if text.is_char_boundary(place) {
                let mut longer = text.clone();
                longer.insert_str(place, added);
                assert!(read(&longer).is_err(), "{added:?} at {place}: {longer}");
            }
        }
    }
    assert!(read(&text.repeat(2)).is_err());
    assert!(read("").is_err());
}

#[test]
fn each_refusal_has_its_reason() {
    let text = signed(checkpoint()).to_text();
    let other_size = text.replace("1207", "1208");
    assert_eq!(read(&other_size), Err(CheckpointError::Signature));
    let leading_zero = text.replace("1207", "01207");
    assert_eq!(
        read(&leading_zero).unwrap_err().code(),
        "checkpoint_malformed"
    );
    let more = text.replace("time 1", "note\ntime 1");
    assert_eq!(read(&more).unwrap_err().code(), "checkpoint_malformed");
    let (head, signature) = text.split_once("\n\n").unwrap();
    let twice = format!("{head}\n\n{signature}{signature}");
    assert_eq!(read(&twice).unwrap_err().code(), "checkpoint_malformed");
    let elsewhere = Checkpoint {
        origin: Origin::of_hub(&InstallationId::from_bytes([1; 16])),
        ..checkpoint()
    };
    assert_eq!(
        read(&signed(elsewhere).to_text()),
        Err(CheckpointError::OtherLog)
    );
    let (secret, public) = key(8);
    let other_key = SignedCheckpoint::sign(checkpoint(), &public, |text| {
        let signature: Signature = secret.sign(text);
        signature.to_bytes().into()
    });
    assert_eq!(read(&other_key.to_text()), Err(CheckpointError::OtherKey));
    let long = format!("{text}{}", " ".repeat(CHECKPOINT_BYTES_MAX));
    assert_eq!(read(&long), Err(CheckpointError::TooLong));
}

#[test]
fn a_name_is_visible_and_short() {
    for bad in ["", "a b", "a+b", "日志", "a\n", &"a".repeat(129)] {
        assert_eq!(Origin::parse(bad), None, "{bad:?}");
    }
    assert_eq!(
        Origin::parse("hub.example/log").unwrap().as_str(),
        "hub.example/log"
    );
}

proptest! {
    #[test]
    fn any_checkpoint_reads_back(size: u64, root: [u8; 32], at: i64) {
        let told = Checkpoint {
            size,
            root: Digest::from_bytes(root),
            at: Timestamp::from_millis(at),
            ..checkpoint()
        };
        prop_assert_eq!(read(&signed(told.clone()).to_text()), Ok(told));
    }

    #[test]
    fn any_text_is_answered(text in "\\PC{0,200}|([ -~—]{0,50}\n){0,8}") {
        prop_assert!(read(&text).is_err());
    }
}
