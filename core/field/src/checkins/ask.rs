//! Asks for a decision on a check-in. The phone judges provisionally with the same rules; the server rules.

use xunge_documents::Edit;
use xunge_domain::checkin::{Act, Action, Decline, JudgeContext, Outcome, fold, judge};
use xunge_domain::ids::IntentId;

use crate::documents::Writing;
use crate::error::FieldError;

/// Writes the request. What depends on others is asked even when this device thinks otherwise: it may not know the newest.
pub(crate) fn ask(writing: &mut Writing<'_>, act: Act) -> Result<IntentId, FieldError> {
    let me = &writing.pen.identity.person;
    let kind = act.name().id();
    let action = Action {
        author: me.id.clone(),
        at: writing.pen.now,
        act,
        seal: None,
        session: None,
    };
    let checkin = writing.document.read_checkin(writing.id).checkin;
    let organisations = &writing.pen.identity.tables.organisations;
    let context = JudgeContext {
        organisation: &|id| organisations.iter().find(|body| body.id == *id).cloned(),
        subject_known: &|_| true,
    };
    match judge(&checkin, &fold(&checkin), &action, me, &context) {
        Outcome::Declined { reason } if mendable(&reason) => {
            return Err(FieldError::CheckinDeclined(reason));
        }
        _ => {}
    }
    let id = writing.intent_id()?;
    writing.write(id, kind, vec![Edit::CheckinAction(id, action)])?;
    Ok(id)
}

/// Whether its author can mend it on the spot.
const fn mendable(reason: &Decline) -> bool {
    matches!(
        reason,
        Decline::WrongRole { .. }
            | Decline::TitleMissing
            | Decline::SidesMissing
            | Decline::CallsMissing
            | Decline::CallUnfit { .. }
            | Decline::NothingCompleted
    )
}
