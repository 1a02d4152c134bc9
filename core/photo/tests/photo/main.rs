//! The pipeline from outside: bytes in, bytes out.

#![expect(clippy::unwrap_used, clippy::print_stdout, reason = "tests")]

mod alike;
mod broken_exif;
mod hostile;
mod odd;
mod odd_pictures;
mod pictures;
mod redacted;
mod samples;
mod upright;
