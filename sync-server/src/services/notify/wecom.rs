//! A group robot of 企业微信: a webhook that takes a text and names members of the group.

use std::collections::BTreeMap;

use serde_json::{Value, json};

use super::gateway::{Gateway, of_status};
use super::{Channel, Notifier, NotifyError, RateLimit};

/// What the robot answers beyond its rate.
const TOO_MANY: i64 = 45_009;
/// The service is busy.
const BUSY: i64 = -1;

/// The robot.
pub(super) struct Wecom {
    robot: Gateway,
    limits: Vec<RateLimit>,
    people: BTreeMap<String, String>,
}

impl Wecom {
    pub(super) const fn new(
        robot: Gateway,
        limits: Vec<RateLimit>,
        people: BTreeMap<String, String>,
    ) -> Self {
        Self {
            robot,
            limits,
            people,
        }
    }
}

impl Notifier for Wecom {
    fn channel(&self) -> Channel {
        Channel::Wecom
    }

    fn limits(&self) -> &[RateLimit] {
        &self.limits
    }

    fn limits_per_person(&self) -> &[RateLimit] {
        &[]
    }

    fn reaches(&self, person: &str) -> bool {
        self.people.contains_key(person)
    }

    fn send(&self, person: &str, words: &str) -> Result<(), NotifyError> {
        let user = self
            .people
            .get(person)
            .ok_or_else(|| NotifyError::Refused("nobody of that id".into()))?;
        let (status, answer) = self.robot.post(&json!({
            "msgtype": "text",
            "text": { "content": words, "mentioned_list": [user] },
        }))?;
        of_status(status)?;
        match answer.get("errcode").and_then(Value::as_i64) {
            Some(0) => Ok(()),
            Some(TOO_MANY) => Err(NotifyError::TooMany),
            Some(BUSY) | None => Err(NotifyError::Unreached("busy".into())),
            Some(code) => Err(NotifyError::Refused(format!("errcode {code}"))),
        }
    }
}
