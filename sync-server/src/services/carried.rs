//! What a courier hands up: a piece somebody else made, judged by its origin as if that device had pushed it now. Whose
//! session brought it says who may take turns, and nothing else. A courier that was revoked may hand up what it holds for as
//! long as it may push.

use axum::http::StatusCode;
use xunge_domain::ids::Digest;
use xunge_domain::time::Timestamp;
use xunge_sync::carry::{Carried, PhotoPart, Piece, Work, is_sealed, unseal_piece};
use xunge_sync::hub::{OriginInstallation, name_of};
use xunge_sync::keys::PublicKey;
use xunge_sync::wire::{
    CarriedFrame, CarriedOutcome, Frame, FrameWriter, Nonce, RefusedChanges, RefusedFrame, Verdict,
};

use crate::app::App;
use crate::error::ApiError;
use crate::messages::{self, Message};
use crate::services::admission::{refusal, refused};
use crate::services::blobs::{Chunk, Unkept, keep, no_room};
use crate::services::device_session::{
    Presented, Recognised, device_unknown, has_no_rights, origin_of, recognise,
};
use crate::services::ingest::ingest;
use crate::services::sync::{PUSHED_CHANGES_MAX, PUSHED_DOCUMENTS_MAX};
use crate::store::rows::InstallationRow;
use crate::store::{HubRead, HubTransaction, StoreError};

/// Takes a piece in. The same piece again does no harm: what is known is received.
///
/// # Errors
/// A courier this hub does not know, one that had its turns, or the hub's own trouble.
pub fn take_piece(
    app: &App,
    presented: &Presented,
    nonce: Nonce,
    piece: &[u8],
) -> Result<Vec<u8>, ApiError> {
    let mut answer = FrameWriter::new(&app.hub_key.key, nonce);
    let now = app.clock.now();
    let courier = app.store.reading(|read| {
        let recognised = recognise(read, presented)?;
        let row = read.installation(&presented.installation)?;
        Ok::<_, StoreError>((recognised, row))
    })?;
    let frame = match courier {
        (Recognised::Unknown, _) | (_, None) => {
            return Err(device_unknown());
        }
        (Recognised::Revoked(from), _) if from <= now => refused(&messages::DEVICE_REVOKED),
        (Recognised::Device(_) | Recognised::Revoked(_), Some(courier)) => {
            if !app.carried_turns.take(&courier.id, now) {
                let often = &messages::CARRIED_TOO_OFTEN;
                return Err(ApiError::new(StatusCode::TOO_MANY_REQUESTS, often).retry_after(3_600));
            }
            taken(app, &courier, piece)?
        }
    };
    answer.push(&frame);
    Ok(answer.finish())
}

fn taken(app: &App, courier: &InstallationRow, piece: &[u8]) -> Result<Frame, ApiError> {
    let name = Digest::of(piece);
    let (outcome, refused) = match unseal_piece(piece, &app.hub_key.key) {
        Err(cause) => {
            let words = RefusedFrame {
                code: cause.code().into(),
                zh: cause.zh().into(),
                en: cause.en().into(),
            };
            (CarriedOutcome::Refused(words), Vec::new())
        }
        Ok(Piece::Photo(part)) => match keep_part(app, &part) {
            Ok(()) => (CarriedOutcome::Taken, Vec::new()),
            Err(Unkept::NoRoom) => return Ok(no_room()),
            Err(Unkept::Failed(cause)) => return Err(cause),
        },
        Ok(Piece::Work(work)) => app
            .store
            .writing(|write| take_work(app, write, (courier, name), &work))?,
    };
    // Who cannot read a piece is not told what is in it.
    let told = if is_sealed(piece) {
        Vec::new()
    } else {
        refused
    };
    Ok(Frame::Carried(CarriedFrame {
        piece: name,
        outcome,
        refused: told,
    }))
}

fn keep_part(app: &App, part: &PhotoPart) -> Result<(), Unkept> {
    let chunk = Chunk {
        blob: part.blob,
        offset: part.offset,
        bytes: &part.bytes,
    };
    keep(app, &chunk).map(drop)
}

/// All of it, or nothing where something of it is not what it claims.
fn take_work(
    app: &App,
    write: &mut dyn HubTransaction,
    (courier, piece): (&InstallationRow, Digest),
    work: &Work,
) -> Result<(CarriedOutcome, Vec<RefusedChanges>), StoreError> {
    let now = app.clock.now();
    let detail = |origin: Option<&OriginInstallation>, code: &str| {
        serde_json::json!({
            "courier": courier.id,
            "origin": origin.map(|origin| origin.installation),
            "piece": piece,
            "code": code,
        })
    };
    let (origin, documents) = match proven(&*write, work, now)? {
        Ok(proven) => proven,
        Err(against) => {
            let detail = detail(None, against.code);
            write.append_audit(now, courier.person.as_str(), "carried_refused", &detail)?;
            return Ok((CarriedOutcome::Refused(refusal(against)), Vec::new()));
        }
    };
    let pushed: Vec<_> = documents
        .into_iter()
        .map(|carried| carried.document)
        .collect();
    let verdicts = ingest(app, write, &origin, &pushed, now)?;
    let mut waits = false;
    let mut refused = Vec::new();
    for (pushed, told) in pushed.iter().zip(&verdicts) {
        waits |= told
            .verdicts
            .iter()
            .any(|verdict| matches!(verdict, Verdict::NeedFrom(_)));
        let names = pushed.changes.iter().map(|change| name_of(&change.bytes));
        let never: Vec<Digest> = names
            .zip(&told.verdicts)
            .filter(|(_, verdict)| matches!(verdict, Verdict::Quarantined { .. }))
            .map(|(name, _)| Digest::from_bytes(*name.as_bytes()))
            .collect();
        if !never.is_empty() {
            refused.push(RefusedChanges {
                document: pushed.document,
                changes: never,
            });
        }
    }
    let (outcome, code) = if waits {
        (CarriedOutcome::Waits, "waits")
    } else {
        (CarriedOutcome::Taken, "taken")
    };
    let detail = detail(Some(&origin), code);
    write.append_audit(now, courier.person.as_str(), "carried", &detail)?;
    Ok((outcome, refused))
}

/// What was carried of one device, each piece of it signed by that device.
type Proven = (OriginInstallation, Vec<Carried>);

/// That one device of this hub, which might push it now, made all of it and nobody has touched it since. The hub believes no
/// certificate: it knows its devices itself. When the origin says that it made it counts for nothing: who has a revoked key
/// writes into a statement what it likes.
fn proven(
    read: &dyn HubRead,
    work: &Work,
    now: Timestamp,
) -> Result<Result<Proven, &'static Message>, StoreError> {
    let claims: Result<Vec<Carried>, _> = work
        .carriages
        .iter()
        .map(|carriage| carriage.claims())
        .collect();
    let Ok(claims) = claims else {
        return Ok(Err(&messages::BAD_REQUEST));
    };
    let Some(first) = claims.first() else {
        return Ok(Err(&messages::BAD_REQUEST));
    };
    let over = |carried: &Carried| carried.document.changes.len() > PUSHED_CHANGES_MAX;
    if claims.len() > PUSHED_DOCUMENTS_MAX || claims.iter().any(over) {
        return Ok(Err(&messages::TOO_LARGE));
    }
    let Some(row) = read.installation(&first.installation)? else {
        return Ok(Err(&messages::CARRIED_ORIGIN_UNKNOWN));
    };
    let person = read.person(&row.person)?;
    let Some(person) = person.filter(|_| !has_no_rights(&row, now)) else {
        return Ok(Err(&messages::DEVICE_REVOKED));
    };
    let Ok(key) = PublicKey::from_slice(&row.public_key) else {
        return Ok(Err(&messages::PUSH_SIGNATURE));
    };
    let mut documents = Vec::with_capacity(work.carriages.len());
    for carriage in &work.carriages {
        match carriage.verify(&key) {
            Ok(carried) if carried.installation == row.id => documents.push(carried),
            _ => return Ok(Err(&messages::PUSH_SIGNATURE)),
        }
    }
    Ok(Ok((origin_of(read, &row, person)?, documents)))
}
