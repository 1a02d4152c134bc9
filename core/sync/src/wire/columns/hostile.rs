//! What somebody could send who writes batches by hand, or bends the columns inside the compression.

use xunge_documents::change_parts::leb128::write_unsigned;
use xunge_documents::change_parts::{ActorId, ChangeParts, Column, ColumnSpec, rebuild};
use xunge_domain::ids::DocumentId;

use super::compression::{compress, decompress};
use super::digest::of_batch;
use super::encode::{assemble, check_size, seal};
use super::streams::{Stream, StreamsWriter};
use super::*;
use crate::wire::PushedChange;

/// A batch of these streams, under the digest of no document at all.
fn batch(streams: StreamsWriter) -> Vec<u8> {
    seal(streams, &[], Effort::Quick).unwrap()
}

fn with_documents(count: u64, changes: u64) -> StreamsWriter {
    let mut streams = StreamsWriter::new();
    streams.number(Stream::Documents, count);
    for _ in 0..count.min(DOCUMENTS_MAX as u64) {
        streams.of(Stream::Documents).push(0);
        streams.number(Stream::Documents, changes);
        streams.number(Stream::Documents, BASE_NEW);
        streams.of(Stream::DocumentTails).extend([7; 10]);
    }
    streams
}

#[test]
fn counts_are_refused_before_anything_is_reserved() {
    for count in [DOCUMENTS_MAX as u64 + 1, u64::MAX] {
        let refused = decode(&batch(with_documents(count, 0)), &Fresh);
        assert_eq!(refused, Err(ColumnsError::TooMany));
    }
    for changes in [CHANGES_MAX as u64 + 1, u64::MAX] {
        let refused = decode(&batch(with_documents(1, changes)), &Fresh);
        assert_eq!(refused, Err(ColumnsError::TooMany));
    }
    let unread = decode(&batch(with_documents(1, CHANGES_MAX as u64)), &Fresh);
    assert_eq!(unread, Err(ColumnsError::Truncated));
}

#[test]
fn a_stream_that_is_not_used_up_is_refused() {
    for stream in [Stream::Documents, Stream::Text, Stream::Nonces] {
        let mut streams = with_documents(1, 0);
        streams.of(stream).push(b'x');
        let refused = decode(&batch(streams), &Fresh);
        assert_eq!(refused, Err(ColumnsError::Unused), "{stream:?}");
    }
}

/// A change of 250,000 texts, each of which is a reference of two bytes on the wire.
fn many_texts(texts: usize) -> BatchDocument {
    let (mut metas, mut values) = (Vec::new(), Vec::new());
    xunge_documents::change_parts::leb128::write_signed(&mut metas, -(texts as i64));
    for _ in 0..texts {
        write_unsigned(&mut metas, 40 << 4 | 6);
        values.extend([b'a'; 40]);
    }
    let column = |spec, data| Column { spec, data };
    let raw = rebuild(&ChangeParts {
        dependencies: vec![],
        actor: ActorId([1; 16]),
        sequence: 1,
        start_op: 1,
        time: 0,
        message: None,
        other_actors: vec![],
        columns: vec![
            column(ColumnSpec::VALUE_META, &metas),
            column(ColumnSpec::VALUE, &values),
        ],
        extra: &[],
    });
    BatchDocument {
        document: DocumentId::from_bytes([3; 16]),
        base: Base::New,
        changes: vec![PushedChange {
            bytes: raw.into(),
            signature: None,
        }],
    }
}

#[test]
fn a_small_batch_does_not_grow_without_end() {
    let names = ActorNames::default();
    // 40 bytes of text and two of meta each.
    let fits = [many_texts(REBUILT_BYTES_MAX / 42 - 10)];
    assert_eq!(check_size(&fits), Ok(()));
    let sent = assemble(&fits, &names, Effort::Quick).unwrap();
    assert!(sent.len() < 4_096);
    assert_eq!(decode(&sent, &Fresh).unwrap().documents.len(), 1);

    let over = [many_texts(REBUILT_BYTES_MAX / 42 + 10)];
    assert_eq!(check_size(&over), Err(ColumnsError::TooLarge));
    let sent = assemble(&over, &names, Effort::Quick).unwrap();
    assert_eq!(decode(&sent, &Fresh), Err(ColumnsError::TooLarge));
}

#[test]
fn the_size_of_a_batch_is_checked_to_the_byte() {
    let document = |bytes: usize| BatchDocument {
        document: DocumentId::from_bytes([3; 16]),
        base: Base::New,
        changes: vec![
            PushedChange {
                bytes: vec![0; bytes / 2].into(),
                signature: None,
            };
            2
        ],
    };
    assert_eq!(check_size(&[document(REBUILT_BYTES_MAX)]), Ok(()));
    assert_eq!(
        check_size(&[document(REBUILT_BYTES_MAX + 2)]),
        Err(ColumnsError::TooLarge)
    );
}

/// Two documents, the second on agreed heads, as bytes before compression and beside it.
fn sample() -> (Vec<u8>, Vec<u8>) {
    let edit = |case: &mut xunge_documents::Document, author: u8, number: u8| {
        let id = xunge_domain::ids::IntentId::from_bytes([number; 15]);
        let at = xunge_domain::time::Timestamp::from_millis(1_764_000_000_000);
        let note = xunge_domain::case::Note {
            author: "worker-putian".parse().unwrap(),
            at,
            text: "路面破损，约两平方米".into(),
        };
        let intent = xunge_documents::Intent {
            id,
            at,
            edits: vec![
                xunge_documents::Edit::Title(format!("井盖松动 {number}")),
                xunge_documents::Edit::Description("商都路北侧".into()),
                xunge_documents::Edit::Comment(id, note),
            ],
        };
        case.apply_intent(ActorId([author; 16]), &intent)
            .unwrap()
            .unwrap()
    };
    let mut case = xunge_documents::Document::new();
    let changes = [
        edit(&mut case, 1, 1),
        edit(&mut case, 2, 2),
        edit(&mut case, 1, 3),
    ];
    let pushed = |change: &xunge_documents::NewChange| PushedChange {
        bytes: change.bytes.clone().into(),
        signature: Some([5; 64].into()),
    };
    let document = |base, changes: &[xunge_documents::NewChange]| BatchDocument {
        document: DocumentId::from_bytes([3; 16]),
        base,
        changes: changes.iter().map(pushed).collect(),
    };
    let agreed = Agreed {
        heads: vec![changes[1].hash],
        ..Agreed::default()
    };
    let documents = [
        document(Base::New, &changes),
        document(Base::Agreed(agreed), &changes[2..]),
        document(Base::Explicit, &changes[1..]),
    ];
    let sent = assemble(&documents, &ActorNames::default(), Effort::Quick).unwrap();
    let mut reader = xunge_documents::change_parts::leb128::Reader::new(&sent[1..sent.len() - 32]);
    let length = reader.unsigned().unwrap();
    let plain = decompress(reader.take(length).unwrap()).unwrap();
    (plain, reader.take_rest().to_vec())
}

fn framed(plain: &[u8], loose: &[u8]) -> Vec<u8> {
    let packed = compress(plain, Effort::Quick).unwrap();
    let mut bytes = vec![LAYOUT];
    write_unsigned(&mut bytes, packed.len() as u64);
    bytes.extend(packed);
    bytes.extend(loose);
    let digest = of_batch(&bytes, &[]);
    bytes.extend(digest);
    bytes
}

/// Knows heads for everybody who asks.
struct Anything;

impl DecodeContext for Anything {
    fn agreed(&self, _: &DocumentId, _: [u8; 4]) -> Option<Agreed> {
        Some(Agreed {
            heads: vec![ChangeHash([1; 32]), ChangeHash([2; 32])],
            authors: vec![],
            highest_op: 9,
        })
    }
}

/// Every byte in front of the compressor and beside it, bent in many ways: read to an end and refused.
#[test]
fn bent_columns_are_refused() {
    let (plain, loose) = sample();
    let refused = |plain: &[u8], loose: &[u8]| {
        let batch = framed(plain, loose);
        for context in [&Fresh as &dyn DecodeContext, &Anything] {
            assert!(decode(&batch, context).is_err());
        }
    };
    for place in 0..plain.len() {
        for mask in [1, 2, 4, 0x3f, 0x40, 0x80, 0xff] {
            let mut bent = plain.clone();
            bent[place] ^= mask;
            refused(&bent, &loose);
        }
        refused(&plain[..place], &loose);
    }
    for place in 0..loose.len() {
        for mask in [1, 0x80, 0xff] {
            let mut bent = loose.clone();
            bent[place] ^= mask;
            refused(&plain, &bent);
        }
        refused(&plain, &loose[..place]);
    }
}
