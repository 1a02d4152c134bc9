//! From changes to a batch.

use std::collections::HashSet;

use xunge_documents::change_parts::leb128::{write_signed, write_unsigned};
use xunge_documents::change_parts::{ChangeHash, ChangeParts, ColumnSpec, hash, split};
use xunge_documents::schema::opened_kind;
use xunge_domain::document_kind::DocumentKind;

use super::compression::compress;
use super::digest::{DocumentDigest, heads_check, of_batch, of_raw, shortened};
use super::names::Names;
use super::streams::{PLAIN_COLUMNS, Stream, StreamsWriter};
use super::tables::{Place, Tables};
use super::track::{Dependencies, Dependency, Track};
use super::{
    ActorNames, BASE_AGREED, BASE_NEW, BASE_SPELLED, Base, BatchDocument, CHANGES_MAX,
    ColumnsError, DOCUMENTS_MAX, Effort, LAYOUT, REBUILT_BYTES_MAX, keys, values,
};
use crate::wire::PushedChange;

/// What a change carries.
pub(super) mod kind {
    pub(crate) const RAW: u8 = 1;
    pub(crate) const SIGNED: u8 = 2;
    pub(crate) const MESSAGE: u8 = 4;
    pub(crate) const EXTRA: u8 = 8;
    pub(crate) const ALL: u8 = 15;
}

/// How dependencies travel; a list of them is its length plus this.
pub(super) const HEADS_THEN_PREVIOUS: u64 = 0;
pub(super) const HEADS: u64 = 1;
pub(super) const HEADS_AND_PREVIOUS: u64 = 2;
pub(super) const LISTED: u64 = 3;

/// Encodes a batch. Whatever bytes the changes are, they come out again; what is no change of ours travels as it is.
///
/// # Errors
/// More documents, changes or bytes than a receiver takes: make two batches of it.
pub fn encode(
    documents: &[BatchDocument],
    names: &ActorNames,
    effort: Effort,
) -> Result<Vec<u8>, ColumnsError> {
    check_size(documents)?;
    assemble(documents, names, effort)
}

pub(super) fn assemble(
    documents: &[BatchDocument],
    names: &ActorNames,
    effort: Effort,
) -> Result<Vec<u8>, ColumnsError> {
    let mut encoder = Encoder {
        out: StreamsWriter::new(),
        names: Names::new(),
        known: names,
        tables: Tables::default(),
    };
    let mut states = encoder.documents(documents);
    encoder.rounds(documents, &mut states)?;
    let mut digests = Vec::new();
    for (document, state) in documents.iter().zip(states) {
        let digest = state.digest.finish();
        if matches!(document.base, Base::Agreed(_)) {
            encoder
                .out
                .of(Stream::Checks)
                .extend_from_slice(&shortened(&digest));
        } else {
            digests.push(digest);
        }
    }
    seal(encoder.out, &digests, effort)
}

pub(super) fn check_size(documents: &[BatchDocument]) -> Result<(), ColumnsError> {
    let changes = || documents.iter().flat_map(|document| &document.changes);
    if documents.len() > DOCUMENTS_MAX || changes().count() > CHANGES_MAX {
        return Err(ColumnsError::TooMany);
    }
    let bytes: usize = changes().map(|change| change.bytes.len()).sum();
    if bytes > REBUILT_BYTES_MAX {
        return Err(ColumnsError::TooLarge);
    }
    Ok(())
}

pub(super) fn seal(
    streams: StreamsWriter,
    digests: &[[u8; 32]],
    effort: Effort,
) -> Result<Vec<u8>, ColumnsError> {
    let (plain, loose) = streams.finish()?;
    let packed = compress(&plain, effort)?;
    let mut batch = vec![LAYOUT];
    write_unsigned(&mut batch, packed.len() as u64);
    batch.extend_from_slice(&packed);
    batch.extend_from_slice(&loose);
    let digest = of_batch(&batch, digests);
    batch.extend_from_slice(&digest);
    Ok(batch)
}

/// A document while its changes are written.
struct State {
    track: Track,
    digest: DocumentDigest,
    intents: Vec<[u8; 15]>,
    time: i64,
}

struct Encoder<'a> {
    out: StreamsWriter,
    names: Names,
    known: &'a ActorNames,
    tables: Tables,
}

/// The time a document id begins with; any number will do for an id that begins with none.
pub(super) fn id_time(id: &[u8; 16]) -> i64 {
    let [a, b, c, d, e, f, ..] = *id;
    i64::from_be_bytes([0, 0, a, b, c, d, e, f])
}

impl Encoder<'_> {
    fn documents(&mut self, documents: &[BatchDocument]) -> Vec<State> {
        self.out.number(Stream::Documents, documents.len() as u64);
        let mut before = 0;
        let mut states = Vec::with_capacity(documents.len());
        for document in documents {
            let id = document.document.as_bytes();
            let time = id_time(id);
            write_signed(self.out.of(Stream::Documents), time - before);
            before = time;
            let (_, tail) = id.split_at(6);
            self.out.of(Stream::DocumentTails).extend_from_slice(tail);
            let changes = document.changes.len();
            self.out.number(Stream::Documents, changes as u64);
            let (base, track) = self.base(document);
            states.push(State {
                track,
                digest: DocumentDigest::new(&document.document, base, changes),
                intents: Vec::new(),
                time,
            });
        }
        states
    }

    fn base(&mut self, document: &BatchDocument) -> (u64, Track) {
        let (base, track) = match &document.base {
            Base::New if opens_a_case(&document.changes) => (BASE_NEW, Track::new_document()),
            Base::Agreed(agreed) => {
                let check = heads_check(&document.document, &agreed.heads);
                self.out.of(Stream::Checks).extend_from_slice(&check);
                (BASE_AGREED, Track::agreed(agreed))
            }
            // The layout knows one genesis; that of another kind is spelled out, and every reader reads it.
            Base::New | Base::Explicit => {
                let hashes = outside(&document.changes);
                self.out.number(Stream::Rare, hashes.len() as u64);
                for hash in &hashes {
                    self.out.of(Stream::Hashes).extend_from_slice(&hash.0);
                }
                (BASE_SPELLED, Track::spelled(hashes))
            }
        };
        self.out.number(Stream::Documents, base);
        (base, track)
    }

    /// All first changes, then all second ones, and so on.
    fn rounds(
        &mut self,
        documents: &[BatchDocument],
        states: &mut [State],
    ) -> Result<(), ColumnsError> {
        let mut open: Vec<(&BatchDocument, &mut State)> =
            documents.iter().zip(states.iter_mut()).collect();
        for round in 0.. {
            open.retain(|(document, _)| round < document.changes.len());
            if open.is_empty() {
                break;
            }
            for (document, state) in &mut open {
                if let Some(change) = document.changes.get(round) {
                    self.change(document, state, change)?;
                }
            }
        }
        Ok(())
    }

    fn change(
        &mut self,
        document: &BatchDocument,
        state: &mut State,
        change: &PushedChange,
    ) -> Result<(), ColumnsError> {
        let signed = if change.signature.is_some() {
            kind::SIGNED
        } else {
            0
        };
        let parts = hash(&change.bytes)
            .ok()
            .and_then(|hash| Some((split(&change.bytes).ok()?, hash)));
        match &parts {
            Some((parts, hash)) if fits(parts) => {
                let message = parts.message.map_or(0, |_| kind::MESSAGE);
                let extra = if parts.extra.is_empty() {
                    0
                } else {
                    kind::EXTRA
                };
                self.out.of(Stream::Kinds).push(signed | message | extra);
                self.parts(document, state, parts)?;
                state.digest.add(hash, change);
            }
            _ => {
                self.out.of(Stream::Kinds).push(signed | kind::RAW);
                self.rare(&change.bytes);
                state.digest.add(&of_raw(&change.bytes), change);
            }
        }
        if let Some((parts, hash)) = &parts {
            state.track.note(parts, *hash);
        }
        if let Some(signature) = &change.signature {
            self.out
                .of(Stream::Signatures)
                .extend_from_slice(signature.as_slice());
        }
        Ok(())
    }

    fn rare(&mut self, bytes: &[u8]) {
        self.out.number(Stream::Rare, bytes.len() as u64);
        self.out.of(Stream::Rare).extend_from_slice(bytes);
    }

    fn parts(
        &mut self,
        document: &BatchDocument,
        state: &mut State,
        parts: &ChangeParts<'_>,
    ) -> Result<(), ColumnsError> {
        let id = &document.document;
        self.names.write(self.known, id, parts.actor, &mut self.out);
        self.out
            .number(Stream::Actors, parts.other_actors.len() as u64);
        for other in &parts.other_actors {
            self.names.write(self.known, id, *other, &mut self.out);
        }
        let dependencies = state.track.shorten(&parts.dependencies, &parts.actor);
        self.dependencies(&dependencies);
        let expected = state.track.expect(&parts.actor);
        for (stream, value, expected) in [
            (Stream::Sequences, parts.sequence, expected.sequence),
            (Stream::Starts, parts.start_op, expected.start_op),
        ] {
            // Wrapping on both sides comes back to the same number.
            write_signed(self.out.of(stream), value.wrapping_sub(expected) as i64);
        }
        let time = parts.time.wrapping_sub(state.time);
        write_signed(self.out.of(Stream::Times), time);
        state.time = parts.time;
        if let Some(message) = parts.message {
            self.rare(message.as_bytes());
        }
        if !parts.extra.is_empty() {
            self.rare(parts.extra);
        }
        let mut place = Place {
            document: id.as_bytes(),
            intents: &mut state.intents,
            time: parts.time,
        };
        self.columns(parts, &mut place)
    }

    fn dependencies(&mut self, dependencies: &Dependencies) {
        let code = match dependencies {
            Dependencies::HeadsThenPrevious => HEADS_THEN_PREVIOUS,
            Dependencies::Heads => HEADS,
            Dependencies::HeadsAndPrevious => HEADS_AND_PREVIOUS,
            Dependencies::Listed(listed) => listed.len() as u64 + LISTED,
        };
        self.out.number(Stream::Dependencies, code);
        let Dependencies::Listed(listed) = dependencies else {
            return;
        };
        for dependency in listed {
            match dependency {
                Dependency::Back(distance) => self.out.number(Stream::Dependencies, *distance),
                Dependency::Spelled(hash) => {
                    self.out.number(Stream::Dependencies, 0);
                    self.out.of(Stream::Hashes).extend_from_slice(&hash.0);
                }
            }
        }
    }

    fn columns(
        &mut self,
        parts: &ChangeParts<'_>,
        place: &mut Place<'_>,
    ) -> Result<(), ColumnsError> {
        let mut mask = 0_u64;
        for (bit, spec) in ColumnSpec::ALL.into_iter().enumerate() {
            if !parts.column(spec).is_empty() {
                mask |= 1 << bit;
            }
        }
        self.out.number(Stream::Masks, mask);
        for (index, spec) in PLAIN_COLUMNS.into_iter().enumerate() {
            let column = parts.column(spec);
            if !column.is_empty() {
                self.out.number(Stream::ColumnLengths, column.len() as u64);
                self.out.column(index).extend_from_slice(column);
            }
        }
        let keys = parts.column(ColumnSpec::KEY_TEXT);
        if !keys.is_empty() {
            keys::write(keys, &mut self.out, &mut self.tables, place)?;
        }
        let metas = parts.column(ColumnSpec::VALUE_META);
        if !metas.is_empty() {
            let values = parts.column(ColumnSpec::VALUE);
            values::write(metas, values, &mut self.out, &mut self.tables, place)?;
        }
        Ok(())
    }
}

/// Whether the columns are the kind that is taken apart.
fn fits(parts: &ChangeParts<'_>) -> bool {
    keys::count_segments(parts.column(ColumnSpec::KEY_TEXT)).is_ok()
        && values::count_segments(
            parts.column(ColumnSpec::VALUE_META),
            parts.column(ColumnSpec::VALUE),
        )
        .is_ok()
}

/// Whether these begin at the genesis of a case, or at none that is known.
fn opens_a_case(changes: &[PushedChange]) -> bool {
    let parts = changes.first().and_then(|first| split(&first.bytes).ok());
    let kind = parts.and_then(|parts| opened_kind(&parts.dependencies));
    kind.is_none_or(|kind| kind == DocumentKind::Case)
}

/// What the changes build on that is not among them, in the order in which it is named.
fn outside(changes: &[PushedChange]) -> Vec<ChangeHash> {
    let mut inside: HashSet<ChangeHash> = HashSet::new();
    let mut outside = Vec::new();
    for change in changes {
        let Ok(parts) = split(&change.bytes) else {
            continue;
        };
        for dependency in parts.dependencies {
            if inside.insert(dependency) {
                outside.push(dependency);
            }
        }
        inside.extend(hash(&change.bytes));
    }
    outside
}
