//! A request of somebody known that is refused is noted in the audit log, whichever page or route refused it: a route
//! that is added cannot forget it.

use std::sync::{Arc, OnceLock};

use axum::extract::{MatchedPath, Request, State};
use axum::http::StatusCode;
use axum::http::request::Parts;
use axum::middleware::Next;
use axum::response::Response;
use xunge_domain::ids::PersonId;

use crate::app::AppState;
use crate::services::refusals::{self, Refused};

/// Who a request turned out to come from; travels with it.
#[derive(Debug, Clone, Default)]
struct Asking(Arc<OnceLock<PersonId>>);

/// Says whose request this is, once that is known.
pub fn known(parts: &Parts, person: &PersonId) {
    if let Some(asking) = parts.extensions.get::<Asking>() {
        // Two extractors of one request find the same person.
        let _ = asking.0.set(person.clone());
    }
}

/// Notes a 403 to somebody known.
pub async fn note(State(state): State<AppState>, mut request: Request, next: Next) -> Response {
    let asking = Asking::default();
    request.extensions_mut().insert(asking.clone());
    let method = request.method().clone();
    let route = request.extensions().get::<MatchedPath>().cloned();
    let response = next.run(request).await;
    let (StatusCode::FORBIDDEN, Some(person)) = (response.status(), asking.0.get()) else {
        return response;
    };
    let refused = Refused {
        person: person.clone(),
        method: method.to_string(),
        route: route.map_or_else(|| "unmatched".into(), |route| route.as_str().to_owned()),
    };
    let refusals = Arc::clone(state.refusals());
    let noted = state.blocking(move |app| refusals::note(app, &refusals, &refused));
    if let Err(cause) = noted.await {
        // The refusal stands; what went wrong was logged where it did.
        tracing::warn!(
            error.code = cause.code(),
            "a refusal could not be noted in the audit log"
        );
    }
    response
}
