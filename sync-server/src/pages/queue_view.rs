//! The queue: views with counts on the left, cases on the right, newest first.

use std::collections::BTreeMap;

use maud::{Markup, html};
use xunge_domain::grid::UnitGridCode;
use xunge_domain::ids::{OrganisationId, PersonId};
use xunge_domain::person::Role;

use super::layout::{Frame, page};
use super::parts::{photo_path, severity_tag, state_chip};
use super::views::View;
use super::words::{self, Word};
use crate::store::rows::{CaseCursor, CasePage, CaseRow};

/// What the queue shows.
pub struct QueueView {
    /// The view that is open.
    pub view: View,
    /// What was searched for.
    pub text: String,
    /// How many cases each view holds.
    pub counts: Vec<(View, u64)>,
    /// The cases of this part.
    pub page: CasePage,
    /// Whether this part begins at the newest.
    pub first_part: bool,
    /// Class names by code.
    pub classes: BTreeMap<String, String>,
    /// Names of the unit grids that stand in the rows.
    pub unit_grids: BTreeMap<UnitGridCode, String>,
    /// Names of the people that stand in the rows.
    pub people: BTreeMap<PersonId, String>,
    /// Names of the bodies that stand in the rows.
    pub organisations: BTreeMap<OrganisationId, String>,
}

/// A cursor as it stands in an address.
pub fn cursor_text(cursor: &CaseCursor) -> String {
    format!("{}.{}", cursor.updated_at.as_millis(), cursor.document)
}

/// Reads [`cursor_text`]; nonsense is no cursor.
pub fn cursor_from(text: &str) -> Option<CaseCursor> {
    let (millis, document) = text.split_once('.')?;
    Some(CaseCursor {
        updated_at: xunge_domain::time::Timestamp::from_millis(millis.parse().ok()?),
        document: document.parse().ok()?,
    })
}

/// Percent-encodes a value of an address.
fn encoded(text: &str) -> String {
    let mut out = String::new();
    for byte in text.bytes() {
        if byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_' | b'.' | b'~') {
            out.push(char::from(byte));
        } else {
            out.push_str(&format!("%{byte:02X}"));
        }
    }
    out
}

impl QueueView {
    fn address(&self, view: View, after: Option<&CaseCursor>) -> String {
        let mut address = format!("/cases?view={}", view.id());
        if !self.text.is_empty() {
            address.push_str("&q=");
            address.push_str(&encoded(&self.text));
        }
        if let Some(cursor) = after {
            address.push_str("&after=");
            address.push_str(&cursor_text(cursor));
        }
        address
    }

    fn count(&self) -> u64 {
        let own = self.counts.iter().find(|(view, _)| *view == self.view);
        own.map_or(0, |(_, count)| *count)
    }

    /// Draws the page.
    pub fn render(&self, frame: &Frame<'_>) -> Markup {
        let title = frame.say(self.view.word());
        let body = html! {
            div.queue {
                (self.views(frame))
                section aria-label=(title) {
                    div.list-head {
                        h1 { (title) span { (words::cases_count(frame.lang, self.count())) } }
                        (self.search(frame))
                        @if frame.staff.is_some_and(|staff| staff.person.has(Role::IntakeClerk)) {
                            a href="/register" { (frame.say(Word::Register)) }
                        }
                    }
                    @if self.page.rows.is_empty() { (self.empty(frame)) } @else { (self.rows(frame)) }
                    (self.pager(frame))
                }
            }
            script src="/assets/live.js" defer {}
        };
        page(frame, title, &body)
    }

    fn views(&self, frame: &Frame<'_>) -> Markup {
        html! {
            nav.views aria-label=(frame.say(Word::Views)) {
                h2 { (frame.say(Word::Views)) }
                ol {
                    @for (view, count) in &self.counts {
                        li.gap[matches!(view, View::ToAccept | View::Closed)] {
                            a href=(self.address(*view, None)) aria-current=[(*view == self.view).then_some("page")] {
                                (frame.say(view.word()))
                                span.count { (count) }
                            }
                        }
                    }
                }
            }
        }
    }

    fn search(&self, frame: &Frame<'_>) -> Markup {
        html! {
            form.search method="get" action="/cases" role="search" {
                input type="hidden" name="view" value=(self.view.id());
                input type="search" name="q" value=(self.text) maxlength="80" placeholder=(frame.say(Word::SearchHint)) aria-label=(frame.say(Word::SearchLabel));
                button { (frame.say(Word::SearchButton)) }
                @if !self.text.is_empty() {
                    a href=(format!("/cases?view={}", self.view.id())) { (frame.say(Word::ClearSearch)) }
                }
            }
        }
    }

    fn empty(&self, frame: &Frame<'_>) -> Markup {
        let word = match (self.text.is_empty(), self.view) {
            (false, _) => Word::NothingFound,
            (true, View::Mine) => Word::NothingMine,
            (true, _) => Word::NothingHere,
        };
        html! {
            div.card.empty {
                p { (frame.say(word)) }
                p { (frame.say(Word::NothingNext)) }
            }
        }
    }

    fn rows(&self, frame: &Frame<'_>) -> Markup {
        html! {
            div.card.rows {
                div.row-head aria-hidden="true" {
                    span {}
                    span { (frame.say(Word::ColumnCase)) }
                    span.place { (frame.say(Word::ColumnPlace)) }
                    span { (frame.say(Word::ColumnState)) }
                    span { (frame.say(Word::ColumnReported)) }
                    span.party { (frame.say(Word::ColumnParty)) }
                }
                ol {
                    @for row in &self.page.rows { (self.row(frame, row)) }
                }
            }
        }
    }

    fn row(&self, frame: &Frame<'_>, row: &CaseRow) -> Markup {
        let class = row
            .class
            .as_ref()
            .map(|code| self.classes.get(code).unwrap_or(code));
        let lead = row.lead.as_ref().and_then(|id| self.organisations.get(id));
        let reporter = row.reporter.as_ref().and_then(|id| self.people.get(id));
        html! {
            li.row {
                div.thumb {
                    @match &row.first_preview {
                        Some(sha256) => { img src=(photo_path(sha256)) alt="" loading="lazy" width="88" height="60"; }
                        None => { (frame.say(Word::NoPhoto)) }
                    }
                }
                div {
                    a.title href=(format!("/cases/{}", row.document)) { (row.title) }
                    div.meta {
                        span.code { @match &row.case_no { Some(number) => { (number) } None => { (frame.say(Word::NoNumberYet)) } } }
                        @if let Some(class) = class { span { (class) } }
                        (severity_tag(frame.lang, row.severity))
                    }
                }
                div.place {
                    div.cut { (row.address) }
                    @if let Some(code) = &row.unit_grid { div.meta title=(code) { (self.unit_grids.get(code).cloned().unwrap_or_else(|| code.to_string())) } }
                }
                div { (state_chip(frame.lang, row.state)) }
                div.age.quiet {
                    @if let Some(at) = row.reported_at {
                        time datetime=(at) title=(at.to_local_minute()) { (words::age(frame.lang, at, frame.now)) }
                    }
                }
                div.party {
                    div.cut { (lead.map_or("—", String::as_str)) }
                    div.meta { @if let Some(name) = reporter { span { (name) } } }
                }
            }
        }
    }

    fn pager(&self, frame: &Frame<'_>) -> Markup {
        html! {
            div.pager {
                @if self.first_part { span {} } @else {
                    a.button href=(self.address(self.view, None)) { "↑ " (frame.say(Word::NewestCases)) }
                }
                @if let Some(next) = &self.page.next {
                    a.button href=(self.address(self.view, Some(next))) rel="next" { (frame.say(Word::OlderCases)) " →" }
                }
            }
        }
    }
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a failing test should stop")]
mod tests {
    use super::*;
    use xunge_domain::ids::DocumentId;
    use xunge_domain::time::Timestamp;

    #[test]
    fn a_cursor_reads_back_and_nonsense_is_none() {
        let cursor = CaseCursor {
            updated_at: Timestamp::from_millis(17),
            document: DocumentId::from_bytes([9; 16]),
        };
        assert_eq!(cursor_from(&cursor_text(&cursor)).unwrap(), cursor);
        assert!(
            ["", "17", "x.y", "17.zz"]
                .iter()
                .all(|text| cursor_from(text).is_none())
        );
    }

    #[test]
    fn a_search_text_survives_the_address() {
        assert_eq!(encoded("路 a&b"), "%E8%B7%AF%20a%26b");
    }
}
