//! One check-in as people in browsers read it.

use serde_json::{Value, json};
use xunge_domain::case;
use xunge_domain::checkin::{
    CallStanding, CaseTimes, FourTimes, MatterCheckin, Standing, Subject, call_standings, fold,
    four_times, offered,
};
use xunge_domain::document_kind::DocumentKind;
use xunge_domain::ids::{Digest, DocumentId};
use xunge_domain::person::{Organisation, Person};
use xunge_domain::time::Timestamp;

use crate::app::App;
use crate::error::{ApiError, ApiResult};
use crate::services::checkins::sight::visible;
use crate::services::documents::{heads, open};
use crate::services::reasons::offered_json;
use crate::store::{HubRead, StoreError};
use crate::tables::Tables;

/// All that a page of a check-in shows.
pub struct Shown {
    /// The check-in.
    pub checkin: MatterCheckin,
    /// Where it stands.
    pub standing: Standing,
    /// Table limit, estimate, promise and actual.
    pub times: FourTimes,
    /// Of a whistle.
    pub calls: Vec<CallStanding>,
    /// The bodies whose people act for its parties, as far as they are known.
    pub bodies: Vec<Organisation>,
    /// The newest changes.
    pub heads: Vec<Digest>,
}

/// Reads one. `None`: it is not there, or not this person's to see; the two are told alike.
///
/// # Errors
/// The store's.
pub fn read(
    store: &dyn HubRead,
    tables: &Tables,
    person: &Person,
    id: &DocumentId,
    now: Timestamp,
) -> Result<Option<Shown>, StoreError> {
    if !visible(store, person, id)? {
        return Ok(None);
    }
    let Some(stored) = store.document(id)? else {
        return Ok(None);
    };
    let document = open(store, id, &stored)?;
    if document.kind() != DocumentKind::MatterCheckin {
        return Ok(None);
    }
    let checkin = document.read_checkin(*id).checkin;
    let standing = fold(&checkin);
    let case = case_times(store, tables, &standing)?;
    let times = four_times(&checkin, &case, &|limit, from| tables.due_at(limit, from));
    let mut bodies = Vec::new();
    for body in &standing.bodies {
        bodies.extend(store.organisation(body)?);
    }
    Ok(Some(Shown {
        calls: call_standings(&checkin, &standing, now),
        times,
        bodies,
        heads: heads(&document),
        checkin,
        standing,
    }))
}

fn case_times(
    store: &dyn HubRead,
    tables: &Tables,
    standing: &Standing,
) -> Result<CaseTimes, StoreError> {
    let Some(id) = standing.subject.as_ref().and_then(Subject::case) else {
        return Ok(CaseTimes::default());
    };
    let Some(stored) = store.document(id)? else {
        return Ok(CaseTimes::default());
    };
    let about = open(store, id, &stored)?.read(*id).case;
    let standing = case::fold(&about);
    let due = |limit, from| tables.due_at(limit, from);
    Ok(CaseTimes::of(&about, &standing, &tables.classes, &due))
}

/// One check-in as JSON.
///
/// # Errors
/// No such check-in, not this person's to see, or the hub's own trouble.
pub fn show(app: &App, person: &Person, id: &DocumentId) -> ApiResult<Value> {
    let now = app.clock.now();
    app.store.reading(|store| {
        let tables = app.tables.get(store, now).map_err(ApiError::from)?;
        let shown = read(store, &tables, person, id, now).map_err(ApiError::from)?;
        let shown = shown.ok_or_else(ApiError::not_found)?;
        let offered = offered_json(offered(&shown.standing, person));
        Ok(json!({
            "checkin": shown.checkin,
            "standing": shown.standing,
            "times": shown.times,
            "comparisons": shown.times.comparisons(),
            "taken_millis": shown.times.taken_millis(),
            "calls": shown.calls,
            "bodies": shown.bodies,
            "offered": offered,
            "heads": shown.heads,
        }))
    })
}
