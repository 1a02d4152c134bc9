//! The pipeline from outside: bytes in, bytes out.

#![expect(clippy::unwrap_used, clippy::print_stdout, reason = "tests")]

mod hostile;
mod pictures;
mod samples;
mod upright;
