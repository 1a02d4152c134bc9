//! What happened, in one line of time: actions with their rulings, comments, hazards, photos.
//!
//! The newest stands first. A device's time is its claim; where the hub heard of it later, both times show.

use maud::{Markup, html};
use xunge_domain::case::{Act, Action, Keyed, Outcome, PhotoPurpose, Ruling};
use xunge_domain::ids::PersonId;
use xunge_domain::tables::HandlingClass;
use xunge_domain::time::Timestamp;

use super::CaseView;
use crate::pages::layout::Frame;
use crate::pages::words::{self, Word};

/// A hub that hears of an action this much later tells both times.
const OFFLINE_MINUTES_MIN: i64 = 2;

struct Line {
    at: Timestamp,
    /// Among lines of one time: rulings know their sequence.
    rank: u32,
    markup: Markup,
}

pub(super) fn section(view: &CaseView, frame: &Frame<'_>) -> Markup {
    let mut lines: Vec<Line> = Vec::new();
    for action in &view.case.actions {
        lines.push(action_line(view, frame, action));
    }
    for note in &view.case.comments {
        let markup = note_line(
            view,
            frame,
            Word::Comment,
            "note",
            &note.entry.author,
            note.entry.at,
            &note.entry.text,
        );
        lines.push(line(note.entry.at, markup));
    }
    for note in &view.case.hazards {
        let markup = note_line(
            view,
            frame,
            Word::Hazard,
            "hazard",
            &note.entry.author,
            note.entry.at,
            &note.entry.text,
        );
        lines.push(line(note.entry.at, markup));
    }
    lines.extend(photo_lines(view, frame));
    lines.sort_by_key(|line| (std::cmp::Reverse(line.at), std::cmp::Reverse(line.rank)));
    html! {
        section.card.timeline-card {
            header { h2 { (frame.say(Word::Timeline)) } span.quiet { (lines.len()) } }
            div.body { ol.timeline { @for line in &lines { (line.markup) } } }
        }
    }
}

const fn line(at: Timestamp, markup: Markup) -> Line {
    Line {
        at,
        rank: 0,
        markup,
    }
}

fn note_line(
    view: &CaseView,
    frame: &Frame<'_>,
    word: Word,
    class: &str,
    author: &PersonId,
    at: Timestamp,
    text: &str,
) -> Markup {
    html! {
        li class=(class) {
            div.what { b { (frame.say(word)) } (who(view, frame, author)) }
            div.when { (at.to_local_minute()) }
            div.said { (text) }
        }
    }
}

/// Photos that arrived together are one line.
fn photo_lines(view: &CaseView, frame: &Frame<'_>) -> Vec<Line> {
    let mut groups: Vec<(&PersonId, PhotoPurpose, Timestamp, usize, Vec<&str>)> = Vec::new();
    for photo in &view.case.photos {
        let entry = &photo.entry;
        let group = groups.iter_mut().find(|group| {
            group.0 == &entry.author
                && group.1 == entry.purpose
                && group.2.to_local_minute() == entry.at.to_local_minute()
        });
        let group = match group {
            Some(group) => group,
            None => {
                groups.push((&entry.author, entry.purpose, entry.at, 0, Vec::new()));
                match groups.last_mut() {
                    Some(group) => group,
                    None => continue,
                }
            }
        };
        group.3 += 1;
        if !entry.caption.is_empty() {
            group.4.push(&entry.caption);
        }
    }
    let draw = |(author, purpose, at, count, captions): (
        &PersonId,
        PhotoPurpose,
        Timestamp,
        usize,
        Vec<&str>,
    )| {
        let captions = captions.join(frame.lang.of("；", "; "));
        line(
            at,
            html! {
                li {
                    div.what { b { (frame.say(Word::Photo)) " · " (words::purpose(frame.lang, purpose)) @if count > 1 { " × " (count) } } (who(view, frame, author)) }
                    div.when { (at.to_local_minute()) }
                    @if !captions.is_empty() { div.said { (captions) } }
                }
            },
        )
    };
    groups.into_iter().map(draw).collect()
}

fn who(view: &CaseView, frame: &Frame<'_>, author: &PersonId) -> Markup {
    html! { span { (view.person_name(author)) } span.quiet.small { (view.post(frame, author)) } }
}

fn action_line(view: &CaseView, frame: &Frame<'_>, action: &Keyed<Action>) -> Line {
    let (entry, ruling) = (&action.entry, view.case.ruling(&action.id));
    let class = match ruling.map(|ruling| &ruling.outcome) {
        Some(Outcome::Accepted { .. }) => "act",
        Some(Outcome::Declined { .. }) => "declined",
        None => "",
    };
    let said = said(view, frame, &entry.act);
    let markup = html! {
        li class=(class) {
            div.what { b { (words::action(frame.lang, entry.act.name())) } (who(view, frame, &entry.author)) (verdict(frame, ruling)) }
            div.when { (times(frame, entry, ruling)) }
            @if !said.is_empty() { div.said { (said) } }
            @if let Some(Outcome::Declined { reason }) = ruling.map(|ruling| &ruling.outcome) {
                div.reason { (view.decline_words(frame, reason)) }
            }
        }
    };
    Line {
        at: ruling.map_or(entry.at, |ruling| ruling.at),
        rank: ruling.map_or(u32::MAX, |ruling| ruling.sequence),
        markup,
    }
}

fn verdict(frame: &Frame<'_>, ruling: Option<&Ruling>) -> Markup {
    html! {
        @match ruling.map(|ruling| &ruling.outcome) {
            Some(Outcome::Accepted { to, case_no, .. }) => {
                span.ok.small { "→ " (words::state(frame.lang, *to)) }
                @if let Some(number) = case_no { span.code.quiet { (number) } }
            }
            Some(Outcome::Declined { .. }) => { span.no.small { "✕ " (frame.say(Word::Declined)) } }
            None => { span.late.small { "▲ " (frame.say(Word::Unruled)) } }
        }
    }
}

fn times(frame: &Frame<'_>, action: &Action, ruling: Option<&Ruling>) -> Markup {
    let done_at = ruling.and_then(|ruling| ruling.done_at);
    let late = ruling.map_or(0, |ruling| ruling.at.millis_since(action.at) / 60_000);
    html! {
        @if let (Some(ruling), true) = (ruling, late >= OFFLINE_MINUTES_MIN) {
            (frame.say(Word::DeviceTime)) " " (action.at.to_local_minute()) " → " (frame.say(Word::ReceivedTime)) " " (ruling.at.to_local_minute())
            @if let Some(done_at) = done_at { " · " (frame.lang.of("经证明不晚于", "proven: not after")) " " (done_at.to_local_minute()) }
            " · " (words::offline_for(frame.lang, late))
        } @else {
            (action.at.to_local_minute())
            @if action.session.is_some() { " · " (frame.say(Word::InBrowser)) }
        }
    }
}

/// What the action carried, in words.
fn said(view: &CaseView, frame: &Frame<'_>, act: &Act) -> String {
    let separator = frame.lang.of("、", ", ");
    let text = act.text().map(|(_, text)| text).unwrap_or_default();
    let with_text = |said: String| {
        if text.is_empty() {
            said
        } else {
            format!("{said}\n{text}")
        }
    };
    let answer = |granted: bool| {
        let word = if granted {
            Word::Granted
        } else {
            Word::Refused
        };
        with_text(frame.say(word).to_owned())
    };
    match act {
        Act::SendVerify { to } | Act::Assign { to, .. } => {
            with_text(format!("→ {}", view.person_name(to)))
        }
        Act::SendCheck { to, also } => {
            let names = [Some(to), also.as_ref()].into_iter().flatten();
            let names: Vec<String> = names.map(|to| view.person_name(to)).collect();
            format!("→ {}", names.join(separator))
        }
        Act::Escalate { to, .. } | Act::SendDown { to, .. } => match to {
            Some(body) => with_text(format!("→ {}", view.body_name(body))),
            None => text.to_owned(),
        },
        Act::ApplyExtend { asked, .. } => with_text(words::extension(frame.lang, *asked)),
        Act::ApplySendBack { cause, .. } => {
            with_text(words::either(frame.lang, cause.zh(), cause.id()))
        }
        Act::ApplyHold {
            cause, review_at, ..
        } => with_text(format!(
            "{} · {} {}",
            words::either(frame.lang, cause.zh(), cause.id()),
            frame.say(Word::ReviewDate),
            review_at.to_local_minute()
        )),
        Act::ApproveExtend { granted, .. }
        | Act::ApproveSendBack { granted, .. }
        | Act::ApproveHold { granted, .. }
        | Act::ApproveVoid { granted, .. } => answer(*granted),
        Act::AnswerProposal { class, granted, .. } => {
            format!("{} · {}", view.class_name(frame, class), answer(*granted))
        }
        Act::Review { valid, .. } => {
            let word = if *valid { Word::Valid } else { Word::NotValid };
            with_text(frame.say(word).to_owned())
        }
        Act::Supervise { reply_due, .. } => with_text(format!(
            "{} {}",
            frame.say(Word::ReplyDue),
            reply_due.to_local_minute()
        )),
        Act::JointSurvey {
            estimate: Some(estimate),
            ..
        } => with_text(format!(
            "{} {}",
            frame.say(Word::Estimate),
            words::limit(frame.lang, estimate.number, estimate.unit)
        )),
        Act::Register {
            source,
            external_id,
        } => {
            let source = words::either(frame.lang, source.zh(), source.id());
            format!("{source} {}", external_id.as_deref().unwrap_or_default())
        }
        Act::LinkDuplicate { of } | Act::UnlinkDuplicate { of, .. } => with_text(of.local_code()),
        Act::DeclareEvidenceLost { blobs, .. } => {
            with_text(format!("{} {}", frame.say(Word::EvidenceLost), blobs.len()))
        }
        Act::File {
            condition,
            handling_class,
        } => filed(view, frame, condition, *handling_class),
        Act::Dispatch {
            lead,
            assist,
            notify,
        } => {
            let mut text = format!("{} {}", frame.say(Word::Lead), view.body_name(lead));
            for (word, bodies) in [(Word::Assist, assist), (Word::Notify, notify)] {
                if !bodies.is_empty() {
                    let names: Vec<String> = bodies.iter().map(|id| view.body_name(id)).collect();
                    text.push_str(&format!("\n{} {}", frame.say(word), names.join(separator)));
                }
            }
            text
        }
        Act::Close { outcome } => words::outcome(frame.lang, *outcome),
        _ => text.to_owned(),
    }
}

/// The condition with its limit. That is the limit of ordinary handling: how long another takes stands at the clock.
fn filed(
    view: &CaseView,
    frame: &Frame<'_>,
    condition: &str,
    handling_class: HandlingClass,
) -> String {
    let class = view.class.as_ref();
    let Some(condition) = class.and_then(|class| class.condition(condition)) else {
        return String::new();
    };
    let beside = if handling_class.is_general() {
        words::limit(frame.lang, condition.limit.number, condition.limit.unit)
    } else {
        words::either(frame.lang, handling_class.zh(), handling_class.id()).to_owned()
    };
    format!("{} · {beside}", condition.zh)
}
