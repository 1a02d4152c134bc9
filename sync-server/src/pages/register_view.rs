//! 登记: the form for a case that came by another way than a patrol.

use maud::{Markup, html};
use xunge_domain::case::{Severity, Source};
use xunge_domain::class::ClassTable;

use super::layout::{Frame, page};
use super::words::{self, Word};
use crate::error::ApiError;
use crate::services::register::RegisterRequest;

/// Draws the form, with what was written before and why it was refused.
pub fn form(
    frame: &Frame<'_>,
    classes: &ClassTable,
    written: &RegisterRequest,
    refused: Option<&ApiError>,
) -> Markup {
    let text = |name: &str, word: Word, value: &str, required: bool| {
        html! {
            div.field {
                label for=(name) { (frame.say(word)) }
                input id=(name) name=(name) value=(value) maxlength="200" required[required];
            }
        }
    };
    let optional = |value: &Option<String>| value.clone().unwrap_or_default();
    let title = frame.say(Word::Register);
    let body = html! {
        div.case {
            p { a href="/cases" { "← " (frame.say(Word::BackToList)) } }
            h1 { (title) }
            p.quiet { (frame.say(Word::RegisterHint)) }
            @if let Some(error) = refused {
                div.flash.bad role="alert" { (frame.lang.of(&error.body.zh, &error.body.en)) }
            }
            section.card {
                form.body.stack method="post" action="/register" {
                    (frame.csrf())
                    fieldset.field {
                        legend { (frame.say(Word::SourceLabel)) }
                        @for source in Source::ALL {
                            label.choice { input type="radio" name="source" value=(source.id()) required checked[written.source == source.id()]; span { (words::either(frame.lang, source.zh(), source.id())) } }
                        }
                    }
                    (text("external_id", Word::ExternalId, &optional(&written.external_id), false))
                    div.field {
                        label for="class" { (frame.say(Word::Class)) }
                        select #class name="class" required {
                            option value="" { (frame.say(Word::ChooseOne)) }
                            @for class in &classes.classes {
                                option value=(class.code) selected[written.class == class.code] { (class.major_zh) " / " (frame.lang.of(&class.zh, &class.en)) }
                            }
                        }
                    }
                    div.field {
                        label for="description" { (frame.say(Word::Description)) }
                        textarea #description name="description" maxlength="2000" rows="3" required { (written.description) }
                    }
                    (text("address", Word::Address, &written.address, true))
                    div.field {
                        label for="point" { (frame.say(Word::Point)) " " span.hint { (frame.say(Word::PointHint)) } }
                        input #point name="point" value=(optional(&written.point));
                    }
                    (text("no_grid_reason", Word::NoGridReason, &optional(&written.no_grid_reason), false))
                    fieldset.field {
                        legend { (frame.say(Word::SeverityLabel)) }
                        @for severity in [Severity::Ordinary, Severity::Serious, Severity::Urgent] {
                            @let chosen = written.severity.as_deref().unwrap_or("ordinary") == severity.id();
                            label.choice { input type="radio" name="severity" value=(severity.id()) checked[chosen]; span { (words::severity(frame.lang, severity)) } }
                        }
                    }
                    button.main { (title) }
                }
            }
        }
    };
    page(frame, title, &body)
}
