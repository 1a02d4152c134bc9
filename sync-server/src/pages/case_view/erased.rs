//! Texts of the case that were erased, and for admins the form that erases one.

use maud::{Markup, html};
use xunge_domain::case::{ERASED_TEXT, GridAnswer, TextErasureCause, TextPlace};

use super::CaseView;
use crate::pages::layout::Frame;
use crate::pages::words::Word;
use crate::services::erase_text::ErasedTextView;

/// Characters of a text by which an admin knows it again.
const SHOWN_CHARACTERS: usize = 24;

/// What the page knows of erased texts.
#[derive(Debug, Clone, Default)]
pub struct ErasedSection {
    /// The marks, with the words of their orders.
    pub texts: Vec<ErasedTextView>,
    /// Whether the reader may erase.
    pub may_erase: bool,
}

/// Nothing where nothing was erased and the reader may not erase.
pub(super) fn section(view: &CaseView, frame: &Frame<'_>) -> Markup {
    let erased = &view.erased;
    html! {
        @if erased.may_erase || !erased.texts.is_empty() {
            section.card id="erased" {
                header { h2 { (frame.say(Word::ErasedTexts)) } span.quiet { (erased.texts.len()) } }
                div.body.stack {
                    @for text in &erased.texts { (mark(view, frame, text)) }
                    @if erased.may_erase { (form(view, frame)) }
                }
            }
        }
    }
}

fn mark(view: &CaseView, frame: &Frame<'_>, text: &ErasedTextView) -> Markup {
    let minute = text
        .at
        .replace('T', " ")
        .chars()
        .take(16)
        .collect::<String>();
    let by = text
        .by
        .parse()
        .map_or_else(|_| text.by.clone(), |id| view.person_name(&id));
    let place = text.place.parse().ok();
    html! {
        div {
            b { (place.map_or_else(|| text.place.clone(), |place| name(frame, &place))) }
            p.quiet.small {
                (frame.say(Word::ErasedOn)) " " time datetime=(text.at) { (minute) } " · " (by) " · "
                (frame.lang.of(&text.cause_zh, &text.cause_en))
                @if !text.reason.is_empty() { " · " (text.reason) }
            }
        }
    }
}

fn name(frame: &Frame<'_>, place: &TextPlace) -> String {
    let word = match place {
        TextPlace::Title => Word::TextTitle,
        TextPlace::Description => Word::Description,
        TextPlace::Address => Word::Address,
        TextPlace::GridReason => Word::TextGridReason,
        TextPlace::Entry(_) => Word::TextEntry,
    };
    frame.say(word).to_owned()
}

fn form(view: &CaseView, frame: &Frame<'_>) -> Markup {
    let texts = texts(view);
    html! {
        @if !texts.is_empty() {
            details {
                summary { (frame.say(Word::EraseText)) }
                form method="post" action=(format!("/cases/{}/erasures", view.case.id)) {
                    (frame.csrf())
                    p.quiet.small { (frame.say(Word::EraseTextHint)) }
                    fieldset.field {
                        legend { (frame.say(Word::ErasedTexts)) }
                        @for (place, text) in &texts {
                            label.choice {
                                input type="checkbox" name="place" value=(place);
                                span { (name(frame, place)) " " (text.chars().take(SHOWN_CHARACTERS).collect::<String>()) }
                            }
                        }
                    }
                    fieldset.field {
                        legend { (frame.say(Word::ErasureCause)) }
                        @for cause in TextErasureCause::ALL {
                            label.choice {
                                input type="radio" name="cause" value=(cause.id()) required;
                                span { (frame.lang.of(cause.zh(), cause.en())) }
                            }
                        }
                    }
                    div.field {
                        label for="erasure-reason" { (frame.say(Word::Reason)) " " span.hint { (frame.say(Word::ErasureReasonHint)) } }
                        textarea #erasure-reason name="reason" maxlength="200" rows="2" required {}
                    }
                    button.danger { (frame.say(Word::EraseText)) }
                }
            }
        }
    }
}

/// Every text of the case that is there.
fn texts(view: &CaseView) -> Vec<(TextPlace, &str)> {
    let case = &view.case;
    let reason = match &case.facts.unit_grid {
        Some(GridAnswer::NoGrid(reason)) => reason.as_str(),
        _ => "",
    };
    let mut texts = vec![
        (TextPlace::Title, case.facts.title.as_str()),
        (TextPlace::Description, case.facts.description.as_str()),
        (TextPlace::Address, case.facts.address.as_str()),
        (TextPlace::GridReason, reason),
    ];
    let notes = case.hazards.iter().chain(&case.comments);
    texts.extend(notes.map(|note| (TextPlace::Entry(note.id), note.entry.text.as_str())));
    let photos = case.photos.iter();
    texts.extend(photos.map(|photo| (TextPlace::Entry(photo.id), photo.entry.caption.as_str())));
    texts.extend(case.actions.iter().filter_map(|action| {
        let words = action.entry.act.text()?.1;
        Some((TextPlace::Entry(action.id), words))
    }));
    texts.retain(|(_, text)| !text.is_empty() && *text != ERASED_TEXT);
    texts
}
