//! What `field-device sync` says and does when the hub took the device's rights.

use std::path::Path;

use serde_json::json;
use xunge_field::RevokedStore;
use xunge_tests::device::forget_key;

use crate::output::{End, Failure, print};

/// The hub took this device's rights: its key goes as well.
pub(crate) fn revoked(
    json: bool,
    folder: &Path,
    became: RevokedStore,
    (code, zh, en): (&str, &str, &str),
) -> Result<End, Failure> {
    forget_key(folder)?;
    let value = json!({
        "problem": { "code": code, "zh": zh, "en": en },
        "store": became.word(),
    });
    print(json, &value, || format!("{zh}{} [{code}]", became.zh()));
    Ok(End::SetAside)
}
