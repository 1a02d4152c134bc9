//! `/checkins`: the list of check-ins.

use axum::extract::State;
use axum::response::Response;

use crate::app::AppState;
use crate::http::limits::LIST_PART_MAX;
use crate::pages::checkin_view::list::ListView;
use crate::pages::context::PageContext;
use crate::services::checkins::sight::scopes_of_reader;
use crate::store::CheckinFilter;

pub(super) async fn list(State(state): State<AppState>, context: PageContext) -> Response {
    let reader = match context.signed_in() {
        Ok(staff) => staff.person.clone(),
        Err(elsewhere) => return *elsewhere,
    };
    let filter = CheckinFilter {
        scopes: scopes_of_reader(&reader),
        ..CheckinFilter::default()
    };
    let loaded = state
        .blocking(move |app| {
            app.store
                .reading(|read| read.checkins(&filter, None, LIST_PART_MAX))
        })
        .await;
    let drawn = loaded.map(|rows| ListView { rows }.render(&context.frame()));
    context.answer(drawn)
}
