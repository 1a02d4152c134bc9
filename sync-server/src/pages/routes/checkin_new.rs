//! `/checkins/new`: a branch secretary opens a check-in about a case or a place.

use axum::Form;
use axum::extract::rejection::FormRejection;
use axum::extract::{Query, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use serde::Deserialize;
use xunge_domain::ids::DocumentId;
use xunge_domain::person::{Organisation, Person, Role};

use crate::app::{App, AppState};
use crate::error::{ApiError, ApiResult};
use crate::http::staff::StaffForm;
use crate::pages::act_form::{Fields, bad_request};
use crate::pages::checkin_form::opening;
use crate::pages::checkin_view::opening::OpeningView;
use crate::pages::context::PageContext;
use crate::pages::layout::CSRF_FIELD;
use crate::services::cases::visible;
use crate::services::checkins::act::open_checkin;
use crate::store::rows::CaseRow;

#[derive(Deserialize)]
pub(super) struct Asked {
    /// The case it is to be about.
    #[serde(default)]
    case: String,
}

pub(super) async fn form(
    State(state): State<AppState>,
    context: PageContext,
    Query(asked): Query<Asked>,
) -> Response {
    let reader = match context.signed_in() {
        Ok(staff) if staff.person.has(Role::BranchSecretary) => staff.person.clone(),
        Ok(_) => return context.error(&ApiError::forbidden()),
        Err(elsewhere) => return *elsewhere,
    };
    let fields = Fields(vec![("case".into(), asked.case)]);
    draw(&state, &context, reader, &fields, None).await
}

pub(super) async fn submit(
    State(state): State<AppState>,
    context: PageContext,
    staff: Result<StaffForm, ApiError>,
    form: Result<Form<Vec<(String, String)>>, FormRejection>,
) -> Response {
    let Ok(Form(pairs)) = form else {
        return context.error(&bad_request());
    };
    let fields = Fields(pairs);
    let reader = match context.signed_in() {
        Ok(staff) => staff.person.clone(),
        Err(elsewhere) => return *elsewhere,
    };
    match open(&state, staff, &fields).await {
        Ok(id) => Redirect::to(&format!("/checkins/{id}?ruled=1")).into_response(),
        Err(error) if error.status == StatusCode::UNPROCESSABLE_ENTITY => {
            draw(&state, &context, reader, &fields, Some(&error)).await
        }
        Err(error) => context.error(&error),
    }
}

async fn open(
    state: &AppState,
    staff: Result<StaffForm, ApiError>,
    fields: &Fields,
) -> ApiResult<DocumentId> {
    let staff = staff?.confirm(fields.one(CSRF_FIELD))?;
    let request = opening(fields)?;
    let (id, _) = state
        .blocking(move |app| -> ApiResult<_> {
            Ok(open_checkin(app, staff.id(), &staff.session_id, &request)?)
        })
        .await?;
    Ok(id)
}

async fn draw(
    state: &AppState,
    context: &PageContext,
    reader: Person,
    fields: &Fields,
    refused: Option<&ApiError>,
) -> Response {
    let case = fields.optional::<DocumentId>("case");
    let chosen = |name| fields.many(name).unwrap_or_default().into_iter().collect();
    let written = OpeningView {
        title: fields.one("title").to_owned(),
        initiation: fields.one("initiation").to_owned(),
        address: fields.one("address").to_owned(),
        visiting: chosen("visiting"),
        hosts: chosen("hosts"),
        ..OpeningView::default()
    };
    let loaded = match case {
        Ok(case) => {
            let load = move |app: &App| load(app, &reader, case, written);
            state.blocking(load).await
        }
        Err(error) => Err(error),
    };
    match loaded {
        Ok(view) => {
            let status = refused.map_or(StatusCode::OK, |error| error.status);
            context.page(status, view.render(&context.frame(), refused))
        }
        Err(error) => context.error(&error),
    }
}

fn load(
    app: &App,
    reader: &Person,
    case: Option<DocumentId>,
    written: OpeningView,
) -> ApiResult<OpeningView> {
    let (case, bodies) = app.store.reading(|read| {
        let case = match case {
            Some(id) if visible(read, reader, &id)? => read.case(&id)?,
            Some(_) => return Err::<(Option<CaseRow>, Vec<Organisation>), _>(ApiError::not_found()),
            None => None,
        };
        let mut bodies = read.organisations()?;
        bodies.sort_by_key(|body| (body.party.is_none(), body.name.clone()));
        Ok((case, bodies))
    })?;
    Ok(OpeningView {
        case,
        bodies,
        ..written
    })
}
