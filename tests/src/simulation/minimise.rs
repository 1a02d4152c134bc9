//! A finding made small: steps are left out as long as the same invariant breaks, then faults of the link.

use super::plan::Plan;
use super::{Options, Outcome, run_plan};

/// Runs tried at most; the finding is small long before.
const RUNS_MAX: u32 = 2_000;

/// The smallest plan found that breaks the invariant that `found` broke, and how that went.
#[must_use]
pub fn minimise(found: Outcome, options: Options) -> Outcome {
    let Some(rule) = found.violation.as_ref().map(|violation| violation.rule) else {
        return found;
    };
    let mut search = Search {
        rule,
        options,
        best: found,
        runs: 0,
    };
    search.leave_out();
    search.calm_down();
    search.best
}

struct Search {
    rule: &'static str,
    options: Options,
    best: Outcome,
    runs: u32,
}

impl Search {
    /// Tries a plan; keeps it when it still breaks the invariant.
    fn holds(&mut self, plan: Plan) -> bool {
        self.runs += 1;
        let outcome = run_plan(plan, self.options);
        let broke = outcome.violation.as_ref().map(|violation| violation.rule);
        let same = broke == Some(self.rule);
        if same {
            self.best = outcome;
        }
        same
    }

    /// Leaves steps out, half of them at a time, then fewer, then one by one.
    fn leave_out(&mut self) {
        let mut part = self.best.plan.steps.len().div_ceil(2);
        while part > 0 && self.runs < RUNS_MAX {
            let mut from = 0;
            let mut smaller = false;
            while from < self.best.plan.steps.len() {
                let mut plan = self.best.plan.clone();
                let upto = (from + part).min(plan.steps.len());
                plan.steps.drain(from..upto);
                if self.holds(plan) {
                    smaller = true;
                } else {
                    from = upto;
                }
            }
            if !(part == 1 && smaller) {
                part = if part == 1 {
                    0
                } else {
                    part.div_ceil(2).min(part - 1)
                };
            }
        }
    }

    /// Takes the faults of the link out, one step after the other.
    fn calm_down(&mut self) {
        for index in 0..self.best.plan.steps.len() {
            let mut plan = self.best.plan.clone();
            if let Some(step) = plan.steps.get_mut(index) {
                step.calm = true;
            }
            self.holds(plan);
        }
    }
}
