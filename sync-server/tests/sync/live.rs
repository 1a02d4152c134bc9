//! Who listens hears which scopes moved, comes back where he was, and loses nothing by not listening.

use std::io::{BufRead, BufReader, Write};
use std::net::TcpStream;
use std::time::Duration;

use serde_json::{Value, json};
use xunge_domain::ids::InstallationId;
use xunge_server::services::live::CONNECTIONS_OF_ONE_MAX;
use xunge_server::store::StoreError;

use crate::device::Device;
use crate::hub::monday;
use crate::town::Town;

/// Only ever waited for by a test that fails.
const PATIENCE: Duration = Duration::from_secs(30);

/// An open answer.
struct Listener {
    lines: BufReader<TcpStream>,
    status: u16,
}

/// One event.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Event {
    name: String,
    id: String,
    scopes: Vec<String>,
}

impl Listener {
    fn open(town: &Town, headers: &[(&str, &str)]) -> Self {
        let address = town.hub.url.strip_prefix("http://").unwrap();
        let mut stream = TcpStream::connect(address).unwrap();
        stream.set_read_timeout(Some(PATIENCE)).unwrap();
        let mut request =
            format!("GET /api/live HTTP/1.1\r\nhost: {address}\r\nconnection: close\r\n");
        for (name, value) in headers {
            request.push_str(&format!("{name}: {value}\r\n"));
        }
        request.push_str("\r\n");
        stream.write_all(request.as_bytes()).unwrap();
        let mut lines = BufReader::new(stream);
        let mut line = String::new();
        lines.read_line(&mut line).unwrap();
        let status = line.split(' ').nth(1).unwrap().parse().unwrap();
        let mut listener = Self { lines, status };
        while listener.line().is_some_and(|line| !line.is_empty()) {}
        listener
    }

    fn line(&mut self) -> Option<String> {
        let mut line = String::new();
        let bytes = self.lines.read_line(&mut line).unwrap();
        (bytes > 0).then(|| line.trim_end().to_owned())
    }

    /// The next event; `None` when the hub lets go.
    fn event(&mut self) -> Option<Event> {
        let (mut name, mut id) = (String::new(), String::new());
        loop {
            let line = self.line()?;
            if let Some(text) = line.strip_prefix("event: ") {
                name = text.into();
            } else if let Some(text) = line.strip_prefix("id: ") {
                id = text.into();
            } else if let Some(text) = line.strip_prefix("data: ") {
                let data: Value = serde_json::from_str(text).unwrap();
                let scopes = serde_json::from_value(data["scopes"].clone()).unwrap();
                // What is still to come of this event is its id at most.
                while id.is_empty() || name.is_empty() {
                    let line = self.line()?;
                    if let Some(text) = line.strip_prefix("id: ") {
                        id = text.into();
                    } else if let Some(text) = line.strip_prefix("event: ") {
                        name = text.into();
                    }
                }
                return Some(Event { name, id, scopes });
            }
        }
    }
}

fn session(device: &Device) -> String {
    let token = data_encoding::HEXLOWER.encode(&device.session.token);
    format!("{}.{token}", device.session.installation)
}

fn listen(town: &Town, device: &Device, after: Option<&str>) -> Listener {
    let session = session(device);
    let mut headers = vec![("xunge-session", session.as_str())];
    headers.extend(after.map(|id| ("last-event-id", id)));
    Listener::open(town, &headers)
}

#[test]
fn a_device_hears_its_scopes_and_its_token_is_not_used_up() {
    let town = Town::new();
    let mut worker = town.device("worker-putian", 1);
    let mut listener = listen(&town, &worker, None);
    assert_eq!(listener.status, 200);
    let ready = listener.event().unwrap();
    assert_eq!((ready.name.as_str(), ready.scopes.len()), ("ready", 0));
    worker.report();
    worker.sync();
    let moved = listener.event().unwrap();
    assert_eq!(moved.name, "moved");
    assert!(moved.scopes.contains(&"person:worker-putian".to_owned()));
    assert!(moved.scopes.iter().any(|scope| scope.starts_with("grid:")));
    assert!(ready.id.starts_with("1.") && moved.id > ready.id);
    // The session went on meanwhile: the last two tokens are good, an older one is not.
    assert_eq!(worker.superseded, 0);
    assert_eq!(listen(&town, &worker, None).status, 200);
    let before = worker.clone();
    worker.sync();
    assert_eq!(listen(&town, &before, None).status, 200);
    worker.sync();
    assert_eq!(listen(&town, &before, None).status, 401);
    assert_eq!(worker.superseded, 0);
}

#[test]
fn nobody_hears_of_what_is_not_his() {
    let town = Town::new();
    let mut worker = town.device("worker-putian", 1);
    let mut other = town.device("worker-putian-2", 2);
    let mut listener = listen(&town, &other, None);
    assert_eq!(listener.event().unwrap().name, "ready");
    worker.report();
    worker.sync();
    other.report();
    other.sync();
    // The first thing the other hears is his own.
    let moved = listener.event().unwrap();
    assert!(!moved.scopes.contains(&"person:worker-putian".to_owned()));
    if !moved.scopes.contains(&"person:worker-putian-2".to_owned()) {
        let next = listener.event().unwrap();
        assert!(next.scopes.contains(&"person:worker-putian-2".to_owned()));
    }
}

#[test]
fn who_comes_back_hears_what_moved_meanwhile() {
    let town = Town::new();
    let mut worker = town.device("worker-putian", 1);
    let mut listener = listen(&town, &worker, None);
    let ready = listener.event().unwrap();
    drop(listener);
    worker.report();
    worker.sync();
    let missed = listen(&town, &worker, Some(&ready.id)).event().unwrap();
    assert_eq!(missed.name, "moved");
    assert!(missed.scopes.contains(&"person:worker-putian".to_owned()));
    let nothing = listen(&town, &worker, Some(&missed.id)).event().unwrap();
    assert_eq!((nothing.name, nothing.id), ("ready".into(), missed.id));
    for foreign in ["1.1", "2.1", "nonsense"] {
        let told = listen(&town, &worker, Some(foreign)).event().unwrap();
        assert_eq!(told.name, "resync", "{foreign}");
    }
}

#[test]
fn staff_listen_with_their_cookie_and_strangers_do_not() {
    let town = Town::new();
    let mut worker = town.device("worker-putian", 1);
    let clerk = town.browser("clerk");
    let cookie = clerk.cookie.clone().unwrap();
    let mut listener = Listener::open(&town, &[("cookie", &cookie)]);
    assert_eq!(listener.event().unwrap().name, "ready");
    worker.report();
    worker.sync();
    let moved = listener.event().unwrap();
    assert!(moved.scopes.contains(&"person:worker-putian".to_owned()));
    let status = |headers: &[(&str, &str)]| Listener::open(&town, headers).status;
    assert_eq!(status(&[]), 401);
    assert_eq!(status(&[("cookie", "xunge_session=nonsense")]), 401);
    assert_eq!(status(&[("xunge-session", "nonsense")]), 401);
    let mut stranger = worker.clone();
    stranger.session.installation = InstallationId::from_bytes([0; 16]);
    assert_eq!(listen(&town, &stranger, None).status, 401);
    let revoke = |write: &mut dyn xunge_server::store::HubTransaction| {
        write.revoke_installation(&worker.session.installation, monday())
    };
    town.hub
        .state
        .store
        .writing::<_, StoreError>(revoke)
        .unwrap();
    assert_eq!(listen(&town, &worker, None).status, 403);
}

#[test]
fn one_device_has_so_many_connections_and_a_hub_that_stops_ends_them() {
    let town = Town::new();
    let worker = town.device("worker-putian", 1);
    let mut open: Vec<Listener> = (0..CONNECTIONS_OF_ONE_MAX)
        .map(|_| listen(&town, &worker, None))
        .collect();
    assert!(open.iter().all(|listener| listener.status == 200));
    assert_eq!(listen(&town, &worker, None).status, 503);
    town.hub.state.live().close();
    for listener in &mut open {
        while listener.event().is_some() {}
    }
}

#[test]
fn the_queue_brings_its_script_along() {
    let town = Town::new();
    let clerk = town.browser("clerk");
    let page = clerk.get("/cases").text;
    assert!(page.contains("<script src=\"/assets/live.js\" defer></script>"));
    let script = clerk.get("/assets/live.js");
    assert_eq!(script.status, 200);
    assert!(script.text.contains("EventSource(\"/api/live\")"));
    let parts = json!([
        "nav.views",
        ".list-head h1",
        ".queue .card",
        ".queue .pager"
    ]);
    assert!(script.text.contains(&parts.to_string().replace(',', ", ")));
    for class in [
        "class=\"views\"",
        "class=\"list-head\"",
        "class=\"card",
        "class=\"pager\"",
    ] {
        assert!(page.contains(class), "the script looks for {class}");
    }
}
