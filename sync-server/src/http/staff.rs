//! Who is asking, from a browser.
//!
//! `Staff` is somebody logged in whose request is their own: reading needs the cookie alone, changing needs the
//! session's CSRF token in the header `x-csrf-token` as well. A form cannot set a header, so a form handler takes
//! `StaffForm` and gets its `Staff` only by handing in the form's `csrf` field: forgetting the check does not
//! compile.

use axum::extract::FromRequestParts;
use axum::http::request::Parts;
use axum::http::{HeaderName, Method, StatusCode};
use xunge_domain::ids::PersonId;
use xunge_domain::person::{Person, Role};

use crate::app::AppState;
use crate::error::{ApiError, ApiResult};
use crate::http::{cookie, refusal};
use crate::messages;
use crate::services::sessions::{self, SessionSecret};

/// The header a script sets.
pub const CSRF_HEADER: HeaderName = HeaderName::from_static("x-csrf-token");

/// Somebody logged in, whose request is their own.
#[derive(Debug, Clone)]
pub struct Staff {
    /// Who, as the register says now.
    pub person: Person,
    /// Public id of the session, for actions.
    pub session_id: String,
    /// For the session's own pages.
    pub csrf: String,
    secret: SessionSecret,
}

/// Somebody logged in who sends a form; [`StaffForm::confirm`] makes a [`Staff`] of it.
#[derive(Debug, Clone)]
pub struct StaffForm(Staff);

/// Somebody logged in, or nobody: for pages that greet both.
#[derive(Debug, Clone)]
pub struct MaybeStaff(pub Option<Staff>);

impl Staff {
    /// Who.
    pub fn id(&self) -> &PersonId {
        &self.person.id
    }

    /// The session's secret, to end it.
    pub fn secret(&self) -> &SessionSecret {
        &self.secret
    }

    /// Goes on only with a role.
    ///
    /// # Errors
    /// 403.
    pub fn require(&self, role: Role) -> ApiResult<()> {
        self.require_any(&[role])
    }

    /// Goes on only with one of some roles.
    ///
    /// # Errors
    /// 403.
    pub fn require_any(&self, roles: &[Role]) -> ApiResult<()> {
        if roles.iter().any(|role| self.person.has(*role)) {
            return Ok(());
        }
        Err(ApiError::forbidden())
    }
}

impl StaffForm {
    /// Checks the form's `csrf` field.
    ///
    /// # Errors
    /// 403: it is missing or of another session.
    pub fn confirm(self, csrf: &str) -> ApiResult<Staff> {
        if same(csrf, &self.0.csrf) {
            Ok(self.0)
        } else {
            Err(csrf_error())
        }
    }
}

fn csrf_error() -> ApiError {
    ApiError::new(StatusCode::FORBIDDEN, &messages::CSRF)
}

/// Compares without telling by its time where the difference is.
fn same(one: &str, other: &str) -> bool {
    one.len() == other.len()
        && one
            .bytes()
            .zip(other.bytes())
            .fold(0, |difference, (a, b)| difference | (a ^ b))
            == 0
}

async fn logged_in(parts: &Parts, state: &AppState) -> ApiResult<Option<Staff>> {
    let Some(secret) = cookie::read(&state.settings, &parts.headers) else {
        return Ok(None);
    };
    let found = {
        let secret = secret.clone();
        state
            .blocking(move |app| sessions::find(app, &secret))
            .await?
    };
    Ok(found.map(|(session, person)| {
        refusal::known(parts, &person.id);
        Staff {
            person,
            session_id: session.id,
            csrf: secret.csrf(),
            secret,
        }
    }))
}

impl FromRequestParts<AppState> for Staff {
    type Rejection = ApiError;
    async fn from_request_parts(parts: &mut Parts, state: &AppState) -> ApiResult<Self> {
        let staff = logged_in(parts, state)
            .await?
            .ok_or_else(ApiError::not_logged_in)?;
        let reads = matches!(parts.method, Method::GET | Method::HEAD);
        let told = parts
            .headers
            .get(CSRF_HEADER)
            .and_then(|value| value.to_str().ok());
        if reads || told.is_some_and(|told| same(told, &staff.csrf)) {
            return Ok(staff);
        }
        Err(csrf_error())
    }
}

impl FromRequestParts<AppState> for StaffForm {
    type Rejection = ApiError;
    async fn from_request_parts(parts: &mut Parts, state: &AppState) -> ApiResult<Self> {
        logged_in(parts, state)
            .await?
            .map(Self)
            .ok_or_else(ApiError::not_logged_in)
    }
}

impl FromRequestParts<AppState> for MaybeStaff {
    type Rejection = ApiError;
    async fn from_request_parts(parts: &mut Parts, state: &AppState) -> ApiResult<Self> {
        logged_in(parts, state).await.map(Self)
    }
}
