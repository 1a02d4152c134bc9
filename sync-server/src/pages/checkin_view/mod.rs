//! One check-in: who meets over what, what was done, and the four times side by side.

mod actions;
pub mod list;
pub mod opening;
mod steps;
mod times;
pub mod words;

use std::collections::{BTreeMap, BTreeSet};

use maud::{Markup, html};
use xunge_domain::checkin::{Outcome, Subject};
use xunge_domain::ids::{Digest, OrganisationId, PersonId};
use xunge_domain::person::Person;

use self::words::{CheckinWord, later};
use super::layout::{Frame, page};
use super::parts::checkin_chip;
use super::words::{self as common, Word};
use crate::services::checkins::show::Shown;
use crate::store::rows::CaseRow;

/// What the page shows.
pub struct CheckinView {
    /// The check-in.
    pub shown: Shown,
    /// The case it is about, where the reader may see it.
    pub case: Option<CaseRow>,
    /// Everybody who stands in it.
    pub people: BTreeMap<PersonId, Person>,
    /// Names of all bodies.
    pub bodies: BTreeMap<OrganisationId, String>,
    /// The blobs that are stored.
    pub stored: BTreeSet<Digest>,
    /// Sequence of a ruling the reader has just caused.
    pub just_ruled: Option<u32>,
}

impl CheckinView {
    fn person_name(&self, id: &PersonId) -> String {
        let known = self.people.get(id);
        known.map_or_else(|| id.to_string(), |person| person.name.clone())
    }

    fn body_name(&self, id: &OrganisationId) -> String {
        let known = self.bodies.get(id);
        known.cloned().unwrap_or_else(|| id.to_string())
    }

    fn body_names(&self, frame: &Frame<'_>, ids: &[OrganisationId]) -> String {
        let names: Vec<String> = ids.iter().map(|id| self.body_name(id)).collect();
        names.join(frame.lang.of("、", ", "))
    }

    /// Draws the page.
    pub fn render(&self, frame: &Frame<'_>) -> Markup {
        let standing = &self.shown.standing;
        let title = if standing.title.is_empty() {
            self.shown.checkin.id.local_code()
        } else {
            standing.title.clone()
        };
        let body = html! {
            div.case {
                (self.flash(frame))
                p { a href="/checkins" { "← " (frame.say(Word::Checkins)) } }
                header.case-head {
                    h1 { (title) }
                    div.line {
                        (checkin_chip(frame.lang, standing.state))
                        @if let Some(initiation) = standing.initiation {
                            span.tag { (common::by_id(frame.lang, initiation.zh(), initiation.id())) }
                        }
                        span.code { (self.shown.checkin.id.local_code()) }
                        @if let Some(at) = standing.opened_at { time datetime=(at) { (at.to_local_minute()) } }
                    }
                }
                div.columns {
                    div.stack {
                        (times::section(self, frame))
                        (steps::section(self, frame))
                    }
                    div.stack.aside {
                        (actions::section(self, frame))
                        (self.parties(frame))
                        (self.calls(frame))
                    }
                }
            }
        };
        page(frame, &title, &body)
    }

    /// Why what the reader asked for was declined.
    fn flash(&self, frame: &Frame<'_>) -> Markup {
        let mut rulings = self.shown.checkin.rulings.iter();
        let ruled = rulings.find(|ruling| Some(ruling.entry.sequence) == self.just_ruled);
        html! {
            @if let Some(Outcome::Declined { reason }) = ruled.map(|ruling| &ruling.entry.outcome) {
                div.flash.bad role="alert" { (frame.lang.of(&reason.zh(), &reason.en())) }
            }
        }
    }

    fn parties(&self, frame: &Frame<'_>) -> Markup {
        let standing = &self.shown.standing;
        html! {
            section.card {
                header { h2 { (CheckinWord::Parties.say(frame.lang)) } }
                div.body {
                    dl.facts {
                        dt { (CheckinWord::Visiting.say(frame.lang)) } dd { (self.body_names(frame, &standing.visiting)) }
                        dt { (CheckinWord::Hosts.say(frame.lang)) } dd { (self.body_names(frame, &standing.hosts)) }
                        (self.subject(frame))
                        @if let Some(opener) = &standing.opened_by {
                            dt { (CheckinWord::OpenedBy.say(frame.lang)) } dd { (self.person_name(opener)) }
                        }
                        @for answer in &standing.answers {
                            dt { (CheckinWord::Answers.say(frame.lang)) }
                            dd {
                                (self.body_name(&answer.party)) " "
                                ((if answer.accepts { CheckinWord::TakesPart } else { CheckinWord::TakesNoPart }).say(frame.lang))
                                " " span.quiet { (self.person_name(&answer.by)) " · " (answer.at.to_local_minute()) }
                                @if !answer.note.is_empty() { div.small { (answer.note) } }
                            }
                        }
                    }
                }
            }
        }
    }

    fn subject(&self, frame: &Frame<'_>) -> Markup {
        html! {
            @match (&self.shown.standing.subject, &self.case) {
                (Some(Subject::Case(id)), Some(case)) => {
                    dt { (CheckinWord::AboutCase.say(frame.lang)) }
                    dd { a href={ "/cases/" (id) } { (case.case_no.as_deref().unwrap_or(case.title.as_str())) } }
                }
                (Some(Subject::Case(id)), None) => { dt { (CheckinWord::AboutCase.say(frame.lang)) } dd.code { (id.local_code()) } }
                (Some(Subject::Project(id)), _) => { dt { (CheckinWord::AboutProject.say(frame.lang)) } dd.code { (id.local_code()) } }
                (Some(Subject::Place { address, .. }), _) => { dt { (CheckinWord::AboutPlace.say(frame.lang)) } dd { (address) } }
                (None, _) => {}
            }
        }
    }

    fn calls(&self, frame: &Frame<'_>) -> Markup {
        html! {
            @if !self.shown.calls.is_empty() {
                section.card {
                    header { h2 { (CheckinWord::Calls.say(frame.lang)) } }
                    div.body.stack {
                        @for call in &self.shown.calls {
                            div {
                                b { (self.body_name(&call.call.party)) } " " (call.call.obligation)
                                div.small {
                                    (CheckinWord::DueAt.say(frame.lang)) " " (call.call.due.to_local_minute()) " · "
                                    @match call.arrived_at {
                                        Some(at) => { (CheckinWord::ArrivedAt.say(frame.lang)) " " (at.to_local_minute()) }
                                        None => { (CheckinWord::NotArrived.say(frame.lang)) }
                                    }
                                    @if let Some(late) = call.late_millis {
                                        " " span.tag.urgent { "! " (later(frame.lang, late)) }
                                    }
                                }
                            }
                        }
                    }
                }
            }
        }
    }
}
