//! The one question left once a change is applied to a copy.
//!
//! A change can name a predecessor that stands under another key, or that does
//! not exist. Automerge takes the first and so removes what the change never
//! said it would touch (tried: a write to `z` that names the operation on `a`
//! empties `a`), and drops the second. Both show when the change is asked back:
//! Automerge builds it anew from the merged operations, where predecessors are
//! found under the key of the operation that names them. Unless it is the same
//! change again, the saved document would not load.

use std::panic::{AssertUnwindSafe, catch_unwind};

use automerge::{Automerge, ReadDoc};

use super::{GuardError, Inspected};

/// Checks that a copy to which a change was applied gives the same bytes back.
///
/// Only then do the decoded operations say the truth about what was written
/// where, and only then may the copy take the place of the document.
///
/// # Errors
/// [`GuardError::NotGivenBack`]; the copy must be dropped.
pub fn confirm_applied(copy: &Automerge, inspected: &Inspected<'_>) -> Result<(), GuardError> {
    let hash = automerge::ChangeHash::from(inspected.hash());
    let given_back = catch_unwind(AssertUnwindSafe(|| copy.get_change_by_hash(&hash)));
    match given_back {
        Ok(Some(change)) if change.raw_bytes() == inspected.raw() => Ok(()),
        _ => Err(GuardError::NotGivenBack),
    }
}
