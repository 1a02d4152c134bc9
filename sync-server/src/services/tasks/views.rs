//! An offer as people see it.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use xunge_domain::person::Person;
use xunge_domain::task::{How, MeasuredFrom, TaskRules};
use xunge_domain::time::Timestamp;

use super::chosen::Chosen;
use crate::services::duty::sends_people;
use crate::store::TaskRow;

/// Somebody who could have been sent.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct CandidateView {
    /// Who.
    pub person: String,
    /// How far, metres; nothing where it is not known.
    pub metres: Option<u32>,
    /// `last_position` or `beat_centre`.
    pub from: Option<String>,
}

/// How somebody was chosen, with all it takes to choose again.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct ChoiceView {
    /// `nearest` or `drawn`.
    pub how: String,
    /// Everybody who could have been, the nearest first.
    pub candidates: Vec<CandidateView>,
    /// The day of the seed.
    pub day: String,
    /// Entries of the log when it began.
    pub size: u64,
    /// The log's root then, hex.
    pub root: String,
    /// The seed, hex.
    pub seed: String,
    /// Of ten thousand offers so many went to somebody else.
    pub per_myriad: u32,
}

impl ChoiceView {
    pub(super) fn of(chosen: &Chosen) -> Self {
        let candidates = chosen.choice.candidates.iter();
        let from = |from| match from {
            MeasuredFrom::LastPosition => "last_position",
            MeasuredFrom::BeatCentre => "beat_centre",
        };
        Self {
            how: match chosen.choice.how {
                How::Nearest => "nearest",
                How::Drawn => "drawn",
            }
            .to_owned(),
            candidates: candidates
                .map(|candidate| CandidateView {
                    person: candidate.person.to_string(),
                    metres: candidate.distance.map(|far| far.metres),
                    from: candidate.distance.map(|far| from(far.from).to_owned()),
                })
                .collect(),
            day: chosen.seed.day.clone(),
            size: chosen.seed.size,
            root: chosen.seed.root.clone(),
            seed: chosen.seed.seed.clone(),
            per_myriad: chosen.draw.per_myriad,
        }
    }
}

/// An offer.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct TaskView {
    /// The case.
    pub case: String,
    /// `verify` or `check`.
    pub kind: &'static str,
    /// 1 for the first offer of the case, 2 for the second…
    pub round: u32,
    /// Who was sent.
    pub person: String,
    /// Who sent.
    pub asked_by: String,
    /// When that was ruled, RFC 3339.
    pub offered_at: String,
    /// When a device was first handed it.
    pub delivered_at: Option<String>,
    /// When the answer is due: the clock runs from delivery.
    pub due_at: Option<String>,
    /// Whether it waits beyond its limit.
    pub overdue: bool,
    /// When it ended.
    pub ended_at: Option<String>,
    /// How: `answered`, `settled`, `replaced`, `lapsed`, `undelivered`, `off_duty` or `declined`.
    pub end: Option<&'static str>,
    /// When the person's answer was ruled, be it late.
    pub answered_at: Option<String>,
    /// How the person was chosen; nothing when a clerk named the person.
    pub choice: Option<ChoiceView>,
    /// Why nobody could be sent instead although it lapsed or was declined.
    pub stuck: Option<String>,
    /// That its person declined it.
    pub declined: Option<DeclineView>,
}

/// That somebody declined an offer.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct DeclineView {
    /// When the hub heard of it, RFC 3339.
    pub at: String,
    /// Why: for whoever sends people, and for the person itself.
    pub reason: Option<DeclineReasonView>,
}

/// Why somebody declined an offer.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct DeclineReasonView {
    /// `sick`, `too_far`, `already_seen` or `other`.
    pub cause: &'static str,
    /// In Chinese.
    pub cause_zh: &'static str,
    /// In English.
    pub cause_en: &'static str,
    /// In words, or nothing.
    pub words: String,
}

impl DeclineView {
    /// What one reader is told of it; nothing where nobody declined.
    pub(super) fn of(row: &TaskRow, reader: &Person) -> Option<Self> {
        let said = row.declined.as_ref()?;
        let told = sends_people(reader) || reader.id == row.key.person;
        Some(Self {
            at: said.at.to_string(),
            reason: told.then(|| DeclineReasonView {
                cause: said.cause.id(),
                cause_zh: said.cause.zh(),
                cause_en: said.cause.en(),
                words: said.words.clone(),
            }),
        })
    }
}

impl TaskView {
    pub(super) fn of(row: &TaskRow, rules: &TaskRules, now: Timestamp, reader: &Person) -> Self {
        let text = |at: Option<Timestamp>| at.map(|at| at.to_string());
        let lapses_at = rules.lapses_at(row.kind, row.offered_at, row.delivered_at);
        Self {
            case: row.key.document.to_string(),
            kind: row.kind.id(),
            round: row.round,
            person: row.key.person.to_string(),
            asked_by: row.asked_by.to_string(),
            offered_at: row.offered_at.to_string(),
            delivered_at: text(row.delivered_at),
            due_at: text(rules.due(row.kind, row.delivered_at)),
            overdue: row.ended_at.is_none() && now > lapses_at,
            ended_at: text(row.ended_at),
            end: row.end.map(|end| end.id()),
            answered_at: text(row.answered_at),
            choice: row
                .choice
                .as_deref()
                .and_then(|json| serde_json::from_str(json).ok()),
            stuck: row.stuck.clone(),
            declined: DeclineView::of(row, reader),
        }
    }
}
