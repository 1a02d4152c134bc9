//! Requests for the host to perform, and what came of them.

use std::collections::HashMap;
use std::sync::Arc;

use xunge_field::{Answered, HttpAnswer, Method, ReasonView, RevokedStore};

#[uniffi::remote(Enum)]
pub enum Method {
    Post,
    Put,
    Get,
}

#[uniffi::remote(Enum)]
pub enum HttpAnswer {
    Answered { status: u16, body: Vec<u8> },
    Unreachable,
    WrongCertificate,
}

/// A request to perform against the server's address. Give whatever bytes came back, whole or cut.
#[derive(Debug, Clone, PartialEq, Eq, uniffi::Record)]
pub struct HttpRequest {
    /// The verb.
    pub method: Method,
    /// Path below the server's address.
    pub path: String,
    /// Headers; no name stands twice.
    pub headers: HashMap<String, String>,
    /// The body, at most about 256 KiB; empty with GET.
    pub body: Vec<u8>,
}

impl From<xunge_field::HttpRequest> for HttpRequest {
    fn from(request: xunge_field::HttpRequest) -> Self {
        Self {
            method: request.method,
            path: request.path,
            headers: request.headers.into_iter().collect(),
            body: request.body,
        }
    }
}

/// An enrolment on its way: keep it until the answer is there.
#[derive(uniffi::Object)]
pub struct Enrolment(pub(crate) xunge_field::Enrolment);

/// An enrolment with the request to perform for it.
#[derive(uniffi::Record)]
pub struct EnrolmentStart {
    /// To be given back with the answer.
    pub enrolment: Arc<Enrolment>,
    /// To be performed.
    pub request: HttpRequest,
    /// What the server's certificate is held against before anything is sent, as `FieldApp.server_pin` says; nothing for a
    /// server without TLS of its own.
    pub server_pin: Option<Vec<u8>>,
}

/// What the host should know after an answer.
#[derive(Debug, Clone, PartialEq, Eq, Default, uniffi::Record)]
pub struct SyncStep {
    /// Wait so long before asking for the next request; nothing: ask at once.
    pub retry_after_millis: Option<u64>,
    /// Why the round did not come through.
    pub problem: Option<ReasonView>,
    /// The server refuses this device: stop, show the reason.
    pub refused: Option<ReasonView>,
    /// The device was revoked, and this became of its store: destroy the signing key too, and show no case any more.
    pub revoked: Option<RevokedStore>,
}

impl From<Answered> for SyncStep {
    fn from(answered: Answered) -> Self {
        let (retry_after_millis, problem) = answered
            .retry
            .map(|(millis, problem)| {
                let reason = ReasonView {
                    code: problem.code().into(),
                    zh: problem.zh().into(),
                    en: problem.en().into(),
                };
                (millis, reason)
            })
            .unzip();
        Self {
            retry_after_millis,
            problem,
            refused: answered.refused.map(|refusal| ReasonView {
                code: refusal.code,
                zh: refusal.zh,
                en: refusal.en,
            }),
            revoked: answered.revoked,
        }
    }
}
