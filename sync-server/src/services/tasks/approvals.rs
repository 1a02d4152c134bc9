//! Open approvals: what departments and dispatchers applied for and nobody answered yet, for those who may answer.

use serde::Serialize;
use utoipa::ToSchema;
use xunge_domain::case::{ActionName, ApplicationKind};
use xunge_domain::ids::DocumentId;
use xunge_domain::person::{Person, Role};
use xunge_sync::hub::CaseContent;

use crate::app::App;
use crate::http::limits::LIST_PART_MAX;
use crate::services::cases::visible;
use crate::store::{ApplicationRow, HubTransaction, StoreError};

/// Applications read at once.
const PART: usize = 500;

/// An application that waits.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct ApprovalView {
    /// The case.
    pub case: String,
    /// Its number, once it is filed.
    pub case_no: Option<String>,
    /// Its title.
    pub title: String,
    /// `extend`, `send_back`, `hold` or `void`.
    pub kind: &'static str,
    /// In Chinese.
    pub kind_zh: &'static str,
    /// Who applied.
    pub by: String,
    /// The name of that person.
    pub name: String,
    /// Since when it waits, RFC 3339.
    pub since: String,
    /// The role that may answer.
    pub needs: &'static str,
    /// Whether the reader may.
    pub mine: bool,
}

/// What waits in the cases a person sees, the longest waiting first, a page at most. Cost: a row of the list each.
///
/// # Errors
/// The store's.
pub fn open_approvals(
    app: &App,
    person: &Person,
    mine_alone: bool,
) -> Result<Vec<ApprovalView>, StoreError> {
    app.store.reading(|read| {
        let mut views = Vec::new();
        let mut after: Option<ApplicationRow> = None;
        loop {
            let part = read.waiting_applications(after.as_ref(), PART)?;
            let Some(last) = part.last() else {
                return Ok(views);
            };
            after = Some(last.clone());
            for row in part {
                let mine = person.has(row.needs);
                if (mine_alone && !mine) || !visible(read, person, &row.document)? {
                    continue;
                }
                let case = read.case(&row.document)?;
                let person = read.person(&row.by)?;
                views.push(ApprovalView {
                    case: row.document.to_string(),
                    case_no: case.as_ref().and_then(|case| case.case_no.clone()),
                    title: case.map(|case| case.title).unwrap_or_default(),
                    kind: row.kind.id(),
                    kind_zh: row.kind.zh(),
                    name: person.map_or_else(|| row.by.to_string(), |person| person.name),
                    by: row.by.to_string(),
                    since: row.since.to_string(),
                    needs: row.needs.id(),
                    mine,
                });
                if views.len() >= LIST_PART_MAX {
                    return Ok(views);
                }
            }
        }
    })
}

/// Notes what waits in a case. Cost: nothing for a case in which nobody ever applied.
///
/// # Errors
/// The store's.
pub(in crate::services) fn follow(
    write: &mut dyn HubTransaction,
    id: &DocumentId,
    content: &CaseContent,
) -> Result<(), StoreError> {
    let applies = |name| {
        matches!(
            name,
            ActionName::ApplyExtend
                | ActionName::ApplySendBack
                | ActionName::ApplyHold
                | ActionName::ApplyVoid
        )
    };
    let mut actions = content.reading.case.actions.iter();
    if !actions.any(|action| applies(action.entry.act.name())) {
        return Ok(());
    }
    let standing = &content.standing;
    let needs = |kind| match kind {
        ApplicationKind::Void => Role::ShiftLeader,
        ApplicationKind::Extend if !standing.extensions.is_empty() => Role::SupervisorLead,
        _ => Role::Dispatcher,
    };
    let waiting = standing
        .applications
        .iter()
        .filter(|_| !standing.state.is_final());
    let rows: Vec<ApplicationRow> = waiting
        .map(|application| ApplicationRow {
            document: *id,
            kind: application.asked.kind(),
            by: application.by.clone(),
            since: application.at,
            needs: needs(application.asked.kind()),
        })
        .collect();
    write.put_applications(id, &rows)
}
