//! Reads all streams, which needs no knowledge of any document.

use std::borrow::Cow;

use xunge_documents::change_parts::{ActorId, ChangeHash, ColumnSpec};
use xunge_domain::ids::DocumentId;

use super::{BaseSent, Body, Change, Document, Parts, SentColumn};
use crate::wire::columns::digest::CHECK_BYTES;
use crate::wire::columns::encode::{
    HEADS, HEADS_AND_PREVIOUS, HEADS_THEN_PREVIOUS, LISTED, id_time, kind,
};
use crate::wire::columns::names::Names;
use crate::wire::columns::streams::{PLAIN_COLUMNS, Stream, StreamsReader};
use crate::wire::columns::tables::{Budget, Place, Tables};
use crate::wire::columns::track::{Dependencies, Dependency};
use crate::wire::columns::{
    BASE_AGREED, BASE_NEW, BASE_SPELLED, CHANGES_MAX, ColumnsError, DOCUMENTS_MAX, keys, values,
};

/// All documents of a batch, as they were sent.
pub(super) fn parse<'a>(
    streams: StreamsReader<'a>,
    budget: &mut Budget,
) -> Result<Vec<Document<'a>>, ColumnsError> {
    let mut parser = Parser {
        streams,
        names: Names::new(),
        tables: Tables::default(),
        budget,
    };
    parser.batch()
}

struct Parser<'a, 'b> {
    streams: StreamsReader<'a>,
    names: Names,
    tables: Tables,
    budget: &'b mut Budget,
}

impl<'a> Parser<'a, '_> {
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
                *digest = self.streams.of(Stream::Checks).array()?;
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
            let delta = self.streams.of(Stream::Documents).signed()?;
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
        let tail: [u8; 10] = self.streams.of(Stream::DocumentTails).array()?;
        let [g, h, i, j, k, l, m, n, o, p] = tail;
        Ok(DocumentId::from_bytes([
            a, b, c, d, e, f, g, h, i, j, k, l, m, n, o, p,
        ]))
    }

    fn base(&mut self) -> Result<BaseSent, ColumnsError> {
        match self.streams.number(Stream::Documents)? {
            BASE_NEW => Ok(BaseSent::New),
            BASE_AGREED => Ok(BaseSent::Agreed {
                check: self.streams.of(Stream::Checks).array()?,
                digest: [0; CHECK_BYTES],
            }),
            BASE_SPELLED => {
                let mut hashes = Vec::new();
                for _ in 0..self.streams.number(Stream::Rare)? {
                    hashes.push(ChangeHash(self.streams.of(Stream::Hashes).array()?));
                }
                Ok(BaseSent::Spelled(hashes))
            }
            _ => Err(ColumnsError::Meaning),
        }
    }

    fn change(&mut self, document: &mut Document<'a>) -> Result<Change<'a>, ColumnsError> {
        let kind = self.streams.of(Stream::Kinds).byte()?;
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
            let bytes: [u8; 64] = self.streams.of(Stream::Signatures).array()?;
            Some(bytes.into())
        };
        Ok(Change { body, signature })
    }

    fn rare(&mut self) -> Result<&'a [u8], ColumnsError> {
        let length = self.streams.number(Stream::Rare)?;
        Ok(self.streams.of(Stream::Rare).take(length)?)
    }

    fn parts(&mut self, document: &mut Document<'a>, kind: u8) -> Result<Parts<'a>, ColumnsError> {
        let author = self.names.read(&mut self.streams)?;
        let mut other_actors = Vec::new();
        for _ in 0..self.streams.number(Stream::Actors)? {
            self.budget.spend(ActorId::LENGTH)?;
            other_actors.push(self.names.read(&mut self.streams)?);
        }
        let dependencies = self.dependencies()?;
        let sequence = self.streams.of(Stream::Sequences).signed()?;
        let start_op = self.streams.of(Stream::Starts).signed()?;
        let delta = self.streams.of(Stream::Times).signed()?;
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
                0 => Dependency::Spelled(ChangeHash(self.streams.of(Stream::Hashes).array()?)),
                distance => Dependency::Back(distance),
            });
        }
        Ok(Dependencies::Listed(listed))
    }

    fn columns(&mut self, place: &mut Place<'_>) -> Result<Vec<SentColumn<'a>>, ColumnsError> {
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
                let column = self.streams.column(index).take(length)?;
                self.budget.spend(column.len())?;
                columns.push((spec, Cow::Borrowed(column)));
            }
        }
        let (streams, tables, budget) = (&mut self.streams, &mut self.tables, &mut *self.budget);
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
