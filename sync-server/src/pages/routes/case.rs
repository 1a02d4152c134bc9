//! `/cases/{document}`: one case.

use std::collections::{BTreeMap, BTreeSet};

use axum::extract::{Path, Query, State};
use axum::response::Response;
use serde::Deserialize;
use xunge_documents::Anomaly;
use xunge_domain::case::{Act, Case, Decline, GridAnswer, Outcome, fold, offered};
use xunge_domain::document_kind::DocumentKind;
use xunge_domain::ids::{DocumentId, PersonId};
use xunge_domain::person::{Person, Role};

use crate::app::{App, AppState};
use crate::error::ApiError;
use crate::http::limits::LIST_PART_MAX;
use crate::pages::case_view::{CaseView, ErasedSection, PrivateSection};
use crate::pages::context::PageContext;
use crate::pages::words::{Lang, Word};
use crate::services::cases::visible;
use crate::services::checkins::sight::scopes_of_reader;
use crate::services::clocks::{escalations, read_case_clocks};
use crate::services::documents::open;
use crate::services::duplicates;
use crate::services::erase_text::erased_texts;
use crate::services::private::{self, Access};
use crate::services::risks;
use crate::services::tasks::task_views;
use crate::store::{CheckinFilter, CheckinRow, HubRead, LIST_ROWS_MAX, StoreError};

#[derive(Deserialize)]
pub(super) struct Asked {
    #[serde(default)]
    ruled: String,
    /// Show what the personal data says.
    #[serde(default)]
    private: String,
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
    let (lang, just_ruled) = (context.lang(), asked.ruled.parse().ok());
    let loaded = state
        .blocking(move |app| {
            let view = load(app, document, &reader, lang)?;
            if asked.private.is_empty() || !view.private.may_read {
                return Ok(view);
            }
            let private = PrivateSection {
                records: private::read(app, &reader, &document)?,
                shown: true,
                ..view.private
            };
            Ok::<_, ApiError>(CaseView { private, ..view })
        })
        .await;
    let drawn = loaded.map(|view| CaseView { just_ruled, ..view }.render(&context.frame()));
    context.answer(drawn)
}

fn load(app: &App, id: DocumentId, reader: &Person, lang: Lang) -> Result<CaseView, ApiError> {
    let now = app.clock.now();
    app.store.reading(|read| {
        if !visible(read, reader, &id)? {
            return Err(ApiError::not_found());
        }
        let stored = read.document(&id)?.ok_or_else(ApiError::not_found)?;
        let document = open(read, &id, &stored)?;
        if document.kind() != DocumentKind::Case {
            return Err(ApiError::not_found());
        }
        let reading = document.read(id);
        let tables = app.tables.get(read, now)?;
        let standing = fold(&reading.case);
        let facts = &reading.case.facts;
        let class = |code| tables.classes.find(code).cloned();
        let grid = match &reading.case.facts.unit_grid {
            Some(GridAnswer::Known(code)) => tables.grids.get(*code),
            _ => None,
        };
        let bodies = read.organisations()?;
        Ok(CaseView {
            oddities: oddities(&reading.anomalies, lang),
            stored: stored_blobs(read, &reading.case)?,
            class: standing.class(facts).and_then(class),
            proposed: standing.proposal(facts).and_then(class),
            unit_grid: grid.map(|grid| grid.name.clone()),
            duty_grid: grid.map(|grid| grid.duty_grid.clone()),
            people: people(read, &reading.case, reader)?,
            organisations: bodies
                .into_iter()
                .map(|body| (body.id.clone(), body))
                .collect(),
            offered: offered(&reading.case, &standing, reader),
            risks: risks::of_case(read, reader, &id)?,
            possible_duplicates: duplicates::possible(
                read,
                &tables,
                reader,
                (&reading.case, &standing),
                now,
            )?,
            checkins: checkins_about(read, reader, &id)?,
            tasks: task_views(read, reader, &id, now)?,
            private: private_entries(read, reader, &id)?,
            erased: ErasedSection {
                texts: erased_texts(read, &reading.case)?,
                may_erase: reader.has(Role::Admin),
            },
            clocks: read_case_clocks(read, &tables, &reading.case, now)?,
            escalations: escalations(read, &id)?,
            just_ruled: None,
            standing,
            case: reading.case,
        })
    })
}

/// The check-ins about a case that this reader may see.
fn checkins_about(
    read: &dyn HubRead,
    reader: &Person,
    case: &DocumentId,
) -> Result<Vec<CheckinRow>, StoreError> {
    let filter = CheckinFilter {
        subject_case: Some(*case),
        scopes: scopes_of_reader(reader),
        ..CheckinFilter::default()
    };
    read.checkins(&filter, None, LIST_PART_MAX)
}

/// That there is personal data, for who has business with it.
fn private_entries(
    read: &dyn HubRead,
    reader: &Person,
    id: &DocumentId,
) -> Result<PrivateSection, ApiError> {
    let (access, records) = private::entries(read, reader, id)?;
    Ok(PrivateSection {
        may_read: access != Access::Entries && !records.is_empty(),
        records,
        shown: false,
    })
}

fn stored_blobs(
    read: &dyn HubRead,
    case: &Case,
) -> Result<BTreeSet<xunge_domain::ids::Digest>, StoreError> {
    let mut stored = BTreeSet::new();
    for blob in case.photos.iter().flat_map(|photo| photo.entry.cited()) {
        if read.blob_stored(&blob.sha256)? {
            stored.insert(blob.sha256);
        }
    }
    Ok(stored)
}

/// Everybody the page names: all people for those who choose among them, else only those who stand in the case.
fn people(
    read: &dyn HubRead,
    case: &Case,
    reader: &Person,
) -> Result<BTreeMap<PersonId, Person>, StoreError> {
    let chooses = [Role::IntakeClerk, Role::Dispatcher, Role::DisposalDept];
    if chooses.iter().any(|role| reader.has(*role)) {
        let all = read.people(None, LIST_ROWS_MAX)?;
        return Ok(all
            .into_iter()
            .map(|person| (person.id.clone(), person))
            .collect());
    }
    let mut named: BTreeSet<&PersonId> = BTreeSet::new();
    named.extend(case.photos.iter().map(|photo| &photo.entry.author));
    named.extend(case.comments.iter().map(|note| &note.entry.author));
    named.extend(case.hazards.iter().map(|note| &note.entry.author));
    for action in &case.actions {
        named.insert(&action.entry.author);
        if let Act::SendVerify { to } | Act::SendCheck { to, .. } | Act::Assign { to, .. } =
            &action.entry.act
        {
            named.insert(to);
        }
        if let Act::SendCheck {
            also: Some(also), ..
        } = &action.entry.act
        {
            named.insert(also);
        }
    }
    for ruling in &case.rulings {
        if let Outcome::Declined {
            reason:
                Decline::AlreadyClaimed { by: to, .. }
                | Decline::AlreadyApplied { by: to, .. }
                | Decline::NotSameBody { to }
                | Decline::NotAssigned { to },
        } = &ruling.entry.outcome
        {
            named.insert(to);
        }
    }
    let mut people = BTreeMap::new();
    for id in named {
        if let Some(person) = read.person(id)? {
            people.insert(id.clone(), person);
        }
    }
    Ok(people)
}

/// What a person should know of the document beside the case.
fn oddities(anomalies: &[Anomaly], lang: Lang) -> Vec<String> {
    let mut unreadable = 0;
    let mut words = Vec::new();
    for anomaly in anomalies {
        match anomaly {
            Anomaly::Concurrent { key, others } => {
                let label = Word::Concurrent.say(lang);
                words.push(format!("{label}: {key} = {}", others.join(" | ")));
            }
            Anomaly::NoContainer(_)
            | Anomaly::Unreadable { .. }
            | Anomaly::RulingWithoutAction(_) => unreadable += 1,
        }
    }
    if unreadable > 0 {
        words.push(format!("{}: {unreadable}", Word::Damaged.say(lang)));
    }
    words
}
