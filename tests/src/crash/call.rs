//! The system calls that change what a power cut or a kill would find: files, names, flushes, and answers given away.

use std::fmt;
use std::path::{Path, PathBuf};

/// One call of a traced process.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Call {
    /// A file opened so that it is made or emptied.
    Open {
        path: PathBuf,
        made: bool,
        emptied: bool,
    },
    /// Bytes into a file.
    Write {
        path: PathBuf,
        offset: u64,
        bytes: Vec<u8>,
    },
    /// A file cut or stretched.
    Resize {
        path: PathBuf,
        length: u64,
    },
    /// Room taken for a file.
    Allocate {
        path: PathBuf,
        end: u64,
    },
    Rename {
        from: PathBuf,
        to: PathBuf,
    },
    Link {
        from: PathBuf,
        to: PathBuf,
    },
    Unlink {
        path: PathBuf,
    },
    MakeFolder {
        path: PathBuf,
    },
    RemoveFolder {
        path: PathBuf,
    },
    /// `fsync` or `fdatasync`, of a file or of a folder.
    Flush {
        path: PathBuf,
    },
    /// Bytes copied inside the kernel: counted, but not understood by the recorder.
    Copy {
        path: PathBuf,
    },
    /// Bytes to a socket or a pipe: from here on somebody else may know.
    Answer,
}

impl Call {
    /// The file or folder, if it is about one.
    pub(super) fn path(&self) -> Option<&Path> {
        match self {
            Self::Open { path, .. }
            | Self::Write { path, .. }
            | Self::Resize { path, .. }
            | Self::Allocate { path, .. }
            | Self::Unlink { path }
            | Self::MakeFolder { path }
            | Self::RemoveFolder { path }
            | Self::Flush { path }
            | Self::Copy { path } => Some(path),
            Self::Rename { to, .. } | Self::Link { to, .. } => Some(to),
            Self::Answer => None,
        }
    }

    /// Whether a full disk can refuse it.
    pub(super) const fn needs_room(&self) -> bool {
        matches!(
            self,
            Self::Write { .. }
                | Self::Allocate { .. }
                | Self::Link { .. }
                | Self::MakeFolder { .. }
                | Self::Copy { .. }
                | Self::Open { made: true, .. }
        )
    }

    const fn name(&self) -> &'static str {
        match self {
            Self::Open { .. } => "open",
            Self::Write { .. } => "write",
            Self::Resize { .. } => "resize",
            Self::Allocate { .. } => "allocate",
            Self::Rename { .. } => "rename",
            Self::Link { .. } => "link",
            Self::Unlink { .. } => "unlink",
            Self::MakeFolder { .. } => "make folder",
            Self::RemoveFolder { .. } => "remove folder",
            Self::Flush { .. } => "flush",
            Self::Copy { .. } => "copy",
            Self::Answer => "answer",
        }
    }
}

impl fmt::Display for Call {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(self.name())?;
        if let Some(name) = self.path().and_then(Path::file_name) {
            write!(out, " {}", name.display())?;
        }
        if let Self::Write { offset, bytes, .. } = self {
            write!(out, " at {offset}, {} bytes", bytes.len())?;
        }
        Ok(())
    }
}

/// What is to happen with a call, or after it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Verdict {
    /// It goes on.
    Go,
    /// The process ends here, by signal 9.
    Kill,
    /// It fails with an error and does nothing.
    Fail(Failure),
}

/// How a disk fails.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Failure {
    /// `EIO`.
    Broken,
    /// `ENOSPC`.
    Full,
    /// No error at all, and nothing done: a disk no program can be safe on. Planted, to see that it is found.
    Lying,
}

/// Whoever looks at the calls of a traced process.
pub(super) trait Watcher {
    /// Before it happens.
    fn entering(&mut self, call: &Call) -> Verdict;

    /// After it happened, with what it returned.
    fn left(&mut self, _call: Call, _result: i64) -> Verdict {
        Verdict::Go
    }
}

/// How a traced process ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Ended {
    /// Its exit code; `None` when a signal ended it.
    pub(super) code: Option<i32>,
    /// Whether it was killed by a verdict.
    pub(super) killed: bool,
}
