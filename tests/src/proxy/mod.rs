//! A bad network between a device and the server, on loopback, in one process.
//!
//! A test starts the server, puts a [`ChaosProxy`] in front of it and gives the
//! devices the proxy's address. The [`Weather`] may change at any time. All that
//! is random follows from a seed and the number of the connection. Where time has
//! to pass, the proxy waits for it inside; tests wait on [`Counters`] or on the
//! end of their own requests, never on a clock.
//!
//! ```no_run
//! use xunge_tests::proxy::{ChaosProxy, Weather};
//!
//! # fn main() -> std::io::Result<()> {
//! let server = "127.0.0.1:8470".parse().expect("an address");
//! let proxy = ChaosProxy::start(server, Weather::bad(1, 20_000))?;
//! println!("enrol the device with {}", proxy.url());
//! proxy.set_weather(Weather::offline());
//! # Ok(())
//! # }
//! ```

mod counters;
mod flow;
mod lane;
mod line;
mod portal;
mod random;
mod replay;
mod request;
mod shared;
#[cfg(test)]
mod tests;
mod weather;

use std::io;
use std::net::{Ipv4Addr, SocketAddr, TcpListener, TcpStream};
use std::sync::Arc;
use std::sync::atomic::Ordering;
use std::thread::JoinHandle;
use std::time::Instant;

pub use counters::Counters;
pub use random::SplitMix;
pub use weather::Weather;

use counters::Count;
use flow::{Flow, Way};
use line::Line;
use shared::Shared;

/// The running proxy. Dropping it closes all connections and the port, and waits
/// for its threads.
pub struct ChaosProxy {
    address: SocketAddr,
    shared: Arc<Shared>,
    acceptor: Option<JoinHandle<()>>,
}

impl ChaosProxy {
    /// Listens on a free port of 127.0.0.1 and forwards to `upstream`.
    ///
    /// # Errors
    /// `InvalidInput` where `upstream` is not on loopback: this tool never sends
    /// anything to another machine. Otherwise what the sockets say.
    pub fn start(upstream: SocketAddr, weather: Weather) -> io::Result<Self> {
        check_loopback(upstream)?;
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0))?;
        let address = listener.local_addr()?;
        let shared = Arc::new(Shared::new(upstream, weather));
        let owner = Arc::clone(&shared);
        let acceptor = std::thread::Builder::new()
            .name("proxy-accept".into())
            .spawn(move || accept(&owner, &listener))?;
        Ok(Self {
            address,
            shared,
            acceptor: Some(acceptor),
        })
    }

    /// Where the proxy listens.
    #[must_use]
    pub fn address(&self) -> SocketAddr {
        self.address
    }

    /// The server's URL as a device behind this proxy sees it.
    #[must_use]
    pub fn url(&self) -> String {
        format!("http://{}", self.address)
    }

    /// The weather now.
    #[must_use]
    pub fn weather(&self) -> Weather {
        self.shared.weather()
    }

    /// Changes the weather, for live connections too: delay, rate, cuts and
    /// duplicates from the next byte on, while `offline` and `captive_portal`
    /// break what is under way.
    pub fn set_weather(&self, weather: Weather) {
        self.shared.set_weather(weather);
    }

    /// Sends new connections to another address, for a server that came back on
    /// another port.
    ///
    /// # Errors
    /// `InvalidInput` where `upstream` is not on loopback.
    pub fn set_upstream(&self, upstream: SocketAddr) -> io::Result<()> {
        check_loopback(upstream)?;
        self.shared.set_upstream(upstream);
        Ok(())
    }

    /// What passed and what broke so far.
    #[must_use]
    pub fn counters(&self) -> &Counters {
        &self.shared.counters
    }
}

impl Drop for ChaosProxy {
    fn drop(&mut self) {
        self.shared.stopped.store(true, Ordering::SeqCst);
        // The acceptor sits in `accept`; one connection wakes it. If even that
        // fails the acceptor has gone already.
        let _ = TcpStream::connect(self.address);
        if let Some(acceptor) = self.acceptor.take() {
            let _ = acceptor.join();
        }
        self.shared.tear_down();
    }
}

fn check_loopback(upstream: SocketAddr) -> io::Result<()> {
    if upstream.ip().is_loopback() {
        return Ok(());
    }
    Err(io::Error::new(
        io::ErrorKind::InvalidInput,
        format!("the chaos proxy forwards to loopback only, not to {upstream}"),
    ))
}

fn accept(shared: &Arc<Shared>, listener: &TcpListener) {
    for (number, client) in (0_u64..).zip(listener.incoming()) {
        if shared.stopped.load(Ordering::SeqCst) {
            return;
        }
        // A client that was gone before it was accepted needs nothing.
        let Ok(client) = client else { continue };
        let opened = Instant::now();
        shared.counters.add(Count::Connections, 1);
        let owner = Arc::clone(shared);
        shared.spawn("proxy-connection", move || {
            owner.with_line(|line| {
                if serve(&owner, line, number, &client, opened).is_err() {
                    owner.counters.add(Count::Dropped, 1);
                }
            });
        });
    }
}

/// Serves one connection to its end. An error means that the client was dropped
/// before the server heard of it.
fn serve(
    shared: &Arc<Shared>,
    line: &Line,
    number: u64,
    client: &TcpStream,
    opened: Instant,
) -> io::Result<()> {
    if !line.attach(client) {
        return Err(io::ErrorKind::ConnectionAborted.into());
    }
    let weather = shared.weather();
    if weather.offline {
        return Err(io::ErrorKind::NetworkUnreachable.into());
    }
    client.set_nodelay(true)?;
    if weather.captive_portal {
        return portal::answer(shared, line, client, opened);
    }
    let server = shared.connect_upstream()?;
    if !line.attach(&server) {
        return Err(io::ErrorKind::ConnectionAborted.into());
    }
    let flow = Flow {
        shared,
        line,
        number,
        opened,
    };
    std::thread::scope(|scope| {
        scope.spawn(|| flow.carry(Way::Up, client, &server));
        flow.carry(Way::Down, &server, client);
    });
    Ok(())
}
