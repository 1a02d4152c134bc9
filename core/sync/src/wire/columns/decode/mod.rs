//! From a batch to changes. First everything is read, which needs no knowledge of any document; then each document is
//! put together on its base. So a base that is not known here costs one document, never the batch.

mod parse;
mod rebuild;

use std::borrow::Cow;

use minicbor::bytes::ByteArray;
use xunge_documents::change_parts::leb128::Reader;
use xunge_documents::change_parts::{ChangeHash, ColumnSpec};
use xunge_domain::ids::DocumentId;

use super::compression::decompress;
use super::digest::{CHECK_BYTES, DIGEST_BYTES, of_batch};
use super::names::Name;
use super::streams::{StreamsReader, read_text};
use super::tables::Budget;
use super::track::Dependencies;
use super::{
    BASE_AGREED, BASE_NEW, BASE_SPELLED, ColumnsError, DecodeContext, DecodedBatch, LAYOUT,
    REBUILT_BYTES_MAX,
};
use parse::parse;
use rebuild::{Outcome, put_together};

/// Decodes a batch: exactly the changes that were encoded, or nothing.
///
/// # Errors
/// Bytes that are no batch, or not the one that was sent.
pub fn decode(bytes: &[u8], context: &dyn DecodeContext) -> Result<DecodedBatch, ColumnsError> {
    let (body, digest) = bytes
        .split_last_chunk::<DIGEST_BYTES>()
        .ok_or(ColumnsError::Truncated)?;
    let mut reader = Reader::new(body);
    if reader.byte()? != LAYOUT {
        return Err(ColumnsError::Meaning);
    }
    let length = reader.unsigned()?;
    let plain = decompress(reader.take(length)?)?;
    let loose = reader.take_rest();
    let text = read_text(&plain, loose)?;
    let mut budget = Budget::new(REBUILT_BYTES_MAX);
    let streams = StreamsReader::new(&plain, loose, &text)?;
    let documents = parse(streams, &mut budget)?;
    let mut batch = DecodedBatch {
        documents: Vec::new(),
        unresolved: Vec::new(),
    };
    let mut digests = Vec::new();
    for document in documents {
        let id = document.id;
        match put_together(document, context, &mut budget)? {
            Outcome::Unresolved => batch.unresolved.push(id),
            Outcome::Alone(changes, digest) => {
                digests.push(digest);
                batch.documents.push(changes);
            }
            Outcome::OnAgreed(changes) => batch.documents.push(changes),
        }
    }
    if of_batch(body, &digests) == *digest {
        Ok(batch)
    } else {
        Err(ColumnsError::Digest)
    }
}

enum BaseSent {
    New,
    Agreed {
        check: [u8; CHECK_BYTES],
        digest: [u8; CHECK_BYTES],
    },
    Spelled(Vec<ChangeHash>),
}

impl BaseSent {
    const fn tag(&self) -> u64 {
        match self {
            Self::New => BASE_NEW,
            Self::Agreed { .. } => BASE_AGREED,
            Self::Spelled(_) => BASE_SPELLED,
        }
    }
}

/// A document as it was read.
struct Document<'a> {
    id: DocumentId,
    base: BaseSent,
    count: usize,
    changes: Vec<Change<'a>>,
    intents: Vec<[u8; 15]>,
    time: i64,
}

struct Change<'a> {
    body: Body<'a>,
    signature: Option<ByteArray<64>>,
}

enum Body<'a> {
    Raw(&'a [u8]),
    Parts(Box<Parts<'a>>),
}

/// A column, borrowed where it travelled as it is.
type SentColumn<'a> = (ColumnSpec, Cow<'a, [u8]>);

struct Parts<'a> {
    author: Name,
    other_actors: Vec<Name>,
    dependencies: Dependencies,
    /// Against what is expected.
    sequence: i64,
    start_op: i64,
    time: i64,
    message: Option<&'a str>,
    extra: &'a [u8],
    columns: Vec<SentColumn<'a>>,
}
