//! `field-device salvage`: a device whose store is damaged.

use std::path::Path;

use serde_json::json;
use xunge_tests::device::{Hosting, salvage as salvage_device};

use crate::output::{End, Failure, print};

pub(crate) fn salvage(json: bool, store: &Path, unencrypted: bool) -> Result<End, Failure> {
    let hosting = Hosting {
        unencrypted,
        now: None,
    };
    let salvaged = salvage_device(store, hosting)?;
    print(json, &json!(salvaged), || {
        let kept = &salvaged.kept_in;
        format!("{}\n{}\n{kept}", salvaged.zh, salvaged.en)
    });
    Ok(End::Done)
}
