//! Act: asks for a decision. The phone judges provisionally with the same rules; the server rules.

use xunge_documents::Edit;
use xunge_domain::case::{Act, Action, Case, Decline, Outcome, fold, judge};
use xunge_domain::ids::{DocumentId, IntentId};

use crate::app::{FieldApp, Identity};
use crate::error::FieldError;
use crate::photos::attach::{PhotoInput, keep, prepare};

/// An action with the photo it needs, written together.
#[derive(Debug, Clone)]
pub struct ActRequest<'a> {
    /// The case.
    pub case: DocumentId,
    /// What is asked for.
    pub act: Act,
    /// A photo of the worker's own; an action that asks for a photo sets its purpose.
    pub photo: Option<PhotoInput<'a>>,
}

impl FieldApp {
    /// Asks for a decision. One commit. What depends on others (state, who was first, who was sent) is asked even
    /// when this device thinks it too late: it may not know the newest.
    ///
    /// # Errors
    /// What the worker can mend is declined at once and nothing is written: the role, a missing photo, a missing
    /// reason, too far away.
    pub fn act(&mut self, request: ActRequest<'_>) -> Result<IntentId, FieldError> {
        let purpose = request.act.name().photo_purpose();
        let input = request.photo.map(|photo| PhotoInput {
            purpose: purpose.unwrap_or(photo.purpose),
            ..photo
        });
        let prepared = input
            .map(|photo| prepare(photo, &self.occasion(request.case)?))
            .transpose()?;
        self.write_case(request.case, |writing| {
            let author = writing.pen.identity.person.id.clone();
            let id = writing.intent_id()?;
            let mut edits = Vec::new();
            if let Some(prepared) = &prepared {
                let entry = keep(
                    writing.tx,
                    writing.pen.ports,
                    writing.id,
                    prepared,
                    author.clone(),
                    writing.pen.now,
                )?;
                edits.push(Edit::Photo(writing.intent_id()?, entry));
            }
            let name = request.act.name();
            let action = Action {
                author,
                at: writing.pen.now,
                act: request.act,
                seal: None,
                session: None,
            };
            edits.push(Edit::Action(id, action.clone()));
            writing.write(id, name.id(), edits)?;
            let case = writing.document.read(writing.id).case;
            match provisional(writing.pen.identity, &case, &action) {
                Some(reason) if mendable(&reason) => Err(FieldError::Declined(reason)),
                _ => Ok(id),
            }
        })
    }
}

/// Why this device thinks the action would be declined.
pub(crate) fn provisional(identity: &Identity, case: &Case, action: &Action) -> Option<Decline> {
    let me = &identity.person;
    let outcome = identity
        .tables
        .with_context(me, |context| judge(case, &fold(case), action, me, context));
    match outcome {
        Outcome::Accepted { .. } => None,
        Outcome::Declined { reason } => Some(reason),
    }
}

/// Whether the worker can mend it on the spot; the rest depends on what others did meanwhile.
const fn mendable(reason: &Decline) -> bool {
    matches!(
        reason,
        Decline::WrongRole { .. }
            | Decline::UnknownClass
            | Decline::NoUnitGrid
            | Decline::PhotoMissing { .. }
            | Decline::ReasonMissing
            | Decline::TooFar { .. }
            | Decline::NotSelfHandled
            | Decline::NotOneVisit { .. }
            | Decline::DateNotAhead
            | Decline::LinksItself
            | Decline::NoBody
    )
}
