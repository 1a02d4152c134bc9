//! What the device sends.

use minicbor::bytes::ByteArray;
use xunge_documents::change_parts::ChangeHash;
use xunge_domain::case::BlobReference;
use xunge_domain::ids::{DocumentId, InstallationId};
use xunge_domain::scope::Scope;
use xunge_domain::time::Timestamp;

use crate::device::base_map::BaseMapProgress;
use crate::device::errand::Errand;
use crate::device::packs::{Asked, PackProgress};
use crate::device::push::Pushing;
use crate::keys::{PublicKey, Signer, SignerError};
use crate::wire::columns::Base;
use crate::wire::{
    ByteRange, COLUMNS, CONTENT_DIGEST_HEADER, CONTENT_TYPE, Comparison, EnrolRequest,
    EnrolmentCode, NONCE_HEADER, Nonce, PARTS, PLAIN, SESSION_HEADER, SIGNATURE_HEADER,
    SIGNATURE_INPUT_HEADER, SyncRequest, Token, WIRE_HEADER, in_parts, named_at_enrolment, pack,
    signature_headers,
};

/// HTTP verbs the device uses.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Method {
    /// POST.
    Post,
    /// PUT.
    Put,
    /// GET, without a body.
    Get,
}

impl Method {
    /// As HTTP writes it.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Post => "POST",
            Self::Put => "PUT",
            Self::Get => "GET",
        }
    }
}

/// A request for the host to perform against the server's address.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HttpRequest {
    /// The verb.
    pub method: Method,
    /// Path below the server's address, e.g. `/api/sync`.
    pub path: String,
    /// Header names and values.
    pub headers: Vec<(String, String)>,
    /// The body.
    pub body: Vec<u8>,
}

impl HttpRequest {
    /// The same, signed by the device: the hub believes no request that changes something otherwise. An earlier signature
    /// goes. Cost: hashing the body and one signature.
    ///
    /// # Errors
    /// The device key cannot sign.
    pub fn signed(
        mut self,
        (now, nonce): (Timestamp, &Nonce),
        signer: &dyn Signer,
    ) -> Result<Self, SignerError> {
        let made = [
            CONTENT_DIGEST_HEADER,
            SIGNATURE_INPUT_HEADER,
            SIGNATURE_HEADER,
        ];
        self.headers
            .retain(|(name, _)| !made.contains(&name.as_str()));
        let (method, path) = (self.method.name(), &self.path);
        let when = (now, nonce);
        let made = signature_headers(method, path, &self.headers, &self.body, when, signer)?;
        self.headers.extend(made);
        Ok(self)
    }
}

/// What became of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum HttpAnswer {
    /// An answer, whole or cut: give whatever bytes arrived.
    Answered {
        /// HTTP status.
        status: u16,
        /// The body as far as it came.
        body: Vec<u8>,
    },
    /// No answer at all.
    Unreachable,
    /// Whoever is there showed a certificate that is not the pinned authority's; nothing was sent.
    WrongCertificate,
}

/// The session with the hub.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Session {
    /// This installation.
    pub installation: InstallationId,
    /// The secret of the next request.
    pub token: Token,
    /// The pinned key.
    pub server_key: PublicKey,
    /// The hub's epoch as last seen.
    pub epoch: u64,
    /// Whether the hub said, at enrolment or in its last answer, that it reads columns.
    pub columns: bool,
    /// Whether it said that it takes a push in parts.
    pub parts: bool,
}

impl Session {
    pub(super) fn header(&self) -> (String, String) {
        let token = data_encoding::HEXLOWER.encode(&self.token);
        (
            SESSION_HEADER.into(),
            format!("{}.{token}", self.installation),
        )
    }
}

/// A change waiting to be pushed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PendingChange {
    /// Its name.
    pub hash: ChangeHash,
    /// The raw chunk.
    pub bytes: Vec<u8>,
    /// The server's signature, for the server's own changes that it lost.
    pub signature: Option<[u8; 64]>,
}

/// Changes of one document waiting to be pushed, dependencies first.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PendingDocument {
    /// Which.
    pub document: DocumentId,
    /// What the hub has of it, as far as this device knows.
    pub base: Base,
    /// Its changes.
    pub changes: Vec<PendingChange>,
}

impl PendingDocument {
    /// Raw bytes of its changes.
    pub(crate) fn bytes(&self) -> usize {
        let changes = self.changes.iter();
        changes.map(|change| change.bytes.len()).sum()
    }
}

/// A photo waiting to be uploaded. The order of a list of them is the order of sending.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Upload {
    /// The blob.
    pub blob: BlobReference,
}

/// What the store says before a step is chosen.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Outlook {
    /// Whether any change waits.
    pub changes_pending: bool,
    /// The next blobs to be uploaded, most urgent first.
    pub uploads: Vec<Upload>,
    /// The packs of this epoch: on their way, and those that are whole until the feeds were told to their ends.
    pub packs: Vec<PackProgress>,
    /// Whether the hub takes a push in parts, as the session says: then one push may hold more.
    pub parts: bool,
    /// Whether what is here should be compared with what the hub has.
    pub comparison_due: bool,
    /// The next errand, if there is one.
    pub errand: Option<Errand>,
    /// The base map, where one is to be fetched now and not all of it is here.
    pub base_map: Option<BaseMapProgress>,
    /// What [`Step::Compare`] asked for; nothing while the step is chosen.
    pub comparison: Option<Comparison>,
}

/// What to do next.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Step {
    /// Push and pull: collect at most so many bytes of changes.
    Sync {
        /// Bytes of raw changes to push at most; one change always fits. 0 where nothing is to be pushed, because it is
        /// to be asked first how far the last push got.
        push_bytes_max: usize,
        /// Of one document. It cannot be cut into parts, so it must be small enough to come through by itself; the rest of
        /// it goes with a later push.
        document_bytes_max: usize,
    },
    /// Send bytes of a blob.
    Chunk {
        /// Which blob.
        blob: BlobReference,
        /// Which bytes.
        range: ByteRange,
    },
    /// Fetch bytes of a pack.
    Pack(PackProgress),
    /// Run an errand.
    Errand(Errand),
    /// Fetch bytes of the base map.
    BaseMap(BaseMapProgress),
    /// Compare: push nothing, and put into the outlook what is here of the documents in these buckets; with none, the sums of all.
    Compare {
        /// The buckets to list.
        buckets: Vec<u8>,
    },
    /// Nothing is left to do.
    Done,
}

/// The request that redeems an enrolment code.
pub fn enrol_request(
    code: &EnrolmentCode,
    key: &PublicKey,
    former: Vec<InstallationId>,
    nonce: Nonce,
) -> HttpRequest {
    let message = EnrolRequest {
        nonce: nonce.into(),
        secret: code.secret.into(),
        public_key: ByteArray::from(*key.as_bytes()),
        capabilities: named_at_enrolment(),
        former,
    };
    HttpRequest {
        method: Method::Post,
        path: "/api/enrol".into(),
        headers: vec![
            ("content-type".into(), CONTENT_TYPE.into()),
            (WIRE_HEADER.into(), PLAIN.into()),
        ],
        body: pack(&message),
    }
}

/// Everything a push and pull says.
pub(crate) struct SyncParts<'a> {
    pub(crate) session: &'a Session,
    pub(crate) capabilities: Vec<String>,
    pub(crate) cursors: Vec<(Scope, u64)>,
    pub(crate) packed: Vec<Scope>,
    pub(crate) resumes: Option<Nonce>,
    pub(crate) push: Option<Pushing>,
    pub(crate) offers: Vec<BlobReference>,
    pub(crate) comparison: Option<Comparison>,
    pub(crate) now: Timestamp,
    pub(crate) nonce: Nonce,
}

pub(crate) fn sync_request(said: SyncParts<'_>) -> HttpRequest {
    // A hub that does not read what is pushed must refuse the request, not pass over the item it does not know.
    let wire = match &said.push {
        None | Some(Pushing::Plain(_)) => PLAIN,
        Some(Pushing::Columns(_)) => COLUMNS,
        Some(Pushing::Parts(_)) => PARTS,
    };
    let (push, columns, parts) = match said.push {
        None => (None, None, None),
        Some(Pushing::Plain(push)) => (Some(push), None, None),
        Some(Pushing::Columns(push)) => (None, Some(push), None),
        Some(Pushing::Parts(parts)) => (None, None, Some(parts)),
    };
    let message = pack(&SyncRequest {
        nonce: said.nonce.into(),
        capabilities: said.capabilities,
        epoch: said.session.epoch,
        cursors: said.cursors,
        push,
        offers: said.offers,
        device_time: said.now,
        columns,
        resumes: said.resumes.map(ByteArray::from),
        packed: said.packed,
        comparison: said.comparison,
    });
    let body = match parts {
        None => message,
        Some(parts) => {
            let parts: Vec<Vec<u8>> = parts.iter().map(pack).collect();
            in_parts(&message, parts.iter().map(Vec::as_slice))
        }
    };
    HttpRequest {
        method: Method::Post,
        path: "/api/sync".into(),
        headers: vec![
            ("content-type".into(), CONTENT_TYPE.into()),
            (WIRE_HEADER.into(), wire.into()),
            said.session.header(),
        ],
        body,
    }
}

pub(crate) fn chunk_request(
    session: &Session,
    blob: &BlobReference,
    range: ByteRange,
    body: Vec<u8>,
    nonce: Nonce,
) -> HttpRequest {
    HttpRequest {
        method: Method::Put,
        path: format!("/api/blobs/{}", blob.sha256),
        headers: vec![
            ("content-type".into(), "application/octet-stream".into()),
            (
                "content-range".into(),
                format!(
                    "bytes {}-{}/{}",
                    range.from,
                    range.to.saturating_sub(1),
                    blob.length
                ),
            ),
            (NONCE_HEADER.into(), data_encoding::HEXLOWER.encode(&nonce)),
            session.header(),
        ],
        body,
    }
}

/// Bytes of a pack. The whole of it is asked for without a range, which spares a header each way.
pub(crate) fn pack_request(session: &Session, asked: &Asked) -> HttpRequest {
    let offer = &asked.progress.offer;
    let mut headers = vec![session.header()];
    if asked.from > 0 || asked.to < offer.length {
        let range = format!("bytes={}-{}", asked.from, asked.to.saturating_sub(1));
        headers.push(("range".into(), range));
    }
    HttpRequest {
        method: Method::Get,
        path: format!("/api/sync/packs/{}", offer.sha256),
        headers,
        body: Vec::new(),
    }
}
