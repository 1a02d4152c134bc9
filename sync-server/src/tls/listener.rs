//! Accepts connections and shakes hands with many at once: one that is slow keeps nobody waiting.

use std::future::pending;
use std::io;
use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

use axum::serve::Listener;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};
use tokio::task::JoinSet;
use tokio::time::timeout;
use tokio_rustls::TlsAcceptor;
use tokio_rustls::server::TlsStream;

use super::Tls;
use crate::error::{ErrorBody, ErrorEnvelope};
use crate::messages;

/// A handshake takes two round trips; so long on a link that loses every third packet.
const HANDSHAKE_MAX: Duration = Duration::from_secs(30);
/// Handshakes under way at once; more wait in the socket.
const HANDSHAKES_MAX: usize = 1024;
/// How a TLS record of a handshake begins (RFC 8446 §5.1).
const HANDSHAKE_RECORD: u8 = 22;
/// Of a plain request that is read before the socket closes, so that the answer is not lost with it.
const PLAIN_BYTES_MAX: u64 = 64 * 1024;
/// How long that is waited for.
const PLAIN_TIME_MAX: Duration = Duration::from_secs(5);

/// A socket that speaks TLS.
pub struct TlsListener {
    socket: TcpListener,
    tls: Arc<Tls>,
    handshakes: JoinSet<Option<(TlsStream<TcpStream>, SocketAddr)>>,
}

impl TlsListener {
    /// Over a bound socket.
    pub fn new(socket: TcpListener, tls: Arc<Tls>) -> Self {
        Self {
            socket,
            tls,
            handshakes: JoinSet::new(),
        }
    }
}

impl Listener for TlsListener {
    type Io = TlsStream<TcpStream>;
    type Addr = SocketAddr;

    async fn accept(&mut self) -> (Self::Io, Self::Addr) {
        loop {
            let may_accept = self.handshakes.len() < HANDSHAKES_MAX;
            let done = async {
                match self.handshakes.join_next().await {
                    Some(done) => done,
                    None => pending().await,
                }
            };
            tokio::select! {
                done = done => {
                    // A handshake that failed, or panicked, is nobody's connection.
                    if let Ok(Some(connection)) = done {
                        return connection;
                    }
                }
                (stream, from) = Listener::accept(&mut self.socket), if may_accept => {
                    let tls = Arc::clone(&self.tls);
                    self.handshakes.spawn(async move {
                        let stream = timeout(HANDSHAKE_MAX, shake_hands(&tls, stream)).await.ok()??;
                        Some((stream, from))
                    });
                }
            }
        }
    }

    fn local_addr(&self) -> io::Result<SocketAddr> {
        self.socket.local_addr()
    }
}

async fn shake_hands(tls: &Tls, stream: TcpStream) -> Option<TlsStream<TcpStream>> {
    let mut first = [0];
    if stream.peek(&mut first).await.ok()? == 0 {
        return None;
    }
    if first[0] != HANDSHAKE_RECORD {
        refuse_plain(stream).await;
        return None;
    }
    let acceptor = TlsAcceptor::from(tls.config());
    match acceptor.accept(stream).await {
        Ok(stream) => Some(stream),
        Err(cause) => {
            tracing::debug!(error.reason = %cause, "a TLS handshake failed");
            None
        }
    }
}

/// Somebody speaks HTTP: tells them what to speak.
async fn refuse_plain(mut stream: TcpStream) {
    let answer = plain_answer();
    if stream.write_all(answer.as_bytes()).await.is_err() || stream.shutdown().await.is_err() {
        return;
    }
    // Closing with bytes unread would reset the connection, and the answer with it.
    let mut rest = stream.take(PLAIN_BYTES_MAX);
    let mut sink = tokio::io::sink();
    let _ = timeout(PLAIN_TIME_MAX, tokio::io::copy(&mut rest, &mut sink)).await;
}

fn plain_answer() -> String {
    let envelope = ErrorEnvelope {
        error: ErrorBody::of(&messages::TLS_REQUIRED),
    };
    let body = serde_json::to_string(&envelope).unwrap_or_default();
    format!(
        "HTTP/1.1 400 Bad Request\r\ncontent-type: application/json\r\ncontent-length: {}\r\nconnection: close\r\n\r\n{body}",
        body.len()
    )
}
