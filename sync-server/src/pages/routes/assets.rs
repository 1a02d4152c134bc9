//! The stylesheet, the script and the icon, each with a tag, so that a browser asks in vain only once.

use std::sync::LazyLock;

use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use xunge_domain::ids::Digest;

use crate::pages::layout::mark;

const STYLESHEET: &str = include_str!("../app.css");
const LIVE_SCRIPT: &str = include_str!("../live.js");

static STYLESHEET_TAG: LazyLock<String> = LazyLock::new(|| tag(STYLESHEET));
static LIVE_SCRIPT_TAG: LazyLock<String> = LazyLock::new(|| tag(LIVE_SCRIPT));
static ICON: LazyLock<String> = LazyLock::new(|| {
    let drawing = mark().into_string();
    drawing
        .replacen("<svg ", "<svg xmlns=\"http://www.w3.org/2000/svg\" ", 1)
        .replace("currentColor", "#0b6bb5")
});
static ICON_TAG: LazyLock<String> = LazyLock::new(|| tag(&ICON));

fn tag(text: &str) -> String {
    let digest = Digest::of(text.as_bytes()).to_string();
    format!("\"{}\"", digest.get(..16).unwrap_or(&digest))
}

pub(super) async fn stylesheet(headers: HeaderMap) -> Response {
    tagged(
        &headers,
        "text/css; charset=utf-8",
        &STYLESHEET_TAG,
        STYLESHEET,
    )
}

pub(super) async fn live_script(headers: HeaderMap) -> Response {
    tagged(
        &headers,
        "text/javascript; charset=utf-8",
        &LIVE_SCRIPT_TAG,
        LIVE_SCRIPT,
    )
}

pub(super) async fn icon(headers: HeaderMap) -> Response {
    tagged(&headers, "image/svg+xml", &ICON_TAG, &ICON)
}

fn tagged(asked: &HeaderMap, kind: &'static str, tag: &str, body: &str) -> Response {
    let known = asked
        .get(header::IF_NONE_MATCH)
        .is_some_and(|value| value.as_bytes() == tag.as_bytes());
    let mut response = if known {
        StatusCode::NOT_MODIFIED.into_response()
    } else {
        ([(header::CONTENT_TYPE, kind)], body.to_owned()).into_response()
    };
    let headers = response.headers_mut();
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-cache"));
    if let Ok(value) = HeaderValue::from_str(tag) {
        headers.insert(header::ETAG, value);
    }
    response
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_browser_that_knows_the_tag_gets_no_body() {
        let fresh = tagged(&HeaderMap::new(), "text/css", &STYLESHEET_TAG, STYLESHEET);
        assert_eq!(fresh.status(), StatusCode::OK);
        let mut asked = HeaderMap::new();
        if let Some(tag) = fresh.headers().get(header::ETAG) {
            asked.insert(header::IF_NONE_MATCH, tag.clone());
        }
        let again = tagged(&asked, "text/css", &STYLESHEET_TAG, STYLESHEET);
        assert_eq!(again.status(), StatusCode::NOT_MODIFIED);
    }

    #[test]
    fn the_stylesheet_loads_nothing_from_elsewhere() {
        assert!(!STYLESHEET.contains("url(") && !STYLESHEET.contains("@import"));
    }
}
