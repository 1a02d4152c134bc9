//! Who may be sent: on duty, in the beat, without an interest in the answer, and neither asked already nor unwilling.

use super::decline::TaskDecline;
use super::kind::TaskKind;
use crate::case::{Act, Case, CaseState, Standing};
use crate::ids::{DutyGridId, PersonId};
use crate::person::{Person, Role};
use crate::roster::Watch;

/// What the choice may look at.
pub struct Scene<'a> {
    /// What somebody is to be sent for.
    pub kind: TaskKind,
    /// The case.
    pub case: &'a Case,
    /// Where it stands.
    pub standing: &'a Standing,
    /// The beat it lies in; `None` where it lies in no unit grid.
    pub duty_grid: Option<&'a DutyGridId>,
    /// Shifts that somebody holds now; `None` where no roster is in force.
    pub watches: Option<&'a [Watch]>,
    /// Who declined this task: they are not asked again.
    pub declined: &'a [PersonId],
    /// Looks a person up in the register.
    pub person: &'a dyn Fn(&PersonId) -> Option<Person>,
}

/// Who may be sent, by id. Cost: a look at each shift that runs.
///
/// # Errors
/// Nobody may, and why.
pub fn candidates(scene: &Scene<'_>) -> Result<Vec<PersonId>, TaskDecline> {
    let duty_grid = scene.duty_grid.ok_or(TaskDecline::NoUnitGrid)?;
    let watches = scene.watches.ok_or(TaskDecline::NoRoster)?;
    let in_beat = |watch: &&Watch| {
        if watch.duty_grids.is_empty() {
            (scene.person)(&watch.owner).is_some_and(|owner| owner.duty_grids.contains(duty_grid))
        } else {
            watch.duty_grids.contains(duty_grid)
        }
    };
    let is_worker = |holder: &PersonId| {
        (scene.person)(holder).is_some_and(|person| person.has(Role::GridWorker))
    };
    let holders = watches.iter().filter(in_beat).map(|watch| &watch.holder);
    let mut on_duty: Vec<PersonId> = holders.filter(|who| is_worker(who)).cloned().collect();
    on_duty.sort();
    on_duty.dedup();
    if on_duty.is_empty() {
        return Err(TaskDecline::NobodyOnDuty {
            duty_grid: duty_grid.clone(),
        });
    }
    let beneficiaries = Beneficiaries::of(scene);
    on_duty.retain(|who| !beneficiaries.has(who, scene));
    if on_duty.is_empty() {
        return Err(TaskDecline::OnlyBeneficiaries);
    }
    on_duty.retain(|who| !asked(scene).contains(who) && !scene.declined.contains(who));
    if on_duty.is_empty() {
        return Err(TaskDecline::EverybodyAsked);
    }
    Ok(on_duty)
}

/// Who was asked in this stage and has it in hand or let it lapse.
fn asked<'a>(scene: &Scene<'a>) -> &'a [PersonId] {
    match scene.standing.state {
        CaseState::Verifying => &scene.standing.verifiers,
        CaseState::Checking => &scene.standing.checks.sent_to,
        _ => &[],
    }
}

/// Whose own work the answer is about.
struct Beneficiaries<'a> {
    people: Vec<&'a PersonId>,
}

impl<'a> Beneficiaries<'a> {
    /// Of a verification whoever reported. Of a check whoever did the works, and where two checks disagree those who made them.
    fn of(scene: &Scene<'a>) -> Self {
        let standing = scene.standing;
        let people = match scene.kind {
            TaskKind::Verify => standing.reporter.iter().collect(),
            TaskKind::Check => {
                let claimant = standing.claim.iter().map(|claim| &claim.by);
                let fed_back = scene.case.actions.iter().filter_map(|action| {
                    matches!(action.entry.act, Act::Feedback { .. }).then_some(&action.entry.author)
                });
                let disputing = standing.checks.made.iter().map(|check| &check.by);
                claimant
                    .chain(&standing.assignee)
                    .chain(fed_back)
                    .chain(disputing)
                    .collect()
            }
        };
        Self { people }
    }

    fn has(&self, who: &PersonId, scene: &Scene<'_>) -> bool {
        let body = || (scene.person)(who).and_then(|person| person.organisation);
        let works_for_it = || {
            let claim = scene.standing.claim.as_ref();
            claim.is_some_and(|claim| body().as_ref() == Some(&claim.organisation))
        };
        self.people.contains(&who) || (scene.kind == TaskKind::Check && works_for_it())
    }
}
