//! What the registers and the memory of a stopped thread say about its call.

use std::fs::{self, File};
use std::os::unix::fs::FileExt as _;
use std::path::{Path, PathBuf};

use nix::libc::{self, user_regs_struct};
use nix::unistd::Pid;

use super::call::Call;

/// Longest path and most pieces of a gathered write that are read; the kernel's own limits.
const PATH_BYTES_MAX: usize = 4096;
const PIECES_MAX: u64 = 1024;
/// Most bytes of one write that are read: more than the longest photo.
const WRITE_BYTES_MAX: u64 = 64 * 1024 * 1024;

/// A call that is not done: the number of no call.
pub(super) fn skipped(mut registers: user_regs_struct) -> user_regs_struct {
    registers.orig_rax = u64::MAX;
    registers
}

/// A call that returns this.
pub(super) fn returning(mut registers: user_regs_struct, value: i64) -> user_regs_struct {
    registers.rax = value.cast_unsigned();
    registers
}

/// What a call returned.
pub(super) fn result(registers: &user_regs_struct) -> i64 {
    registers.rax.cast_signed()
}

/// The call a thread is about to do, if it changes anything below `root` or gives something away.
pub(super) fn call(
    thread: Pid,
    process: Pid,
    registers: &user_regs_struct,
    root: &Path,
) -> Option<Call> {
    let number = i64::try_from(registers.orig_rax).ok()?;
    let arguments = [registers.rdi, registers.rsi, registers.rdx, registers.r10];
    let reader = Reader { thread, process };
    let call = reader.call(number, arguments)?;
    let concerns = call.path().is_none_or(|path| path.starts_with(root));
    concerns.then_some(call)
}

struct Reader {
    thread: Pid,
    process: Pid,
}

impl Reader {
    fn call(&self, number: i64, arguments: [u64; 4]) -> Option<Call> {
        let [first, second, third, fourth] = arguments;
        match number {
            libc::SYS_openat => open(self.path_at(first, second)?, third),
            libc::SYS_open => open(self.path(first)?, second),
            libc::SYS_creat => open(self.path(first)?, as_flags(libc::O_CREAT | libc::O_TRUNC)),
            libc::SYS_write => self.write(first, None, &[(second, third)]),
            libc::SYS_pwrite64 => self.write(first, Some(fourth), &[(second, third)]),
            libc::SYS_writev => self.write(first, None, &self.pieces(second, third)),
            libc::SYS_pwritev => self.write(first, Some(fourth), &self.pieces(second, third)),
            libc::SYS_pwritev2 if fourth == u64::MAX => {
                self.write(first, None, &self.pieces(second, third))
            }
            libc::SYS_pwritev2 => self.write(first, Some(fourth), &self.pieces(second, third)),
            libc::SYS_sendto | libc::SYS_sendmsg | libc::SYS_sendmmsg => Some(Call::Answer),
            libc::SYS_ftruncate => self.file(first).map(|path| Call::Resize {
                path,
                length: second,
            }),
            libc::SYS_truncate => self.path(first).map(|path| Call::Resize {
                path,
                length: second,
            }),
            libc::SYS_fallocate => self.file(first).map(|path| Call::Allocate {
                path,
                end: third.saturating_add(fourth),
            }),
            libc::SYS_fsync | libc::SYS_fdatasync => {
                self.file(first).map(|path| Call::Flush { path })
            }
            libc::SYS_copy_file_range => self.file(third).map(|path| Call::Copy { path }),
            libc::SYS_sendfile => Some(match self.file(first) {
                Some(path) => Call::Copy { path },
                None => Call::Answer,
            }),
            _ => self.names(number, [first, second, third, fourth]),
        }
    }

    /// Calls on names.
    fn names(&self, number: i64, arguments: [u64; 4]) -> Option<Call> {
        let [first, second, third, fourth] = arguments;
        match number {
            libc::SYS_rename => Some(Call::Rename {
                from: self.path(first)?,
                to: self.path(second)?,
            }),
            libc::SYS_renameat | libc::SYS_renameat2 => {
                let from = self.path_at(first, second)?;
                let to = self.path_at(third, fourth)?;
                Some(Call::Rename { from, to })
            }
            libc::SYS_link => Some(Call::Link {
                from: self.path(first)?,
                to: self.path(second)?,
            }),
            libc::SYS_linkat => {
                let from = self.path_at(first, second)?;
                let to = self.path_at(third, fourth)?;
                Some(Call::Link { from, to })
            }
            libc::SYS_unlink => self.path(first).map(|path| Call::Unlink { path }),
            libc::SYS_rmdir => self.path(first).map(|path| Call::RemoveFolder { path }),
            libc::SYS_unlinkat => {
                let path = self.path_at(first, second)?;
                Some(if third & as_flags(libc::AT_REMOVEDIR) == 0 {
                    Call::Unlink { path }
                } else {
                    Call::RemoveFolder { path }
                })
            }
            libc::SYS_mkdir => self.path(first).map(|path| Call::MakeFolder { path }),
            libc::SYS_mkdirat => self
                .path_at(first, second)
                .map(|path| Call::MakeFolder { path }),
            _ => None,
        }
    }

    fn write(&self, descriptor: u64, offset: Option<u64>, pieces: &[(u64, u64)]) -> Option<Call> {
        let target = self.target(descriptor)?;
        if !target.is_absolute() {
            let somebody = target.to_string_lossy();
            let told = somebody.starts_with("socket:") || somebody.starts_with("pipe:");
            return told.then_some(Call::Answer);
        }
        let mut bytes = Vec::new();
        for &(address, length) in pieces {
            bytes.extend(self.memory(address, length)?);
        }
        let offset = offset.or_else(|| self.position(descriptor, &target))?;
        let path = target;
        Some(Call::Write {
            path,
            offset,
            bytes,
        })
    }

    /// Where the next write of a descriptor goes.
    fn position(&self, descriptor: u64, path: &Path) -> Option<u64> {
        let info =
            fs::read_to_string(format!("/proc/{}/fdinfo/{descriptor}", self.process)).ok()?;
        let field = |name: &str| {
            let line = info.lines().find_map(|line| line.strip_prefix(name))?;
            Some(line.trim().to_owned())
        };
        let flags = u64::from_str_radix(&field("flags:")?, 8).ok()?;
        if flags & as_flags(libc::O_APPEND) != 0 {
            return fs::metadata(path).ok().map(|metadata| metadata.len());
        }
        field("pos:")?.parse().ok()
    }

    fn target(&self, descriptor: u64) -> Option<PathBuf> {
        fs::read_link(format!("/proc/{}/fd/{descriptor}", self.process)).ok()
    }

    /// A descriptor of something in a folder.
    fn file(&self, descriptor: u64) -> Option<PathBuf> {
        self.target(descriptor).filter(|path| path.is_absolute())
    }

    fn path(&self, address: u64) -> Option<PathBuf> {
        self.path_at(as_flags(libc::AT_FDCWD), address)
    }

    fn path_at(&self, folder: u64, address: u64) -> Option<PathBuf> {
        let path = PathBuf::from(self.text(address)?);
        if path.is_absolute() {
            return Some(path);
        }
        // A descriptor is 32 bits wide, whatever the upper half of the register holds.
        let folder = if folder as u32 == libc::AT_FDCWD.cast_unsigned() {
            fs::read_link(format!("/proc/{}/cwd", self.process)).ok()?
        } else {
            self.target(folder)?
        };
        Some(folder.join(path))
    }

    fn pieces(&self, address: u64, count: u64) -> Vec<(u64, u64)> {
        let bytes = self.memory(address, count.min(PIECES_MAX) * 16);
        let bytes = bytes.unwrap_or_default();
        let word = |bytes: &[u8]| bytes.try_into().map_or(0, u64::from_ne_bytes);
        let pieces = bytes.chunks_exact(16);
        pieces
            .map(|piece| (word(&piece[..8]), word(&piece[8..])))
            .collect()
    }

    fn memory(&self, address: u64, length: u64) -> Option<Vec<u8>> {
        let length = usize::try_from(length.min(WRITE_BYTES_MAX)).ok()?;
        let mut bytes = vec![0; length];
        self.open_memory()?
            .read_exact_at(&mut bytes, address)
            .ok()?;
        Some(bytes)
    }

    /// A text that ends with a zero; it may stand close to the end of what can be read.
    fn text(&self, address: u64) -> Option<String> {
        let memory = self.open_memory()?;
        let mut bytes = vec![0; PATH_BYTES_MAX];
        let read = memory.read_at(&mut bytes, address).ok()?;
        let end = bytes.get(..read)?.iter().position(|byte| *byte == 0)?;
        String::from_utf8(bytes.get(..end)?.to_vec()).ok()
    }

    fn open_memory(&self) -> Option<File> {
        File::open(format!("/proc/{}/mem", self.thread)).ok()
    }
}

/// An opening that makes or empties a file; any other changes nothing.
fn open(path: PathBuf, flags: u64) -> Option<Call> {
    let there = path.exists();
    let made = flags & as_flags(libc::O_CREAT) != 0 && !there;
    let emptied = flags & as_flags(libc::O_TRUNC) != 0 && there;
    (made || emptied).then_some(Call::Open {
        path,
        made,
        emptied,
    })
}

/// Flags of the kernel are small and positive, or a special descriptor.
fn as_flags(flags: i32) -> u64 {
    i64::from(flags).cast_unsigned()
}
