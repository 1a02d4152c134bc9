//! One push and pull.

use std::collections::HashSet;

use xunge_domain::ids::{Digest, DocumentId};
use xunge_domain::scope::Scope;
use xunge_sync::hub::OpenedPush;
use xunge_sync::keys::PublicKey;
use xunge_sync::testing::{self, Mutant};
use xunge_sync::wire::{
    Assignment, Compared, DocumentVerdict, DocumentsFrame, EndFrame, Frame, FrameWriter, HeadFrame,
    RefusedFrame, SyncRequest, Token, Verdict, compares, reads_columns, reads_scopes, spoken,
    takes_packs,
};

use crate::app::App;
use crate::error::ApiError;
use crate::messages::{self, Message};
use crate::services::blobs::offered;
use crate::services::column_frames::Columns;
use crate::services::columns::open_push;
use crate::services::comparison;
use crate::services::device_session::{Admitted, Device, Presented, SessionError, admit, renew};
use crate::services::feeds::{Pull, Pulled, pull};
use crate::services::ingest::ingest;
use crate::services::packs;
use crate::store::{HubRead, HubTransaction, StoreError};

/// Most documents of one push.
pub const PUSHED_DOCUMENTS_MAX: usize = 2_000;
/// Most changes of one pushed document.
pub const PUSHED_CHANGES_MAX: usize = 2_000;
/// Most blobs offered at once.
pub const OFFERS_MAX: usize = 64;

enum Pushed {
    Accepted {
        token: Token,
        device: Box<Device>,
        verdicts: Vec<DocumentVerdict>,
    },
    Answer(Frame),
}

/// Answers a request: verdicts of what was pushed once it is committed, then what the feeds hold.
///
/// # Errors
/// A device this hub does not know, a request over its limits, or the hub's own trouble.
pub fn synchronise(
    app: &App,
    presented: &Presented,
    request: &SyncRequest,
) -> Result<Vec<u8>, ApiError> {
    let push = open_push(app, presented, request)?;
    check_limits(request, push.as_ref())?;
    let mut answer = FrameWriter::new(&app.hub_key.key, *request.nonce);
    let now = app.clock.now();
    let pushed = app
        .store
        .writing(|write| take_push(app, write, presented, request, push.as_ref()))
        .map_err(ApiError::from)?;
    let (token, device, verdicts) = match pushed {
        Ok(Pushed::Accepted {
            token,
            device,
            verdicts,
        }) => (token, device, verdicts),
        Ok(Pushed::Answer(frame)) => {
            answer.push(&frame);
            return Ok(answer.finish());
        }
        Err(unknown) => return Err(unknown),
    };
    let rest_received = request.columns.is_some();
    let (scopes, cursors, packed) = feeds_known(app, request, &device);
    answer.push(&Frame::Head(HeadFrame {
        token: token.into(),
        epoch: app.hub_key.epoch,
        server_time: now,
        verdicts: if rest_received {
            worth_telling(verdicts)
        } else {
            verdicts
        },
        capabilities: spoken(),
        unresolved: push
            .as_ref()
            .map_or_else(Vec::new, |push| push.unresolved().to_vec()),
        rest_received,
        assignment: assignment(app, request, &device, &scopes)?,
    }));
    let packs = if takes_packs(&request.capabilities) {
        packs::offers(app, &scopes, cursors, packed)?
    } else {
        Vec::new()
    };
    let wanted = Pull {
        scopes: &scopes,
        cursors,
        offered: &packs,
        packed,
        pushed: pushed_hashes(push.as_ref()),
        lets_go: reads_scopes(&request.capabilities),
        left: &left(request, &device, &scopes),
    };
    let (mut pulled, compared) = app.store.reading(|read| {
        let mut pulled = pull(read, &wanted)?;
        let compared = compared(app, read, request, &wanted, &mut pulled)?;
        Ok::<_, StoreError>((pulled, compared))
    })?;
    if testing::active(Mutant::FeedEntryLost) {
        let later = app.store.reading(|read| pull(read, &wanted))?;
        let cursors = later.frames.into_iter().flat_map(|frame| frame.cursors);
        pulled.frames.push(DocumentsFrame {
            cursors: cursors.collect(),
            ..DocumentsFrame::default()
        });
    }
    let blobs = offered(app, &request.offers)?;
    let more = pulled.more;
    for frame in frames(app, request, pulled, &wanted.pushed)? {
        answer.push(&frame);
    }
    answer.push(&Frame::End(EndFrame {
        blobs,
        more,
        packs,
        compared,
    }));
    Ok(answer.finish())
}

/// What a comparison found; what mends it joins the pull. Nothing where the device is to get something new anyway, or
/// knows another life of this hub: the two would differ by that.
fn compared(
    app: &App,
    read: &dyn HubRead,
    request: &SyncRequest,
    wanted: &Pull<'_>,
    pulled: &mut Pulled,
) -> Result<Option<Compared>, StoreError> {
    let Some(comparison) = &request.comparison else {
        return Ok(None);
    };
    let quiet = pulled.is_empty()
        && wanted.offered.is_empty()
        && wanted.pushed.is_empty()
        && request.epoch == app.hub_key.epoch
        && compares(&request.capabilities);
    if !quiet {
        return Ok(None);
    }
    let found = comparison::compare(read, wanted.scopes, comparison)?;
    pulled.frames.extend(found.frames);
    Ok(Some(found.compared))
}

/// Without the documents that were received whole.
fn worth_telling(verdicts: Vec<DocumentVerdict>) -> Vec<DocumentVerdict> {
    let told = |document: &DocumentVerdict| {
        let mut verdicts = document.verdicts.iter();
        verdicts.any(|verdict| *verdict != Verdict::Received)
    };
    verdicts.into_iter().filter(told).collect()
}

/// What a device is to know whose person has other scopes than it asks for.
fn assignment(
    app: &App,
    request: &SyncRequest,
    device: &Device,
    scopes: &[Scope],
) -> Result<Option<Box<Assignment>>, StoreError> {
    let asked = |scope| request.cursors.iter().any(|(asked, _)| asked == scope);
    let as_asked = request.cursors.len() == scopes.len() && scopes.iter().all(asked);
    if as_asked || !reads_scopes(&request.capabilities) {
        return Ok(None);
    }
    let grids = app
        .store
        .reading(|read| read.unit_grids_of(&device.person.duty_grids))?;
    Ok(Some(Box::new(Assignment {
        person: device.person.clone(),
        grids,
    })))
}

/// The scopes a device is to leave, and whether they ever were this person's.
fn left(request: &SyncRequest, device: &Device, scopes: &[Scope]) -> Vec<(Scope, bool)> {
    let asked = request.cursors.iter().map(|(scope, _)| scope);
    let left = asked.filter(|scope| !scopes.contains(scope));
    let was_theirs = |scope: &Scope| {
        let mut former = device.origin.former.iter();
        former.any(|former| former.scope == *scope)
    };
    left.map(|scope| (scope.clone(), was_theirs(scope)))
        .collect()
}

fn check_limits(request: &SyncRequest, push: Option<&OpenedPush<'_>>) -> Result<(), ApiError> {
    let documents = push.iter().flat_map(|push| push.documents());
    let too_large = documents.clone().count() > PUSHED_DOCUMENTS_MAX
        || documents
            .into_iter()
            .any(|pushed| pushed.changes.len() > PUSHED_CHANGES_MAX)
        || request.offers.len() > OFFERS_MAX;
    if too_large {
        return Err(ApiError::new(
            axum::http::StatusCode::PAYLOAD_TOO_LARGE,
            &messages::TOO_LARGE,
        ));
    }
    Ok(())
}

fn take_push(
    app: &App,
    write: &mut dyn HubTransaction,
    presented: &Presented,
    request: &SyncRequest,
    push: Option<&OpenedPush<'_>>,
) -> Result<Result<Pushed, ApiError>, SessionError> {
    let now = app.clock.now();
    let device = match admit(app, write, presented, now)? {
        Admitted::Device(device) => device,
        Admitted::Superseded(frame) => return Ok(Ok(Pushed::Answer(Frame::Superseded(frame)))),
        Admitted::Revoked => return Ok(Ok(Pushed::Answer(refused(&messages::DEVICE_REVOKED)))),
        Admitted::Unknown => {
            return Ok(Err(ApiError::new(
                axum::http::StatusCode::UNAUTHORIZED,
                &messages::DEVICE_UNKNOWN,
            )));
        }
    };
    let verdicts = match push {
        None => Vec::new(),
        Some(push) => {
            if let Err(message) = proven(push, &device) {
                let detail =
                    serde_json::json!({ "installation": device.row.id, "code": message.code });
                write.append_audit(now, device.person.id.as_str(), "push_refused", &detail)?;
                return Ok(Ok(Pushed::Answer(refused(message))));
            }
            ingest(app, write, &device.origin, push.documents(), now)?
        }
    };
    let token = renew(app, write, presented, &request.nonce)?;
    Ok(Ok(Pushed::Accepted {
        token,
        device,
        verdicts,
    }))
}

/// That a push comes from the device of the session and nobody has touched it. Nothing of another is merged.
fn proven(push: &OpenedPush<'_>, device: &Device) -> Result<(), &'static Message> {
    if *push.installation() != device.row.id {
        return Err(&messages::FOREIGN_ORIGIN);
    }
    let key = PublicKey::from_slice(&device.row.public_key);
    if key.is_ok_and(|key| push.is_signed_by(&key)) {
        Ok(())
    } else {
        Err(&messages::PUSH_SIGNATURE)
    }
}

/// A refusal inside a session.
pub(crate) fn refused(message: &Message) -> Frame {
    Frame::Refused(RefusedFrame {
        code: message.code.into(),
        zh: format!("{}{}", message.zh, message.next_zh),
        en: format!("{} {}", message.en, message.next_en),
    })
}

/// A device's feeds, where they go on, and which of them packs brought: one of another epoch begins again.
fn feeds_known<'a>(
    app: &App,
    request: &'a SyncRequest,
    device: &Device,
) -> (Vec<Scope>, &'a [(Scope, u64)], &'a [Scope]) {
    let scopes = Scope::of(&device.person);
    if request.epoch == app.hub_key.epoch {
        (scopes, &request.cursors, &request.packed)
    } else {
        (scopes, &[], &[])
    }
}

/// A pull as frames, in columns for a device that reads them.
fn frames(
    app: &App,
    request: &SyncRequest,
    pulled: Pulled,
    pushed: &HashSet<(DocumentId, Digest)>,
) -> Result<Vec<Frame>, StoreError> {
    if !reads_columns(&request.capabilities) {
        return Ok(pulled.frames.into_iter().map(Frame::Documents).collect());
    }
    app.store.reading(|read| {
        let columns = Columns {
            read,
            hub: &app.hub_key,
            authors: &pulled.authors,
            pushed,
        };
        pulled
            .frames
            .iter()
            .map(|frame| columns.frame(frame))
            .collect()
    })
}

fn pushed_hashes(push: Option<&OpenedPush<'_>>) -> HashSet<(DocumentId, Digest)> {
    let hashes = push.iter().flat_map(|push| push.hashes());
    hashes
        .map(|(document, hash)| (document, Digest::from_bytes(*hash.as_bytes())))
        .collect()
}
