//! The host's half of pull-style sync: perform what the core asks for, give back whatever arrived.

use std::io::Read;
use std::time::{Duration, Instant};

use ureq::Agent;
use ureq::config::AutoHeaderValue;
use ureq::http::Request;
use ureq::unversioned::resolver::DefaultResolver;
use ureq::unversioned::transport::{Connector as _, TcpConnector};
use xunge_field::{
    Answered, FieldApp, FieldError, HttpAnswer, HttpRequest, LinkProblem, Method, RevokedStore,
    ServerPin,
};

use super::pinned::{PinnedTls, is_wrong_certificate};

/// Most bytes of an answer that are read.
const ANSWER_BYTES_MAX: u64 = 16 * 1024 * 1024;
const READ_BYTES: usize = 16 * 1024;

/// A link to one server address.
pub struct Link {
    agent: Agent,
    server_url: String,
    /// Whether what is at the address may be believed: a pin wants TLS, and this host trusts nobody without a pin.
    may_send: bool,
}

impl Link {
    /// To `http://host:port`.
    pub fn new(server_url: &str) -> Self {
        Self::pinned(server_url, None)
    }

    /// To `https://host:port`, whose certificate's authority is pinned; without a pin to `http://host:port`.
    pub fn pinned(server_url: &str, pin: Option<ServerPin>) -> Self {
        let config = Agent::config_builder()
            .http_status_as_error(false)
            // The hub asks for neither, and a phone pays for each byte.
            .user_agent(AutoHeaderValue::None)
            .accept(AutoHeaderValue::None)
            .timeout_connect(Some(Duration::from_secs(20)))
            .timeout_recv_response(Some(Duration::from_secs(120)))
            .build();
        let tls = pin.and_then(|pin| PinnedTls::new(pin).ok());
        Self {
            may_send: tls.is_some() == server_url.starts_with("https://"),
            agent: match tls {
                None => config.into(),
                Some(tls) => {
                    let connector = TcpConnector::default().chain(tls);
                    Agent::with_parts(config, connector, DefaultResolver::default())
                }
            },
            server_url: server_url.trim_end_matches('/').to_owned(),
        }
    }

    /// Performs one request. A body that breaks off is given as far as it came.
    pub fn perform(&self, request: &HttpRequest) -> HttpAnswer {
        if !self.may_send {
            return HttpAnswer::WrongCertificate;
        }
        let url = format!("{}{}", self.server_url, request.path);
        let method = match request.method {
            Method::Post => "POST",
            Method::Put => "PUT",
            Method::Get => "GET",
        };
        let mut builder = Request::builder().method(method).uri(url);
        for (name, value) in &request.headers {
            builder = builder.header(name, value);
        }
        // A GET has no body, and says nothing of one.
        let sent = if request.method == Method::Get {
            builder.body(()).map(|asked| self.agent.run(asked))
        } else {
            let body = request.body.as_slice();
            builder.body(body).map(|asked| self.agent.run(asked))
        };
        let mut response = match sent {
            Ok(Ok(response)) => response,
            Ok(Err(error)) if is_wrong_certificate(&error) => return HttpAnswer::WrongCertificate,
            _ => return HttpAnswer::Unreachable,
        };
        let status = response.status().as_u16();
        let mut body = Vec::new();
        let mut reader = response.body_mut().as_reader().take(ANSWER_BYTES_MAX);
        let mut buffer = vec![0; READ_BYTES];
        // Byte by buffer, because reading to the end would lose what came before a cut.
        while let Ok(read) = reader.read(&mut buffer) {
            if read == 0 {
                break;
            }
            body.extend_from_slice(&buffer[..read]);
        }
        HttpAnswer::Answered { status, body }
    }
}

/// How a synchronisation ended.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum SyncEnd {
    /// Nothing is left to do.
    Done,
    /// The link failed too often in a row.
    NoNetwork(LinkProblem),
    /// The server refused.
    Refused {
        /// Stable code.
        code: String,
        /// In Chinese.
        zh: String,
        /// In English.
        en: String,
        /// It revoked the device, and this became of the store.
        revoked: Option<RevokedStore>,
    },
}

/// What a synchronisation did.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SyncReport {
    /// How it ended.
    pub end: SyncEnd,
    /// Requests performed.
    pub requests: u32,
    /// Of those that came to nothing or were cut: why.
    pub problems: Vec<LinkProblem>,
    /// How long the requests took, from sending to the last byte of the answer. The device's own work is not in it.
    pub waited: Duration,
    /// Bytes of all request bodies.
    pub bytes_up: u64,
    /// Bytes of all answer bodies.
    pub bytes_down: u64,
}

impl SyncReport {
    /// Performs a request and takes down what it cost.
    fn perform(&mut self, link: &Link, request: &HttpRequest) -> HttpAnswer {
        let began = Instant::now();
        let answer = link.perform(request);
        self.waited += began.elapsed();
        self.requests += 1;
        self.bytes_up += request.body.len() as u64;
        if let HttpAnswer::Answered { body, .. } = &answer {
            self.bytes_down += body.len() as u64;
        }
        answer
    }
}

/// Runs one round until nothing is left to do or the link failed `tries` times in a row. `wait` is given the
/// milliseconds the core asks for.
///
/// # Errors
/// The facade's.
pub fn synchronise(
    app: &mut FieldApp,
    link: &Link,
    tries: u32,
    wait: &mut dyn FnMut(u64),
) -> Result<SyncReport, FieldError> {
    let mut report = SyncReport {
        end: SyncEnd::Done,
        requests: 0,
        problems: Vec::new(),
        waited: Duration::ZERO,
        bytes_up: 0,
        bytes_down: 0,
    };
    let mut failures_in_a_row = 0;
    app.start_sync();
    while let Some(request) = app.next_request()? {
        let Answered {
            retry,
            refused,
            revoked,
        } = app.on_answer(report.perform(link, &request))?;
        if let Some(refusal) = refused {
            report.end = SyncEnd::Refused {
                code: refusal.code,
                zh: refusal.zh,
                en: refusal.en,
                revoked,
            };
            return Ok(report);
        }
        match retry {
            None => failures_in_a_row = 0,
            Some((after_millis, problem)) => {
                report.problems.push(problem.clone());
                failures_in_a_row += 1;
                if failures_in_a_row >= tries {
                    report.end = SyncEnd::NoNetwork(problem);
                    return Ok(report);
                }
                wait(after_millis);
            }
        }
    }
    Ok(report)
}
