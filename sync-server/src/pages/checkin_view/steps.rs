//! What was done and found, the newest first, each step with its photos.

use maud::{Markup, html};
use xunge_domain::case::{Keyed, PhotoEntry};
use xunge_domain::checkin::{CostBearer, Step, StepEntry};

use super::CheckinView;
use super::words::CheckinWord;
use crate::pages::layout::Frame;
use crate::pages::parts::photo_path;
use crate::pages::words::{self, Word};

pub(super) fn section(view: &CheckinView, frame: &Frame<'_>) -> Markup {
    let steps = view.shown.checkin.in_order();
    html! {
        section.card.timeline-card {
            header { h2 { (CheckinWord::Steps.say(frame.lang)) } span.quiet { (steps.len()) } }
            div.body {
                @if steps.is_empty() { p.quiet { (CheckinWord::NoSteps.say(frame.lang)) } }
                ol.timeline { @for step in steps.into_iter().rev() { (line(view, frame, step)) } }
            }
        }
    }
}

fn line(view: &CheckinView, frame: &Frame<'_>, step: &Keyed<StepEntry>) -> Markup {
    let entry = &step.entry;
    let name = entry.step.name();
    let photos = view.shown.checkin.photos.iter();
    let photos: Vec<&Keyed<PhotoEntry>> = photos
        .filter(|photo| entry.photos.contains(&photo.id))
        .collect();
    html! {
        li.act {
            div.what {
                b { (words::by_id(frame.lang, name.zh(), name.id())) }
                span { (view.person_name(&entry.author)) }
                @if let Some(body) = view.people.get(&entry.author).and_then(|person| person.organisation.as_ref()) {
                    span.quiet.small { (view.body_name(body)) }
                }
            }
            div.when { (entry.at.to_local_minute()) @if !entry.address.is_empty() { " · " (entry.address) } }
            @if !entry.step.note().is_empty() { div.said { (entry.step.note()) } }
            (details(view, frame, &entry.step))
            @if !photos.is_empty() {
                div.photos { @for photo in photos { (figure(view, frame, &photo.entry)) } }
            }
        }
    }
}

/// What a step says beside its words.
fn details(view: &CheckinView, frame: &Frame<'_>, step: &Step) -> Markup {
    html! {
        @match step {
            Step::Survey { estimate: Some(_), .. } => {}
            Step::Scheme { version, .. } => { div.small { "v" (version) } }
            Step::Consultation { participants, options, undertaker, cost, minutes, .. } => {
                dl.facts {
                    dt { (CheckinWord::Parties.say(frame.lang)) } dd { (view.body_names(frame, participants)) }
                    @if !options.is_empty() { dt { (CheckinWord::Options.say(frame.lang)) } dd { @for option in options { div { (option) } } } }
                    dt { (CheckinWord::Undertaker.say(frame.lang)) } dd { (view.body_name(undertaker)) }
                    dt { (CheckinWord::Cost.say(frame.lang)) } dd { (cost_words(view, frame, cost)) }
                    @if !minutes.is_empty() { dt { (CheckinWord::Minutes.say(frame.lang)) } dd.prose { (minutes) } }
                }
            }
            Step::CrewEnters { crew, headcount, .. } => { div.small { (view.body_name(crew)) " × " (headcount) } }
            Step::WorksWindow { from, until, .. } => { div.small { (from.to_local_minute()) " – " (until.to_local_minute()) } }
            Step::DutyRota { turns, .. } => {
                @for turn in turns {
                    div.small {
                        (view.body_name(&turn.organisation)) " × " (turn.headcount) " " (turn.post)
                        " " span.quiet { (turn.from.to_local_minute()) " – " (turn.until.to_local_minute()) }
                    }
                }
            }
            Step::Progress { percent: Some(percent), .. } => { div.small { (percent) " %" } }
            Step::Completion { finished_at, quantities, .. } => {
                div.small {
                    (finished_at.to_local_minute())
                    @for quantity in quantities { " · " (quantity.what) " " (quantity.number) " " (quantity.unit) }
                }
            }
            Step::Thanks { kind, .. } => { div.small { (kind.zh()) } }
            Step::Agreement { parties, .. } => { div.small { (view.body_names(frame, parties)) } }
            Step::Arrival { party, .. } => { div.small { (view.body_name(party)) } }
            _ => {}
        }
    }
}

fn cost_words(view: &CheckinView, frame: &Frame<'_>, cost: &CostBearer) -> String {
    let (id, bodies) = match cost {
        CostBearer::Voluntary => ("borne_by_the_undertaker_of_its_own_will", &[][..]),
        CostBearer::Body(body) => ("borne_by", std::slice::from_ref(body)),
        CostBearer::Shared(bodies) => ("shared_by", bodies.as_slice()),
        CostBearer::Open => ("not_settled_yet", &[][..]),
    };
    let words = words::by_id(frame.lang, cost.zh(), id);
    let bodies = view.body_names(frame, bodies);
    format!("{words} {bodies}").trim_end().to_owned()
}

fn figure(view: &CheckinView, frame: &Frame<'_>, photo: &PhotoEntry) -> Markup {
    let purpose = words::purpose(frame.lang, photo.purpose);
    let stored = |blob: &xunge_domain::case::BlobReference| view.stored.contains(&blob.sha256);
    let original = stored(&photo.original);
    let shown = photo
        .preview
        .filter(stored)
        .or(original.then_some(photo.original));
    let label = format!("{purpose} {} {}", photo.at.to_local_minute(), photo.caption);
    html! {
        figure {
            @match shown {
                Some(blob) => { a.frame href=(photo_path(&photo.original.sha256)) title=(label) { img src=(photo_path(&blob.sha256)) alt=(label) loading="lazy"; } }
                None => { div.frame.waiting { (frame.say(if photo.elsewhere { Word::Elsewhere } else { Word::PendingHint })) } }
            }
            figcaption { b { (purpose) } @if !photo.caption.is_empty() { span { (photo.caption) } } }
        }
    }
}
