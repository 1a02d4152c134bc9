//! `GET /api/live`: server-sent events for devices and browsers. One answer that stays open; it says which scopes
//! moved and nothing of what moved in them.

use std::convert::Infallible;
use std::pin::Pin;
use std::task::{Context, Poll};
use std::time::Duration;

use axum::extract::State;
use axum::http::{HeaderMap, StatusCode};
use axum::response::sse::{Event, Sse};
use axum::response::{IntoResponse, Response};
use futures_core::Stream;
use serde_json::json;
use tokio::sync::mpsc;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;
use xunge_domain::scope::Scope;
use xunge_sync::wire::SESSION_HEADER;

use crate::app::{App, AppState};
use crate::error::{ApiError, ApiResult, ErrorEnvelope};
use crate::http::cookie;
use crate::messages;
use crate::routes::sync::presented;
use crate::services::cases::scopes_of_reader;
use crate::services::device_session::{Presented, Recognised, device_unknown, recognise};
use crate::services::live::{Heard, Interest, Listening};
use crate::services::sessions::{self, SessionSecret};

/// How often a silent connection is kept from being taken for dead, and rights are looked at again.
const KEPT_ALIVE_EVERY: Duration = Duration::from_secs(25);
/// A connection that takes nothing for so long is let go.
const STUCK: Duration = Duration::from_secs(60);
/// When a browser comes back after a cut.
const COME_BACK: Duration = Duration::from_secs(5);
/// Events between the hub and a socket; more wait with the listener, a bounded number.
const ON_THE_WAY: usize = 8;
const LAST_EVENT_ID: &str = "last-event-id";

pub(crate) fn routes() -> OpenApiRouter<AppState> {
    OpenApiRouter::new().routes(routes!(live))
}

/// Says which scopes moved. Devices show their session, whose token this does not use up; browsers their cookie.
/// Nothing depends on it: whoever hears nothing asks as before.
#[utoipa::path(get, path = "/api/live", tag = "live", params(
    ("last-event-id" = Option<String>, Header, description = "Id of the last event heard: what moved since is told first"),
    ("xunge-session" = Option<String>, Header, description = "A device's session; a browser has its cookie"),
), responses(
    (status = OK, body = String, content_type = "text/event-stream",
        description = "Events, each with an id: ready; moved with {\"scopes\": […]}; resync: something may have been missed"),
    (status = 401, body = ErrorEnvelope, description = "Neither a device of this hub nor logged in"),
    (status = 403, body = ErrorEnvelope, description = "A revoked device"),
    (status = 503, body = ErrorEnvelope, description = "Too many listen already"),
))]
async fn live(State(state): State<AppState>, headers: HeaderMap) -> ApiResult<Response> {
    let caller = Caller::of(&state, &headers)?;
    let (who, interest) = caller.clone().look_up(&state).await?;
    let after = headers
        .get(LAST_EVENT_ID)
        .map(|value| value.to_str().unwrap_or_default());
    let listening = state.live().listen(&who, interest, after);
    let listening = listening.ok_or_else(|| {
        ApiError::new(StatusCode::SERVICE_UNAVAILABLE, &messages::BUSY).retry_after(30)
    })?;
    let (sender, receiver) = mpsc::channel(ON_THE_WAY);
    tokio::spawn(tell(state, caller, listening, sender));
    Ok(Sse::new(Events(receiver)).into_response())
}

#[derive(Clone)]
enum Caller {
    Device(Presented),
    Browser(SessionSecret),
}

impl Caller {
    fn of(state: &AppState, headers: &HeaderMap) -> ApiResult<Self> {
        if headers.contains_key(SESSION_HEADER) {
            return presented(headers).map(Self::Device);
        }
        cookie::read(&state.settings, headers)
            .map(Self::Browser)
            .ok_or_else(ApiError::not_logged_in)
    }

    /// Who that is now, and what he may hear.
    async fn look_up(self, state: &AppState) -> ApiResult<(String, Interest)> {
        state.blocking(move |app| self.known(app)).await
    }

    fn known(&self, app: &App) -> ApiResult<(String, Interest)> {
        match self {
            Self::Device(presented) => {
                let known = app.store.reading(|read| recognise(read, presented))?;
                match known {
                    Recognised::Device(person) => {
                        let scopes = Scope::of(&person).into_iter().collect();
                        let who = format!("device {}", presented.installation);
                        Ok((who, Interest::Scopes(scopes)))
                    }
                    Recognised::Revoked(_) => Err(ApiError::new(
                        StatusCode::FORBIDDEN,
                        &messages::DEVICE_REVOKED,
                    )),
                    Recognised::Unknown => Err(device_unknown()),
                }
            }
            Self::Browser(secret) => {
                let found = sessions::find(app, secret)?;
                let (session, person) = found.ok_or_else(ApiError::not_logged_in)?;
                let scopes = scopes_of_reader(&person);
                let interest = if scopes.is_empty() {
                    Interest::Everything
                } else {
                    Interest::Scopes(scopes.into_iter().collect())
                };
                Ok((format!("session {}", session.id), interest))
            }
        }
    }
}

/// Tells until the listener goes, loses the right, takes nothing any more, or the hub stops.
async fn tell(
    state: AppState,
    caller: Caller,
    mut listening: Listening,
    sender: mpsc::Sender<Event>,
) {
    let mut alive = tokio::time::interval(KEPT_ALIVE_EVERY);
    // The first tick is at once.
    alive.tick().await;
    loop {
        let event = tokio::select! {
            () = sender.closed() => return,
            heard = listening.next() => match event(heard) {
                Some(event) => event,
                None => return,
            },
            _ = alive.tick() => match caller.clone().look_up(&state).await {
                Ok((_, interest)) => {
                    listening.interest = interest;
                    Event::default().comment("")
                }
                Err(_) => return,
            },
        };
        if sender.send_timeout(event, STUCK).await.is_err() {
            return;
        }
    }
}

fn event(heard: Heard) -> Option<Event> {
    let (name, id, scopes) = match heard {
        Heard::Ready(id) => ("ready", id, Vec::new()),
        Heard::Moved(id, scopes) => ("moved", id, scopes),
        Heard::Resync(id) => ("resync", id, Vec::new()),
        Heard::Closed => return None,
    };
    let scopes: Vec<String> = scopes.iter().map(Scope::to_string).collect();
    let event = Event::default()
        .event(name)
        .id(id.to_string())
        .data(json!({ "scopes": scopes }).to_string());
    Some(if name == "ready" {
        event.retry(COME_BACK)
    } else {
        event
    })
}

/// The events on their way to a socket.
struct Events(mpsc::Receiver<Event>);

impl Stream for Events {
    type Item = Result<Event, Infallible>;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        self.0.poll_recv(context).map(|event| event.map(Ok))
    }
}
