//! From the core's case page: names move, nothing is decided.

use crate::views::case_page::{CaseView, ConcurrentField, EventView, OfferedAction};

impl From<xunge_field::CaseView> for CaseView {
    fn from(case: xunge_field::CaseView) -> Self {
        Self {
            id: case.id,
            local_code: case.local_code,
            case_no: case.case_no,
            class: case.class,
            facts: case.facts,
            state: case.state,
            state_zh: case.state_zh.into(),
            provisional_state: case.provisional_state,
            standing: case.standing,
            clocks: case.clocks.into_iter().map(Into::into).collect(),
            delivery_zh: case.delivery.zh(),
            delivery: case.delivery,
            photos: case.photos,
            hazards: case.hazards,
            comments: case.comments,
            timeline: case.timeline.into_iter().map(EventView::from).collect(),
            set_aside: case.set_aside.into_iter().map(Into::into).collect(),
            offered: case.offered.into_iter().map(OfferedAction::from).collect(),
            concurrent: case
                .concurrent
                .into_iter()
                .map(|(field, others)| ConcurrentField { field, others })
                .collect(),
        }
    }
}

impl From<xunge_field::EventView> for EventView {
    fn from(event: xunge_field::EventView) -> Self {
        Self {
            id: event.id,
            action: event.action,
            action_zh: event.action_zh.into(),
            author: event.author,
            at: event.at,
            ruling: event.ruling,
        }
    }
}

impl From<xunge_field::OfferedAction> for OfferedAction {
    fn from(offered: xunge_field::OfferedAction) -> Self {
        Self {
            action: offered.action,
            action_zh: offered.action_zh.into(),
            reason: offered.reason,
        }
    }
}
