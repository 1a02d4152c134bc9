//! The list of check-ins, and one line of it.

use maud::{Markup, html};

use super::words::CheckinWord;
use crate::pages::layout::{Frame, page};
use crate::pages::parts::checkin_chip;
use crate::pages::words::{self, Word};
use crate::store::CheckinRow;

/// What the list shows.
pub struct ListView {
    /// Newest first.
    pub rows: Vec<CheckinRow>,
}

impl ListView {
    /// Draws the page.
    pub fn render(&self, frame: &Frame<'_>) -> Markup {
        let title = frame.say(Word::Checkins);
        let body = html! {
            div.case {
                header.case-head { h1 { (title) } }
                section.card {
                    div.body.stack {
                        @if self.rows.is_empty() { p.quiet { (CheckinWord::NoCheckins.say(frame.lang)) } }
                        @for row in &self.rows { (line(frame, row)) }
                    }
                }
            }
        };
        page(frame, title, &body)
    }
}

/// One check-in in a few words, with the way to its page.
pub fn line(frame: &Frame<'_>, row: &CheckinRow) -> Markup {
    html! {
        div {
            a href={ "/checkins/" (row.document) } { (row.title) } " "
            (checkin_chip(frame.lang, row.state))
            div.quiet.small {
                @if let Some(initiation) = row.initiation { (words::by_id(frame.lang, initiation.zh(), initiation.id())) " · " }
                (row.step_count) " " (CheckinWord::Steps.say(frame.lang))
                @if let Some(step) = row.last_step { " · " (words::by_id(frame.lang, step.zh(), step.id())) }
                " · " (row.updated_at.to_local_minute())
            }
        }
    }
}
