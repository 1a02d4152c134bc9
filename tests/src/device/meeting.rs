//! The host's half of a meeting of two devices: messages behind their lengths (u32, big-endian) over one connection.

use std::io::{self, Read, Write};
use std::net::TcpStream;
use std::sync::mpsc;
use std::time::Duration;

use xunge_field::{Brought, FieldApp, FieldError, SHARED_BYTES_MAX, SHARED_MESSAGES_MAX};

/// Longest silence of the other device.
const SILENCE_MAX: Duration = Duration::from_secs(30);

/// A meeting that did not come to its end. What was taken before counts.
#[derive(Debug, thiserror::Error)]
pub enum MeetingError {
    /// The connection.
    #[error("the connection to the other device failed: {0}")]
    Connection(#[from] io::Error),
    /// The facade.
    #[error(transparent)]
    Field(#[from] FieldError),
}

/// Lets a device exchange with the one at the other end of this connection, until both have said everything.
///
/// # Errors
/// The connection, a message longer than any, or the facade's.
pub fn meet(app: &mut FieldApp, connection: &TcpStream) -> Result<Brought, MeetingError> {
    connection.set_read_timeout(Some(SILENCE_MAX))?;
    connection.set_write_timeout(Some(SILENCE_MAX))?;
    let (queue, queued) = mpsc::channel::<Vec<u8>>();
    std::thread::scope(|scope| {
        // Both speak at once: who only wrote would wait for the other to read, and the other for him.
        let writer = scope.spawn(move || -> io::Result<()> {
            let mut out = connection;
            for message in queued {
                let length = u32::try_from(message.len()).map_err(io::Error::other)?;
                out.write_all(&length.to_be_bytes())?;
                out.write_all(&message)?;
            }
            out.flush()
        });
        let met = listen(app, connection, queue);
        if met.is_err() {
            // The writer may wait for somebody who does not read any more.
            let _ = connection.shutdown(std::net::Shutdown::Both);
        }
        let written = writer
            .join()
            .unwrap_or_else(|_| Err(io::Error::other("the writer broke off")));
        let brought = met?;
        written?;
        Ok(brought)
    })
}

fn listen(
    app: &mut FieldApp,
    mut connection: &TcpStream,
    queue: mpsc::Sender<Vec<u8>>,
) -> Result<Brought, MeetingError> {
    let send = |message| queue.send(message).map_err(io::Error::other);
    let (mut sharing, first) = app.begin_sharing()?;
    send(first)?;
    for _ in 0..SHARED_MESSAGES_MAX {
        let mut length = [0; size_of::<u32>()];
        connection.read_exact(&mut length)?;
        let length = u32::from_be_bytes(length) as usize;
        if length > SHARED_BYTES_MAX {
            return Err(io::Error::other("a message longer than any").into());
        }
        let mut message = vec![0; length];
        connection.read_exact(&mut message)?;
        let step = app.on_shared(&mut sharing, &message)?;
        step.send.into_iter().try_for_each(send)?;
        if step.done {
            return Ok(sharing.brought().clone());
        }
    }
    Err(io::Error::other("more messages than any meeting has").into())
}
