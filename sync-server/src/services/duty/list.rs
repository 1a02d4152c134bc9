//! The list of leaves: for whoever sends people, all of them; for everybody, the own ones.

use serde::Serialize;
use utoipa::ToSchema;
use xunge_domain::person::{Person, Role};

use crate::app::App;
use crate::http::limits::LIST_PART_MAX;
use crate::store::StoreError;

/// Who sends people, or looks after who is there to be sent.
const SENDERS: [Role; 4] = [
    Role::IntakeClerk,
    Role::ShiftLeader,
    Role::Dispatcher,
    Role::Admin,
];

/// A leave that somebody said from a phone.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct LeaveView {
    /// Its name.
    pub id: String,
    /// Whose.
    pub person: String,
    /// The name of that person.
    pub name: String,
    /// From when, RFC 3339.
    pub from: String,
    /// Until when, this instant not included.
    pub until: String,
    /// In words, or nothing.
    pub words: String,
    /// When the hub heard of it; it counts from then on.
    pub received_at: String,
    /// Whether it lasts now.
    pub now: bool,
}

/// Whether a reader is told what others say of their duty, reasons and all: a reason can be an illness.
pub fn sends_people(reader: &Person) -> bool {
    SENDERS.iter().any(|role| reader.has(*role))
}

/// Leaves that are not over and were not taken back, the one that begins first first; a page at most.
///
/// # Errors
/// The store's.
pub fn leaves(app: &App, reader: &Person) -> Result<Vec<LeaveView>, StoreError> {
    let now = app.clock.now();
    let whose = (!sends_people(reader)).then_some(&reader.id);
    app.store.reading(|read| {
        let rows = read.leaves_after(now, whose, LIST_PART_MAX)?.into_iter();
        rows.map(|row| {
            let person = read.person(&row.person)?;
            Ok(LeaveView {
                id: row.id.to_string(),
                name: person.map_or_else(|| row.person.to_string(), |person| person.name),
                person: row.person.to_string(),
                from: row.from.to_string(),
                until: row.until.to_string(),
                words: row.words,
                received_at: row.received_at.to_string(),
                now: row.from <= now,
            })
        })
        .collect()
    })
}
