//! What a form of the case page asks for.

use xunge_domain::case::{Act, ActionName, CloseOutcome, ExtensionAsked, HoldCause, SendBackCause};
use xunge_domain::class::{Limit, LimitUnit};
use xunge_domain::ids::OrganisationId;
use xunge_domain::tables::HandlingClass;
use xunge_domain::time::Timestamp;

use crate::error::{ApiError, ApiResult};
use crate::messages;

/// The fields of a form, in order; a name may come more than once.
pub struct Fields(pub Vec<(String, String)>);

impl Fields {
    /// Every value of this name.
    pub fn all(&self, name: &str) -> impl Iterator<Item = &str> {
        let named = self.0.iter().filter(move |(key, _)| key == name);
        named.map(|(_, value)| value.trim())
    }

    /// The first value of this name that says something.
    pub fn one(&self, name: &str) -> &str {
        self.all(name)
            .find(|value| !value.is_empty())
            .unwrap_or_default()
    }

    /// A value that must be there.
    ///
    /// # Errors
    /// It is missing, or none of its kind.
    pub fn parsed<Value: std::str::FromStr>(&self, name: &str) -> ApiResult<Value> {
        self.one(name).parse().map_err(|_| bad_request())
    }

    /// A value that may be missing.
    ///
    /// # Errors
    /// It is there, and none of its kind.
    pub fn optional<Value: std::str::FromStr>(&self, name: &str) -> ApiResult<Option<Value>> {
        if self.one(name).is_empty() {
            Ok(None)
        } else {
            self.parsed(name).map(Some)
        }
    }

    /// Every value that says something.
    ///
    /// # Errors
    /// One that is none of its kind.
    pub fn many<Value: std::str::FromStr>(&self, name: &str) -> ApiResult<Vec<Value>> {
        let values = self.all(name).filter(|value| !value.is_empty());
        values
            .map(|value| value.parse().map_err(|_| bad_request()))
            .collect()
    }

    fn text(&self, name: &str) -> String {
        self.one(name).to_owned()
    }

    /// What the field of a browser for day and time says, in the city's time.
    fn instant(&self, name: &str) -> ApiResult<Timestamp> {
        let written = self.one(name);
        let seconds = if written.len() == "2025-06-30T11:00".len() {
            ":00"
        } else {
            ""
        };
        Timestamp::from_rfc3339(&format!("{written}{seconds}+08:00")).ok_or_else(bad_request)
    }

    fn granted(&self) -> ApiResult<bool> {
        match self.one("granted") {
            "yes" => Ok(true),
            "no" => Ok(false),
            _ => Err(bad_request()),
        }
    }

    fn known<Value>(
        &self,
        name: &str,
        from_id: impl Fn(&str) -> Option<Value>,
    ) -> ApiResult<Value> {
        from_id(self.one(name)).ok_or_else(bad_request)
    }
}

/// The answer to a form that was not made by this page.
pub fn bad_request() -> ApiError {
    ApiError::bad_request(&messages::BAD_REQUEST)
}

/// What the form asks for. Verbs that need a photo or a position have no form.
///
/// # Errors
/// A field that is missing or makes no sense.
pub fn read(fields: &Fields) -> ApiResult<Act> {
    let reason = || fields.text("reason");
    let note = || fields.text("note");
    Ok(match fields.known("action", ActionName::from_id)? {
        ActionName::Accept => Act::Accept,
        ActionName::Claim => Act::Claim,
        ActionName::BeginReview => Act::BeginReview,
        ActionName::Reject => {
            let own = reason();
            Act::Reject {
                reason: if own.is_empty() {
                    fields.text("usual_reason")
                } else {
                    own
                },
                duplicate_of: fields.optional("duplicate_of")?,
            }
        }
        ActionName::File => Act::File {
            condition: fields.text("condition"),
            handling_class: match fields.one("handling_class") {
                "" => HandlingClass::General,
                _ => fields.known("handling_class", HandlingClass::from_id)?,
            },
        },
        ActionName::Dispatch => Act::Dispatch {
            lead: fields.parsed("lead")?,
            assist: fields.many("assist")?,
            notify: fields.many("notify")?,
        },
        ActionName::SendVerify => Act::SendVerify {
            to: fields.parsed("to")?,
        },
        ActionName::SendCheck => Act::SendCheck {
            to: fields.parsed("to")?,
            also: fields.optional("also")?,
        },
        ActionName::Assign => Act::Assign {
            to: fields.parsed("to")?,
            note: note(),
        },
        ActionName::Close => Act::Close {
            outcome: fields.known("outcome", CloseOutcome::from_id)?,
        },
        ActionName::ApplyExtend => Act::ApplyExtend {
            asked: extension(fields)?,
            reason: reason(),
        },
        ActionName::ApplySendBack => Act::ApplySendBack {
            cause: fields.known("cause", SendBackCause::from_id)?,
            reason: reason(),
        },
        ActionName::ApplyHold => Act::ApplyHold {
            cause: fields.known("cause", HoldCause::from_id)?,
            review_at: fields.instant("review_at")?,
            reason: reason(),
        },
        ActionName::ApplyVoid => Act::ApplyVoid { reason: reason() },
        ActionName::ApproveExtend => Act::ApproveExtend {
            granted: fields.granted()?,
            reason: reason(),
        },
        ActionName::ApproveSendBack => Act::ApproveSendBack {
            granted: fields.granted()?,
            reason: reason(),
        },
        ActionName::ApproveHold => Act::ApproveHold {
            granted: fields.granted()?,
            reason: reason(),
        },
        ActionName::ApproveVoid => Act::ApproveVoid {
            granted: fields.granted()?,
            reason: reason(),
        },
        ActionName::Review => Act::Review {
            valid: fields.granted()?,
            reason: reason(),
        },
        ActionName::AnswerProposal => Act::AnswerProposal {
            class: fields.text("class"),
            granted: fields.granted()?,
            reason: reason(),
        },
        ActionName::Release => Act::Release { note: note() },
        ActionName::Supervise => Act::Supervise {
            opinion: fields.text("opinion"),
            reply_due: fields.instant("reply_due")?,
        },
        ActionName::Reopen => Act::Reopen { reason: reason() },
        ActionName::Escalate => Act::Escalate {
            to: fields.optional::<OrganisationId>("to")?,
            reason: reason(),
        },
        ActionName::SendDown => Act::SendDown {
            to: fields.optional::<OrganisationId>("to")?,
            reason: reason(),
        },
        ActionName::LinkDuplicate => Act::LinkDuplicate {
            of: fields.parsed("of")?,
        },
        ActionName::UnlinkDuplicate => Act::UnlinkDuplicate {
            of: fields.parsed("of")?,
            reason: reason(),
        },
        ActionName::DeclareEvidenceLost => Act::DeclareEvidenceLost {
            blobs: fields.many("blob")?,
            reason: reason(),
        },
        ActionName::Report
        | ActionName::Register
        | ActionName::SelfHandle
        | ActionName::Verify
        | ActionName::Feedback
        | ActionName::Check
        | ActionName::JointSurvey => return Err(bad_request()),
    })
}

/// So many units more, or until a day and time.
fn extension(fields: &Fields) -> ApiResult<ExtensionAsked> {
    if fields.one("until").is_empty() {
        Ok(ExtensionAsked::More(Limit {
            number: fields.parsed("number")?,
            unit: fields.known("unit", LimitUnit::from_id)?,
        }))
    } else {
        fields.instant("until").map(ExtensionAsked::Until)
    }
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

    fn asked(pairs: &[(&str, &str)]) -> ApiResult<Act> {
        read(&fields(pairs))
    }

    #[test]
    fn own_words_come_before_a_usual_reason() {
        let both = [
            ("action", "reject"),
            ("usual_reason", "常用"),
            ("reason", " 自己写 "),
        ];
        let reason = |pairs: &[(&str, &str)]| match asked(pairs).unwrap() {
            Act::Reject { reason, .. } => reason,
            other => format!("{other:?}"),
        };
        assert_eq!(reason(&both), "自己写");
        assert_eq!(reason(&both[..2]), "常用");
        // Neither: the judge declines it and says why.
        assert_eq!(reason(&both[..1]), "");
    }

    #[test]
    fn a_case_is_filed_as_ordinary_where_nobody_says_how_it_is_handled() {
        let file = [("action", "file"), ("condition", "1")];
        let handling = |pairs: &[(&str, &str)]| match asked(pairs) {
            Ok(Act::File { handling_class, .. }) => Some(handling_class),
            _ => None,
        };
        assert_eq!(handling(&file), Some(HandlingClass::General));
        let named = |class| handling(&[file[0], file[1], ("handling_class", class)]);
        assert_eq!(named("engineering"), Some(HandlingClass::Engineering));
        assert_eq!(named("lunch"), None);
    }

    #[test]
    fn a_dispatch_takes_many_parties() {
        let act = asked(&[
            ("action", "dispatch"),
            ("lead", "road-dept"),
            ("notify", "street-putian"),
            ("notify", "street-wulibu"),
        ]);
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
    fn an_extension_is_so_many_units_or_a_day_and_time() {
        let more = [
            ("action", "apply_extend"),
            ("number", "3"),
            ("unit", "work_day"),
            ("reason", "连续降雨"),
        ];
        let limit = Limit {
            number: 3,
            unit: LimitUnit::WorkDay,
        };
        let reason = "连续降雨".to_owned();
        let asked_for = ExtensionAsked::More(limit);
        let expected = Act::ApplyExtend {
            asked: asked_for,
            reason,
        };
        assert_eq!(asked(&more).unwrap(), expected);
        let until = [("action", "apply_extend"), ("until", "2025-07-08T18:00")];
        let Act::ApplyExtend {
            asked: ExtensionAsked::Until(at),
            ..
        } = asked(&until).unwrap()
        else {
            unreachable!("until")
        };
        assert_eq!(at.to_local_minute(), "2025-07-08 18:00");
        assert!(asked(&more[..2]).is_err(), "no unit");
    }

    #[test]
    fn an_answer_is_yes_or_no_and_nothing_else() {
        let answer = |granted| asked(&[("action", "approve_hold"), ("granted", granted)]);
        assert!(matches!(
            answer("yes"),
            Ok(Act::ApproveHold { granted: true, .. })
        ));
        assert!(matches!(
            answer("no"),
            Ok(Act::ApproveHold { granted: false, .. })
        ));
        assert!(answer("").is_err());
    }

    #[test]
    fn what_has_no_form_is_refused() {
        for action in [
            "",
            "fly",
            "report",
            "feedback",
            "check",
            "verify",
            "joint_survey",
        ] {
            assert!(asked(&[("action", action)]).is_err(), "{action}");
        }
        assert!(asked(&[("action", "dispatch"), ("lead", "No Such")]).is_err());
        assert!(asked(&[("action", "close"), ("outcome", "well")]).is_err());
        assert!(asked(&[("action", "supervise"), ("reply_due", "tomorrow")]).is_err());
    }
}
