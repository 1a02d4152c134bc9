//! From a batch to changes. First everything is read, which needs no knowledge of any document; then each document is
//! put together on its base. So a base that is not known here costs one document, never the batch.

use std::borrow::Cow;
use std::collections::HashMap;

use minicbor::bytes::ByteArray;
use xunge_documents::change_parts::leb128::Reader;
use xunge_documents::change_parts::{
    ActorId, ChangeHash, ChangeParts, Column, ColumnSpec, hash, rebuild_with_hash, split,
};
use xunge_domain::ids::DocumentId;

use super::compression::decompress;
use super::digest::{CHECK_BYTES, DIGEST_BYTES, DocumentDigest, of_batch, of_raw, shortened};
use super::encode::{HEADS, HEADS_AND_PREVIOUS, HEADS_THEN_PREVIOUS, LISTED, id_time, kind};
use super::names::{Name, Names};
use super::streams::{PLAIN_COLUMNS, Stream, StreamsReader, read_text};
use super::tables::{Budget, Place, Tables};
use super::track::{Dependencies, Dependency, Track};
use super::{
    BASE_AGREED, BASE_NEW, BASE_SPELLED, CHANGES_MAX, ColumnsError, DOCUMENTS_MAX, DecodeContext,
    DecodedBatch, LAYOUT, REBUILT_BYTES_MAX, keys, values,
};
use crate::wire::{PushedChange, PushedDocument};

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
    let mut parser = Parser {
        streams: StreamsReader::new(&plain, loose, &text)?,
        names: Names::new(),
        tables: Tables::default(),
        budget: Budget::new(REBUILT_BYTES_MAX),
    };
    let documents = parser.batch()?;
    let mut batch = DecodedBatch {
        documents: Vec::new(),
        unresolved: Vec::new(),
    };
    let mut digests = Vec::new();
    for document in documents {
        let id = document.id;
        match put_together(document, context, &mut parser.budget)? {
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
    columns: Vec<(ColumnSpec, Cow<'a, [u8]>)>,
}

struct Parser<'a> {
    streams: StreamsReader<'a>,
    names: Names,
    tables: Tables,
    budget: Budget,
}

impl<'a> Parser<'a> {
    fn batch(&mut self) -> Result<Vec<Document<'a>>, ColumnsError> {
        let mut documents = self.documents()?;
        let mut open: Vec<&mut Document<'a>> = documents.iter_mut().collect();
        loop {
            open.retain(|document| document.changes.len() < document.count);
            if open.is_empty() {
                break;
            }
            for document in &mut open {
                let change = self.change(document)?;
                document.changes.push(change);
            }
        }
        for document in &mut documents {
            if let BaseSent::Agreed { digest, .. } = &mut document.base {
                *digest = self.streams.from(Stream::Checks).array()?;
            }
        }
        self.streams.finish()?;
        Ok(documents)
    }

    fn documents(&mut self) -> Result<Vec<Document<'a>>, ColumnsError> {
        let count = self.streams.number(Stream::Documents)?;
        let count = usize::try_from(count).map_err(|_| ColumnsError::TooMany)?;
        if count > DOCUMENTS_MAX {
            return Err(ColumnsError::TooMany);
        }
        let mut changes_left = CHANGES_MAX;
        let mut before = 0_i64;
        let mut documents = Vec::with_capacity(count);
        for _ in 0..count {
            let delta = self.streams.from(Stream::Documents).signed()?;
            before = before.wrapping_add(delta);
            let id = self.id(before)?;
            let changes = self.streams.number(Stream::Documents)?;
            let changes = usize::try_from(changes).map_err(|_| ColumnsError::TooMany)?;
            changes_left = changes_left
                .checked_sub(changes)
                .ok_or(ColumnsError::TooMany)?;
            let base = self.base()?;
            documents.push(Document {
                id,
                base,
                count: changes,
                changes: Vec::new(),
                intents: Vec::new(),
                time: id_time(id.as_bytes()),
            });
        }
        Ok(documents)
    }

    fn id(&mut self, time: i64) -> Result<DocumentId, ColumnsError> {
        let [0, 0, a, b, c, d, e, f] = time.to_be_bytes() else {
            return Err(ColumnsError::Meaning);
        };
        let tail: [u8; 10] = self.streams.from(Stream::DocumentTails).array()?;
        let [g, h, i, j, k, l, m, n, o, p] = tail;
        Ok(DocumentId::from_bytes([
            a, b, c, d, e, f, g, h, i, j, k, l, m, n, o, p,
        ]))
    }

    fn base(&mut self) -> Result<BaseSent, ColumnsError> {
        match self.streams.number(Stream::Documents)? {
            BASE_NEW => Ok(BaseSent::New),
            BASE_AGREED => Ok(BaseSent::Agreed {
                check: self.streams.from(Stream::Checks).array()?,
                digest: [0; CHECK_BYTES],
            }),
            BASE_SPELLED => {
                let mut hashes = Vec::new();
                for _ in 0..self.streams.number(Stream::Rare)? {
                    hashes.push(ChangeHash(self.streams.from(Stream::Hashes).array()?));
                }
                Ok(BaseSent::Spelled(hashes))
            }
            _ => Err(ColumnsError::Meaning),
        }
    }

    fn change(&mut self, document: &mut Document<'a>) -> Result<Change<'a>, ColumnsError> {
        let kind = self.streams.from(Stream::Kinds).byte()?;
        let raw = kind & kind::RAW != 0;
        if kind & !kind::ALL != 0 || (raw && kind & (kind::MESSAGE | kind::EXTRA) != 0) {
            return Err(ColumnsError::Meaning);
        }
        let body = if raw {
            let bytes = self.rare()?;
            self.budget.spend(bytes.len())?;
            Body::Raw(bytes)
        } else {
            Body::Parts(Box::new(self.parts(document, kind)?))
        };
        let signature = if kind & kind::SIGNED == 0 {
            None
        } else {
            let bytes: [u8; 64] = self.streams.from(Stream::Signatures).array()?;
            Some(bytes.into())
        };
        Ok(Change { body, signature })
    }

    fn rare(&mut self) -> Result<&'a [u8], ColumnsError> {
        let length = self.streams.number(Stream::Rare)?;
        Ok(self.streams.from(Stream::Rare).take(length)?)
    }

    fn parts(&mut self, document: &mut Document<'a>, kind: u8) -> Result<Parts<'a>, ColumnsError> {
        let author = self.names.read(&mut self.streams)?;
        let mut other_actors = Vec::new();
        for _ in 0..self.streams.number(Stream::Actors)? {
            self.budget.spend(ActorId::LENGTH)?;
            other_actors.push(self.names.read(&mut self.streams)?);
        }
        let dependencies = self.dependencies()?;
        let sequence = self.streams.from(Stream::Sequences).signed()?;
        let start_op = self.streams.from(Stream::Starts).signed()?;
        let delta = self.streams.from(Stream::Times).signed()?;
        let time = document.time.wrapping_add(delta);
        document.time = time;
        let message = if kind & kind::MESSAGE == 0 {
            None
        } else {
            let bytes = self.rare()?;
            self.budget.spend(bytes.len())?;
            Some(std::str::from_utf8(bytes).map_err(|_| ColumnsError::Meaning)?)
        };
        let extra = if kind & kind::EXTRA == 0 {
            &[]
        } else {
            self.rare()?
        };
        self.budget.spend(extra.len())?;
        let mut place = Place {
            document: document.id.as_bytes(),
            intents: &mut document.intents,
            time,
        };
        Ok(Parts {
            author,
            other_actors,
            dependencies,
            sequence,
            start_op,
            time,
            message,
            extra,
            columns: self.columns(&mut place)?,
        })
    }

    fn dependencies(&mut self) -> Result<Dependencies, ColumnsError> {
        let code = self.streams.number(Stream::Dependencies)?;
        match code {
            HEADS_THEN_PREVIOUS => return Ok(Dependencies::HeadsThenPrevious),
            HEADS => return Ok(Dependencies::Heads),
            HEADS_AND_PREVIOUS => return Ok(Dependencies::HeadsAndPrevious),
            _ => {}
        }
        let mut listed = Vec::new();
        for _ in LISTED..code {
            self.budget.spend(ChangeHash::LENGTH)?;
            listed.push(match self.streams.number(Stream::Dependencies)? {
                0 => Dependency::Spelled(ChangeHash(self.streams.from(Stream::Hashes).array()?)),
                distance => Dependency::Back(distance),
            });
        }
        Ok(Dependencies::Listed(listed))
    }

    fn columns(
        &mut self,
        place: &mut Place<'_>,
    ) -> Result<Vec<(ColumnSpec, Cow<'a, [u8]>)>, ColumnsError> {
        let mask = self.streams.number(Stream::Masks)?;
        if mask >> ColumnSpec::ALL.len() != 0 {
            return Err(ColumnsError::Meaning);
        }
        let present: Vec<ColumnSpec> = ColumnSpec::ALL
            .into_iter()
            .enumerate()
            .filter_map(|(bit, spec)| (mask >> bit & 1 == 1).then_some(spec))
            .collect();
        let mut columns = Vec::with_capacity(present.len());
        for (index, spec) in PLAIN_COLUMNS.into_iter().enumerate() {
            if present.contains(&spec) {
                let length = self.streams.number(Stream::ColumnLengths)?;
                let column = self.streams.from_column(index).take(length)?;
                self.budget.spend(column.len())?;
                columns.push((spec, Cow::Borrowed(column)));
            }
        }
        let (streams, tables, budget) = (&mut self.streams, &mut self.tables, &mut self.budget);
        if present.contains(&ColumnSpec::KEY_TEXT) {
            let keys = keys::read(streams, tables, place, budget)?;
            columns.push((ColumnSpec::KEY_TEXT, Cow::Owned(keys)));
        }
        if present.contains(&ColumnSpec::VALUE_META) {
            let (metas, values) = values::read(streams, tables, place, budget)?;
            columns.push((ColumnSpec::VALUE_META, Cow::Owned(metas)));
            if !values.is_empty() {
                columns.push((ColumnSpec::VALUE, Cow::Owned(values)));
            }
        }
        columns.sort_by_key(|(spec, _)| *spec);
        let found = columns.iter().map(|(spec, _)| *spec);
        let as_promised = found.eq(present.iter().copied())
            && columns.iter().all(|(_, column)| !column.is_empty());
        if as_promised {
            Ok(columns)
        } else {
            Err(ColumnsError::Meaning)
        }
    }
}

enum Outcome {
    /// Its base is not known here.
    Unresolved,
    /// It needed nothing; the digest of the batch covers it.
    Alone(PushedDocument, [u8; DIGEST_BYTES]),
    /// Its own digest fits.
    OnAgreed(PushedDocument),
}

fn put_together(
    document: Document<'_>,
    context: &dyn DecodeContext,
    budget: &mut Budget,
) -> Result<Outcome, ColumnsError> {
    let (id, tag) = (document.id, document.base.tag());
    let (track, expected) = match document.base {
        BaseSent::New => (Track::new_document(), None),
        BaseSent::Spelled(hashes) => (Track::spelled(hashes), None),
        BaseSent::Agreed { check, digest } => match context.agreed(&id, check) {
            Some(agreed) => (Track::agreed(&agreed), Some(digest)),
            None => return Ok(Outcome::Unresolved),
        },
    };
    let mut rebuilder = Rebuilder {
        id,
        track,
        actors: HashMap::new(),
        budget,
    };
    let mut digest = DocumentDigest::new(&id, tag, document.changes.len());
    let mut changes = Vec::with_capacity(document.changes.len());
    for change in document.changes {
        match rebuilder.change(change) {
            Ok((hash, change)) => {
                digest.add(&hash, &change);
                changes.push(change);
            }
            // On a wrong base nothing needs to make sense.
            Err(ColumnsError::Meaning) if expected.is_some() => return Ok(Outcome::Unresolved),
            Err(error) => return Err(error),
        }
    }
    let digest = digest.finish();
    let changes = PushedDocument {
        document: id,
        changes,
    };
    Ok(match expected {
        None => Outcome::Alone(changes, digest),
        Some(expected) if expected == shortened(&digest) => Outcome::OnAgreed(changes),
        Some(_) => Outcome::Unresolved,
    })
}

struct Rebuilder<'a> {
    id: DocumentId,
    track: Track,
    actors: HashMap<Name, ActorId>,
    budget: &'a mut Budget,
}

impl Rebuilder<'_> {
    fn actor(&mut self, name: Name) -> ActorId {
        let id = &self.id;
        *self.actors.entry(name).or_insert_with(|| name.actor(id))
    }

    /// The change, and what stands for it in the digest.
    fn change(&mut self, change: Change<'_>) -> Result<(ChangeHash, PushedChange), ColumnsError> {
        let signature = change.signature;
        let (hash, bytes) = match change.body {
            Body::Parts(parts) => self.parts(&parts)?,
            Body::Raw(raw) => {
                if let (Ok(hash), Ok(parts)) = (hash(raw), split(raw)) {
                    self.track.note(&parts, hash);
                }
                (of_raw(raw), raw.to_vec())
            }
        };
        let bytes = bytes.into();
        Ok((hash, PushedChange { bytes, signature }))
    }

    fn parts(&mut self, sent: &Parts<'_>) -> Result<(ChangeHash, Vec<u8>), ColumnsError> {
        let actor = self.actor(sent.author);
        let expected = self.track.expect(&actor);
        let dependencies = self
            .track
            .expand(&sent.dependencies, &actor)
            .ok_or(ColumnsError::Meaning)?;
        // Listed ones are paid for.
        if !matches!(sent.dependencies, Dependencies::Listed(_)) {
            self.budget.spend(dependencies.len() * ChangeHash::LENGTH)?;
        }
        let parts = ChangeParts {
            dependencies,
            actor,
            sequence: expected.sequence.wrapping_add_signed(sent.sequence),
            start_op: expected.start_op.wrapping_add_signed(sent.start_op),
            time: sent.time,
            message: sent.message,
            other_actors: sent
                .other_actors
                .iter()
                .map(|name| self.actor(*name))
                .collect(),
            columns: sent
                .columns
                .iter()
                .map(|(spec, data)| Column { spec: *spec, data })
                .collect(),
            extra: sent.extra,
        };
        if parts.sequence == 0 || parts.start_op == 0 {
            return Err(ColumnsError::Meaning);
        }
        let (bytes, hash) = rebuild_with_hash(&parts);
        self.track.note(&parts, hash);
        Ok((hash, bytes))
    }
}
