//! `field-device recover`: what a lost phone had not sent.
//!
//! Not a verb of the hub: it may not know the device's store, and the key that opens phones should not be typed where
//! everybody logs in.

use std::fs;
use std::path::Path;

use data_encoding::HEXLOWER;
use serde_json::{Value, json};
use xunge_field::FieldError;
use xunge_store::{
    CaseFilter, CaseRow, OpenStoreError, PageCursor, Recovered, RecoveryKey, Store, StoreError,
};

use crate::output::{End, Failure, print};

/// Most rows of a table that are listed.
const ROWS_MAX: usize = 500;

pub(crate) fn recover(
    json: bool,
    lost: &Path,
    recovery_key: &Path,
    to: &Path,
) -> Result<End, Failure> {
    let key = read_key(recovery_key)?;
    let recovered = Store::recover(lost, &key, to).map_err(FieldError::from)?;
    let listed = list(to).map_err(FieldError::from)?;
    let value = json!({
        "to": to,
        "photos": recovered.photos,
        "damaged_photos": recovered.damaged,
        "unsent_changes": listed.unsent_changes,
        "unsent_photos": listed.unsent_photos,
        "drafts": listed.drafts,
        "carried": listed.carried,
        "cases": listed.cases,
    });
    print(json, &value, || lines(&recovered, &listed, to));
    Ok(End::Done)
}

fn read_key(file: &Path) -> Result<RecoveryKey, Failure> {
    let text = fs::read_to_string(file).map_err(|cause| Failure::File {
        file: file.display().to_string(),
        cause,
    })?;
    HEXLOWER
        .decode(text.trim().as_bytes())
        .ok()
        .and_then(|bytes| RecoveryKey::from_slice(&bytes))
        .ok_or_else(|| Failure::Usage(format!("{}: no recovery key", file.display())))
}

/// What is in a recovered store.
struct Listed {
    unsent_changes: u64,
    unsent_photos: u64,
    drafts: usize,
    /// Pieces of others that were not handed up.
    carried: u64,
    /// Those with unsent work first, then the newest.
    cases: Vec<Value>,
}

fn list(store: &Path) -> Result<Listed, OpenStoreError> {
    let store = Store::open(store)?;
    let listed = store.read(|reader| -> Result<Listed, StoreError> {
        let mut rows: Vec<CaseRow> = Vec::new();
        loop {
            let last = rows.last().map(|row| PageCursor {
                updated_at: row.updated_at,
                id: row.document,
            });
            let page = reader.case_page(CaseFilter::All, last.as_ref(), ROWS_MAX)?;
            if page.is_empty() {
                break;
            }
            rows.extend(page);
        }
        rows.sort_by_key(|row| row.unsent == 0);
        let case = |row: &CaseRow| {
            json!({
                "local_code": row.local_code,
                "case_no": row.case_no,
                "title": row.title,
                "state": row.state,
                "unsent": row.unsent,
            })
        };
        Ok(Listed {
            unsent_changes: rows.iter().map(|row| u64::from(row.unsent)).sum(),
            unsent_photos: reader.unacknowledged_blob_count(None)?,
            drafts: reader.drafts(None, ROWS_MAX)?.len(),
            carried: reader.waiting_piece_count()?,
            cases: rows.iter().map(case).collect(),
        })
    })?;
    Ok(listed)
}

fn lines(recovered: &Recovered, listed: &Listed, to: &Path) -> String {
    let mut lines = vec![
        format!("已恢复到 recovered to: {}", to.display()),
        format!(
            "未送达 unsent: {} changes, {} photo files; 草稿 drafts: {}; 代传 carried for others: {}; 照片 photos: {} (损坏 damaged: {})",
            listed.unsent_changes,
            listed.unsent_photos,
            listed.drafts,
            listed.carried,
            recovered.photos,
            recovered.damaged.len()
        ),
    ];
    lines.extend(listed.cases.iter().map(|case| {
        let text = |key: &str| case[key].as_str().unwrap_or("-").to_owned();
        let mark = if case["unsent"] == 0 { "  " } else { "! " };
        format!(
            "{mark}{}  {}  {}",
            text("local_code"),
            text("case_no"),
            text("title")
        )
    }));
    lines.join("\n")
}
