//! Cases that may be the same matter, with a link of one click for who may link.

use maud::{Markup, html};
use xunge_domain::case::ActionName;

use super::CaseView;
use crate::pages::layout::Frame;
use crate::pages::parts::state_chip;
use crate::pages::words::Word;
use crate::services::duplicates::PossibleDuplicate;

/// The card; nothing when nothing is near.
pub(super) fn section(view: &CaseView, frame: &Frame<'_>) -> Markup {
    let may_link = view
        .offered
        .iter()
        .any(|(name, verdict)| *name == ActionName::LinkDuplicate && verdict.is_ok());
    let found = &view.possible_duplicates;
    html! {
        @if !found.is_empty() {
            section.card {
                header { h2 { (frame.say(Word::PossibleDuplicates)) } span.quiet { (found.len()) } }
                div.body.stack {
                    p.quiet.small { (frame.say(Word::PossibleDuplicatesHint)) }
                    @for possible in found { (line(view, frame, possible, may_link)) }
                }
            }
        }
    }
}

fn line(
    view: &CaseView,
    frame: &Frame<'_>,
    possible: &PossibleDuplicate,
    may_link: bool,
) -> Markup {
    let PossibleDuplicate {
        likely,
        row,
        hinted,
    } = possible;
    let (zh, en) = (likely.zh(), likely.en());
    html! {
        div.stack {
            div.line {
                a href=(format!("/cases/{}", row.document)) { (row.title) }
                span.code.quiet { (row.document.local_code()) }
                (state_chip(frame.lang, row.state))
                @if *hinted { span.tag.serious { (frame.say(Word::HintedOnSite)) } }
            }
            p.small { (frame.lang.of(&zh, &en)) }
            @if may_link {
                form.plain-form method="post" action=(format!("/cases/{}/act", view.case.id)) {
                    (frame.csrf())
                    input type="hidden" name="of" value=(row.document);
                    button name="action" value=(ActionName::LinkDuplicate.id()) { (frame.say(Word::LinkThis)) }
                }
            }
        }
    }
}
