//! What the forms of check-ins ask for.

use xunge_domain::checkin::{Act, Initiation, Step, StepName, Subject, ThanksKind};
use xunge_sync::hub::CheckinRequest;

use super::act_form::{Fields, bad_request};
use crate::error::ApiResult;

/// What a form on the page of a check-in asks for: an answer, a step that is a note, the close.
///
/// # Errors
/// A field that is missing or makes no sense.
pub fn read(fields: &Fields) -> ApiResult<CheckinRequest> {
    let note = fields.one("note").to_owned();
    Ok(match fields.one("action") {
        "answer" => CheckinRequest::Act(Act::Answer {
            party: fields.parsed("party")?,
            accepts: match fields.one("accepts") {
                "yes" => true,
                "no" => false,
                _ => return Err(bad_request()),
            },
            note,
        }),
        "close" => CheckinRequest::Act(Act::Close { note }),
        "step" => CheckinRequest::Step {
            address: String::new(),
            point: None,
            step: step(fields.one("step"), note)?,
        },
        _ => return Err(bad_request()),
    })
}

fn step(id: &str, note: String) -> ApiResult<Step> {
    Ok(match StepName::from_id(id) {
        Some(StepName::Talk) => Step::Talk { note },
        Some(StepName::Cause) => Step::Cause { note },
        Some(StepName::Scheme) => Step::Scheme { version: 0, note },
        Some(StepName::Progress) => Step::Progress {
            note,
            percent: None,
        },
        Some(StepName::ResidentsAnswer) => Step::ResidentsAnswer {
            satisfied: None,
            note,
        },
        Some(StepName::Thanks) => Step::Thanks {
            kind: ThanksKind::Words,
            note,
        },
        Some(StepName::FollowUp) => Step::FollowUp { holds: None, note },
        _ => return Err(bad_request()),
    })
}

/// What the form that opens a check-in asks for.
///
/// # Errors
/// A field that is missing or makes no sense.
pub fn opening(fields: &Fields) -> ApiResult<Act> {
    let subject = match fields.optional("case")? {
        Some(case) => Subject::Case(case),
        None => Subject::Place {
            address: fields.one("address").to_owned(),
            point: None,
        },
    };
    let initiation = Initiation::from_id(fields.one("initiation")).ok_or_else(bad_request)?;
    Ok(Act::Open {
        title: fields.one("title").to_owned(),
        initiation,
        subject,
        visiting: fields.many("visiting")?,
        hosts: fields.many("hosts")?,
        calls: Vec::new(),
    })
}
