//! An authority for a town that has none: one key that signs, one certificate for the hub.
//!
//! The authority's key is made, used once and thrown away. Who wants a certificate for another name makes both anew, and
//! devices enrol again; a key that lay around would let its finder pretend to be the hub.

use std::net::IpAddr;
use std::time::{Duration, SystemTime};

use p256::SecretKey;
use p256::ecdsa::{DerSignature, SigningKey};
use p256::pkcs8::{EncodePrivateKey, LineEnding};
use x509_cert::Certificate;
use x509_cert::builder::profile::BuilderProfile;
use x509_cert::builder::profile::cabf::Root;
use x509_cert::builder::profile::cabf::tls::{CertificateType, Subscriber};
use x509_cert::builder::{Builder, CertificateBuilder};
use x509_cert::der::EncodePem;
use x509_cert::der::asn1::Ia5String;
use x509_cert::ext::pkix::SubjectAltName;
use x509_cert::ext::pkix::name::GeneralName;
use x509_cert::name::Name;
use x509_cert::serial_number::SerialNumber;
use x509_cert::spki::SubjectPublicKeyInfo;
use x509_cert::time::{Time, Validity};

use crate::app::Entropy;
use crate::data_folder::fresh_key;

/// How long both hold: as long as browsers take it, and nobody renews what signed itself.
const DAYS: u64 = 3_650;
/// So much earlier they begin to hold, for browsers whose clock is slow.
const EARLIER: Duration = Duration::from_secs(24 * 3_600);
/// Bytes of a serial number.
const SERIAL_BYTES: usize = 16;

/// Both files, as PEM.
pub struct Made {
    /// The hub's certificate, then the authority's.
    pub chain: String,
    /// The authority's alone: what a browser is to trust.
    pub authority: String,
    /// The hub's private key.
    pub key: String,
}

/// Why none was made.
#[derive(Debug, thiserror::Error)]
pub enum MakeError {
    /// A name that is neither a host's nor an address.
    #[error("{0:?} is neither the name of a host nor an address")]
    Host(String),
    /// No randomness.
    #[error(transparent)]
    Entropy(#[from] crate::app::EntropyError),
    /// The library refused.
    #[error("no certificate could be made: {0}")]
    Certificate(String),
}

fn failed(cause: impl std::fmt::Display) -> MakeError {
    MakeError::Certificate(cause.to_string())
}

/// Makes an authority and a certificate for these names and addresses, the first of which names it.
///
/// # Errors
/// A host that is none, no randomness.
pub fn make(hosts: &[String], now: SystemTime, entropy: &dyn Entropy) -> Result<Made, MakeError> {
    let first = hosts
        .first()
        .ok_or_else(|| MakeError::Host(String::new()))?;
    Authority::make(first, now, entropy)?.certify(hosts, now, entropy)
}

/// Who signs.
pub(super) struct Authority {
    key: SigningKey,
    subject: Name,
    certificate: String,
}

impl Authority {
    pub(super) fn make(
        host: &str,
        now: SystemTime,
        entropy: &dyn Entropy,
    ) -> Result<Self, MakeError> {
        // Before it stands in a name, where commas mean something.
        name_of(host)?;
        let key = signing_key(entropy)?;
        let subject: Name = format!("CN=xunge authority of {host},O=xunge,C=CN")
            .parse()
            .map_err(failed)?;
        let root = Root::new(false, subject.clone()).map_err(failed)?;
        let certificate = builder(root, &key, now, entropy)?
            .build::<_, DerSignature>(&key)
            .map_err(failed)?;
        Ok(Self {
            key,
            subject,
            certificate: pem(&certificate)?,
        })
    }

    pub(super) fn certify(
        &self,
        hosts: &[String],
        now: SystemTime,
        entropy: &dyn Entropy,
    ) -> Result<Made, MakeError> {
        let names: Vec<GeneralName> = hosts
            .iter()
            .map(|host| name_of(host))
            .collect::<Result<_, _>>()?;
        let key = signing_key(entropy)?;
        let leaf = Subscriber {
            certificate_type: CertificateType::domain_validated(Name::default(), names.clone())
                .map_err(failed)?,
            issuer: self.subject.clone(),
            client_auth: false,
        };
        let mut leaf = builder(leaf, &key, now, entropy)?;
        leaf.add_extension(&SubjectAltName(names)).map_err(failed)?;
        let leaf = leaf.build::<_, DerSignature>(&self.key).map_err(failed)?;
        let secret = SecretKey::from(&key).to_pkcs8_pem(LineEnding::LF);
        Ok(Made {
            chain: format!("{}{}", pem(&leaf)?, self.certificate),
            authority: self.certificate.clone(),
            key: secret.map_err(failed)?.to_string(),
        })
    }
}

fn builder<Profile: BuilderProfile>(
    profile: Profile,
    key: &SigningKey,
    now: SystemTime,
    entropy: &dyn Entropy,
) -> Result<CertificateBuilder<Profile>, MakeError> {
    let mut serial = entropy.array::<SERIAL_BYTES>()?;
    // Positive, and of the same length always.
    serial[0] = serial[0] & 0x7f | 0x40;
    let from = Time::try_from(now - EARLIER).map_err(failed)?;
    let to = Time::try_from(now + Duration::from_secs(DAYS * 24 * 3_600)).map_err(failed)?;
    CertificateBuilder::new(
        profile,
        SerialNumber::new(&serial).map_err(failed)?,
        Validity::new(from, to),
        SubjectPublicKeyInfo::from_key(key.verifying_key()).map_err(failed)?,
    )
    .map_err(failed)
}

fn signing_key(entropy: &dyn Entropy) -> Result<SigningKey, MakeError> {
    SigningKey::from_slice(&fresh_key(entropy)?.to_bytes()).map_err(failed)
}

fn pem(certificate: &Certificate) -> Result<String, MakeError> {
    certificate.to_pem(LineEnding::LF).map_err(failed)
}

/// An address, or the name of a host as DNS writes it.
fn name_of(host: &str) -> Result<GeneralName, MakeError> {
    if let Ok(address) = host.parse::<IpAddr>() {
        return Ok(address.into());
    }
    let fits = rustls::pki_types::DnsName::try_from(host).is_ok();
    let name = Ia5String::new(host).ok().filter(|_| fits);
    name.map(GeneralName::DnsName)
        .ok_or_else(|| MakeError::Host(host.to_owned()))
}
