//! Looking for risks, after what was sent is taken in and answered: a document is noted when something with a record came
//! into it or a photo of it became whole, in the transaction that did so, and looked at by one thread that waits for nobody.
//! It decides nothing: what it finds is a mark and a line of the log.
//!
//! In steps of a transaction each, so that none holds the writer while a picture is decoded, and in this order: pieces are kept
//! before others are compared with, so that of two that are looked at at once at least one sees the other.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use serde_json::json;
use xunge_domain::case::{Act, Action, Case, GridAnswer, Keyed, Outcome, PhotoEntry, fold};
use xunge_domain::geo::Point;
use xunge_domain::grid::UnitGridCode;
use xunge_domain::ids::{DocumentId, IntentId, PersonId};
use xunge_domain::time::Timestamp;
use xunge_evidence::record::{Record, beacon_message};
use xunge_evidence::risk::{Finding, Piece, PieceId, Place, Risk, RiskLimits, Scene, Sealed, find};
use xunge_sync::keys::Signer as _;

use crate::app::App;
use crate::services::documents::open;
use crate::services::{photos, risk_limits};
use crate::store::{
    HubRead, HubTransaction, PieceRow, RecordRow, RiskRow, StoreError, WaitingDocument,
};
use crate::tables::Tables;

/// The word of a line that says that something is odd.
pub const RISK_FOUND: &str = "risk_found";
/// Pieces are kept so long to compare with: as long as a city takes for its slowest works, and 55,000 photos.
pub const KEPT_DAYS: i64 = 90;

const DAY_MILLIS: i64 = 24 * 60 * 60 * 1_000;
/// Documents of one round.
const PART: usize = 64;
/// Of one person so many are compared with: a week of a busy one, and more than one phone keeps unsent.
const OF_PERSON_MAX: usize = 500;
/// Photos that are the same file.
const OF_ORIGINAL_MAX: usize = 50;
/// Photos whose looks are compared: measured, a scan of 55,000 takes less than 0.1 s and of so many 0.25 s, beside everything else.
const LOOKS_MAX: usize = 500_000;

/// A case with its pieces.
struct Gathered {
    waiting: WaitingDocument,
    pieces: Vec<PieceRow>,
    grid: Option<UnitGridCode>,
    beneficiaries: BTreeSet<PersonId>,
}

/// Looks at some of the documents that wait; how many. 0: none waits.
///
/// Cost: each document opened once, each new photo decoded once, one scan of all looks where there is a new one.
///
/// # Errors
/// The store's. What was not looked at waits on.
pub fn examine(app: &App) -> Result<usize, StoreError> {
    let now = app.clock.now();
    let waiting = app.store.reading(|read| read.waiting_documents(PART))?;
    if waiting.is_empty() {
        return Ok(0);
    }
    let mut cases = Vec::with_capacity(waiting.len());
    for waiting in &waiting {
        let gathered = app.store.reading(|read| gather(app, read, *waiting, now));
        match gathered {
            Ok(gathered) => cases.push(gathered),
            // The doctor tells of it; the others need not wait for it.
            Err(StoreError::Damaged { what }) => {
                tracing::warn!(document.id = %waiting.document, error.what = what, "a damaged document was not looked at for risks");
            }
            Err(trouble) => return Err(trouble),
        }
    }
    let mut new_looks = false;
    for case in &mut cases {
        new_looks |= look_at_photos(app, case);
    }
    app.store.writing(|write| {
        let mut rows = cases.iter().flat_map(|case| &case.pieces);
        rows.try_for_each(|row| write.put_piece(row))
    })?;
    let found = app.store.reading(|read| {
        let limits = risk_limits::get(read)?;
        let tables = app.tables.get(read, now)?;
        risks(
            read,
            &tables,
            &cases,
            &limits,
            now.plus_millis(-KEPT_DAYS * DAY_MILLIS),
            new_looks,
        )
    })?;
    app.store.writing(|write| {
        found.iter().try_for_each(|risk| note(write, risk, now))?;
        waiting
            .iter()
            .try_for_each(|one| write.note_examined(one))?;
        write.forget_pieces(now.plus_millis(-KEPT_DAYS * DAY_MILLIS))
    })?;
    Ok(waiting.len())
}

/// Looks at everything that waits.
///
/// # Errors
/// As [`examine`].
pub fn examine_all(app: &App) -> Result<usize, StoreError> {
    let mut examined = 0;
    loop {
        match examine(app)? {
            0 => return Ok(examined),
            more => examined += more,
        }
    }
}

fn gather(
    app: &App,
    read: &dyn HubRead,
    waiting: WaitingDocument,
    now: Timestamp,
) -> Result<Gathered, StoreError> {
    let id = waiting.document;
    let records = read.records(&id)?;
    let stored = read.document(&id)?.unwrap_or_default();
    let mut gathered = Gathered {
        waiting,
        pieces: Vec::new(),
        grid: None,
        beneficiaries: BTreeSet::new(),
    };
    // Older than what is compared with: nothing to look at.
    let fresh = |row: &RecordRow| now.millis_since(row.received_at) < KEPT_DAYS * DAY_MILLIS;
    if !records.iter().any(fresh) {
        return Ok(gathered);
    }
    let case = open(read, &id, &stored)?.read(id).case;
    for record in records.iter().filter(|row| fresh(row)) {
        let Some(piece) = piece(app, record, &case) else {
            continue;
        };
        gathered.pieces.push(match read.piece(&piece.id)? {
            Some(kept) => kept,
            None => PieceRow {
                piece,
                looked: false,
            },
        });
    }
    gathered.grid = match &case.facts.unit_grid {
        Some(GridAnswer::Known(code)) => Some(*code),
        _ => None,
    };
    gathered.beneficiaries = beneficiaries(read, &case, &gathered.pieces)?;
    Ok(gathered)
}

/// An entry of the case as a piece; `None` where it has no record that reads.
fn piece(app: &App, row: &RecordRow, case: &Case) -> Option<Piece> {
    let entry = Entry::of(case, &row.intent)?;
    let record = Record::from_bytes(entry.record?).ok()?;
    let moment = &record.moment;
    let not_before = moment.beacon.filter(|beacon| {
        let message = beacon_message(&record.installation, &beacon.nonce, beacon.at);
        let key = app.hub_key.key.public_key();
        key.verifies(&message, beacon.signature.as_slice())
    });
    let count = |fixes: usize| u32::try_from(fixes).unwrap_or(u32::MAX);
    Some(Piece {
        id: PieceId {
            document: row.document,
            intent: row.intent,
        },
        author: entry.author.clone(),
        sealed: entry.sealed,
        installation: record.installation,
        at: moment.at,
        not_before: not_before.map(|beacon| beacon.at),
        received_at: row.received_at,
        uptime: moment.uptime,
        place: Place::of(moment, entry.point),
        fixes: count(moment.fixes.len()),
        mocked: count(moment.fixes.iter().filter(|fix| fix.mock).count()),
    })
}

/// What photos and requests have in common.
struct Entry<'a> {
    author: &'a PersonId,
    sealed: Sealed,
    point: Option<Point>,
    record: Option<&'a [u8]>,
}

impl<'a> Entry<'a> {
    fn of(case: &'a Case, intent: &IntentId) -> Option<Self> {
        let photo = case.photos.iter().find(|photo| photo.id == *intent);
        let action = case.actions.iter().find(|action| action.id == *intent);
        photo
            .map(|photo| Self::of_photo(&photo.entry))
            .or_else(|| action.map(|action| Self::of_action(&action.entry)))
    }

    fn of_photo(photo: &'a PhotoEntry) -> Self {
        Self {
            author: &photo.author,
            sealed: Sealed::Photo {
                purpose: photo.purpose,
                original: photo.original.sha256,
                look: None,
            },
            point: photo.point,
            record: photo.seal.as_ref().map(|seal| seal.record.as_slice()),
        }
    }

    fn of_action(action: &'a Action) -> Self {
        Self {
            author: &action.author,
            sealed: Sealed::Action(action.act.name()),
            point: action.act.point(),
            record: action.seal.as_ref().map(|seal| seal.record.as_slice()),
        }
    }
}

/// Who did the work: who claimed or fed back with success, and authors of pieces that belong to the body that holds the claim.
fn beneficiaries(
    read: &dyn HubRead,
    case: &Case,
    pieces: &[PieceRow],
) -> Result<BTreeSet<PersonId>, StoreError> {
    let worked = |action: &&Keyed<Action>| {
        let ruling = case.ruling(&action.id);
        let accepted =
            ruling.is_some_and(|ruling| matches!(ruling.outcome, Outcome::Accepted { .. }));
        accepted && matches!(action.entry.act, Act::Claim | Act::Feedback { .. })
    };
    let workers = case.actions.iter().filter(worked);
    let mut beneficiaries: BTreeSet<PersonId> =
        workers.map(|action| action.entry.author.clone()).collect();
    let Some(claim) = fold(case).claim else {
        return Ok(beneficiaries);
    };
    let authors: BTreeSet<&PersonId> = pieces.iter().map(|row| &row.piece.author).collect();
    for author in authors {
        let body = read.person(author)?.and_then(|person| person.organisation);
        if body.as_ref() == Some(&claim.organisation) {
            beneficiaries.insert(author.clone());
        }
    }
    Ok(beneficiaries)
}

/// Looks at the photos whose bytes have come; whether there was a new look. What cannot be drawn has none and is no trouble
/// of anybody's.
fn look_at_photos(app: &App, case: &mut Gathered) -> bool {
    let mut new = false;
    for row in case.pieces.iter_mut().filter(|row| !row.looked) {
        let Sealed::Photo { original, look, .. } = &mut row.piece.sealed else {
            continue;
        };
        // Not all here yet, or kept elsewhere: noted again when the bytes are whole.
        let Ok(bytes) = photos::original(app, original) else {
            continue;
        };
        *look = photos::look(&bytes);
        row.looked = true;
        new |= look.is_some();
    }
    new
}

fn risks(
    read: &dyn HubRead,
    tables: &Arc<Tables>,
    cases: &[Gathered],
    limits: &RiskLimits,
    since: Timestamp,
    new_looks: bool,
) -> Result<Vec<Risk>, StoreError> {
    let looks = if new_looks {
        read.looks_since(since, LOOKS_MAX)?
    } else {
        Vec::new()
    };
    let of_people = of_people(read, cases)?;
    let mut found = BTreeMap::new();
    for case in cases {
        let own: Vec<Piece> = case.pieces.iter().map(|row| row.piece.clone()).collect();
        let others = others(
            read,
            &case.waiting.document,
            &own,
            &of_people,
            &looks,
            limits,
        )?;
        let scene = Scene {
            document: case.waiting.document,
            grid: case.grid.and_then(|code| tables.grids.get(code)),
            beneficiaries: &case.beneficiaries,
        };
        for risk in find(&own, &others, &scene, limits) {
            // What another case of this round found as well is one risk.
            found
                .entry((risk.piece, risk.finding.kind()))
                .or_insert(risk);
        }
    }
    Ok(found.into_values().collect())
}

/// The latest pieces of everybody who has one in these cases. Read once a round: the cases of one push are of one person, and
/// read anew for each case this was half of what a push cost the hub.
fn of_people(
    read: &dyn HubRead,
    cases: &[Gathered],
) -> Result<BTreeMap<PersonId, Vec<PieceRow>>, StoreError> {
    let rows = cases.iter().flat_map(|case| &case.pieces);
    let authors: BTreeSet<&PersonId> = rows.map(|row| &row.piece.author).collect();
    let read_one = |author: &PersonId| {
        Ok((
            author.clone(),
            read.pieces_of_person(author, OF_PERSON_MAX)?,
        ))
    };
    authors.into_iter().map(read_one).collect()
}

/// What may have to do with a case: its authors' pieces elsewhere, the same files, pictures that look alike.
fn others(
    read: &dyn HubRead,
    document: &DocumentId,
    own: &[Piece],
    of_people: &BTreeMap<PersonId, Vec<PieceRow>>,
    looks: &[(PieceId, u64)],
    limits: &RiskLimits,
) -> Result<Vec<Piece>, StoreError> {
    let mut others: BTreeMap<PieceId, Piece> = BTreeMap::new();
    let mut add = |rows: &[PieceRow]| {
        let elsewhere = rows.iter().filter(|row| row.piece.id.document != *document);
        others.extend(elsewhere.map(|row| (row.piece.id, row.piece.clone())));
    };
    let authors: BTreeSet<&PersonId> = own.iter().map(|piece| &piece.author).collect();
    for author in authors {
        add(of_people.get(author).map_or(&[], Vec::as_slice));
    }
    let bits_max = limits.alike_bits_max.max(limits.reused_bits_max);
    for piece in own {
        let Sealed::Photo { original, look, .. } = piece.sealed else {
            continue;
        };
        add(&read.pieces_of_original(&original, OF_ORIGINAL_MAX)?);
        let Some(look) = look else {
            continue;
        };
        let alike = looks
            .iter()
            .filter(|(_, other)| (look ^ other).count_ones() <= bits_max);
        for (id, _) in alike.take(OF_ORIGINAL_MAX) {
            add(read.piece(id)?.as_slice());
        }
    }
    Ok(others.into_values().collect())
}

/// A mark and its line of the log, once.
fn note(write: &mut dyn HubTransaction, risk: &Risk, now: Timestamp) -> Result<(), StoreError> {
    let kind = risk.finding.kind();
    let known = write.risks(&risk.piece.document)?;
    let same = |row: &RiskRow| row.piece == risk.piece && row.finding.kind() == kind;
    if known.iter().any(same) {
        return Ok(());
    }
    let detail = detail(&risk.piece, &risk.person, &risk.finding);
    let line = write.append_audit(now, "system", RISK_FOUND, &detail)?;
    write.add_risk(&RiskRow {
        line,
        piece: risk.piece,
        person: risk.person.clone(),
        found_at: now,
        finding: risk.finding.clone(),
    })
}

/// What a line of [`RISK_FOUND`] says.
pub fn detail(piece: &PieceId, person: &PersonId, finding: &Finding) -> serde_json::Value {
    json!({
        "document": piece.document,
        "intent": piece.intent,
        "person": person,
        "finding": finding,
    })
}
