//! Fetching packs: what to ask for next, and what of an answer can be committed.

use xunge_domain::ids::Digest;
use xunge_domain::scope::Scope;

use crate::device::answer::{Commit, Effect, LinkProblem};
use crate::device::machine::{DeviceMachine, InFlight};
use crate::device::request::{HttpRequest, Session, pack_request};
use crate::keys::PublicKey;
use crate::wire::{
    PackChain, PackOffer, PackSegment, SEGMENT_BYTES_MAX, SegmentReading, read_segment,
};

/// Most bytes asked for at once, so that work that comes up meanwhile is not held up by a long pack.
pub const PACK_REQUEST_BYTES_MAX: u64 = 1024 * 1024;
/// After so many answers in a row that were of no use, the feeds bring what the packs would have.
pub const PACK_TROUBLES_MAX: u32 = 3;

/// A pack on its way, as far as it is committed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PackProgress {
    /// Which.
    pub offer: PackOffer,
    /// Bytes of whole segments that are committed.
    pub taken: u64,
    /// Stands for these segments.
    pub chain: PackChain,
}

impl PackProgress {
    /// A pack of which nothing is here yet.
    pub fn new(offer: PackOffer) -> Self {
        let chain = PackChain::start(&offer.scope, offer.epoch, offer.seq);
        Self {
            offer,
            taken: 0,
            chain,
        }
    }

    /// Whether all of it is committed.
    pub const fn is_whole(&self) -> bool {
        self.taken >= self.offer.length
    }
}

/// A segment that is to be committed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PackTaken {
    /// Of whose pack.
    pub scope: Scope,
    /// Of which.
    pub sha256: Digest,
    /// Bytes of the pack that are committed then.
    pub taken: u64,
    /// Stands for them.
    pub chain: PackChain,
}

/// What an answer says of packs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PacksTold {
    /// To be fetched. A pack that is not among them is on offer no more.
    pub offers: Vec<PackOffer>,
    /// Whether the feeds hold more: until they do not, packs that are whole are still to be named.
    pub more: bool,
}

/// Bytes asked for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Asked {
    pub(crate) progress: PackProgress,
    /// The first byte.
    pub(crate) from: u64,
    /// One past the last.
    pub(crate) to: u64,
}

/// How an answer went.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Fetched {
    /// As far as was asked for; whether that was the end of the pack.
    Whole { finished: bool },
    /// It broke off; whether anything came.
    Cut { empty: bool },
    /// Bytes the hub did not sign for this place.
    Foreign,
}

/// What the machine remembers between two answers. None of it is kept: a kill costs the beginning of a segment.
#[derive(Default)]
pub(crate) struct Packs {
    /// The beginning of a segment whose end did not come: of which pack, behind how many committed bytes.
    held: Option<(Digest, u64, Vec<u8>)>,
    troubles: u32,
    refused: bool,
}

impl Packs {
    /// Whether packs are wanted at all.
    pub(crate) const fn wanted(&self) -> bool {
        !self.refused
    }

    /// The feeds are to bring everything.
    pub(crate) fn refuse(&mut self) {
        self.refused = true;
        self.held = None;
    }

    /// An answer was of no use. Whether the feeds take over.
    pub(crate) fn trouble(&mut self) -> bool {
        self.held = None;
        self.troubles += 1;
        if self.troubles >= PACK_TROUBLES_MAX {
            self.refuse();
        }
        self.refused
    }

    /// The feeds were told to their ends: what stood in the way before need not any more.
    pub(crate) const fn begin_anew(&mut self) {
        self.refused = false;
        self.troubles = 0;
    }

    /// What to ask for next. Empty where nothing can follow: a pack that ends inside a segment.
    pub(crate) fn next(&mut self, progress: &PackProgress) -> Asked {
        let of_this = |(sha256, taken, _): &(Digest, u64, Vec<u8>)| {
            *sha256 == progress.offer.sha256 && *taken == progress.taken
        };
        self.held = self.held.take().filter(of_this);
        let held = self.held.as_ref().map_or(0, |(_, _, bytes)| bytes.len());
        let from = progress.taken.saturating_add(held as u64);
        let to = from.saturating_add(PACK_REQUEST_BYTES_MAX);
        Asked {
            progress: progress.clone(),
            from,
            to: to.min(progress.offer.length),
        }
    }

    /// Takes the bytes of an answer. Each whole segment is a commit of its own.
    pub(crate) fn take(
        &mut self,
        key: &PublicKey,
        asked: Asked,
        body: &[u8],
    ) -> (Vec<Effect>, Fetched) {
        let wanted = asked.to.saturating_sub(asked.from);
        if body.len() as u64 > wanted {
            return (Vec::new(), Fetched::Foreign);
        }
        let cut = (body.len() as u64) < wanted;
        let mut bytes = self
            .held
            .take()
            .map_or_else(Vec::new, |(_, _, bytes)| bytes);
        bytes.extend_from_slice(body);
        let PackProgress {
            offer,
            mut taken,
            mut chain,
        } = asked.progress;
        let (mut rest, mut effects) = (bytes.as_slice(), Vec::new());
        loop {
            match read_segment(key, chain, rest) {
                SegmentReading::Foreign => return (effects, Fetched::Foreign),
                SegmentReading::Cut => break,
                SegmentReading::Whole {
                    segment,
                    chain: behind,
                    rest: following,
                } => {
                    taken += (rest.len() - following.len()) as u64;
                    (rest, chain) = (following, behind);
                    self.troubles = 0;
                    effects.push(Effect::Commit(commit_of(&offer, taken, chain, segment)));
                }
            }
        }
        let finished = taken == offer.length;
        if !finished && taken + rest.len() as u64 >= offer.length {
            return (effects, Fetched::Foreign);
        }
        if !rest.is_empty() && rest.len() <= SEGMENT_BYTES_MAX + 1024 {
            self.held = Some((offer.sha256, taken, rest.to_vec()));
        }
        let fetched = if cut {
            Fetched::Cut {
                empty: body.is_empty(),
            }
        } else {
            Fetched::Whole { finished }
        };
        (effects, fetched)
    }
}

fn commit_of(offer: &PackOffer, taken: u64, chain: PackChain, segment: PackSegment) -> Commit {
    let cursors: Vec<(Scope, u64)> = if taken == offer.length {
        vec![(offer.scope.clone(), offer.seq)]
    } else {
        Vec::new()
    };
    Commit {
        batch: Some(segment.batch.into()),
        cursors,
        pack: Some(Box::new(PackTaken {
            scope: offer.scope.clone(),
            sha256: offer.sha256,
            taken,
            chain,
        })),
        ..Commit::default()
    }
}

impl DeviceMachine {
    /// The request of [`Step::Pack`](super::Step::Pack).
    pub fn pack(&mut self, session: &Session, progress: &PackProgress) -> HttpRequest {
        let asked = self.packs.next(progress);
        let request = pack_request(session, &asked);
        self.in_flight = Some(InFlight::Pack {
            key: session.server_key,
            asked,
        });
        request
    }

    /// A segment of a pack does not fit what is here. The feeds bring everything; the cursors of their scopes are still
    /// where they were.
    pub fn refuse_packs(&mut self) {
        self.packs.refuse();
        self.round_due = true;
    }

    /// Takes bytes of a pack in. Whatever is wrong with it, the next push and pull sets it right: it names another pack,
    /// or brings the feeds.
    pub(super) fn on_pack(
        &mut self,
        key: &PublicKey,
        asked: Asked,
        status: u16,
        body: &[u8],
    ) -> Vec<Effect> {
        if (400..500).contains(&status) {
            // Gone, or not for this session any more.
            self.packs.trouble();
            self.round_due = true;
            return Vec::new();
        }
        // Whoever passes over the range sends all of it.
        let before = usize::try_from(asked.from).unwrap_or(usize::MAX);
        let body = match status {
            206 => Some(body),
            200 => {
                let wanted = usize::try_from(asked.to.saturating_sub(asked.from));
                let behind = body.get(before..).unwrap_or_default();
                Some(&behind[..behind.len().min(wanted.unwrap_or(usize::MAX))])
            }
            _ => None,
        };
        let (mut effects, fetched) = match body {
            Some(body) => self.packs.take(key, asked, body),
            None => (Vec::new(), Fetched::Foreign),
        };
        if !effects.is_empty() {
            self.stalled = false;
        }
        match fetched {
            Fetched::Whole { finished } => {
                self.failures = 0;
                self.tails_due |= finished;
            }
            Fetched::Cut { empty: true } => effects.push(self.fail(LinkProblem::Unreachable)),
            Fetched::Cut { empty: false } => effects.push(self.fail(LinkProblem::Cut)),
            Fetched::Foreign => {
                self.round_due |= self.packs.trouble();
                effects.push(self.fail(LinkProblem::Foreign { status }));
            }
        }
        effects
    }
}
