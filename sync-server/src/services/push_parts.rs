//! A push that comes part by part: each is opened, proven and committed while the next is still on its way, and noted in
//! the same transaction, so that a device whose link was cut need not send it again.

use std::collections::{BTreeMap, BTreeSet, HashSet};

use minicbor::bytes::ByteVec;
use minicbor::{Decode, Encode};
use xunge_domain::ids::{Digest, DocumentId, InstallationId};
use xunge_sync::hub::OpenedPush;
use xunge_sync::wire::{
    ColumnPush, DocumentVerdict, Frame, Nonce, PartPlace, SyncRequest, TakenParts, unpack,
};

use crate::app::App;
use crate::error::ApiError;
use crate::messages;
use crate::services::admission::{Admission, alone, take_push};
use crate::services::columns::open_columns;
use crate::services::device_session::{Presented, SessionError, current_token};
use crate::services::sync::{
    PUSHED_DOCUMENTS_MAX, Said, check_limits, conclude, names, too_large, worth_telling,
};
use crate::store::rows::PushPartRow;
use crate::store::{HubRead, StoreError};

/// Most bytes kept of what is to be told of a part. A part of which there is more to tell is sent again.
pub const TOLD_BYTES_MAX: usize = 64 * 1024;
/// Most bytes of what a device is told when it asks how far its push got; parts behind that are sent again.
const TOLD_TOGETHER_MAX: usize = 512 * 1024;
/// Most changes of all parts together: what is remembered of each until the answer is written has to stay small.
pub const CHANGES_MAX: usize = 64 * 1024;
/// Bytes of the name of a change that tell it from the others of its document.
const NAME_BYTES: usize = 8;

/// A push of which some parts are taken.
pub struct Taking {
    presented: Presented,
    request: SyncRequest,
    said: Said,
    taken: TakenParts,
    documents: usize,
    /// The newest token of the device when the first part was taken. Another one means that the device has asked again
    /// meanwhile: this body was cut for it, and nobody waits for its answer.
    token: Option<Digest>,
    /// The device is not, or not any more, to be worked with: what it is told instead of receipts.
    ended: Option<Frame>,
}

impl Taking {
    /// Begins with the request that the parts follow.
    ///
    /// # Errors
    /// A request over its limits, or one that pushes something itself.
    pub fn begin(presented: Presented, request: SyncRequest) -> Result<Self, ApiError> {
        if request.push.is_some() || request.columns.is_some() || request.resumes.is_some() {
            return Err(ApiError::bad_request(&messages::BAD_REQUEST));
        }
        check_limits(&request, None)?;
        Ok(Self {
            presented,
            request,
            said: Said::default(),
            taken: TakenParts {
                parts: 0,
                verdicts: Vec::new(),
                unresolved: Vec::new(),
            },
            documents: 0,
            token: None,
            ended: None,
        })
    }

    /// Takes the next part in. When this returns, it is committed; what the device is told of it waits for the end.
    /// Whoever stopped being welcome is listened to no further.
    ///
    /// # Errors
    /// Bytes that are no part, one over its limits, a device this hub does not know, or the hub's own trouble. Parts
    /// before it stay.
    pub fn take(&mut self, app: &App, packed: &[u8]) -> Result<(), ApiError> {
        if self.ended.is_some() {
            return Ok(());
        }
        let part: ColumnPush = unpack(packed).map_err(|cause| {
            ApiError::bad_request(&messages::BAD_REQUEST)
                .saying(messages::BAD_REQUEST.zh, cause.to_string())
        })?;
        let (number, nonce) = (self.taken.parts, *self.request.nonce);
        let place = Some(PartPlace { nonce, number });
        let push = open_columns(app, &self.presented, &part, place)?;
        check_limits(&self.request, push.as_ref())?;
        self.documents += push.as_ref().map_or(0, |push| push.documents().len());
        let changes = push.as_ref().map_or(0, |push| push.hashes().count());
        if self.documents > PUSHED_DOCUMENTS_MAX || self.said.hashes.len() + changes > CHANGES_MAX {
            return Err(too_large());
        }
        let mut token = self.token;
        let admission = app.store.writing(|write| {
            let newest = current_token(write, &self.presented)?;
            if let Err(against) = still_waits(token, newest) {
                return Ok(Err(against));
            }
            token = newest;
            let admission = take_push(app, write, &self.presented, push.as_ref())?;
            if let (Ok(Admission::Accepted { verdicts, .. }), Some(push)) = (&admission, &push) {
                let told = kept(push, verdicts);
                if told.len() <= TOLD_BYTES_MAX {
                    write.note_push_part(&PushPartRow {
                        installation: self.presented.installation,
                        number,
                        nonce,
                        told,
                    })?;
                }
            }
            Ok::<_, SessionError>(admission)
        });
        match (admission.map_err(ApiError::from)??, push) {
            (Admission::Answer(frame), _) => self.ended = Some(*frame),
            (Admission::Accepted { verdicts, .. }, Some(push)) => {
                self.token = token;
                self.taken.parts += 1;
                self.taken.verdicts.extend(worth_telling(verdicts));
                self.taken.unresolved.extend(push.unresolved());
                self.said.hashes.extend(names(&push));
            }
            // It was nobody's when the part was opened, and is somebody's now: nothing of the part was looked at.
            (Admission::Accepted { .. }, None) => return Err(StoreError::Busy.into()),
        }
        Ok(())
    }

    /// Answers, once everything has come: how many parts were taken, with their verdicts, then what the feeds hold.
    ///
    /// # Errors
    /// A device this hub does not know, or the hub's own trouble.
    pub fn finish(mut self, app: &App) -> Result<Vec<u8>, ApiError> {
        if let Some(frame) = self.ended {
            return Ok(alone(app, *self.request.nonce, &frame));
        }
        self.said.taken = Some(Box::new(self.taken));
        let may = |write: &dyn HubRead| {
            let newest = current_token(write, &self.presented)?;
            Ok(still_waits(self.token, newest))
        };
        conclude(app, &self.presented, &self.request, None, self.said, may)
    }
}

/// That the device got no newer token since its first part was taken. Handing out another would make that one stale, and
/// an honest device look like a clone.
fn still_waits(first: Option<Digest>, newest: Option<Digest>) -> Result<(), ApiError> {
    if first.is_none() || newest == first {
        return Ok(());
    }
    let timeout = axum::http::StatusCode::REQUEST_TIMEOUT;
    Err(ApiError::new(timeout, &messages::BODY_CUT))
}

/// What is kept of a part.
#[derive(Encode, Decode)]
struct Kept {
    #[n(0)]
    pushed: Vec<KeptDocument>,
    #[n(1)]
    verdicts: Vec<DocumentVerdict>,
    #[n(2)]
    unresolved: Vec<DocumentId>,
}

/// Which changes of a document came: the device has them, and they are not sent back to it.
#[derive(Encode, Decode)]
struct KeptDocument {
    #[n(0)]
    document: DocumentId,
    /// The beginnings of their names.
    #[n(1)]
    names: ByteVec,
}

fn kept(push: &OpenedPush<'_>, verdicts: &[DocumentVerdict]) -> Vec<u8> {
    let mut pushed: Vec<KeptDocument> = Vec::new();
    for (document, hash) in push.hashes() {
        let name = &hash.as_bytes()[..NAME_BYTES];
        match pushed.last_mut() {
            Some(last) if last.document == document => last.names.extend_from_slice(name),
            _ => pushed.push(KeptDocument {
                document,
                names: name.to_vec().into(),
            }),
        }
    }
    let kept = Kept {
        pushed,
        verdicts: worth_telling(verdicts.to_vec()),
        unresolved: push.unresolved().to_vec(),
    };
    let mut bytes = Vec::new();
    // Writing to a vector cannot fail, and nothing of it refuses to be encoded.
    let _ = minicbor::encode(&kept, &mut bytes);
    bytes
}

/// Changes by their documents.
type Names = HashSet<(DocumentId, Digest)>;

/// How far a device's push got, and which changes came with it. `None` where this hub knows of no part of it: it was
/// restored from a backup, or another push in parts came since.
///
/// # Errors
/// The store's.
pub(super) fn resumed(
    read: &dyn HubRead,
    installation: &InstallationId,
    nonce: &Nonce,
) -> Result<Option<(TakenParts, Names)>, StoreError> {
    let mut taken = TakenParts {
        parts: 0,
        verdicts: Vec::new(),
        unresolved: Vec::new(),
    };
    let mut room = TOLD_TOGETHER_MAX;
    let mut came: BTreeMap<DocumentId, BTreeSet<Vec<u8>>> = BTreeMap::new();
    for told in read.push_parts(installation, nonce)? {
        let Some(left) = room.checked_sub(told.len()) else {
            break;
        };
        room = left;
        // What cannot be read is not known: it is sent again.
        let Ok(kept) = minicbor::decode::<Kept>(&told) else {
            break;
        };
        taken.parts += 1;
        taken.verdicts.extend(kept.verdicts);
        taken.unresolved.extend(kept.unresolved);
        for document in kept.pushed {
            let names = document.names.chunks(NAME_BYTES).map(<[u8]>::to_vec);
            came.entry(document.document).or_default().extend(names);
        }
    }
    let mut names = Names::new();
    // Each document is read once, however many parts name it.
    for (document, came) in came {
        let rows = read.changes(&document, 1, u64::MAX)?.into_iter();
        let rows = rows.filter(|row| came.contains(&row.hash.as_bytes()[..NAME_BYTES]));
        names.extend(rows.map(|row| (document, row.hash)));
    }
    Ok((taken.parts > 0).then_some((taken, names)))
}
