//! SMS through a gateway that takes a number and a text. Providers sign their requests each in its own way; a gateway in front of
//! them has what they need.

use std::collections::BTreeMap;

use serde_json::json;

use super::gateway::{Gateway, of_status};
use super::{Channel, Notifier, NotifyError, RateLimit};

/// The gateway.
pub(super) struct Sms {
    gateway: Gateway,
    limits_per_person: Vec<RateLimit>,
    people: BTreeMap<String, String>,
}

impl Sms {
    pub(super) const fn new(
        gateway: Gateway,
        limits_per_person: Vec<RateLimit>,
        people: BTreeMap<String, String>,
    ) -> Self {
        Self {
            gateway,
            limits_per_person,
            people,
        }
    }
}

impl Notifier for Sms {
    fn channel(&self) -> Channel {
        Channel::Sms
    }

    fn limits(&self) -> &[RateLimit] {
        &[]
    }

    fn limits_per_person(&self) -> &[RateLimit] {
        &self.limits_per_person
    }

    fn reaches(&self, person: &str) -> bool {
        self.people.contains_key(person)
    }

    fn send(&self, person: &str, words: &str) -> Result<(), NotifyError> {
        let number = self
            .people
            .get(person)
            .ok_or_else(|| NotifyError::Refused("nobody of that id".into()))?;
        let (status, _) = self.gateway.post(&json!({ "to": number, "text": words }))?;
        of_status(status)
    }
}
