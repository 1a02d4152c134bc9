//! 登记: a case that came from a hotline, a visit, another platform or a resident is entered at the hub. The same number of the
//! same source is entered once, however often somebody sends it.

use std::cell::RefCell;

use axum::http::StatusCode;
use serde::Deserialize;
use utoipa::ToSchema;
use xunge_documents::Edit;
use xunge_domain::case::{Act, Decline, GridAnswer, Position, Severity, Source, StaffSession};
use xunge_domain::geo::Point;
use xunge_domain::ids::{DocumentId, PersonId};
use xunge_domain::person::Role;
use xunge_sync::hub::{self, StaffAct};

use crate::app::{App, EntropyError};
use crate::error::ApiError;
use crate::messages;
use crate::services::act::{self, ActError};
use crate::services::directory::StoreDirectory;
use crate::services::documents::enter_acted;
use crate::store::rows::StoredDocument;
use crate::store::{HubRead, StoreError};
use crate::tables::Tables;

/// What is entered.
#[derive(Debug, Clone, PartialEq, Eq, Default, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct RegisterRequest {
    /// hotline, visit, platform, resident, video or superior.
    pub source: String,
    /// Its number there, at most 64 bytes.
    pub external_id: Option<String>,
    /// Code or English id of the minor class.
    pub class: String,
    /// One line; the class's name when empty.
    #[serde(default)]
    pub title: String,
    /// What is wrong.
    #[serde(default)]
    pub description: String,
    /// Where, in words.
    #[serde(default)]
    pub address: String,
    /// Longitude,latitude in degrees (WGS-84).
    pub point: Option<String>,
    /// Why there is no unit grid there.
    pub no_grid_reason: Option<String>,
    /// ordinary, serious or urgent; ordinary when missing.
    pub severity: Option<String>,
}

/// The case, and whether it was there before.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Entered {
    /// The case.
    pub case: DocumentId,
    /// Registered before under this number: nothing was written.
    pub already: bool,
}

/// Why nothing was entered.
#[derive(Debug, thiserror::Error)]
pub enum RegisterError {
    /// A source, a severity or a point there is not.
    #[error("{field} is not usable")]
    Field {
        /// Which.
        field: &'static str,
    },
    /// The rules say no.
    #[error("declined: {}", .0.code())]
    Declined(Decline),
    /// The document, the store, or no randomness.
    #[error(transparent)]
    Act(#[from] ActError),
    /// The store.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// No randomness.
    #[error(transparent)]
    Entropy(#[from] EntropyError),
}

impl From<RegisterError> for ApiError {
    fn from(error: RegisterError) -> Self {
        match error {
            RegisterError::Field { field } => Self::bad_request(&messages::BAD_REQUEST).saying(
                format!("登记内容有误（{field}）。"),
                format!("{field} is not usable."),
            ),
            RegisterError::Declined(Decline::WrongRole { .. }) => Self::forbidden(),
            RegisterError::Declined(reason) => {
                let status = StatusCode::UNPROCESSABLE_ENTITY;
                Self::new(status, &messages::NOT_REGISTERED).saying(reason.zh(), reason.en())
            }
            RegisterError::Act(error) => error.into(),
            RegisterError::Store(error) => error.into(),
            RegisterError::Entropy(error) => Self::internal(&error),
        }
    }
}

fn trimmed(text: &Option<String>) -> Option<String> {
    let text = text.as_deref().unwrap_or_default().trim();
    (!text.is_empty()).then(|| text.to_owned())
}

impl RegisterRequest {
    fn point(&self) -> Result<Option<Point>, RegisterError> {
        let wrong = |_| RegisterError::Field { field: "point" };
        trimmed(&self.point)
            .map(|text| text.parse().map_err(wrong))
            .transpose()
    }

    fn facts(&self, tables: &Tables) -> Result<Vec<Edit>, RegisterError> {
        let class = tables.classes.find(self.class.trim());
        let mut facts = Vec::new();
        facts.extend(class.map(|class| Edit::Class(class.code.clone())));
        let title = match (self.title.trim(), class) {
            ("", Some(class)) => class.zh.clone(),
            (title, _) => title.to_owned(),
        };
        facts.push(Edit::Title(title));
        if !self.description.trim().is_empty() {
            facts.push(Edit::Description(self.description.trim().to_owned()));
        }
        if !self.address.trim().is_empty() {
            facts.push(Edit::Address(self.address.trim().to_owned()));
        }
        let point = self.point()?;
        let grid = point.and_then(|point| tables.grids.locate(point));
        let no_grid = trimmed(&self.no_grid_reason).map(GridAnswer::NoGrid);
        let answer = grid.map(|grid| GridAnswer::Known(grid.code)).or(no_grid);
        facts.extend(point.map(|point| {
            Edit::Position(Position {
                point,
                fixes: Vec::new(),
            })
        }));
        facts.extend(answer.map(Edit::UnitGrid));
        let severity = match trimmed(&self.severity) {
            None => Severity::default(),
            Some(id) => Severity::from_id(&id).ok_or(RegisterError::Field { field: "severity" })?,
        };
        facts.push(Edit::Severity(severity));
        Ok(facts)
    }
}

/// Enters a case in the name of `person`.
///
/// # Errors
/// A field that makes no sense, what the rules decline, a text over its limit, or the hub's own trouble.
pub fn register(
    app: &App,
    person: &PersonId,
    session_id: &str,
    request: &RegisterRequest,
) -> Result<Entered, RegisterError> {
    let source = Source::from_id(request.source.trim());
    let source = source.ok_or(RegisterError::Field { field: "source" })?;
    let external_id = trimmed(&request.external_id);
    let now = app.clock.now();
    let case = match &external_id {
        Some(external_id) => DocumentId::of_external(source.id(), external_id),
        None => DocumentId::from_time(now, app.entropy.array()?),
    };
    let act = Act::Register {
        source,
        external_id,
    };
    act::check(&act)?;
    let nonce = app.entropy.array()?;
    app.store.writing(|write| {
        // Whether a number is known is for those who register to learn.
        let registers = write.person(person)?;
        if !registers.is_some_and(|person| person.has(Role::IntakeClerk)) {
            let needs = Role::IntakeClerk;
            return Err(RegisterError::Declined(Decline::WrongRole { needs }));
        }
        if write.document(&case)?.is_some() {
            return Ok(Entered {
                case,
                already: true,
            });
        }
        let tables = app.tables.get(write as &dyn HubRead, now)?;
        let facts = request.facts(&tables)?;
        let request = StaffAct {
            author: person.clone(),
            session: StaffSession {
                id: session_id.to_owned(),
            },
            act: act.clone(),
            now,
            nonce,
        };
        let cell = RefCell::new(write);
        let directory = StoreDirectory::new(tables, &cell);
        let registered = hub::register(case, facts, request, &app.hub_key, &directory)
            .map_err(ActError::Edit)?
            .map_err(RegisterError::Declined)?;
        directory.confirm()?;
        let write = &mut **cell.borrow_mut();
        let known = (case, &StoredDocument::default());
        let opened = Some(registered.opened);
        enter_acted(
            write,
            directory.tables(),
            known,
            opened,
            registered.ruled,
            now,
        )?;
        Ok(Entered {
            case,
            already: false,
        })
    })
}
