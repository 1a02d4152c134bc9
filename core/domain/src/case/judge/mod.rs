//! The one judge: phone and server ask the same pure function. The phone's answer is provisional, the server's
//! is the ruling.

mod content;
mod fresh;
mod place;
mod standing;

use crate::case::act::Act;
use crate::case::action::Action;
use crate::case::action_name::ActionName;
use crate::case::decline::Decline;
use crate::case::history::Case;
use crate::case::ruling::Outcome;
use crate::case::standing::Standing;
use crate::case::state::CaseState;
use crate::case::transition::{Transition, transitions_of};
use crate::class::ClassTable;
use crate::grid::GridIndex;
use crate::ids::{CaseId, Digest, OrganisationId, PersonId};
use crate::person::{Person, Role};

/// Feedback and checks are made within this distance of the point.
pub const FEEDBACK_DISTANCE_METRES_MAX: u32 = 200;
/// A reason has at least this many characters.
pub const REASON_CHARACTERS_MIN: usize = 2;
/// A matter is settled in one visit when no more than this lies between the photo before and the one after.
pub const ONE_VISIT_MINUTES_MAX: i32 = 120;

/// Who asks, as the register says at this moment.
pub type Actor = Person;

/// What the judge may look at beside the case.
pub struct JudgeContext<'a> {
    /// The class table in force.
    pub classes: &'a ClassTable,
    /// The unit grids known here: all of them on the server, the beat's on a phone.
    pub grids: &'a GridIndex,
    /// Looks a person up; a phone that does not know answers `None` for strangers.
    pub person: &'a dyn Fn(&PersonId) -> Option<Person>,
    /// Whether a body exists.
    pub organisation_exists: &'a dyn Fn(&OrganisationId) -> bool,
    /// Whether the bytes of a blob are stored and were re-hashed.
    pub stored: &'a dyn Fn(&Digest) -> bool,
    /// Whether a case is at the server; a phone, which has only some of them, takes people at their word.
    pub case_exists: &'a dyn Fn(&CaseId) -> bool,
}

/// One request with everything a guard may look at.
struct Question<'a> {
    case: &'a Case,
    standing: &'a Standing,
    action: &'a Action,
    actor: &'a Actor,
    context: &'a JudgeContext<'a>,
}

fn demand(holds: bool, reason: Decline) -> Result<(), Decline> {
    if holds { Ok(()) } else { Err(reason) }
}

/// Rules one action against the standing of its case.
///
/// Order: role, state (a second claim is told who was first), then the row's guards in their order. Where several
/// rows suit role and state, the first whose guards hold is taken.
pub fn judge(
    case: &Case,
    standing: &Standing,
    action: &Action,
    actor: &Actor,
    context: &JudgeContext<'_>,
) -> Outcome {
    let question = Question {
        case,
        standing,
        action,
        actor,
        context,
    };
    let verdict = row(standing, action.act.name(), actor, |row| {
        for guard in row.guards {
            match standing::check(*guard, action.act.name(), case, standing, actor) {
                Some(verdict) => verdict?,
                None => content::check(*guard, &question)?,
            }
        }
        known_parties(&action.act, context)
    });
    match verdict {
        Err(reason) => Outcome::Declined { reason },
        Ok(row) => Outcome::Accepted {
            to: row.to.from(standing.state, action.act.granted()),
            case_no: None,
            organisation: if row.role == Role::DisposalDept || row.action == ActionName::JointSurvey
            {
                actor.organisation.clone()
            } else {
                None
            },
            class: if row.action == ActionName::File {
                case.facts.class.clone()
            } else {
                None
            },
        },
    }
}

/// What the action bar shows: each verb with the reason it is not possible now, as far as that can be said before
/// the request is written: role, state, and the conditions on where the case stands.
pub fn offered(
    case: &Case,
    standing: &Standing,
    actor: &Actor,
) -> Vec<(ActionName, Result<(), Decline>)> {
    let possible = |name| {
        row(standing, name, actor, |row| {
            let mut guards = row.guards.iter();
            guards.try_for_each(|guard| {
                standing::check(*guard, name, case, standing, actor).unwrap_or(Ok(()))
            })
        })
    };
    ActionName::ALL
        .iter()
        .map(|name| (*name, possible(*name).map(|_| ())))
        .collect()
}

fn row(
    standing: &Standing,
    action: ActionName,
    actor: &Actor,
    guarded: impl Fn(&Transition) -> Result<(), Decline>,
) -> Result<&'static Transition, Decline> {
    let (mut wrong_role, mut wrong_state, mut guard) = (None, None, None);
    for row in transitions_of(action) {
        if !actor.has(row.role) {
            wrong_role.get_or_insert(Decline::WrongRole { needs: row.role });
        } else if !row.from.contains(&standing.state) {
            let needs = row.from.first().copied().unwrap_or(CaseState::Draft);
            wrong_state.get_or_insert(Decline::WrongState {
                is: standing.state,
                needs,
            });
        } else {
            match guarded(row) {
                Ok(()) => return Ok(row),
                Err(reason) => {
                    guard.get_or_insert(reason);
                }
            }
        }
    }
    if let (ActionName::Claim, Some(_), Some(claim)) = (action, &wrong_state, &standing.claim) {
        return Err(Decline::AlreadyClaimed {
            by: claim.by.clone(),
            organisation: claim.organisation.clone(),
            at: claim.at,
        });
    }
    // Somebody who holds the role is told about the state; the role is the reason only for who has none.
    let reason = guard.or(wrong_state).or(wrong_role);
    Err(reason.unwrap_or(Decline::WrongState {
        is: standing.state,
        needs: CaseState::Draft,
    }))
}

fn known_parties(act: &Act, context: &JudgeContext<'_>) -> Result<(), Decline> {
    let body = |body: &OrganisationId| (context.organisation_exists)(body);
    let worker =
        |to: &PersonId| (context.person)(to).is_some_and(|person| person.has(Role::GridWorker));
    let known = match act {
        Act::Dispatch {
            lead,
            assist,
            notify,
        } => [lead].into_iter().chain(assist).chain(notify).all(body),
        Act::Escalate { to, .. } | Act::SendDown { to, .. } => to.iter().all(body),
        Act::SendVerify { to } => worker(to),
        Act::SendCheck { to, also } => [to].into_iter().chain(also).all(worker),
        _ => true,
    };
    demand(known, Decline::UnknownParty)
}
