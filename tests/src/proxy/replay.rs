//! The same request once more, as a retry that overtook its own answer.

use std::io::{Read, Write};
use std::sync::Arc;
use std::time::Duration;

use super::counters::Count;
use super::request::with_connection_close;
use super::shared::Shared;

/// How long the server may take for the second answer.
const ANSWER_LIMIT: Duration = Duration::from_secs(10);

/// Sends `request` to the server on a connection of its own, reads the answer to
/// its end and throws it away.
pub(super) fn spawn(shared: &Arc<Shared>, request: &[u8]) {
    let Some(request) = with_connection_close(request) else {
        return;
    };
    let owner = Arc::clone(shared);
    shared.spawn("proxy-replay", move || {
        let answered = owner.with_line(|line| {
            let mut server = owner.connect_upstream()?;
            if !line.attach(&server) {
                return Ok(false);
            }
            server.set_read_timeout(Some(ANSWER_LIMIT))?;
            server.write_all(&request)?;
            let mut answer = Vec::new();
            server.read_to_end(&mut answer)?;
            Ok::<_, std::io::Error>(!answer.is_empty())
        });
        // A second copy that the server did not take (it was killed, the line
        // was closed) is one more lost request, and nothing waits for it.
        if answered.unwrap_or(false) {
            owner.counters.add(Count::Duplicates, 1);
        }
    });
}
