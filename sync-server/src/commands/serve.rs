//! `xunge serve`: opens the hub, listens, and stops politely on SIGTERM or ctrl-c.

use std::net::TcpListener;
use std::sync::Arc;

use xunge_sync::wire::ServerPin;

use crate::app::{App, AppState, RealClock, Settings, SystemEntropy};
use crate::cli::{HostingArguments, ServeArguments};
use crate::commands::{CommandError, say};
use crate::data_folder::DataFolder;
use crate::error::ApiError;
use crate::messages;
use crate::router::router;
use crate::services::disk::PhotoLimit;
use crate::services::escalator::Escalator;
use crate::services::examiner::Examiner;
use crate::services::notify::{Notifiers, NotifyConfig};
use crate::services::private::RetentionTurn;
use crate::services::setup;
use crate::services::tasks::TaskTurn;
use crate::tls::{Tls, TlsListener, pin_of_file};

/// A socket that is bound, and its address as a browser writes it.
pub struct Listening {
    listener: TcpListener,
    tls: Option<Arc<Tls>>,
    /// `http://…` or `https://…` without a slash at the end.
    pub url: String,
}

impl Listening {
    /// What devices pin of its certificate; `None` without TLS.
    pub fn pin(&self) -> Option<ServerPin> {
        self.tls.as_ref().map(|tls| tls.pin())
    }
}

/// Binds the socket first, so that the hub knows its own address (port 0 takes a free port).
///
/// # Errors
/// The address cannot be listened on, or certificate and key make no TLS.
pub fn bind(hosting: &HostingArguments) -> Result<Listening, CommandError> {
    let listen = hosting.listen;
    let failed = |error: std::io::Error| {
        CommandError::new(&messages::LISTEN_FAILED, format!("{listen}: {error}"))
    };
    let tls = match (&hosting.tls_cert, &hosting.tls_key) {
        (Some(certificate), Some(key)) => Some(Arc::new(Tls::open(certificate, key)?)),
        _ => None,
    };
    let listener = TcpListener::bind(listen).map_err(failed)?;
    listener.set_nonblocking(true).map_err(failed)?;
    let scheme = if tls.is_some() { "https" } else { "http" };
    let url = format!("{scheme}://{}", listener.local_addr().map_err(failed)?);
    Ok(Listening { listener, tls, url })
}

/// Serves until the process is told to stop; requests that run are answered first. People are told of tasks by `notifiers`.
///
/// # Errors
/// The runtime or the socket.
pub fn serve(app: App, notifiers: Notifiers, listening: Listening) -> Result<(), CommandError> {
    let failed = |error: std::io::Error| CommandError::new(&messages::LISTEN_FAILED, error);
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .enable_all()
        .build()
        .map_err(failed)?;
    runtime.block_on(async move {
        let listener = tokio::net::TcpListener::from_std(listening.listener).map_err(failed)?;
        let state = AppState::new(app);
        let _until_the_end = Examiner::start(&state).map_err(failed)?;
        let tasks = TaskTurn::start(&state, notifiers).map_err(failed)?;
        let _as_well = Escalator::start(&state, tasks.bell()).map_err(failed)?;
        let _as_long = RetentionTurn::start(&state).map_err(failed)?;
        let live = Arc::clone(state.live());
        let stop = async move {
            told_to_stop().await;
            // Open answers would be waited for without end.
            live.close();
        };
        // A bare router would be copied for each connection, with every route and the OpenAPI document in it: 0.7 MB.
        let router = router(state).into_make_service();
        match listening.tls {
            None => {
                axum::serve(listener, router)
                    .with_graceful_shutdown(stop)
                    .await
            }
            Some(tls) => {
                let listener = TlsListener::new(listener, tls);
                axum::serve(listener, router)
                    .with_graceful_shutdown(stop)
                    .await
            }
        }
        .map_err(failed)
    })
}

/// The channels that an admin set up in the data folder.
///
/// # Errors
/// A file that cannot be used: people would wait for messages that never come.
pub(super) fn notifiers(folder: &DataFolder) -> Result<Notifiers, CommandError> {
    NotifyConfig::open(&folder.notify())
        .map_err(|error| CommandError::new(&messages::NOTIFY_UNFIT, error))
}

/// SIGTERM or ctrl-c.
async fn told_to_stop() {
    let interrupt = tokio::signal::ctrl_c();
    #[cfg(unix)]
    {
        use tokio::signal::unix::{SignalKind, signal};
        if let Ok(mut terminate) = signal(SignalKind::terminate()) {
            tokio::select! {
                _ = interrupt => {}
                _ = terminate.recv() => {}
            }
            return;
        }
    }
    let _ = interrupt.await;
}

/// Log lines go to stderr; `XUNGE_LOG` chooses them, e.g. `info` or `xunge_server=debug`.
pub fn start_logging() {
    let filter = tracing_subscriber::EnvFilter::try_from_env("XUNGE_LOG")
        .unwrap_or_else(|_| tracing_subscriber::EnvFilter::new("warn"));
    let subscriber = tracing_subscriber::fmt()
        .with_env_filter(filter)
        .with_writer(std::io::stderr)
        .finish();
    // A second call (a test in one process) keeps the first.
    let _ = tracing::subscriber::set_global_default(subscriber);
}

pub(super) fn run(arguments: &ServeArguments) -> Result<(), CommandError> {
    start_logging();
    let folder = DataFolder::at(&arguments.data.data);
    let _lock = folder.lock()?;
    let listening = bind(&arguments.hosting)?;
    let public_url = arguments
        .public_url
        .clone()
        .unwrap_or_else(|| listening.url.clone());
    let https = public_url.starts_with("https://");
    let pin = match &arguments.tls_ca {
        Some(file) => Some(pin_of_file(file)?),
        None => listening.pin(),
    };
    if pin.is_some() && !https {
        return Err(CommandError::new(&messages::PUBLIC_URL_PLAIN, public_url));
    }
    let settings = Settings {
        https,
        pin,
        public_url: Some(public_url.clone()),
        photo_limit: PhotoLimit::at(arguments.hosting.refuse_photos_at),
    };
    let app = folder.open_to_serve(Arc::new(RealClock), Arc::new(SystemEntropy), settings)?;
    let token = setup::issue_token(&app).map_err(|error| ApiError::internal(&error))?;
    say(&format!("listening on {}", listening.url));
    if let Some(token) = token {
        say(&format!("set-up: {public_url}/setup?token={token}"));
        say(
            "首次使用：请打开上面的链接创建管理员（一次有效）。 Open the link above once to create the admin.",
        );
    }
    serve(app, notifiers(&folder)?, listening)
}
