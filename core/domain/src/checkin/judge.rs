//! The judge of check-ins: phone and server ask the same pure function. The phone's answer is provisional, the server's is
//! the ruling.

use minicbor::{Decode, Encode};
use serde::{Deserialize, Serialize};

use crate::checkin::action::{Act, ActName, Action, Call};
use crate::checkin::decline::Decline;
use crate::checkin::standing::{MatterCheckin, Standing};
use crate::checkin::state::CheckinState;
use crate::checkin::step_name::StepName;
use crate::checkin::subject::{Initiation, Subject};
use crate::checkin::transition::{Guard, TRANSITIONS, Target, Transition};
use crate::ids::OrganisationId;
use crate::person::{Organisation, Person};
use crate::time::Timestamp;

/// A reason has at least this many characters.
pub const REASON_CHARACTERS_MIN: usize = 2;

/// Whose people act for a party: kept with the ruling, so that phones need no register to know, and a later change of the
/// register changes no past.
#[derive(Debug, Clone, PartialEq, Eq, Encode, Decode, Serialize, Deserialize)]
pub struct PartyBodies {
    /// The party.
    #[n(0)]
    pub party: OrganisationId,
    /// The bodies, the party itself first.
    #[n(1)]
    pub by: Vec<OrganisationId>,
}

/// What a ruling says.
#[derive(Debug, Clone, PartialEq, Eq, Encode, Decode, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", tag = "outcome")]
pub enum Outcome {
    /// It holds.
    #[n(0)]
    Accepted {
        /// The state it led to.
        #[n(0)]
        to: CheckinState,
        /// The party the author acted for.
        #[n(1)]
        party: Option<OrganisationId>,
        /// Of an opening: whose people act for which party.
        #[n(2)]
        bodies: Vec<PartyBodies>,
    },
    /// It does not hold; it stays in the history.
    #[n(1)]
    Declined {
        /// Why.
        #[n(0)]
        reason: Decline,
    },
}

impl Outcome {
    /// Whether it holds.
    pub const fn is_accepted(&self) -> bool {
        matches!(self, Self::Accepted { .. })
    }
}

/// A decision of the server, kept under the intent id of the action it rules.
#[derive(Debug, Clone, PartialEq, Eq, Encode, Decode, Serialize, Deserialize)]
pub struct Ruling {
    /// 1, 2, 3… within the check-in.
    #[n(0)]
    pub sequence: u32,
    /// The server's clock.
    #[n(1)]
    pub at: Timestamp,
    /// What was decided.
    #[n(2)]
    #[serde(flatten)]
    pub outcome: Outcome,
}

/// Who asks, as the register says at this moment.
pub type Actor = Person;

/// What the judge may look at beside the check-in.
pub struct JudgeContext<'a> {
    /// Looks a body up.
    pub organisation: &'a dyn Fn(&OrganisationId) -> Option<Organisation>,
    /// Whether the case or project is known here; a place always is.
    pub subject_known: &'a dyn Fn(&Subject) -> bool,
}

impl JudgeContext<'_> {
    /// Whose people act for a party.
    fn bodies(&self, party: &OrganisationId) -> PartyBodies {
        let known = (self.organisation)(party);
        PartyBodies {
            party: party.clone(),
            by: known.map_or_else(|| vec![party.clone()], |body| body.acted_for_by()),
        }
    }

    fn acts_for(&self, actor: &Actor, party: &OrganisationId) -> bool {
        let own = actor.organisation.as_ref();
        own.is_some_and(|own| self.bodies(party).by.contains(own))
    }
}

/// Rules one action against the standing of its check-in.
///
/// Order: role, state, then the row's guards in their order.
pub fn judge(
    checkin: &MatterCheckin,
    standing: &Standing,
    action: &Action,
    actor: &Actor,
    context: &JudgeContext<'_>,
) -> Outcome {
    let verdict = row(standing, action.act.name(), actor).and_then(|row| {
        for guard in row.guards {
            check(*guard, checkin, standing, action, actor, context)?;
        }
        Ok(row)
    });
    match verdict {
        Err(reason) => Outcome::Declined { reason },
        Ok(row) => Outcome::Accepted {
            to: target(row, standing, &action.act),
            party: acted_for(standing, &action.act, actor, context),
            bodies: match &action.act {
                Act::Open {
                    visiting, hosts, ..
                } => visiting
                    .iter()
                    .chain(hosts)
                    .map(|party| context.bodies(party))
                    .collect(),
                _ => Vec::new(),
            },
        },
    }
}

/// What is offered: each verb with the reason it is not possible now, looking at role and state only.
pub fn offered(standing: &Standing, actor: &Actor) -> Vec<(ActName, Result<(), Decline>)> {
    ActName::ALL
        .into_iter()
        .map(|name| (name, row(standing, name, actor).map(|_| ())))
        .collect()
}

fn row(
    standing: &Standing,
    action: ActName,
    actor: &Actor,
) -> Result<&'static Transition, Decline> {
    let mut declined = Decline::WrongState {
        is: standing.state,
        needs: CheckinState::Draft,
    };
    for row in TRANSITIONS.iter().filter(|row| row.action == action) {
        if !actor.has(row.role) {
            declined = Decline::WrongRole { needs: row.role };
        } else if !row.from.contains(&standing.state) {
            declined = Decline::WrongState {
                is: standing.state,
                needs: row.from.first().copied().unwrap_or(CheckinState::Draft),
            };
        } else {
            return Ok(row);
        }
    }
    Err(declined)
}

fn target(row: &Transition, standing: &Standing, act: &Act) -> CheckinState {
    match (row.to, act) {
        (Target::To(state), _) => state,
        (Target::ByAnswer { accepted, .. }, Act::Answer { accepts: true, .. }) => accepted,
        // The last one to say no while nobody said yes ends it; one of several does not.
        (Target::ByAnswer { refused, .. }, Act::Answer { .. })
            if standing.state == CheckinState::Opened && all_others_refused(standing) =>
        {
            refused
        }
        (Target::ByAnswer { .. }, _) => standing.state,
    }
}

/// Whether only one party of the other side has not answered yet: the one that does now.
fn all_others_refused(standing: &Standing) -> bool {
    other_side(standing).len() <= standing.answers.len() + 1
}

/// The side that did not open.
fn other_side(standing: &Standing) -> &[OrganisationId] {
    let opened_by_host = standing
        .opened_for
        .as_ref()
        .is_some_and(|party| standing.hosts.contains(party));
    if opened_by_host {
        &standing.visiting
    } else {
        &standing.hosts
    }
}

/// The party the author acts for: the one he answers for, else the first that is his.
fn acted_for(
    standing: &Standing,
    act: &Act,
    actor: &Actor,
    context: &JudgeContext<'_>,
) -> Option<OrganisationId> {
    match act {
        Act::Answer { party, .. } => Some(party.clone()),
        Act::Open {
            visiting, hosts, ..
        } => own_party(visiting.iter().chain(hosts), actor, context),
        Act::Close { .. } => own_party(standing.parties(), actor, context),
    }
}

fn own_party<'a>(
    mut parties: impl Iterator<Item = &'a OrganisationId>,
    actor: &Actor,
    context: &JudgeContext<'_>,
) -> Option<OrganisationId> {
    parties
        .find(|party| context.acts_for(actor, party))
        .cloned()
}

fn check(
    guard: Guard,
    checkin: &MatterCheckin,
    standing: &Standing,
    action: &Action,
    actor: &Actor,
    context: &JudgeContext<'_>,
) -> Result<(), Decline> {
    let demand = |holds: bool, reason: Decline| if holds { Ok(()) } else { Err(reason) };
    match (guard, &action.act) {
        (Guard::Titled, Act::Open { title, .. }) => {
            demand(!title.trim().is_empty(), Decline::TitleMissing)
        }
        (
            Guard::TwoSides,
            Act::Open {
                visiting, hosts, ..
            },
        ) => two_sides(visiting, hosts, context),
        (Guard::OwnParty, act) => demand(
            acted_for(standing, act, actor, context).is_some(),
            Decline::NotParty,
        ),
        (Guard::KnownSubject, Act::Open { subject, .. }) => demand(
            matches!(subject, Subject::Place { .. }) || (context.subject_known)(subject),
            Decline::UnknownSubject,
        ),
        (
            Guard::CallsFit,
            Act::Open {
                initiation,
                visiting,
                calls,
                ..
            },
        ) => calls_fit(*initiation, visiting, calls, action.at),
        (Guard::OtherSide, Act::Answer { party, .. }) => {
            if !context.acts_for(actor, party) {
                return Err(Decline::NotParty);
            }
            demand(other_side(standing).contains(party), Decline::SameSide)
        }
        (Guard::Unanswered, Act::Answer { party, .. }) => demand(
            !standing.answers.iter().any(|answer| answer.party == *party),
            Decline::AlreadyAnswered {
                party: party.clone(),
            },
        ),
        (Guard::CompletedOrReason, Act::Close { note }) => demand(
            checkin.has(StepName::Completion)
                || note.trim().chars().count() >= REASON_CHARACTERS_MIN,
            Decline::NothingCompleted,
        ),
        // A guard of another verb asks nothing of this one.
        _ => Ok(()),
    }
}

fn two_sides(
    visiting: &[OrganisationId],
    hosts: &[OrganisationId],
    context: &JudgeContext<'_>,
) -> Result<(), Decline> {
    let both = visiting.iter().any(|party| hosts.contains(party));
    if visiting.is_empty() || hosts.is_empty() || both {
        return Err(Decline::SidesMissing);
    }
    match visiting
        .iter()
        .chain(hosts)
        .find(|party| (context.organisation)(party).is_none())
    {
        Some(party) => Err(Decline::UnknownParty {
            party: party.clone(),
        }),
        None => Ok(()),
    }
}

fn calls_fit(
    initiation: Initiation,
    visiting: &[OrganisationId],
    calls: &[Call],
    at: Timestamp,
) -> Result<(), Decline> {
    if (initiation == Initiation::Whistle) == calls.is_empty() {
        return Err(Decline::CallsMissing);
    }
    let unfit = calls.iter().enumerate().find(|(index, call)| {
        !visiting.contains(&call.party)
            || call.obligation.trim().is_empty()
            || call.due <= at
            || calls[..*index].iter().any(|one| one.party == call.party)
    });
    match unfit {
        Some((_, call)) => Err(Decline::CallUnfit {
            party: call.party.clone(),
        }),
        None => Ok(()),
    }
}
