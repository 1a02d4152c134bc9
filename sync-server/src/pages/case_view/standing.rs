//! What waits, what was granted, and what others have to do with a case: everything of its standing that is no state.

use maud::{Markup, html};
use xunge_domain::case::{Level, SendBackCounts};

use super::forms::asked_words;
use super::{CaseView, fact};
use crate::pages::layout::Frame;
use crate::pages::words::{self, Word};

/// The card; nothing when there is nothing to say.
pub(super) fn section(view: &CaseView, frame: &Frame<'_>) -> Markup {
    let warnings = warnings(view);
    let standing = &view.standing;
    let quiet = warnings.is_empty()
        && standing.applications.is_empty()
        && standing.extensions.is_empty()
        && standing.send_backs.is_empty()
        && standing.holds.is_empty()
        && standing.surveys.is_empty()
        && standing.supervisions.is_empty()
        && standing.duplicates.is_empty()
        && standing.evidence_lost.is_empty()
        && standing.registration.is_none()
        && standing.assignee.is_none()
        && standing.proposal(&view.case.facts).is_none()
        && standing.round == 1
        && standing.rung.level == Level::Community;
    html! {
        @if !quiet {
            section.card {
                header { h2 { (frame.say(Word::Standing)) } }
                div.body.stack {
                    @for word in warnings { div.warn { span { (frame.say(word)) } } }
                    dl.facts { (facts(view, frame)) (collaboration(view, frame)) }
                }
            }
        }
    }
}

fn warnings(view: &CaseView) -> Vec<Word> {
    let mut words = Vec::new();
    if view.standing.disputed() {
        words.push(Word::Disputed);
    }
    if !view.standing.review_items.is_empty() {
        words.push(Word::ReviewItems);
    }
    words
}

fn facts(view: &CaseView, frame: &Frame<'_>) -> Markup {
    let (standing, lang) = (&view.standing, frame.lang);
    html! {
        @if let Some(registration) = &standing.registration {
            (fact(frame.say(Word::SourceLabel), true, &html! {
                (words::either(lang, registration.source.zh(), registration.source.id()))
                @if let Some(id) = &registration.external_id { " " span.code.quiet { (id) } }
            }))
        }
        (fact(frame.say(Word::Round), standing.round > 1, &html! { (standing.round) }))
        (fact(frame.say(Word::Level), standing.rung.level != Level::Community, &html! {
            (words::level(lang, standing.rung.level))
            @if let Some(body) = &standing.rung.organisation { " · " (view.body_name(body)) }
        }))
        @for application in &standing.applications {
            (fact(frame.say(Word::Applications), true, &html! {
                (asked_words(frame, &application.asked)) " " span.quiet { (view.person_name(&application.by)) " · " (application.at.to_local_minute()) }
            }))
        }
        @for extension in &standing.extensions {
            (fact(frame.say(Word::Extensions), true, &html! {
                (words::extension(lang, extension.asked)) " " span.quiet { (view.person_name(&extension.by)) " · " (extension.at.to_local_minute()) }
            }))
        }
        @for send_back in &standing.send_backs {
            @let word = match send_back.counts_as { SendBackCounts::MisDispatch => Word::MisDispatch, SendBackCounts::Shirking => Word::Shirking };
            (fact(frame.say(Word::SendBacks), true, &html! {
                (words::either(lang, send_back.cause.zh(), send_back.cause.id())) " · " (frame.say(word)) " " span.quiet { (send_back.at.to_local_minute()) }
            }))
        }
        @for hold in &standing.holds {
            (fact(frame.say(Word::Hold), true, &html! {
                (words::either(lang, hold.cause.zh(), hold.cause.id())) " · " (hold.since.to_local_minute()) " – "
                @match hold.until {
                    Some(until) => { (until.to_local_minute()) }
                    None => { (frame.say(Word::ReviewDate)) " " (hold.review_at.to_local_minute()) }
                }
            }))
        }
        @if let Some(assignee) = &standing.assignee {
            (fact(frame.say(Word::Assignee), true, &html! { (view.person_name(assignee)) }))
        }
        @if let Some(class) = standing.proposal(&view.case.facts) {
            (fact(frame.say(Word::Proposal), true, &html! { (view.class_name(frame, class)) }))
        }
    }
}

fn collaboration(view: &CaseView, frame: &Frame<'_>) -> Markup {
    let (standing, lang) = (&view.standing, frame.lang);
    html! {
        @for survey in &standing.surveys {
            (fact(frame.say(Word::Surveys), true, &html! {
                b { (view.body_name(&survey.organisation)) } " " span.prose { (survey.cause) }
                @if let Some(estimate) = survey.estimate { " · " (frame.say(Word::Estimate)) " " (words::limit(lang, estimate.number, estimate.unit)) }
                " " span.quiet { (view.person_name(&survey.by)) " · " (survey.at.to_local_minute()) }
            }))
        }
        @for supervision in &standing.supervisions {
            (fact(frame.say(Word::Supervision), true, &html! {
                span.prose { (supervision.opinion) } " " span.quiet {
                    (view.person_name(&supervision.by)) " · " (frame.say(Word::ReplyDue)) " " (supervision.reply_due.to_local_minute())
                    @if let Some(at) = supervision.answered_at { " · " (frame.say(Word::Answered)) " " (at.to_local_minute()) }
                }
            }))
        }
        @for of in &standing.duplicates {
            (fact(frame.say(Word::Duplicates), true, &html! { a.code href=(format!("/cases/{of}")) { (of.local_code()) } }))
        }
        (fact(frame.say(Word::EvidenceLost), !standing.evidence_lost.is_empty(), &html! { (standing.evidence_lost.len()) }))
    }
}
