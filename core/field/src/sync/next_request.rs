//! Next request: what is to be sent now, text before previews before originals.

use xunge_documents::change_parts::ChangeHash;
use xunge_domain::case::BlobReference;
use xunge_domain::scope::Scope;
use xunge_store::Reader;
use xunge_sync::device::{
    HttpRequest, Outlook, PUSH_CHANGES_MAX, PUSH_DOCUMENTS_MAX, PendingChange, PendingDocument,
    Session, Step, Upload,
};
use xunge_sync::keys::PublicKey;
use xunge_sync::wire::columns::Base;

use crate::app::{FieldApp, Identity};
use crate::error::FieldError;
use crate::exchange::hand_up::Errands;
use crate::ports::Ports;
use crate::sync::columns::base;
use crate::sync::comparison::{compare, is_due};
use crate::sync::metered::largest_sent;
use crate::sync::packs::known;

/// Blobs looked at for one step.
const UPLOADS_MAX: usize = 16;

impl FieldApp {
    /// Asks for one push and pull even if nothing waits here: on foreground, on connectivity, by hand.
    pub fn start_sync(&mut self) {
        self.errands = self.errands.again();
        self.machine.start_round();
    }

    /// The next request to perform against the server's address, or `None` when nothing is left to do. Give its
    /// answer to [`Self::on_answer`] before asking again. Reads at most 4 MiB.
    ///
    /// # Errors
    /// Not enrolled, the key cannot sign, the store's.
    pub fn next_request(&mut self) -> Result<Option<HttpRequest>, FieldError> {
        self.identity()?;
        // Where a map is whole, it is put to use before anything else is asked for.
        let base_map = self.base_map_wanted()?;
        let identity = self.identity.as_ref().ok_or(FieldError::NotEnrolled)?;
        let session = session(identity)?;
        let now = self.ports.clock.now();
        // Before anything is made: what the hub answers was said after it.
        let asked_uptime = self.ports.clock.uptime();
        let errands = self.errands;
        let mut outlook = self
            .store
            .read(|reader| outlook(reader, identity, &self.ports, &errands, self.metered))?;
        outlook.base_map = base_map;
        let nonce = self.ports.random();
        let pending = match self.machine.next_step(&outlook) {
            Step::Done => return Ok(None),
            Step::Errand(errand) => {
                let (errands, epoch) = (&mut self.errands, session.epoch);
                let piece = self
                    .store
                    .read(|reader| errands.begin(reader, errand, (epoch, now)))?;
                let signer = self.ports.signer.as_ref();
                let when = (now, nonce);
                let request = self.machine.errand(&session, errand, piece, when, signer)?;
                return Ok(Some(request));
            }
            Step::Pack(progress) => return Ok(Some(self.machine.pack(&session, &progress))),
            Step::BaseMap(progress) => return Ok(Some(self.machine.base_map(&session, progress))),
            Step::Chunk { blob, range } => {
                let length = usize::try_from(range.length()).unwrap_or(usize::MAX);
                let bytes = self
                    .store
                    .read(|reader| reader.read_blob_range(blob.sha256, range.from, length))?;
                let signer = self.ports.signer.as_ref();
                let when = (now, nonce);
                let chunk = self
                    .machine
                    .chunk(&session, &blob, range, bytes, when, signer)?;
                return Ok(Some(chunk));
            }
            Step::Sync {
                push_bytes_max: 0, ..
            } => Vec::new(),
            Step::Sync {
                push_bytes_max,
                document_bytes_max,
            } => {
                let most = (push_bytes_max, document_bytes_max);
                let columns = identity.columns;
                self.store.read(|reader| pending(reader, most, columns))?
            }
            Step::Compare { buckets } => {
                let here = self.store.read(|reader| compare(reader, &buckets))?;
                outlook.comparison = Some(here);
                Vec::new()
            }
        };
        let cursors = self.store.read(|reader| cursors(reader, identity))?;
        let signer = self.ports.signer.as_ref();
        let request = self
            .machine
            .sync(&session, cursors, &pending, &outlook, now, nonce, signer)?;
        self.asked_at = Some(now);
        self.asked_uptime = asked_uptime;
        Ok(Some(request))
    }
}

pub(crate) fn session(identity: &Identity) -> Result<Session, FieldError> {
    let kept = &identity.session;
    let server_key = PublicKey::from_slice(&kept.server_public_key)
        .map_err(|_| FieldError::Invalid { what: "server key" })?;
    Ok(Session {
        installation: kept.installation,
        token: kept.token,
        server_key,
        epoch: kept.epoch,
        columns: identity.columns,
        parts: identity.parts,
    })
}

fn outlook(
    reader: &Reader<'_>,
    identity: &Identity,
    ports: &Ports,
    errands: &Errands,
    metered: bool,
) -> Result<Outlook, FieldError> {
    let uploads = reader.unacknowledged_blobs(largest_sent(metered), UPLOADS_MAX)?;
    Ok(Outlook {
        changes_pending: reader.any_pending()?,
        uploads: uploads
            .into_iter()
            .map(|used| Upload {
                blob: BlobReference {
                    sha256: used.blob.digest,
                    length: used.blob.length,
                },
            })
            .collect(),
        packs: known(reader, identity.session.epoch)?,
        parts: identity.parts,
        comparison_due: is_due(reader, ports.clock.now())?,
        errand: errands.next(reader, identity, ports)?,
        base_map: None,
        comparison: None,
    })
}

/// What waits, up to so many bytes in all and of one document.
fn pending(
    reader: &Reader<'_>,
    (bytes_max, document_bytes_max): (usize, usize),
    columns: bool,
) -> Result<Vec<PendingDocument>, FieldError> {
    let mut documents: Vec<PendingDocument> = Vec::new();
    let mut document_bytes = 0;
    for change in reader.pending_changes(bytes_max)? {
        let signature = change
            .signature
            .and_then(|signature| signature.try_into().ok());
        let pending = PendingChange {
            hash: ChangeHash(*change.hash.as_bytes()),
            bytes: change.bytes,
            signature,
        };
        let bytes = pending.bytes.len();
        let documents_full = documents.len() == PUSH_DOCUMENTS_MAX;
        match documents.last_mut() {
            Some(last) if last.document == change.document => {
                document_bytes += bytes;
                // The documents behind it need not wait for the rest.
                if last.changes.len() < PUSH_CHANGES_MAX && document_bytes <= document_bytes_max {
                    last.changes.push(pending);
                }
            }
            _ if documents_full => break,
            _ => {
                document_bytes = bytes;
                documents.push(PendingDocument {
                    document: change.document,
                    // Raw changes say themselves what they build on.
                    base: if columns {
                        base(reader, change.document)?
                    } else {
                        Base::Explicit
                    },
                    changes: vec![pending],
                });
            }
        }
    }
    Ok(documents)
}

/// One cursor a scope; a scope that was never pulled starts at 0. A scope that is this person's no more is named until
/// the hub has said which documents leave with it.
fn cursors(reader: &Reader<'_>, identity: &Identity) -> Result<Vec<(Scope, u64)>, FieldError> {
    let known = reader.cursors()?;
    let scopes = Scope::of(&identity.person).into_iter();
    let seq = |scope: &Scope| {
        let text = scope.to_string();
        known
            .iter()
            .find(|cursor| cursor.scope == text && cursor.epoch == identity.session.epoch)
            .map_or(0, |cursor| cursor.seq)
    };
    let mut cursors: Vec<_> = scopes.map(|scope| (scope.clone(), seq(&scope))).collect();
    for cursor in &known {
        if let Ok(scope) = cursor.scope.parse::<Scope>()
            && !cursors.iter().any(|(own, _)| *own == scope)
        {
            cursors.push((scope.clone(), seq(&scope)));
        }
    }
    Ok(cursors)
}
