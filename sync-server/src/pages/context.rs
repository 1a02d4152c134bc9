//! What every page's handler starts with: the language, the clock, who is logged in; and how it ends: an error is a
//! page too, and nobody logged in is sent to the log-in page and back.

use axum::extract::FromRequestParts;
use axum::http::request::Parts;
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Redirect, Response};
use maud::Markup;
use xunge_domain::time::Timestamp;

use super::layout::{Frame, StaffView};
use super::{alone, words::Lang};
use crate::app::{App, AppState};
use crate::error::{ApiError, ApiResult};
use crate::http::staff::{MaybeStaff, Staff};
use crate::services::disk::DiskState;
use crate::store::StoreError;

/// Name of the cookie that keeps the language; it says nothing about anybody.
const LANG_COOKIE: &str = "xunge_lang";
/// How long the language is kept: a year.
const LANG_SECONDS: u32 = 31_536_000;

/// The beginning of a page.
#[derive(Debug, Clone)]
pub struct PageContext {
    lang: Lang,
    /// The address names a language: keep it.
    keep_lang: bool,
    here: String,
    now: Timestamp,
    demo: bool,
    disk: DiskState,
    /// Who is logged in.
    pub staff: Option<Staff>,
    view: Option<StaffView>,
}

impl FromRequestParts<AppState> for PageContext {
    type Rejection = Response;

    async fn from_request_parts(parts: &mut Parts, state: &AppState) -> Result<Self, Response> {
        let here = parts.uri.path_and_query().map_or("/", |path| path.as_str());
        let asked = asked_lang(parts);
        let mut context = Self {
            lang: asked.or_else(|| kept_lang(parts)).unwrap_or_default(),
            keep_lang: asked.is_some(),
            here: here.to_owned(),
            now: state.clock.now(),
            demo: false,
            disk: DiskState::Unknown,
            staff: None,
            view: None,
        };
        let staff = match MaybeStaff::from_request_parts(parts, state).await {
            Ok(MaybeStaff(staff)) => staff,
            Err(error) => return Err(context.error(&error)),
        };
        let told = staff.clone();
        match state
            .blocking(move |app| surroundings(app, told.as_ref()))
            .await
        {
            Ok((demo, disk, view)) => {
                (context.demo, context.disk, context.view) = (demo, disk, view);
            }
            Err(error) => return Err(context.error(&error)),
        }
        context.staff = staff;
        Ok(context)
    }
}

/// Whether this is the demo city (its class table is marked as a sample), how full the disk is, and what the bar says of the reader.
fn surroundings(
    app: &App,
    staff: Option<&Staff>,
) -> Result<(bool, DiskState, Option<StaffView>), StoreError> {
    let now = app.clock.now();
    let disk = app.blobs.disk().state;
    app.store.reading(|read| {
        let tables = app.tables.get(read, now)?;
        let demo = tables.classes.sample && !tables.classes.edition.is_empty();
        let Some(staff) = staff else {
            return Ok((demo, disk, None));
        };
        let organisation = match &staff.person.organisation {
            Some(id) => read.organisation(id)?.map(|body| body.name),
            None => None,
        };
        let view = StaffView {
            person: staff.person.clone(),
            organisation,
            csrf: staff.csrf.clone(),
        };
        Ok((demo, disk, Some(view)))
    })
}

fn asked_lang(parts: &Parts) -> Option<Lang> {
    let query = parts.uri.query()?;
    let pairs = query.split('&').filter_map(|pair| pair.split_once('='));
    pairs
        .filter(|(key, _)| *key == "lang")
        .find_map(|(_, value)| Lang::from_code(value))
}

fn kept_lang(parts: &Parts) -> Option<Lang> {
    parts
        .headers
        .get_all(header::COOKIE)
        .iter()
        .filter_map(|value| value.to_str().ok())
        .flat_map(|line| line.split(';'))
        .filter_map(|pair| pair.trim().split_once('='))
        .filter(|(key, _)| *key == LANG_COOKIE)
        .find_map(|(_, value)| Lang::from_code(value))
}

impl PageContext {
    /// The language.
    pub const fn lang(&self) -> Lang {
        self.lang
    }

    /// The frame to draw in.
    pub fn frame(&self) -> Frame<'_> {
        Frame {
            lang: self.lang,
            here: &self.here,
            now: self.now,
            staff: self.view.as_ref(),
            demo: self.demo,
            disk: self.disk,
        }
    }

    /// A finished page.
    pub fn page(&self, status: StatusCode, markup: Markup) -> Response {
        self.keep((status, axum::response::Html(markup.into_string())).into_response())
    }

    /// Remembers a language that was asked for.
    fn keep(&self, mut response: Response) -> Response {
        if self.keep_lang {
            let line = format!(
                "{LANG_COOKIE}={}; Path=/; Max-Age={LANG_SECONDS}; SameSite=Lax",
                self.lang.code()
            );
            if let Ok(value) = HeaderValue::try_from(line) {
                response.headers_mut().append(header::SET_COOKIE, value);
            }
        }
        response
    }

    /// An error as a page.
    pub fn error(&self, error: &ApiError) -> Response {
        let mut response = self.page(error.status, alone::error(&self.frame(), error));
        if let Some(seconds) = error.retry_after_seconds {
            response
                .headers_mut()
                .insert(header::RETRY_AFTER, HeaderValue::from(seconds));
        }
        response
    }

    /// A page, or its error as a page.
    pub fn answer(&self, result: ApiResult<Markup>) -> Response {
        match result {
            Ok(markup) => self.page(StatusCode::OK, markup),
            Err(error) => self.error(&error),
        }
    }

    /// Who is logged in, or the way to the log-in page and back here.
    ///
    /// # Errors
    /// Nobody is; the answer is the redirect.
    pub fn signed_in(&self) -> Result<&Staff, Box<Response>> {
        self.staff.as_ref().ok_or_else(|| {
            Box::new(self.keep(Redirect::to(&to_log_in(&self.here)).into_response()))
        })
    }
}

fn to_log_in(here: &str) -> String {
    if here == "/" || !is_own_path(here) {
        return "/login".into();
    }
    let mut next = String::new();
    for byte in here.bytes() {
        match byte {
            b'&' | b'%' | b'+' | b'#' => next.push_str(&format!("%{byte:02X}")),
            _ => next.push(char::from(byte)),
        }
    }
    format!("/login?next={next}")
}

/// Whether an address after log-in stays here: a path of ours, never `//elsewhere`.
pub fn is_own_path(path: &str) -> bool {
    path.starts_with('/')
        && !path.starts_with("//")
        && path
            .bytes()
            .all(|byte| byte.is_ascii_graphic() && byte != b'\\')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nobody_is_sent_elsewhere_after_logging_in() {
        assert!(is_own_path("/cases?view=mine"));
        for bad in [
            "//evil",
            "https://evil",
            "/\\evil",
            "",
            "cases",
            "/a b",
            "/\r\nx",
        ] {
            assert!(!is_own_path(bad), "{bad:?}");
        }
        assert_eq!(
            to_log_in("/cases?view=mine&q=%E8"),
            "/login?next=/cases?view=mine%26q=%25E8"
        );
        assert_eq!(to_log_in("/"), "/login");
    }
}
