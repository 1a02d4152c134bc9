//! Small pieces several pages share.

use maud::{Markup, html};
use xunge_domain::case::{CaseState, Severity};
use xunge_domain::checkin::CheckinState;
use xunge_domain::ids::Digest;
use xunge_domain::working_time::Light;

use super::words::{self, Lang};

/// A state as a chip: colour and shape, never colour alone.
pub fn state_chip(lang: Lang, state: CaseState) -> Markup {
    let kind = match state {
        CaseState::Draft | CaseState::Void | CaseState::Invalid | CaseState::OnHold => "none",
        CaseState::Reported
        | CaseState::Verifying
        | CaseState::Accepted
        | CaseState::Filed
        | CaseState::SelfDone
        | CaseState::SelfReview => "wait",
        CaseState::Dispatched | CaseState::Disposing => "work",
        CaseState::FedBack | CaseState::Checking | CaseState::ToClose => "check",
        CaseState::Closed => "done",
        CaseState::Rejected => "stop",
    };
    html! { span class={ "chip " (kind) } { (words::state(lang, state)) } }
}

/// The same of a check-in.
pub fn checkin_chip(lang: Lang, state: CheckinState) -> Markup {
    let kind = match state {
        CheckinState::Draft => "none",
        CheckinState::Opened => "wait",
        CheckinState::UnderWay => "work",
        CheckinState::Closed => "done",
        CheckinState::Refused => "stop",
    };
    html! { span class={ "chip " (kind) } { (words::by_id(lang, state.zh(), state.id())) } }
}

/// A tag where a matter is worse than ordinary.
pub fn severity_tag(lang: Lang, severity: Severity) -> Markup {
    html! {
        @match severity {
            Severity::Ordinary => {}
            Severity::Serious => { span.tag.serious { (words::severity(lang, severity)) } }
            Severity::Urgent => { span.tag.urgent { "! " (words::severity(lang, severity)) } }
        }
    }
}

/// The light of a clock as a chip.
pub fn light_chip(lang: Lang, light: Light) -> Markup {
    let kind = match light {
        Light::Green => "done",
        Light::Yellow => "wait",
        Light::Red => "stop",
    };
    html! { span class={ "chip " (kind) } { (lang.of(light.zh(), light.en())) } }
}

/// Where the bytes of a photo are shown.
pub fn photo_path(sha256: &Digest) -> String {
    format!("/photos/{sha256}")
}
