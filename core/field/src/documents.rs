//! Opening documents, and writing an intent: change, outbox and list row in one transaction.

use xunge_documents::actor::device_actor;
use xunge_documents::{Document, Edit, Intent};
use xunge_domain::document_kind::DocumentKind;
use xunge_domain::ids::{Digest, DocumentId, IntentId};
use xunge_domain::time::Timestamp;
use xunge_store::{ChangeState, NewChange, NewDocument, NewIntent, NewRecord, Reader, Tx};
use xunge_sync::hub::Content;
use xunge_sync::seal::seal;

use crate::app::Identity;
use crate::error::FieldError;
use crate::ports::Ports;
use crate::projection;
use crate::sealing::{action_record, follow, photo_record};
use crate::tables::encode;

/// A snapshot is renewed once this many changes came after it: opening stays under a millisecond.
const OPEN_CHANGES_MAX: u32 = 32;

/// Opens a document. A damaged snapshot is rebuilt from the changes, which are the truth.
pub(crate) fn open(reader: &Reader<'_>, id: DocumentId) -> Result<Option<Document>, FieldError> {
    let Some(loaded) = reader.load_document(id)? else {
        return Ok(None);
    };
    let from_snapshot = Document::load(&loaded.snapshot)
        .ok()
        .and_then(|mut document| {
            document
                .replay(loaded.changes.iter().map(Vec::as_slice))
                .ok()?;
            Some(document)
        });
    match from_snapshot {
        Some(document) => Ok(Some(document)),
        None => rebuild(reader, id).map(Some),
    }
}

/// The document of all changes that count.
pub(crate) fn rebuild(reader: &Reader<'_>, id: DocumentId) -> Result<Document, FieldError> {
    let changes = reader.accepted_changes(id)?;
    let mut document = match changes.first() {
        Some(first) => Document::opened_by(Some(&first.bytes)),
        // Of one whose changes were all set aside, they still say what it was to be.
        None => {
            let all = reader.all_changes(id)?;
            Document::opened_by(all.first().map(|first| first.bytes.as_slice()))
        }
    };
    document
        .apply(changes.iter().map(|change| change.bytes.as_slice()))
        .map_err(|cause| {
            FieldError::Edit(xunge_documents::EditError::Damaged(cause.to_string()))
        })?;
    Ok(document)
}

pub(crate) fn heads_bytes(document: &Document) -> Vec<u8> {
    document
        .heads()
        .iter()
        .flat_map(|head| *head.as_bytes())
        .collect()
}

/// Makes sure the document has a row, and opens it; a new one is of this kind.
pub(crate) fn open_or_create(
    tx: &Tx<'_>,
    id: DocumentId,
    kind: DocumentKind,
) -> Result<Document, FieldError> {
    if let Some(document) = open(tx, id)? {
        return Ok(document);
    }
    create(tx, id, Document::of(kind))
}

/// Makes sure the document has a row, and opens it. One that is new here, or empty, is of the kind that the first change
/// that came opens.
pub(crate) fn open_for<'a>(
    tx: &Tx<'_>,
    id: DocumentId,
    changes: impl IntoIterator<Item = &'a [u8]>,
) -> Result<Document, FieldError> {
    let opened = Document::opened_by(changes.into_iter().next());
    match open(tx, id)? {
        None => create(tx, id, opened),
        // Before its first change came, nothing said of which kind it is.
        Some(document) if document.is_empty() && document.kind() != opened.kind() => {
            tx.replace_snapshot(id, &opened.save(), &heads_bytes(&opened))?;
            Ok(opened)
        }
        Some(document) => Ok(document),
    }
}

fn create(tx: &Tx<'_>, id: DocumentId, document: Document) -> Result<Document, FieldError> {
    let heads = heads_bytes(&document);
    tx.insert_document(&NewDocument {
        id,
        snapshot: &document.save(),
        heads: &heads,
        urgent: false,
    })?;
    Ok(document)
}

/// Renews the snapshot when many changes came after it.
pub(crate) fn compact(tx: &Tx<'_>, id: DocumentId, document: &Document) -> Result<(), FieldError> {
    let open_changes = tx.document(id)?.map_or(0, |row| row.open_changes);
    if open_changes > OPEN_CHANGES_MAX {
        tx.replace_snapshot(id, &document.save(), &heads_bytes(document))?;
    }
    Ok(())
}

/// Who writes, with which key, when.
#[derive(Clone, Copy)]
pub(crate) struct Pen<'a> {
    pub(crate) identity: &'a Identity,
    pub(crate) ports: &'a Ports,
    pub(crate) now: Timestamp,
    /// Keeps the intent ids of a restored store apart from those of its former life.
    pub(crate) nonce: [u8; 3],
}

/// The pen of an enrolled device.
pub(crate) fn pen<'a>(
    identity: &'a Option<Identity>,
    ports: &'a Ports,
) -> Result<Pen<'a>, FieldError> {
    Ok(Pen {
        identity: identity.as_ref().ok_or(FieldError::NotEnrolled)?,
        ports,
        now: ports.clock.now(),
        nonce: ports.random(),
    })
}

/// One write of the worker's, being prepared inside a transaction.
pub(crate) struct Writing<'a> {
    pub(crate) tx: &'a Tx<'a>,
    pub(crate) pen: Pen<'a>,
    pub(crate) id: DocumentId,
    pub(crate) document: Document,
}

impl Writing<'_> {
    /// The next intent id of this installation in this document.
    pub(crate) fn intent_id(&self) -> Result<IntentId, FieldError> {
        let counter = self.tx.next_intent_counter(self.id)?;
        Ok(IntentId::new(
            self.pen.identity.installation(),
            counter,
            self.pen.nonce,
        ))
    }

    /// Writes the intent: its change, its outbox row, its list row. `None` when it changes nothing.
    pub(crate) fn write(
        &mut self,
        id: IntentId,
        kind: &str,
        mut edits: Vec<Edit>,
    ) -> Result<Option<Digest>, FieldError> {
        edits.iter_mut().try_for_each(|edit| self.seal(id, edit))?;
        let intent = Intent {
            id,
            at: self.pen.now,
            edits,
        };
        let made = self.make(&intent)?;
        if let Some(hash) = made {
            self.tx.add_intent(&NewIntent {
                id,
                document: self.id,
                change_hash: hash,
                kind,
                content: &encode(&intent),
                created_at: self.pen.now,
            })?;
        }
        Ok(made)
    }

    /// Photos and requests carry their author's signature, and their record the name of the one before.
    fn seal(&self, written_with: IntentId, edit: &mut Edit) -> Result<(), FieldError> {
        let (tx, pen) = (self.tx, self.pen);
        let signer = pen.ports.signer.as_ref();
        let (intent, original, name) = match edit {
            Edit::Photo(id, photo) => {
                let original = photo.original.sha256;
                let record = photo_record(tx, pen, self.id, original)?;
                let name = seal(&self.id, id, photo, record, signer)?;
                (*id, (!photo.elsewhere).then_some(original), name)
            }
            Edit::Action(id, action) => {
                let record = action_record(tx, pen)?;
                (*id, None, seal(&self.id, id, action, record, signer)?)
            }
            Edit::CheckinAction(id, action) => {
                let record = action_record(tx, pen)?;
                (*id, None, seal(&self.id, id, action, record, signer)?)
            }
            Edit::Step(id, entry) => {
                let record = action_record(tx, pen)?;
                (*id, None, seal(&self.id, id, entry, record, signer)?)
            }
            _ => return Ok(()),
        };
        let record = NewRecord {
            intent,
            document: self.id,
            name,
            written_with,
            original,
            made_at: pen.now,
        };
        follow(tx, pen, &record)
    }

    /// Makes the change of an intent under the current generation and keeps it as pending.
    pub(crate) fn make(&mut self, intent: &Intent) -> Result<Option<Digest>, FieldError> {
        let generation = self.tx.document(self.id)?.map_or(0, |row| row.generation);
        let actor = device_actor(self.pen.identity.installation(), &self.id, generation);
        let Some(change) = self.document.apply_intent(actor, intent)? else {
            return Ok(None);
        };
        let hash = Digest::from_bytes(*change.hash.as_bytes());
        self.tx.append_change(&NewChange {
            document: self.id,
            hash,
            bytes: &change.bytes,
            actor: change.actor.as_bytes(),
            sequence: change.sequence,
            own: true,
            state: ChangeState::Pending,
            signature: None,
        })?;
        for blob in intent.edits.iter().filter_map(|edit| match edit {
            Edit::Photo(_, photo) => Some(photo.cited().collect::<Vec<_>>()),
            _ => None,
        }) {
            for cited in blob {
                self.tx.cite_blob(cited.sha256, self.id, hash)?;
            }
        }
        Ok(Some(hash))
    }

    /// Brings the list row and the snapshot up to date.
    pub(crate) fn finish(self) -> Result<(), FieldError> {
        projection::save(
            self.tx,
            self.pen.identity,
            self.id,
            &Content::read(&self.document, self.id),
            self.pen.now,
        )?;
        compact(self.tx, self.id, &self.document)
    }
}
