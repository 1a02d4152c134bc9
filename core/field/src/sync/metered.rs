//! Metered: on a link that somebody pays for by the byte texts and previews go; the rest waits for another.

use xunge_store::{BlobKind, Reader};

use crate::app::FieldApp;
use crate::error::FieldError;

/// The largest kind of photo file that is sent.
pub(crate) const fn largest_sent(metered: bool) -> BlobKind {
    if metered {
        BlobKind::Preview
    } else {
        BlobKind::Original
    }
}

/// How many photo files wait for an unmetered link.
pub(crate) fn held_back(reader: &Reader<'_>, metered: bool) -> Result<u64, FieldError> {
    if !metered {
        return Ok(0);
    }
    Ok(reader.unacknowledged_blob_count_beyond(largest_sent(metered))?)
}

impl FieldApp {
    /// Says what is known of the link now: on a metered one originals and the base map wait. From memory, and unmetered until it is said;
    /// a round under way goes on by it with its next request.
    pub const fn set_metered(&mut self, metered: bool) {
        self.metered = metered;
    }
}
