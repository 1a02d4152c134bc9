//! What the author reads, in English.

use crate::case::decline::Decline;

impl Decline {
    /// Cause and next step, in English.
    pub fn en(&self) -> String {
        match self {
            Self::WrongRole { needs } => {
                format!("This takes the role {}; hand it over.", needs.id())
            }
            Self::WrongState { is, needs } => {
                format!(
                    "The issue is {}, this needs {}; refresh to see what happened.",
                    is.id(),
                    needs.id()
                )
            }
            Self::AlreadyClaimed {
                by,
                organisation,
                at,
            } => format!(
                "{by} of {organisation} claimed it first, at {}; your content is kept, nothing more to do.",
                at.to_local_minute()
            ),
            Self::UnknownClass => {
                "The class is missing or not in the current table; choose a minor class.".into()
            }
            Self::UnknownCondition => {
                "The filing condition does not belong to the class; choose again.".into()
            }
            Self::NoUnitGrid => {
                "The point lies in no known unit grid; move it, or say why there is none.".into()
            }
            Self::PhotoMissing { purpose } => {
                format!(
                    "A photo of purpose {} by you is missing; take it and ask again.",
                    purpose.id()
                )
            }
            Self::ReasonMissing => "Give a reason; the person concerned will read it.".into(),
            Self::NotLeadParty => {
                "Your organisation does not lead here; ask the dispatcher.".into()
            }
            Self::NotClaimant => "Another organisation claimed this issue; ask them.".into(),
            Self::NotAssigned { to } => {
                format!("The task was sent to {to}; let them do it, or have it sent anew.")
            }
            Self::Beneficiary => "Who did the work may not check it; send somebody else.".into(),
            Self::TooFar {
                metres: Some(metres),
                metres_max,
            } => {
                format!(
                    "You were {metres} m from the point, at most {metres_max} m are allowed; do it on site."
                )
            }
            Self::TooFar {
                metres: None,
                metres_max,
            } => {
                format!(
                    "There is no position; get a fix on site (within {metres_max} m) and ask again."
                )
            }
            Self::EvidencePending { missing } => {
                format!(
                    "{missing} photo blobs have not arrived; it can be closed once they are here."
                )
            }
            Self::UnknownParty => "No such person or organisation; choose again.".into(),
            Self::AlreadyChecked { at } => format!(
                "Your check of these works was ruled at {}; this one is kept, nothing more to do.",
                at.to_local_minute()
            ),
            Self::Disputed => {
                "Two checks disagree; have it checked once more before it is closed.".into()
            }
            Self::NotApplied { kind } => format!(
                "No application ({}) waits for an answer; refresh to see whether it has one.",
                kind.id()
            ),
            Self::AlreadyApplied { kind, by } => format!(
                "The application ({}) of {by} has no answer yet; wait for it.",
                kind.id()
            ),
            Self::NotSelfHandled => {
                "This class is not on the list for self-handling; report it instead.".into()
            }
            Self::NotOneVisit {
                minutes,
                minutes_max,
            } => format!(
                "The photo after must follow the one before within {minutes_max} min, there are {minutes} min; report it instead."
            ),
            Self::NotSameBody { to } => {
                format!("{to} is not of your organisation; assign somebody who is.")
            }
            Self::LadderEnds { level } => format!(
                "The issue stands at {} level, there is none further that way; settle it here.",
                level.id()
            ),
            Self::AlreadyLinked => "The two issues are linked already, nothing to do.".into(),
            Self::NotLinked => {
                "The two issues are not linked; refresh to see what happened.".into()
            }
            Self::LinksItself => "An issue cannot repeat itself; choose another one.".into(),
            Self::NotProposed => {
                "This class was not proposed or has an answer; refresh to see.".into()
            }
            Self::NotLost => {
                "A photo named is here, or is none of this issue; refresh and choose again.".into()
            }
            Self::NeverClaimed => {
                "No organisation ever claimed this issue; report it anew and link the two.".into()
            }
            Self::DateNotAhead => "The date does not lie ahead; choose a later one.".into(),
            Self::UnknownCase => {
                "The server has no such issue; check its number, or link it once it has arrived."
                    .into()
            }
            Self::NoLimitOfHandling { handling_class } => format!(
                "The table of limits has no limit of {} handling for this class, condition and area; choose another handling class or ask the admin to add it.",
                handling_class.id()
            ),
            Self::NoBody => "You act for no organisation; ask the admin to enter yours.".into(),
        }
    }
}
