//! People in browsers: mostly they do what comes next, sometimes what the rules decline.

use xunge_field::domain::case::{Act, CaseState, CloseOutcome, Outcome};
use xunge_field::domain::tables::HandlingClass;

use super::cast::{self, CLERK, CONDITION, DEPARTMENT, DISPATCHER, LEADER};
use super::tally::Event;
use super::violation::Violation;
use super::world::World;

impl World {
    /// Somebody acts on one of the cases.
    pub(super) fn staff(&mut self) -> Result<(), Violation> {
        let cases = self.hub.cases()?;
        if cases.is_empty() {
            return Ok(());
        }
        let chosen = usize::try_from(self.random.below(cases.len() as u64)).unwrap_or(0);
        let (case, state) = cases[chosen];
        let next = self.next_act(state);
        let wanted = match next {
            Some(next) if self.random.chance(0.95) => Some(next),
            _ if self.random.chance(0.05) => Some((
                LEADER,
                Act::Close {
                    outcome: CloseOutcome::Special,
                },
            )),
            _ => None,
        };
        let Some((person, act)) = wanted else {
            return Ok(());
        };
        let step = self.step;
        let name = act.name().id();
        let ruling = self.hub.act(person, &case, &act).map_err(|cause| {
            Violation::new("no trouble", format!("{person} cannot {name}: {cause}"))
        })?;
        let declined = match &ruling.outcome {
            Outcome::Accepted { .. } => None,
            Outcome::Declined { reason } => Some(reason.code()),
        };
        self.note(|| {
            let outcome = declined.unwrap_or("accepted");
            format!("{step:>3} {person}: {name} of {case}: {outcome}")
        });
        self.tally
            .add(Event::Decline, u64::from(declined.is_some()));
        self.check_document(&case)
    }

    fn next_act(&mut self, state: CaseState) -> Option<(&'static str, Act)> {
        let worker = || cast::person_id("worker-1");
        Some(match state {
            CaseState::Reported if self.random.chance(0.1) => {
                (CLERK, Act::SendVerify { to: worker() })
            }
            CaseState::Reported if self.random.chance(0.05) => {
                let reason = "重复".to_owned();
                let duplicate_of = None;
                (
                    CLERK,
                    Act::Reject {
                        reason,
                        duplicate_of,
                    },
                )
            }
            CaseState::Reported => (CLERK, Act::Accept),
            CaseState::Accepted => (
                LEADER,
                Act::File {
                    condition: CONDITION.into(),
                    handling_class: HandlingClass::General,
                },
            ),
            CaseState::Filed => (
                DISPATCHER,
                Act::Dispatch {
                    lead: cast::organisation_id(DEPARTMENT),
                    assist: Vec::new(),
                    notify: Vec::new(),
                },
            ),
            CaseState::Disposing if self.random.chance(0.4) => self.answer(),
            CaseState::OnHold => (
                DISPATCHER,
                Act::Release {
                    note: String::new(),
                },
            ),
            CaseState::FedBack => (
                CLERK,
                Act::SendCheck {
                    to: worker(),
                    also: None,
                },
            ),
            CaseState::ToClose => (
                LEADER,
                Act::Close {
                    outcome: CloseOutcome::Normal,
                },
            ),
            _ => return None,
        })
    }

    /// Answers what may have been applied for; where nothing was, that is declined.
    fn answer(&mut self) -> (&'static str, Act) {
        let granted = self.random.chance(0.5);
        let reason = "no need".to_owned();
        match self.random.below(5) {
            0 => (DISPATCHER, Act::ApproveExtend { granted, reason }),
            1 => (DISPATCHER, Act::ApproveSendBack { granted, reason }),
            2 => (DISPATCHER, Act::ApproveHold { granted, reason }),
            3 => (DISPATCHER, Act::ApplyVoid { reason }),
            _ => (LEADER, Act::ApproveVoid { granted, reason }),
        }
    }
}
