//! The four times side by side, never mixed.

use maud::{Markup, html};
use xunge_domain::checkin::{Term, TimeName};

use super::CheckinView;
use super::words::{CheckinWord, later};
use crate::pages::layout::Frame;
use crate::pages::words;

pub(super) fn section(view: &CheckinView, frame: &Frame<'_>) -> Markup {
    let times = &view.shown.times;
    let table = times.table_limit.iter().map(|time| &time.0);
    let estimates = times.estimates.iter().map(|time| &time.0);
    let promises = times.promises.iter().map(|time| &time.0);
    let actual = times.actual.iter().map(|time| &time.0);
    html! {
        section.card {
            header { h2 { (CheckinWord::FourTimes.say(frame.lang)) } }
            div.body.stack {
                p.quiet.small { (CheckinWord::FourTimesHint.say(frame.lang)) }
                dl.facts {
                    (row(frame, TimeName::TableLimit, table.collect()))
                    (row(frame, TimeName::Estimate, estimates.collect()))
                    (row(frame, TimeName::Promise, promises.collect()))
                    (row(frame, TimeName::Actual, actual.collect()))
                }
                @for comparison in times.comparisons() {
                    p.small {
                        (name(frame, comparison.measured)) " / " (name(frame, comparison.against)) " "
                        b { (later(frame.lang, comparison.later_millis)) }
                    }
                }
            }
        }
    }
}

fn name(frame: &Frame<'_>, time: TimeName) -> String {
    words::by_id(frame.lang, time.zh(), time.id())
}

fn row(frame: &Frame<'_>, time: TimeName, terms: Vec<&Term>) -> Markup {
    html! {
        dt { (name(frame, time)) }
        dd {
            @if terms.is_empty() { span.quiet { (CheckinWord::NotGiven.say(frame.lang)) } }
            @for term in terms {
                div {
                    @if let Some(at) = term.at { (at.to_local_minute()) " " }
                    @if let Some(limit) = term.within {
                        span { (words::limit(frame.lang, limit.number, limit.unit)) }
                        @if let Some(from) = term.from {
                            " " span.quiet { (CheckinWord::StartingAt.say(frame.lang)) " " (from.to_local_minute()) }
                        }
                    }
                }
            }
        }
    }
}
