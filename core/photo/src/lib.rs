//! Photos: bytes in, bytes out.
//!
//! The original of a photo is evidence and is never touched here. This crate
//! reads what it says about itself ([`probe`]), makes the three smaller copies
//! that people look at ([`derive_as`]), makes parts of a copy unrecognisable
//! ([`redact`]), and hashes bytes ([`sha256`]). It knows no file, clock, thread or
//! network: the caller owns those.
//!
//! Every byte that comes in is hostile until shown otherwise: the size claimed
//! in the header is judged before any decoder is built, and the libraries that
//! parse foreign bytes run behind [`shield`](mod@shield).

mod decode;
mod digest;
mod encode;
mod error;
mod exif_read;
mod exif_write;
mod format;
mod heic;
mod jpeg;
mod look;
mod orient;
mod perceptual;
mod pipeline;
mod png;
mod preview;
mod probe;
mod redact;
mod resample;
mod resize;
mod scaled;
mod shield;
mod watermark;
mod webp;

pub use digest::sha256;
pub use encode::{Derivative, DerivativeKind};
pub use error::PhotoError;
pub use exif_read::{CAMERA_CHARACTERS_MAX, EXIF_BYTES_MAX, Exif};
pub use exif_write::ExifPolicy;
pub use format::Format;
pub use look::look;
pub use perceptual::{ALIKE_DISTANCE_MAX, PerceptualHash};
pub use pipeline::{
    Derivatives, DeriveRequest, THUMB_EDGE_MAX, WORKING_EDGE_MAX, WORKING_QUALITY, derive,
    derive_as,
};
pub use preview::{PREVIEW_BYTES_MAX, PREVIEW_BYTES_TARGET, PREVIEW_EDGE_MAX};
pub use probe::{BYTES_MAX, PIXELS_MAX, Probe, probe};
pub use redact::{REGIONS_MAX, Region, redact};
pub use watermark::{
    Drawn, Facts, Field, LINES_MAX, PART_CHARACTERS_MAX, Part, Place, Template, Watermark,
};

/// Keeps the README's example compiling.
#[cfg(doctest)]
#[doc = include_str!("../README.md")]
struct ReadmeExample;
