//! The action bar: what the rule table allows the reader now as forms, everything else with its reason.

use maud::{Markup, html};
use xunge_domain::case::{ActionName, CloseOutcome, Decline};
use xunge_domain::person::{Organisation, Person, Role};
use xunge_domain::tables::HandlingClass;

use super::{CaseView, forms};
use crate::pages::layout::Frame;
use crate::pages::words::{self, Word};

/// Verbs that need an own photo or position, or a draft: a browser on a desk has neither.
const fn on_site(name: ActionName) -> bool {
    matches!(
        name,
        ActionName::Report
            | ActionName::Register
            | ActionName::SelfHandle
            | ActionName::Verify
            | ActionName::Feedback
            | ActionName::Check
            | ActionName::JointSurvey
    )
}

/// What leads on first, answers that somebody waits for with it, ways aside after them.
const fn rank(name: ActionName) -> u8 {
    match name {
        ActionName::ApproveExtend
        | ActionName::ApproveSendBack
        | ActionName::ApproveHold
        | ActionName::ApproveVoid
        | ActionName::AnswerProposal => 0,
        ActionName::Accept
        | ActionName::File
        | ActionName::Dispatch
        | ActionName::Claim
        | ActionName::SendCheck
        | ActionName::Close
        | ActionName::Release
        | ActionName::BeginReview
        | ActionName::Review
        | ActionName::Assign => 1,
        _ => 2,
    }
}

pub(super) fn section(view: &CaseView, frame: &Frame<'_>) -> Markup {
    let possible =
        |name: ActionName, verdict: &Result<(), Decline>| verdict.is_ok() && !on_site(name);
    let mut now: Vec<ActionName> = view
        .offered
        .iter()
        .filter(|(name, verdict)| possible(*name, verdict))
        .map(|(name, _)| *name)
        .collect();
    now.sort_by_key(|name| rank(*name));
    html! {
        section.card.acts-card {
            header { h2 { (frame.say(Word::ActNow)) } }
            div.body.acts {
                @if now.is_empty() { p.quiet { (frame.say(Word::NothingToDo)) } }
                @for name in &now { (offer(view, frame, *name, now.len() == 1)) }
                (not_now(view, frame))
            }
        }
    }
}

fn not_now(view: &CaseView, frame: &Frame<'_>) -> Markup {
    html! {
        details.why {
            summary { (frame.say(Word::NotNow)) }
            ul {
                @for (name, verdict) in &view.offered {
                    @match verdict {
                        Err(reason) => { li { b { (words::action(frame.lang, *name)) } span { (view.decline_words(frame, reason)) } } }
                        Ok(()) if on_site(*name) => { li { b { (words::action(frame.lang, *name)) } span { (frame.say(Word::OnSite)) } } }
                        Ok(()) => {}
                    }
                }
            }
        }
    }
}

fn offer(view: &CaseView, frame: &Frame<'_>, name: ActionName, alone: bool) -> Markup {
    let verb = words::action(frame.lang, name);
    let address = format!("/cases/{}/act", view.case.id);
    let fields = match name {
        ActionName::Accept | ActionName::Claim | ActionName::BeginReview => {
            return html! {
                form.plain-form method="post" action=(address) {
                    (frame.csrf())
                    button.main name="action" value=(name.id()) { (verb) }
                }
            };
        }
        ActionName::Reject => rejection(frame),
        ActionName::File => conditions(view, frame),
        ActionName::Dispatch => parties(view, frame),
        ActionName::SendVerify | ActionName::SendCheck => workers(view, frame, name),
        ActionName::Close => outcomes(frame),
        other => forms::fields(view, frame, other),
    };
    let aside = matches!(
        name,
        ActionName::Reject | ActionName::ApplyVoid | ActionName::Reopen
    );
    let class = if aside { "danger" } else { "main" };
    html! {
        details open[alone || rank(name) == 0 || matches!(name, ActionName::File | ActionName::Dispatch | ActionName::Close)] {
            summary { (verb) }
            form method="post" action=(address) {
                (frame.csrf())
                input type="hidden" name="action" value=(name.id());
                (fields)
                button class=(class) { (frame.say(Word::Confirm)) (frame.lang.of("", " "))  (verb) }
            }
        }
    }
}

fn rejection(frame: &Frame<'_>) -> Markup {
    html! {
        fieldset.field {
            legend { (frame.say(Word::ReasonTemplates)) }
            @for reason in words::rejection_reasons(frame.lang) {
                label.choice { input type="radio" name="usual_reason" value=(reason); span { (reason) } }
            }
        }
        div.field {
            label for="reason" { (frame.say(Word::OwnWords)) " " span.hint { (frame.say(Word::ReasonHint)) } }
            textarea #reason name="reason" maxlength="500" rows="2" {}
        }
        div.field {
            label for="duplicate_of" { (frame.say(Word::DuplicateOf)) }
            input #duplicate_of name="duplicate_of" pattern="[0-9a-f]{32}" title=(frame.say(Word::OtherCaseHint));
        }
    }
}

fn conditions(view: &CaseView, frame: &Frame<'_>) -> Markup {
    let proposed = view.case.facts.condition.as_deref();
    html! {
        fieldset.field {
            legend { (frame.say(Word::ChooseCondition)) }
            @if let Some(class) = &view.class {
                @for condition in &class.conditions {
                    label.choice {
                        input type="radio" name="condition" value=(condition.code) required checked[proposed == Some(condition.code.as_str()) || class.conditions.len() == 1];
                        span { (condition.zh) }
                        span.limit { (words::limit(frame.lang, condition.limit.number, condition.limit.unit)) }
                    }
                }
            }
        }
        fieldset.field {
            legend { (frame.say(Word::HandlingClass)) }
            @for class in HandlingClass::ALL {
                label.choice {
                    input type="radio" name="handling_class" value=(class.id()) required checked[class.is_general()];
                    span { (words::either(frame.lang, class.zh(), class.id())) }
                }
            }
        }
    }
}

/// Bodies with somebody who disposes of matters, then the others.
fn bodies(view: &CaseView) -> (Vec<&Organisation>, Vec<&Organisation>) {
    view.organisations.values().partition(|body| {
        view.people.values().any(|person| {
            person.has(Role::DisposalDept) && person.organisation.as_ref() == Some(&body.id)
        })
    })
}

fn parties(view: &CaseView, frame: &Frame<'_>) -> Markup {
    let (departments, others) = bodies(view);
    let tick = |name: &str, body: &Organisation| {
        html! { label.choice { input type="checkbox" name=(name) value=(body.id); span { (body.name) } } }
    };
    html! {
        div.field {
            label for="lead" { (frame.say(Word::ChooseLead)) }
            select #lead name="lead" required {
                option value="" { (frame.say(Word::ChooseOne)) }
                optgroup label=(frame.say(Word::Departments)) {
                    @for body in &departments { option value=(body.id) { (body.name) } }
                }
            }
        }
        details {
            summary { (frame.say(Word::Assist)) }
            div.scroll { @for body in &departments { (tick("assist", body)) } }
        }
        details {
            summary { (frame.say(Word::Notify)) }
            div.scroll { @for body in others.iter().chain(&departments) { (tick("notify", body)) } }
        }
    }
}

fn workers(view: &CaseView, frame: &Frame<'_>, name: ActionName) -> Markup {
    let suits = |person: &&Person| {
        let same_body = view
            .standing
            .claim
            .as_ref()
            .is_some_and(|claim| person.organisation.as_ref() == Some(&claim.organisation));
        person.has(Role::GridWorker) && !same_body
    };
    let (near, far): (Vec<&Person>, Vec<&Person>) =
        view.people.values().filter(suits).partition(|person| {
            view.duty_grid
                .as_ref()
                .is_some_and(|grid| person.duty_grids.contains(grid))
        });
    // Somebody else's eyes before the reporter's own.
    let first = near
        .iter()
        .find(|person| Some(&person.id) != view.standing.reporter.as_ref());
    let preset = first.map(|person| &person.id);
    let id = format!("to-{}", name.id());
    let also = (name == ActionName::SendCheck).then(|| {
        html! {
            div.field {
                label for="also" { (frame.say(Word::AlsoCheck)) }
                select #also name="also" {
                    option value="" { "—" }
                    @for person in near.iter().chain(&far) { option value=(person.id) { (person.name) " · " (view.post(frame, &person.id)) } }
                }
            }
        }
    });
    html! {
        div.field {
            label for=(id) { (frame.say(Word::ChooseWorker)) }
            select id=(id) name="to" required {
                option value="" { (frame.say(Word::ChooseOne)) }
                optgroup label=(frame.say(Word::SameBeat)) {
                    @for person in &near { option value=(person.id) selected[preset == Some(&person.id)] { (person.name) } }
                }
                optgroup label=(frame.say(Word::OtherBeats)) {
                    @for person in &far { option value=(person.id) { (person.name) " · " (view.post(frame, &person.id)) } }
                }
            }
        }
        @if let Some(also) = also { (also) }
    }
}

fn outcomes(frame: &Frame<'_>) -> Markup {
    html! {
        fieldset.field {
            legend { (frame.say(Word::Outcome)) }
            @for outcome in CloseOutcome::ALL {
                label.choice { input type="radio" name="outcome" value=(outcome.id()) required checked[*outcome == CloseOutcome::Normal]; span { (words::outcome(frame.lang, *outcome)) } }
            }
        }
    }
}
