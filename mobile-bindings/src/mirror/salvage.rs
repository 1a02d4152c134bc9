//! What became of a damaged store.

use xunge_field::SalvageView;

#[uniffi::remote(Record)]
pub struct SalvageView {
    pub kept_in: String,
    pub rows: u64,
    pub unsent: u64,
    pub incomplete: Vec<String>,
    pub zh: String,
    pub en: String,
}
