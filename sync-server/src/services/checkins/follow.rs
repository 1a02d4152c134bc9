//! Check-ins go where the case goes that they are about.

use xunge_domain::checkin::fold;
use xunge_domain::ids::DocumentId;
use xunge_domain::scope::Scope;
use xunge_sync::hub::checkin_placement;

use crate::services::documents::{feed, open};
use crate::store::{CheckinFilter, HubRead, HubTransaction, LIST_ROWS_MAX, StoreError};

/// A case entered or left scopes: the check-ins about it follow. Cost: a look into an index, and their documents where there
/// are any.
///
/// # Errors
/// The store's; the caller's transaction falls.
pub(in crate::services) fn follow(
    write: &mut dyn HubTransaction,
    case: &DocumentId,
    placement: &[Scope],
) -> Result<(), StoreError> {
    let about = CheckinFilter {
        subject_case: Some(*case),
        ..CheckinFilter::default()
    };
    for row in write.checkins(&about, None, LIST_ROWS_MAX)? {
        let id = row.document;
        let stored = write.document(&id)?.unwrap_or_default();
        let document = open(write as &dyn HubRead, &id, &stored)?;
        let standing = fold(&document.read_checkin(id).checkin);
        let scopes = checkin_placement(&standing, &|_| placement.to_vec());
        feed(write, &id, &scopes, stored.last_arrival)?;
    }
    Ok(())
}
