//! Heads: what two replicas compare to see that they hold the same.

use xunge_domain::ids::{Digest, DocumentId};

use crate::app::FieldApp;
use crate::documents::open;
use crate::error::FieldError;

/// Documents read together.
const PAGE: usize = 500;

impl FieldApp {
    /// The newest changes of every document on this device, for a support tool or a test: two devices with equal heads
    /// hold equal documents. Opens every document, about 1 ms each.
    ///
    /// # Errors
    /// The store's.
    pub fn heads(&self) -> Result<Vec<(DocumentId, Vec<Digest>)>, FieldError> {
        self.store.read(|reader| {
            let mut all = Vec::new();
            let mut after = None;
            loop {
                let page = reader.document_ids(after, PAGE)?;
                let Some(last) = page.last() else {
                    return Ok(all);
                };
                after = Some(*last);
                for id in page {
                    let document = open(reader, id)?.unwrap_or_default();
                    let heads = document.heads();
                    let heads = heads
                        .iter()
                        .map(|head| Digest::from_bytes(*head.as_bytes()));
                    all.push((id, heads.collect()));
                }
            }
        })
    }
}
