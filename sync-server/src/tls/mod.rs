//! TLS of the hub's own: certificate and key from files, what devices pin of them, the listener that speaks it, and an
//! authority for a town that has none.

mod authority;
mod certificate;
mod error;
mod listener;
mod renewing;

pub use authority::{Made, MakeError, make};
pub use certificate::{pin_of_certificate, pin_of_file};
pub use error::TlsError;
pub use listener::TlsListener;
pub use renewing::Tls;
