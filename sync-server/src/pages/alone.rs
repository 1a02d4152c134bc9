//! Pages with one thing on them: log in, set up, an error.

use maud::{Markup, html};

use super::layout::{Frame, mark, page};
use super::words::Word;
use crate::error::ApiError;

fn alone(frame: &Frame<'_>, title: &str, content: &Markup) -> Markup {
    let body = html! { div.alone { (content) } };
    page(frame, title, &body)
}

fn masthead(frame: &Frame<'_>) -> Markup {
    html! {
        div.big {
            (mark())
            div { h1 { (frame.say(Word::Product)) } p { (frame.say(Word::Tagline)) } }
        }
    }
}

/// What went wrong, above a form.
fn trouble(frame: &Frame<'_>, error: Option<&ApiError>) -> Markup {
    html! {
        @if let Some(error) = error {
            div.flash.bad role="alert" {
                (frame.lang.of(&error.body.zh, &error.body.en))
                p { (frame.lang.of(&error.body.next_zh, &error.body.next_en)) }
            }
        }
    }
}

/// The log-in page. `next` is where to go afterwards.
pub fn log_in(
    frame: &Frame<'_>,
    account: &str,
    next: &str,
    error: Option<&ApiError>,
    set_up_done: bool,
) -> Markup {
    let content = html! {
        (masthead(frame))
        div.card {
            (trouble(frame, error))
            @if set_up_done { p.flash role="status" { (frame.say(Word::SetUpDone)) } }
            form method="post" action="/login" {
                input type="hidden" name="next" value=(next);
                div.field {
                    label for="person" { (frame.say(Word::Account)) }
                    input #person name="person" value=(account) required autocomplete="username" autocapitalize="none" spellcheck="false" maxlength="64" autofocus;
                }
                div.field {
                    label for="password" { (frame.say(Word::Password)) }
                    input #password name="password" type="password" required autocomplete="current-password" maxlength="200";
                }
                button.main { (frame.say(Word::LogIn)) }
            }
            p.quiet.small { (frame.say(Word::LogInHint)) }
        }
    };
    alone(frame, frame.say(Word::LogIn), &content)
}

/// The set-up page: the first admin.
pub fn set_up(
    frame: &Frame<'_>,
    token: &str,
    id: &str,
    name: &str,
    error: Option<&ApiError>,
) -> Markup {
    let content = html! {
        (masthead(frame))
        div.card {
            div { h2 { (frame.say(Word::SetUp)) } p.quiet { (frame.say(Word::SetUpHint)) } }
            (trouble(frame, error))
            form method="post" action="/setup" {
                input type="hidden" name="token" value=(token);
                div.field {
                    label for="person" { (frame.say(Word::PersonIdLabel)) }
                    input #person name="person" value=(id) required pattern="[a-z0-9\\-]{1,64}" autocomplete="username" autocapitalize="none" spellcheck="false" aria-describedby="person-hint";
                    span.hint #person-hint { (frame.say(Word::PersonIdHint)) }
                }
                div.field {
                    label for="name" { (frame.say(Word::NameLabel)) }
                    input #name name="name" value=(name) required maxlength="100" autocomplete="name";
                }
                div.field {
                    label for="password" { (frame.say(Word::Password)) }
                    input #password name="password" type="password" required minlength="10" maxlength="200" autocomplete="new-password" aria-describedby="password-hint";
                    span.hint #password-hint { (frame.say(Word::PasswordHint)) }
                }
                button.main { (frame.say(Word::CreateAdmin)) }
            }
        }
    };
    alone(frame, frame.say(Word::SetUp), &content)
}

/// An error as a page: what happened, what to do, and the code to tell the admin.
pub fn error(frame: &Frame<'_>, error: &ApiError) -> Markup {
    let content = html! {
        div.card {
            h1 { (frame.lang.of(&error.body.zh, &error.body.en)) }
            p { (frame.lang.of(&error.body.next_zh, &error.body.next_en)) }
            p.quiet.small { (frame.say(Word::ErrorCode)) " " span.code { (error.code()) } }
            @if frame.staff.is_some() {
                a.button href="/cases" { (frame.say(Word::GoToList)) }
            } @else {
                a.button href="/login" { (frame.say(Word::GoToLogIn)) }
            }
        }
    };
    alone(frame, frame.say(Word::ErrorTitle), &content)
}
