//! `/checkins/{document}`: one check-in.

use std::collections::{BTreeMap, BTreeSet};

use axum::extract::{Path, Query, State};
use axum::response::Response;
use serde::Deserialize;
use xunge_domain::ids::{Digest, DocumentId, PersonId};
use xunge_domain::person::Person;

use crate::app::{App, AppState};
use crate::error::ApiError;
use crate::pages::checkin_view::CheckinView;
use crate::pages::context::PageContext;
use crate::services::cases::visible;
use crate::services::checkins::show::{Shown, read};
use crate::store::{HubRead, StoreError};

#[derive(Deserialize)]
pub(super) struct Asked {
    #[serde(default)]
    ruled: String,
}

pub(super) async fn show(
    State(state): State<AppState>,
    context: PageContext,
    Path(document): Path<String>,
    Query(asked): Query<Asked>,
) -> Response {
    let reader = match context.signed_in() {
        Ok(staff) => staff.person.clone(),
        Err(elsewhere) => return *elsewhere,
    };
    let Ok(document) = document.parse::<DocumentId>() else {
        return context.error(&ApiError::not_found());
    };
    let loaded = state
        .blocking(move |app| load(app, &document, &reader))
        .await;
    let just_ruled = asked.ruled.parse().ok();
    let drawn = loaded.map(|view| CheckinView { just_ruled, ..view }.render(&context.frame()));
    context.answer(drawn)
}

fn load(app: &App, id: &DocumentId, reader: &Person) -> Result<CheckinView, ApiError> {
    let now = app.clock.now();
    app.store.reading(|store| {
        let tables = app.tables.get(store, now)?;
        let shown = read(store, &tables, reader, id, now)?;
        let shown = shown.ok_or_else(ApiError::not_found)?;
        let case = shown.standing.subject.as_ref();
        let case = case.and_then(|subject| subject.case());
        // A party may have nothing to do with the case: then it is named by nothing it could not see.
        let case = match case {
            Some(case) if visible(store, reader, case)? => store.case(case)?,
            _ => None,
        };
        Ok(CheckinView {
            case,
            people: people(store, &shown)?,
            bodies: store
                .organisations()?
                .into_iter()
                .map(|body| (body.id.clone(), body.name))
                .collect(),
            stored: stored(store, &shown)?,
            just_ruled: None,
            shown,
        })
    })
}

fn people(store: &dyn HubRead, shown: &Shown) -> Result<BTreeMap<PersonId, Person>, StoreError> {
    let checkin = &shown.checkin;
    let authors = checkin.steps.iter().map(|step| &step.entry.author);
    let askers = checkin.actions.iter().map(|action| &action.entry.author);
    let takers = checkin.photos.iter().map(|photo| &photo.entry.author);
    let named: BTreeSet<&PersonId> = authors.chain(askers).chain(takers).collect();
    let mut people = BTreeMap::new();
    for id in named {
        if let Some(person) = store.person(id)? {
            people.insert(id.clone(), person);
        }
    }
    Ok(people)
}

fn stored(store: &dyn HubRead, shown: &Shown) -> Result<BTreeSet<Digest>, StoreError> {
    let photos = shown.checkin.photos.iter();
    let mut stored = BTreeSet::new();
    for blob in photos.flat_map(|photo| photo.entry.cited()) {
        if store.blob_stored(&blob.sha256)? {
            stored.insert(blob.sha256);
        }
    }
    Ok(stored)
}
