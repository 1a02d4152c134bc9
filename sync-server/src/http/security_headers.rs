//! Headers that tell a browser what our pages never do: run inline scripts, load from elsewhere, sit in a frame.

use axum::extract::{Request, State};
use axum::http::{HeaderMap, HeaderName, HeaderValue, header};
use axum::middleware::Next;
use axum::response::Response;
use xunge_sync::wire::CONTENT_TYPE;

use crate::app::AppState;

/// Scripts, styles, images and forms of our own, and nothing else.
pub const CONTENT_SECURITY_POLICY: &str = "default-src 'none'; script-src 'self'; style-src 'self'; \
    img-src 'self'; font-src 'self'; connect-src 'self'; form-action 'self'; base-uri 'none'; \
    frame-ancestors 'none'";

/// Of every answer but frames.
const ADDED: [(HeaderName, &str); 6] = [
    (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
    // Photos and assets that may be kept say so themselves.
    (header::CACHE_CONTROL, "no-store"),
    (header::CONTENT_SECURITY_POLICY, CONTENT_SECURITY_POLICY),
    (header::REFERRER_POLICY, "no-referrer"),
    (
        HeaderName::from_static("cross-origin-opener-policy"),
        "same-origin",
    ),
    (
        HeaderName::from_static("cross-origin-resource-policy"),
        "same-origin",
    ),
];

/// Under https: come back by https alone, for a year (RFC 6797).
const STRICT_TRANSPORT_SECURITY: HeaderValue = HeaderValue::from_static("max-age=31536000");

/// Adds the headers where the handler did not set its own. Frames go to devices, which show no pages: there the headers
/// would be half of an answer that says nothing new. No browser takes their type for a script or a page, and no cache keeps
/// an answer to POST that does not ask for it (RFC 9111 §3); packs say themselves how long they are good.
pub async fn add(State(state): State<AppState>, request: Request, next: Next) -> Response {
    let mut response = next.run(request).await;
    let headers = response.headers_mut();
    if are_frames(headers) {
        return response;
    }
    if state.settings.https {
        headers.insert(header::STRICT_TRANSPORT_SECURITY, STRICT_TRANSPORT_SECURITY);
    }
    for (name, value) in ADDED {
        headers
            .entry(name)
            .or_insert(HeaderValue::from_static(value));
    }
    response
}

fn are_frames(headers: &HeaderMap) -> bool {
    headers
        .get(header::CONTENT_TYPE)
        .is_some_and(|found| found == CONTENT_TYPE)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_frames_go_without_the_headers_of_pages() {
        let of = |content_type| {
            are_frames(&HeaderMap::from_iter([(
                header::CONTENT_TYPE,
                HeaderValue::from_static(content_type),
            )]))
        };
        assert!(of(CONTENT_TYPE));
        assert!(!of("text/html; charset=utf-8"));
        assert!(!of("application/json"));
        assert!(!are_frames(&HeaderMap::new()));
    }
}
