//! Personal data of the case: that there is some, and on demand what it says. Every look at what it says is written into the
//! log, so it is a step of its own.

use maud::{Markup, html};

use super::CaseView;
use crate::pages::layout::Frame;
use crate::pages::words::Word;
use crate::services::private::{PrivateState, PrivateView};

/// What the page knows of the personal data of its case.
#[derive(Debug, Clone, Default)]
pub struct PrivateSection {
    /// As far as the reader may see them.
    pub records: Vec<PrivateView>,
    /// Whether the reader may see what they say.
    pub may_read: bool,
    /// Whether that is shown now.
    pub shown: bool,
}

/// Nothing where there is nothing for this reader.
pub(super) fn section(view: &CaseView, frame: &Frame<'_>) -> Markup {
    let private = &view.private;
    let open = format!("/cases/{}?private=shown#private", view.case.id);
    let readable = |record: &PrivateView| record.erased.is_none();
    html! {
        @if !private.records.is_empty() {
            section.card id="private" {
                header { h2 { (frame.say(Word::PersonalData)) } span.quiet { (private.records.len()) } }
                div.body.stack {
                    p.quiet.small { (frame.say(Word::PersonalDataHint)) }
                    @for record in &private.records { (entry(view, frame, record)) }
                    @if private.may_read && !private.shown && private.records.iter().any(readable) {
                        p { a.button href=(open) rel="nofollow" { (frame.say(Word::ShowPersonalData)) } }
                    }
                }
            }
        }
    }
}

fn entry(view: &CaseView, frame: &Frame<'_>, record: &PrivateView) -> Markup {
    let minute = |at: &str| at.replace('T', " ").chars().take(16).collect::<String>();
    let author = record
        .author
        .parse()
        .map_or_else(|_| record.author.clone(), |id| view.person_name(&id));
    let voice = format!("/api/cases/{}/private/{}/voice", view.case.id, record.id);
    html! {
        div {
            b { (frame.lang.of(&record.kind_zh, &record.kind_en)) }
            " " span.quiet.small {
                (frame.say(Word::Subject)) " " (record.number) " " span.code title=(record.subject) { (record.subject.get(..8).unwrap_or_default()) }
                " · " (author) " · " time datetime=(record.received_at) { (minute(&record.received_at)) }
            }
            @match (&record.erased, record.state) {
                (Some(erased), _) => {
                    p.quiet { (frame.say(Word::ErasedOn)) " " time datetime=(erased.at) { (minute(&erased.at)) } " · " (frame.lang.of(&erased.cause_zh, &erased.cause_en))
                        @if !erased.reason.is_empty() { " · " (erased.reason) } }
                }
                (None, PrivateState::Readable) => {
                    @match &record.text {
                        Some(text) => { p.prose { (text) } }
                        None => { p { a href=(voice) { (frame.say(Word::VoiceNote)) } } }
                    }
                }
                (None, PrivateState::Damaged) => { p.quiet { (frame.say(Word::CannotBeOpened)) } }
                (None, PrivateState::Sealed | PrivateState::Erased) => {}
            }
        }
    }
}
