//! Conditions on where a case stands and on who asks: known before the request is written, so that an action bar
//! shows them too.

use crate::case::action_name::ActionName;
use crate::case::decline::Decline;
use crate::case::guard::Guard;
use crate::case::history::Case;
use crate::case::judge::{Actor, demand};
use crate::case::standing::Standing;
use crate::case::state::CaseState;
use crate::person::Role;

/// `None`: the guard looks at the request, its photos or the tables.
pub(super) fn check(
    guard: Guard,
    name: ActionName,
    case: &Case,
    standing: &Standing,
    actor: &Actor,
) -> Option<Result<(), Decline>> {
    Some(match guard {
        Guard::LeadParty => demand(
            actor.organisation.is_some() && actor.organisation == standing.lead,
            Decline::NotLeadParty,
        ),
        Guard::Claimant => {
            let holder = standing.claim.as_ref().map(|claim| &claim.organisation);
            demand(
                holder.is_some() && holder == actor.organisation.as_ref(),
                Decline::NotClaimant,
            )
        }
        Guard::Claimed => demand(standing.claim.is_some(), Decline::NeverClaimed),
        Guard::OfBody => demand(actor.organisation.is_some(), Decline::NoBody),
        Guard::Assigned => assigned(name, standing, actor),
        Guard::SecondCheck => second_check(standing, actor),
        // Told like a state, because it is what the way on would be.
        Guard::Disputed => demand(
            standing.disputed(),
            Decline::WrongState {
                is: standing.state,
                needs: CaseState::FedBack,
            },
        ),
        Guard::NotDisputed => demand(!standing.disputed(), Decline::Disputed),
        Guard::Applied(kind) => demand(
            standing.application(kind).is_some(),
            Decline::NotApplied { kind },
        ),
        Guard::NotApplied(kind) => match standing.application(kind) {
            Some(application) => Err(Decline::AlreadyApplied {
                kind,
                by: application.by.clone(),
            }),
            None => Ok(()),
        },
        Guard::FirstExtension => demand(
            standing.extensions.is_empty(),
            Decline::WrongRole {
                needs: Role::SupervisorLead,
            },
        ),
        Guard::LaterExtension => demand(
            !standing.extensions.is_empty(),
            Decline::WrongRole {
                needs: Role::Dispatcher,
            },
        ),
        Guard::LevelAbove | Guard::LevelBelow => {
            let level = standing.rung.level;
            let next = if guard == Guard::LevelAbove {
                level.above()
            } else {
                level.below()
            };
            demand(next.is_some(), Decline::LadderEnds { level })
        }
        // Which case or class is meant is looked at with the request.
        Guard::Linked if standing.duplicates.is_empty() => Err(Decline::NotLinked),
        Guard::Proposed if standing.proposal(&case.facts).is_none() => Err(Decline::NotProposed),
        _ => return None,
    })
}

fn assigned(name: ActionName, standing: &Standing, actor: &Actor) -> Result<(), Decline> {
    let sent_to = match name {
        ActionName::Verify => &standing.verifiers,
        _ => &standing.checks.sent_to,
    };
    match sent_to.first() {
        None => Err(Decline::UnknownParty),
        Some(_) if sent_to.contains(&actor.id) => Ok(()),
        Some(to) => Err(Decline::NotAssigned { to: to.clone() }),
    }
}

/// Somebody who was sent beside the one whose check decided. Anybody else is told that the case has moved on.
fn second_check(standing: &Standing, actor: &Actor) -> Result<(), Decline> {
    let checks = &standing.checks;
    let own = checks.made.iter().find(|check| check.by == actor.id);
    if let Some(own) = own {
        return Err(Decline::AlreadyChecked { at: own.at });
    }
    demand(
        checks.decided().is_some() && checks.sent_to.contains(&actor.id),
        Decline::WrongState {
            is: standing.state,
            needs: CaseState::Checking,
        },
    )
}
