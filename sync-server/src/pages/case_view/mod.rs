//! One case: what it is, what happened, and what the reader may do about it now.

mod actions;
mod clocks;
mod duplicates;
mod erased;
mod forms;
mod photos;
mod private;
mod standing;
mod tasks;
mod timeline;

use std::collections::{BTreeMap, BTreeSet};

use maud::{Markup, html};
use xunge_domain::case::clock::CaseClockReading;
use xunge_domain::case::{ActionName, Case, CaseState, Decline, GridAnswer, Outcome, Standing};
use xunge_domain::class::MinorClass;
use xunge_domain::ids::{Digest, OrganisationId, PersonId};
use xunge_domain::person::{Organisation, Person, Role};

pub use erased::ErasedSection;
pub use private::PrivateSection;

use super::checkin_view::{self, words::CheckinWord};
use super::layout::{Frame, page};
use super::parts::{severity_tag, state_chip};
use super::risks_view;
use super::words::{self, Names, Word};
use crate::services::clocks::EscalationView;
use crate::services::duplicates::PossibleDuplicate;
use crate::services::risks::RiskView;
use crate::services::tasks::TaskView;
use crate::store::CheckinRow;

/// What the case page shows.
pub struct CaseView {
    /// The case as its document reads.
    pub case: Case,
    /// Where it stands.
    pub standing: Standing,
    /// What was odd in the document, in words: fields written at once by two people, unreadable entries.
    pub oddities: Vec<String>,
    /// The blobs that are stored.
    pub stored: BTreeSet<Digest>,
    /// The class that holds, where the table in force knows it.
    pub class: Option<MinorClass>,
    /// The class that was proposed after filing, where the table in force knows it.
    pub proposed: Option<MinorClass>,
    /// Name of its unit grid.
    pub unit_grid: Option<String>,
    /// The beat its unit grid belongs to.
    pub duty_grid: Option<xunge_domain::ids::DutyGridId>,
    /// Everybody, by id.
    pub people: BTreeMap<PersonId, Person>,
    /// Every body, by id.
    pub organisations: BTreeMap<OrganisationId, Organisation>,
    /// Each verb with the reason why not now.
    pub offered: Vec<(ActionName, Result<(), Decline>)>,
    /// What is odd, as far as the reader may see it.
    pub risks: Vec<RiskView>,
    /// Cases that may be the same matter, as far as the reader may see them.
    pub possible_duplicates: Vec<PossibleDuplicate>,
    /// Check-ins about it, newest first, as far as the reader may see them.
    pub checkins: Vec<CheckinRow>,
    /// Who was sent to verify or check, oldest first.
    pub tasks: Vec<TaskView>,
    /// Personal data, as far as the reader may see it.
    pub private: PrivateSection,
    /// Erased texts, and whether the reader may erase.
    pub erased: ErasedSection,
    /// Its clocks, in the order of their starts.
    pub clocks: Vec<CaseClockReading>,
    /// Levels of limits that were told, oldest first.
    pub escalations: Vec<EscalationView>,
    /// Sequence of a ruling the reader has just caused.
    pub just_ruled: Option<u32>,
}

/// The stations of a case's way, and the states that belong to each.
const STATIONS: [(ActionName, &[CaseState]); 8] = [
    (
        ActionName::Report,
        &[CaseState::Reported, CaseState::Verifying],
    ),
    (ActionName::Accept, &[CaseState::Accepted]),
    (ActionName::File, &[CaseState::Filed]),
    (ActionName::Dispatch, &[CaseState::Dispatched]),
    (
        ActionName::Claim,
        &[CaseState::Disposing, CaseState::OnHold],
    ),
    (
        ActionName::Feedback,
        &[CaseState::FedBack, CaseState::Checking],
    ),
    (ActionName::Check, &[CaseState::ToClose]),
    (ActionName::Close, &[CaseState::Closed]),
];

impl CaseView {
    fn person_name(&self, id: &PersonId) -> String {
        let known = self.people.get(id);
        known.map_or_else(|| id.to_string(), |person| person.name.clone())
    }

    fn body_name(&self, id: &OrganisationId) -> String {
        let known = self.organisations.get(id);
        known.map_or_else(|| id.to_string(), |body| body.name.clone())
    }

    /// A class by its code: one of the two this page knows.
    fn class_name(&self, frame: &Frame<'_>, code: &str) -> String {
        let known = self.class.iter().chain(&self.proposed);
        let class = known.into_iter().find(|class| class.code == code);
        class.map_or_else(
            || code.to_owned(),
            |class| frame.lang.of(&class.zh, &class.en).to_owned(),
        )
    }

    /// The body a person acts for, or the role where there is none.
    fn post(&self, frame: &Frame<'_>, id: &PersonId) -> String {
        let Some(person) = self.people.get(id) else {
            return String::new();
        };
        match (&person.organisation, person.roles.first()) {
            (Some(body), _) => self.body_name(body),
            (None, Some(role)) => words::role(frame.lang, *role),
            (None, None) => String::new(),
        }
    }

    fn decline_words(&self, frame: &Frame<'_>, decline: &Decline) -> String {
        let names = Names {
            person: &|id| self.person_name(id),
            body: &|id| self.body_name(id),
        };
        words::decline(frame.lang, decline, &names)
    }

    /// Draws the page.
    pub fn render(&self, frame: &Frame<'_>) -> Markup {
        let title = if self.case.facts.title.is_empty() {
            self.case.id.local_code()
        } else {
            self.case.facts.title.clone()
        };
        let body = html! {
            div.case {
                (self.flash(frame))
                p { a href="/cases" { "← " (frame.say(Word::BackToList)) } }
                (self.head(frame, &title))
                div.columns {
                    div.stack {
                        section.card aria-label=(frame.say(Word::Progress)) { (self.stations(frame)) }
                        (photos::section(self, frame))
                        (self.facts(frame))
                        (standing::section(self, frame))
                    }
                    div.stack.aside {
                        (actions::section(self, frame))
                        (clocks::section(self, frame))
                        (duplicates::section(self, frame))
                        (tasks::section(self, frame))
                        (self.checkins(frame))
                        (self.risks(frame))
                        (private::section(self, frame))
                        (erased::section(self, frame))
                        (timeline::section(self, frame))
                    }
                }
            }
        };
        page(frame, &title, &body)
    }

    fn checkins(&self, frame: &Frame<'_>) -> Markup {
        let opens = frame
            .staff
            .is_some_and(|staff| staff.person.has(Role::BranchSecretary));
        html! {
            @if opens || !self.checkins.is_empty() {
                section.card {
                    header { h2 { (frame.say(Word::Checkins)) } span.quiet { (self.checkins.len()) } }
                    div.body.stack {
                        @for row in &self.checkins { (checkin_view::list::line(frame, row)) }
                        @if opens {
                            a.button href=(format!("/checkins/new?case={}", self.case.id)) { (CheckinWord::Open.say(frame.lang)) }
                        }
                    }
                }
            }
        }
    }

    fn risks(&self, frame: &Frame<'_>) -> Markup {
        html! {
            @if !self.risks.is_empty() {
                section.card {
                    header { h2 { (frame.say(Word::Risks)) } span.quiet { (self.risks.len()) } }
                    div.body.stack {
                        p.quiet.small { (frame.say(Word::RisksHint)) }
                        @for risk in &self.risks {
                            @let name = risk.person.parse().map_or_else(|_| risk.person.clone(), |id| self.person_name(&id));
                            (risks_view::mark(frame, risk, &html! { (name) }))
                        }
                    }
                }
            }
        }
    }

    fn flash(&self, frame: &Frame<'_>) -> Markup {
        let ruled = self.just_ruled.and_then(|sequence| {
            let ruling = self
                .case
                .rulings
                .iter()
                .find(|ruling| ruling.entry.sequence == sequence)?;
            Some((
                self.case.action(&ruling.id)?.act.name(),
                &ruling.entry.outcome,
            ))
        });
        html! {
            @match ruled {
                None => {}
                Some((name, Outcome::Accepted { .. })) => {
                    p.flash role="status" { (words::ruled(frame.lang, name, true)) }
                }
                Some((name, Outcome::Declined { reason })) => {
                    div.flash.bad role="alert" {
                        (words::ruled(frame.lang, name, false))
                        p { (self.decline_words(frame, reason)) }
                    }
                }
            }
        }
    }

    fn head(&self, frame: &Frame<'_>, title: &str) -> Markup {
        let facts = &self.case.facts;
        html! {
            header.case-head {
                h1 { (title) }
                div.line {
                    (state_chip(frame.lang, self.standing.state))
                    (severity_tag(frame.lang, facts.severity))
                    span.code { (self.standing.case_no.as_deref().unwrap_or(frame.say(Word::NoNumberYet))) }
                    @if let Some(class) = &self.class { span { (frame.lang.of(&class.zh, &class.en)) } }
                    span { (facts.address) }
                    @if let Some(at) = self.standing.reported_at {
                        time datetime=(at) { (at.to_local_minute()) }
                    }
                    @if self.standing.rework > 0 {
                        span.tag.serious { (frame.say(Word::Rework)) " " (self.standing.rework) }
                    }
                }
            }
        }
    }

    fn stations(&self, frame: &Frame<'_>) -> Markup {
        let here = STATIONS
            .iter()
            .position(|(_, states)| states.contains(&self.standing.state));
        html! {
            ol.steps {
                @for (index, (name, _)) in STATIONS.iter().enumerate() {
                    @let last = index + 1 == STATIONS.len();
                    @let class = match here {
                        Some(here) if index < here || (index == here && last) => "past",
                        Some(here) if index == here => "here",
                        _ => "",
                    };
                    li class=(class) aria-current=[(here == Some(index)).then_some("step")] { (words::action(frame.lang, *name)) }
                }
            }
        }
    }

    fn facts(&self, frame: &Frame<'_>) -> Markup {
        let facts = &self.case.facts;
        let standing = &self.standing;
        let bodies = |ids: &[OrganisationId]| {
            let names: Vec<String> = ids.iter().map(|id| self.body_name(id)).collect();
            names.join(frame.lang.of("、", ", "))
        };
        html! {
            section.card {
                header { h2 { (frame.say(Word::Facts)) } span.code.quiet title=(self.case.id) { (frame.say(Word::LocalCode)) " " (self.case.id.local_code()) } }
                div.body.stack {
                    @for hazard in &self.case.hazards {
                        div.warn { b { (frame.say(Word::Hazards)) } span.prose { (hazard.entry.text) } }
                    }
                    @for oddity in &self.oddities { div.warn { span { (oddity) } } }
                    dl.facts {
                        (fact(frame.say(Word::Description), !facts.description.is_empty(), &html! { span.prose { (facts.description) } }))
                        (self.class_facts(frame))
                        (fact(frame.say(Word::Address), !facts.address.is_empty(), &html! { (facts.address) }))
                        (self.place_facts(frame))
                        (fact(frame.say(Word::SeverityLabel), true, &html! { (words::severity(frame.lang, facts.severity)) }))
                        @if let Some(reporter) = &standing.reporter {
                            (fact(frame.say(Word::Reporter), true, &html! { (self.person_name(reporter)) " " span.quiet { (self.post(frame, reporter)) } }))
                        }
                        @if let Some(lead) = &standing.lead { (fact(frame.say(Word::Lead), true, &html! { (self.body_name(lead)) })) }
                        (fact(frame.say(Word::Assist), !standing.assist.is_empty(), &html! { (bodies(&standing.assist)) }))
                        (fact(frame.say(Word::Notify), !standing.notify.is_empty(), &html! { (bodies(&standing.notify)) }))
                        @if let Some(claim) = &standing.claim {
                            (fact(frame.say(Word::ClaimedBy), true, &html! { (self.person_name(&claim.by)) " " span.quiet { (self.body_name(&claim.organisation)) " · " (claim.at.to_local_minute()) } }))
                        }
                        @if let Some(outcome) = standing.close_outcome { (fact(frame.say(Word::Outcome), true, &html! { (words::outcome(frame.lang, outcome)) })) }
                    }
                }
            }
        }
    }

    fn class_facts(&self, frame: &Frame<'_>) -> Markup {
        let filed = self
            .standing
            .filing
            .as_ref()
            .map(|filing| &filing.condition);
        let condition = filed.or(self.case.facts.condition.as_ref());
        let condition = self.class.as_ref().zip(condition);
        let condition = condition.and_then(|(class, code)| class.condition(code));
        html! {
            @match (&self.class, &self.case.facts.class) {
                (Some(class), _) => {
                    (fact(frame.say(Word::Class), true, &html! { (class.major_zh) " / " (frame.lang.of(&class.zh, &class.en)) " " span.code.quiet { (class.code) } }))
                }
                (None, Some(code)) => { (fact(frame.say(Word::Class), true, &html! { span.code { (code) } })) }
                (None, None) => {}
            }
            @if let Some(condition) = condition {
                (fact(frame.say(Word::Condition), true, &html! { (condition.zh) }))
                (fact(frame.say(Word::TableLimit), true, &html! { (words::limit(frame.lang, condition.limit.number, condition.limit.unit)) }))
            }
        }
    }

    fn place_facts(&self, frame: &Frame<'_>) -> Markup {
        let facts = &self.case.facts;
        html! {
            @if let Some(position) = &facts.position {
                @let accuracy = position.fixes.iter().filter_map(|fix| fix.accuracy_metres).min();
                (fact(frame.say(Word::Point), true, &html! {
                    span.code { (format!("{:.6}, {:.6}", position.point.longitude(), position.point.latitude())) }
                    @if let Some(metres) = accuracy { " " span.quiet { "± " (metres) " m" } }
                }))
            }
            @match &facts.unit_grid {
                Some(GridAnswer::Known(code)) => {
                    (fact(frame.say(Word::UnitGrid), true, &html! { (self.unit_grid.as_deref().unwrap_or_default()) " " span.code.quiet { (code) } }))
                }
                Some(GridAnswer::NoGrid(reason)) => { (fact(frame.say(Word::UnitGrid), true, &html! { "— " (reason) })) }
                None => {}
            }
            @if let Some(component) = &facts.component {
                (fact(frame.say(Word::Component), true, &html! { span.code { (component) } }))
            }
        }
    }
}

fn fact(name: &str, shown: bool, value: &Markup) -> Markup {
    html! { @if shown { dt { (name) } dd { (value) } } }
}
