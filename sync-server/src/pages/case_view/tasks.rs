//! The offers of a case: who was sent, when it was delivered and due, how it ended; and the button that leaves the choice to the rules.

use maud::{Markup, html};
use xunge_domain::person::Role;
use xunge_domain::task::TaskKind;

use super::CaseView;
use crate::pages::layout::Frame;
use crate::pages::tasks_view::{clock, how, kind};
use crate::pages::words::Word;
use crate::services::tasks::TaskView;

/// Nothing where nobody was sent and the reader may send nobody.
pub(super) fn section(view: &CaseView, frame: &Frame<'_>) -> Markup {
    let may_send = frame
        .staff
        .is_some_and(|staff| staff.person.has(Role::IntakeClerk))
        && TaskKind::due(&view.standing).is_some();
    html! {
        @if may_send || !view.tasks.is_empty() {
            section.card id="tasks" {
                header { h2 { (frame.say(Word::Tasks)) } span.quiet { (view.tasks.len()) } }
                div.body.stack {
                    @for task in view.tasks.iter().rev() { (offer(view, frame, task)) }
                    @if may_send {
                        form.stack method="post" action={ "/cases/" (view.case.id) "/tasks" } {
                            (frame.csrf())
                            p.quiet.small { (frame.say(Word::NearestOnDutyHint)) }
                            button { (frame.say(Word::NearestOnDuty)) }
                        }
                    }
                }
            }
        }
    }
}

fn offer(view: &CaseView, frame: &Frame<'_>, task: &TaskView) -> Markup {
    let name = task
        .person
        .parse()
        .map_or_else(|_| task.person.clone(), |id| view.person_name(&id));
    html! {
        div {
            b { (kind(frame, task.kind)) } " " (name) " "
            span.quiet.small { (how(frame, task)) }
            (clock(frame, task))
        }
    }
}
