//! Share 互传: two devices that meet, over whatever the app connects them with. The app carries messages; the core says
//! what to send, and believes what it can verify.
//!
//! Each side: hello → proof → what it holds of cases that both may see → what the other lacks → done.

use std::collections::{BTreeMap, BTreeSet};

use xunge_domain::ids::DocumentId;
use xunge_domain::scope::Scope;
use xunge_store::Reader;
use xunge_sync::carry::{
    Carriage, CarryError, Certified, Channel, Held, Hello, MESSAGE_BYTES_MAX, PARCEL_BYTES_MAX,
    Piece, SharedMessage, Work, is_sealed, open_piece, read_piece,
};
use xunge_sync::keys::PublicKey;

use crate::app::FieldApp;
use crate::documents::{Pen, open, pen};
use crate::error::FieldError;
use crate::exchange::certificate::{judged_at, own_certificate, want_certificate};
use crate::exchange::import::{Brought, take_piece};
use crate::exchange::photos::{Arriving, Wanted, cited, parts};
use crate::exchange::take::Judging;
use crate::exchange::work::{batches, carriage, is_genesis, places};
use crate::sync::next_request::session;

/// Most bytes of a message; a host refuses longer ones before it reads them.
pub const SHARED_BYTES_MAX: usize = MESSAGE_BYTES_MAX;
/// Most messages of one meeting; a host stops listening behind them.
pub const SHARED_MESSAGES_MAX: usize = 4_096;
/// Most cases of one meeting.
const CASES_MAX: usize = 2_000;
/// Documents looked at together.
const PAGE: usize = 500;
/// Most bytes of photos that one side sends.
const PHOTO_BYTES_MAX: usize = PARCEL_BYTES_MAX / 2;
/// Bytes of a name that tell a change from the others of its document.
const NAME_BYTES: usize = 8;

/// A meeting of two devices, as one of them sees it. Keep it until it is done; dropped before, what was taken counts.
pub struct Sharing {
    stage: Stage,
    messages: usize,
    photos: Arriving,
    wanted: Wanted,
    brought: Brought,
    sent: bool,
}

enum Stage {
    Greeting(Hello),
    Proving(Channel),
    Telling(Channel, Box<Certified>),
    Taking(Channel),
    Over,
}

/// What to do with a message.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SharingStep {
    /// To be sent, in order.
    pub send: Vec<Vec<u8>>,
    /// Both have said everything: the connection may be closed once all is sent.
    pub done: bool,
}

impl Sharing {
    /// What the other device brought so far.
    pub const fn brought(&self) -> &Brought {
        &self.brought
    }
}

impl FieldApp {
    /// Begins a meeting; the message is to be sent first. Both sides do the same, whoever called the other.
    ///
    /// # Errors
    /// Not enrolled, no certificate yet, or the store's.
    pub fn begin_sharing(&mut self) -> Result<(Sharing, Vec<u8>), FieldError> {
        let identity = self.identity()?;
        let own = self
            .store
            .read(|reader| own_certificate(reader, identity, &self.ports));
        if matches!(own, Err(FieldError::Carry(CarryError::NoCertificate))) {
            self.store.transaction(want_certificate)?;
        }
        own?;
        let hello = Hello::new(&self.ports.random())?;
        let first = hello.bytes();
        let sharing = Sharing {
            stage: Stage::Greeting(hello),
            messages: 0,
            photos: Arriving::default(),
            wanted: Wanted::default(),
            brought: Brought::default(),
            sent: false,
        };
        Ok((sharing, first))
    }

    /// Takes the next message of the other device. One commit for each that brings something; cases that both may see are
    /// opened to tell what they hold, about 1 ms each.
    ///
    /// # Errors
    /// The other is no device of this hub, does not keep to the protocol, or brings something forged: the meeting is over,
    /// and nothing of that message was taken.
    pub fn on_shared(
        &mut self,
        sharing: &mut Sharing,
        message: &[u8],
    ) -> Result<SharingStep, FieldError> {
        sharing.messages += 1;
        if sharing.messages > SHARED_MESSAGES_MAX {
            return Err(CarryError::TooLarge.into());
        }
        let pen = pen(&self.identity, &self.ports)?;
        let hub = session(pen.identity)?.server_key;
        // Whatever fails ends the meeting.
        let send = match std::mem::replace(&mut sharing.stage, Stage::Over) {
            Stage::Greeting(hello) => {
                let mut channel = hello.meet(message)?;
                let send = self.store.read(|reader| prove(reader, pen, &mut channel))?;
                sharing.stage = Stage::Proving(channel);
                vec![send]
            }
            Stage::Proving(mut channel) => {
                let told = self.store.read(|reader| {
                    let their = proven(reader, pen, &hub, &mut channel, message)?;
                    let holds = SharedMessage::Holds(holds(reader, pen, &their)?);
                    Ok::<_, FieldError>((channel.seal(&holds)?, their))
                });
                let (send, their) = told?;
                sharing.brought.from.clone_from(&their.origin.person.name);
                sharing.stage = Stage::Telling(channel, Box::new(their));
                vec![send]
            }
            Stage::Telling(mut channel, their) => {
                let SharedMessage::Holds(held) = channel.open(message)? else {
                    return Err(CarryError::Protocol.into());
                };
                let missing = self
                    .store
                    .read(|reader| missing(reader, pen, &their, &held))?;
                let mut send = Vec::new();
                for piece in missing {
                    send.push(channel.seal(&SharedMessage::Piece(piece.into()))?);
                }
                send.push(channel.seal(&SharedMessage::Done)?);
                sharing.sent = true;
                sharing.stage = Stage::Taking(channel);
                send
            }
            Stage::Taking(mut channel) => {
                match channel.open(message)? {
                    SharedMessage::Piece(piece) => {
                        self.take_shared(sharing, &hub, &piece)?;
                        sharing.stage = Stage::Taking(channel);
                    }
                    SharedMessage::Done => {
                        let (photos, wanted) = (&sharing.photos, &sharing.wanted);
                        let kept = self.store.transaction(|tx| photos.keep(tx, wanted))?;
                        sharing.brought.photos += kept.0;
                        sharing.brought.carried += kept.1;
                    }
                    SharedMessage::Proof { .. } | SharedMessage::Holds(_) => {
                        return Err(CarryError::Protocol.into());
                    }
                }
                Vec::new()
            }
            Stage::Over => return Err(CarryError::Protocol.into()),
        };
        let done = sharing.sent && matches!(sharing.stage, Stage::Over);
        Ok(SharingStep { send, done })
    }

    /// One commit. Between devices nothing is sealed: both may see it.
    fn take_shared(
        &mut self,
        sharing: &mut Sharing,
        hub: &PublicKey,
        piece: &[u8],
    ) -> Result<(), FieldError> {
        if is_sealed(piece) {
            return Err(CarryError::Protocol.into());
        }
        let pen = pen(&self.identity, &self.ports)?;
        let mut brought = sharing.brought.clone();
        let (wanted, photos) = (&mut sharing.wanted, &mut sharing.photos);
        self.store.transaction(|tx| {
            let now = judged_at(tx, pen.ports)?;
            let judging = Judging { pen, hub, now };
            take_piece(tx, judging, piece, &mut brought, wanted, photos)
        })?;
        sharing.brought = brought;
        Ok(())
    }
}

fn prove(reader: &Reader<'_>, pen: Pen<'_>, channel: &mut Channel) -> Result<Vec<u8>, FieldError> {
    let (certificate, _) = own_certificate(reader, pen.identity, pen.ports)?;
    let signature = pen.ports.signer.sign(&channel.own_proof())?;
    Ok(channel.seal(&SharedMessage::Proof {
        certificate,
        signature: signature.into(),
    })?)
}

fn proven(
    reader: &Reader<'_>,
    pen: Pen<'_>,
    hub: &PublicKey,
    channel: &mut Channel,
    message: &[u8],
) -> Result<Certified, FieldError> {
    let SharedMessage::Proof {
        certificate,
        signature,
    } = channel.open(message)?
    else {
        return Err(CarryError::Protocol.into());
    };
    let their = certificate.verify(hub, judged_at(reader, pen.ports)?)?;
    if their
        .key
        .verifies(&channel.their_proof(), signature.as_slice())
    {
        Ok(their)
    } else {
        Err(CarryError::ForeignSignature.into())
    }
}

/// The cases here that both may see.
fn shared(
    reader: &Reader<'_>,
    pen: Pen<'_>,
    their: &Certified,
) -> Result<Vec<DocumentId>, FieldError> {
    let scopes = Scope::of(&their.origin.person);
    let mut shared = Vec::new();
    let mut after = None;
    loop {
        let page = reader.document_ids(after, PAGE)?;
        let Some(last) = page.last() else {
            return Ok(shared);
        };
        after = Some(*last);
        for id in page {
            if shared.len() == CASES_MAX {
                return Ok(shared);
            }
            let Some(document) = open(reader, id)? else {
                continue;
            };
            if places(reader, &document, id, pen)?
                .iter()
                .any(|scope| scopes.contains(scope))
            {
                shared.push(id);
            }
        }
    }
}

type Name = [u8; NAME_BYTES];

fn name(hash: &[u8; 32]) -> Name {
    let mut name = Name::default();
    name.copy_from_slice(&hash[..NAME_BYTES]);
    name
}

fn names(reader: &Reader<'_>, id: DocumentId) -> Result<Vec<Name>, FieldError> {
    let changes = reader.accepted_changes(id)?;
    let changes = changes.iter().filter(|change| !is_genesis(change));
    Ok(changes.map(|change| name(change.hash.as_bytes())).collect())
}

fn holds(reader: &Reader<'_>, pen: Pen<'_>, their: &Certified) -> Result<Vec<Held>, FieldError> {
    let mut held = Vec::new();
    for document in shared(reader, pen, their)? {
        held.push(Held {
            document,
            names: names(reader, document)?.concat().into(),
        });
    }
    Ok(held)
}

/// What the other lacks and this device can answer for: its own work, and what it carries of others, then photos of it.
fn missing(
    reader: &Reader<'_>,
    pen: Pen<'_>,
    their: &Certified,
    held: &[Held],
) -> Result<Vec<Vec<u8>>, FieldError> {
    let (certificate, certified) = own_certificate(reader, pen.identity, pen.ports)?;
    let held: BTreeMap<DocumentId, BTreeSet<&[u8]>> = held
        .iter()
        .map(|held| (held.document, held.names.chunks(NAME_BYTES).collect()))
        .collect();
    let lacks = |id: &DocumentId, name: &Name| {
        let theirs = held.get(id);
        !theirs.is_some_and(|names| names.contains(name.as_slice()))
    };
    let mut lacking = Vec::new();
    let mut carriages = Vec::new();
    for id in shared(reader, pen, their)? {
        if !names(reader, id)?.iter().any(|name| lacks(&id, name)) {
            continue;
        }
        lacking.push(id);
        carriages.extend(carriage(reader, pen, &certified, id)?);
    }
    let mut pieces = Vec::new();
    for carriages in batches(carriages) {
        let certificate = certificate.clone();
        let work = Work {
            certificate,
            carriages,
        };
        pieces.push(open_piece(&Piece::Work(work))?);
    }
    add_carried(reader, &lacking, &mut pieces)?;
    add_photos(reader, &lacking, &mut pieces)?;
    Ok(pieces)
}

/// Work of others that waits here to be handed up, of the cases that the other may see and has not whole.
fn add_carried(
    reader: &Reader<'_>,
    lacking: &[DocumentId],
    pieces: &mut Vec<Vec<u8>>,
) -> Result<(), FieldError> {
    let mut behind = 0;
    while let Some(piece) = reader.waiting_piece(behind)? {
        behind = piece.arrival;
        if is_sealed(&piece.bytes) {
            continue;
        }
        let Ok(Piece::Work(work)) = read_piece(&piece.bytes) else {
            continue;
        };
        let theirs = |carriage: &Carriage| {
            let claims = carriage.claims();
            claims.is_ok_and(|carried| lacking.contains(&carried.document.document))
        };
        let carriages: Vec<Carriage> = work.carriages.into_iter().filter(theirs).collect();
        if !carriages.is_empty() {
            let certificate = work.certificate;
            let work = Work {
                certificate,
                carriages,
            };
            pieces.push(open_piece(&Piece::Work(work))?);
        }
    }
    Ok(())
}

fn add_photos(
    reader: &Reader<'_>,
    lacking: &[DocumentId],
    pieces: &mut Vec<Vec<u8>>,
) -> Result<(), FieldError> {
    let mut waiting = Vec::new();
    for id in lacking {
        waiting.extend(cited(reader, *id)?);
    }
    waiting.sort_by_key(|used| used.kind);
    let mut names = BTreeSet::new();
    let mut room = PHOTO_BYTES_MAX as u64;
    for used in waiting {
        if used.blob.length > room || !names.insert(used.blob.digest) {
            continue;
        }
        room -= used.blob.length;
        for part in parts(reader, &used)? {
            pieces.push(open_piece(&Piece::Photo(part))?);
        }
    }
    Ok(())
}
