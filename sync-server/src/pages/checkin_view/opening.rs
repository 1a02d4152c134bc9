//! 发起报到: the form by which a branch secretary opens a check-in about a case or a place.

use std::collections::BTreeSet;

use maud::{Markup, html};
use xunge_domain::checkin::Initiation;
use xunge_domain::ids::OrganisationId;
use xunge_domain::person::Organisation;

use super::words::CheckinWord;
use crate::error::ApiError;
use crate::pages::layout::{Frame, page};
use crate::pages::words::{self as common, Word};
use crate::store::rows::CaseRow;

/// What was written before, and who can be chosen.
#[derive(Default)]
pub struct OpeningView {
    /// One line.
    pub title: String,
    /// How it came to be, by its id.
    pub initiation: String,
    /// The case it is about.
    pub case: Option<CaseRow>,
    /// The place, where it is about no case.
    pub address: String,
    /// Chosen as visiting parties.
    pub visiting: BTreeSet<OrganisationId>,
    /// Chosen as hosts.
    pub hosts: BTreeSet<OrganisationId>,
    /// Every body: party organisations first.
    pub bodies: Vec<Organisation>,
}

/// A whistle calls each party with an obligation and a time: that takes a device or the API.
fn by_form() -> impl Iterator<Item = Initiation> {
    let all = Initiation::ALL.into_iter();
    all.filter(|initiation| *initiation != Initiation::Whistle)
}

impl OpeningView {
    /// Draws the form, with why it was refused.
    pub fn render(&self, frame: &Frame<'_>, refused: Option<&ApiError>) -> Markup {
        let say = |word: CheckinWord| word.say(frame.lang);
        let title = say(CheckinWord::Open);
        let body = html! {
            div.case {
                p { a href="/checkins" { "← " (frame.say(Word::Checkins)) } }
                h1 { (title) }
                @if let Some(error) = refused {
                    div.flash.bad role="alert" { (frame.lang.of(&error.body.zh, &error.body.en)) }
                }
                section.card {
                    form.body.stack method="post" action="/checkins/new" {
                        (frame.csrf())
                        (self.subject(frame))
                        div.field {
                            label for="title" { (say(CheckinWord::Title)) }
                            input #title name="title" value=(self.title) maxlength="100" required;
                        }
                        fieldset.field {
                            legend { (say(CheckinWord::Initiation)) }
                            @for initiation in by_form() {
                                label.choice { input type="radio" name="initiation" value=(initiation.id()) required checked[self.initiation == initiation.id()]; span { (common::by_id(frame.lang, initiation.zh(), initiation.id())) } }
                            }
                        }
                        (self.side("visiting", say(CheckinWord::Visiting), &self.visiting))
                        (self.side("hosts", say(CheckinWord::Hosts), &self.hosts))
                        button.main { (title) }
                    }
                }
            }
        };
        page(frame, title, &body)
    }

    fn subject(&self, frame: &Frame<'_>) -> Markup {
        html! {
            @match &self.case {
                Some(case) => {
                    p { (CheckinWord::AboutCase.say(frame.lang)) " " a href=(format!("/cases/{}", case.document)) { (case.title) } " " span.code.quiet { (case.document.local_code()) } }
                    input type="hidden" name="case" value=(case.document);
                }
                None => {
                    div.field {
                        label for="address" { (CheckinWord::AboutPlace.say(frame.lang)) }
                        input #address name="address" value=(self.address) maxlength="200" required;
                    }
                }
            }
        }
    }

    fn side(&self, name: &str, legend: &str, chosen: &BTreeSet<OrganisationId>) -> Markup {
        html! {
            fieldset.field {
                legend { (legend) }
                div.scroll {
                    @for body in &self.bodies {
                        label.choice { input type="checkbox" name=(name) value=(body.id) checked[chosen.contains(&body.id)]; span { (body.name) } }
                    }
                }
            }
        }
    }
}
