//! The state of a device's conversation with the hub. It holds no data that a kill could lose: everything durable
//! is in the store, and a new machine simply asks again.

use std::collections::{HashMap, HashSet};

use xunge_domain::case::BlobReference;
use xunge_domain::ids::{Digest, DocumentId};
use xunge_domain::scope::Scope;
use xunge_domain::time::Timestamp;

use crate::device::answer::{DEVICE_UNKNOWN, Effect, LinkProblem, brings_on, settles};
use crate::device::base_map::BaseMapProgress;
use crate::device::comparing::Comparing;
use crate::device::pace::Pace;
use crate::device::packs::{Asked, Packs};
use crate::device::parts::Untold;
use crate::device::push::{Form, Named, Pushing, prepare};
use crate::device::request::{
    HttpAnswer, HttpRequest, Outlook, PendingDocument, Session, Step, SyncParts, Upload,
    sync_request,
};
use crate::keys::{PublicKey, Signer, SignerError};
use crate::wire::{
    ByteRange, Comparison, Ending, FrameReader, Nonce, OfferedTask, PACKS, PLAIN, named_by_device,
    next_chunk,
};

/// Shortest wait before a retry.
pub const RETRY_MILLIS_MIN: u64 = 1_000;
/// Longest wait before a retry.
pub const RETRY_MILLIS_MAX: u64 = 5 * 60 * 1_000;
/// Statuses of a hub that does not read the columns, or the parts, it was sent.
const COLUMNS_REFUSED: [u16; 2] = [400, 406];
/// Most blobs offered in one request: their gaps come back, and nobody else's.
const OFFERS_MAX: usize = 16;

pub(super) enum InFlight {
    Sync(Sent),
    Chunk { reader: FrameReader, blob: Digest },
    Pack { key: PublicKey, asked: Asked },
    Errand { reader: FrameReader },
    BaseMap(BaseMapProgress),
}

/// What a push and pull said, for what its answer means.
pub(super) struct Sent {
    pub(super) reader: FrameReader,
    pub(super) pushed: Vec<Named>,
    pushed_bytes: usize,
    pub(super) offered: Vec<Digest>,
    in_columns: bool,
    pub(super) in_parts: bool,
    /// Whether it asked how far the push before it got.
    pub(super) resumes: bool,
    /// Whether the store knows of packs, which the answer may take back.
    pub(super) packs_known: bool,
    pub(super) comparison: Option<Comparison>,
}

/// One device's conversation.
#[derive(Default)]
pub struct DeviceMachine {
    pub(super) in_flight: Option<InFlight>,
    pub(super) round_due: bool,
    pub(super) pace: Pace,
    pub(super) failures: u32,
    /// The last push and pull brought nothing on: asking again at once would bring the same.
    pub(super) stalled: bool,
    /// The hub took no photo, e.g. for want of room: photos wait for the next round, text does not.
    photos_wait: bool,
    /// The hub took no errand: they wait for the next round.
    pub(super) errands_wait: bool,
    /// Gaps as the hub last told them; a blob that is not here has to be offered first.
    pub(super) gaps: HashMap<Digest, Vec<ByteRange>>,
    /// Documents of which the hub could not tell what it has: their next push spells it out.
    pub(super) spelled: HashSet<DocumentId>,
    /// A push in parts of which nothing is known yet.
    pub(super) untold: Option<Untold>,
    /// The hub took no parts after all: pushes are whole.
    parts_refused: bool,
    /// Speaks plain alone: an old client, or one whose hub took no columns after all.
    plain: bool,
    /// The last answer held a document that could not be put together here: the next one is to be plain.
    plain_answer_due: bool,
    pub(super) packs: Packs,
    /// A pack is whole: once they all are, the feeds go on behind them.
    pub(super) tails_due: bool,
    pub(super) comparing: Comparing,
    /// Answers of this round that brought nothing of the base map.
    pub(super) base_map_troubles: u8,
    /// What this device's person is asked for, as the store has it.
    pub(super) tasks: Vec<OfferedTask>,
}

impl DeviceMachine {
    /// Tells what the store has of the person's tasks: only another list is news.
    pub fn tasks_known(&mut self, tasks: Vec<OfferedTask>) {
        self.tasks = tasks;
    }

    /// Asks for one push and pull even if nothing waits here.
    pub fn start_round(&mut self) {
        self.round_due = true;
        self.stalled = false;
        self.photos_wait = false;
        self.errands_wait = false;
        self.base_map_troubles = 0;
        self.comparing.start_round();
    }

    /// Asks for one more push and pull in this round: something reached the hub that its feeds will tell.
    pub const fn ask_again(&mut self) {
        self.round_due = true;
        self.stalled = false;
    }

    /// Speaks plain alone, as a client that has no other capability.
    pub const fn speak_plain(&mut self) {
        self.plain = true;
    }

    /// Pushes in parts of at most so many bytes of raw changes, for tests whose cases are few and small.
    pub const fn cut_finely(&mut self, part_bytes: usize) {
        self.pace.cut_finely(part_bytes);
    }

    /// The device is another to the hub now, which knows of no push of its.
    pub fn begin_anew(&mut self) {
        self.untold = None;
        self.start_round();
    }

    const fn takes_parts(&self) -> bool {
        !self.plain && !self.parts_refused
    }

    /// A pulled document builds on something that is not known here: it is asked for again, whole and raw. The cursors
    /// of its frame and of those behind it must not be kept.
    pub const fn pull_plain(&mut self) {
        self.plain_answer_due = true;
        self.round_due = true;
    }

    /// How many tries in a row failed.
    pub const fn failures(&self) -> u32 {
        self.failures
    }

    /// What to do next of the work: text before photos, photos in the order of the outlook.
    pub(super) fn next_step_of_work(&self, outlook: &Outlook) -> Step {
        let sync = Step::Sync {
            push_bytes_max: match self.untold {
                Some(_) => 0,
                None if outlook.parts && self.takes_parts() => self.pace.parted_bytes(),
                None => self.pace.bytes(),
            },
            document_bytes_max: self.pace.bytes(),
        };
        if self.round_due || (outlook.changes_pending && !self.stalled) {
            return sync;
        }
        if let Some(errand) = outlook.errand.filter(|_| !self.errands_wait) {
            return Step::Errand(errand);
        }
        let mut packs = outlook.packs.iter();
        if let Some(progress) = packs.find(|pack| !pack.is_whole() && self.packs.wanted()) {
            return Step::Pack(progress.clone());
        }
        if self.tails_due {
            return sync;
        }
        if let Some(buckets) = self.comparing.next(outlook).filter(|_| !self.plain) {
            return Step::Compare { buckets };
        }
        let gap_of = |upload: &Upload| {
            let range = next_chunk(self.gaps.get(&upload.blob.sha256)?)?;
            Some(Step::Chunk {
                blob: upload.blob,
                range,
            })
        };
        match outlook.uploads.first() {
            None => Step::Done,
            Some(_) if self.photos_wait => Step::Done,
            // A blob without known gaps was never offered, or its upload was cut: ask.
            Some(first) if !self.stalled && !self.gaps.contains_key(&first.blob.sha256) => sync,
            Some(_) => match outlook.uploads.iter().find_map(gap_of) {
                Some(chunk) => chunk,
                None if self.stalled => Step::Done,
                None => sync,
            },
        }
    }

    /// The request of [`Step::Sync`]; of [`Step::Compare`] with nothing pending and the comparison in the outlook.
    ///
    /// # Errors
    /// The device key cannot sign.
    #[expect(
        clippy::too_many_arguments,
        reason = "each is another source: store, outlook, clock, entropy, signer"
    )]
    pub fn sync(
        &mut self,
        session: &Session,
        cursors: Vec<(Scope, u64)>,
        pending: &[PendingDocument],
        outlook: &Outlook,
        now: Timestamp,
        nonce: Nonce,
        signer: &dyn Signer,
    ) -> Result<HttpRequest, SignerError> {
        let offers: Vec<BlobReference> = outlook
            .uploads
            .iter()
            .take(OFFERS_MAX)
            .map(|upload| upload.blob)
            .collect();
        let offered = offers.iter().map(|offer| offer.sha256).collect();
        let resumes = self.resumed_nonce(session);
        let pending = if resumes.is_some() { &[] } else { pending };
        let form = match (session.columns && !self.plain, session.parts) {
            (false, _) => Form::Plain,
            (true, true) if self.takes_parts() => Form::Parts(self.pace.part_bytes(), nonce),
            (true, _) => Form::Columns,
        };
        let prepared = prepare(session, pending, form, &self.spelled, signer)?;
        let mut capabilities = if self.plain || self.plain_answer_due {
            vec![PLAIN.into()]
        } else {
            named_by_device()
        };
        capabilities.retain(|name| name != PACKS || self.packs.wanted());
        let whole = outlook.packs.iter().filter(|pack| pack.is_whole());
        let packed = whole.map(|pack| pack.offer.scope.clone()).collect();
        let push = prepared.push;
        let in_columns = matches!(push, Some(Pushing::Columns(_)));
        let in_parts = matches!(push, Some(Pushing::Parts(_)));
        let pushed = prepared.parts.concat();
        let request = sync_request(SyncParts {
            session,
            capabilities,
            cursors,
            packed,
            resumes,
            push,
            offers,
            comparison: outlook.comparison.clone(),
            now,
            nonce,
        })
        .signed((now, &nonce), signer)?;
        if in_parts {
            self.untold = Some(Untold {
                installation: session.installation,
                nonce,
                parts: prepared.parts,
            });
        }
        let reader = FrameReader::new(session.server_key, nonce);
        self.comparing.sent(outlook.comparison.is_some());
        self.in_flight = Some(InFlight::Sync(Sent {
            reader,
            pushed,
            pushed_bytes: prepared.bytes,
            offered,
            in_columns,
            in_parts,
            resumes: resumes.is_some(),
            packs_known: !outlook.packs.is_empty(),
            comparison: outlook.comparison.clone(),
        }));
        Ok(request)
    }

    /// What an answer means, where nobody measured how long it took.
    pub fn on_answer(&mut self, answer: HttpAnswer) -> Vec<Effect> {
        self.on_answer_after(answer, None)
    }

    /// What an answer means that came so long after its request; the size of the next push follows from it. An answer
    /// nobody waits for (a late one, a repeated one) means nothing.
    pub fn on_answer_after(&mut self, answer: HttpAnswer, took_millis: Option<u64>) -> Vec<Effect> {
        let Some(in_flight) = self.in_flight.take() else {
            return Vec::new();
        };
        if let InFlight::Chunk { blob, .. } = &in_flight {
            // How much of a cut upload arrived is for the hub to say.
            self.gaps.remove(blob);
        }
        let (status, body) = match answer {
            HttpAnswer::Unreachable => return vec![self.fail(LinkProblem::Unreachable)],
            HttpAnswer::WrongCertificate => return vec![self.fail(LinkProblem::WrongCertificate)],
            HttpAnswer::Answered { status, body } => (status, body),
        };
        let is_sync = matches!(in_flight, InFlight::Sync(_));
        let is_errand = matches!(in_flight, InFlight::Errand { .. });
        if is_errand && self.errand_put_off(status) {
            return Vec::new();
        }
        if (500..600).contains(&status) || status == 429 {
            if is_errand {
                self.errand_failed();
            }
            return vec![self.fail(LinkProblem::Server { status })];
        }
        let sent = match in_flight {
            InFlight::Pack { key, asked } => return self.on_pack(&key, asked, status, &body),
            InFlight::BaseMap(progress) => return self.on_base_map(progress, status, body),
            InFlight::Sync(sent) => sent,
            InFlight::Chunk { reader, .. } | InFlight::Errand { reader } => Sent {
                reader,
                pushed: Vec::new(),
                pushed_bytes: 0,
                offered: Vec::new(),
                in_columns: false,
                in_parts: false,
                resumes: false,
                packs_known: false,
                comparison: None,
            },
        };
        // Nobody signs for such a refusal, and believing it costs bytes alone: a hub put back to an older version, or
        // a batch it cannot read, must not keep anything from being sent.
        let refused = COLUMNS_REFUSED.contains(&status);
        self.plain |= sent.in_columns && refused;
        self.parts_refused |= sent.in_parts && refused;
        let (gaps_known, spelled_known) = (self.gaps.len(), self.spelled.len());
        let reading = sent.reader.read(&body);
        let mut effects: Vec<Effect> = reading
            .frames
            .into_iter()
            .filter_map(|frame| self.on_frame(frame, &sent))
            .collect();
        match reading.ending {
            Ending::Complete => {
                // A link that answers questions and carries no part must not be tried without end.
                if !sent.resumes || effects.iter().any(settles) {
                    self.failures = 0;
                }
                self.plain_answer_due &= !is_sync;
                let learnt = self.gaps.len() > gaps_known
                    || self.spelled.len() > spelled_known
                    || effects.iter().any(brings_on);
                // A refusal stands until something new happens here. Of a chunk as well: its blob has no gaps known
                // any more, so it would be offered, told and refused without end. But text goes on meanwhile.
                let refused = effects
                    .iter()
                    .any(|effect| matches!(effect, Effect::Refused(_)));
                if is_errand {
                    self.errand_done(&effects);
                    return effects;
                }
                self.photos_wait |= refused;
                // Who only asked has not tried to push yet, and who compared has pushed nothing.
                let compared_in_vain = sent.comparison.is_some() && !self.stalled;
                let in_vain = !(learnt || sent.resumes || compared_in_vain);
                self.stalled = is_sync && (refused || in_vain);
                if !sent.resumes {
                    self.pace
                        .came_through(sent.pushed_bytes, sent.in_parts, took_millis);
                }
            }
            Ending::Cut | Ending::Foreign if effects.is_empty() && status == DEVICE_UNKNOWN => {
                effects.push(self.fail(LinkProblem::Unknown));
            }
            Ending::Cut if effects.is_empty() && body.is_empty() => {
                effects.push(self.fail(LinkProblem::Unreachable))
            }
            Ending::Cut => effects.push(self.fail(LinkProblem::Cut)),
            Ending::Foreign => {
                let problem = LinkProblem::Foreign { status };
                if is_errand {
                    self.errand_failed();
                }
                effects.push(self.fail(problem));
            }
        }
        effects
    }

    pub(super) fn fail(&mut self, problem: LinkProblem) -> Effect {
        if self.untold.is_none() {
            self.pace.failed();
        }
        // Nothing was answered, so nothing is known to be useless: the wait alone holds the next try back.
        self.stalled = false;
        let doubled = RETRY_MILLIS_MIN.saturating_mul(1 << self.failures.min(20));
        self.failures = self.failures.saturating_add(1);
        Effect::Retry {
            after_millis: doubled.min(RETRY_MILLIS_MAX),
            problem,
        }
    }
}
