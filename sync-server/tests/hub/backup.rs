//! Backup while the hub works, restore into a new epoch, and backups that must not be believed.

use std::fs;
use std::time::Duration;

use xunge_domain::ids::Digest;
use xunge_server::app::SystemEntropy;
use xunge_server::data_folder::DataFolder;
use xunge_server::services::backup::{BackupError, back_up};
use xunge_server::services::collect::collect;
use xunge_server::services::restore::{CASE_NUMBERS_SKIPPED, restore};
use xunge_server::store::HubStore;
use xunge_server::store::ranges::ByteRanges;
use xunge_server::store::sqlite::SqliteStore;

use crate::support::{Hub, PASSWORD, hub, monday};

fn with_photos() -> (Hub, Vec<Digest>) {
    let hub = hub();
    let photos: Vec<Digest> = (0..5_u8)
        .map(|number| {
            let bytes = vec![number; 10_000 + usize::from(number)];
            let sha256 = hub.state.blobs.store(&bytes).unwrap();
            let length = bytes.len() as u64;
            hub.state
                .store
                .writing(|write| write.mark_blob_stored(&sha256, length, monday()))
                .unwrap();
            sha256
        })
        .collect();
    let mut held = ByteRanges::new();
    held.insert(0..10);
    hub.state
        .store
        .writing(|write| {
            write.next_case_number("20250630")?;
            write.put_blob_progress(&Digest::of(b"partial"), 100, &held, monday())
        })
        .unwrap();
    (hub, photos)
}

#[test]
fn another_process_collects_what_no_case_cites() {
    let (hub, photos) = with_photos();
    let beside = hub.beside();
    let taken = collect(&beside, Duration::ZERO, false).unwrap();
    let count = u64::try_from(photos.len()).unwrap();
    assert_eq!((taken.stored, taken.partial), (count, 1));
    assert!(
        photos
            .iter()
            .all(|photo| !hub.state.blobs.path(photo).exists())
    );
    let left = hub
        .state
        .store
        .reading(|read| read.blobs(None, 10))
        .unwrap();
    assert_eq!(left, []);
}

#[test]
fn a_restored_hub_has_everything_and_a_new_epoch() {
    let (hub, photos) = with_photos();
    let mut browser = hub.logged_in("clerk");
    let place = tempfile::tempdir().unwrap();
    let (copy, target) = (
        place.path().join("copy"),
        DataFolder::at(place.path().join("hub")),
    );
    let manifest = back_up(&hub.state, &copy).unwrap();
    assert_eq!((manifest.blobs, manifest.epoch), (5, 1));
    // What happens after the backup is not in it.
    hub.state
        .store
        .writing(|write| write.next_case_number("20250630"))
        .unwrap();
    let restored = restore(&copy, &target, monday(), &SystemEntropy).unwrap();
    assert!(restored.epoch > 1);
    assert_eq!(restored.manifest, manifest);

    let app = target
        .open_beside(std::sync::Arc::new(xunge_server::app::SystemEntropy))
        .unwrap();
    assert_eq!(app.hub_key.epoch, restored.epoch);
    assert_eq!(
        app.hub_key.key.to_bytes(),
        hub.state.hub_key.key.to_bytes(),
        "devices pinned this key"
    );
    assert_ne!(
        app.hub_key.actor(),
        hub.state.hub_key.actor(),
        "it never writes a sequence number twice"
    );
    for sha256 in &photos {
        app.blobs.verify(sha256).unwrap();
    }
    app.store
        .writing(|write| {
            assert_eq!(
                write.blob(&Digest::of(b"partial"))?,
                None,
                "its sender starts again"
            );
            let next = write.next_case_number("20250630")?;
            assert_eq!(next, 1 + CASE_NUMBERS_SKIPPED + 1);
            assert_eq!(write.people(None, 10)?.len(), 3);
            Ok::<_, xunge_server::store::StoreError>(())
        })
        .unwrap();
    // The old browser session is over there; the password still holds.
    let state = xunge_server::app::AppState::new(app);
    let secret = browser
        .cookie
        .as_deref()
        .unwrap()
        .split_once('=')
        .unwrap()
        .1;
    let secret = xunge_server::services::sessions::SessionSecret::parse(secret).unwrap();
    assert!(
        xunge_server::services::sessions::find(&state, &secret)
            .unwrap()
            .is_none()
    );
    xunge_server::services::login::log_in(&state, "clerk", PASSWORD).unwrap();
    assert_eq!(
        browser.log_in("clerk", PASSWORD).status,
        200,
        "the old hub went on all the time"
    );
}

#[test]
fn a_backup_taken_while_others_write_is_one_moment() {
    let (hub, _) = with_photos();
    let place = tempfile::tempdir().unwrap();
    let stop = std::sync::atomic::AtomicBool::new(false);
    std::thread::scope(|threads| {
        threads.spawn(|| {
            while !stop.load(std::sync::atomic::Ordering::SeqCst) {
                // Two facts that are only ever changed together.
                let written = hub.state.store.writing(|write| {
                    let number = write.next_case_number("one")?;
                    assert_eq!(write.next_case_number("two")?, number);
                    Ok::<_, xunge_server::store::StoreError>(())
                });
                written.unwrap();
            }
        });
        for round in 0..5 {
            let copy = place.path().join(format!("copy-{round}"));
            back_up(&hub.state, &copy).unwrap();
            let store = SqliteStore::open(&copy.join("xunge.db")).unwrap();
            let store: &dyn HubStore = &store;
            let next = |day| store.writing(|write| write.next_case_number(day)).unwrap();
            assert_eq!(next("one"), next("two"));
        }
        stop.store(true, std::sync::atomic::Ordering::SeqCst);
    });
}

#[test]
fn nothing_is_ever_written_over() {
    let (hub, _) = with_photos();
    let place = tempfile::tempdir().unwrap();
    let full = place.path().join("full");
    fs::create_dir(&full).unwrap();
    fs::write(full.join("letter"), b"dear").unwrap();
    assert!(matches!(
        back_up(&hub.state, &full),
        Err(BackupError::NotEmpty(_))
    ));
    let copy = place.path().join("copy");
    fs::create_dir(&copy).unwrap();
    back_up(&hub.state, &copy).unwrap();
    assert!(matches!(
        back_up(&hub.state, &copy),
        Err(BackupError::NotEmpty(_))
    ));
    let refused = restore(&copy, &DataFolder::at(&full), monday(), &SystemEntropy);
    assert!(matches!(refused, Err(BackupError::NotEmpty(_))));
    assert_eq!(fs::read(full.join("letter")).unwrap(), b"dear");
}

#[test]
fn a_damaged_backup_makes_no_hub() {
    let (hub, photos) = with_photos();
    let place = tempfile::tempdir().unwrap();
    let spoil = |name: &str, work: &dyn Fn(&std::path::Path)| {
        let copy = place.path().join(name);
        back_up(&hub.state, &copy).unwrap();
        work(&copy);
        let target = DataFolder::at(place.path().join(format!("{name}-hub")));
        let refused =
            restore(&copy, &target, monday(), &SystemEntropy).map_err(|error| error.code());
        assert!(target.is_empty().unwrap(), "{name}: nothing is left behind");
        assert!(!place.path().join(format!("{name}-hub.unfinished")).exists());
        refused.unwrap_err()
    };
    let blob = |copy: &std::path::Path| {
        let name = photos[2].to_string();
        copy.join("blobs").join(&name[..2]).join(name)
    };
    let manifest = |copy: &std::path::Path, from: &str, to: &str| {
        let file = copy.join("manifest.json");
        let text = fs::read_to_string(&file).unwrap();
        assert!(text.contains(from));
        fs::write(file, text.replace(from, to)).unwrap();
    };
    assert_eq!(
        spoil("rotten", &|copy| fs::write(blob(copy), b"other").unwrap()),
        "backup_damaged"
    );
    assert_eq!(
        spoil("missing", &|copy| fs::remove_file(blob(copy)).unwrap()),
        "backup_damaged"
    );
    assert_eq!(
        spoil("keyless", &|copy| fs::remove_file(copy.join("server.key"))
            .unwrap()),
        "backup_damaged"
    );
    assert_eq!(
        spoil("database", &|copy| fs::write(copy.join("xunge.db"), b"")
            .unwrap()),
        "backup_damaged"
    );
    assert_eq!(
        spoil("bare", &|copy| fs::remove_file(copy.join("manifest.json"))
            .unwrap()),
        "backup_damaged"
    );
    assert_eq!(
        spoil("newer", &|copy| manifest(
            copy,
            "\"format\": 1",
            "\"format\": 2"
        )),
        "backup_newer"
    );
    assert_eq!(
        spoil("fewer", &|copy| manifest(
            copy,
            "\"blobs\": 5",
            "\"blobs\": 6"
        )),
        "backup_damaged"
    );
}
