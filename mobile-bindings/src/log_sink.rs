//! What the core did, told to the app as it happens: for a page that shows it, without a person, a case, a place or a text.

use std::sync::{Arc, Mutex, PoisonError};

use xunge_field::HttpAnswer;

use crate::app::FieldApp;
use crate::error::FieldError;
use crate::views::link::{HttpRequest, SyncStep};

/// So many parts of a path name its route; what follows them is the id of something.
const ROUTE_PARTS: usize = 3;
/// Routes of two parts, with an id behind them.
const SHORT_ROUTES: [&str; 1] = ["/api/blobs"];

/// Something the core did.
#[derive(Debug, Clone, PartialEq, Eq, uniffi::Enum)]
pub enum LogEvent {
    /// The store is open, and this sink hears of what comes.
    Opened,
    /// The files were closed before the system froze the app.
    Suspended,
    /// They were opened again.
    Resumed,
    /// Everything on this device was destroyed.
    Wiped,
    /// The app object was let go.
    ShutDown,
    /// A request was handed out.
    Asked {
        /// Below the server's address, without the id of anything.
        route: String,
        /// How many bytes its body has.
        bytes: u64,
    },
    /// An answer came in, whole or cut.
    Answered {
        /// As HTTP has it.
        status: u16,
        /// How many bytes its body has.
        bytes: u64,
    },
    /// Nobody answered.
    Unreachable,
    /// Somebody else than the server answered.
    WrongCertificate,
    /// The round did not come through.
    Waits {
        /// The next try is worth it after so long.
        millis: u64,
        /// The code of why.
        code: String,
    },
    /// The server refuses this device.
    Refused {
        /// The code of why.
        code: String,
    },
    /// The device was revoked.
    Revoked,
    /// A call of the app failed.
    Failed {
        /// Its code.
        code: String,
    },
}

/// A sink that could not take an event. Nothing follows from that: what happened has happened.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error, uniffi::Error)]
pub enum LogSinkError {
    /// It is lost; the text says why in the app's words.
    #[error("{said}")]
    Lost {
        /// What the app said.
        said: String,
    },
}

impl From<uniffi::UnexpectedUniFFICallbackError> for LogSinkError {
    fn from(unexpected: uniffi::UnexpectedUniFFICallbackError) -> Self {
        Self::Lost {
            said: unexpected.reason,
        }
    }
}

/// Who hears what the core did, written by the app. Called on whichever thread called the app object, behind the call's work and
/// without its lock; it should only take note.
#[uniffi::export(foreign)]
pub trait LogSink: Send + Sync {
    /// Something happened, just now.
    fn happened(&self, event: LogEvent) -> Result<(), LogSinkError>;
}

/// The sink, where the app gave one.
#[derive(Default)]
pub(crate) struct Log(Mutex<Option<Arc<dyn LogSink>>>);

impl Log {
    /// Tells the sink; one that fails keeps nothing from going on.
    pub(crate) fn tell(&self, event: LogEvent) {
        let sink = self
            .0
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .clone();
        if let Some(sink) = sink {
            drop(sink.happened(event));
        }
    }

    /// Tells the sink where a call came to this, and hands its answer on.
    pub(crate) fn done<Answer>(
        &self,
        answer: Result<Answer, FieldError>,
        event: LogEvent,
    ) -> Result<Answer, FieldError> {
        if answer.is_ok() {
            self.tell(event);
        }
        answer
    }

    /// Tells the sink which request was handed out.
    pub(crate) fn asked(&self, request: Option<&HttpRequest>) {
        if let Some(request) = request {
            self.tell(LogEvent::Asked {
                route: route(&request.path),
                bytes: request.body.len() as u64,
            });
        }
    }

    /// Tells the sink what became of an answer.
    pub(crate) fn answered(&self, step: &SyncStep) {
        if step.revoked.is_some() {
            self.tell(LogEvent::Revoked);
        } else if let Some(refused) = &step.refused {
            self.tell(LogEvent::Refused {
                code: refused.code.clone(),
            });
        } else if let Some(millis) = step.retry_after_millis {
            let code = step.problem.as_ref().map(|problem| problem.code.clone());
            self.tell(LogEvent::Waits {
                millis,
                code: code.unwrap_or_default(),
            });
        }
    }
}

impl From<&HttpAnswer> for LogEvent {
    fn from(answer: &HttpAnswer) -> Self {
        match answer {
            HttpAnswer::Answered { status, body } => Self::Answered {
                status: *status,
                bytes: body.len() as u64,
            },
            HttpAnswer::Unreachable => Self::Unreachable,
            HttpAnswer::WrongCertificate => Self::WrongCertificate,
        }
    }
}

/// What of a path is the same for everybody.
fn route(path: &str) -> String {
    let path = path.split('?').next().unwrap_or_default();
    let short = SHORT_ROUTES.iter().any(|route| {
        path.strip_prefix(route)
            .is_some_and(|rest| rest.starts_with('/'))
    });
    let parts = if short { ROUTE_PARTS - 1 } else { ROUTE_PARTS };
    path.split('/')
        .take(parts + 1)
        .collect::<Vec<_>>()
        .join("/")
}

#[uniffi::export]
impl FieldApp {
    /// Tells this sink from here on what the core does, instead of the one before. Any thread; memory only.
    pub fn set_log_sink(&self, sink: Arc<dyn LogSink>) {
        *self.log.0.lock().unwrap_or_else(PoisonError::into_inner) = Some(sink);
        self.log.tell(LogEvent::Opened);
    }
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a failing test should stop")]
mod tests {
    use super::*;
    use crate::key_wrapper::software_key_wrapper;
    use crate::signer::software_key;

    /// Keeps what it hears, and fails every time.
    #[derive(Default)]
    struct Failing(Mutex<Vec<LogEvent>>);

    impl LogSink for Failing {
        fn happened(&self, event: LogEvent) -> Result<(), LogSinkError> {
            self.0.lock().unwrap().push(event);
            Err(LogSinkError::Lost {
                said: "full".into(),
            })
        }
    }

    #[test]
    fn what_the_app_does_is_told_and_a_sink_that_fails_hinders_nothing() {
        let folder = tempfile::tempdir().unwrap();
        let app = FieldApp::open(
            folder.path().to_str().unwrap().into(),
            software_key(&[7; 32]).unwrap(),
            software_key_wrapper(&[9; 32]).unwrap(),
        )
        .unwrap();
        app.suspend().unwrap();
        let sink = Arc::new(Failing::default());
        app.set_log_sink(sink.clone());
        app.resume().unwrap();
        app.next_request().unwrap_err();
        app.suspend().unwrap();
        app.shut_down();
        app.shut_down();
        app.resume().unwrap_err();
        let failed = |code: &str| LogEvent::Failed { code: code.into() };
        assert_eq!(
            *sink.0.lock().unwrap(),
            [
                LogEvent::Opened,
                LogEvent::Resumed,
                failed("not_enrolled"),
                LogEvent::Suspended,
                LogEvent::ShutDown,
                failed("shut_down"),
            ]
        );
    }

    #[test]
    fn a_route_names_nothing_that_is_somebodys() {
        for (path, told) in [
            ("/api/sync", "/api/sync"),
            ("/api/sync/receipts", "/api/sync/receipts"),
            ("/api/sync/packs/0011ff", "/api/sync/packs"),
            ("/api/blobs/0011ff", "/api/blobs"),
            ("/api/enrol?code=abcde", "/api/enrol"),
            ("", ""),
        ] {
            assert_eq!(route(path), told);
        }
    }

    #[test]
    fn what_an_answer_came_to_is_told_by_its_code() {
        let sink = Arc::new(Failing::default());
        let log = Log(Mutex::new(Some(sink.clone())));
        let reason = |code: &str| {
            Some(xunge_field::ReasonView {
                code: code.into(),
                zh: "不行".into(),
                en: "no".into(),
            })
        };
        log.answered(&SyncStep::default());
        log.answered(&SyncStep {
            retry_after_millis: Some(30_000),
            problem: reason("no_network"),
            ..SyncStep::default()
        });
        log.answered(&SyncStep {
            refused: reason("device_unknown"),
            ..SyncStep::default()
        });
        log.tell(LogEvent::from(&HttpAnswer::Answered {
            status: 200,
            body: vec![1; 3],
        }));
        assert_eq!(
            *sink.0.lock().unwrap(),
            [
                LogEvent::Waits {
                    millis: 30_000,
                    code: "no_network".into()
                },
                LogEvent::Refused {
                    code: "device_unknown".into()
                },
                LogEvent::Answered {
                    status: 200,
                    bytes: 3
                },
            ]
        );
    }
}
