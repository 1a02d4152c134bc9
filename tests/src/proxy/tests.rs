//! The proxy before tiny servers of the standard library.

#![expect(clippy::unwrap_used, reason = "a failing test should stop")]

use std::io::{Read, Write};
use std::net::{Ipv4Addr, Shutdown, SocketAddr, TcpListener, TcpStream};
use std::sync::{Arc, Mutex};
use std::thread::JoinHandle;
use std::time::{Duration, Instant};

use super::{ChaosProxy, Weather};

/// Far beyond what any of these tests needs; only a hang reaches it.
const PATIENCE: Duration = Duration::from_secs(30);

/// A server that runs `serve` for each connection, until it is dropped.
struct TinyServer {
    address: SocketAddr,
    stopped: Arc<Mutex<bool>>,
    acceptor: Option<JoinHandle<()>>,
}

impl TinyServer {
    fn start(serve: impl Fn(TcpStream) + Send + Sync + Clone + 'static) -> Self {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).unwrap();
        let address = listener.local_addr().unwrap();
        let stopped = Arc::new(Mutex::new(false));
        let flag = Arc::clone(&stopped);
        let acceptor = std::thread::spawn(move || {
            for stream in listener.incoming() {
                if *flag.lock().unwrap() {
                    return;
                }
                let serve = serve.clone();
                let stream = stream.unwrap();
                std::thread::spawn(move || serve(stream));
            }
        });
        Self {
            address,
            stopped,
            acceptor: Some(acceptor),
        }
    }

    /// Sends back what it gets, as it gets it.
    fn echo() -> Self {
        Self::start(|stream| {
            // The cut tests break the stream: that ends the echo, no more.
            let _ = std::io::copy(&mut &stream, &mut &stream);
            let _ = stream.shutdown(Shutdown::Write);
        })
    }

    /// Swallows everything up to the end, then answers with one byte.
    fn sink() -> Self {
        Self::start(|stream| {
            if std::io::copy(&mut &stream, &mut std::io::sink()).is_ok() {
                let _ = (&stream).write_all(b".");
            }
        })
    }

    /// Answers each request for `/NUMBER` with so many bytes, and remembers the
    /// bodies it was sent.
    fn http(bodies: &Arc<Mutex<Vec<String>>>) -> Self {
        let bodies = Arc::clone(bodies);
        Self::start(move |mut stream| {
            let mut bytes = Vec::new();
            let mut buffer = [0; 1_024];
            while let Ok(length @ 1..) = stream.read(&mut buffer) {
                bytes.extend_from_slice(&buffer[..length]);
                let text = String::from_utf8_lossy(&bytes).into_owned();
                let Some((head, body)) = text.split_once("\r\n\r\n") else {
                    continue;
                };
                let length = head.split("content-length: ").nth(1).map_or(0, |rest| {
                    rest.split("\r\n").next().unwrap().parse().unwrap()
                });
                if body.len() < length {
                    continue;
                }
                bodies.lock().unwrap().push(body.to_owned());
                bytes.clear();
                let answer = "HTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\nok";
                if stream.write_all(answer.as_bytes()).is_err()
                    || head.contains("connection: close")
                {
                    return;
                }
            }
        })
    }
}

impl Drop for TinyServer {
    fn drop(&mut self) {
        *self.stopped.lock().unwrap() = true;
        let _ = TcpStream::connect(self.address);
        if let Some(acceptor) = self.acceptor.take() {
            let _ = acceptor.join();
        }
    }
}

fn connect(proxy: &ChaosProxy) -> TcpStream {
    let stream = TcpStream::connect(proxy.address()).unwrap();
    stream.set_read_timeout(Some(PATIENCE)).unwrap();
    stream
}

/// Sends `bytes`, closes its half, and returns all that came back.
fn exchange(proxy: &ChaosProxy, bytes: &[u8]) -> Vec<u8> {
    let stream = connect(proxy);
    let mut answer = Vec::new();
    std::thread::scope(|scope| {
        scope.spawn(|| {
            let _ = (&stream).write_all(bytes);
            let _ = stream.shutdown(Shutdown::Write);
        });
        // A cut may show as an end or as an error; what came before it counts.
        let _ = (&stream).read_to_end(&mut answer);
    });
    answer
}

fn pattern(length: usize) -> Vec<u8> {
    (0..length).map(|index| (index % 251) as u8).collect()
}

#[test]
fn fair_weather_changes_nothing_and_counts_everything() {
    let server = TinyServer::echo();
    let proxy = ChaosProxy::start(server.address, Weather::fair()).unwrap();
    let sent = pattern(300_000);
    assert!(exchange(&proxy, &sent) == sent, "the echo differs");
    let counters = proxy.counters();
    assert_eq!(counters.bytes_up(), 300_000);
    assert_eq!(counters.bytes_down(), 300_000);
    assert_eq!(counters.connections(), 1);
    assert_eq!(counters.cuts() + counters.dropped(), 0);
}

#[test]
fn delay_is_felt_once_and_does_not_throttle() {
    let server = TinyServer::echo();
    let delay = Duration::from_millis(100);
    let weather = Weather {
        delay,
        ..Weather::fair()
    };
    let proxy = ChaosProxy::start(server.address, weather).unwrap();
    let sent = pattern(8 * 1_024 * 1_024);
    let start = Instant::now();
    assert!(exchange(&proxy, &sent) == sent, "the echo differs");
    let taken = start.elapsed();
    // Handshake, way there, way back. A proxy that slept for each of the 512
    // pieces would need 100 s.
    assert!(taken >= 4 * delay, "faster than the delay: {taken:?}");
    assert!(taken < Duration::from_secs(4), "throttled: {taken:?}");
}

#[test]
fn the_rate_is_kept_in_both_directions() {
    let server = TinyServer::echo();
    let weather = Weather {
        rate_bytes_per_second: Some(50_000),
        ..Weather::fair()
    };
    let proxy = ChaosProxy::start(server.address, weather).unwrap();
    let sent = pattern(25_000);
    let start = Instant::now();
    assert_eq!(exchange(&proxy, &sent).len(), sent.len());
    let taken = start.elapsed();
    // 500 ms each way, at the same time, less one burst of 20 ms.
    assert!(taken >= Duration::from_millis(470), "too fast: {taken:?}");
    assert!(taken < Duration::from_secs(2), "too slow: {taken:?}");
}

#[test]
fn two_connections_share_the_link() {
    let server = TinyServer::sink();
    let weather = Weather {
        rate_bytes_per_second: Some(50_000),
        ..Weather::fair()
    };
    let proxy = ChaosProxy::start(server.address, weather).unwrap();
    let start = Instant::now();
    std::thread::scope(|scope| {
        for _ in 0..2 {
            scope.spawn(|| assert_eq!(exchange(&proxy, &pattern(15_000)), b"."));
        }
    });
    let taken = start.elapsed();
    assert!(taken >= Duration::from_millis(570), "not shared: {taken:?}");
}

#[test]
fn every_connection_is_cut_and_one_seed_cuts_alike() {
    let cut = |seed| {
        let (sender, sizes) = std::sync::mpsc::channel();
        let server = TinyServer::start(move |stream| {
            let mut bytes = Vec::new();
            let _ = (&stream).read_to_end(&mut bytes);
            sender.send(bytes.len()).unwrap();
        });
        let weather = Weather {
            cut_after_bytes: Some(40_000),
            seed,
            ..Weather::fair()
        };
        let proxy = ChaosProxy::start(server.address, weather).unwrap();
        [1, 2, 3].map(|round| {
            assert_eq!(exchange(&proxy, &pattern(1_000_000)), b"");
            assert!(proxy.counters().wait_until(PATIENCE, |c| c.cuts() == round));
            sizes.recv_timeout(PATIENCE).unwrap()
        })
    };
    let sizes = cut(1);
    assert_eq!(sizes, cut(1));
    assert_ne!(sizes, cut(2));
    assert!(
        sizes.iter().all(|size| (20_000..=60_000).contains(size)),
        "{sizes:?}"
    );
}

#[test]
fn a_request_arrives_twice_and_is_answered_once() {
    let bodies = Arc::default();
    let server = TinyServer::http(&bodies);
    let weather = Weather {
        duplicate_requests: 1.0,
        ..Weather::fair()
    };
    let proxy = ChaosProxy::start(server.address, weather).unwrap();
    let mut stream = connect(&proxy);
    for (round, body) in ["hello", "again"].iter().enumerate() {
        let request = format!("POST / HTTP/1.1\r\ncontent-length: 5\r\n\r\n{body}");
        stream.write_all(request.as_bytes()).unwrap();
        let mut answer = [0; 40];
        stream.read_exact(&mut answer).unwrap();
        assert!(answer.ends_with(b"\r\n\r\nok"), "{answer:?}");
        let wanted = round as u64 + 1;
        assert!(
            proxy
                .counters()
                .wait_until(PATIENCE, |c| c.duplicates() == wanted)
        );
    }
    stream.shutdown(Shutdown::Write).unwrap();
    let mut rest = Vec::new();
    stream.read_to_end(&mut rest).unwrap();
    assert_eq!(rest, b"", "a second answer reached the client");
    assert_eq!(
        *bodies.lock().unwrap(),
        ["hello", "hello", "again", "again"]
    );
}

#[test]
fn a_request_that_was_cut_is_not_repeated() {
    let bodies = Arc::default();
    let server = TinyServer::http(&bodies);
    let weather = Weather {
        duplicate_requests: 1.0,
        cut_after_bytes: Some(100),
        ..Weather::fair()
    };
    let proxy = ChaosProxy::start(server.address, weather).unwrap();
    let body = "x".repeat(1_000);
    let request = format!("POST / HTTP/1.1\r\ncontent-length: 1000\r\n\r\n{body}");
    assert_eq!(exchange(&proxy, request.as_bytes()), b"");
    assert!(proxy.counters().wait_until(PATIENCE, |c| c.cuts() == 1));
    assert_eq!(proxy.counters().duplicates(), 0);
    assert_eq!(bodies.lock().unwrap().len(), 0);
}

#[test]
fn the_captive_portal_answers_html_and_the_server_hears_nothing() {
    let bodies = Arc::default();
    let server = TinyServer::http(&bodies);
    let proxy = ChaosProxy::start(server.address, Weather::captive_portal()).unwrap();
    let request = b"POST /sync HTTP/1.1\r\ncontent-length: 5\r\n\r\nhello";
    let answer = String::from_utf8(exchange(&proxy, request)).unwrap();
    assert!(answer.starts_with("HTTP/1.1 200 OK\r\n"), "{answer}");
    assert!(answer.ends_with("</html>"), "{answer}");
    assert_eq!(proxy.counters().portal_answers(), 1);
    assert_eq!(bodies.lock().unwrap().len(), 0);

    proxy.set_weather(Weather::fair());
    let answer = String::from_utf8(exchange(&proxy, request)).unwrap();
    assert!(answer.ends_with("\r\n\r\nok"), "{answer}");
    assert_eq!(*bodies.lock().unwrap(), ["hello"]);
}

#[test]
fn offline_breaks_live_connections_and_drops_new_ones() {
    let server = TinyServer::echo();
    let proxy = ChaosProxy::start(server.address, Weather::fair()).unwrap();
    let mut live = connect(&proxy);
    live.write_all(b"ping").unwrap();
    let mut pong = [0; 4];
    live.read_exact(&mut pong).unwrap();

    proxy.set_weather(Weather::offline());
    let mut rest = Vec::new();
    // Broken, whether it shows as an end or as a reset.
    let _ = live.read_to_end(&mut rest);
    assert_eq!(rest, b"");
    assert_eq!(exchange(&proxy, b"ping"), b"");
    assert!(proxy.counters().wait_until(PATIENCE, |c| c.dropped() == 1));

    proxy.set_weather(Weather::fair());
    assert_eq!(exchange(&proxy, b"ping"), b"ping");
}

#[test]
fn a_dead_server_drops_the_client_and_may_come_back_elsewhere() {
    let nobody = {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).unwrap();
        listener.local_addr().unwrap()
    };
    let proxy = ChaosProxy::start(nobody, Weather::fair()).unwrap();
    assert_eq!(exchange(&proxy, b"ping"), b"");
    assert!(proxy.counters().wait_until(PATIENCE, |c| c.dropped() == 1));
    let server = TinyServer::echo();
    proxy.set_upstream(server.address).unwrap();
    assert_eq!(exchange(&proxy, b"ping"), b"ping");
}

#[test]
fn only_loopback_is_ever_reached() {
    let elsewhere = SocketAddr::from(([192, 0, 2, 1], 80));
    let error = ChaosProxy::start(elsewhere, Weather::fair()).err().unwrap();
    assert_eq!(error.kind(), std::io::ErrorKind::InvalidInput);
    let server = TinyServer::echo();
    let proxy = ChaosProxy::start(server.address, Weather::fair()).unwrap();
    assert!(proxy.set_upstream(elsewhere).is_err());
    assert_eq!(exchange(&proxy, b"ping"), b"ping");
}

#[test]
fn dropping_the_proxy_ends_what_is_under_way() {
    let server = TinyServer::echo();
    let weather = Weather {
        // Nothing would ever arrive: only the tear-down can end this.
        delay: Duration::from_secs(3_600),
        ..Weather::fair()
    };
    let proxy = ChaosProxy::start(server.address, weather).unwrap();
    let address = proxy.address();
    let mut waiting = connect(&proxy);
    waiting.write_all(b"ping").unwrap();
    assert!(
        proxy
            .counters()
            .wait_until(PATIENCE, |c| c.connections() == 1)
    );
    let start = Instant::now();
    drop(proxy);
    assert!(start.elapsed() < Duration::from_secs(5), "slow tear-down");
    let mut rest = Vec::new();
    let _ = waiting.read_to_end(&mut rest);
    assert_eq!(rest, b"");
    assert!(
        TcpStream::connect(address).is_err(),
        "the port is still open"
    );
}
