//! A scope is what a device may see; a person subscribes to several (sync.md, Shape).

use std::fmt;
use std::str::FromStr;

use crate::ids::{DutyGridId, OrganisationId, ParseIdError, PersonId, text_form};
use crate::person::Person;

/// One feed of documents.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Scope {
    /// Everything in a duty grid.
    DutyGrid(DutyGridId),
    /// What a body is party to.
    Organisation(OrganisationId),
    /// What a person reported or has a task in.
    Person(PersonId),
}

impl Scope {
    /// The scopes a person's devices subscribe to, in sorted order (locks are taken in it).
    pub fn of(person: &Person) -> Vec<Self> {
        let mut scopes: Vec<Self> = person
            .duty_grids
            .iter()
            .cloned()
            .map(Self::DutyGrid)
            .collect();
        scopes.extend(person.organisation.iter().cloned().map(Self::Organisation));
        scopes.push(Self::Person(person.id.clone()));
        scopes.sort();
        scopes
    }
}

impl fmt::Display for Scope {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::DutyGrid(id) => write!(out, "grid:{id}"),
            Self::Organisation(id) => write!(out, "org:{id}"),
            Self::Person(id) => write!(out, "person:{id}"),
        }
    }
}

impl FromStr for Scope {
    type Err = ParseIdError;
    fn from_str(text: &str) -> Result<Self, ParseIdError> {
        match text.split_once(':') {
            Some(("grid", id)) => id.parse().map(Self::DutyGrid),
            Some(("org", id)) => id.parse().map(Self::Organisation),
            Some(("person", id)) => id.parse().map(Self::Person),
            _ => Err(ParseIdError::new("scope", text)),
        }
    }
}

impl<C> minicbor::Encode<C> for Scope {
    fn encode<W: minicbor::encode::Write>(
        &self,
        out: &mut minicbor::Encoder<W>,
        _: &mut C,
    ) -> Result<(), minicbor::encode::Error<W::Error>> {
        out.str(&self.to_string())?.ok()
    }
}

impl<'bytes, C> minicbor::Decode<'bytes, C> for Scope {
    fn decode(
        input: &mut minicbor::Decoder<'bytes>,
        _: &mut C,
    ) -> Result<Self, minicbor::decode::Error> {
        input
            .str()?
            .parse()
            .map_err(minicbor::decode::Error::custom)
    }
}

text_form!(Scope);

#[cfg(test)]
#[expect(clippy::expect_used, reason = "a failing test should stop")]
mod tests {
    use super::*;

    #[test]
    fn a_scope_reads_back() {
        for text in ["grid:putian-1", "org:road-dept", "person:worker-putian"] {
            assert_eq!(text.parse::<Scope>().expect("a scope").to_string(), text);
        }
        assert!("grid:".parse::<Scope>().is_err());
        assert!("city:x".parse::<Scope>().is_err());
    }
}
