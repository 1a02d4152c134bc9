//! Risks: one mark as every page shows it, and the page where a person sees and answers the own ones.

use maud::{Markup, html};

use super::layout::{Frame, page};
use super::words::Word;
use crate::services::risks::{ANSWER_CHARACTERS_MAX, RiskView};

/// A mark with its reason and its answers; `who` is whose it is, or where it stands.
pub fn mark(frame: &Frame<'_>, risk: &RiskView, who: &Markup) -> Markup {
    let minute = |at: &str| at.replace('T', " ").chars().take(16).collect::<String>();
    html! {
        div.warn id={ "risk-" (risk.id) } {
            b { (frame.lang.of(&risk.kind_zh, &risk.kind_en)) }
            span { (frame.lang.of(&risk.zh, &risk.en)) }
            span.quiet.small { (who) " · " time datetime=(risk.found_at) { (minute(&risk.found_at)) } }
            @for answer in &risk.answers {
                div {
                    span.quiet.small { (frame.say(Word::RiskAnswer)) " " (minute(&answer.at)) }
                    div.prose { (answer.text) }
                }
            }
        }
    }
}

/// A person's own marks, newest first.
pub struct MyRisksView {
    /// They.
    pub risks: Vec<RiskView>,
    /// Where the next part begins.
    pub older: Option<u64>,
}

impl MyRisksView {
    /// Draws the page.
    pub fn render(&self, frame: &Frame<'_>) -> Markup {
        let title = frame.say(Word::MyRisks);
        let body = html! {
            div.case {
                header.case-head { h1 { (title) } }
                section.card aria-label=(title) {
                    div.body.stack {
                        p.quiet { (frame.say(Word::MyRisksHint)) }
                        @if self.risks.is_empty() { p { (frame.say(Word::NoRisks)) } }
                        @for risk in &self.risks {
                            (mark(frame, risk, &html! { a href={ "/cases/" (risk.case) } { (frame.say(Word::Cases)) " " span.code { (risk.local_code) } } }))
                            (answer_form(frame, risk))
                        }
                        @if let Some(older) = self.older {
                            p { a rel="next" href={ "/me/risks?before=" (older) } { (frame.say(Word::OlderRisks)) } }
                        }
                    }
                }
            }
        };
        page(frame, title, &body)
    }
}

fn answer_form(frame: &Frame<'_>, risk: &RiskView) -> Markup {
    let id = format!("answer-{}", risk.id);
    html! {
        details {
            summary { (frame.say(Word::YourAnswer)) }
            form.stack method="post" action={ "/me/risks/" (risk.id) "/answers" } {
                (frame.csrf())
                div.field {
                    label for=(id) { (frame.say(Word::YourAnswer)) }
                    textarea id=(id) name="text" rows="3" maxlength=(ANSWER_CHARACTERS_MAX) required placeholder=(frame.say(Word::YourAnswerHint)) {}
                }
                button { (frame.say(Word::SendAnswer)) }
            }
        }
    }
}
