//! Somebody else's log-in page.

use std::io::{Read, Write};
use std::net::{Shutdown, TcpStream};
use std::time::{Duration, Instant};

use super::counters::Count;
use super::line::Line;
use super::request::RequestTap;
use super::shared::Shared;

/// A client that does not finish its request within this is dropped.
const REQUEST_LIMIT: Duration = Duration::from_secs(10);
/// How long to wait for the client to close after the answer.
const CLOSE_LIMIT: Duration = Duration::from_secs(1);
const PAGE: &str = "<!DOCTYPE html><html lang=\"zh\"><head><meta charset=\"utf-8\">\
    <title>无线网络登录</title></head><body><h1>欢迎使用免费无线网络</h1>\
    <form method=\"post\" action=\"/login\"><input name=\"phone\">\
    <button>登录</button></form></body></html>";

/// Reads one request and answers it with `200` and HTML, without the server.
pub(super) fn answer(
    shared: &Shared,
    line: &Line,
    mut client: &TcpStream,
    opened: Instant,
) -> std::io::Result<()> {
    let delay = shared.weather().delay;
    if !line.pause_until(opened + 2 * delay) {
        return Ok(());
    }
    client.set_read_timeout(Some(REQUEST_LIMIT))?;
    if !read_request(shared, client)? || !line.pause_until(Instant::now() + 2 * delay) {
        return Ok(());
    }
    let answer = format!(
        "HTTP/1.1 200 OK\r\ncontent-type: text/html; charset=utf-8\r\n\
         content-length: {}\r\nconnection: close\r\n\r\n{PAGE}",
        PAGE.len()
    );
    client.write_all(answer.as_bytes())?;
    shared.counters.add(Count::Down, answer.len() as u64);
    shared.counters.add(Count::PortalAnswers, 1);
    client.shutdown(Shutdown::Write)?;
    // To close with bytes unread would reset the connection, and the client
    // might lose the page.
    client.set_read_timeout(Some(CLOSE_LIMIT))?;
    let _ = std::io::copy(&mut client, &mut std::io::sink());
    Ok(())
}

/// True once a request was read whole, or as far as it can be followed; false
/// where the client left without one.
fn read_request(shared: &Shared, mut client: &TcpStream) -> std::io::Result<bool> {
    let mut tap = RequestTap::new();
    let mut buffer = [0; 4_096];
    loop {
        let length = client.read(&mut buffer)?;
        if length == 0 {
            return Ok(false);
        }
        shared.counters.add(Count::Up, length as u64);
        let (bytes, _) = buffer.split_at(length);
        if !tap.feed(bytes, || true).is_empty() || tap.is_opaque() {
            return Ok(true);
        }
    }
}
