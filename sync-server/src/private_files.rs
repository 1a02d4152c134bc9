//! Files and folders that only the hub may read: made so, and looked at before they are used.
//!
//! The rule is that of sshd and PostgreSQL: a private key that others may read is a key that others may have, so it is
//! refused, not used with a warning. A key that belongs to somebody else (root, with the group of those who serve TLS)
//! may be read by that group. On systems without such modes nothing is looked at.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

/// A private key that others may read or change.
#[derive(Debug, thiserror::Error)]
#[error("{}: mode {mode:04o}", path.display())]
pub struct Exposed {
    /// Which file or folder.
    pub path: PathBuf,
    /// Its mode.
    pub mode: u32,
}

/// Everybody but the owner.
#[cfg(unix)]
const OTHERS: u32 = 0o077;
/// What others may not do with what belongs to root and is read by a group.
#[cfg(unix)]
const BUT_GROUP_READS: u32 = 0o037;

/// Whether others may read or change what is there. What cannot be looked at is for whoever opens it to tell.
pub fn exposure(path: &Path) -> Option<Exposed> {
    #[cfg(unix)]
    {
        use std::os::unix::fs::MetadataExt as _;
        let found = fs::metadata(path).ok()?;
        let own = found.uid() == rustix::process::geteuid().as_raw();
        let forbidden = if own { OTHERS } else { BUT_GROUP_READS };
        let mode = found.mode() & 0o7777;
        (mode & forbidden != 0).then(|| Exposed {
            path: path.to_owned(),
            mode,
        })
    }
    #[cfg(not(unix))]
    {
        let _ = path;
        None
    }
}

/// Makes a folder with mode 0700, and what is missing above it as usual. One that is there stays as it is.
///
/// # Errors
/// It cannot be made.
pub fn create_folder(folder: &Path) -> io::Result<()> {
    if let Some(above) = folder.parent() {
        fs::create_dir_all(above)?;
    }
    let mut builder = fs::DirBuilder::new();
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    match builder.create(folder) {
        Err(error) if error.kind() == io::ErrorKind::AlreadyExists && folder.is_dir() => Ok(()),
        other => other,
    }
}

#[cfg(all(test, unix))]
#[expect(clippy::unwrap_used, reason = "a failing test should stop")]
mod tests {
    use std::os::unix::fs::PermissionsExt as _;

    use super::*;

    fn set(path: &Path, mode: u32) {
        fs::set_permissions(path, fs::Permissions::from_mode(mode)).unwrap();
    }

    #[test]
    fn what_others_may_read_or_change_is_named_with_its_mode() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("key");
        assert!(exposure(&file).is_none(), "nothing there");
        fs::write(&file, b"secret").unwrap();
        for mode in [0o600, 0o400, 0o700] {
            set(&file, mode);
            assert!(exposure(&file).is_none(), "{mode:o}");
        }
        for mode in [0o640, 0o604, 0o620, 0o610] {
            set(&file, mode);
            assert_eq!(exposure(&file).unwrap().mode, mode);
        }
    }

    #[test]
    fn a_folder_is_made_for_its_owner_alone_and_an_older_one_is_left_as_it_is() {
        let place = tempfile::tempdir().unwrap();
        let folder = place.path().join("above/hub");
        create_folder(&folder).unwrap();
        assert!(exposure(&folder).is_none());
        set(&folder, 0o755);
        create_folder(&folder).unwrap();
        assert_eq!(exposure(&folder).unwrap().mode, 0o755);
        let file = place.path().join("file");
        fs::write(&file, b"").unwrap();
        assert!(create_folder(&file).is_err());
    }
}
