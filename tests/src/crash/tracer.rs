//! Stops a real process at its system calls, all threads of it. Linux on x86-64.
//!
//! The process is made by a shell that waits for a line first, so that it is watched from its first instruction on
//! without any unsafe code of ours between fork and exec.

use std::collections::BTreeMap;
use std::ffi::OsString;
use std::io::{self, Write as _};
use std::path::Path;
use std::process::{ChildStdout, Command, Stdio};

use nix::errno::Errno;
use nix::libc;
use nix::sys::ptrace::{self, Options};
use nix::sys::signal::{Signal, kill};
use nix::sys::wait::{WaitPidFlag, WaitStatus, waitpid};
use nix::unistd::Pid;

use super::call::{Call, Ended, Failure, Verdict, Watcher};
use super::registers;

/// Waits, then becomes what it was asked to become.
const SHELL: &str = "read -r go; exec \"$@\"";

/// Runs a program under watch until it ends. `started` is given its id and its standard output before it goes on.
/// Calls on files outside `root` are nobody's concern.
pub(super) fn trace(
    program: &Path,
    arguments: &[OsString],
    stderr: Stdio,
    root: &Path,
    watcher: &mut dyn Watcher,
    started: impl FnOnce(u32, ChildStdout),
) -> io::Result<Ended> {
    let mut child = Command::new("/bin/sh")
        .args(["-c", SHELL, "sh"])
        .arg(program)
        .args(arguments)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(stderr)
        .spawn()?;
    let main = Pid::from_raw(i32::try_from(child.id()).map_err(io::Error::other)?);
    let options = Options::PTRACE_O_TRACESYSGOOD
        | Options::PTRACE_O_TRACEEXEC
        | Options::PTRACE_O_TRACECLONE
        | Options::PTRACE_O_EXITKILL;
    if let Err(refused) = ptrace::seize(main, options) {
        let _ = child.kill();
        let _ = child.wait();
        return Err(io::Error::new(io::ErrorKind::Unsupported, refused));
    }
    if let Some(stdout) = child.stdout.take() {
        started(child.id(), stdout);
    }
    if let Some(mut stdin) = child.stdin.take() {
        stdin.write_all(b"go\n")?;
    }
    let mut tracer = Tracer {
        main,
        root,
        watcher,
        inside: BTreeMap::new(),
        killed: false,
    };
    // The child is waited for here and nowhere else: waiting twice would meet a stranger.
    tracer.run()
}

/// Ends a process by signal 9; its tracer sees the end.
pub(super) fn end(process: u32) {
    if let Ok(id) = i32::try_from(process) {
        let _ = kill(Pid::from_raw(id), Signal::SIGKILL);
    }
}

/// Whether processes can be watched here, or why not.
pub(super) fn permitted() -> Result<(), String> {
    struct Nobody;
    impl Watcher for Nobody {
        fn entering(&mut self, _: &Call) -> Verdict {
            Verdict::Go
        }
    }
    let program = Path::new("/bin/true");
    let ended = trace(program, &[], Stdio::null(), program, &mut Nobody, |_, _| {});
    match ended {
        Ok(Ended { code: Some(0), .. }) => Ok(()),
        Ok(ended) => Err(format!("/bin/true ended strangely under ptrace: {ended:?}")),
        Err(error) => Err(format!("ptrace is not permitted here: {error}")),
    }
}

/// A call a thread is in.
struct Inside {
    call: Option<Call>,
    fail: Option<Failure>,
}

struct Tracer<'run> {
    main: Pid,
    root: &'run Path,
    watcher: &'run mut dyn Watcher,
    inside: BTreeMap<Pid, Inside>,
    killed: bool,
}

impl Tracer<'_> {
    fn run(&mut self) -> io::Result<Ended> {
        // Other threads of the harness have children of their own.
        let flags = WaitPidFlag::__WALL | WaitPidFlag::__WNOTHREAD;
        loop {
            match waitpid(None, Some(flags)) {
                Ok(WaitStatus::Exited(pid, code)) if pid == self.main => {
                    return Ok(self.ended(Some(code)));
                }
                Ok(WaitStatus::Signaled(pid, ..)) if pid == self.main => {
                    return Ok(self.ended(None));
                }
                Ok(WaitStatus::PtraceSyscall(pid)) => self.at_call(pid)?,
                Ok(WaitStatus::PtraceEvent(pid, _, event)) => {
                    if event == libc::PTRACE_EVENT_EXEC {
                        // The next stop is the end of this very call.
                        let exec = Inside {
                            call: None,
                            fail: None,
                        };
                        self.inside.insert(pid, exec);
                    }
                    resume(pid, None);
                }
                Ok(WaitStatus::Stopped(pid, signal)) => resume(pid, Some(signal)),
                Ok(_) | Err(Errno::EINTR) => {}
                Err(error) => return Err(error.into()),
            }
        }
    }

    fn ended(&self, code: Option<i32>) -> Ended {
        Ended {
            code,
            killed: self.killed,
        }
    }

    fn at_call(&mut self, pid: Pid) -> io::Result<()> {
        if self.killed {
            resume(pid, None);
            return Ok(());
        }
        let done = match self.inside.remove(&pid) {
            None => self.entering(pid),
            Some(inside) => self.leaving(pid, inside),
        };
        match done {
            Ok(()) => Ok(()),
            // Somebody else killed it in the meantime; its end will be reported.
            Err(Errno::ESRCH) => Ok(()),
            Err(error) => Err(error.into()),
        }
    }

    fn entering(&mut self, pid: Pid) -> Result<(), Errno> {
        let registers = ptrace::getregs(pid)?;
        let call = registers::call(pid, self.main, &registers, self.root);
        let verdict = call
            .as_ref()
            .map_or(Verdict::Go, |call| self.watcher.entering(call));
        let mut fail = None;
        match verdict {
            Verdict::Go => {}
            Verdict::Kill => return self.kill(),
            Verdict::Fail(failure) => {
                ptrace::setregs(pid, registers::skipped(registers))?;
                fail = Some(failure);
            }
        }
        self.inside.insert(pid, Inside { call, fail });
        resume(pid, None);
        Ok(())
    }

    fn leaving(&mut self, pid: Pid, inside: Inside) -> Result<(), Errno> {
        let Inside { call, fail } = inside;
        if call.is_none() && fail.is_none() {
            resume(pid, None);
            return Ok(());
        }
        let mut registers = ptrace::getregs(pid)?;
        if let Some(failure) = fail {
            registers = registers::returning(registers, answer(failure, call.as_ref()));
            ptrace::setregs(pid, registers)?;
        }
        let result = registers::result(&registers);
        let verdict = call.map_or(Verdict::Go, |call| self.watcher.left(call, result));
        if verdict == Verdict::Kill {
            return self.kill();
        }
        resume(pid, None);
        Ok(())
    }

    fn kill(&mut self) -> Result<(), Errno> {
        self.killed = true;
        kill(self.main, Signal::SIGKILL)
    }
}

/// What a call that was skipped returns.
fn answer(failure: Failure, call: Option<&Call>) -> i64 {
    match (failure, call) {
        (Failure::Broken, _) => -i64::from(libc::EIO),
        (Failure::Full, _) => -i64::from(libc::ENOSPC),
        (Failure::Lying, Some(Call::Write { bytes, .. })) => {
            i64::try_from(bytes.len()).unwrap_or(i64::MAX)
        }
        (Failure::Lying, _) => 0,
    }
}

/// On to the next stop. A process that is gone by now needs nothing.
fn resume(pid: Pid, signal: Option<Signal>) {
    let _ = ptrace::syscall(pid, signal);
}
