//! What waits: tasks that nobody answered, and applications that nobody answered; and who said leave.

use maud::{Markup, html};

use super::layout::{Frame, page};
use super::words::{self, Word};
use crate::services::duty::LeaveView;
use crate::services::tasks::approvals::ApprovalView;
use crate::services::tasks::{DeclineView, OpenTasks, TaskView};

/// The page of what waits.
pub struct TasksView {
    /// Tasks.
    pub open: OpenTasks,
    /// Applications.
    pub approvals: Vec<ApprovalView>,
    /// Leaves.
    pub leaves: Vec<LeaveView>,
}

impl TasksView {
    /// Draws the page.
    pub fn render(&self, frame: &Frame<'_>) -> Markup {
        let title = frame.say(Word::Tasks);
        let body = html! {
            div.case {
                header.case-head { h1 { (title) } }
                (self.tasks(frame))
                (self.approvals(frame))
                (self.leaves(frame))
            }
        };
        page(frame, title, &body)
    }

    fn tasks(&self, frame: &Frame<'_>) -> Markup {
        let tasks = &self.open.tasks;
        html! {
            section.card id="open" {
                header { h2 { (frame.say(Word::OpenTasks)) } span.quiet { (tasks.len()) } }
                div.body.stack {
                    p.quiet { (frame.say(Word::OpenTasksHint)) }
                    @if tasks.is_empty() { p { (frame.say(Word::NoOpenTasks)) } }
                    @for listed in tasks {
                        div {
                            b { (kind(frame, listed.task.kind)) } " "
                            a href={ "/cases/" (listed.task.case) "#tasks" } { (titled(&listed.title, &listed.task.case)) } " "
                            (listed.name) " " span.quiet.small { (how(frame, &listed.task)) }
                            (clock(frame, &listed.task))
                            @for before in &listed.declined_before {
                                div.quiet.small {
                                    (frame.say(Word::TaskDeclinedBefore)) " " (before.name) " · " (why(frame, &before.said)) " " (time(&before.said.at))
                                }
                            }
                        }
                    }
                    @if self.open.more { p.quiet { (frame.say(Word::MoreTasks)) } }
                }
            }
        }
    }

    fn leaves(&self, frame: &Frame<'_>) -> Markup {
        html! {
            section.card id="leaves" {
                header { h2 { (frame.say(Word::Leaves)) } span.quiet { (self.leaves.len()) } }
                div.body.stack {
                    p.quiet { (frame.say(Word::LeavesHint)) }
                    @if self.leaves.is_empty() { p { (frame.say(Word::NoLeaves)) } }
                    @for leave in &self.leaves {
                        div {
                            b { (leave.name) } " " (time(&leave.from)) " — " (time(&leave.until)) " " (leave.words)
                            @if leave.now { " " span.tag.serious { (frame.say(Word::LeaveNow)) } }
                        }
                    }
                }
            }
        }
    }

    fn approvals(&self, frame: &Frame<'_>) -> Markup {
        html! {
            section.card id="approvals" {
                header { h2 { (frame.say(Word::OpenApprovals)) } span.quiet { (self.approvals.len()) } }
                div.body.stack {
                    p.quiet { (frame.say(Word::OpenApprovalsHint)) }
                    @if self.approvals.is_empty() { p { (frame.say(Word::NoOpenApprovals)) } }
                    @for waiting in &self.approvals {
                        div {
                            b { (words::by_id(frame.lang, waiting.kind_zh, waiting.kind)) } " "
                            a href={ "/cases/" (waiting.case) } { (titled(&waiting.title, &waiting.case)) } " "
                            span.quiet.small { (waiting.name) " · " (minute(&waiting.since)) }
                            @if waiting.mine { " " span.tag.serious { (frame.say(Word::AwaitsYou)) } }
                        }
                    }
                }
            }
        }
    }
}

/// Why somebody declined, in words; nothing for whom that does not concern.
fn why(frame: &Frame<'_>, said: &DeclineView) -> Markup {
    html! {
        @if let Some(reason) = &said.reason {
            (words::by_id(frame.lang, reason.cause_zh, reason.cause))
            @if !reason.words.is_empty() { "：" (reason.words) }
        }
    }
}

/// Verify or check, in words.
pub fn kind(frame: &Frame<'_>, id: &'static str) -> String {
    let zh = xunge_domain::task::TaskKind::from_id(id).map_or(id, |kind| kind.zh());
    words::by_id(frame.lang, zh, id)
}

/// How somebody was chosen, with the distance of the chosen one.
pub fn how(frame: &Frame<'_>, task: &TaskView) -> Markup {
    let Some(choice) = &task.choice else {
        return html! { (frame.say(Word::TaskNamed)) };
    };
    let word = match choice.how.as_str() {
        "drawn" => Word::TaskDrawn,
        _ => Word::TaskNearest,
    };
    let metres = choice
        .candidates
        .iter()
        .find(|candidate| candidate.person == task.person)
        .and_then(|candidate| candidate.metres);
    html! {
        (frame.say(word)) " 1/" (choice.candidates.len())
        @if let Some(metres) = metres { " · " (metres) " m" }
    }
}

/// When an offer was sent, delivered and due, and how it ended.
pub fn clock(frame: &Frame<'_>, task: &TaskView) -> Markup {
    html! {
        div.quiet.small {
            (frame.say(Word::TaskSent)) " " (time(&task.offered_at)) " · "
            @match &task.delivered_at {
                Some(at) => { (frame.say(Word::TaskDelivered)) " " (time(at)) }
                None => { (frame.say(Word::TaskNotDelivered)) }
            }
            @if let Some(said) = &task.declined {
                " · " span.tag.serious { (frame.say(Word::TaskDeclined)) } " " (why(frame, said)) " " (time(&said.at))
            }
            @match (&task.ended_at, task.end) {
                // Said above, with the reason.
                (Some(_), Some("declined")) => {}
                (Some(at), Some(end)) => { " · " (frame.say(ending(end))) " " (time(at)) }
                _ => {
                    @if let Some(due) = &task.due_at { " · " (frame.say(Word::TaskDue)) " " (time(due)) }
                    @if task.overdue { " " span.tag.urgent { "! " (frame.say(Word::TaskOverdue)) } }
                    @if task.stuck.is_some() { " " span.tag.serious { (frame.say(Word::TaskStuck)) } }
                }
            }
        }
    }
}

fn ending(end: &str) -> Word {
    match end {
        "answered" => Word::TaskAnswered,
        "replaced" => Word::TaskReplaced,
        "lapsed" => Word::TaskLapsed,
        "undelivered" => Word::TaskUndelivered,
        "off_duty" => Word::TaskOffDuty,
        _ => Word::TaskSettled,
    }
}

fn time(at: &str) -> Markup {
    html! { time datetime=(at) { (minute(at)) } }
}

fn minute(at: &str) -> String {
    at.replace('T', " ").chars().take(16).collect()
}

fn titled<'a>(title: &'a str, case: &'a str) -> &'a str {
    if title.is_empty() { case } else { title }
}
