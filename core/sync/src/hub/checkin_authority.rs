//! May this origin write these entries of a check-in?

use xunge_domain::checkin::{self, StepEntry};

use crate::hub::authority::{AuthorityContext, seal_fits};
use crate::hub::quarantine::Quarantine;

/// Steps are the parties' to write, and few of them demand an earlier one. Cost: reads the check-in, once a change with steps.
pub(super) fn judge_steps(
    steps: &[StepEntry],
    context: &AuthorityContext<'_>,
) -> Result<(), Quarantine> {
    if steps.is_empty() {
        return Ok(());
    }
    let checkin = context.base.read_checkin(*context.document).checkin;
    let standing = checkin::fold(&checkin);
    let author = &context.origin.person;
    let mut before = Vec::with_capacity(steps.len());
    for step in steps {
        checkin::may_write(&checkin, &standing, author, step, &before).map_err(Quarantine::Step)?;
        before.push(step.step.name());
    }
    Ok(())
}

pub(super) fn step_fits(step: &StepEntry) -> bool {
    step.check().is_ok() && step.session.is_none() && step.seal.as_ref().is_none_or(seal_fits)
}

pub(super) fn action_fits(action: &checkin::Action) -> bool {
    action.check().is_ok() && action.session.is_none() && action.seal.as_ref().is_none_or(seal_fits)
}
