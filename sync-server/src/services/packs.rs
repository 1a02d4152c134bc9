//! Packs: the documents of a scope in one file, for devices whose feed begins at 0.
//!
//! A pack is made when a device first wants it, outside any write transaction, by the request of that device; others
//! wait for it. Should the device give up waiting, the pack is finished all the same and lies ready when it comes back.

use std::collections::{HashMap, HashSet};
use std::io;

use xunge_domain::ids::{Digest, DocumentId, InstallationId};
use xunge_domain::scope::Scope;
use xunge_sync::wire::columns::{ActorNames, Base, BatchDocument, ColumnsError, Effort, encode};
use xunge_sync::wire::{CONTENT_TYPE, PackChain, PackOffer, PackSegment, write_segment};

use crate::app::App;
use crate::error::ApiError;
use crate::http::range_file::RangeFile;
use crate::pack_files::{KeptPack, PackSizes, PackWriter};
use crate::services::column_frames::named;
use crate::services::device_session::{Presented, reader_of_files};
use crate::services::disk::DiskState;
use crate::services::feeds::{most_first, pushed_change};
use crate::store::rows::MembershipRow;
use crate::store::{HubRead, StoreError};

/// Members read at once.
const MEMBERS: usize = 500;

/// Why there is no pack. The frames of the feed serve as well.
#[derive(Debug, thiserror::Error)]
enum MakeError {
    #[error(transparent)]
    Store(#[from] StoreError),
    #[error(transparent)]
    Columns(#[from] ColumnsError),
    #[error(transparent)]
    Io(#[from] io::Error),
}

/// The packs for a device that fetches packs: of its scopes whose feeds begin at 0 and hold many documents that no
/// earlier scope brings along, beside those in `sent`, which the device has just pushed: of these it wants no more than
/// the rulings. Cost: nothing where no feed begins at 0; else a count a scope, and the making of packs
/// that are wanted for the first time, about 1.5 ms a case.
///
/// # Errors
/// The store's.
pub fn offers(
    app: &App,
    scopes: &[Scope],
    cursors: &[(Scope, u64)],
    packed: &[Scope],
    sent: &HashSet<DocumentId>,
) -> Result<Vec<PackOffer>, StoreError> {
    let from = |scope: &Scope| {
        let mut known = cursors.iter();
        known
            .find(|(known, _)| known == scope)
            .map_or(0, |(_, seq)| *seq)
    };
    let mut offers: Vec<PackOffer> = Vec::new();
    for (place, scope) in scopes.iter().enumerate() {
        if from(scope) > 0 || packed.contains(scope) {
            continue;
        }
        let (head, wanted) = app.store.reading(|read| {
            let head = read.feed_head(scope)?;
            if head == 0 {
                return Ok((0, false));
            }
            // What the device is about to get, or got from a pack, need not be sent twice. What it had before must be:
            // it may have found a hole.
            let earlier = scopes.iter().take(place);
            let brought: Vec<Scope> = earlier
                .filter(|scope| from(scope) == 0 || packed.contains(scope))
                .cloned()
                .collect();
            let all = read.count_members(scope, &[])?;
            let wanted = |beyond: u64| {
                beyond >= app.packs.sizes.from.max(1) && beyond.saturating_mul(2) >= all
            };
            let beyond = read.count_members(scope, &brought)?;
            // Looked up where it decides.
            let wanted =
                wanted(beyond) && wanted(beyond.saturating_sub(members_among(read, scope, sent)?));
            Ok::<_, StoreError>((head, wanted))
        })?;
        if wanted && let Some(pack) = pack_of(app, scope, head)? {
            offers.push(PackOffer {
                scope: scope.clone(),
                epoch: pack.epoch,
                seq: pack.seq,
                sha256: pack.sha256,
                length: pack.length,
            });
        }
    }
    Ok(offers)
}

/// How many of these documents stand in a scope.
fn members_among(
    read: &dyn HubRead,
    scope: &Scope,
    documents: &HashSet<DocumentId>,
) -> Result<u64, StoreError> {
    let mut members = 0;
    for document in documents {
        let scopes = read.memberships(document)?;
        members += u64::from(scopes.iter().any(|member| member.scope == *scope));
    }
    Ok(members)
}

/// The pack of a scope, made if there is none yet that is new enough.
fn pack_of(app: &App, scope: &Scope, head: u64) -> Result<Option<KeptPack>, StoreError> {
    let (epoch, from) = (app.hub_key.epoch, app.packs.sizes.from);
    let void_below = app.store.reading(|read| read.void_below(scope))?;
    let covering = || {
        let kept = app.packs.kept(scope);
        kept.filter(|pack| pack.covers(epoch, head, from) && pack.seq >= void_below)
    };
    if let Some(pack) = covering() {
        return Ok(Some(pack));
    }
    let _turn = app.packs.turn();
    // Whoever waited for the one who made it finds it here.
    if let Some(pack) = covering() {
        return Ok(Some(pack));
    }
    // A disk that has no room for photos has none for this.
    if app.packs.lately_failed(scope, head) || app.blobs.disk().state == DiskState::RefusesPhotos {
        return Ok(None);
    }
    match app.store.reading(|read| make(app, read, scope)) {
        Ok(pack) => Ok(Some(pack)),
        Err(MakeError::Store(cause)) => Err(cause),
        Err(cause) => {
            tracing::warn!(error.reason = %cause, "a scope could not be packed; its feed is sent instead");
            app.packs.note_failure(scope, head);
            Ok(None)
        }
    }
}

/// Makes a pack of one moment of the store.
fn make(app: &App, read: &dyn HubRead, scope: &Scope) -> Result<KeptPack, MakeError> {
    let (epoch, seq) = (app.hub_key.epoch, read.feed_head(scope)?);
    let mut making = Making {
        app,
        read,
        sizes: app.packs.sizes,
        writer: app.packs.begin()?,
        chain: PackChain::start(scope, epoch, seq),
        full: None,
        open: Part::default(),
    };
    let mut after = None;
    loop {
        let members = read.members(scope, after.as_ref(), MEMBERS)?;
        for member in &members {
            making.add(member)?;
        }
        match members.last() {
            Some(last) if members.len() == MEMBERS => after = Some(last.document),
            _ => break,
        }
    }
    making.close()?;
    Ok(making.writer.finish(scope, epoch, seq)?)
}

/// Documents of a segment that is not written yet.
#[derive(Default)]
struct Part {
    documents: Vec<BatchDocument>,
    authors: HashMap<InstallationId, usize>,
    bytes: usize,
}

impl Part {
    /// Whether it has so many `parts` of what a segment holds.
    const fn reaches(&self, sizes: &PackSizes, parts: usize) -> bool {
        self.bytes * parts >= sizes.segment_bytes
            || self.documents.len() * parts >= sizes.segment_documents
    }

    fn join(&mut self, other: Self) {
        self.documents.extend(other.documents);
        self.bytes += other.bytes;
        for (author, changes) in other.authors {
            *self.authors.entry(author).or_default() += changes;
        }
    }
}

struct Making<'a> {
    app: &'a App,
    read: &'a dyn HubRead,
    sizes: PackSizes,
    writer: PackWriter<'a>,
    chain: PackChain,
    /// A full segment, written once half of another follows: a small rest compresses badly, so it goes along.
    full: Option<Part>,
    open: Part,
}

impl Making<'_> {
    fn add(&mut self, member: &MembershipRow) -> Result<(), MakeError> {
        let rows = self
            .read
            .changes(&member.document, 1, member.upto_arrival)?;
        for author in rows.iter().filter_map(|row| row.installation) {
            *self.open.authors.entry(author).or_default() += 1;
        }
        self.open.bytes += rows.iter().map(|row| row.bytes.len()).sum::<usize>();
        self.open.documents.push(BatchDocument {
            document: member.document,
            base: Base::New,
            changes: rows.into_iter().map(pushed_change).collect(),
        });
        if self.open.reaches(&self.sizes, 2)
            && let Some(full) = self.full.take()
        {
            self.write(full)?;
        }
        if self.open.reaches(&self.sizes, 1) {
            self.full = Some(std::mem::take(&mut self.open));
        }
        Ok(())
    }

    fn close(&mut self) -> Result<(), MakeError> {
        let mut last = self.full.take().unwrap_or_default();
        last.join(std::mem::take(&mut self.open));
        self.write(last)
    }

    fn write(&mut self, part: Part) -> Result<(), MakeError> {
        let names: ActorNames = named(&self.app.hub_key, &most_first(part.authors));
        let batch = encode(&part.documents, &names, Effort::Thorough)?.into();
        let segment = PackSegment { batch };
        let (bytes, chain) = write_segment(&self.app.hub_key.key, self.chain, &segment);
        self.chain = chain;
        Ok(self.writer.write(&bytes)?)
    }
}

/// Opens a pack for a device of somebody who sees its scope. The session's token is not used up.
///
/// # Errors
/// A device this hub does not know, a pack that is not there or not his, or the hub's own trouble.
pub fn open(app: &App, presented: &Presented, sha256: &Digest) -> Result<RangeFile, ApiError> {
    let person = reader_of_files(app, presented)?;
    let found = Scope::of(&person).into_iter().find_map(|scope| {
        let pack = app.packs.kept(&scope)?;
        (pack.sha256 == *sha256).then_some((scope, pack))
    });
    let (scope, pack) = found.ok_or_else(ApiError::not_found)?;
    match app.packs.read(&scope, &pack) {
        Ok(file) => Ok(RangeFile {
            file,
            sha256: pack.sha256,
            length: pack.length,
            content_type: CONTENT_TYPE,
        }),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Err(ApiError::not_found()),
        Err(error) => Err(ApiError::internal(&error)),
    }
}
