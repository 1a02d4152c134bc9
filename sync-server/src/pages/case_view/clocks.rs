//! The clocks of a case: when it is due and why, how each stage stands, and what was told of it.

use maud::{Markup, html};
use xunge_domain::case::clock::{CaseClockReading, ClockKind, ClockView};

use super::CaseView;
use crate::pages::layout::Frame;
use crate::pages::parts::light_chip;

/// The card; nothing before a clock has begun. The disposal stands first, then the stages, latest first.
pub(super) fn section(view: &CaseView, frame: &Frame<'_>) -> Markup {
    let of = |disposal: bool| {
        let latest = view.clocks.iter().rev();
        latest.filter(move |clock| (clock.id.kind == ClockKind::Disposal) == disposal)
    };
    html! {
        @if !view.clocks.is_empty() {
            section.card {
                header { h2 { (frame.lang.of("时限", "Limits")) } }
                div.body.stack {
                    @for clock in of(true).chain(of(false)) { (line(frame, clock)) }
                    (told(view, frame))
                }
            }
        }
    }
}

fn line(frame: &Frame<'_>, clock: &CaseClockReading) -> Markup {
    let (lang, shown) = (frame.lang, ClockView::of(clock));
    let explained = lang.of(&shown.explained_zh, &shown.explained_en);
    let state = match shown.state {
        Some("held") => lang.of("挂账中", "on hold"),
        Some("stopped") => lang.of("已停止", "stopped"),
        Some("finished") => lang.of("已结束", "finished"),
        _ => "",
    };
    html! {
        details.limit {
            summary {
                (lang.of(shown.zh, shown.en))
                @if shown.turn > 1 { " " span.quiet { "#" (shown.turn) } }
                " "
                @match shown.light {
                    Some(light) => { (light_chip(lang, light)) }
                    None => { span.chip { (lang.of("无法计算", "cannot be computed")) } }
                }
                @if let Some(due) = shown.due {
                    " " span.small { (lang.of("到期", "due")) " " time datetime=(due) { (due.to_local_minute()) } }
                }
                @if let Some(percent) = shown.used_percent { " " span.quiet.small { (percent) "%" } }
                @if !state.is_empty() {
                    " " span.quiet.small {
                        (state)
                        @if let Some(since) = shown.since { " " (since.to_local_minute()) }
                    }
                }
            }
            @for line in explained.lines() { p.small { (line) } }
        }
    }
}

fn told(view: &CaseView, frame: &Frame<'_>) -> Markup {
    html! {
        @if !view.escalations.is_empty() {
            ol.told {
                @for told in &view.escalations {
                    li.small {
                        span.tag.serious { (told.percent) "%" } " "
                        (frame.lang.of(told.kind.zh(), told.kind.en())) ": "
                        (frame.lang.of(told.zh, told.en)) " "
                        span.quiet { (told.fired_at) }
                    }
                }
            }
        }
    }
}
