//! `/cases`: the queue.

use std::collections::BTreeMap;

use axum::extract::{Query, State};
use axum::response::{IntoResponse, Redirect, Response};
use serde::Deserialize;
use xunge_domain::case::CaseState;
use xunge_domain::person::Person;
use xunge_domain::working_time::Light;

use crate::app::{App, AppState};
use crate::pages::context::PageContext;
use crate::pages::queue_view::QueueView;
use crate::pages::views::View;
use crate::pages::words::Lang;
use crate::services::clocks::highest_told;
use crate::store::rows::{CaseFilter, CaseOrder, CaseRow, ListCursor};
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
    /// Only cases with this light.
    #[serde(default)]
    light: String,
    /// `due`: first due first.
    #[serde(default)]
    order: String,
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
        light: Light::from_id(&asked.light),
        order: match asked.order.as_str() {
            "due" => CaseOrder::Due,
            _ => CaseOrder::Newest,
        },
        // Nonsense is no cursor: the list begins at the newest.
        after: asked.after.parse().ok(),
        lang: context.lang(),
    };
    let loaded = state.blocking(move |app| load(app, &person, &query)).await;
    let drawn = loaded.map(|view| view.render(&context.frame()));
    context.answer(drawn).into_response()
}

struct ListQuery {
    view: Option<View>,
    text: String,
    light: Option<Light>,
    order: CaseOrder,
    after: Option<ListCursor>,
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
        let filter = CaseFilter {
            light: query.light.map(|light| (light, now)),
            order: query.order,
            ..view.filter(person, text.clone())
        };
        if text.is_some() || query.light.is_some() {
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
        let mut clocks = BTreeMap::new();
        for row in &page.rows {
            let clock = read.listed_clock(&row.document)?;
            if let Some(clock) = clock {
                let told = highest_told(read, &clock)?;
                clocks.insert(row.document, (clock, told));
            }
        }
        let class_name = |code: &String| {
            let class = tables.classes.find(code)?;
            Some((code.clone(), query.lang.of(&class.zh, &class.en).to_owned()))
        };
        Ok(QueueView {
            view,
            text: query.text.clone(),
            light: query.light,
            order: query.order,
            clocks,
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
