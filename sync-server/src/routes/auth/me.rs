//! `GET /api/me`.

use super::SessionView;
use crate::error::ErrorEnvelope;
use crate::http::json::Json;
use crate::http::staff::Staff;

/// Who is logged in, as the register says now, and the session's CSRF token.
#[utoipa::path(get, path = "/api/me", tag = "session", security(("session" = [])), responses(
    (status = OK, body = SessionView),
    (status = 401, body = ErrorEnvelope, description = "Nobody is logged in"),
))]
pub(crate) async fn me(staff: Staff) -> Json<SessionView> {
    Json(SessionView::of(staff.person, staff.csrf))
}
