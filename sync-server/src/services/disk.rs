//! How full the disk is. A hub whose disk fills up must go on taking text, which is small and urgent; so photos,
//! which are large and can wait on the phone, are refused while there is still room for text.

use std::io;
use std::path::PathBuf;
use std::sync::atomic::{AtomicU8, Ordering};

use serde::Serialize;
use utoipa::ToSchema;

/// From here on the hub warns.
pub const WARN_PERCENT: u8 = 80;
/// From here on it takes no photos, when nobody chose otherwise.
pub const REFUSE_PERCENT: u8 = 95;

/// How full the disk may be before photos are refused.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PhotoLimit(u8);

impl PhotoLimit {
    /// Refuses from so many per cent on. 100 never refuses by the fill level and leaves it to the file system: for a
    /// folder with a quota of its own, and for trials that should not depend on the machine they run on.
    pub const fn at(percent: u8) -> Self {
        Self(percent)
    }

    const fn refuses(self, percent: u8) -> bool {
        self.0 < 100 && percent >= self.0
    }
}

impl Default for PhotoLimit {
    fn default() -> Self {
        Self(REFUSE_PERCENT)
    }
}

/// Bytes of a file system.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Space {
    /// In all.
    pub total_bytes: u64,
    /// What we may still write.
    pub free_bytes: u64,
}

impl Space {
    /// How much is used, rounded up: a disk is never shown emptier than it is.
    pub fn used_percent(self) -> u8 {
        let used = u128::from(self.total_bytes.saturating_sub(self.free_bytes)) * 100;
        let percent = used.div_ceil(u128::from(self.total_bytes.max(1)));
        u8::try_from(percent.min(100)).unwrap_or(100)
    }
}

/// Asks about the disk below the data folder.
pub trait DiskSpace: Send + Sync {
    /// Its bytes now.
    ///
    /// # Errors
    /// The file system does not say.
    fn space(&self) -> io::Result<Space>;
}

/// The disk a folder lies on.
pub struct DiskOf(pub PathBuf);

#[cfg(unix)]
impl DiskSpace for DiskOf {
    fn space(&self) -> io::Result<Space> {
        let told = rustix::fs::statvfs(&self.0)?;
        Ok(Space {
            total_bytes: told.f_blocks.saturating_mul(told.f_frsize),
            free_bytes: told.f_bavail.saturating_mul(told.f_frsize),
        })
    }
}

#[cfg(not(unix))]
impl DiskSpace for DiskOf {
    fn space(&self) -> io::Result<Space> {
        Err(io::ErrorKind::Unsupported.into())
    }
}

/// What the fill level means.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum DiskState {
    /// Room enough.
    Ok,
    /// Somebody should make room: [`WARN_PERCENT`].
    Warn,
    /// No photos any more, text still: [`PhotoLimit`].
    RefusesPhotos,
    /// The file system does not say; everything is taken.
    Unknown,
}

impl DiskState {
    const EVERY: [Self; 4] = [Self::Ok, Self::Warn, Self::RefusesPhotos, Self::Unknown];

    const fn of(percent: u8, limit: PhotoLimit) -> Self {
        if limit.refuses(percent) {
            Self::RefusesPhotos
        } else if percent >= WARN_PERCENT {
            Self::Warn
        } else {
            Self::Ok
        }
    }
}

/// One look at the disk.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, ToSchema)]
pub struct DiskView {
    /// What it means.
    pub state: DiskState,
    /// How full, when the file system says.
    pub used_percent: Option<u8>,
}

/// Watches a disk and logs when what its fill level means changes.
pub struct DiskGuard {
    space: Box<dyn DiskSpace>,
    limit: PhotoLimit,
    logged: AtomicU8,
}

impl DiskGuard {
    /// Watches.
    pub fn new(space: impl DiskSpace + 'static, limit: PhotoLimit) -> Self {
        Self {
            space: Box::new(space),
            limit,
            logged: AtomicU8::new(0),
        }
    }

    /// Looks. Cost: one system call.
    pub fn look(&self) -> DiskView {
        let view = match self.space.space() {
            Ok(space) => {
                let percent = space.used_percent();
                DiskView {
                    state: DiskState::of(percent, self.limit),
                    used_percent: Some(percent),
                }
            }
            Err(_) => DiskView {
                state: DiskState::Unknown,
                used_percent: None,
            },
        };
        self.log(view);
        view
    }

    fn log(&self, view: DiskView) {
        let now = DiskState::EVERY
            .iter()
            .position(|state| *state == view.state)
            .and_then(|place| u8::try_from(place).ok())
            .unwrap_or_default();
        if self.logged.swap(now, Ordering::Relaxed) == now {
            return;
        }
        let percent = view.used_percent;
        match view.state {
            DiskState::Ok => tracing::info!(disk.percent = percent, "the disk has room again"),
            DiskState::Warn => {
                tracing::warn!(disk.percent = percent, "the disk fills up: make room");
            }
            DiskState::RefusesPhotos => tracing::error!(
                disk.percent = percent,
                "the disk is nearly full: photos are refused, text is still taken"
            ),
            DiskState::Unknown => {
                tracing::warn!("the file system does not say how full the disk is");
            }
        }
    }
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a failing test should stop")]
mod tests {
    use super::*;

    fn space(total_bytes: u64, free_bytes: u64) -> Space {
        Space {
            total_bytes,
            free_bytes,
        }
    }

    #[test]
    fn a_disk_is_never_shown_emptier_than_it_is() {
        assert_eq!(space(1_000, 1_000).used_percent(), 0);
        assert_eq!(space(1_000, 999).used_percent(), 1);
        assert_eq!(space(1_000, 200).used_percent(), 80);
        assert_eq!(space(1_000, 199).used_percent(), 81);
        assert_eq!(space(1_000, 0).used_percent(), 100);
        assert_eq!(space(0, 0).used_percent(), 0);
        assert_eq!(space(u64::MAX, 0).used_percent(), 100);
        assert_eq!(space(10, 20).used_percent(), 0);
    }

    #[test]
    fn the_limits_are_inclusive() {
        use DiskState::{Ok, RefusesPhotos, Warn};
        let states = |limit| [79, 80, 94, 95, 100].map(|percent| DiskState::of(percent, limit));
        assert_eq!(
            states(PhotoLimit::default()),
            [Ok, Warn, Warn, RefusesPhotos, RefusesPhotos]
        );
        assert_eq!(states(PhotoLimit::at(100)), [Ok, Warn, Warn, Warn, Warn]);
    }

    #[test]
    fn the_disk_of_a_folder_says_how_full_it_is() {
        let folder = tempfile::tempdir().unwrap();
        let space = DiskOf(folder.path().to_owned()).space().unwrap();
        assert!(space.total_bytes > 0 && space.free_bytes <= space.total_bytes);
        let gone = DiskOf(folder.path().join("gone"));
        let gone = DiskGuard::new(gone, PhotoLimit::default()).look();
        assert_eq!((gone.state, gone.used_percent), (DiskState::Unknown, None));
    }
}
