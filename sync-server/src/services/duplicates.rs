//! Possible duplicates of a case at the hub: the rule that phones run before a report, over all cases, for the clerk. It offers;
//! linking is the clerk's act, and nothing is hidden or deleted by either.

use std::collections::BTreeMap;

use serde_json::{Value, json};
use xunge_domain::case::duplicate::{
    KnownCase, LikelyDuplicate, Sighting, compare, likely_duplicates,
};
use xunge_domain::case::{Case, CaseState, Position, Standing, fold};
use xunge_domain::document_kind::DocumentKind;
use xunge_domain::geo::Bounds;
use xunge_domain::ids::DocumentId;
use xunge_domain::person::Person;
use xunge_domain::time::Timestamp;

use crate::app::App;
use crate::error::{ApiError, ApiResult};
use crate::services::cases::{scopes_of_reader, visible};
use crate::services::documents::open;
use crate::store::rows::{CaseFilter, CaseRow};
use crate::store::{HubRead, LIST_ROWS_MAX, StoreError};
use crate::tables::Tables;

/// A case that may be the same matter.
#[derive(Debug, Clone, PartialEq)]
pub struct PossibleDuplicate {
    /// How it compares; of one that somebody named, also where the rule would not have found it.
    pub likely: LikelyDuplicate,
    /// The case.
    pub row: CaseRow,
    /// Whether whoever reported said so on site.
    pub hinted: bool,
}

/// The possible duplicates of a case that a reader may see: what was named on site first, then what the rule finds, the
/// likeliest first. None of a case that has ended, nobody links it; linked ones are left out.
///
/// Cost: one list by place; of cases around that are closed, each document opened.
///
/// # Errors
/// The store's.
pub fn possible(
    read: &dyn HubRead,
    tables: &Tables,
    reader: &Person,
    (case, standing): (&Case, &Standing),
    now: Timestamp,
) -> Result<Vec<PossibleDuplicate>, StoreError> {
    let Some(position) = case
        .facts
        .position
        .as_ref()
        .filter(|_| !standing.state.is_final())
    else {
        return Ok(Vec::new());
    };
    let looks = read.looks_of(&case.id)?;
    let sighting = Sighting {
        case: case.id,
        class: standing
            .class(&case.facts)
            .and_then(|code| tables.classes.find(code)),
        point: position.point,
        accuracy_metres: accuracy(position),
        at: standing
            .reported_at
            .or_else(|| case.asked_at())
            .unwrap_or(now),
        looks: &looks,
    };
    let mut around = BTreeMap::new();
    for row in rows_around(read, reader, &sighting)? {
        if let Some(known) = known(read, &row)? {
            around.insert(row.document, (known, row));
        }
    }
    let cases = around.values().map(|(known, _)| known);
    let likely = likely_duplicates(&sighting, cases);
    let hint = case.facts.possible_duplicate_of;
    if let Some(named) = hint.filter(|named| !around.contains_key(named) && *named != case.id)
        && visible(read, reader, &named)?
        && let Some(row) = read.case(&named)?
        && let Some(known) = known(read, &row)?
    {
        around.insert(named, (known, row));
    }
    let named = hint.and_then(|named| around.get(&named));
    let named = named.map(|(known, _)| compare(&sighting, known));
    let others = likely.into_iter().filter(|one| Some(one.case) != hint);
    let found = named.into_iter().chain(others);
    Ok(found
        .filter(|one| !standing.duplicates.contains(&one.case))
        .filter_map(|likely| {
            let (_, row) = around.get(&likely.case)?;
            Some(PossibleDuplicate {
                likely,
                row: row.clone(),
                hinted: Some(likely.case) == hint,
            })
        })
        .collect())
}

/// How exactly a place is known: the smallest circle of its fixes, if it is one of them; a place that was chosen is exact.
fn accuracy(position: &Position) -> Option<u32> {
    let fixes = position.fixes.iter();
    fixes
        .filter(|fix| fix.point == position.point)
        .filter_map(|fix| fix.accuracy_metres)
        .min()
}

fn rows_around(
    read: &dyn HubRead,
    reader: &Person,
    sighting: &Sighting<'_>,
) -> Result<Vec<CaseRow>, StoreError> {
    let filter = CaseFilter {
        bounds: Some(Bounds::around(sighting.point, sighting.radius_metres())),
        scopes: scopes_of_reader(reader),
        ..CaseFilter::default()
    };
    Ok(read.cases(&filter, None, LIST_ROWS_MAX)?.rows)
}

/// A row as the rule looks at it; nothing of one without a place.
fn known(read: &dyn HubRead, row: &CaseRow) -> Result<Option<KnownCase>, StoreError> {
    let Some(point) = row.point else {
        return Ok(None);
    };
    let ended_at = match row.state {
        // Lists do not say when: a comment may have changed the row since.
        CaseState::Closed => ended_at(read, &row.document)?,
        _ => None,
    };
    Ok(Some(KnownCase {
        id: row.document,
        class: row.class.clone(),
        point,
        state: row.state,
        reported_at: row.reported_at.unwrap_or(row.updated_at),
        ended_at,
        looks: read.looks_of(&row.document)?,
    }))
}

fn ended_at(read: &dyn HubRead, id: &DocumentId) -> Result<Option<Timestamp>, StoreError> {
    let Some(stored) = read.document(id)? else {
        return Ok(None);
    };
    Ok(open(read, id, &stored)?.read(*id).case.ended_at())
}

/// The possible duplicates of a case as JSON.
///
/// # Errors
/// No such case, not this person's to see, or the hub's own trouble.
pub fn show(app: &App, reader: &Person, id: &DocumentId) -> ApiResult<Value> {
    let now = app.clock.now();
    app.store.reading(|read| {
        if !visible(read, reader, id).map_err(ApiError::from)? {
            return Err(ApiError::not_found());
        }
        let stored = read.document(id)?.ok_or_else(ApiError::not_found)?;
        let document = open(read, id, &stored)?;
        if document.kind() != DocumentKind::Case {
            return Err(ApiError::not_found());
        }
        let case = document.read(*id).case;
        let tables = app.tables.get(read, now)?;
        let found = possible(read, &tables, reader, (&case, &fold(&case)), now)?;
        let rows: Vec<Value> = found.iter().map(row_json).collect();
        Ok(json!({ "duplicates": rows }))
    })
}

fn row_json(possible: &PossibleDuplicate) -> Value {
    let PossibleDuplicate {
        likely,
        row,
        hinted,
    } = possible;
    json!({
        "case": row.document,
        "local_code": row.document.local_code(),
        "case_no": row.case_no,
        "title": row.title,
        "state": row.state,
        "state_zh": row.state.zh(),
        "metres": likely.metres,
        "reported_at": likely.reported_at.to_string(),
        "same_class": likely.same_class,
        "look_bits": likely.look_bits,
        "hinted": hinted,
        "reason_zh": likely.zh(),
        "reason_en": likely.en(),
    })
}
