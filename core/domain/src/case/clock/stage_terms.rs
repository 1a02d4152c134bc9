//! What the stage that a ruling begins is measured by. It stands in the ruling, as the terms of a filing do.

use minicbor::{Decode, Encode};
use serde::{Deserialize, Serialize};

use super::kind::ClockKind;
use crate::ids::OrganisationId;
use crate::tables::{HandlingClass, StageAllowance};
use crate::working_time::{ClockLimit, HoursTerms};

/// A stage's limit and the edition it is from.
#[derive(Debug, Clone, PartialEq, Eq, Encode, Decode, Serialize, Deserialize)]
pub struct StageLimitTerms {
    /// What it may use.
    #[n(0)]
    pub limit: StageAllowance,
    /// The edition of the table of stage limits.
    #[n(1)]
    pub edition: String,
}

/// By which limit and hours a stage is measured. Of a dispatch the hours are those of the lead department, in which the whole
/// disposal counts from then on.
#[derive(Debug, Clone, PartialEq, Eq, Encode, Decode, Serialize, Deserialize)]
pub struct StageTerms {
    /// The limit; nothing where the city's table has none: then the sample holds.
    #[cbor(n(0), default)]
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub limit: Option<StageLimitTerms>,
    /// The hours; nothing where the city has no table of them: then ordinary ones hold.
    #[cbor(n(1), default)]
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub hours: Option<HoursTerms>,
}

/// What a stage's terms are looked up by.
#[derive(Debug, Clone, Copy)]
pub struct StageSought<'a> {
    /// Which stage begins.
    pub stage: ClockKind,
    /// How the case is disposed of; nothing before it is filed.
    pub handling_class: Option<HandlingClass>,
    /// 主办, of a dispatch.
    pub lead: Option<&'a OrganisationId>,
}

impl StageTerms {
    /// Nothing when neither table says anything.
    pub fn of(limit: Option<StageLimitTerms>, hours: Option<HoursTerms>) -> Option<Self> {
        (limit.is_some() || hours.is_some()).then_some(Self { limit, hours })
    }

    /// The limit as a clock takes it.
    pub fn clock_limit(&self) -> Option<ClockLimit> {
        self.limit.as_ref().map(|terms| terms.limit.into())
    }
}

/// Where a stage's limit and hours come from, in Chinese.
pub(super) fn zh(terms: Option<&StageTerms>, limit: Option<ClockLimit>) -> String {
    let of_table = terms.and_then(|terms| terms.limit.as_ref());
    let mut text = match of_table {
        Some(limit) => format!("时限依据：环节时限表（版本 {}）。", limit.edition),
        None => "时限依据：城市的环节时限表未作规定，按系统自带的示例时限。".into(),
    };
    if let Some(hours) = hours(terms, limit) {
        text += &format!("工作时间依据：{}。", hours.source.zh());
    }
    text
}

/// Where a stage's limit and hours come from, in English.
pub(super) fn en(terms: Option<&StageTerms>, limit: Option<ClockLimit>) -> String {
    let of_table = terms.and_then(|terms| terms.limit.as_ref());
    let mut text = match of_table {
        Some(limit) => format!(
            "The limit: the table of stage limits (edition {}).",
            limit.edition
        ),
        None => {
            "The limit: a sample that comes with the program, since no table of the city says another."
                .into()
        }
    };
    if let Some(hours) = hours(terms, limit) {
        text += &format!(" The hours: {}.", hours.source.en());
    }
    text
}

/// The hours, where the limit is one of working time.
fn hours(terms: Option<&StageTerms>, limit: Option<ClockLimit>) -> Option<&HoursTerms> {
    let hours = terms?.hours.as_ref()?;
    limit?.needs_calendar().then_some(hours)
}
