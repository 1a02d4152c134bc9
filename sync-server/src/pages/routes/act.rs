//! `POST /cases/{document}/act`: a form of the case page asks for a decision.

use axum::Form;
use axum::extract::rejection::FormRejection;
use axum::extract::{Path, State};
use axum::response::{IntoResponse, Redirect, Response};
use xunge_domain::case::{Act, ActionName, CloseOutcome};
use xunge_domain::ids::{DocumentId, OrganisationId};

use crate::app::AppState;
use crate::error::{ApiError, ApiResult};
use crate::http::staff::StaffForm;
use crate::messages;
use crate::pages::context::PageContext;
use crate::pages::layout::CSRF_FIELD;
use crate::services::act::act;

/// The fields of a form, in order; a name may come more than once.
struct Fields(Vec<(String, String)>);

impl Fields {
    fn all(&self, name: &str) -> impl Iterator<Item = &str> {
        let named = self.0.iter().filter(move |(key, _)| key == name);
        named.map(|(_, value)| value.trim())
    }

    fn one(&self, name: &str) -> &str {
        self.all(name)
            .find(|value| !value.is_empty())
            .unwrap_or_default()
    }

    fn parsed<Value: std::str::FromStr>(&self, name: &str) -> ApiResult<Value> {
        self.one(name).parse().map_err(|_| bad_request())
    }

    fn bodies(&self, name: &str) -> ApiResult<Vec<OrganisationId>> {
        let ids = self.all(name).filter(|value| !value.is_empty());
        ids.map(|id| id.parse().map_err(|_| bad_request()))
            .collect()
    }
}

fn bad_request() -> ApiError {
    ApiError::bad_request(&messages::BAD_REQUEST)
}

pub(super) async fn submit(
    State(state): State<AppState>,
    context: PageContext,
    staff: Result<StaffForm, ApiError>,
    Path(document): Path<String>,
    form: Result<Form<Vec<(String, String)>>, FormRejection>,
) -> Response {
    match decide(&state, staff, &document, form).await {
        Ok(sequence) => {
            Redirect::to(&format!("/cases/{document}?ruled={sequence}")).into_response()
        }
        Err(error) => context.error(&error),
    }
}

async fn decide(
    state: &AppState,
    staff: Result<StaffForm, ApiError>,
    document: &str,
    form: Result<Form<Vec<(String, String)>>, FormRejection>,
) -> ApiResult<u32> {
    let Form(pairs) = form.map_err(|_| bad_request())?;
    let fields = Fields(pairs);
    let staff = staff?.confirm(fields.one(CSRF_FIELD))?;
    let document: DocumentId = document.parse().map_err(|_| ApiError::not_found())?;
    let request = read(&fields)?;
    let ruling = state
        .blocking(move |app| act(app, staff.id(), &staff.session_id, &document, &request))
        .await?;
    Ok(ruling.sequence)
}

/// What the form asks for. Verbs that need a photo or a position have no form.
fn read(fields: &Fields) -> ApiResult<Act> {
    let name = ActionName::from_id(fields.one("action")).ok_or_else(bad_request)?;
    Ok(match name {
        ActionName::Accept => Act::Accept,
        ActionName::Claim => Act::Claim,
        ActionName::Reject => {
            let own = fields.one("reason");
            let reason = if own.is_empty() {
                fields.one("usual_reason")
            } else {
                own
            };
            Act::Reject {
                reason: reason.to_owned(),
                duplicate_of: None,
            }
        }
        ActionName::File => Act::File {
            condition: fields.one("condition").to_owned(),
        },
        ActionName::Dispatch => Act::Dispatch {
            lead: fields.parsed("lead")?,
            assist: fields.bodies("assist")?,
            notify: fields.bodies("notify")?,
        },
        ActionName::SendVerify => Act::SendVerify {
            to: fields.parsed("to")?,
        },
        ActionName::SendCheck => Act::SendCheck {
            to: fields.parsed("to")?,
        },
        ActionName::Close => Act::Close {
            outcome: outcome(fields.one("outcome")).ok_or_else(bad_request)?,
        },
        ActionName::Report | ActionName::Verify | ActionName::Feedback | ActionName::Check => {
            return Err(bad_request());
        }
    })
}

fn outcome(id: &str) -> Option<CloseOutcome> {
    Some(match id {
        "normal" => CloseOutcome::Normal,
        "overdue" => CloseOutcome::Overdue,
        "error" => CloseOutcome::Error,
        "special" => CloseOutcome::Special,
        _ => return None,
    })
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a failing test should stop")]
mod tests {
    use super::*;

    fn fields(pairs: &[(&str, &str)]) -> Fields {
        let owned = pairs
            .iter()
            .map(|(key, value)| ((*key).to_owned(), (*value).to_owned()));
        Fields(owned.collect())
    }

    #[test]
    fn own_words_come_before_a_usual_reason() {
        let both = [
            ("action", "reject"),
            ("usual_reason", "常用"),
            ("reason", " 自己写 "),
        ];
        let reason = |pairs: &[(&str, &str)]| match read(&fields(pairs)).unwrap() {
            Act::Reject { reason, .. } => reason,
            other => format!("{other:?}"),
        };
        assert_eq!(reason(&both), "自己写");
        assert_eq!(reason(&both[..2]), "常用");
        // Neither: the judge declines it and says why.
        assert_eq!(reason(&both[..1]), "");
    }

    #[test]
    fn a_dispatch_takes_many_parties() {
        let act = read(&fields(&[
            ("action", "dispatch"),
            ("lead", "road-dept"),
            ("notify", "street-putian"),
            ("notify", "street-wulibu"),
        ]));
        let Act::Dispatch {
            lead,
            assist,
            notify,
        } = act.unwrap()
        else {
            unreachable!("a dispatch")
        };
        assert_eq!(
            (lead.as_str(), assist.len(), notify.len()),
            ("road-dept", 0, 2)
        );
    }

    #[test]
    fn what_has_no_form_is_refused() {
        for action in ["", "fly", "report", "feedback", "check", "verify"] {
            assert!(read(&fields(&[("action", action)])).is_err(), "{action}");
        }
        assert!(read(&fields(&[("action", "dispatch"), ("lead", "No Such")])).is_err());
        assert!(read(&fields(&[("action", "close"), ("outcome", "well")])).is_err());
    }
}
