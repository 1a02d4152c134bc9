//! The queue: views with counts on the left, cases on the right, newest first.

use std::collections::BTreeMap;

use maud::{Markup, html};
use xunge_domain::grid::UnitGridCode;
use xunge_domain::ids::{CaseId, OrganisationId, PersonId};
use xunge_domain::person::Role;
use xunge_domain::working_time::Light;

use super::layout::{Frame, page};
use super::parts::{light_chip, photo_path, severity_tag, state_chip};
use super::views::View;
use super::words::{self, Word};
use crate::store::ClockRow;
use crate::store::rows::{CaseOrder, CasePage, CaseRow, ListCursor};

/// What the queue shows.
pub struct QueueView {
    /// The view that is open.
    pub view: View,
    /// What was searched for.
    pub text: String,
    /// Only cases with this light are shown.
    pub light: Option<Light>,
    /// How the list goes.
    pub order: CaseOrder,
    /// The clock of each case that has one, with the highest level that was told of it, in percent.
    pub clocks: BTreeMap<CaseId, (ClockRow, Option<u16>)>,
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
    fn address(&self, view: View, after: Option<&ListCursor>) -> String {
        self.address_with(view, (self.light, self.order), after)
    }

    fn address_with(
        &self,
        view: View,
        (light, order): (Option<Light>, CaseOrder),
        after: Option<&ListCursor>,
    ) -> String {
        let mut address = format!("/cases?view={}", view.id());
        if let Some(light) = light {
            address.push_str("&light=");
            address.push_str(light.id());
        }
        if order == CaseOrder::Due {
            address.push_str("&order=due");
        }
        if !self.text.is_empty() {
            address.push_str("&q=");
            address.push_str(&encoded(&self.text));
        }
        if let Some(cursor) = after {
            address.push_str("&after=");
            address.push_str(&cursor.to_string());
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
                    (self.lights(frame))
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

    /// By light, and first due first.
    fn lights(&self, frame: &Frame<'_>) -> Markup {
        let chosen = |light: Option<Light>| (light == self.light).then_some("true");
        let due = self.order == CaseOrder::Due;
        let other = if due {
            CaseOrder::Newest
        } else {
            CaseOrder::Due
        };
        html! {
            nav.lights aria-label=(frame.lang.of("时限", "Limits")) {
                a href=(self.address_with(self.view, (None, self.order), None)) aria-current=[chosen(None)] { (frame.lang.of("全部", "All")) }
                @for light in [Light::Green, Light::Yellow, Light::Red] {
                    " " a href=(self.address_with(self.view, (Some(light), self.order), None)) aria-current=[chosen(Some(light))] { (light_chip(frame.lang, light)) }
                }
                " " a href=(self.address_with(self.view, (self.light, other), None)) aria-current=[due.then_some("true")] { (frame.lang.of("按到期先后", "First due first")) }
            }
        }
    }

    fn search(&self, frame: &Frame<'_>) -> Markup {
        html! {
            form.search method="get" action="/cases" role="search" {
                input type="hidden" name="view" value=(self.view.id());
                @if let Some(light) = self.light { input type="hidden" name="light" value=(light.id()); }
                @if self.order == CaseOrder::Due { input type="hidden" name="order" value="due"; }
                input type="search" name="q" value=(self.text) maxlength="80" placeholder=(frame.say(Word::SearchHint)) aria-label=(frame.say(Word::SearchLabel));
                button { (frame.say(Word::SearchButton)) }
                @if !self.text.is_empty() {
                    a href=(format!("/cases?view={}", self.view.id())) { (frame.say(Word::ClearSearch)) }
                }
            }
        }
    }

    fn empty(&self, frame: &Frame<'_>) -> Markup {
        let word = match (self.text.is_empty() && self.light.is_none(), self.view) {
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
                div {
                    (state_chip(frame.lang, row.state))
                    @if let Some((clock, told)) = self.clocks.get(&row.document) {
                        @if let Some(light) = clock.light(frame.now) {
                            div.meta title=(frame.lang.of(clock.clock.kind.zh(), clock.clock.kind.en())) { (light_chip(frame.lang, light)) }
                        }
                        @if let Some(percent) = told { div.meta { span.tag.serious { (frame.lang.of("已升级", "escalated")) " " (percent) "%" } } }
                        @if let Some(due) = clock.deadline {
                            div.meta { (frame.lang.of("到期", "due")) " " time datetime=(due) { (due.to_local_minute()) } }
                        }
                    }
                }
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
mod tests {
    use super::*;

    #[test]
    fn a_search_text_survives_the_address() {
        assert_eq!(encoded("路 a&b"), "%E8%B7%AF%20a%26b");
    }
}
