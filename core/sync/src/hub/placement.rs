//! Which scopes hold a document: placement follows rulings, who reported or opened it always keeps it, and whoever was
//! declined keeps the case to read why.

use xunge_documents::Document;
use xunge_domain::case::{Act, Case, GridAnswer, Outcome, Standing};
use xunge_domain::checkin::{self, Subject};
use xunge_domain::grid::GridIndex;
use xunge_domain::ids::DocumentId;
use xunge_domain::person::Person;
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
        .filter(|action| action.entry.act.begins_a_case());
    scopes.extend(reporters.map(|action| Scope::Person(action.entry.author.clone())));
    let declined = case
        .rulings
        .iter()
        .filter(|ruling| matches!(ruling.entry.outcome, Outcome::Declined { .. }))
        .filter_map(|ruling| case.action(&ruling.id));
    scopes.extend(declined.map(|action| Scope::Person(action.author.clone())));
    scopes.extend(
        standing
            .reporter
            .iter()
            .chain(&standing.verifiers)
            .chain(&standing.checks.sent_to)
            .chain(&standing.assignee)
            .cloned()
            .map(Scope::Person),
    );
    let bodies = standing
        .lead
        .iter()
        .chain(&standing.assist)
        .chain(&standing.notify)
        .chain(&standing.rung.organisation);
    scopes.extend(bodies.cloned().map(Scope::Organisation));
    scopes.sort();
    scopes.dedup();
    scopes
}

/// Whether the person's body had the case and gave it back: what it did meanwhile without signal stays as evidence,
/// and its requests are ruled like any that come too late.
pub(crate) fn once_claimed(document: &Document, id: DocumentId, person: &Person) -> bool {
    let Some(body) = &person.organisation else {
        return false;
    };
    let case = document.read(id).case;
    let claims = case.rulings.iter().filter(|ruling| {
        case.action(&ruling.id)
            .is_some_and(|action| matches!(action.act, Act::Claim))
    });
    claims.into_iter().any(|claim| {
        matches!(&claim.entry.outcome, Outcome::Accepted { organisation: Some(by), .. } if by == body)
    })
}

/// The scopes of a check-in, sorted and without repetition: the bodies whose people act for its parties, who opened it, and
/// whoever sees the case it is about. One whose opening was not accepted is its author's alone.
pub fn checkin_placement(
    standing: &checkin::Standing,
    scopes_of: &dyn Fn(&DocumentId) -> Vec<Scope>,
) -> Vec<Scope> {
    let mut scopes: Vec<Scope> = standing
        .opened_by
        .iter()
        .cloned()
        .map(Scope::Person)
        .collect();
    if standing.opened_at.is_some() {
        let bodies = standing.bodies.iter().cloned();
        scopes.extend(bodies.map(Scope::Organisation));
        if let Some(case) = standing.subject.as_ref().and_then(Subject::case) {
            scopes.extend(scopes_of(case));
        }
    }
    scopes.sort();
    scopes.dedup();
    scopes
}
