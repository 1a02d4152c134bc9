//! Where what lies in a bundle.

use std::collections::BTreeMap;

use xunge_domain::case::TextPlace;
use xunge_domain::ids::{Digest, InstallationId, IntentId};

/// The files of a bundle, by their paths.
pub type Files = BTreeMap<String, Vec<u8>>;

pub(super) const SUMS: &str = "SHA256SUMS";
pub(super) const SUMS_SIGNATURE: &str = "SHA256SUMS.sig";
pub(super) const HUB_KEY: &str = "hub.pem";
pub(super) const CASE: &str = "case.json";
pub(super) const HISTORY: &str = "history.md";
pub(super) const GUIDE: &str = "VERIFY.md";
pub(super) const CHECKPOINT: &str = "log/checkpoint.txt";
pub(super) const CHECKPOINT_SIGNED: &str = "log/checkpoint.signed";
pub(super) const CHECKPOINT_SIGNATURE: &str = "log/checkpoint.sig";
pub(super) const CONSISTENCY: &str = "log/consistency.txt";

pub(super) const KEY: &str = "key.pem";
pub(super) const NAMED: &str = "named";
pub(super) const REVOKED: &str = "revoked";
pub(super) const RECEIVED: &str = "received";

pub(super) const ENTRY: &str = "entry.cbor";
pub(super) const RECORD: &str = "record.cbor";
pub(super) const STATEMENT: &str = "statement.bin";
pub(super) const SIGNATURE: &str = "signature.der";
pub(super) const READABLE: &str = "readable.json";
pub(super) const ORIGINAL: &str = "original";
pub(super) const PREVIEW: &str = "preview";

/// The folder of the lines that say that a text was erased.
pub(super) const ERASED: &str = "erased/";

const EVIDENCE: &str = "evidence/";

pub(super) fn evidence(intent: &IntentId, file: &str) -> String {
    format!("{EVIDENCE}{intent}/{file}")
}

/// The intents that have a folder.
pub(super) fn intents(files: &Files) -> Vec<Result<IntentId, String>> {
    let folders = files
        .keys()
        .filter_map(|path| path.strip_prefix(EVIDENCE)?.split_once('/'));
    let mut folders: Vec<&str> = folders.map(|(folder, _)| folder).collect();
    folders.dedup();
    let read = |folder: &str| folder.parse().map_err(|_| format!("{EVIDENCE}{folder}"));
    folders.into_iter().map(read).collect()
}

pub(super) fn device(installation: &InstallationId, file: &str) -> String {
    format!("devices/{installation}/{file}")
}

/// The line of a record of another case, by its place in the device's chain.
pub(super) fn between_line(seq: u64) -> String {
    format!("between-{seq}")
}

/// The line of an erased text: the word of a fact, or the id of an entry.
pub(super) fn erased_line(place: &TextPlace) -> String {
    match place {
        TextPlace::Entry(intent) => intent.to_string(),
        fact => fact.to_string(),
    }
}

pub(super) fn entry_of(line: &str) -> String {
    format!("{line}.entry")
}

pub(super) fn proof_of(line: &str) -> String {
    format!("{line}.proof")
}

/// What `sha256sum` writes, of all files but itself and its signature.
pub(super) fn sums(files: &Files) -> String {
    let summed = files.iter().filter(|(path, _)| !is_outside(path));
    summed
        .map(|(path, bytes)| format!("{}  {path}\n", Digest::of(bytes)))
        .collect()
}

/// Whether a file is none of those that are summed.
pub(super) fn is_outside(path: &str) -> bool {
    path == SUMS || path == SUMS_SIGNATURE
}
