//! What a report can be about.

use xunge_field::ClassView;

#[uniffi::remote(Record)]
pub struct ClassView {
    pub code: String,
    pub major_zh: String,
    pub zh: String,
    pub en: String,
    pub self_handled: bool,
}
