//! The folder of one hub (mode 0700): `xunge.db`, `blobs/`, `packs/`, `base-map/`, `server.key` and
//! `private.key` (mode 0600), `notify.json` (mode 0600, where an admin wrote one), and `serve.lock`, which one serving
//! process holds. Other commands (`enrol`, `backup`) work beside it: the database takes care of that.

use std::fs::{self, File, TryLockError};
use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use xunge_domain::ids::InstallationId;
use xunge_domain::time::Timestamp;
use xunge_sync::hub::HubKey;
use xunge_sync::keys::SoftwareKey;
use xunge_sync::wire::ServerPin;

use crate::app::{App, Clock, Entropy, EntropyError, PASSWORD_TURNS, RealClock, Settings};
use crate::base_map_files::BaseMapFiles;
use crate::blob_files::{BlobFileError, BlobFiles, sync_folder};
use crate::pack_files::PackFiles;
use crate::private_files::{Exposed, create_folder, exposure};
use crate::private_key::PrivateKeyFile;
use crate::server_key;
use crate::services::hourly_turns::{CarriedTurns, ComparisonTurns};
use crate::services::signed_request::RequestsSeen;
use crate::services::{citations, log};
use crate::store::rows::MetaKey;
use crate::store::sqlite::SqliteStore;
use crate::store::{HubStore, StoreError};
use crate::tables::TablesCache;

/// What can go wrong with a data folder.
#[derive(Debug, thiserror::Error)]
pub enum DataFolderError {
    /// There is no hub in it.
    #[error("{} holds no xunge data", .0.display())]
    Empty(PathBuf),
    /// Another process serves it.
    #[error("{} is in use by another xunge", .0.display())]
    InUse(PathBuf),
    /// It cannot be read or written.
    #[error("{}: {source}", path.display())]
    Io {
        /// Which file or folder.
        path: PathBuf,
        /// Why.
        #[source]
        source: io::Error,
    },
    /// Others may read its key.
    #[error(transparent)]
    Exposed(#[from] Exposed),
    /// The store's trouble.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// The blob folder's trouble.
    #[error(transparent)]
    Blobs(#[from] BlobFileError),
    /// No randomness for the key.
    #[error(transparent)]
    Entropy(#[from] EntropyError),
}

impl DataFolderError {
    /// Stable code.
    pub const fn code(&self) -> &'static str {
        match self {
            Self::Empty(_) => "data_folder_empty",
            Self::InUse(_) => "data_folder_in_use",
            Self::Io { .. } => "data_folder_unusable",
            Self::Exposed(_) => "key_exposed",
            Self::Store(error) => error.code(),
            Self::Blobs(error) => error.code(),
            Self::Entropy(_) => "no_entropy",
        }
    }
}

/// The paths of one hub.
#[derive(Debug, Clone)]
pub struct DataFolder(PathBuf);

/// Held by the one process that serves; the kernel lets go when it dies.
#[derive(Debug)]
pub struct ServeLock(#[expect(dead_code, reason = "held, not read")] File);

/// What the hub's clock adds to the machine's: what `serve` or `demo` wrote down, so that a code made by another
/// process expires by the same clock.
struct OffsetClock(i64);

impl Clock for OffsetClock {
    fn now(&self) -> Timestamp {
        RealClock.now().plus_millis(self.0)
    }
}

impl DataFolder {
    /// The folder at a path, which need not exist.
    pub fn at(path: impl Into<PathBuf>) -> Self {
        Self(path.into())
    }

    /// The folder.
    pub fn path(&self) -> &Path {
        &self.0
    }

    /// The database.
    pub fn database(&self) -> PathBuf {
        self.0.join("xunge.db")
    }

    /// The blobs.
    pub fn blobs(&self) -> PathBuf {
        self.0.join("blobs")
    }

    /// The packs: whatever is missing is made again.
    pub fn packs(&self) -> PathBuf {
        self.0.join("packs")
    }

    /// The base map and what was cut of it; there is none before one is imported.
    pub fn base_map(&self) -> PathBuf {
        self.0.join("base-map")
    }

    /// The hub's key.
    pub fn key(&self) -> PathBuf {
        self.0.join("server.key")
    }

    /// The channels by which people are told of tasks; there is none before an admin writes it.
    pub fn notify(&self) -> PathBuf {
        self.0.join("notify.json")
    }

    /// The master key of personal data; there is none before the first of it.
    pub fn private_key(&self) -> PathBuf {
        self.0.join("private.key")
    }

    fn io(&self, source: io::Error) -> DataFolderError {
        DataFolderError::Io {
            path: self.0.clone(),
            source,
        }
    }

    /// Whether a hub lives here.
    pub fn is_hub(&self) -> bool {
        self.database().exists()
    }

    /// Whether there is nothing here at all, or no folder.
    ///
    /// # Errors
    /// The folder cannot be read.
    pub fn is_empty(&self) -> Result<bool, DataFolderError> {
        match fs::read_dir(&self.0) {
            Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(true),
            Err(error) => Err(self.io(error)),
            Ok(mut entries) => Ok(entries.next().is_none()),
        }
    }

    /// Claims the folder for serving; makes it when it is not there.
    ///
    /// # Errors
    /// Another process serves it, or it cannot be written.
    pub fn lock(&self) -> Result<ServeLock, DataFolderError> {
        create_folder(&self.0).map_err(|error| self.io(error))?;
        let path = self.0.join("serve.lock");
        let file = File::options()
            .create(true)
            .truncate(false)
            .write(true)
            .open(&path)
            .map_err(|source| DataFolderError::Io { path, source })?;
        match file.try_lock() {
            Ok(()) => Ok(ServeLock(file)),
            Err(TryLockError::WouldBlock) => Err(DataFolderError::InUse(self.0.clone())),
            Err(TryLockError::Error(source)) => Err(self.io(source)),
        }
    }

    /// Opens the hub to serve it with a clock of its own; makes what is not there yet. Hold [`DataFolder::lock`].
    ///
    /// # Errors
    /// The folder, the store, the blobs or the entropy.
    pub fn open_to_serve(
        &self,
        clock: Arc<dyn Clock>,
        entropy: Arc<dyn Entropy>,
        settings: Settings,
    ) -> Result<App, DataFolderError> {
        create_folder(&self.0).map_err(|error| self.io(error))?;
        if let Some(exposed) = exposure(&self.0) {
            tracing::warn!(folder.mode = %format!("{:04o}", exposed.mode),
                "the data folder is open to other users of this machine: chmod 700");
        }
        let offset = clock.now().millis_since(RealClock.now());
        let store: Arc<dyn HubStore> = Arc::new(SqliteStore::open(&self.database())?);
        let key = self.key_or_new(&*entropy)?;
        if let Some(exposed) = exposure(&self.private_key()) {
            return Err(exposed.into());
        }
        let fresh = entropy.array::<16>()?;
        store.writing(|write| {
            if write.server_installation()?.is_none() {
                write.put_meta(MetaKey::ServerInstallation, &fresh)?;
                write.put_meta_number(MetaKey::Epoch, 1)?;
            }
            if let Some(url) = &settings.public_url {
                write.put_meta(MetaKey::PublicUrl, url.as_bytes())?;
            }
            match &settings.pin {
                Some(pin) => write.put_meta(MetaKey::ServerPin, pin.as_bytes())?,
                None => drop(write.remove_meta(MetaKey::ServerPin)?),
            }
            write.put_meta_number(MetaKey::ClockOffset, offset)
        })?;
        // Nobody of an older version serves beside us: the folder is locked.
        citations::complete(&*store)?;
        log::enter_late(&*store, clock.now())?;
        sync_folder(&self.0).map_err(|error| self.io(error))?;
        self.app(store, key, clock, entropy, settings)
    }

    /// Opens a hub beside the process that may be serving it, with the clock and address that process has.
    ///
    /// # Errors
    /// There is none, or the folder, the store or the blobs.
    pub fn open_beside(&self, entropy: Arc<dyn Entropy>) -> Result<App, DataFolderError> {
        if !self.is_hub() {
            return Err(DataFolderError::Empty(self.0.clone()));
        }
        let store: Arc<dyn HubStore> = Arc::new(SqliteStore::open(&self.database())?);
        let key = self
            .existing_key()?
            .ok_or_else(|| DataFolderError::Empty(self.0.clone()))?;
        let (offset, public_url, pin) = store.reading(|read| {
            let offset = read.meta_number(MetaKey::ClockOffset)?.unwrap_or(0);
            let pin = read.meta(MetaKey::ServerPin)?;
            Ok::<_, StoreError>((offset, read.meta_text(MetaKey::PublicUrl)?, pin))
        })?;
        let settings = Settings {
            https: false,
            pin: pin.and_then(|pin| ServerPin::from_slice(&pin)),
            public_url,
            ..Settings::default()
        };
        self.app(store, key, Arc::new(OffsetClock(offset)), entropy, settings)
    }

    /// The key, unless others may read it: then it is nobody's own any more.
    fn existing_key(&self) -> Result<Option<SoftwareKey>, DataFolderError> {
        if let Some(exposed) = exposure(&self.key()) {
            return Err(exposed.into());
        }
        server_key::read(&self.key()).map_err(|error| self.key_io(error))
    }

    fn key_io(&self, source: io::Error) -> DataFolderError {
        DataFolderError::Io {
            path: self.key(),
            source,
        }
    }

    fn key_or_new(&self, entropy: &dyn Entropy) -> Result<SoftwareKey, DataFolderError> {
        if let Some(key) = self.existing_key()? {
            return Ok(key);
        }
        let key = fresh_key(entropy)?;
        server_key::write_new(&key, &self.key()).map_err(|error| self.key_io(error))?;
        Ok(key)
    }

    fn app(
        &self,
        store: Arc<dyn HubStore>,
        key: SoftwareKey,
        clock: Arc<dyn Clock>,
        entropy: Arc<dyn Entropy>,
        settings: Settings,
    ) -> Result<App, DataFolderError> {
        let (epoch, installation) = store
            .reading(|read| Ok::<_, StoreError>((read.epoch()?, read.server_installation()?)))?;
        let installation: InstallationId =
            installation.ok_or_else(|| DataFolderError::Empty(self.0.clone()))?;
        Ok(App {
            store,
            blobs: BlobFiles::open(&self.blobs())?.taken_until(settings.photo_limit),
            packs: PackFiles::open(&self.packs()).map_err(|source| DataFolderError::Io {
                path: self.packs(),
                source,
            })?,
            base_maps: BaseMapFiles::at(self.base_map()),
            clock,
            entropy,
            hub_key: HubKey {
                key,
                installation,
                epoch,
            },
            settings,
            tables: TablesCache::default(),
            password_turns: tokio::sync::Semaphore::new(PASSWORD_TURNS),
            comparison_turns: ComparisonTurns::default(),
            carried_turns: CarriedTurns::default(),
            private_key: PrivateKeyFile::at(self.private_key()),
            examinations: Arc::default(),
            arrivals: Arc::default(),
            requests_seen: RequestsSeen::default(),
        })
    }
}

/// A key from random bytes; the one draw in four billion that is none is drawn again.
pub(crate) fn fresh_key(entropy: &dyn Entropy) -> Result<SoftwareKey, EntropyError> {
    for _ in 0..8 {
        if let Ok(key) = SoftwareKey::from_bytes(&entropy.array::<{ server_key::SECRET_BYTES }>()?)
        {
            return Ok(key);
        }
    }
    Err(EntropyError("eight draws in a row were no key".into()))
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a failing test should stop")]
mod tests {
    use super::*;
    use crate::app::{FixedClock, SystemEntropy};
    use xunge_sync::keys::Signer;

    fn serve(folder: &DataFolder, at: Timestamp) -> App {
        let settings = Settings {
            https: false,
            public_url: Some("http://127.0.0.1:1".into()),
            ..Settings::default()
        };
        folder
            .open_to_serve(
                Arc::new(FixedClock::at(at)),
                Arc::new(SystemEntropy),
                settings,
            )
            .unwrap()
    }

    #[test]
    fn the_hub_stays_who_it_is() {
        let kept = tempfile::tempdir().unwrap();
        let folder = DataFolder::at(kept.path().join("hub"));
        assert!(folder.is_empty().unwrap());
        assert!(matches!(
            folder.open_beside(Arc::new(SystemEntropy)),
            Err(DataFolderError::Empty(_))
        ));
        assert!(folder.is_empty().unwrap(), "looking makes nothing");
        let identity = |app: &App| {
            (
                app.hub_key.key.public_key(),
                app.hub_key.installation,
                app.hub_key.epoch,
            )
        };
        let first = identity(&serve(&folder, RealClock.now()));
        assert_eq!(identity(&serve(&folder, RealClock.now())), first);
        assert_eq!(
            identity(&folder.open_beside(Arc::new(SystemEntropy)).unwrap()),
            first
        );
    }

    #[test]
    #[cfg(unix)]
    fn a_key_that_others_may_read_is_not_used() {
        use std::os::unix::fs::PermissionsExt;
        let kept = tempfile::tempdir().unwrap();
        let folder = DataFolder::at(kept.path().join("hub"));
        drop(serve(&folder, RealClock.now()));
        let mode = |path: &Path| path.metadata().unwrap().permissions().mode() & 0o777;
        assert_eq!((mode(folder.path()), mode(&folder.key())), (0o700, 0o600));
        fs::set_permissions(folder.key(), fs::Permissions::from_mode(0o640)).unwrap();
        let (clock, settings) = (Arc::new(RealClock), Settings::default());
        let served = folder.open_to_serve(clock, Arc::new(SystemEntropy), settings);
        assert_eq!(served.err().map(|error| error.code()), Some("key_exposed"));
        let beside = folder.open_beside(Arc::new(SystemEntropy));
        assert!(matches!(beside, Err(DataFolderError::Exposed(_))));
        assert_eq!(mode(&folder.key()), 0o640, "it is for its owner to mend");
    }

    #[test]
    fn a_second_process_has_the_clock_and_the_address_of_the_first() {
        let kept = tempfile::tempdir().unwrap();
        let folder = DataFolder::at(kept.path());
        let monday = Timestamp::from_rfc3339("2025-06-30T11:00:00+08:00").unwrap();
        drop(serve(&folder, monday));
        let beside = folder.open_beside(Arc::new(SystemEntropy)).unwrap();
        assert!(beside.clock.now().millis_since(monday).abs() < 60_000);
        assert_eq!(
            beside.settings.public_url.as_deref(),
            Some("http://127.0.0.1:1")
        );
    }

    #[test]
    fn one_process_serves_and_others_may_look() {
        let kept = tempfile::tempdir().unwrap();
        let folder = DataFolder::at(kept.path());
        let lock = folder.lock().unwrap();
        assert!(matches!(folder.lock(), Err(DataFolderError::InUse(_))));
        drop(serve(&folder, RealClock.now()));
        folder.open_beside(Arc::new(SystemEntropy)).unwrap();
        drop(lock);
        folder.lock().unwrap();
    }
}
