//! How the clocks of a case stand at an instant, and why.

use super::delivery::{Delivery, OpenOffer};
use super::events::{CaseClock, case_clocks};
use super::kind::{ClockId, ClockKind};
use super::stage_limits::StageLimits;
use super::stage_terms::{self, StageTerms};
use super::terms::ClockTerms;
use crate::case::history::Case;
use crate::case::standing::Filing;
use crate::time::Timestamp;
use crate::working_time::{
    Calendar, Clock, ClockEvent, ClockExplanation, ClockLimit, ClockState, Hours, Light, Reading,
    WorkingTimeError,
};

/// What clocks are counted with.
#[derive(Clone, Copy)]
pub struct ClockTables<'a> {
    /// The calendar of an edition; `None` where it is not known here.
    pub calendar: &'a dyn Fn(&str) -> Option<&'a Calendar>,
    /// The calendar in force: of stages, and where that of the filing is not known.
    pub calendar_now: Option<&'a Calendar>,
    /// The hours by which stages are measured whose ruling names none: of before there was a table of hours.
    pub hours: &'a Hours,
    /// The limits of the stages whose ruling names none.
    pub stages: &'a StageLimits,
    /// The terms that today's tables would give a filing of before rulings held them.
    pub terms_now: &'a dyn Fn(&Filing) -> Option<ClockTerms>,
    /// What became of the offer of a verification that goes on; nothing where that is not known here.
    pub delivered: &'a dyn Fn(&OpenOffer) -> Option<Delivery>,
}

/// Why a clock cannot be read.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ClockTrouble {
    /// It cannot be counted.
    #[error(transparent)]
    WorkingTime(#[from] WorkingTimeError),
    /// No calendar is here.
    #[error(
        "no working calendar is here yet; synchronise first, or ask the administrator to import the holidays"
    )]
    NoCalendar,
    /// Nobody knows its limit.
    #[error(
        "the limit of this case is not known: class or condition are not in the tables that are here"
    )]
    NoLimit,
    /// It began with the delivery of a task to somebody else's device.
    #[error("only the server knows when this task was delivered")]
    DeliveryUnknown,
}

impl ClockTrouble {
    /// Stable code.
    pub const fn code(&self) -> &'static str {
        match self {
            Self::WorkingTime(error) => error.code(),
            Self::NoCalendar => "no_calendar",
            Self::NoLimit => "no_limit",
            Self::DeliveryUnknown => "delivery_unknown",
        }
    }

    /// Cause and next step, in Chinese.
    pub fn zh(&self) -> String {
        match self {
            Self::WorkingTime(error) => error.zh(),
            Self::NoCalendar => {
                "本机尚无工作日历，无法计算；请先同步，或请管理员导入节假日表。".into()
            }
            Self::NoLimit => "本案时限未知：现有的表中没有其类别或立案条件。".into(),
            Self::DeliveryUnknown => {
                "时限自任务送达起算，送达时间只有服务器知道；答复后同步即可看到。".into()
            }
        }
    }

    /// Cause and next step, in English.
    pub fn en(&self) -> String {
        match self {
            Self::WorkingTime(error) => error.en(),
            Self::NoCalendar => {
                "No working calendar is here yet. Synchronise first, or ask the administrator to import the holidays.".into()
            }
            Self::NoLimit => {
                "The limit of this case is not known: class or condition are not in the tables that are here.".into()
            }
            Self::DeliveryUnknown => {
                "The limit runs from the delivery of the task, which only the server knows; once it is answered it is seen here as well.".into()
            }
        }
    }
}

/// A clock of a case, read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CaseClockReading {
    /// Which.
    pub id: ClockId,
    /// When it was started, by the hub's clock.
    pub started_at: Timestamp,
    /// What it may use; `None` where that is not known.
    pub limit: Option<ClockLimit>,
    /// What filing fixed, of a disposal.
    pub terms: Option<ClockTerms>,
    /// What its ruling says of its limit and hours, of a stage.
    pub stage: Option<StageTerms>,
    /// The terms are those of today's tables: the ruling of the filing holds none.
    pub terms_of_today: bool,
    /// The calendar it is counted with is of this edition and not of that of its filing, which is not known here.
    pub other_calendar: Option<String>,
    /// How it stands and why; or why that cannot be said.
    pub reading: Result<(Reading, ClockExplanation), ClockTrouble>,
}

/// Reads every clock of a case, in the order of their starts. `now` counts as no earlier than the last ruling. Cost: some
/// microseconds a clock.
pub fn read_clocks(case: &Case, tables: &ClockTables<'_>, now: Timestamp) -> Vec<CaseClockReading> {
    let last = case.rulings.iter().map(|ruling| ruling.entry.at).max();
    let now = last.map_or(now, |last| last.max(now));
    let clocks = case_clocks(case, tables.delivered).into_iter();
    clocks.map(|clock| read(clock, tables, now)).collect()
}

/// Which of them a list shows: the disposal once there is one, before that the stage the case is in.
pub fn listed(clocks: &[CaseClockReading]) -> Option<&CaseClockReading> {
    let latest = || clocks.iter().rev();
    let disposal = latest().find(|clock| clock.id.kind == ClockKind::Disposal);
    // While somebody looks for the clerk two are open: the nearer one began later.
    disposal
        .or_else(|| latest().find(|clock| clock.is_open()))
        .or_else(|| latest().next())
}

fn read(clock: CaseClock, tables: &ClockTables<'_>, now: Timestamp) -> CaseClockReading {
    let without = Calendar::without_years();
    let started_at = clock.events.first().map_or(now, |event| event.at);
    let disposal = clock.id.kind == ClockKind::Disposal;
    let filed = clock.filing.as_ref();
    let today = || filed.and_then(|filing| (tables.terms_now)(filing));
    let terms_of_today = disposal && clock.terms.is_none();
    let terms = clock.terms.or_else(today);
    let limit = match &terms {
        Some(terms) => Some(ClockLimit::from(terms.limit)),
        None => {
            let of_ruling = clock.stage.as_ref().and_then(StageTerms::clock_limit);
            of_ruling.or_else(|| tables.stages.of(clock.id.kind).map(ClockLimit::from))
        }
    };
    let of_filing = terms
        .as_ref()
        .and_then(|terms| (tables.calendar)(&terms.calendar));
    let calendar = of_filing.or(tables.calendar_now);
    let other_calendar = match (&terms, of_filing, calendar) {
        (Some(terms), None, Some(other)) if ClockLimit::from(terms.limit).needs_calendar() => {
            Some(other.edition().to_owned())
        }
        _ => None,
    };
    let stage_hours = clock.stage.as_ref().and_then(|stage| stage.hours.as_ref());
    let stage_hours = stage_hours.map_or(tables.hours, |terms| &terms.hours);
    let hours = terms.as_ref().map_or(stage_hours, |terms| &terms.hours);
    let reading = match (limit, calendar) {
        _ if !clock.start_known => Err(ClockTrouble::DeliveryUnknown),
        (None, _) => Err(ClockTrouble::NoLimit),
        (Some(limit), None) if limit.needs_calendar() => Err(ClockTrouble::NoCalendar),
        (Some(limit), calendar) => {
            let calendar = calendar.unwrap_or(&without);
            counted(&clock.events, limit, (calendar, hours), now)
        }
    };
    CaseClockReading {
        id: clock.id,
        started_at,
        limit,
        terms,
        stage: clock.stage,
        terms_of_today,
        other_calendar,
        reading,
    }
}

fn counted(
    events: &[ClockEvent],
    limit: ClockLimit,
    (calendar, hours): (&Calendar, &Hours),
    now: Timestamp,
) -> Result<(Reading, ClockExplanation), ClockTrouble> {
    // Its first event is its start.
    let clock = Clock::fold(events, limit, calendar, hours)?.ok_or(ClockTrouble::NoLimit)?;
    Ok((clock.at(now)?, clock.explain()?))
}

impl CaseClockReading {
    /// How it stands, where that can be said.
    pub fn standing(&self) -> Option<&Reading> {
        self.reading.as_ref().ok().map(|(reading, _)| reading)
    }

    /// When it is due, where that can be said.
    pub fn due(&self) -> Option<Timestamp> {
        self.standing().map(|reading| reading.deadline)
    }

    /// Its light, where that can be said.
    pub fn light(&self) -> Option<Light> {
        self.standing().map(|reading| reading.light)
    }

    /// Whether it is neither finished nor beyond reading.
    pub fn is_open(&self) -> bool {
        let finished = |reading: &Reading| matches!(reading.state, ClockState::Finished { .. });
        !self.standing().is_some_and(finished)
    }

    /// Why it is due when it is, in Chinese: a line each.
    pub fn explained_zh(&self) -> String {
        let mut lines = match &self.reading {
            Ok((_, explanation)) => vec![explanation.zh()],
            Err(trouble) => vec![trouble.zh()],
        };
        lines.extend(self.terms.as_ref().map(ClockTerms::zh));
        if self.id.kind != ClockKind::Disposal {
            lines.push(stage_terms::zh(self.stage.as_ref(), self.limit));
        }
        if self.terms_of_today {
            lines.push("立案裁定中未记录时限，按现行的表计算。".into());
        }
        if let Some(edition) = &self.other_calendar {
            lines.push(format!("没有立案时的日历版本，按版本 {edition} 计算。"));
        }
        if let Some(year) = self.standing().and_then(|reading| reading.year_missing) {
            lines.push(format!(
                "没有 {year} 年的工作日历，落在该年的提醒时间暂不能计算；请导入该年的节假日表。"
            ));
        }
        lines.join("\n")
    }

    /// Why it is due when it is, in English: a line each.
    pub fn explained_en(&self) -> String {
        let mut lines = match &self.reading {
            Ok((_, explanation)) => vec![explanation.en()],
            Err(trouble) => vec![trouble.en()],
        };
        lines.extend(self.terms.as_ref().map(ClockTerms::en));
        if self.id.kind != ClockKind::Disposal {
            lines.push(stage_terms::en(self.stage.as_ref(), self.limit));
        }
        if self.terms_of_today {
            lines.push("The ruling of the filing holds no limit: today's tables are taken.".into());
        }
        if let Some(edition) = &self.other_calendar {
            lines.push(format!(
                "The calendar of the filing is not here; counted with edition {edition}."
            ));
        }
        if let Some(year) = self.standing().and_then(|reading| reading.year_missing) {
            lines.push(format!(
                "There is no working calendar of {year}: levels that are reached in it cannot be told yet. Import its holidays."
            ));
        }
        lines.join("\n")
    }
}
