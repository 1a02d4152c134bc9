//! Certificate chain and private key, read from PEM, and what devices pin of the chain.

use std::fs;
use std::path::Path;
use std::sync::Arc;

use rustls::client::verify_server_cert_signed_by_trust_anchor;
use rustls::crypto::ring;
use rustls::pki_types::pem::PemObject;
use rustls::pki_types::{CertificateDer, PrivateKeyDer, UnixTime};
use rustls::server::ParsedCertificate;
use rustls::{CertificateError, RootCertStore, ServerConfig};
use x509_cert::Certificate;
use x509_cert::der::{Decode, Encode};
use xunge_domain::ids::Digest;
use xunge_sync::wire::ServerPin;

use super::TlsError;
use crate::private_files::exposure;

/// What one pair of files makes.
pub(super) struct Loaded {
    pub(super) config: Arc<ServerConfig>,
    pub(super) pin: ServerPin,
}

/// Reads both files. The chain must end with the certificate of an authority that nobody else signed, and is shown whole:
/// devices hold the last certificate against their pin, so a renewal under the same authority needs nothing of them.
pub(super) fn load(certificate: &Path, key: &Path) -> Result<Loaded, TlsError> {
    let chain = read_chain(certificate)?;
    let pin = pin_of_chain(certificate, &chain)?;
    check_signatures(certificate, &chain)?;
    if let Some(exposed) = exposure(key) {
        return Err(exposed.into());
    }
    let private =
        PrivateKeyDer::from_pem_slice(&read(key)?).map_err(|_| TlsError::NoKey(key.to_owned()))?;
    let unusable = |source| TlsError::Unusable {
        path: certificate.to_owned(),
        source,
    };
    let provider = Arc::new(ring::default_provider());
    let mut config = ServerConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()
        .and_then(|builder| {
            builder
                .with_no_client_auth()
                .with_single_cert(chain, private)
        })
        .map_err(unusable)?;
    config.alpn_protocols = vec![b"http/1.1".to_vec()];
    // A phone that comes back within hours is spared the certificates and a round trip.
    config.ticketer = ring::Ticketer::new().map_err(unusable)?;
    Ok(Loaded {
        config: Arc::new(config),
        pin,
    })
}

/// That a device finds its way from the first certificate to the last: of two authorities of one name only one signed.
fn check_signatures(file: &Path, chain: &[CertificateDer<'_>]) -> Result<(), TlsError> {
    let [own, between @ .., authority] = chain else {
        return Ok(());
    };
    let checked = || {
        let mut roots = RootCertStore::empty();
        roots.add(authority.clone().into_owned())?;
        let provider = ring::default_provider();
        verify_server_cert_signed_by_trust_anchor(
            &ParsedCertificate::try_from(own)?,
            &roots,
            between,
            UnixTime::now(),
            provider.signature_verification_algorithms.all,
        )
    };
    match checked() {
        Ok(())
        // Devices do not look at dates, and browsers say themselves what they think of them.
        | Err(rustls::Error::InvalidCertificate(
            CertificateError::ExpiredContext { .. } | CertificateError::NotValidYetContext { .. },
        )) => Ok(()),
        Err(_) => Err(TlsError::Open {
            path: file.to_owned(),
            why: "the last certificate did not sign the ones before it",
        }),
    }
}

/// What devices pin of a file with an authority's certificate: of the last one in it. For a hub behind a proxy that speaks
/// TLS for it.
///
/// # Errors
/// The file cannot be read, or ends with no certificate that nobody else signed.
pub fn pin_of_file(file: &Path) -> Result<ServerPin, TlsError> {
    pin_of_chain(file, &read_chain(file)?)
}

/// What a device would pin of this certificate. `None` for bytes that are none.
pub fn pin_of_certificate(der: &[u8]) -> Option<ServerPin> {
    let certificate = Certificate::from_der(der).ok()?;
    pin(&certificate)
}

fn pin(certificate: &Certificate) -> Option<ServerPin> {
    let info = certificate.tbs_certificate().subject_public_key_info();
    let info = info.to_der().ok()?;
    Some(ServerPin::of(Digest::of(&info).as_bytes()))
}

fn read(file: &Path) -> Result<Vec<u8>, TlsError> {
    fs::read(file).map_err(|source| TlsError::Unreadable {
        path: file.to_owned(),
        source,
    })
}

fn read_chain(file: &Path) -> Result<Vec<CertificateDer<'static>>, TlsError> {
    let none = || TlsError::NoCertificates(file.to_owned());
    let bytes = read(file)?;
    let chain: Vec<_> = CertificateDer::pem_slice_iter(&bytes)
        .collect::<Result<_, _>>()
        .map_err(|_| none())?;
    if chain.is_empty() {
        Err(none())
    } else {
        Ok(chain)
    }
}

fn pin_of_chain(file: &Path, chain: &[CertificateDer<'_>]) -> Result<ServerPin, TlsError> {
    let none = || TlsError::NoCertificates(file.to_owned());
    let open = |why| TlsError::Open {
        path: file.to_owned(),
        why,
    };
    let chain: Vec<Certificate> = chain
        .iter()
        .map(|der| Certificate::from_der(der))
        .collect::<Result<_, _>>()
        .map_err(|_| none())?;
    let issuer = |certificate: &Certificate| certificate.tbs_certificate().issuer().clone();
    for pair in chain.windows(2) {
        if issuer(&pair[0]) != *pair[1].tbs_certificate().subject() {
            return Err(open("a certificate is not followed by that of its issuer"));
        }
    }
    let last = chain.last().ok_or_else(none)?;
    // What somebody else signed may come from another issuer next time, and every device would refuse it.
    if issuer(last) != *last.tbs_certificate().subject() {
        return Err(open(
            "the authority's own certificate is missing at the end",
        ));
    }
    pin(last).ok_or_else(none)
}
