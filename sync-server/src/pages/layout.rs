//! The frame of every page.

use maud::{DOCTYPE, Markup, html};
use xunge_domain::person::Person;
use xunge_domain::time::Timestamp;

use super::words::{self, Lang, Word};
use crate::services::disk::DiskState;

/// What every page needs to know.
#[derive(Debug, Clone, Copy)]
pub struct Frame<'a> {
    /// The language.
    pub lang: Lang,
    /// Path and query of this page, for the language switch.
    pub here: &'a str,
    /// The hub's clock.
    pub now: Timestamp,
    /// Who is logged in.
    pub staff: Option<&'a StaffView>,
    /// Whether this is the demo city.
    pub demo: bool,
    /// What staff should know of the disk.
    pub disk: DiskState,
}

/// Who is logged in, with what a form must carry.
#[derive(Debug, Clone)]
pub struct StaffView {
    /// The person.
    pub person: Person,
    /// Name of the person's body.
    pub organisation: Option<String>,
    /// Goes into every form.
    pub csrf: String,
}

/// Name of the form field that carries the CSRF token.
pub const CSRF_FIELD: &str = "csrf";

impl Frame<'_> {
    /// A fixed text.
    pub const fn say(&self, word: Word) -> &'static str {
        word.say(self.lang)
    }

    /// The hidden field of every form.
    pub fn csrf(&self) -> Markup {
        html! {
            @if let Some(staff) = self.staff {
                input type="hidden" name=(CSRF_FIELD) value=(staff.csrf);
            }
        }
    }

    fn in_other_language(&self) -> String {
        let (path, query) = self.here.split_once('?').unwrap_or((self.here, ""));
        let kept = query
            .split('&')
            .filter(|pair| !pair.is_empty() && !pair.starts_with("lang="))
            .chain(std::iter::once(match self.lang.other() {
                Lang::Zh => "lang=zh",
                Lang::En => "lang=en",
            }));
        format!("{path}?{}", kept.collect::<Vec<_>>().join("&"))
    }
}

/// The mark: a patrol's grid with one cell found.
pub fn mark() -> Markup {
    html! {
        svg viewBox="0 0 24 24" fill="none" stroke="currentColor" stroke-width="2" stroke-linecap="round" aria-hidden="true" {
            path d="M3 9h18M3 15h18M9 3v18M15 3v18" opacity=".45" {}
            rect x="3" y="3" width="18" height="18" rx="4" {}
            circle cx="15" cy="9" r="3.2" fill="currentColor" stroke="none" {}
        }
    }
}

/// A whole page.
pub fn page(frame: &Frame<'_>, title: &str, body: &Markup) -> Markup {
    html! {
        (DOCTYPE)
        html lang=(frame.lang.tag()) {
            head {
                meta charset="utf-8";
                meta name="viewport" content="width=device-width, initial-scale=1";
                meta name="color-scheme" content="light dark";
                title { (title) " · " (frame.say(Word::Product)) }
                link rel="icon" href="/assets/icon.svg" type="image/svg+xml";
                link rel="stylesheet" href="/assets/app.css";
            }
            body {
                a.skip href="#content" { (frame.say(Word::SkipToContent)) }
                (bar(frame))
                @if frame.demo {
                    p.notice { (frame.say(Word::DemoNotice)) }
                }
                @if let Some(word) = disk_notice(frame) {
                    p class="notice disk" { (frame.say(word)) }
                }
                main #content { (body) }
            }
        }
    }
}

/// For staff alone: nobody else can make room.
const fn disk_notice(frame: &Frame<'_>) -> Option<Word> {
    match (frame.staff, frame.disk) {
        (Some(_), DiskState::Warn) => Some(Word::DiskFillsUp),
        (Some(_), DiskState::RefusesPhotos) => Some(Word::DiskRefusesPhotos),
        _ => None,
    }
}

fn bar(frame: &Frame<'_>) -> Markup {
    html! {
        header.bar {
            a.brand href="/" { (mark()) (frame.say(Word::Product)) }
            nav aria-label=(frame.say(Word::Product)) {
                @if frame.staff.is_some() {
                    @for (path, word) in [("/cases", Word::Cases), ("/checkins", Word::Checkins), ("/tasks", Word::Tasks), ("/me/risks", Word::MyRisks)] {
                        a href=(path) aria-current=[frame.here.starts_with(path).then_some("page")] { (frame.say(word)) }
                    }
                }
            }
            time.clock datetime=(frame.now) { (frame.now.to_local_minute()) }
            div.who {
                a href=(frame.in_other_language()) hreflang=(frame.lang.other().tag()) { (frame.say(Word::OtherLanguage)) }
                @if let Some(staff) = frame.staff {
                    div.person {
                        (staff.person.name)
                        span { (roles(frame.lang, &staff.person)) }
                    }
                    form method="post" action="/logout" {
                        (frame.csrf())
                        button.link { (frame.say(Word::LogOut)) }
                    }
                }
            }
        }
    }
}

fn roles(lang: Lang, person: &Person) -> String {
    let roles: Vec<String> = person
        .roles
        .iter()
        .map(|role| words::role(lang, *role))
        .collect();
    roles.join(lang.of("、", ", "))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn frame(here: &str) -> Frame<'_> {
        Frame {
            lang: Lang::Zh,
            here,
            now: Timestamp::from_millis(0),
            staff: None,
            demo: false,
            disk: DiskState::Ok,
        }
    }

    #[test]
    fn the_language_switch_keeps_the_rest_of_the_address() {
        assert_eq!(frame("/cases").in_other_language(), "/cases?lang=en");
        let here = "/cases?view=mine&lang=zh&q=a";
        assert_eq!(
            frame(here).in_other_language(),
            "/cases?view=mine&q=a&lang=en"
        );
    }

    #[test]
    fn what_people_wrote_is_escaped_and_nothing_is_inline() {
        let body = html! { p { ("<script>alert(1)</script>") } };
        let text = page(&frame("/"), "<b>", &body).into_string();
        assert!(text.contains("&lt;script&gt;") && !text.contains("<script"));
        assert!(!text.contains(" style=") && !text.contains("<style") && !text.contains("onclick"));
    }
}
