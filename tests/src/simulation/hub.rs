//! The hub without a socket: the real services over a store in memory. Routes are the only part of the server that
//! is left out; what they parse is parsed here.

use std::io::{Read, Seek, SeekFrom};
use std::path::Path;
use std::sync::atomic::Ordering;
use std::sync::{Arc, Mutex, PoisonError};

use tempfile::TempDir;
use xunge_documents::{Document, NewChange};
use xunge_field::domain::case::{Act, BlobReference, CaseState, Ruling};
use xunge_field::domain::ids::{Digest, DocumentId, InstallationId, PersonId};
use xunge_field::domain::scope::Scope;
use xunge_field::domain::time::Timestamp;
use xunge_field::{HttpAnswer, HttpRequest, Method};
use xunge_server::app::{App, Entropy, EntropyError, FixedClock, PASSWORD_TURNS, Settings};
use xunge_server::base_map_files::BaseMapFiles;
use xunge_server::blob_files::BlobFiles;
use xunge_server::data_folder::DataFolder;
use xunge_server::error::ApiError;
use xunge_server::pack_files::{PackFiles, PackSizes};
use xunge_server::private_key::PrivateKeyFile;
use xunge_server::services::blobs::{Chunk, take_chunk};
use xunge_server::services::device_session::Presented;
use xunge_server::services::disk::PhotoLimit;
use xunge_server::services::hourly_turns::{CarriedTurns, ComparisonTurns};
use xunge_server::services::signed_request::{Claimed, Proven, RequestsSeen};
use xunge_server::services::{
    act, backup, carried, certificate, city_tables, documents, enrol_codes, enrolment, packs,
    receipts, restore, sync,
};
use xunge_server::store::rows::ChangeRow;
use xunge_server::store::sqlite::SqliteStore;
use xunge_server::store::{HubRead, HubTransaction, StoreError};
use xunge_server::tables::{TablesCache, note_tables_changed};
use xunge_sync::hub::HubKey;
use xunge_sync::wire::{
    ByteRange, CARRIED_PATH, CERTIFICATE_PATH, Frame, NONCE_HEADER, RECEIPTS_PATH, RequestHead,
    SESSION_HEADER, TABLES_PATH, unpack,
};

use super::cast;
use super::faults::{FaultyStore, StoreFaults};
use super::parts;
use super::receipts::{Newest, Receipts};
use crate::proxy::SplitMix;

/// So finely that the few cases of a schedule make packs of several segments. By the seed, not drawn: a seed's schedule
/// stays what it was.
const fn packed(seed: u64) -> PackSizes {
    PackSizes {
        from: 1 + seed % 3,
        segment_documents: 1,
        segment_bytes: usize::MAX,
    }
}

/// Folders in memory, where flushing costs nothing: the blobs of ten thousand hubs.
const MEMORY_FOLDER: &str = "/dev/shm";

/// The simulated hub.
pub(super) struct Hub {
    pub(super) app: Arc<App>,
    pub(super) clock: Arc<FixedClock>,
    pub(super) faults: Arc<StoreFaults>,
    /// What it has told devices it keeps.
    pub(super) receipts: Receipts,
    /// Everything of it that lies on a disk, and its backup.
    folder: TempDir,
    /// How often it was restored, perhaps from one backup.
    lives: u32,
    entropy: Arc<SeededEntropy>,
    packed: PackSizes,
}

struct SeededEntropy(Mutex<SplitMix>);

impl Entropy for SeededEntropy {
    fn fill(&self, bytes: &mut [u8]) -> Result<(), EntropyError> {
        let mut random = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        for byte in bytes {
            *byte = random.below(256) as u8;
        }
        Ok(())
    }
}

/// What of the hub did not work when it was set up; none of it is a finding.
pub(super) type SetUpError = Box<dyn std::error::Error>;

/// The backup, below the hub's folder.
const BACKUP: &str = "backup";
/// The hub made from it.
const RESTORED: &str = "restored";

impl Hub {
    /// A hub with the cast, the beats and the class table; in memory, or on files.
    pub(super) fn new(seed: u64, on_files: bool) -> Result<Self, SetUpError> {
        let shared = Path::new(MEMORY_FOLDER);
        let folder = if shared.is_dir() && !on_files {
            TempDir::new_in(shared)?
        } else {
            TempDir::new()?
        };
        let store = if on_files {
            SqliteStore::open(&folder.path().join("xunge.db"))?
        } else {
            SqliteStore::in_memory()?
        };
        let entropy = Arc::new(SeededEntropy(Mutex::new(SplitMix::of(seed, 1_000))));
        let clock = Arc::new(FixedClock::at(cast::monday()));
        let blobs = folder.path().join("blobs");
        let packed = packed(seed);
        let (app, faults) = open(store, &blobs, &clock, &entropy, 1, packed)?;
        app.store.writing(|write| {
            for organisation in cast::organisations() {
                write.put_organisation(&organisation)?;
            }
            for person in cast::people() {
                write.put_person(&person)?;
            }
            write.put_unit_grids(&cast::unit_grids())?;
            write.put_class_table(&cast::classes())?;
            note_tables_changed(write as &mut dyn HubTransaction)
        })?;
        Ok(Self {
            app,
            clock,
            faults,
            receipts: Receipts::default(),
            folder,
            lives: 0,
            entropy,
            packed,
        })
    }

    /// Writes a backup, as `xunge backup` does.
    pub(super) fn back_up(&self) -> Result<(), SetUpError> {
        backup::back_up(&self.app, &self.folder.path().join(BACKUP))?;
        Ok(())
    }

    /// Goes on from the backup, as `xunge restore` and `xunge serve` do. False when there is none.
    pub(super) fn restore(&mut self) -> Result<bool, SetUpError> {
        use xunge_server::app::Clock as _;
        let from = self.folder.path().join(BACKUP);
        if !from.exists() {
            return Ok(false);
        }
        self.lives += 1;
        let name = format!("{RESTORED}-{}", self.lives);
        let to = DataFolder::at(self.folder.path().join(name));
        let restored = restore::restore(&from, &to, self.clock.now(), &*self.entropy)?;
        let store = SqliteStore::open(&to.database())?;
        (self.app, self.faults) = open(
            store,
            &to.blobs(),
            &self.clock,
            &self.entropy,
            restored.epoch,
            self.packed,
        )?;
        Ok(true)
    }

    /// A code for a device of this person.
    pub(super) fn enrolment_code(&self, person: &PersonId) -> Result<String, SetUpError> {
        Ok(enrol_codes::issue(&self.app, "simulation", person, None)?.code)
    }

    /// Answers a request, as far as its body arrived, and notes what the answer promises.
    pub(super) fn answer(&mut self, request: &HttpRequest) -> HttpAnswer {
        let answer = serve(&self.app, request);
        self.note(request, answer)
    }

    /// Notes what an answer promises.
    pub(super) fn note(
        &mut self,
        request: &HttpRequest,
        answer: Result<Vec<u8>, ApiError>,
    ) -> HttpAnswer {
        let mut pushed = parts::pushed(&self.app, request);
        let message = parts::message(request);
        let mut parted = message.as_ref().and_then(|message| message.resumes);
        if let Some(message) = message.filter(|_| parts::in_parts(request)) {
            self.receipts.remember(*message.nonce, &pushed);
            parted = Some(message.nonce);
            pushed = Vec::new();
        }
        match answer {
            Ok(body) => {
                let parted = parted.map(|nonce| *nonce);
                self.receipts.note(&pushed.concat(), parted, &body);
                // The device looks at the bytes; which of them it asked for, it knows.
                let status = if request.method == Method::Get {
                    206
                } else {
                    200
                };
                HttpAnswer::Answered { status, body }
            }
            Err(error) => {
                self.receipts.newest = Newest::default();
                HttpAnswer::Answered {
                    status: error.status.as_u16(),
                    body: b"{}".to_vec(),
                }
            }
        }
    }

    /// Somebody in a browser acts.
    pub(super) fn act(
        &self,
        person: &str,
        case: &DocumentId,
        wanted: &Act,
    ) -> Result<Ruling, act::ActError> {
        let person = cast::person_id(person);
        act::act(&self.app, &person, "simulated session", case, wanted)
    }

    /// All cases, with their states.
    pub(super) fn cases(&self) -> Result<Vec<(DocumentId, CaseState)>, StoreError> {
        self.app.store.reading(|read| {
            let mut cases = Vec::new();
            for id in read.documents(None, 100)? {
                cases.extend(read.case(&id)?.map(|row| (id, row.state)));
            }
            Ok(cases)
        })
    }

    /// A document as the hub holds it.
    pub(super) fn document(&self, id: &DocumentId) -> Result<Option<Document>, StoreError> {
        self.app.store.reading(|read| {
            let Some(stored) = read.document(id)? else {
                return Ok(None);
            };
            documents::open(read as &dyn HubRead, id, &stored).map(Some)
        })
    }

    /// The scopes a document stands in.
    pub(super) fn scopes(&self, id: &DocumentId) -> Result<Vec<Scope>, StoreError> {
        let members = self.app.store.reading(|read| read.memberships(id))?;
        Ok(members.into_iter().map(|member| member.scope).collect())
    }

    /// Whether the hub has a change.
    pub(super) fn has_change(&self, id: &DocumentId, hash: &Digest) -> Result<bool, StoreError> {
        self.app
            .store
            .reading(|read| Ok(read.change(id, hash)?.is_some()))
    }

    /// Whether the hub keeps a change aside, with its reason, which its author is told.
    pub(super) fn keeps_aside(&self, id: &DocumentId, hash: &Digest) -> Result<bool, StoreError> {
        self.app
            .store
            .reading(|read| Ok(read.quarantined(id, hash)?.is_some()))
    }

    /// Whether the hub has every byte of a photo file: by its row, and by hashing the file.
    pub(super) fn has_blob(&self, sha256: &Digest) -> Result<bool, StoreError> {
        let stored = self.app.store.reading(|read| read.blob_stored(sha256))?;
        Ok(stored && self.app.blobs.verify(sha256).is_ok())
    }

    /// A planted mistake: takes a change in without asking the rules.
    pub(super) fn merge_unchecked(
        &self,
        id: &DocumentId,
        change: &NewChange,
    ) -> Result<(), StoreError> {
        let received_at = cast::monday();
        self.app.store.writing(|write| {
            let Some(stored) = write.document(id)? else {
                return Ok(());
            };
            let mut document = documents::open(write as &dyn HubRead, id, &stored)?;
            if document.apply([change.bytes.as_slice()]).is_err() {
                return Ok(());
            }
            let row = ChangeRow {
                hash: Digest::from_bytes(*change.hash.as_bytes()),
                arrival: stored.next_arrival(),
                actor: *change.actor.as_bytes(),
                sequence: change.sequence,
                operations: 1,
                installation: None,
                signature: None,
                bytes: change.bytes.clone(),
                received_at,
            };
            write.append_changes(id, &[row])
        })
    }

    /// The next commit fails.
    pub(super) fn fail_next_commit(&self) {
        self.faults.fail_commit.store(true, Ordering::SeqCst);
    }

    /// The next commit does not hold, and nobody is told.
    pub(super) fn lie_at_next_commit(&self) {
        self.faults.lie.store(true, Ordering::SeqCst);
    }

    /// No fault waits any more.
    pub(super) fn recover(&self) {
        self.faults.fail_commit.store(false, Ordering::SeqCst);
        self.faults.lie.store(false, Ordering::SeqCst);
    }

    /// The hub's clock.
    pub(super) fn advance(&self, millis: i64) -> Timestamp {
        use xunge_server::app::Clock as _;
        self.clock.advance_millis(millis);
        self.clock.now()
    }
}

/// A hub over a store that is there.
fn open(
    store: SqliteStore,
    blobs: &Path,
    clock: &Arc<FixedClock>,
    entropy: &Arc<SeededEntropy>,
    epoch: u64,
    packed: PackSizes,
) -> Result<(Arc<App>, Arc<StoreFaults>), SetUpError> {
    let faults = Arc::new(StoreFaults::default());
    let store = FaultyStore {
        inner: store,
        faults: Arc::clone(&faults),
    };
    let app = Arc::new(App {
        store: Arc::new(store),
        // Whatever the disk of this machine holds.
        blobs: BlobFiles::open(blobs)?.taken_until(PhotoLimit::at(100)),
        packs: PackFiles::open(&blobs.with_file_name("packs"))?.with(packed),
        base_maps: BaseMapFiles::at(blobs.with_file_name("base-map")),
        clock: Arc::clone(clock) as _,
        entropy: Arc::clone(entropy) as _,
        hub_key: HubKey {
            key: cast::key(0),
            installation: InstallationId::from_bytes([0xAA; 16]),
            epoch,
        },
        settings: Settings {
            https: false,
            public_url: Some("http://hub.invalid".into()),
            ..Settings::default()
        },
        tables: TablesCache::default(),
        password_turns: tokio::sync::Semaphore::new(PASSWORD_TURNS),
        comparison_turns: ComparisonTurns::default(),
        arrivals: Arc::default(),
        carried_turns: CarriedTurns::default(),
        private_key: PrivateKeyFile::at(blobs.with_file_name("private.key")),
        examinations: Arc::default(),
        requests_seen: RequestsSeen::default(),
    });
    // A weak one: the app holds the store that holds this.
    let _ = faults.app.set(Arc::downgrade(&app));
    Ok((app, faults))
}

/// What the routes do: parse, ask the service.
pub(super) fn serve(app: &App, request: &HttpRequest) -> Result<Vec<u8>, ApiError> {
    let body = &request.body;
    match (request.method, request.path.as_str()) {
        (Method::Post, "/api/enrol") => enrolment::enrol(app, &read(body)?),
        (Method::Post, "/api/sync") if parts::in_parts(request) => parts::take(app, request),
        (Method::Post, "/api/sync") => {
            let proven = proven(app, request)?;
            proven.check_body(body)?;
            sync::synchronise(app, &proven.presented, &read(body)?)
        }
        (Method::Post, CARRIED_PATH) => {
            let shown = errand(app, request)?;
            carried::take_piece(app, &shown, nonce(request)?, body)
        }
        (Method::Post, CERTIFICATE_PATH) => {
            certificate::renew(app, &errand(app, request)?, nonce(request)?)
        }
        (Method::Post, RECEIPTS_PATH) => {
            let shown = errand(app, request)?;
            receipts::receipts(app, &shown, nonce(request)?, &read(body)?)
        }
        (Method::Post, TABLES_PATH) => {
            let shown = errand(app, request)?;
            city_tables::tables(app, &shown, nonce(request)?, &read(body)?)
        }
        (Method::Get, path) => pack(app, request, path),
        (Method::Put, path) => {
            let proven = proven(app, request)?;
            let (blob, range, nonce) = upload(request, path).ok_or_else(bad)?;
            if body.len() as u64 == range.length() {
                proven.check_body(body)?;
            }
            let chunk = Chunk {
                blob,
                offset: range.from,
                bytes: body,
            };
            take_chunk(app, &proven.presented, nonce, &chunk)
        }
        _ => Err(ApiError::not_found()),
    }
}

pub(super) fn bad() -> ApiError {
    ApiError::bad_request(&xunge_server::messages::BAD_REQUEST)
}

fn read<Message>(body: &[u8]) -> Result<Message, ApiError>
where
    Message: for<'bytes> minicbor::Decode<'bytes, ()>,
{
    unpack(body).map_err(|_| bad())
}

pub(super) fn header<'a>(request: &'a HttpRequest, name: &str) -> Option<&'a str> {
    let mut headers = request.headers.iter();
    headers
        .find(|(known, _)| known == name)
        .map(|(_, value)| value.as_str())
}

/// The session of a request, and that its device signed it.
pub(super) fn proven(app: &App, request: &HttpRequest) -> Result<Proven, ApiError> {
    Claimed::read(RequestHead {
        method: request.method.name(),
        path: &request.path,
        header: &|name| header(request, name),
    })?
    .prove(app)
}

/// The session of a request that is signed with its whole body.
fn errand(app: &App, request: &HttpRequest) -> Result<Presented, ApiError> {
    let proven = proven(app, request)?;
    proven.check_body(&request.body)?;
    Ok(proven.presented)
}

/// The session a request shows.
pub(super) fn presented(request: &HttpRequest) -> Result<Presented, ApiError> {
    header(request, SESSION_HEADER)
        .and_then(Presented::parse)
        .ok_or_else(bad)
}

/// Bytes of a pack.
fn pack(app: &App, request: &HttpRequest, path: &str) -> Result<Vec<u8>, ApiError> {
    let sha256 = path
        .strip_prefix("/api/sync/packs/")
        .and_then(|name| name.parse().ok())
        .ok_or_else(ApiError::not_found)?;
    let mut pack = packs::open(app, &presented(request)?, &sha256)?;
    let range = header(request, "range").and_then(|range| {
        let (from, last) = range.strip_prefix("bytes=")?.split_once('-')?;
        Some((from.parse::<u64>().ok()?, last.parse::<u64>().ok()?))
    });
    let (from, last) = range.unwrap_or((0, pack.length.saturating_sub(1)));
    let mut bytes = vec![0; usize::try_from(last + 1 - from).unwrap_or(0)];
    pack.file
        .seek(SeekFrom::Start(from))
        .and_then(|_| pack.file.read_exact(&mut bytes))
        .map_err(|cause| ApiError::internal(&cause))?;
    Ok(bytes)
}

fn upload(request: &HttpRequest, path: &str) -> Option<(BlobReference, ByteRange, [u8; 16])> {
    let sha256: Digest = path.strip_prefix("/api/blobs/")?.parse().ok()?;
    let range = header(request, "content-range")?.strip_prefix("bytes ")?;
    let (range, total) = range.split_once('/')?;
    let (from, last) = range.split_once('-')?;
    let range = ByteRange {
        from: from.parse().ok()?,
        to: last.parse::<u64>().ok()?.checked_add(1)?,
    };
    let blob = BlobReference {
        sha256,
        length: total.parse().ok()?,
    };
    Some((blob, range, nonce(request).ok()?))
}

fn nonce(request: &HttpRequest) -> Result<[u8; 16], ApiError> {
    let text = header(request, NONCE_HEADER).ok_or_else(bad)?;
    let bytes = data_encoding::HEXLOWER.decode(text.as_bytes());
    bytes.map_err(|_| bad())?.try_into().map_err(|_| bad())
}

/// The frames of an answer of our own hub, unverified: the simulation is not the one to be deceived.
pub(super) fn frames(mut body: &[u8]) -> Vec<Frame> {
    let mut frames = Vec::new();
    while let Some((length, rest)) = body.split_first_chunk::<4>() {
        let length = u32::from_be_bytes(*length) as usize;
        let Some((payload, rest)) = rest.split_at_checked(length) else {
            break;
        };
        frames.extend(unpack::<Frame>(payload).ok());
        body = rest
            .get(xunge_sync::keys::SIGNATURE_BYTES..)
            .unwrap_or_default();
    }
    frames
}
