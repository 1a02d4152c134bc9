//! Short words for the tests.

use std::path::Path;

use rusqlite::{Connection, types::Value};
use xunge_domain::case::Severity;
use xunge_domain::geo::Point;
use xunge_domain::ids::{Digest, DocumentId, InstallationId, IntentId};
use xunge_domain::time::Timestamp;
use xunge_store::{
    BlobKind, CaseRow, ChangeState, CheckinRow, Cursor, Draft, NewBlob, NewChange, NewDocument,
    NewIntent, NewRecord, Session, Store, StoreError, Tx,
};

pub(crate) fn document(number: u16) -> DocumentId {
    let mut bytes = [0; 16];
    bytes[14..].copy_from_slice(&number.to_be_bytes());
    DocumentId::from_bytes(bytes)
}

pub(crate) fn hash(name: &str) -> Digest {
    Digest::of(name.as_bytes())
}

pub(crate) fn at(millis: i64) -> Timestamp {
    Timestamp::from_millis(millis)
}

pub(crate) fn installation(number: u8) -> InstallationId {
    InstallationId::from_bytes([number; 16])
}

pub(crate) fn intent(number: u32) -> IntentId {
    IntentId::new(&installation(1), number, [0; 3])
}

pub(crate) fn add_document(tx: &Tx<'_>, number: u16) -> Result<bool, StoreError> {
    tx.insert_document(&NewDocument {
        id: document(number),
        snapshot: b"genesis",
        heads: b"genesis heads",
        urgent: false,
    })
}

/// A change of this device whose bytes and hash come from `name`.
pub(crate) fn own_change(document_number: u16, name: &str) -> NewChange<'_> {
    NewChange {
        document: document(document_number),
        hash: hash(name),
        bytes: name.as_bytes(),
        actor: b"own actor",
        sequence: 1,
        own: true,
        state: ChangeState::Pending,
        signature: None,
    }
}

pub(crate) fn new_intent(number: u32, document_number: u16, change: &str) -> NewIntent<'_> {
    NewIntent {
        id: intent(number),
        document: document(document_number),
        change_hash: hash(change),
        kind: "add_comment",
        content: change.as_bytes(),
        created_at: at(i64::from(number)),
    }
}

pub(crate) fn case(document_number: u16, updated_at: i64, title: &str) -> CaseRow {
    CaseRow {
        document: document(document_number),
        local_code: document(document_number).local_code(),
        case_no: None,
        title: title.to_owned(),
        class: "井盖".to_owned(),
        state: "reported".to_owned(),
        severity: Severity::Serious,
        address: "商都路 12 号".to_owned(),
        place: Some(Point {
            longitude_e7: 1_137_861_000,
            latitude_e7: 347_552_000,
        }),
        reported_at: at(updated_at),
        updated_at: at(updated_at),
        unsent: 2,
        view: b"view".to_vec(),
    }
}

pub(crate) fn session(installation_number: u8) -> Session {
    Session {
        installation: installation(installation_number),
        person: b"worker-putian".to_vec(),
        server_url: "https://xunge.example".to_owned(),
        server_public_key: [2; 33],
        epoch: u64::MAX,
        token: [3; 16],
        device_key_handle: b"key 1".to_vec(),
    }
}

/// A list row of a check-in, about this case.
pub(crate) fn checkin(number: u16, subject_case: Option<DocumentId>) -> CheckinRow {
    CheckinRow {
        document: document(number),
        local_code: format!("CODE{number:04}"),
        title: "院内积水".to_owned(),
        state: "opened".to_owned(),
        subject_case,
        updated_at: at(i64::from(number)),
        view: b"view".to_vec(),
    }
}

/// One of everything, written in many statements.
pub(crate) fn write_all_tables(tx: &Tx<'_>) -> Result<(), StoreError> {
    tx.set_session(&session(2))?;
    tx.set_session(&session(1))?;
    tx.set_setting("class_table", b"classes")?;
    tx.save_draft(&Draft {
        id: document(900),
        content: b"draft".to_vec(),
        updated_at: at(5),
    })?;
    add_document(tx, 1)?;
    tx.next_intent_counter(document(1))?;
    tx.append_change(&own_change(1, "report"))?;
    tx.append_change(&NewChange {
        signature: Some(b"signature"),
        own: false,
        state: ChangeState::Pulled,
        ..own_change(1, "ruling")
    })?;
    tx.add_intent(&new_intent(1, 1, "report"))?;
    tx.save_case_row(&case(1, 7, "井盖破损"))?;
    tx.save_checkin_row(&checkin(1, Some(document(1))))?;
    let photo = NewBlob {
        document: document(1),
        kind: BlobKind::Preview,
    };
    let digest = tx.put_blob(&photo, b"preview bytes")?;
    tx.cite_blob(digest, document(1), hash("report"))?;
    tx.note_blob_elsewhere(hash("other"), 5, &photo)?;
    tx.note_record(&NewRecord {
        intent: intent(1),
        document: document(1),
        name: hash("record"),
        written_with: intent(1),
        original: None,
        made_at: at(5),
    })?;
    tx.keep_private(&crate::private::record(7, 1))?;
    tx.set_cursor(&Cursor {
        scope: "grid:putian-1".to_owned(),
        epoch: u64::MAX,
        seq: 12,
    })
}

/// All rows of all tables of a database file, as text.
pub(crate) fn dump(database: &Path) -> String {
    let connection = Connection::open(database).unwrap();
    let mut out = String::new();
    for table in names(&connection) {
        let mut statement = connection
            .prepare(&format!("SELECT * FROM {table} ORDER BY 1"))
            .unwrap();
        let columns = statement.column_count();
        let mut rows = statement.query([]).unwrap();
        while let Some(row) = rows.next().unwrap() {
            let values: Vec<Value> = (0..columns)
                .map(|column| row.get(column).unwrap())
                .collect();
            out.push_str(&format!("{table} {values:?}\n"));
        }
    }
    out
}

fn names(connection: &Connection) -> Vec<String> {
    let mut statement = connection
        .prepare("SELECT name FROM sqlite_schema WHERE type = 'table' ORDER BY name")
        .unwrap();
    let names = statement.query_map([], |row| row.get(0)).unwrap();
    names.map(Result::unwrap).collect()
}

/// What a database file's schema says, without layout.
pub(crate) fn schema(database: &Path) -> Vec<String> {
    let connection = Connection::open(database).unwrap();
    let mut statement = connection
        .prepare("SELECT type || ' ' || name || ' ' || coalesce(sql, '') FROM sqlite_schema ORDER BY type, name")
        .unwrap();
    let rows = statement
        .query_map([], |row| row.get::<_, String>(0))
        .unwrap();
    rows.map(|row| {
        row.unwrap()
            .split_whitespace()
            .collect::<Vec<_>>()
            .join(" ")
    })
    .collect()
}

/// Runs `test` on a store on a disk and on one in memory.
pub(crate) fn on_both(test: impl Fn(Store)) {
    let folder = tempfile::tempdir().unwrap();
    test(Store::open(folder.path()).unwrap());
    test(Store::open_in_memory().unwrap());
}

/// Copies a folder as it is now, as a killed process would leave it.
pub(crate) fn copy_folder(from: &Path, to: &Path) {
    std::fs::create_dir_all(to).unwrap();
    for entry in std::fs::read_dir(from).unwrap() {
        let entry = entry.unwrap();
        let target = to.join(entry.file_name());
        if entry.file_type().unwrap().is_dir() {
            copy_folder(&entry.path(), &target);
        } else {
            std::fs::copy(entry.path(), target).unwrap();
        }
    }
}
