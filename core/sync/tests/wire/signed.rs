//! What is signed, and how an answer is framed.

use std::collections::BTreeSet;

use xunge_documents::change_parts::ChangeHash;
use xunge_domain::ids::{Digest, DocumentId, InstallationId};
use xunge_sync::keys::{Signer as _, SoftwareKey};
use xunge_sync::wire::{
    Ending, Frame, FrameReader, FrameWriter, PartPlace, column_origin_message, document_digest,
    origin_message, part_origin_message, push_digest, server_change_message, unpack,
};

use crate::samples::frames;

/// Digest of a push, what a device signs over it, what the hub signs over a change of its own.
const SIGNED: &str = concat!(
    "b8ee488373b6141526993acfc6c27e54152332fd80488fb694e3dbc47b9e6ac3",
    "78756e6765206f726967696e01010101010101010101010101010101b8ee4883",
    "73b6141526993acfc6c27e54152332fd80488fb694e3dbc47b9e6ac378756e67",
    "652072756c696e67090909090909090909090909090909090101010101010101",
    "010101010101010101010101010101010101010101010101",
);

const fn hash(number: u8) -> ChangeHash {
    ChangeHash([number; 32])
}

/// What is signed: a changed byte here makes every signature of the past invalid.
#[test]
fn what_is_signed_is_as_ever() {
    let (document, installation) = (
        DocumentId::from_bytes([9; 16]),
        InstallationId::from_bytes([1; 16]),
    );
    let hashes = [hash(1), hash(2)];
    let digest: Digest = push_digest([(document, &hashes[..])]);
    let signed = [
        digest.as_bytes().to_vec(),
        origin_message(&installation, &digest),
        server_change_message(&document, &hash(1)),
    ]
    .concat();
    assert_eq!(data_encoding::HEXLOWER.encode(&signed), SIGNED);

    // In columns: the digest of each document, sorted.
    let other = DocumentId::from_bytes([8; 16]);
    let digests = BTreeSet::from([
        document_digest(document, &hashes),
        document_digest(other, &hashes[..1]),
    ]);
    assert!(digests.contains(&digest));
    let sorted: Vec<u8> = digests
        .iter()
        .flat_map(|digest| *digest.as_bytes())
        .collect();
    let expected = [
        b"xunge origin columns".as_slice(),
        &[1; 16],
        Digest::of(&sorted).as_bytes(),
    ]
    .concat();
    assert_eq!(column_origin_message(&installation, &digests), expected);

    // A part of a push says its place as well.
    let place = PartPlace {
        nonce: [3; 16],
        number: 258,
    };
    let expected = [
        b"xunge origin part".as_slice(),
        &[3; 16],
        &[0, 0, 1, 2],
        &[1; 16],
        Digest::of(&sorted).as_bytes(),
    ]
    .concat();
    assert_eq!(
        part_origin_message(&installation, &digests, place),
        expected
    );
}

/// The envelope, taken apart by hand: length, payload, signature over nonce, place and payload.
#[test]
fn an_answer_is_framed_as_described() {
    let key = SoftwareKey::from_bytes(&[7; 32]).unwrap();
    let nonce = [3; 16];
    let mut writer = FrameWriter::new(&key, nonce);
    let frames: Vec<Frame> = frames()
        .into_iter()
        .map(|(_, frame)| frame)
        .take(3)
        .collect();
    frames.iter().for_each(|frame| writer.push(frame));
    let body = writer.finish();
    let mut rest = body.as_slice();
    for (index, frame) in (0_u32..).zip(&frames) {
        let (length, after) = rest.split_at(4);
        let length = u32::from_be_bytes(length.try_into().unwrap()) as usize;
        let (payload, after) = after.split_at(length);
        let (signature, after) = after.split_at(64);
        assert_eq!(unpack::<Frame>(payload).as_ref(), Ok(frame));
        let message = [b"xunge frame", &nonce[..], &index.to_be_bytes(), payload].concat();
        assert!(key.public_key().verifies(&message, signature));
        rest = after;
    }
    assert!(rest.is_empty());
    let reading = FrameReader::new(key.public_key(), nonce).read(&body);
    assert_eq!((reading.frames, reading.ending), (frames, Ending::Complete));
}

/// Frames cannot be left out, doubled or swapped.
#[test]
fn frames_in_another_order_are_foreign() {
    let key = SoftwareKey::from_bytes(&[7; 32]).unwrap();
    let nonce = [3; 16];
    let mut ends = vec![0];
    let mut writer = FrameWriter::new(&key, nonce);
    let frames: Vec<Frame> = frames()
        .into_iter()
        .map(|(_, frame)| frame)
        .take(3)
        .collect();
    for upto in 1..=3 {
        let mut prefix = FrameWriter::new(&key, nonce);
        frames[..upto].iter().for_each(|frame| prefix.push(frame));
        ends.push(prefix.finish().len());
    }
    frames.iter().for_each(|frame| writer.push(frame));
    let body = writer.finish();
    let part = |index: usize| &body[ends[index]..ends[index + 1]];
    for order in [&[1, 0, 2][..], &[0, 0, 1, 2], &[0, 2], &[2], &[0, 1, 1, 2]] {
        let mixed: Vec<u8> = order
            .iter()
            .flat_map(|index| part(*index))
            .copied()
            .collect();
        let reading = FrameReader::new(key.public_key(), nonce).read(&mixed);
        assert_eq!(reading.ending, Ending::Foreign, "{order:?}");
    }
}
