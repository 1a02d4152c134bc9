//! `/cases`: the queue.

use std::collections::BTreeMap;

use axum::extract::{Query, State};
use axum::response::{IntoResponse, Redirect, Response};
use serde::Deserialize;
use xunge_domain::case::CaseState;
use xunge_domain::person::Person;

use crate::app::{App, AppState};
use crate::pages::context::PageContext;
use crate::pages::queue_view::{QueueView, cursor_from};
use crate::pages::views::View;
use crate::pages::words::Lang;
use crate::store::rows::{CaseCursor, CaseRow};
use crate::store::{HubRead, StoreError};

/// Rows of one part of the list.
const PART: usize = 50;
/// Longest search text taken.
const TEXT_CHARACTERS_MAX: usize = 80;

#[derive(Deserialize)]
pub(super) struct Asked {
    #[serde(default)]
    view: String,
    #[serde(default)]
    q: String,
    #[serde(default)]
    after: String,
}

pub(super) async fn home() -> Redirect {
    Redirect::to("/cases")
}

pub(super) async fn list(
    State(state): State<AppState>,
    context: PageContext,
    Query(asked): Query<Asked>,
) -> Response {
    let person = match context.signed_in() {
        Ok(staff) => staff.person.clone(),
        Err(elsewhere) => return *elsewhere,
    };
    let query = ListQuery {
        view: View::from_id(&asked.view),
        text: asked.q.trim().chars().take(TEXT_CHARACTERS_MAX).collect(),
        after: cursor_from(&asked.after),
        lang: context.lang(),
    };
    let loaded = state.blocking(move |app| load(app, &person, &query)).await;
    let drawn = loaded.map(|view| view.render(&context.frame()));
    context.answer(drawn).into_response()
}

struct ListQuery {
    view: Option<View>,
    text: String,
    after: Option<CaseCursor>,
    lang: Lang,
}

fn load(app: &App, person: &Person, query: &ListQuery) -> Result<QueueView, StoreError> {
    let now = app.clock.now();
    app.store.reading(|read| {
        let tables = app.tables.get(read, now)?;
        let mut counts = count(read, person)?;
        // Without a wish: the own tasks, or everything for somebody who has none.
        let tasks = counts
            .iter()
            .any(|(view, count)| *view == View::Mine && *count > 0);
        let view = query
            .view
            .unwrap_or(if tasks { View::Mine } else { View::All });
        let text = Some(query.text.clone()).filter(|text| !text.is_empty());
        let filter = view.filter(person, text.clone());
        if text.is_some() {
            let found = read
                .case_counts(&filter)?
                .iter()
                .map(|(_, count)| count)
                .sum();
            for (known, count) in &mut counts {
                if *known == view {
                    *count = found;
                }
            }
        }
        let page = read.cases(&filter, query.after, PART)?;
        let names = names(read, &page.rows)?;
        let class_name = |code: &String| {
            let class = tables.classes.find(code)?;
            Some((code.clone(), query.lang.of(&class.zh, &class.en).to_owned()))
        };
        Ok(QueueView {
            view,
            text: query.text.clone(),
            counts,
            first_part: query.after.is_none(),
            classes: page
                .rows
                .iter()
                .filter_map(|row| row.class.as_ref())
                .filter_map(class_name)
                .collect(),
            unit_grids: page
                .rows
                .iter()
                .filter_map(|row| tables.grids.get(row.unit_grid?))
                .map(|grid| (grid.code, grid.name.clone()))
                .collect(),
            people: names.0,
            organisations: names.1,
            page,
        })
    })
}

fn count(read: &dyn HubRead, person: &Person) -> Result<Vec<(View, u64)>, StoreError> {
    let all: BTreeMap<CaseState, u64> = read
        .case_counts(&View::All.filter(person, None))?
        .into_iter()
        .collect();
    let mine = read.case_counts(&View::Mine.filter(person, None))?;
    let count = |view: View| match view.states() {
        Some(states) => states.iter().filter_map(|state| all.get(state)).sum(),
        None => mine.iter().map(|(_, count)| count).sum(),
    };
    Ok(View::EVERY
        .into_iter()
        .map(|view| (view, count(view)))
        .collect())
}

type Names = (
    BTreeMap<xunge_domain::ids::PersonId, String>,
    BTreeMap<xunge_domain::ids::OrganisationId, String>,
);

fn names(read: &dyn HubRead, rows: &[CaseRow]) -> Result<Names, StoreError> {
    let (mut people, mut bodies) = Names::default();
    for row in rows {
        if let Some(id) = &row.reporter
            && !people.contains_key(id)
            && let Some(person) = read.person(id)?
        {
            people.insert(id.clone(), person.name);
        }
        if let Some(id) = &row.lead
            && !bodies.contains_key(id)
            && let Some(body) = read.organisation(id)?
        {
            bodies.insert(id.clone(), body.name);
        }
    }
    Ok((people, bodies))
}
