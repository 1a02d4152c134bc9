//! When a person's entry in the register was changed, by the audit log.

use xunge_domain::ids::PersonId;
use xunge_domain::time::Timestamp;

use super::PAGE;
use crate::store::{ReadSystem, StoreError};

/// Whether somebody changed this person's entry after a moment. Reads the log through: differing rulings are rare.
pub(super) fn changed_since(
    read: &(impl ReadSystem + ?Sized),
    person: &PersonId,
    since: Timestamp,
) -> Result<bool, StoreError> {
    let mut seq = 0;
    loop {
        let lines = read.audit_after(seq, PAGE)?;
        let changes = lines.iter().filter(|line| line.what == "person_put");
        let theirs = changes.filter(|line| line.at > since).any(|line| {
            serde_json::from_str::<serde_json::Value>(&line.detail).is_ok_and(|detail| {
                detail.get("person").and_then(|id| id.as_str()) == Some(person.as_str())
            })
        });
        if theirs {
            return Ok(true);
        }
        match lines.last() {
            Some(last) if lines.len() == PAGE => seq = last.seq,
            _ => return Ok(false),
        }
    }
}
