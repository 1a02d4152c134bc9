//! The sockets of one connection, which live and die together.

use std::net::{Shutdown, TcpStream};
use std::sync::{Condvar, Mutex, MutexGuard, PoisonError};
use std::time::Instant;

/// A handle on one connection that any thread may close, and on which the
/// threads that serve it wait for the moment to go on.
#[derive(Debug, Default)]
pub(super) struct Line {
    state: Mutex<State>,
    bell: Condvar,
}

#[derive(Debug, Default)]
struct State {
    closed: bool,
    sockets: Vec<TcpStream>,
}

impl Line {
    /// Lets `socket` die with this line. False where the line is dead already;
    /// the socket is then shut down.
    pub(super) fn attach(&self, socket: &TcpStream) -> bool {
        let mut state = self.lock();
        let handle = if state.closed {
            None
        } else {
            socket.try_clone().ok()
        };
        let Some(handle) = handle else {
            // An error here says that the socket is closed, which is the aim.
            let _ = socket.shutdown(Shutdown::Both);
            return false;
        };
        state.sockets.push(handle);
        true
    }

    /// Shuts all sockets down and wakes whoever waits. True for the first call.
    pub(super) fn close(&self) -> bool {
        let mut state = self.lock();
        if state.closed {
            return false;
        }
        state.closed = true;
        for socket in state.sockets.drain(..) {
            // An error here says that the socket is closed, which is the aim.
            let _ = socket.shutdown(Shutdown::Both);
        }
        drop(state);
        self.bell.notify_all();
        true
    }

    /// Waits for the moment `when` and returns true, or returns false as soon as
    /// the line is closed. This wait is how the proxy models time.
    pub(super) fn pause_until(&self, when: Instant) -> bool {
        let mut state = self.lock();
        loop {
            if state.closed {
                return false;
            }
            let now = Instant::now();
            if now >= when {
                return true;
            }
            state = self
                .bell
                .wait_timeout(state, when - now)
                .unwrap_or_else(PoisonError::into_inner)
                .0;
        }
    }

    fn lock(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
