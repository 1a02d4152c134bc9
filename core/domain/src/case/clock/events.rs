//! What happened to each clock of a case, as its rulings say.

use super::kind::{ClockId, ClockKind};
use super::terms::ClockTerms;
use crate::case::act::Act;
use crate::case::asked::ExtensionAsked;
use crate::case::history::Case;
use crate::case::ruling::{Outcome, Ruling};
use crate::case::standing::{Filing, Standing};
use crate::case::state::CaseState;
use crate::time::Timestamp;
use crate::working_time::{ClockEvent, ClockEventKind};

/// A clock of a case that has begun.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CaseClock {
    /// Which.
    pub id: ClockId,
    /// What happened to it, as it was ruled. The first is its start.
    pub events: Vec<ClockEvent>,
    /// What filing fixed, of a disposal; `None` of a stage, and of a case that was filed before rulings held it.
    pub terms: Option<ClockTerms>,
    /// The filing, of a disposal.
    pub filing: Option<Filing>,
}

/// The clocks of a case, in the order of their starts.
pub fn case_clocks(case: &Case) -> Vec<CaseClock> {
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
        clocks.stages(before, standing.state, &ruling.entry);
        let extended = standing.extensions.get(extensions);
        let extended = extended.map(|extension| extension.asked);
        let act = action.map(|action| &action.act);
        clocks.disposal((before, act), &standing, extended, &ruling.entry);
    }
    clocks.0
}

#[derive(Default)]
struct Clocks(Vec<CaseClock>);

impl Clocks {
    fn begin(&mut self, kind: ClockKind, at: Timestamp) -> &mut CaseClock {
        let before = self.0.iter().filter(|clock| clock.id.kind == kind).count();
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
            filing: None,
        };
        let place = self.0.len();
        self.0.push(clock);
        &mut self.0[place]
    }

    fn note(&mut self, kind: ClockKind, at: Timestamp, event: ClockEventKind) {
        let last = self.0.iter_mut().rev().find(|clock| clock.id.kind == kind);
        if let Some(clock) = last {
            clock.events.push(ClockEvent { at, kind: event });
        }
    }

    /// A stage's clock runs while the case is in its state. Who looks for the clerk takes the time off the clerk's clock.
    fn stages(&mut self, before: CaseState, after: CaseState, ruling: &Ruling) {
        if before == after {
            return;
        }
        let (at, done_at) = (ruling.at, ruling.done_at);
        for kind in ClockKind::ALL {
            let states = kind.states();
            match (states.contains(&before), states.contains(&after)) {
                (true, false) => self.note(kind, at, ClockEventKind::Finished { done_at }),
                (false, true) => {
                    self.begin(kind, at);
                }
                _ => {}
            }
        }
        match (before, after) {
            (CaseState::Reported, CaseState::Verifying) => {
                let stopped = ClockEventKind::Stopped { done_at: None };
                self.note(ClockKind::Acceptance, at, stopped);
            }
            (CaseState::Verifying, CaseState::Reported) => {
                self.note(ClockKind::Acceptance, at, ClockEventKind::Started);
            }
            _ => {}
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
        match act {
            Some(Act::File { .. }) => {
                let clock = self.begin(ClockKind::Disposal, at);
                clock.terms.clone_from(&ruling.terms);
                clock.filing.clone_from(&standing.filing);
                return;
            }
            Some(Act::Reopen { .. }) => {
                let mut earlier = self.0.iter().rev();
                let earlier = earlier.find(|clock| clock.id.kind == ClockKind::Disposal);
                let fixed = earlier.map(|clock| (clock.terms.clone(), clock.filing.clone()));
                let clock = self.begin(ClockKind::Disposal, at);
                (clock.terms, clock.filing) = fixed.unwrap_or_default();
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
        // By states, so that a ruling whose request cannot be read here counts all the same.
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
}
