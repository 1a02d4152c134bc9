//! What a branch secretary and the parties' people may do on a check-in now, as forms. Steps that need a photo, a place or a list
//! of their own are written on site.

use maud::{Markup, html};
use xunge_domain::checkin::{ActName, StepName, offered};
use xunge_domain::ids::OrganisationId;
use xunge_domain::person::Person;

use super::CheckinView;
use super::words::CheckinWord;
use crate::pages::layout::Frame;
use crate::pages::words::{self as common, Word};

/// Steps that are a note, and nothing else.
const NOTED: [StepName; 7] = [
    StepName::Talk,
    StepName::Cause,
    StepName::Scheme,
    StepName::Progress,
    StepName::ResidentsAnswer,
    StepName::Thanks,
    StepName::FollowUp,
];

/// The card; nothing for who has nothing to do here.
pub(super) fn section(view: &CheckinView, frame: &Frame<'_>) -> Markup {
    let Some(reader) = frame.staff.map(|staff| &staff.person) else {
        return html! {};
    };
    let standing = &view.shown.standing;
    let may = |name: ActName| {
        let mut offered = offered(standing, reader).into_iter();
        offered.any(|(offered, verdict)| offered == name && verdict.is_ok())
    };
    let parties = if may(ActName::Answer) {
        unanswered(view, reader)
    } else {
        Vec::new()
    };
    let member = standing.has_member(reader);
    let closes = may(ActName::Close) && member;
    let steps = member && standing.opened_at.is_some();
    html! {
        @if !parties.is_empty() || closes || steps {
            section.card.acts-card {
                header { h2 { (frame.say(Word::ActNow)) } }
                div.body.acts {
                    @if !parties.is_empty() { (answer(view, frame, &parties)) }
                    @if steps { (step(view, frame)) }
                    @if closes { (close(view, frame)) }
                }
            }
        }
    }
}

/// The parties that the reader acts for and that were asked: not the one that opened, not those that have answered.
fn unanswered<'view>(view: &'view CheckinView, reader: &Person) -> Vec<&'view OrganisationId> {
    let (checkin, standing) = (&view.shown.checkin, &view.shown.standing);
    let Some(own) = &reader.organisation else {
        return Vec::new();
    };
    let asked = standing.parties().filter(|party| {
        let answered = standing
            .answers
            .iter()
            .any(|answer| answer.party == **party);
        checkin.acts_for(own, party) && standing.opened_for.as_ref() != Some(*party) && !answered
    });
    asked.collect()
}

fn form(
    view: &CheckinView,
    frame: &Frame<'_>,
    action: &str,
    verb: &str,
    fields: &Markup,
) -> Markup {
    html! {
        details {
            summary { (verb) }
            form method="post" action=(format!("/checkins/{}/act", view.shown.checkin.id)) {
                (frame.csrf())
                input type="hidden" name="action" value=(action);
                (fields)
                button.main { (frame.say(Word::Confirm)) (frame.lang.of("", " ")) (verb) }
            }
        }
    }
}

fn note(frame: &Frame<'_>, id: &str, required: bool) -> Markup {
    html! {
        div.field {
            label for=(id) { (frame.say(Word::Note)) }
            textarea id=(id) name="note" maxlength="2000" rows="3" required[required] {}
        }
    }
}

fn answer(view: &CheckinView, frame: &Frame<'_>, parties: &[&OrganisationId]) -> Markup {
    let say = |word: CheckinWord| word.say(frame.lang);
    let fields = html! {
        div.field {
            label for="party" { (say(CheckinWord::AnswersFor)) }
            select #party name="party" required {
                @for party in parties { option value=(party) { (view.body_name(party)) } }
            }
        }
        fieldset.field {
            legend { (say(CheckinWord::Answers)) }
            label.choice { input type="radio" name="accepts" value="yes" required; span { (say(CheckinWord::TakesPart)) } }
            label.choice { input type="radio" name="accepts" value="no"; span { (say(CheckinWord::TakesNoPart)) } }
        }
        (note(frame, "answer-note", false))
    };
    form(view, frame, "answer", say(CheckinWord::Answer), &fields)
}

fn step(view: &CheckinView, frame: &Frame<'_>) -> Markup {
    let fields = html! {
        div.field {
            label for="step" { (CheckinWord::WhichStep.say(frame.lang)) }
            select #step name="step" required {
                @for name in NOTED { option value=(name.id()) { (common::by_id(frame.lang, name.zh(), name.id())) } }
            }
        }
        (note(frame, "step-note", true))
        p.quiet.small { (CheckinWord::StepHint.say(frame.lang)) }
    };
    form(
        view,
        frame,
        "step",
        CheckinWord::AddStep.say(frame.lang),
        &fields,
    )
}

fn close(view: &CheckinView, frame: &Frame<'_>) -> Markup {
    let fields = note(frame, "close-note", false);
    form(
        view,
        frame,
        "close",
        CheckinWord::Close.say(frame.lang),
        &fields,
    )
}
