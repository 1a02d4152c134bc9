//! What a former edition left in older pages, in the log of the database and in packs is taken away.

use crate::app::App;
use crate::store::StoreError;
use crate::store::rows::MetaKey;

/// Writes the database anew and deletes the packs that hold what was erased, where that is due. Whether nothing is left: it
/// is tried again later while somebody reads an older moment.
///
/// # Errors
/// The store's.
pub fn rewrite(app: &App) -> Result<bool, StoreError> {
    let Some(due) = app.store.reading(|read| read.meta(MetaKey::RewriteDue))? else {
        return Ok(true);
    };
    for (scope, below) in app.store.reading(|read| read.void_packs())? {
        if let Err(error) = app.packs.forget(&scope, below) {
            tracing::error!(error.reason = %error, "a pack with an erased text cannot be deleted; it is tried again");
            return Ok(false);
        }
    }
    match app.store.rewrite() {
        Ok(()) => {}
        Err(StoreError::Busy) => return Ok(false),
        Err(error) => return Err(error),
    }
    app.store.writing(|write| {
        // What was erased meanwhile is taken away by whoever erased it.
        if write.meta(MetaKey::RewriteDue)?.as_ref() == Some(&due) {
            write.remove_meta(MetaKey::RewriteDue)?;
        }
        Ok::<_, StoreError>(())
    })?;
    Ok(true)
}
