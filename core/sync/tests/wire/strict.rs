//! A decoder takes one message and nothing else.

use minicbor::Decode;
use xunge_sync::wire::{EnrolRequest, Frame, PackError, SyncRequest, Verdict, unpack};

use crate::samples::{INSTALLATION, encoded, enrol_request, frames, sync_request};

/// Compresses bytes that may be no message at all.
fn packed(plain: &[u8]) -> Vec<u8> {
    use std::io::Write as _;
    let mut out = Vec::new();
    {
        let mut writer = brotli::CompressorWriter::new(&mut out, 4096, 5, 20);
        writer.write_all(plain).unwrap();
    }
    out
}

fn refused<Message: for<'bytes> Decode<'bytes, ()>>(plain: &[u8]) -> bool {
    matches!(unpack::<Message>(&packed(plain)), Err(PackError::Cbor(_)))
}

fn patched(plain: &[u8], from: &[u8], to: &[u8]) -> Vec<u8> {
    let place = plain
        .windows(from.len())
        .position(|window| window == from)
        .unwrap();
    [&plain[..place], to, &plain[place + from.len()..]].concat()
}

#[test]
fn unknown_tags_are_refused() {
    // An enum is a pair of its tag and its fields.
    for tag in [8, 23] {
        assert!(refused::<Frame>(&[0x82, tag, 0x80]), "frame {tag}");
    }
    for tag in [4, 23] {
        assert!(refused::<Verdict>(&[0x82, tag, 0x80]), "verdict {tag}");
    }
    let (_, enrolled) = frames().remove(5);
    let plain = encoded(&enrolled);
    // The one role of the person: an unknown one is refused, not passed over.
    let named = "普田网格员".as_bytes();
    let roles = [named, &[0x81, 0x00]].concat();
    let unknown = [named, &[0x81, 0x09]].concat();
    assert!(refused::<Frame>(&patched(&plain, &roles, &unknown)));
}

#[test]
fn byte_strings_of_another_length_are_refused() {
    let plain = encoded(&enrol_request());
    for (length, head) in [(16, &[0x50][..]), (33, &[0x58, 33])] {
        let value = if length == 16 { 2 } else { 3 };
        let right = [head, &vec![value; length]].concat();
        for wrong in [length - 1, length + 1] {
            let head = match u8::try_from(wrong).unwrap() {
                short @ 0..=23 => vec![0x40 | short],
                long => vec![0x58, long],
            };
            let wrong = [head, vec![value; wrong]].concat();
            assert!(refused::<EnrolRequest>(&patched(&plain, &right, &wrong)));
        }
    }
}

#[test]
fn ids_that_are_none_are_refused() {
    let plain = encoded(&sync_request());
    for scope in ["city:putian-1", "grid:Putian-1", "grid putian-1"] {
        assert_eq!(scope.len(), "grid:putian-1".len());
        let wrong = patched(&plain, b"grid:putian-1", scope.as_bytes());
        assert!(refused::<SyncRequest>(&wrong), "{scope}");
    }
}

#[test]
fn a_claim_of_a_billion_entries_costs_nothing() {
    // An array whose head promises 2³² - 1 elements, with none behind it.
    let claim = [0x84, 0x50, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0];
    let plain = [&claim[..], &[0x9a, 0xff, 0xff, 0xff, 0xff]].concat();
    assert!(refused::<SyncRequest>(&plain));
    assert!(refused::<EnrolRequest>(&plain));
}

#[test]
fn a_later_version_may_append_fields() {
    // An array that is one longer: what an older peer does not know, it passes over.
    let whole = EnrolRequest {
        former: vec![INSTALLATION],
        ..enrol_request()
    };
    let plain = encoded(&whole);
    assert_eq!(plain[0], 0x85);
    let longer = [&[0x86], &plain[1..], &[0x18, 42]].concat();
    assert_eq!(unpack::<EnrolRequest>(&packed(&longer)), Ok(whole));
    // An earlier one had fewer, down to those that were there at first.
    let plain = encoded(&enrol_request());
    assert_eq!(plain[0], 0x84);
    assert_eq!(unpack::<EnrolRequest>(&packed(&plain)), Ok(enrol_request()));
    let shorter = [&[0x83], &plain[1..plain.len() - 7]].concat();
    assert!(refused::<EnrolRequest>(&shorter));
}
