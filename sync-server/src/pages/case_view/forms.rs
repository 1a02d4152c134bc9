//! The fields of applications, answers, and what is done beside a case's way.

use maud::{Markup, html};
use xunge_domain::case::{ActionName, ApplicationKind, Asked, HoldCause, SendBackCause};
use xunge_domain::class::LimitUnit;
use xunge_domain::person::{Person, Role};

use super::CaseView;
use crate::pages::layout::Frame;
use crate::pages::words::{self, Word};

/// What a verb asks for beside its button; empty for a verb without a form.
pub(super) fn fields(view: &CaseView, frame: &Frame<'_>, name: ActionName) -> Markup {
    match name {
        ActionName::ApplyExtend => html! { (more_time(frame)) (reason(frame, name, true)) },
        ActionName::ApplySendBack => {
            let causes = SendBackCause::ALL
                .iter()
                .map(|cause| (cause.id(), cause.zh()));
            html! { (choices(frame, "cause", Word::Cause, causes)) (reason(frame, name, true)) }
        }
        ActionName::ApplyHold => {
            let causes = HoldCause::ALL.iter().map(|cause| (cause.id(), cause.zh()));
            html! {
                (choices(frame, "cause", Word::Cause, causes))
                (instant(frame, "review_at", Word::ReviewDate))
                (reason(frame, name, true))
            }
        }
        ActionName::ApplyVoid | ActionName::Reopen => reason(frame, name, true),
        ActionName::ApproveExtend => answer(view, frame, name, ApplicationKind::Extend),
        ActionName::ApproveSendBack => answer(view, frame, name, ApplicationKind::SendBack),
        ActionName::ApproveHold => answer(view, frame, name, ApplicationKind::Hold),
        ActionName::ApproveVoid => answer(view, frame, name, ApplicationKind::Void),
        ActionName::Review => html! {
            (yes_or_no(frame, Word::Valid, Word::NotValid))
            (reason(frame, name, false))
        },
        ActionName::AnswerProposal => proposal(view, frame),
        ActionName::Release => text(frame, name, "note", Word::Note, false),
        ActionName::Supervise => html! {
            (text(frame, name, "opinion", Word::Opinion, true))
            (instant(frame, "reply_due", Word::ReplyDue))
        },
        ActionName::Assign => html! {
            (colleagues(view, frame))
            (text(frame, name, "note", Word::Note, false))
        },
        ActionName::Escalate | ActionName::SendDown => html! {
            (bodies(view, frame, name))
            (reason(frame, name, true))
        },
        ActionName::LinkDuplicate => other_case(frame),
        ActionName::UnlinkDuplicate => html! {
            (linked(view, frame))
            (reason(frame, name, true))
        },
        ActionName::DeclareEvidenceLost => html! {
            (lost_photos(view, frame))
            (reason(frame, name, true))
        },
        _ => html! {},
    }
}

fn text(frame: &Frame<'_>, verb: ActionName, name: &str, label: Word, required: bool) -> Markup {
    let id = format!("{name}-{}", verb.id());
    html! {
        div.field {
            label for=(id) { (frame.say(label)) }
            textarea id=(id) name=(name) maxlength="500" rows="2" required[required] {}
        }
    }
}

/// Why: of a request always, of an answer when it is no.
fn reason(frame: &Frame<'_>, verb: ActionName, required: bool) -> Markup {
    let id = format!("reason-{}", verb.id());
    html! {
        div.field {
            label for=(id) {
                (frame.say(Word::Reason))
                @if !required { " " span.hint { (frame.say(Word::ReasonOfRefusal)) } }
            }
            textarea id=(id) name="reason" maxlength="500" rows="2" required[required] {}
        }
    }
}

fn choices<'a>(
    frame: &Frame<'_>,
    name: &str,
    label: Word,
    every: impl Iterator<Item = (&'a str, &'a str)>,
) -> Markup {
    html! {
        fieldset.field {
            legend { (frame.say(label)) }
            @for (id, zh) in every {
                label.choice { input type="radio" name=(name) value=(id) required; span { (words::either(frame.lang, zh, id)) } }
            }
        }
    }
}

fn instant(frame: &Frame<'_>, name: &str, label: Word) -> Markup {
    html! {
        div.field {
            label for=(name) { (frame.say(label)) }
            input id=(name) name=(name) type="datetime-local" required;
        }
    }
}

fn more_time(frame: &Frame<'_>) -> Markup {
    html! {
        div.field {
            label for="number" { (frame.say(Word::MoreTime)) }
            input #number name="number" type="number" min="1" max="999" value="1";
            select name="unit" aria-label=(frame.say(Word::MoreTime)) {
                @for unit in LimitUnit::ALL {
                    option value=(unit.id()) selected[unit == LimitUnit::WorkDay] { (words::either(frame.lang, unit.zh(), unit.id())) }
                }
            }
        }
        div.field {
            label for="until" { (frame.say(Word::OrUntil)) }
            input #until name="until" type="datetime-local";
        }
    }
}

fn yes_or_no(frame: &Frame<'_>, yes: Word, no: Word) -> Markup {
    html! {
        fieldset.field {
            @for (id, word) in [("yes", yes), ("no", no)] {
                label.choice { input type="radio" name="granted" value=(id) required; span { (frame.say(word)) } }
            }
        }
    }
}

/// What was applied for, with its reason, above the two answers.
fn answer(view: &CaseView, frame: &Frame<'_>, verb: ActionName, kind: ApplicationKind) -> Markup {
    html! {
        @if let Some(application) = view.standing.application(kind) {
            p.small {
                (frame.say(Word::AppliedBy)) " " b { (view.person_name(&application.by)) } " · " (application.at.to_local_minute()) " · " (asked_words(frame, &application.asked))
            }
            p.prose { (application.reason) }
        }
        (yes_or_no(frame, Word::Granted, Word::Refused))
        (reason(frame, verb, false))
    }
}

/// What an application wants.
pub(super) fn asked_words(frame: &Frame<'_>, asked: &Asked) -> String {
    let lang = frame.lang;
    let kind = words::either(lang, asked.kind().zh(), asked.kind().id());
    match asked {
        Asked::Extend { asked } => format!("{kind} {}", words::extension(lang, *asked)),
        Asked::SendBack { cause } => {
            format!("{kind} {}", words::either(lang, cause.zh(), cause.id()))
        }
        Asked::Hold { cause, review_at } => format!(
            "{kind} {} · {} {}",
            words::either(lang, cause.zh(), cause.id()),
            frame.say(Word::ReviewDate),
            review_at.to_local_minute()
        ),
        Asked::Void => kind,
    }
}

fn proposal(view: &CaseView, frame: &Frame<'_>) -> Markup {
    html! {
        @if let Some(class) = view.standing.proposal(&view.case.facts) {
            p { (frame.say(Word::Proposal)) " " b { (view.class_name(frame, class)) } }
            input type="hidden" name="class" value=(class);
        }
        (yes_or_no(frame, Word::Granted, Word::Refused))
        (reason(frame, ActionName::AnswerProposal, false))
    }
}

/// Who works on it: people of the body that claimed the case.
fn colleagues(view: &CaseView, frame: &Frame<'_>) -> Markup {
    let body = view
        .standing
        .claim
        .as_ref()
        .map(|claim| &claim.organisation);
    let suits =
        |person: &&Person| person.organisation.as_ref() == body && person.has(Role::DisposalDept);
    html! {
        div.field {
            label for="assignee" { (frame.say(Word::ChooseColleague)) }
            select #assignee name="to" required {
                option value="" { (frame.say(Word::ChooseOne)) }
                @for person in view.people.values().filter(suits) { option value=(person.id) { (person.name) } }
            }
        }
    }
}

fn bodies(view: &CaseView, frame: &Frame<'_>, verb: ActionName) -> Markup {
    let id = format!("body-{}", verb.id());
    html! {
        div.field {
            label for=(id) { (frame.say(Word::ChooseBody)) }
            select id=(id) name="to" {
                option value="" { "—" }
                @for body in view.organisations.values() { option value=(body.id) { (body.name) } }
            }
        }
    }
}

fn other_case(frame: &Frame<'_>) -> Markup {
    html! {
        div.field {
            label for="of" { (frame.say(Word::OtherCase)) " " span.hint { (frame.say(Word::OtherCaseHint)) } }
            input #of name="of" required pattern="[0-9a-f]{32}";
        }
    }
}

fn linked(view: &CaseView, frame: &Frame<'_>) -> Markup {
    html! {
        fieldset.field {
            legend { (frame.say(Word::Duplicates)) }
            @for of in &view.standing.duplicates {
                label.choice { input type="radio" name="of" value=(of) required; span.code { (of.local_code()) } }
            }
        }
    }
}

fn lost_photos(view: &CaseView, frame: &Frame<'_>) -> Markup {
    let lost = &view.standing.evidence_lost;
    let photos = view.case.photos.iter().map(|photo| &photo.entry);
    let missing = photos.flat_map(|photo| {
        let waits = photo
            .cited()
            .filter(|blob| !view.stored.contains(&blob.sha256) && !lost.contains(&blob.sha256));
        waits.map(move |blob| (photo, blob.sha256))
    });
    html! {
        fieldset.field {
            legend { (frame.say(Word::LostPhotos)) }
            @for (photo, sha256) in missing {
                label.choice {
                    input type="checkbox" name="blob" value=(sha256);
                    span { (words::purpose(frame.lang, photo.purpose)) " · " (view.person_name(&photo.author)) " · " (photo.at.to_local_minute()) }
                }
            }
        }
    }
}
