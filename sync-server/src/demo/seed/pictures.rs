//! Draws the photos on every core and stores them as blobs, each with its preview.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Mutex;

use xunge_domain::case::BlobReference;
use xunge_domain::ids::Digest;
use xunge_domain::time::Timestamp;

use super::SeedError;
use crate::app::App;
use crate::demo::photos::{self, Picture};
use crate::store::StoreError;

/// A drawn photo as the documents cite it.
#[derive(Debug, Clone, Copy)]
pub(super) struct Stored {
    pub(super) original: BlobReference,
    pub(super) preview: BlobReference,
}

/// All photos, and every blob's name.
pub(super) struct Pictures {
    by_picture: BTreeMap<Picture, Stored>,
    names: BTreeSet<Digest>,
}

impl Pictures {
    /// A photo; where a scene has none of its own, a cleared pavement.
    pub(super) fn get(&self, picture: Picture) -> Option<Stored> {
        let cleared = Picture {
            scene: photos::Scene::Waste,
            ..picture
        };
        let known = self.by_picture.get(&picture);
        known.or_else(|| self.by_picture.get(&cleared)).copied()
    }

    pub(super) fn holds(&self, sha256: &Digest) -> bool {
        self.names.contains(sha256)
    }
}

pub(super) fn store(app: &App, seed: u64, at: Timestamp) -> Result<Pictures, SeedError> {
    let next = Mutex::new(photos::catalogue().into_iter());
    let threads = std::thread::available_parallelism().map_or(1, usize::from);
    let drawn: Vec<(Picture, Stored)> = std::thread::scope(|scope| {
        let workers: Vec<_> = (0..threads)
            .map(|_| scope.spawn(|| draw_and_store(app, seed, &next)))
            .collect();
        let mut all = Vec::new();
        for worker in workers {
            let part = worker
                .join()
                .unwrap_or_else(|_| Err(SeedError::Photo("a thread ended early".into())));
            all.extend(part?);
        }
        Ok::<_, SeedError>(all)
    })?;
    let blobs = || {
        drawn
            .iter()
            .flat_map(|(_, stored)| [stored.original, stored.preview])
    };
    app.store.writing(|write| {
        for blob in blobs() {
            write.mark_blob_stored(&blob.sha256, blob.length, at)?;
        }
        Ok::<_, StoreError>(())
    })?;
    Ok(Pictures {
        names: blobs().map(|blob| blob.sha256).collect(),
        by_picture: drawn.into_iter().collect(),
    })
}

fn draw_and_store(
    app: &App,
    seed: u64,
    next: &Mutex<impl Iterator<Item = Picture>>,
) -> Result<Vec<(Picture, Stored)>, SeedError> {
    let mut done = Vec::new();
    loop {
        let picture = {
            let mut next = next
                .lock()
                .unwrap_or_else(std::sync::PoisonError::into_inner);
            next.next()
        };
        let Some(picture) = picture else {
            return Ok(done);
        };
        let pixels = photos::draw(picture, seed);
        let failed = |error: jpeg_encoder::EncodingError| SeedError::Photo(error.to_string());
        let original = keep(app, &photos::jpeg(&pixels).map_err(failed)?)?;
        let preview = keep(app, &photos::preview_jpeg(&pixels).map_err(failed)?)?;
        done.push((picture, Stored { original, preview }));
    }
}

fn keep(app: &App, bytes: &[u8]) -> Result<BlobReference, SeedError> {
    Ok(BlobReference {
        sha256: app.blobs.store(bytes)?,
        length: bytes.len() as u64,
    })
}
