//! What can be asked for.

use xunge_field::domain::case::{Act, ActionName, CloseOutcome};
use xunge_field::domain::geo::Point;
use xunge_field::domain::ids::{DocumentId, OrganisationId, PersonId};

#[uniffi::remote(Enum)]
pub enum CloseOutcome {
    Normal,
    Overdue,
    Error,
    Special,
}

#[uniffi::remote(Enum)]
pub enum Act {
    Report,
    SendVerify {
        to: PersonId,
    },
    Verify {
        result: Option<bool>,
        note: String,
    },
    Accept,
    Reject {
        reason: String,
        duplicate_of: Option<DocumentId>,
    },
    File {
        condition: String,
    },
    Dispatch {
        lead: OrganisationId,
        assist: Vec<OrganisationId>,
        notify: Vec<OrganisationId>,
    },
    Claim,
    Feedback {
        point: Option<Point>,
        note: String,
    },
    SendCheck {
        to: PersonId,
    },
    Check {
        passed: bool,
        point: Option<Point>,
        note: String,
    },
    Close {
        outcome: CloseOutcome,
    },
}

#[uniffi::remote(Enum)]
pub enum ActionName {
    Report,
    SendVerify,
    Verify,
    Accept,
    Reject,
    File,
    Dispatch,
    Claim,
    Feedback,
    SendCheck,
    Check,
    Close,
}
