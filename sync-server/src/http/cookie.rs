//! The session cookie. `__Host-` binds it to this very host and to https; browsers refuse that name on plain http,
//! so a hub on a loopback address without TLS uses the bare name.

use axum::http::{HeaderMap, HeaderValue, header};

use crate::app::Settings;
use crate::services::sessions::{SESSION_MILLIS, SessionSecret};

const BARE: &str = "xunge_session";
const BOUND: &str = "__Host-xunge_session";

fn name(settings: &Settings) -> &'static str {
    if settings.https { BOUND } else { BARE }
}

/// The secret a request carries. Of two cookies of one name the first that reads counts.
pub fn read(settings: &Settings, headers: &HeaderMap) -> Option<SessionSecret> {
    headers
        .get_all(header::COOKIE)
        .iter()
        .filter_map(|value| value.to_str().ok())
        .flat_map(|line| line.split(';'))
        .filter_map(|pair| pair.trim().split_once('='))
        .filter(|(key, _)| *key == name(settings))
        .find_map(|(_, value)| SessionSecret::parse(value))
}

/// Sets the cookie.
pub fn set(settings: &Settings, secret: &SessionSecret) -> HeaderValue {
    line(settings, &secret.to_text(), SESSION_MILLIS / 1_000)
}

/// Takes the cookie away.
pub fn clear(settings: &Settings) -> HeaderValue {
    line(settings, "", 0)
}

fn line(settings: &Settings, value: &str, seconds: i64) -> HeaderValue {
    let secure = if settings.https { "; Secure" } else { "" };
    let text = format!(
        "{}={value}; Path=/; Max-Age={seconds}; HttpOnly; SameSite=Strict{secure}",
        name(settings)
    );
    // Base64url and our own words: always a legal header value.
    HeaderValue::try_from(text).unwrap_or_else(|_| HeaderValue::from_static(""))
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a failing test should stop")]
mod tests {
    use super::*;
    use crate::app::SystemEntropy;

    fn headers(line: &str) -> HeaderMap {
        let mut headers = HeaderMap::new();
        headers.insert(header::COOKIE, line.parse().unwrap());
        headers
    }

    #[test]
    fn a_cookie_reads_back_among_others() {
        let settings = Settings::default();
        let secret = SessionSecret::draw(&SystemEntropy).unwrap();
        let set = set(&settings, &secret);
        let set = set.to_str().unwrap();
        assert!(set.ends_with("; Path=/; Max-Age=43200; HttpOnly; SameSite=Strict"));
        let pair = set.split(';').next().unwrap();
        let line = format!("theme=dark; xunge_session=broken; {pair}; other=1");
        assert!(read(&settings, &headers(&line)) == Some(secret));
        assert!(read(&settings, &headers("xunge_session=")).is_none());
        assert!(read(&settings, &HeaderMap::new()).is_none());
    }

    #[test]
    fn behind_https_only_the_bound_name_counts() {
        let settings = Settings {
            https: true,
            ..Settings::default()
        };
        let secret = SessionSecret::draw(&SystemEntropy).unwrap();
        let set = set(&settings, &secret);
        let set = set.to_str().unwrap();
        assert!(set.starts_with("__Host-xunge_session=") && set.ends_with("; Secure"));
        let bare = format!("xunge_session={}", secret.to_text());
        assert!(read(&settings, &headers(&bare)).is_none());
    }
}
