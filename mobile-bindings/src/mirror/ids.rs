//! Ids and instants cross as text and as milliseconds; what is no id is a [`FieldError`], not a crash.

use xunge_field::domain::component::ComponentCode;
use xunge_field::domain::grid::UnitGridCode;
use xunge_field::domain::ids::{
    Digest, DocumentId, DutyGridId, DutyNoteId, IntentId, OrganisationId, PersonId, PrivateRecordId,
};
use xunge_field::domain::time::Timestamp;

use crate::error::FieldError;

/// Crosses as the text that people and logs use.
macro_rules! text_id {
    ($name:ident, $what:literal) => {
        uniffi::custom_type!($name, String, {
            remote,
            lower: |id| id.to_string(),
            try_lift: |text| Ok(text.parse().map_err(|_| FieldError::invalid($what))?),
        });
    };
}

text_id!(DocumentId, "case id");
text_id!(IntentId, "intent id");
text_id!(Digest, "sha256");
text_id!(PersonId, "person id");
text_id!(OrganisationId, "organisation id");
text_id!(DutyGridId, "duty grid id");
text_id!(DutyNoteId, "duty note id");
text_id!(PrivateRecordId, "private record id");
text_id!(UnitGridCode, "unit grid code");
text_id!(ComponentCode, "component code");

uniffi::custom_type!(Timestamp, i64, {
    remote,
    lower: |time| time.as_millis(),
    try_lift: |millis| Ok(Timestamp::from_millis(millis)),
});
