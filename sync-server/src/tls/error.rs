//! Why the hub cannot speak TLS with what it was given.

use std::io;
use std::path::PathBuf;

use crate::private_files::Exposed;

/// Files that make no TLS.
#[derive(Debug, thiserror::Error)]
pub enum TlsError {
    /// A file cannot be read.
    #[error("{}: {source}", path.display())]
    Unreadable {
        /// Which.
        path: PathBuf,
        /// Why.
        #[source]
        source: io::Error,
    },
    /// No certificates in the certificate file, or damaged ones.
    #[error("{}: no certificates in PEM", .0.display())]
    NoCertificates(PathBuf),
    /// The chain does not lead to an authority's own certificate, which devices pin.
    #[error("{}: {why}", path.display())]
    Open {
        /// Which file.
        path: PathBuf,
        /// Where it breaks off.
        why: &'static str,
    },
    /// Others may read the private key.
    #[error(transparent)]
    Exposed(#[from] Exposed),
    /// No private key in the key file, or one of an unknown kind.
    #[error("{}: no private key in PEM", .0.display())]
    NoKey(PathBuf),
    /// Certificate and key do not belong together, or are of a kind this hub does not speak.
    #[error("{}: {source}", path.display())]
    Unusable {
        /// Which certificate file.
        path: PathBuf,
        /// Why.
        #[source]
        source: rustls::Error,
    },
}

impl TlsError {
    /// Stable code.
    pub const fn code(&self) -> &'static str {
        match self {
            Self::Unreadable { .. } => "file_unreadable",
            Self::NoCertificates(_) => "tls_certificate_unfit",
            Self::Open { .. } => "tls_chain_open",
            Self::Exposed(_) => "key_exposed",
            Self::NoKey(_) | Self::Unusable { .. } => "tls_key_unfit",
        }
    }
}
