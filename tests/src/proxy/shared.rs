//! What all threads of one proxy share.

use std::collections::HashMap;
use std::io;
use std::net::{SocketAddr, TcpStream};
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::thread::JoinHandle;
use std::time::Duration;

use super::counters::Counters;
use super::flow::Way;
use super::lane::Lane;
use super::line::Line;
use super::weather::Weather;

/// The server is on this machine: if it does not answer by then, it is gone.
const CONNECT_LIMIT: Duration = Duration::from_secs(2);

pub(super) struct Shared {
    pub(super) counters: Counters,
    pub(super) stopped: AtomicBool,
    weather: Mutex<Weather>,
    upstream: Mutex<SocketAddr>,
    up: Lane,
    down: Lane,
    next_line: AtomicU64,
    lines: Mutex<HashMap<u64, Arc<Line>>>,
    threads: Mutex<Vec<JoinHandle<()>>>,
}

impl Shared {
    pub(super) fn new(upstream: SocketAddr, weather: Weather) -> Self {
        Self {
            counters: Counters::default(),
            stopped: AtomicBool::new(false),
            weather: Mutex::new(weather),
            upstream: Mutex::new(upstream),
            up: Lane::default(),
            down: Lane::default(),
            next_line: AtomicU64::new(0),
            lines: Mutex::default(),
            threads: Mutex::default(),
        }
    }

    pub(super) fn weather(&self) -> Weather {
        lock(&self.weather).clone()
    }

    /// The new weather holds for every byte from now on. Connections are
    /// registered before they look at the weather, so none slips through.
    pub(super) fn set_weather(&self, weather: Weather) {
        let breaks_connections = weather.breaks_connections();
        *lock(&self.weather) = weather;
        if breaks_connections {
            self.close_all();
        }
    }

    pub(super) fn set_upstream(&self, upstream: SocketAddr) {
        *lock(&self.upstream) = upstream;
    }

    pub(super) fn connect_upstream(&self) -> io::Result<TcpStream> {
        let address = *lock(&self.upstream);
        let server = TcpStream::connect_timeout(&address, CONNECT_LIMIT)?;
        server.set_nodelay(true)?;
        Ok(server)
    }

    pub(super) fn lane(&self, way: Way) -> &Lane {
        match way {
            Way::Up => &self.up,
            Way::Down => &self.down,
        }
    }

    /// Runs `work` with a registered line, which is closed and forgotten
    /// afterwards. A line born while the proxy goes is born closed.
    pub(super) fn with_line<T>(&self, work: impl FnOnce(&Line) -> T) -> T {
        let key = self.next_line.fetch_add(1, Ordering::SeqCst);
        let line = Arc::new(Line::default());
        lock(&self.lines).insert(key, Arc::clone(&line));
        if self.stopped.load(Ordering::SeqCst) {
            line.close();
        }
        let result = work(&line);
        line.close();
        lock(&self.lines).remove(&key);
        result
    }

    pub(super) fn close_all(&self) {
        let lines: Vec<Arc<Line>> = lock(&self.lines).values().cloned().collect();
        for line in lines {
            line.close();
        }
    }

    /// Starts a thread that is joined when the proxy goes. Where the machine has
    /// no thread left, the work is dropped as a bad link would drop it.
    pub(super) fn spawn(&self, name: &str, work: impl FnOnce() + Send + 'static) {
        let Ok(thread) = std::thread::Builder::new().name(name.into()).spawn(work) else {
            return;
        };
        let mut threads = lock(&self.threads);
        threads.retain(|thread| !thread.is_finished());
        threads.push(thread);
    }

    /// Closes every line and waits for every thread. Threads may start others
    /// while they end, hence the loop.
    pub(super) fn tear_down(&self) {
        loop {
            self.close_all();
            let Some(thread) = lock(&self.threads).pop() else {
                return;
            };
            // A thread that panicked has told so on stderr.
            let _ = thread.join();
        }
    }
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
