//! Salvage: a device whose database is damaged goes on with what can still be read of it, and says what cannot.

use std::path::Path;

use serde::Serialize;
use xunge_store::{Salvage, Store};

use crate::app::FieldApp;
use crate::at_rest::with_source;
use crate::error::FieldError;
use crate::ports::Ports;

/// What became of a damaged store.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct SalvageView {
    /// The folder in which the damaged files are kept as they were.
    pub kept_in: String,
    /// How many rows were brought over.
    pub rows: u64,
    /// Changes among them that the server has not received.
    pub unsent: u64,
    /// The tables of which not everything could be read; none means that nothing is missing.
    pub incomplete: Vec<String>,
    /// In Chinese.
    pub zh: String,
    /// In English.
    pub en: String,
}

/// What only this device may have had. Of everything else the server sends again what is missing.
const OWN_TABLES: [&str; 6] = [
    "change",
    "intent",
    "draft",
    "blob",
    "blob_use",
    "private_record",
];

impl FieldApp {
    /// Puts a damaged store aside, untouched, and a new one with everything that can still be read in its place, what was not
    /// sent first. Then open it, and synchronise: the server sends what it has once more. Seconds to minutes: reads and
    /// writes everything. Only after opening or a verb said `store_damaged`.
    ///
    /// # Errors
    /// In use, newer, full, or the key cannot be had: then nothing has changed.
    pub fn salvage(folder: &Path, ports: &Ports) -> Result<SalvageView, FieldError> {
        let salvage = with_source(ports, |source| match source {
            Some(source) => Store::salvage_encrypted(folder, source),
            None => Store::salvage(folder),
        })?;
        Ok(SalvageView::of(salvage))
    }
}

impl SalvageView {
    fn of(salvage: Salvage) -> Self {
        let Salvage {
            kept_in,
            rows,
            unsent,
            incomplete,
        } = salvage;
        let own = incomplete
            .iter()
            .any(|table| OWN_TABLES.contains(&table.as_str()));
        let (lost_zh, lost_en) = match (incomplete.is_empty(), own) {
            (true, _) => ("没有丢失。", "Nothing is missing."),
            (false, false) => (
                "缺失的部分服务器会重新下发。",
                "The server sends again what is missing.",
            ),
            (false, true) => (
                "有一部分读不出来，其中可能有未送达的内容；原文件已保留，请联系管理员。",
                "A part could not be read, and some of it may not have been sent. The damaged file is kept: tell your administrator.",
            ),
        };
        Self {
            zh: format!("已救出 {rows} 条记录，其中未送达的修改 {unsent} 条。{lost_zh}"),
            en: format!("{rows} rows were saved, {unsent} unsent changes among them. {lost_en}"),
            kept_in: kept_in.display().to_string(),
            rows,
            unsent,
            incomplete,
        }
    }
}
