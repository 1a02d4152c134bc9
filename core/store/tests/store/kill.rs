//! A writing process killed with SIGKILL, again and again: nothing it reported as saved is missing, and the lock dies
//! with it.

use std::io::{BufRead as _, BufReader, Write as _};
use std::process::{Command, Stdio};

use xunge_store::{BlobKind, NewBlob, Store, StoreError};

use crate::support::document;

/// Tells the test binary to be the writer, and where.
const WRITER_FOLDER: &str = "XUNGE_STORE_KILL_TEST_FOLDER";
const ROUNDS: u64 = 6;
const SAVED_BEFORE_KILL: usize = 15;

/// Not a test of its own: the process that gets killed. Without the variable there is nothing to write.
#[test]
fn writer_process() {
    let Some(folder) = std::env::var_os(WRITER_FOLDER) else {
        return;
    };
    let mut store = Store::open(folder.as_ref()).unwrap();
    let mut out = std::io::stdout().lock();
    for number in saved(&store).. {
        store.transaction(|tx| save(tx, number)).unwrap();
        writeln!(out, "saved {number}").unwrap();
    }
}

fn saved(store: &Store) -> u64 {
    let value = store.read(|reader| reader.setting("saved")).unwrap();
    value.map_or(0, |bytes| u64::from_be_bytes(bytes.try_into().unwrap()))
}

fn save(tx: &xunge_store::Tx<'_>, number: u64) -> Result<(), StoreError> {
    let photo = NewBlob {
        document: document(1),
        kind: BlobKind::Original,
    };
    tx.put_blob(&photo, &photo_bytes(number))?;
    tx.set_setting("saved", &(number + 1).to_be_bytes())
}

fn photo_bytes(number: u64) -> Vec<u8> {
    number.to_be_bytes().repeat(2_000)
}

#[test]
#[expect(
    clippy::disallowed_methods,
    reason = "the test needs a process to kill"
)]
fn nothing_reported_as_saved_is_lost_to_a_kill() {
    let folder = tempfile::tempdir().unwrap();
    let mut reported = 0;
    for _ in 0..ROUNDS {
        let mut writer = Command::new(std::env::current_exe().unwrap())
            .args([
                "--exact",
                "kill::writer_process",
                "--nocapture",
                "--test-threads=1",
            ])
            .env(WRITER_FOLDER, folder.path())
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        let lines = BufReader::new(writer.stdout.take().unwrap()).lines();
        let mut numbers = lines
            .map_while(Result::ok)
            .filter_map(|line| line.split_once("saved ")?.1.parse::<u64>().ok());
        reported = numbers
            .by_ref()
            .take(SAVED_BEFORE_KILL)
            .last()
            .expect("it writes");
        assert_eq!(
            Store::open(folder.path()).err().expect("in use").code(),
            "store_in_use"
        );
        writer.kill().unwrap();
        writer.wait().unwrap();
        reported = numbers.last().unwrap_or(reported);

        let store = Store::open(folder.path()).expect("the lock died with the process");
        store.check().unwrap();
        assert!(
            saved(&store) > reported,
            "{} saved, {reported} reported",
            saved(&store)
        );
        let uses = store.read(|reader| reader.blobs_of(document(1))).unwrap();
        assert_eq!(uses.len() as u64, saved(&store), "a row for each photo");
        for photo in uses {
            store
                .read(|reader| reader.read_blob(photo.blob.digest))
                .unwrap();
        }
        let unfinished = std::fs::read_dir(folder.path().join("blobs/incoming")).unwrap();
        assert_eq!(unfinished.count(), 0);
    }
    assert!(reported >= ROUNDS * SAVED_BEFORE_KILL as u64 - 1);
}
