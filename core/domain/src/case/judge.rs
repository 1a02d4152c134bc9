//! The one judge: phone and server ask the same pure function. The phone's answer is provisional, the server's
//! is the ruling.

use minicbor::{Decode, Encode};
use serde::{Deserialize, Serialize};

use crate::case::action::{Act, Action, ActionName};
use crate::case::decline::Decline;
use crate::case::entry::PhotoPurpose;
use crate::case::facts::GridAnswer;
use crate::case::standing::{Case, Standing};
use crate::case::state::CaseState;
use crate::case::transition::{Guard, Target, Transition, transitions_of};
use crate::class::ClassTable;
use crate::grid::GridIndex;
use crate::ids::{Digest, OrganisationId, PersonId};
use crate::person::{Person, Role};
use crate::time::Timestamp;

/// Feedback and checks are made within this distance of the point.
pub const FEEDBACK_DISTANCE_METRES_MAX: u32 = 200;
/// A reason has at least this many characters.
pub const REASON_CHARACTERS_MIN: usize = 2;

/// What a ruling says.
#[derive(Debug, Clone, PartialEq, Eq, Encode, Decode, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", tag = "outcome")]
pub enum Outcome {
    /// It holds.
    #[n(0)]
    Accepted {
        /// The state it led to.
        #[n(0)]
        to: CaseState,
        /// The number given by filing; the server fills it in.
        #[n(1)]
        case_no: Option<String>,
        /// The author's body, where it matters later (claim, feedback).
        #[n(2)]
        organisation: Option<OrganisationId>,
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
    /// 1, 2, 3… within the case.
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
}

/// Rules one action against the standing of its case.
///
/// Order: role, state (a second claim is told who was first), then the row's guards in their order.
pub fn judge(
    case: &Case,
    standing: &Standing,
    action: &Action,
    actor: &Actor,
    context: &JudgeContext<'_>,
) -> Outcome {
    let verdict = row(standing, action.act.name(), actor).and_then(|row| {
        for guard in row.guards {
            check(*guard, case, standing, action, actor, context)?;
        }
        known_parties(&action.act, context)?;
        Ok(row)
    });
    match verdict {
        Err(reason) => Outcome::Declined { reason },
        Ok(row) => Outcome::Accepted {
            to: target(row, &action.act),
            case_no: None,
            organisation: if row.role == Role::DisposalDept {
                actor.organisation.clone()
            } else {
                None
            },
        },
    }
}

/// What the action bar shows: each verb with the reason it is not possible now, looking at role and state only.
pub fn offered(standing: &Standing, actor: &Actor) -> Vec<(ActionName, Result<(), Decline>)> {
    ActionName::ALL
        .into_iter()
        .map(|name| (name, row(standing, name, actor).map(|_| ())))
        .collect()
}

fn row(
    standing: &Standing,
    action: ActionName,
    actor: &Actor,
) -> Result<&'static Transition, Decline> {
    let mut wrong_role = None;
    let mut wrong_state = None;
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
            return Ok(row);
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
    Err(wrong_state.or(wrong_role).unwrap_or(Decline::WrongState {
        is: standing.state,
        needs: CaseState::Draft,
    }))
}

fn target(row: &Transition, act: &Act) -> CaseState {
    match (row.to, act) {
        (Target::To(state), _) => state,
        (Target::ByResult { passed: state, .. }, Act::Check { passed: true, .. }) => state,
        (Target::ByResult { failed: state, .. }, _) => state,
    }
}

fn known_parties(act: &Act, context: &JudgeContext<'_>) -> Result<(), Decline> {
    let bodies_known = match act {
        Act::Dispatch {
            lead,
            assist,
            notify,
        } => [lead]
            .into_iter()
            .chain(assist)
            .chain(notify)
            .all(|body| (context.organisation_exists)(body)),
        Act::SendVerify { to } | Act::SendCheck { to } => {
            (context.person)(to).is_some_and(|person| person.has(Role::GridWorker))
        }
        _ => true,
    };
    if bodies_known {
        Ok(())
    } else {
        Err(Decline::UnknownParty)
    }
}

fn check(
    guard: Guard,
    case: &Case,
    standing: &Standing,
    action: &Action,
    actor: &Actor,
    context: &JudgeContext<'_>,
) -> Result<(), Decline> {
    let class = case
        .facts
        .class
        .as_deref()
        .and_then(|class| context.classes.find(class));
    let demand = |holds: bool, reason: Decline| if holds { Ok(()) } else { Err(reason) };
    match guard {
        Guard::KnownClass => demand(class.is_some(), Decline::UnknownClass),
        Guard::KnownCondition => {
            let known = matches!(&action.act, Act::File { condition }
                if class.is_some_and(|class| class.condition(condition).is_some()));
            demand(known, Decline::UnknownCondition)
        }
        Guard::PlacedInGrid => demand(placed(case, context.grids), Decline::NoUnitGrid),
        Guard::FoundPhoto => photo(case, PhotoPurpose::Found, |author| *author == action.author),
        Guard::AfterPhoto => photo(case, PhotoPurpose::After, |author| {
            let body = (context.person)(author).and_then(|person| person.organisation);
            *author == action.author || (body.is_some() && body == actor.organisation)
        }),
        Guard::OwnPhoto => {
            let purpose = match action.act {
                Act::Verify { .. } => PhotoPurpose::Verify,
                _ => PhotoPurpose::Check,
            };
            photo(case, purpose, |author| *author == action.author)
        }
        Guard::Reason => {
            let written = matches!(&action.act, Act::Reject { reason, .. }
                if reason.trim().chars().count() >= REASON_CHARACTERS_MIN);
            demand(written, Decline::ReasonMissing)
        }
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
        Guard::Assigned => {
            let assigned = match action.act {
                Act::Verify { .. } => &standing.verifier,
                _ => &standing.checker,
            };
            match assigned {
                Some(to) if *to != actor.id => Err(Decline::NotAssigned { to: to.clone() }),
                Some(_) => Ok(()),
                None => Err(Decline::UnknownParty),
            }
        }
        Guard::NotBeneficiary => demand(
            !beneficiary(standing, action, context),
            Decline::Beneficiary,
        ),
        Guard::NearPoint => near(case, action),
        Guard::EvidenceStored => {
            let missing = missing_blobs(case, context.stored);
            demand(missing == 0, Decline::EvidencePending { missing })
        }
    }
}

fn placed(case: &Case, grids: &GridIndex) -> bool {
    match (&case.facts.unit_grid, &case.facts.position) {
        (Some(GridAnswer::Known(code)), Some(position)) => grids
            .locate(position.point)
            .is_some_and(|grid| grid.code == *code),
        (Some(GridAnswer::NoGrid(reason)), _) => {
            reason.trim().chars().count() >= REASON_CHARACTERS_MIN
        }
        _ => false,
    }
}

fn photo(
    case: &Case,
    purpose: PhotoPurpose,
    by: impl Fn(&PersonId) -> bool,
) -> Result<(), Decline> {
    let there = case
        .photos
        .iter()
        .any(|photo| photo.entry.purpose == purpose && by(&photo.entry.author));
    if there {
        Ok(())
    } else {
        Err(Decline::PhotoMissing { purpose })
    }
}

fn beneficiary(standing: &Standing, action: &Action, context: &JudgeContext<'_>) -> bool {
    let (Act::SendCheck { to }, Some(claim)) = (&action.act, &standing.claim) else {
        return false;
    };
    *to == claim.by
        || (context.person)(to)
            .and_then(|person| person.organisation)
            .is_some_and(|body| body == claim.organisation)
}

fn near(case: &Case, action: &Action) -> Result<(), Decline> {
    let (Act::Feedback { point, .. } | Act::Check { point, .. }) = &action.act else {
        return Ok(());
    };
    let metres_max = FEEDBACK_DISTANCE_METRES_MAX;
    let Some(position) = &case.facts.position else {
        return Ok(());
    };
    let Some(point) = point else {
        return Err(Decline::TooFar {
            metres: None,
            metres_max,
        });
    };
    let metres = position.point.distance_metres(*point).round() as u32;
    if metres <= metres_max {
        Ok(())
    } else {
        Err(Decline::TooFar {
            metres: Some(metres),
            metres_max,
        })
    }
}

fn missing_blobs(case: &Case, stored: &dyn Fn(&Digest) -> bool) -> u32 {
    let cited = case.photos.iter().flat_map(|photo| photo.entry.cited());
    u32::try_from(cited.filter(|blob| !stored(&blob.sha256)).count()).unwrap_or(u32::MAX)
}
