//! Just enough HTTP/1.1 to see where one request ends.

/// A head longer than this is not followed any further.
const HEAD_BYTES_MAX: usize = 64 * 1_024;
/// A request longer than this is not copied, and so never repeated.
const COPY_BYTES_MAX: u64 = 8 * 1_024 * 1_024;
const HEAD_END: &[u8] = b"\r\n\r\n";

/// Follows the bytes of one client to the server and cuts them into requests by
/// their `content-length`.
#[derive(Debug)]
pub(super) struct RequestTap {
    state: State,
}

#[derive(Debug)]
enum State {
    Head(Vec<u8>),
    Body {
        left: u64,
        copy: Option<Vec<u8>>,
    },
    /// Something this parser does not know (chunked, an upgrade, no HTTP): the
    /// bytes pass all the same, requests are not told apart any more.
    Opaque,
}

impl RequestTap {
    pub(super) fn new() -> Self {
        Self {
            state: State::Head(Vec::new()),
        }
    }

    /// Takes the next bytes. Returns a whole copy of each request that ended in
    /// them and for which `wanted` said yes when its head was complete.
    pub(super) fn feed(
        &mut self,
        mut bytes: &[u8],
        mut wanted: impl FnMut() -> bool,
    ) -> Vec<Vec<u8>> {
        let mut finished = Vec::new();
        while !bytes.is_empty() {
            match &mut self.state {
                State::Opaque => break,
                State::Head(head) => {
                    let (taken, end) = take_head(head, bytes);
                    bytes = bytes.split_at(taken).1;
                    if end {
                        self.state = body_after(head, &mut wanted);
                    } else if head.len() > HEAD_BYTES_MAX {
                        self.state = State::Opaque;
                    }
                }
                State::Body { left, copy } => {
                    let length = usize::try_from(*left)
                        .unwrap_or(usize::MAX)
                        .min(bytes.len());
                    let (body, rest) = bytes.split_at(length);
                    if let Some(copy) = copy {
                        copy.extend_from_slice(body);
                    }
                    *left -= length as u64;
                    bytes = rest;
                }
            }
            if let State::Body { left: 0, copy } = &mut self.state {
                finished.extend(copy.take());
                self.state = State::Head(Vec::new());
            }
        }
        finished
    }

    /// True where requests can no longer be told apart.
    pub(super) fn is_opaque(&self) -> bool {
        matches!(self.state, State::Opaque)
    }
}

/// Moves bytes into `head` up to its end; tells how many, and whether it ended.
fn take_head(head: &mut Vec<u8>, bytes: &[u8]) -> (usize, bool) {
    for (index, byte) in bytes.iter().enumerate() {
        head.push(*byte);
        if head.ends_with(HEAD_END) {
            return (index + 1, true);
        }
    }
    (bytes.len(), false)
}

fn body_after(head: &mut Vec<u8>, wanted: &mut impl FnMut() -> bool) -> State {
    let Some(left) = content_length(head) else {
        return State::Opaque;
    };
    let copy = (wanted() && left <= COPY_BYTES_MAX).then(|| std::mem::take(head));
    State::Body { left, copy }
}

/// The length of the body; `None` where the head does not tell it plainly.
fn content_length(head: &[u8]) -> Option<u64> {
    let text = std::str::from_utf8(head).ok()?;
    let mut lines = text.split("\r\n");
    if !lines.next()?.contains(" HTTP/1.") {
        return None;
    }
    let mut length = 0;
    for (name, value) in lines.filter_map(|line| line.split_once(':')) {
        let name = name.trim();
        if name.eq_ignore_ascii_case("content-length") {
            length = value.trim().parse().ok()?;
        } else if name.eq_ignore_ascii_case("transfer-encoding")
            || name.eq_ignore_ascii_case("upgrade")
        {
            return None;
        }
    }
    Some(length)
}

/// The same request, asking the server to close the connection after it, so that
/// the end of the answer is the end of the stream.
pub(super) fn with_connection_close(request: &[u8]) -> Option<Vec<u8>> {
    let end = request
        .windows(HEAD_END.len())
        .position(|window| window == HEAD_END)?;
    let (head, body) = request.split_at(end);
    let head = std::str::from_utf8(head).ok()?;
    let is_connection = |line: &&str| {
        line.split_once(':')
            .is_some_and(|(name, _)| name.eq_ignore_ascii_case("connection"))
    };
    let mut lines: Vec<&str> = head
        .split("\r\n")
        .filter(|line| !is_connection(line))
        .collect();
    lines.push("connection: close");
    let mut copy = lines.join("\r\n").into_bytes();
    copy.extend_from_slice(body);
    Some(copy)
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a failing test should stop")]
mod tests {
    use super::{COPY_BYTES_MAX, HEAD_BYTES_MAX, RequestTap, with_connection_close};

    const POST: &[u8] = b"POST /a HTTP/1.1\r\nHost: x\r\nContent-Length: 5\r\n\r\nhello";
    const GET: &[u8] = b"GET /b HTTP/1.1\r\nhost: x\r\n\r\n";

    #[test]
    fn requests_are_told_apart_however_they_are_sliced() {
        let stream = [POST, GET, POST].concat();
        for size in 1..=stream.len() {
            let mut tap = RequestTap::new();
            let found: Vec<Vec<u8>> = stream
                .chunks(size)
                .flat_map(|chunk| tap.feed(chunk, || true))
                .collect();
            assert_eq!(found, [POST, GET, POST], "in slices of {size}");
        }
    }

    #[test]
    fn an_unfinished_request_is_never_given_out() {
        let mut tap = RequestTap::new();
        let (all_but_one, last) = POST.split_at(POST.len() - 1);
        assert!(tap.feed(all_but_one, || true).is_empty());
        assert_eq!(tap.feed(last, || true), [POST]);
    }

    #[test]
    fn the_choice_is_made_request_by_request() {
        let mut tap = RequestTap::new();
        let mut choices = [false, true].into_iter();
        let found = tap.feed(&[POST, GET].concat(), || choices.next().unwrap());
        assert_eq!(found, [GET]);
    }

    #[test]
    fn what_it_does_not_understand_it_leaves_alone() {
        for strange in [
            b"POST / HTTP/1.1\r\ntransfer-encoding: chunked\r\n\r\n".as_slice(),
            b"POST / HTTP/1.1\r\ncontent-length: many\r\n\r\n",
            b"no http at all\r\n\r\n",
            &vec![b'x'; HEAD_BYTES_MAX + 1],
        ] {
            let mut tap = RequestTap::new();
            assert!(tap.feed(strange, || true).is_empty());
            assert!(tap.is_opaque());
        }
    }

    #[test]
    fn a_request_over_the_limit_is_followed_but_not_copied() {
        let request = |length: u64| {
            let mut bytes =
                format!("POST / HTTP/1.1\r\ncontent-length: {length}\r\n\r\n").into_bytes();
            bytes.resize(bytes.len() + usize::try_from(length).unwrap(), b'x');
            bytes
        };
        let mut tap = RequestTap::new();
        assert_eq!(tap.feed(&request(COPY_BYTES_MAX), || true).len(), 1);
        assert_eq!(tap.feed(&request(COPY_BYTES_MAX + 1), || true).len(), 0);
        assert_eq!(tap.feed(GET, || true), [GET]);
    }

    #[test]
    fn the_copy_asks_for_the_end_of_the_connection_once() {
        let request = b"POST / HTTP/1.1\r\nConnection: keep-alive\r\nContent-Length: 2\r\n\r\nab";
        let copy = with_connection_close(request).unwrap();
        assert_eq!(
            copy,
            b"POST / HTTP/1.1\r\nContent-Length: 2\r\nconnection: close\r\n\r\nab"
        );
        assert_eq!(with_connection_close(b"half a head\r\n"), None);
    }
}
