//! What filing fixed, and what was proposed against it since.

use serde::Serialize;

use crate::case::facts::Facts;
use crate::case::standing::Standing;
use crate::tables::HandlingClass;
use crate::time::Timestamp;

/// What filing fixed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Filing {
    /// The class that holds, whatever is written among the facts; `None` in a case filed before rulings kept it.
    pub class: Option<String>,
    /// The filing condition.
    pub condition: String,
    /// How it is disposed of.
    pub handling_class: HandlingClass,
    /// When.
    pub at: Timestamp,
}

impl Standing {
    /// The class that holds: the one of the facts until filing, then the filed one until a proposal is granted.
    pub fn class<'a>(&'a self, facts: &'a Facts) -> Option<&'a str> {
        let filed = self
            .filing
            .as_ref()
            .and_then(|filing| filing.class.as_deref());
        filed.or(facts.class.as_deref())
    }

    /// A class written among the facts after filing, for the shift leader to answer.
    pub fn proposal<'a>(&self, facts: &'a Facts) -> Option<&'a str> {
        let filed = self.filing.as_ref()?.class.as_deref()?;
        let written = facts.class.as_deref()?;
        let refused = self.refused_classes.iter().any(|class| class == written);
        (written != filed && !refused).then_some(written)
    }
}
