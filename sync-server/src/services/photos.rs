//! Stored photos for people to look at: the bytes as they came, and smaller copies made when first asked for and kept
//! beside the originals.

use std::fs;
use std::path::PathBuf;
use std::sync::{Mutex, PoisonError};

use axum::http::StatusCode;
use xunge_domain::ids::Digest;
use xunge_photo::PhotoError;

use crate::app::App;
use crate::error::ApiError;
use crate::messages;

/// A photo is decoded at a time: each takes up to some hundred megabytes for a moment.
static DECODING: Mutex<()> = Mutex::new(());

/// A smaller copy.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Copy {
    /// For a row of a list.
    Thumb,
    /// For a screen.
    Working,
}

impl Copy {
    /// By its name in addresses.
    pub fn from_id(id: &str) -> Option<Self> {
        match id {
            "thumb" => Some(Self::Thumb),
            "working" => Some(Self::Working),
            _ => None,
        }
    }

    const fn extension(self) -> &'static str {
        match self {
            Self::Thumb => "thumb",
            Self::Working => "working",
        }
    }
}

/// A photo as it came. Only what the hub has re-hashed is shown, never a file that happens to lie there.
///
/// # Errors
/// There is none, or the hub's own trouble.
pub fn original(app: &App, sha256: &Digest) -> Result<Vec<u8>, ApiError> {
    if !app.store.reading(|read| read.blob_stored(sha256))? {
        return Err(ApiError::not_found());
    }
    app.blobs
        .read(sha256)
        .map_err(|cause| ApiError::internal(&cause))?
        .ok_or_else(ApiError::not_found)
}

/// A smaller copy of a stored photo: an upright JPEG without EXIF. Kept for the next who asks; what cannot be kept
/// is made again.
///
/// # Errors
/// There is no such photo, it is no picture, or the hub's own trouble.
pub fn copy(app: &App, sha256: &Digest, which: Copy) -> Result<Vec<u8>, ApiError> {
    if !app.store.reading(|read| read.blob_stored(sha256))? {
        return Err(ApiError::not_found());
    }
    let kept = path(app, sha256, which);
    if let Ok(bytes) = fs::read(&kept) {
        return Ok(bytes);
    }
    let _one_at_a_time = DECODING.lock().unwrap_or_else(PoisonError::into_inner);
    // Whoever waited for the one who made it finds it here.
    if let Ok(bytes) = fs::read(&kept) {
        return Ok(bytes);
    }
    let made = xunge_photo::derive(&original(app, sha256)?).map_err(no_picture)?;
    for (copy, bytes) in [
        (Copy::Thumb, &made.thumb.bytes),
        (Copy::Working, &made.working.bytes),
    ] {
        keep(app, sha256, copy, bytes);
    }
    Ok(match which {
        Copy::Thumb => made.thumb.bytes,
        Copy::Working => made.working.bytes,
    })
}

/// What a photo looks like, 64 bits; `None` where nothing can be made out, whatever the reason. Takes its turn with those who
/// ask for copies.
pub fn look(bytes: &[u8]) -> Option<u64> {
    let _one_at_a_time = DECODING.lock().unwrap_or_else(PoisonError::into_inner);
    let look = xunge_photo::look(bytes).ok().flatten();
    look.map(|hash| hash.0)
}

fn path(app: &App, sha256: &Digest, copy: Copy) -> PathBuf {
    app.blobs.path(sha256).with_extension(copy.extension())
}

/// Whole or not at all: written under another name, on the disk before it gets its own.
fn keep(app: &App, sha256: &Digest, copy: Copy, bytes: &[u8]) {
    let (kept, writing) = (
        path(app, sha256, copy),
        path(app, sha256, copy).with_extension("writing"),
    );
    let wrote = fs::write(&writing, bytes)
        .and_then(|()| fs::File::open(&writing)?.sync_all())
        .and_then(|()| fs::rename(&writing, &kept));
    if let Err(cause) = wrote {
        tracing::warn!(error.reason = %cause, "a smaller copy of a photo was not kept");
    }
}

fn no_picture(cause: PhotoError) -> ApiError {
    ApiError::new(
        StatusCode::UNPROCESSABLE_ENTITY,
        &messages::PHOTO_NO_PICTURE,
    )
    .saying(cause.message_zh(), cause.message_en())
}

/// The content type of bytes, by their signature. Whatever is none of these, no browser draws or runs.
pub fn content_type(bytes: &[u8]) -> &'static str {
    match bytes {
        [0xFF, 0xD8, 0xFF, ..] => "image/jpeg",
        [0x89, b'P', b'N', b'G', ..] => "image/png",
        [b'R', b'I', b'F', b'F', _, _, _, _, rest @ ..] if rest.starts_with(b"WEBP") => {
            "image/webp"
        }
        _ => "application/octet-stream",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bytes_say_what_they_are() {
        assert_eq!(content_type(b"\xFF\xD8\xFF\xE0..."), "image/jpeg");
        assert_eq!(content_type(b"\x89PNG\r\n\x1A\n"), "image/png");
        assert_eq!(content_type(b"RIFF\0\0\0\0WEBPVP8 "), "image/webp");
        for other in [&b"RIFF\0\0\0\0WAVE"[..], b"<svg onload=alert(1)>", b""] {
            assert_eq!(content_type(other), "application/octet-stream");
        }
    }
}
