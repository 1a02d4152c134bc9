//! What is left to chance: where, what, when, and where a case gets stuck.

use xunge_domain::case::CaseState;
use xunge_domain::time::Timestamp;

use super::DAYS;
use super::hours::{self, PATROL};
use super::matters::{MATTERS, Matter};
use crate::demo::city::City;
use crate::demo::random::Random;
use crate::demo::roads;
use crate::demo::streets::{STREETS, Street};

const DAY_MILLIS: i64 = 86_400_000;
/// Matters settled within this much work time are quick.
pub(super) const QUICK_MINUTES: i64 = 300;

pub(super) fn draw_street<'a>(
    city: &'a City,
    random: &mut Random,
) -> Option<(&'static Street, &'a roads::Network)> {
    let mut ticket = random.below(STREETS.iter().map(|street| street.share).sum());
    for (street, network) in STREETS.iter().zip(&city.roads) {
        if ticket < street.share {
            return Some((street, network));
        }
        ticket -= street.share;
    }
    None
}

pub(super) fn draw_matter(random: &mut Random) -> Option<&'static Matter> {
    let mut ticket = random.below(MATTERS.iter().map(|matter| matter.weight).sum());
    MATTERS.iter().find(|matter| {
        let drawn = ticket < matter.weight;
        ticket = ticket.saturating_sub(matter.weight);
        drawn
    })
}

/// Some moment of a patrol in the last 90 days, more often in the morning.
pub(super) fn draw_time(clock: Timestamp, random: &mut Random) -> Timestamp {
    let today = hours::local_day(clock);
    // The last days are fuller: the rains have begun.
    let back = if random.chance(8) { 5 } else { DAYS };
    let day = today - random.below(back as usize) as i64;
    let length = PATROL.length() as usize;
    let minute = if random.chance(60) {
        random.below(length / 2)
    } else {
        random.below(length)
    };
    let seconds = random.below(60_000) as i64;
    let at = hours::on_day(day, PATROL.begin() + minute as i64).plus_millis(seconds);
    // What would lie in the future happened this morning, or a week ago when it is early.
    if at.millis_since(clock) < 0 {
        return at;
    }
    let before = 1 + random.below(150) as i64;
    clock.plus_millis(-before * 60_000 + seconds / 2)
}

/// The states in which a case waits for somebody, in the order of its life.
pub(super) const WAITING: [CaseState; 8] = [
    CaseState::Reported,
    CaseState::Accepted,
    CaseState::Filed,
    CaseState::Dispatched,
    CaseState::Disposing,
    CaseState::FedBack,
    CaseState::Checking,
    CaseState::ToClose,
];

/// Where a case waits for somebody: most young ones move on, some do not; few old ones are left.
pub(super) fn draw_stall(
    clock: Timestamp,
    found: Timestamp,
    random: &mut Random,
) -> Option<CaseState> {
    let age_days = clock.millis_since(found) / DAY_MILLIS;
    let percent = match age_days {
        0..=5 => 55,
        6..=14 => 18,
        _ => 2,
    };
    if !random.chance(percent) {
        return None;
    }
    // Old ones wait for works, not for a clerk.
    if age_days > 5 {
        return Some(CaseState::Disposing);
    }
    random.pick(&WAITING).copied()
}

/// When a case was found that is to wait in `state` by now: long enough ago to have come that far.
pub(super) fn found_to_wait_at(state: CaseState, clock: Timestamp) -> Timestamp {
    let days = match state {
        CaseState::Disposing | CaseState::FedBack | CaseState::Checking | CaseState::ToClose => 4,
        _ => 1,
    };
    PATROL.after(clock.plus_millis(-days * DAY_MILLIS), 0)
}
