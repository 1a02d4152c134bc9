//! What happened to each clock of a case, as its rulings say.

use super::delivery::{Delivery, OpenOffer};
use super::kind::{ClockId, ClockKind};
use super::stage_terms::StageTerms;
use super::terms::ClockTerms;
use crate::case::act::Act;
use crate::case::asked::ExtensionAsked;
use crate::case::history::Case;
use crate::case::ruling::{Outcome, Ruling};
use crate::case::standing::{Filing, Standing};
use crate::case::state::CaseState;
use crate::time::Timestamp;
use crate::working_time::{ClockEvent, ClockEventKind, HoursTerms};

/// A clock of a case that has begun.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CaseClock {
    /// Which.
    pub id: ClockId,
    /// What happened to it, as it was ruled. The first is its start.
    pub events: Vec<ClockEvent>,
    /// What filing fixed, of a disposal; `None` of a stage, and of a case that was filed before rulings held it.
    pub terms: Option<ClockTerms>,
    /// What it is measured by as its ruling says, of a stage.
    pub stage: Option<StageTerms>,
    /// The filing, of a disposal.
    pub filing: Option<Filing>,
    /// Whether its start is known here. Of a verification that goes on it may not be: the hub knows when it was delivered.
    pub start_known: bool,
}

/// The clocks of a case, in the order of their starts. `delivered` says what became of the offer that is open; nothing where that is
/// not known here.
pub fn case_clocks(
    case: &Case,
    delivered: &dyn Fn(&OpenOffer) -> Option<Delivery>,
) -> Vec<CaseClock> {
    let mut clocks = Clocks::default();
    let mut standing = Standing::unruled();
    for ruling in &case.rulings {
        let before = standing.state;
        let extensions = standing.extensions.len();
        let action = case.action(&ruling.id);
        match action {
            Some(action) => standing.take(&ruling.id, action, &ruling.entry),
            None => standing.take_ruling(&ruling.entry),
        }
        if !matches!(ruling.entry.outcome, Outcome::Accepted { .. }) {
            continue;
        }
        let offered = OpenOffer {
            send: ruling.id,
            sent_at: ruling.entry.at,
        };
        let sends = action.is_some_and(|action| matches!(action.act, Act::SendVerify { .. }));
        clocks.verification((before, standing.state), offered, sends, &ruling.entry);
        clocks.stages(before, standing.state, &ruling.entry);
        let extended = standing.extensions.get(extensions);
        let extended = extended.map(|extension| extension.asked);
        let act = action.map(|action| &action.act);
        clocks.disposal((before, act), &standing, extended, &ruling.entry);
    }
    if let Some((offer, stage)) = clocks.offer.take() {
        clocks.goes_on(&offer, stage, delivered(&offer));
    }
    clocks.all
}

#[derive(Default)]
struct Clocks {
    all: Vec<CaseClock>,
    /// The hours of whoever has the case, where rulings say them.
    hours: Option<HoursTerms>,
    /// Whoever was sent last to verify, until that ends, and what that is measured by.
    offer: Option<(OpenOffer, Option<StageTerms>)>,
}

impl Clocks {
    fn begin(&mut self, kind: ClockKind, at: Timestamp) -> &mut CaseClock {
        let before = self
            .all
            .iter()
            .filter(|clock| clock.id.kind == kind)
            .count();
        let clock = CaseClock {
            id: ClockId {
                kind,
                turn: u32::try_from(before).unwrap_or(u32::MAX).saturating_add(1),
            },
            events: vec![ClockEvent {
                at,
                kind: ClockEventKind::Started,
            }],
            terms: None,
            stage: None,
            filing: None,
            start_known: true,
        };
        let place = self.all.len();
        self.all.push(clock);
        &mut self.all[place]
    }

    fn note(&mut self, kind: ClockKind, at: Timestamp, event: ClockEventKind) {
        let last = self
            .all
            .iter_mut()
            .rev()
            .find(|clock| clock.id.kind == kind);
        if let Some(clock) = last {
            clock.events.push(ClockEvent { at, kind: event });
        }
    }

    /// The time of an offer is the worker's from its delivery until it is answered or somebody else is sent, and the clerk's before
    /// and behind: each offer that was delivered is a turn of its own, and time is always somebody's.
    fn verification(
        &mut self,
        (before, after): (CaseState, CaseState),
        offered: OpenOffer,
        sends: bool,
        ruling: &Ruling,
    ) {
        let goes_on = after == CaseState::Verifying;
        let sent = goes_on && (sends || before != CaseState::Verifying);
        if let Some((offer, stage)) = self.offer.take_if(|_| sent || !goes_on) {
            let began = match ruling.delivery {
                Some(Delivery::At(at)) => Some(at.min(ruling.at).max(offer.sent_at)),
                Some(Delivery::Never) => None,
                // A hub of before, or one that did not know.
                None => Some(offer.sent_at),
            };
            if let Some(began) = began {
                self.worker_begins(began, stage);
                let done_at = ruling.done_at.filter(|_| !sent);
                self.note(
                    ClockKind::Verify,
                    ruling.at,
                    ClockEventKind::Finished { done_at },
                );
                self.note(ClockKind::Acceptance, ruling.at, ClockEventKind::Started);
            }
        }
        if sent {
            self.offer = Some((offered, ruling.stage.clone()));
        }
    }

    /// The offer that nobody has answered.
    fn goes_on(&mut self, offer: &OpenOffer, stage: Option<StageTerms>, known: Option<Delivery>) {
        match known {
            Some(Delivery::At(at)) => {
                self.worker_begins(at.max(offer.sent_at), stage);
            }
            Some(Delivery::Never) => {}
            None => self.worker_begins(offer.sent_at, stage).start_known = false,
        }
    }

    /// Who looks for the clerk takes the time off the clerk's clock.
    fn worker_begins(&mut self, at: Timestamp, stage: Option<StageTerms>) -> &mut CaseClock {
        let stopped = ClockEventKind::Stopped { done_at: None };
        self.note(ClockKind::Acceptance, at, stopped);
        let clock = self.begin(ClockKind::Verify, at);
        clock.stage = stage;
        clock
    }

    /// A stage's clock runs while the case is in its state; that of a verification is its task's.
    fn stages(&mut self, before: CaseState, after: CaseState, ruling: &Ruling) {
        if before == after {
            return;
        }
        let (at, done_at) = (ruling.at, ruling.done_at);
        let stages = ClockKind::ALL.into_iter();
        for kind in stages.filter(|kind| *kind != ClockKind::Verify) {
            let states = kind.states();
            match (states.contains(&before), states.contains(&after)) {
                (true, false) => self.note(kind, at, ClockEventKind::Finished { done_at }),
                (false, true) => self.begin(kind, at).stage.clone_from(&ruling.stage),
                _ => {}
            }
        }
    }

    fn disposal(
        &mut self,
        (before, act): (CaseState, Option<&Act>),
        standing: &Standing,
        extended: Option<ExtensionAsked>,
        ruling: &Ruling,
    ) {
        let (at, done_at) = (ruling.at, ruling.done_at);
        let hours = ruling.stage.as_ref().and_then(|stage| stage.hours.as_ref());
        match act {
            Some(Act::File { .. }) => {
                let clock = self.begin(ClockKind::Disposal, at);
                clock.terms.clone_from(&ruling.terms);
                clock.filing.clone_from(&standing.filing);
                self.hours = ruling.terms.as_ref().and_then(ClockTerms::hours_terms);
                return;
            }
            Some(Act::Reopen { .. }) => {
                let mut earlier = self.all.iter().rev();
                let earlier = earlier.find(|clock| clock.id.kind == ClockKind::Disposal);
                let fixed = earlier.map(|clock| (clock.terms.clone(), clock.filing.clone()));
                let clock = self.begin(ClockKind::Disposal, at);
                (clock.terms, clock.filing) = fixed.unwrap_or_default();
                // Whose it was has it again.
                self.hours_of_now(at);
                return;
            }
            _ => {}
        }
        if let Some(asked) = extended {
            let event = match asked {
                ExtensionAsked::More(limit) => ClockEventKind::ExtendedBy(limit),
                ExtensionAsked::Until(until) => ClockEventKind::ExtendedTo(until),
            };
            self.note(ClockKind::Disposal, at, event);
        }
        // By states, so that a ruling whose request cannot be read here counts all the same. Who gets the case works in own
        // hours; once it is given back, those of the centre count again, which is to send it on.
        match (before, standing.state) {
            (before, after) if before == after => {}
            (_, CaseState::Filed | CaseState::Dispatched) if hours.is_some() => {
                self.hours = hours.cloned();
                self.hours_of_now(at);
            }
            _ => {}
        }
        let event = match (before, standing.state) {
            (before, after) if before == after => return,
            (_, CaseState::OnHold) => ClockEventKind::Held,
            (CaseState::OnHold, CaseState::Disposing) => ClockEventKind::Released,
            (_, CaseState::FedBack) => ClockEventKind::Stopped { done_at },
            (CaseState::Checking, CaseState::Disposing) => ClockEventKind::Started,
            (_, CaseState::Closed | CaseState::Void) => ClockEventKind::Finished { done_at: None },
            _ => return,
        };
        self.note(ClockKind::Disposal, at, event);
    }

    fn hours_of_now(&mut self, at: Timestamp) {
        if let Some(hours) = self.hours.clone() {
            self.note(ClockKind::Disposal, at, ClockEventKind::Hours(hours));
        }
    }
}
