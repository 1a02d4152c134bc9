//! Lists of offers: those of a case, and all that wait.

use serde::Serialize;
use utoipa::ToSchema;
use xunge_domain::ids::{DocumentId, PersonId};
use xunge_domain::person::Person;
use xunge_domain::time::Timestamp;

use super::rules;
use super::views::{DeclineView, TaskView};
use crate::app::App;
use crate::error::{ApiError, ApiResult};
use crate::http::limits::LIST_PART_MAX;
use crate::services::cases::visible;
use crate::store::{HubRead, StoreError, TaskRow};

/// Offers read at once.
const PART: usize = 500;

/// An offer with the words of its case.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct ListedTask {
    /// The offer.
    #[serde(flatten)]
    pub task: TaskView,
    /// The name of who was sent.
    pub name: String,
    /// The title of its case.
    pub title: String,
    /// Who declined it before, oldest first.
    pub declined_before: Vec<ListedDecline>,
}

/// An earlier offer of a case that somebody declined.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct ListedDecline {
    /// Who.
    pub person: String,
    /// The name of that person.
    pub name: String,
    /// When, and why.
    #[serde(flatten)]
    pub said: DeclineView,
}

/// Offers that wait.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct OpenTasks {
    /// The longest waiting first.
    pub tasks: Vec<ListedTask>,
    /// Whether there are more than are shown.
    pub more: bool,
}

/// The offers of a case, oldest first.
///
/// # Errors
/// No such case, not this person's to see, or the store's.
pub fn tasks_of_case(app: &App, person: &Person, id: &DocumentId) -> ApiResult<Vec<TaskView>> {
    let now = app.clock.now();
    app.store.reading(|read| {
        if !visible(read, person, id)? {
            return Err(ApiError::not_found());
        }
        Ok(task_views(read, person, id, now)?)
    })
}

/// The offers of a case that the reader may see.
///
/// # Errors
/// The store's.
pub fn task_views(
    read: &dyn HubRead,
    reader: &Person,
    id: &DocumentId,
    now: Timestamp,
) -> Result<Vec<TaskView>, StoreError> {
    let rules = rules(read)?;
    let rows = read.tasks_of_case(id)?;
    Ok(rows
        .iter()
        .map(|row| TaskView::of(row, &rules, now, reader))
        .collect())
}

/// What waits in the cases a person sees: staff of the centre all of it, a grid worker the own beat's.
///
/// # Errors
/// The store's.
pub fn open_tasks(app: &App, person: &Person) -> Result<OpenTasks, StoreError> {
    let now = app.clock.now();
    app.store.reading(|read| {
        let rules = rules(read)?;
        let mut tasks = Vec::new();
        let mut after = None;
        loop {
            let part = read.open_tasks(after, PART)?;
            let Some(last) = part.last() else {
                return Ok(OpenTasks { tasks, more: false });
            };
            after = Some((last.offered_at, last.key.clone()));
            for row in &part {
                if !visible(read, person, &row.key.document)? {
                    continue;
                }
                if tasks.len() >= LIST_PART_MAX {
                    return Ok(OpenTasks { tasks, more: true });
                }
                let case = read.case(&row.key.document)?;
                tasks.push(ListedTask {
                    name: name(read, &row.key.person)?,
                    declined_before: declined_before(read, person, row)?,
                    task: TaskView::of(row, &rules, now, person),
                    title: case.map(|case| case.title).unwrap_or_default(),
                });
            }
        }
    })
}

fn name(read: &dyn HubRead, id: &PersonId) -> Result<String, StoreError> {
    let person = read.person(id)?;
    Ok(person.map_or_else(|| id.to_string(), |person| person.name))
}

/// Who declined an earlier offer of the same case and kind.
fn declined_before(
    read: &dyn HubRead,
    reader: &Person,
    open: &TaskRow,
) -> Result<Vec<ListedDecline>, StoreError> {
    let offers = read.tasks_of_case(&open.key.document)?.into_iter();
    let earlier = offers.filter(|row| row.kind == open.kind && row.key != open.key);
    let declined = earlier.filter_map(|row| Some((DeclineView::of(&row, reader)?, row.key.person)));
    declined
        .map(|(said, person)| {
            Ok(ListedDecline {
                name: name(read, &person)?,
                person: person.to_string(),
                said,
            })
        })
        .collect()
}
