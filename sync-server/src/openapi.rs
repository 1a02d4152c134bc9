//! What the JSON API promises, as OpenAPI 3.1: gathered from the routes themselves, served at
//! `/api/openapi.json`, and kept in the repository so that a change of the promise shows in review.

use utoipa::OpenApi;
use utoipa::openapi::security::{ApiKey, ApiKeyValue, SecurityScheme};

/// The parts no route brings along.
#[derive(OpenApi)]
#[openapi(
    info(
        title = "xunge",
        description = "The JSON API of the hub. Browsers log in with a cookie; requests that change something carry \
            the session's token in `x-csrf-token`. Every error has the same envelope.",
        license(name = "Apache-2.0", identifier = "Apache-2.0")
    ),
    components(schemas(crate::error::ErrorEnvelope)),
    modifiers(&SessionCookie),
    tags(
        (name = "health", description = "Whether the hub lives"),
        (name = "session", description = "Logging in and out"),
        (name = "people", description = "People, bodies and their devices"),
        (name = "cases", description = "Cases: list, look, decide"),
        (name = "photos", description = "Stored photos and smaller copies"),
        (name = "devices", description = "What devices speak: binary, signed"),
        (name = "log", description = "What proves that the audit log was not changed"),
        (name = "risks", description = "What is odd, as data: marks, answers to them, and the draw of re-checks"),
        (name = "tasks", description = "Who is sent to verify and to check, the ledger of offers, and what waits for approval"),
        (name = "private", description = "Personal data beside the cases: read, heard, erased"),
        (name = "live", description = "Who listens hears which scopes moved"),
    )
)]
pub struct ApiDocument;

struct SessionCookie;

impl utoipa::Modify for SessionCookie {
    fn modify(&self, document: &mut utoipa::openapi::OpenApi) {
        let components = document.components.get_or_insert_with(Default::default);
        components.add_security_scheme(
            "session",
            SecurityScheme::ApiKey(ApiKey::Cookie(ApiKeyValue::new("xunge_session"))),
        );
    }
}

/// The whole document, as text with a new line at its end.
///
/// # Errors
/// The document cannot be written as JSON.
pub fn document_text() -> Result<String, serde_json::Error> {
    let (_, document) = crate::routes::api().split_for_parts();
    let mut text = serde_json::to_string_pretty(&document)?;
    text.push('\n');
    Ok(text)
}
