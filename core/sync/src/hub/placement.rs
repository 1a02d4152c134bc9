//! Which scopes hold a case: placement follows rulings, and the reporter always keeps what he reported.

use xunge_domain::case::{Act, Case, GridAnswer, Standing};
use xunge_domain::grid::GridIndex;
use xunge_domain::scope::Scope;

/// The scopes of a case, sorted and without repetition.
pub fn placement(case: &Case, standing: &Standing, grids: &GridIndex) -> Vec<Scope> {
    let mut scopes = Vec::new();
    if let Some(GridAnswer::Known(code)) = &case.facts.unit_grid {
        scopes.extend(
            grids
                .get(*code)
                .map(|grid| Scope::DutyGrid(grid.duty_grid.clone())),
        );
    }
    let reporters = case
        .actions
        .iter()
        .filter(|action| matches!(action.entry.act, Act::Report));
    scopes.extend(reporters.map(|action| Scope::Person(action.entry.author.clone())));
    scopes.extend(
        standing
            .reporter
            .iter()
            .chain(&standing.verifier)
            .chain(&standing.checker)
            .cloned()
            .map(Scope::Person),
    );
    let bodies = standing
        .lead
        .iter()
        .chain(&standing.assist)
        .chain(&standing.notify);
    scopes.extend(bodies.cloned().map(Scope::Organisation));
    scopes.sort();
    scopes.dedup();
    scopes
}
