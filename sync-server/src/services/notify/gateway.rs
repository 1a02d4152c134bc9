//! A provider's address, spoken to over HTTP.

use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

use serde_json::Value;
use ureq::Agent;
use ureq::tls::{Certificate, PemItem, RootCerts, TlsConfig, TlsProvider, parse_pem};

use super::{NotifyConfigError, NotifyError};

/// Longest wait for a provider.
const WAIT: Duration = Duration::from_secs(10);
/// Longest answer that is read.
const ANSWER_BYTES_MAX: u64 = 64 * 1024;

/// An address that takes JSON.
pub(super) struct Gateway {
    agent: Agent,
    url: String,
    authorization: Option<String>,
}

impl Gateway {
    /// An address, and who vouches for the certificate there. The file is read for https alone.
    ///
    /// # Errors
    /// The file cannot be read, or holds no certificates.
    pub(super) fn new(url: String, authorities: &Path) -> Result<Self, NotifyConfigError> {
        let builder = Agent::config_builder()
            .http_status_as_error(false)
            .max_redirects(0)
            .proxy(None)
            .timeout_global(Some(WAIT));
        let config = if url.starts_with("https:") {
            let provider = Arc::new(rustls::crypto::ring::default_provider());
            let tls = TlsConfig::builder()
                .provider(TlsProvider::Rustls)
                .root_certs(roots(authorities)?)
                .unversioned_rustls_crypto_provider(provider)
                .build();
            builder.tls_config(tls).build()
        } else {
            builder.build()
        };
        Ok(Self {
            agent: config.into(),
            url,
            authorization: None,
        })
    }

    /// The same with a header that says who asks.
    pub(super) fn with_authorization(self, authorization: Option<String>) -> Self {
        Self {
            authorization,
            ..self
        }
    }

    /// Posts JSON; answers status and JSON. What the provider says is never logged: it may repeat a number.
    ///
    /// # Errors
    /// It was not reached.
    pub(super) fn post(&self, body: &Value) -> Result<(u16, Value), NotifyError> {
        let mut request = self
            .agent
            .post(&self.url)
            .header("content-type", "application/json");
        if let Some(authorization) = &self.authorization {
            request = request.header("authorization", authorization);
        }
        // The error of the client names the address, and the address has the key.
        let unreached = |_| NotifyError::Unreached("no answer".into());
        let mut response = request.send(body.to_string()).map_err(unreached)?;
        let status = response.status().as_u16();
        let text = response
            .body_mut()
            .with_config()
            .limit(ANSWER_BYTES_MAX)
            .read_to_string()
            .map_err(unreached)?;
        Ok((status, serde_json::from_str(&text).unwrap_or(Value::Null)))
    }
}

fn roots(authorities: &Path) -> Result<RootCerts, NotifyConfigError> {
    let pem = std::fs::read(authorities).map_err(|source| NotifyConfigError::Io {
        path: authorities.to_owned(),
        source,
    })?;
    let certificates: Vec<Certificate<'static>> = parse_pem(&pem)
        .filter_map(|item| match item {
            Ok(PemItem::Certificate(certificate)) => Some(certificate),
            _ => None,
        })
        .collect();
    if certificates.is_empty() {
        return Err(NotifyConfigError::Authorities(authorities.to_owned()));
    }
    Ok(RootCerts::new_with_certs(&certificates))
}

/// What a status means where the provider says no more.
pub(super) fn of_status(status: u16) -> Result<(), NotifyError> {
    match status {
        200..=299 => Ok(()),
        429 => Err(NotifyError::TooMany),
        400..=499 => Err(NotifyError::Refused(format!("status {status}"))),
        _ => Err(NotifyError::Unreached(format!("status {status}"))),
    }
}
