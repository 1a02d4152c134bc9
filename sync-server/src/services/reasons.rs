//! What the rules of cases and of check-ins say, as JSON: rulings, and what is offered, each with its reason in words.

use serde::Serialize;
use serde_json::{Value, json};
use xunge_domain::{case, checkin};

/// Why the rules say no.
pub trait Reason {
    /// Stable code.
    fn code(&self) -> &'static str;
    /// In Chinese.
    fn zh(&self) -> String;
    /// In English.
    fn en(&self) -> String;
}

/// What was decided about a request.
pub trait Ruled: Serialize {
    /// The reason, where it was declined.
    fn declined(&self) -> Option<&dyn Reason>;
}

impl Reason for case::Decline {
    fn code(&self) -> &'static str {
        self.code()
    }
    fn zh(&self) -> String {
        self.zh()
    }
    fn en(&self) -> String {
        self.en()
    }
}

impl Reason for checkin::Decline {
    fn code(&self) -> &'static str {
        self.code()
    }
    fn zh(&self) -> String {
        self.zh()
    }
    fn en(&self) -> String {
        self.en()
    }
}

impl Ruled for case::Ruling {
    fn declined(&self) -> Option<&dyn Reason> {
        match &self.outcome {
            case::Outcome::Declined { reason } => Some(reason),
            case::Outcome::Accepted { .. } => None,
        }
    }
}

impl Ruled for checkin::Ruling {
    fn declined(&self) -> Option<&dyn Reason> {
        match &self.outcome {
            checkin::Outcome::Declined { reason } => Some(reason),
            _ => None,
        }
    }
}

/// A ruling with its reason in words.
pub fn ruling_json(ruling: &impl Ruled) -> Value {
    let mut value = json!(ruling);
    if let (Some(reason), Some(fields)) = (ruling.declined(), value.as_object_mut()) {
        fields.insert("reason_zh".into(), json!(reason.zh()));
        fields.insert("reason_en".into(), json!(reason.en()));
    }
    value
}

/// Each verb with the reason why not now.
pub fn offered_json<Action: Serialize>(
    offered: Vec<(Action, Result<(), impl Reason>)>,
) -> Vec<Value> {
    let offered = offered.into_iter().map(|(action, verdict)| {
        let reason = verdict.err();
        json!({
            "action": action,
            "possible": reason.is_none(),
            "reason": reason.map(|reason| json!({ "code": reason.code(), "zh": reason.zh(), "en": reason.en() })),
        })
    });
    offered.collect()
}
