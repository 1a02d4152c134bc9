//! Four times, never mixed: the city's table limit, the surveyors' estimate, the undertaker's promise, and when it was
//! done. Each is a type of its own, so that one cannot stand for another; each knows where it comes from. Instants come from
//! outside where a number of working days has to be made one: nothing here knows a calendar.

use serde::Serialize;

use crate::case::{self, Case};
use crate::checkin::standing::MatterCheckin;
use crate::checkin::step::{Estimated, Step};
use crate::class::{ClassTable, Limit};
use crate::ids::{DocumentId, IntentId};
use crate::time::Timestamp;

/// Where a time comes from.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum TermSource {
    /// The city's table, by the filing of this case.
    Table(DocumentId),
    /// A step of the check-in.
    Step(IntentId),
}

/// A time as it was given: at an instant, or so long from a start.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Term {
    /// The instant; `None` where only the limit is known and no calendar made it an instant.
    pub at: Option<Timestamp>,
    /// How long, where it was given so.
    pub within: Option<Limit>,
    /// From when it runs, where that is known.
    pub from: Option<Timestamp>,
    /// Who says so.
    pub source: TermSource,
}

macro_rules! time_of_its_own {
    ($(#[$doc:meta])* $name:ident) => {
        $(#[$doc])*
        #[derive(Debug, Clone, PartialEq, Eq, Serialize)]
        #[serde(transparent)]
        pub struct $name(pub Term);
    };
}
time_of_its_own!(
    /// 表定时限: what the city's table gives.
    TableLimit
);
time_of_its_own!(
    /// 踏勘预估: what surveyors expect.
    Estimate
);
time_of_its_own!(
    /// 承诺: what the undertaker promised, if it did.
    Promise
);
time_of_its_own!(
    /// 实际: when it was done.
    Actual
);

/// Which of the four.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum TimeName {
    /// 表定时限.
    TableLimit,
    /// 踏勘预估.
    Estimate,
    /// 承诺.
    Promise,
    /// 实际.
    Actual,
}

impl TimeName {
    /// All four.
    pub const ALL: [Self; 4] = [
        Self::TableLimit,
        Self::Estimate,
        Self::Promise,
        Self::Actual,
    ];

    /// The id.
    pub const fn id(self) -> &'static str {
        match self {
            Self::TableLimit => "table_limit",
            Self::Estimate => "estimate",
            Self::Promise => "promise",
            Self::Actual => "actual",
        }
    }

    /// The Chinese words.
    pub const fn zh(self) -> &'static str {
        match self {
            Self::TableLimit => "表定时限",
            Self::Estimate => "踏勘预估",
            Self::Promise => "承诺",
            Self::Actual => "实际",
        }
    }
}

/// How two of the four lie to each other; says which.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct Comparison {
    /// This one
    pub measured: TimeName,
    /// against that one
    pub against: TimeName,
    /// is so many milliseconds later; negative: earlier.
    pub later_millis: i64,
}

/// The four side by side. Several surveys may estimate apart, and several consultations promise: all stay.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize)]
pub struct FourTimes {
    /// By the case's class and filing condition.
    pub table_limit: Option<TableLimit>,
    /// By survey, the newest last.
    pub estimates: Vec<Estimate>,
    /// By consultation, the newest last.
    pub promises: Vec<Promise>,
    /// By the last completion.
    pub actual: Option<Actual>,
}

/// What the subject's case says of time.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct CaseTimes {
    /// When the matter was found.
    pub found_at: Option<Timestamp>,
    /// The limit of its class and filing condition.
    pub table_limit: Option<TableLimit>,
}

impl CaseTimes {
    /// Of a case: found when its report was ruled, limited by its class and filing condition from when it was filed.
    pub fn of(
        case: &Case,
        standing: &case::Standing,
        classes: &ClassTable,
        due: &dyn Fn(Limit, Timestamp) -> Option<Timestamp>,
    ) -> Self {
        let filed = case
            .rulings
            .iter()
            .filter(|ruling| ruling.entry.outcome.is_accepted());
        let mut filed = filed.filter_map(|ruling| match &case.action(&ruling.id)?.act {
            case::Act::File { condition, .. } => Some((&ruling.entry, condition)),
            _ => None,
        });
        let class = standing.class(&case.facts);
        let class = class.and_then(|class| classes.find(class));
        let table_limit = filed.next_back().and_then(|(ruling, condition)| {
            let from = ruling.at;
            // What the ruling fixed; the table of today for a filing of before rulings held it.
            let fixed = ruling.terms.as_ref().map(|terms| terms.limit);
            let of_class = || Some(class?.condition(condition)?.limit);
            let limit = fixed.or_else(of_class)?;
            Some(TableLimit(Term {
                at: due(limit, from),
                within: Some(limit),
                from: Some(from),
                source: TermSource::Table(case.id),
            }))
        });
        Self {
            found_at: standing.reported_at,
            table_limit,
        }
    }
}

impl FourTimes {
    /// The instant of one of the four: of several estimates or promises the newest.
    pub fn at(&self, name: TimeName) -> Option<Timestamp> {
        let term = match name {
            TimeName::TableLimit => self.table_limit.as_ref().map(|time| &time.0),
            TimeName::Estimate => self.estimates.last().map(|time| &time.0),
            TimeName::Promise => self.promises.last().map(|time| &time.0),
            TimeName::Actual => self.actual.as_ref().map(|time| &time.0),
        };
        term.and_then(|term| term.at)
    }

    /// How much later `measured` is than `against`; `None` where one of them is no known instant.
    pub fn compare(&self, measured: TimeName, against: TimeName) -> Option<Comparison> {
        Some(Comparison {
            measured,
            against,
            later_millis: self.at(measured)?.millis_since(self.at(against)?),
        })
    }

    /// The actual against each of the others that is known.
    pub fn comparisons(&self) -> Vec<Comparison> {
        [TimeName::TableLimit, TimeName::Estimate, TimeName::Promise]
            .into_iter()
            .filter_map(|against| self.compare(TimeName::Actual, against))
            .collect()
    }

    /// How long it took from the finding; `None` where one of the two is not known.
    pub fn taken_millis(&self) -> Option<i64> {
        let Term { at, from, .. } = &self.actual.as_ref()?.0;
        Some((*at)?.millis_since((*from)?))
    }
}

/// Reads the four times of a check-in. `due` makes a limit from a start an instant, by the working calendar; `None` where
/// there is none.
pub fn four_times(
    checkin: &MatterCheckin,
    case: &CaseTimes,
    due: &dyn Fn(Limit, Timestamp) -> Option<Timestamp>,
) -> FourTimes {
    let mut times = FourTimes {
        table_limit: case.table_limit.clone(),
        ..FourTimes::default()
    };
    for step in checkin.in_order() {
        let instant = |at: Timestamp, from| Term {
            at: Some(at),
            within: None,
            from,
            source: TermSource::Step(step.id),
        };
        match &step.entry.step {
            Step::Survey {
                estimate: Some(Estimated::At(at)),
                ..
            } => times.estimates.push(Estimate(instant(*at, None))),
            Step::Survey {
                estimate: Some(Estimated::Within { limit, from }),
                ..
            } => times.estimates.push(Estimate(Term {
                at: due(*limit, *from),
                within: Some(*limit),
                from: Some(*from),
                source: TermSource::Step(step.id),
            })),
            Step::Consultation {
                promise: Some(at), ..
            } => times.promises.push(Promise(instant(*at, None))),
            Step::Completion { finished_at, .. } => {
                times.actual = Some(Actual(instant(*finished_at, case.found_at)));
            }
            _ => {}
        }
    }
    times
}
