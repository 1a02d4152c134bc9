//! `notify.json` in the data folder (mode 0600: it holds keys and telephone numbers): which channels there are, and who is
//! reached by what. Nothing of it is in the database, in a log or in a backup.

use std::collections::BTreeMap;
use std::io;
use std::net::IpAddr;
use std::path::{Path, PathBuf};

use serde::Deserialize;

use super::gateway::Gateway;
use super::sms::Sms;
use super::wecom::Wecom;
use super::{Notifiers, RateLimit};
use crate::private_files::{Exposed, exposure};

/// Where Debian and its relatives keep the authorities that machines trust.
const SYSTEM_AUTHORITIES: &str = "/etc/ssl/certs/ca-certificates.crt";
/// Largest file.
const CONFIG_BYTES_MAX: u64 = 16 * 1024 * 1024;

/// All channels.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct NotifyConfig {
    /// PEM of the authorities whose certificates providers show; the machine's where nobody says.
    #[serde(default = "system_authorities")]
    pub authorities: PathBuf,
    /// A group robot of 企业微信.
    #[serde(default)]
    pub wecom: Option<WecomConfig>,
    /// An SMS gateway.
    #[serde(default)]
    pub sms: Option<SmsConfig>,
}

/// A group robot.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct WecomConfig {
    /// Its webhook with its key.
    pub url: String,
    /// Of the robot: 20 a minute, as its documentation says.
    #[serde(default = "robot_limits")]
    pub limits: Vec<RateLimit>,
    /// Who is named in the group by which user id there; others are not told by this channel.
    pub people: BTreeMap<String, String>,
}

/// A gateway.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SmsConfig {
    /// Where it takes `{"to": number, "text": words}`.
    pub url: String,
    /// Goes along as `authorization`.
    #[serde(default)]
    pub authorization: Option<String>,
    /// Of one number: one a minute, five an hour, ten a day, as providers have it.
    #[serde(default = "number_limits")]
    pub limits_per_person: Vec<RateLimit>,
    /// Whose number is which.
    pub people: BTreeMap<String, String>,
}

fn system_authorities() -> PathBuf {
    SYSTEM_AUTHORITIES.into()
}

fn robot_limits() -> Vec<RateLimit> {
    vec![RateLimit {
        most: 20,
        seconds: 60,
    }]
}

fn number_limits() -> Vec<RateLimit> {
    let limits = [(1, 60), (5, 3_600), (10, 86_400)];
    let each = limits
        .into_iter()
        .map(|(most, seconds)| RateLimit { most, seconds });
    each.collect()
}

/// Why channels cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum NotifyConfigError {
    /// Others may read the file.
    #[error(transparent)]
    Exposed(#[from] Exposed),
    /// A file that cannot be read.
    #[error("{}: {source}", path.display())]
    Io {
        /// Which.
        path: PathBuf,
        /// Why.
        #[source]
        source: io::Error,
    },
    /// No JSON of channels.
    #[error("these are no channels: {0}")]
    Json(#[from] serde_json::Error),
    /// An address without TLS, to another machine.
    #[error("{0:?} is no https address")]
    NotHttps(String),
    /// Certificates that cannot be read.
    #[error("{}: no certificates that can be used", .0.display())]
    Authorities(PathBuf),
}

impl NotifyConfig {
    /// The channels in a file; none where there is no file.
    ///
    /// # Errors
    /// A file that others may read, that cannot be read, or that makes no sense.
    pub fn open(path: &Path) -> Result<Notifiers, NotifyConfigError> {
        let io = |path: &Path, source| NotifyConfigError::Io {
            path: path.to_owned(),
            source,
        };
        let length = match std::fs::metadata(path) {
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(Vec::new()),
            Err(error) => return Err(io(path, error)),
            Ok(metadata) => metadata.len(),
        };
        if length > CONFIG_BYTES_MAX {
            return Err(io(path, io::ErrorKind::FileTooLarge.into()));
        }
        if let Some(exposed) = exposure(path) {
            return Err(exposed.into());
        }
        let json = std::fs::read(path).map_err(|error| io(path, error))?;
        let config: Self = serde_json::from_slice(&json)?;
        config.notifiers()
    }

    /// The channels.
    ///
    /// # Errors
    /// An address without TLS, or authorities that cannot be read.
    pub fn notifiers(self) -> Result<Notifiers, NotifyConfigError> {
        let mut notifiers: Notifiers = Vec::new();
        let gateway = |url: String| {
            safe(&url)?;
            Gateway::new(url, &self.authorities)
        };
        if let Some(wecom) = self.wecom {
            let robot = gateway(wecom.url)?;
            notifiers.push(Box::new(Wecom::new(robot, wecom.limits, wecom.people)));
        }
        if let Some(sms) = self.sms {
            let gateway = gateway(sms.url)?.with_authorization(sms.authorization);
            let sms = Sms::new(gateway, sms.limits_per_person, sms.people);
            notifiers.push(Box::new(sms));
        }
        Ok(notifiers)
    }
}

/// Messages leave under TLS alone; a relay on this very machine may do without.
fn safe(url: &str) -> Result<(), NotifyConfigError> {
    let not_https = || NotifyConfigError::NotHttps(url.split('?').next().unwrap_or(url).to_owned());
    let uri: axum::http::Uri = url.parse().map_err(|_| not_https())?;
    let host = uri.host().unwrap_or_default();
    let on_this_machine = host.trim_matches(['[', ']']).parse::<IpAddr>();
    match uri.scheme_str() {
        Some("https") => Ok(()),
        Some("http") if on_this_machine.is_ok_and(|address| address.is_loopback()) => Ok(()),
        _ => Err(not_https()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_key_leaves_the_machine_under_tls_alone() {
        assert!(safe("https://qyapi.weixin.qq.com/cgi-bin/webhook/send?key=k").is_ok());
        assert!(safe("http://127.0.0.1:80/x").is_ok() && safe("http://[::1]/x").is_ok());
        for bad in [
            "http://sms.example/x?key=secret",
            "ftp://127.0.0.1",
            "no address",
            "http://127.0.0.1.example/",
        ] {
            let refused = safe(bad).err().map(|error| error.to_string());
            assert!(
                refused.is_some_and(|words| !words.contains("secret")),
                "{bad}"
            );
        }
    }
}
