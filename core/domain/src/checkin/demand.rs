//! Which step may be written by whom, and after what. As few demands as make sense: the work is recorded where it is done,
//! without signal. What a step demands lies in its author's own past, so it arrives at the hub before the step does.

use crate::checkin::action::Act;
use crate::checkin::standing::{MatterCheckin, Standing};
use crate::checkin::step::{Step, StepEntry};
use crate::checkin::step_decline::StepDecline;
use crate::checkin::step_name::StepName;
use crate::person::{Person, Role};

/// Who may write a step.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Writer {
    /// Anybody of a party's bodies.
    Member,
    /// A branch secretary of a party.
    Secretary,
    /// Anybody of the called body.
    Called,
}

/// One row.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Demand {
    /// The step.
    pub step: StepName,
    /// Who writes it.
    pub by: Writer,
    /// One of these has to be there; none: it may stand first.
    pub after: &'static [StepName],
}

use StepName as N;
use Writer::{Called, Member, Secretary};

/// The rows, in the order of the work.
#[rustfmt::skip]
pub static DEMANDS: &[Demand] = &[
    Demand { step: N::Arrival,         by: Called,    after: &[] },
    Demand { step: N::Talk,            by: Member,    after: &[] },
    Demand { step: N::Survey,          by: Member,    after: &[] },
    Demand { step: N::Cause,           by: Member,    after: &[] },
    Demand { step: N::Scheme,          by: Member,    after: &[] },
    Demand { step: N::Consultation,    by: Secretary, after: &[] },
    Demand { step: N::CrewEnters,      by: Member,    after: &[] },
    Demand { step: N::WorksWindow,     by: Member,    after: &[] },
    Demand { step: N::DutyRota,        by: Member,    after: &[] },
    Demand { step: N::Progress,        by: Member,    after: &[] },
    Demand { step: N::Completion,      by: Member,    after: &[N::Scheme, N::Consultation] },
    Demand { step: N::ResidentsAnswer, by: Member,    after: &[] },
    Demand { step: N::Thanks,          by: Member,    after: &[N::CrewEnters, N::Progress, N::Completion] },
    Demand { step: N::FollowUp,        by: Member,    after: &[N::Completion] },
    Demand { step: N::Agreement,       by: Secretary, after: &[N::Completion] },
];

/// Whether `author` may add a step. `with` names steps that are being written together with it, before it.
///
/// # Errors
/// Why not.
pub fn may_write(
    checkin: &MatterCheckin,
    standing: &Standing,
    author: &Person,
    entry: &StepEntry,
    with: &[StepName],
) -> Result<(), StepDecline> {
    if !standing.has_member(author) {
        return Err(StepDecline::NotMember);
    }
    let name = entry.step.name();
    let Some(row) = DEMANDS.iter().find(|row| row.step == name) else {
        return Err(StepDecline::NotMember);
    };
    match row.by {
        Writer::Member => {}
        Writer::Secretary if author.has(Role::BranchSecretary) => {}
        Writer::Secretary => {
            return Err(StepDecline::NeedsRole {
                needs: Role::BranchSecretary,
            });
        }
        Writer::Called => called(checkin, author, entry)?,
    }
    let mut there = checkin.steps.iter().map(|step| step.entry.step.name());
    let met = row.after.is_empty()
        || there.any(|name| row.after.contains(&name))
        || with.iter().any(|name| row.after.contains(name));
    if met {
        Ok(())
    } else {
        Err(StepDecline::NeedsStep { one_of: row.after })
    }
}

/// A called body says itself that it is there; whose people act for it is on the ruling of the opening.
fn called(checkin: &MatterCheckin, author: &Person, entry: &StepEntry) -> Result<(), StepDecline> {
    let Step::Arrival { party, .. } = &entry.step else {
        return Ok(());
    };
    let opening = checkin.opening().map(|opening| &opening.entry.act);
    let was_called = matches!(opening, Some(Act::Open { calls, .. })
        if calls.iter().any(|call| call.party == *party));
    let own = author
        .organisation
        .as_ref()
        .is_some_and(|body| checkin.acts_for(body, party));
    if was_called && own {
        Ok(())
    } else {
        Err(StepDecline::NotCalled)
    }
}
