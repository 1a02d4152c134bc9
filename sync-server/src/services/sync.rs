//! One push and pull.

use std::collections::HashSet;

use xunge_domain::ids::{Digest, DocumentId};
use xunge_domain::scope::Scope;
use xunge_domain::time::Timestamp;
use xunge_sync::hub::{OpenedPush, Quarantine};
use xunge_sync::testing::{self, Mutant};
use xunge_sync::wire::{
    Assignment, Compared, Comparison, DocumentVerdict, DocumentsFrame, EndFrame, Frame,
    FrameWriter, HeadFrame, LISTED_MAX, SyncRequest, TakenParts, Token, Verdict, reads_columns,
    reads_scopes, spoken, spoken_without_comparison, takes_packs,
};

use crate::app::App;
use crate::error::ApiError;
use crate::messages;
use crate::services::admission::{Admission, alone, refused, take_push};
use crate::services::blobs::offered;
use crate::services::city_tables;
use crate::services::city_tables::places::unit_grids_of;
use crate::services::column_frames::Columns;
use crate::services::columns::open_push;
use crate::services::comparison;
use crate::services::device_session::{Device, Presented, SessionError, renew};
use crate::services::feeds::{Pull, Pulled, pull};
use crate::services::ingest::refused_of_others;
use crate::services::packs;
use crate::services::push_parts::resumed;
use crate::services::tasks::delivery;
use crate::store::{HubRead, StoreError};
use crate::tables::local_date;

/// Most documents of one push.
pub const PUSHED_DOCUMENTS_MAX: usize = 2_000;
/// Most changes of one pushed document.
pub const PUSHED_CHANGES_MAX: usize = 2_000;
/// Most blobs offered at once.
pub const OFFERS_MAX: usize = 64;

/// What is to be said of what was pushed.
#[derive(Default)]
pub(super) struct Said {
    pub(super) verdicts: Vec<DocumentVerdict>,
    pub(super) unresolved: Vec<DocumentId>,
    /// Changes that need not be sent back: the device has them.
    pub(super) hashes: HashSet<(DocumentId, Digest)>,
    /// Documents that are not named were received.
    rest_received: bool,
    /// Of a push in parts.
    pub(super) taken: Option<Box<TakenParts>>,
}

impl Said {
    /// Documents in which something pushed builds on what was refused from somebody else.
    fn builds_on_refused(&self) -> Vec<DocumentId> {
        let refused = |verdict: &Verdict| matches!(verdict, Verdict::Quarantined { code, .. } if *code == Quarantine::BuildsOnRefused.code());
        let of_parts = self.taken.iter().flat_map(|taken| &taken.verdicts);
        let told = self.verdicts.iter().chain(of_parts);
        told.filter(|told| told.verdicts.iter().any(refused))
            .map(|told| told.document)
            .collect()
    }
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
    let said = Said {
        hashes: push.iter().flat_map(names).collect(),
        unresolved: push
            .as_ref()
            .map_or_else(Vec::new, |push| push.unresolved().to_vec()),
        rest_received: request.columns.is_some(),
        verdicts: Vec::new(),
        taken: None,
    };
    conclude(app, presented, request, push.as_ref(), said, |_| Ok(Ok(())))
}

/// Takes in what the request itself pushes, hands out the next token, and answers with `said` of what came before; all
/// that, unless `may` says in the same transaction what stands against it.
///
/// # Errors
/// A device this hub does not know, or the hub's own trouble.
pub(super) fn conclude(
    app: &App,
    presented: &Presented,
    request: &SyncRequest,
    push: Option<&OpenedPush<'_>>,
    mut said: Said,
    may: impl Fn(&dyn HubRead) -> Result<Result<(), ApiError>, StoreError>,
) -> Result<Vec<u8>, ApiError> {
    // Before the token is renewed: what comes late from a broken link was sent under this one.
    if !request.offers.is_empty() {
        app.arrivals.settle(&presented.installation);
    }
    let now = app.clock.now();
    let pushed = app.store.writing(|write| {
        if let Err(against) = may(write)? {
            return Ok(Err(against));
        }
        let admission = take_push(app, write, presented, push)?;
        let pushes = request.push.is_some() || request.columns.is_some();
        let token = match &admission {
            // It was nobody's when the push was opened, and is somebody's now: nothing of the push was looked at.
            Ok(Admission::Accepted { .. }) if pushes && push.is_none() => {
                return Err(StoreError::Busy.into());
            }
            Ok(Admission::Accepted { .. }) => renew(app, write, presented, &request.nonce)?,
            _ => Token::default(),
        };
        Ok::<_, SessionError>(admission.map(|admission| (admission, token)))
    });
    let (device, verdicts, token) = match pushed.map_err(ApiError::from)?? {
        (Admission::Accepted { device, verdicts }, token) => (device, verdicts, token),
        (Admission::Answer(frame), _) => return Ok(alone(app, *request.nonce, &frame)),
    };
    if device.is_leaving() && has_nothing_left(request, push, &said) {
        return Ok(alone(
            app,
            *request.nonce,
            &refused(&messages::DEVICE_REVOKED),
        ));
    }
    said.verdicts.extend(if said.rest_received {
        worth_telling(verdicts)
    } else {
        verdicts
    });
    if let Some(nonce) = &request.resumes {
        let resumed = app
            .store
            .reading(|read| resumed(read, &presented.installation, nonce))?;
        said.taken = resumed.map(|(taken, names)| {
            said.hashes.extend(names);
            Box::new(taken)
        });
    }
    let built_on_refused = said.builds_on_refused();
    let asked = request.comparison.as_ref();
    let comparison = asked.filter(|_| app.comparison_turns.take(&presented.installation, now));
    let mut answer = FrameWriter::new(&app.hub_key.key, *request.nonce);
    let (scopes, cursors, packed) = feeds_known(app, request, &device);
    let packs = if takes_packs(&request.capabilities) {
        let sent = said.hashes.iter().map(|(document, _)| *document).collect();
        packs::offers(app, &scopes, cursors, packed, &sent)?
    } else {
        Vec::new()
    };
    let wanted = Pull {
        scopes: &scopes,
        cursors,
        offered: &packs,
        packed,
        pushed: said.hashes,
        lets_go: reads_scopes(&request.capabilities),
        left: &left(request, &device, &scopes),
    };
    // In one reading: what is told is of one moment.
    let (mut pulled, compared, refused, tasks, (mark, assignment)) = app.store.reading(|read| {
        let mut pulled = pull(read, &wanted)?;
        let compared = compared(app, read, (request, comparison), &wanted, &mut pulled)?;
        let differ = compared.iter().flat_map(|compared| &compared.wanted);
        let asked = built_on_refused.iter().chain(differ).copied();
        let refused = refused_of_others(read, asked, &device.origin)?;
        let tasks = if device.is_leaving() {
            delivery::Told::default()
        } else {
            delivery::told(read, &device.person.id, (cursors, &pulled.frames), now)?
        };
        let told = (
            city_tables::mark(app, read, now)?,
            assignment(read, request, &device, &scopes, now)?,
        );
        Ok::<_, StoreError>((pulled, compared, refused, tasks, told))
    })?;
    delivery::note(app, &tasks);
    if testing::active(Mutant::FeedEntryLost) {
        let later = app.store.reading(|read| pull(read, &wanted))?;
        let cursors = later.frames.into_iter().flat_map(|frame| frame.cursors);
        pulled.frames.push(DocumentsFrame {
            cursors: cursors.collect(),
            ..DocumentsFrame::default()
        });
    }
    answer.push(&Frame::Head(HeadFrame {
        token: token.into(),
        epoch: app.hub_key.epoch,
        server_time: now,
        verdicts: said.verdicts,
        capabilities: if comparison == asked {
            spoken()
        } else {
            spoken_without_comparison()
        },
        unresolved: said.unresolved,
        rest_received: said.rest_received,
        assignment,
        taken: said.taken,
        beacon: Some(
            app.hub_key
                .beacon(&presented.installation, &request.nonce, now)
                .into(),
        ),
        tables: Some(mark.into()),
    }));
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
        refused,
        tasks: tasks.tasks,
    }));
    Ok(answer.finish())
}

/// What a comparison found; what mends it joins the pull. Nothing where the device is to get something new anyway, or
/// knows another life of this hub: the two would differ by that.
fn compared(
    app: &App,
    read: &dyn HubRead,
    (request, comparison): (&SyncRequest, Option<&Comparison>),
    wanted: &Pull<'_>,
    pulled: &mut Pulled,
) -> Result<Option<Compared>, StoreError> {
    let Some(comparison) = comparison else {
        return Ok(None);
    };
    let quiet = pulled.is_empty()
        && wanted.offered.is_empty()
        && wanted.pushed.is_empty()
        && request.resumes.is_none()
        && request.epoch == app.hub_key.epoch;
    if !quiet {
        return Ok(None);
    }
    let found = comparison::compare(read, wanted.scopes, comparison)?;
    pulled.frames.extend(found.frames);
    Ok(Some(found.compared))
}

/// Whether a device sends nothing with this request, and offers nothing.
fn has_nothing_left(request: &SyncRequest, push: Option<&OpenedPush<'_>>, said: &Said) -> bool {
    push.is_none() && said.taken.is_none() && request.resumes.is_none() && request.offers.is_empty()
}

/// Without the documents that were received whole.
pub(super) fn worth_telling(verdicts: Vec<DocumentVerdict>) -> Vec<DocumentVerdict> {
    let told = |document: &DocumentVerdict| {
        let mut verdicts = document.verdicts.iter();
        verdicts.any(|verdict| *verdict != Verdict::Received)
    };
    verdicts.into_iter().filter(told).collect()
}

/// What a device is to know whose person has other scopes than it asks for.
fn assignment(
    read: &dyn HubRead,
    request: &SyncRequest,
    device: &Device,
    scopes: &[Scope],
    now: Timestamp,
) -> Result<Option<Box<Assignment>>, StoreError> {
    let asked = |scope| request.cursors.iter().any(|(asked, _)| asked == scope);
    let as_asked = request.cursors.len() == scopes.len() && scopes.iter().all(asked);
    if as_asked || device.is_leaving() || !reads_scopes(&request.capabilities) {
        return Ok(None);
    }
    let grids = unit_grids_of(read, &device.person.duty_grids, &local_date(now))?;
    Ok(Some(Box::new(Assignment {
        person: device.person.clone(),
        grids: grids.into_iter().map(|grid| grid.grid).collect(),
    })))
}

/// The scopes a device is to leave, and whether they ever were this person's.
fn left(request: &SyncRequest, device: &Device, scopes: &[Scope]) -> Vec<(Scope, bool)> {
    if device.is_leaving() {
        return Vec::new();
    }
    let asked = request.cursors.iter().map(|(scope, _)| scope);
    let left = asked.filter(|scope| !scopes.contains(scope));
    let was_theirs = |scope: &Scope| {
        let mut former = device.origin.former.iter();
        former.any(|former| former.scope == *scope)
    };
    left.map(|scope| (scope.clone(), was_theirs(scope)))
        .collect()
}

pub(super) fn check_limits(
    request: &SyncRequest,
    push: Option<&OpenedPush<'_>>,
) -> Result<(), ApiError> {
    let documents = push.iter().flat_map(|push| push.documents());
    let over = documents.clone().count() > PUSHED_DOCUMENTS_MAX
        || documents
            .into_iter()
            .any(|pushed| pushed.changes.len() > PUSHED_CHANGES_MAX)
        || request.offers.len() > OFFERS_MAX
        || request.comparison.as_ref().is_some_and(lists_too_much);
    if over { Err(too_large()) } else { Ok(()) }
}

/// A device lists bucket by bucket; a single one may hold more.
fn lists_too_much(comparison: &Comparison) -> bool {
    match comparison {
        Comparison::Buckets(_) => false,
        Comparison::Documents { buckets, held } => buckets.len() > 1 && held.len() > LISTED_MAX,
    }
}

pub(super) fn too_large() -> ApiError {
    ApiError::new(
        axum::http::StatusCode::PAYLOAD_TOO_LARGE,
        &messages::TOO_LARGE,
    )
}

/// A device's feeds, where they go on, and which of them packs brought: one of another epoch begins again.
fn feeds_known<'a>(
    app: &App,
    request: &'a SyncRequest,
    device: &Device,
) -> (Vec<Scope>, &'a [(Scope, u64)], &'a [Scope]) {
    if device.is_leaving() {
        return (Vec::new(), &[], &[]);
    }
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

/// The changes of a push, by their documents.
pub(super) fn names(push: &OpenedPush<'_>) -> impl Iterator<Item = (DocumentId, Digest)> {
    let hashes = push.hashes();
    hashes.map(|(document, hash)| (document, Digest::from_bytes(*hash.as_bytes())))
}
