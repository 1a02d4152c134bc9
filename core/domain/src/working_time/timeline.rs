//! What happened to a clock, put in order: events come as they were ruled, an act may be proven to be older.

use super::hours_terms::HoursTerms;
use super::minute::LocalMinute;
use crate::class::Limit;
use crate::time::Timestamp;

/// Something that happened to a clock.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ClockEvent {
    /// When the server took it in or ruled it. Never a device's wall clock.
    pub at: Timestamp,
    /// What.
    pub kind: ClockEventKind,
}

/// What happens to clocks. What does not fit where the clock stands changes nothing: a second start restarts nothing, a
/// release without a hold releases nothing.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ClockEventKind {
    /// The limit begins to run; after [`Self::Stopped`] it runs on with what was left, so rework restarts nothing.
    Started,
    /// The work was handed over, and may come back (反馈). The clock stops.
    Stopped {
        /// When it was done, where that is provable (last beacon of the server and the monotonic clock since).
        done_at: Option<Timestamp>,
    },
    /// 挂账: the clock stops until it is released, and the deadline moves by what it would have counted meanwhile.
    Held,
    /// The end of a hold.
    Released,
    /// 延期 to an instant. One that is not later than the deadline changes nothing. During a stop or a hold it counts as
    /// approved at its beginning.
    ExtendedTo(Timestamp),
    /// 延期 by a limit, counted on from the deadline in that limit's own unit.
    ExtendedBy(Limit),
    /// Somebody else has the matter: what is left counts in these hours from then on. During a stop or a hold, from its
    /// beginning, since no minute of it is counted.
    Hours(HoursTerms),
    /// Over for good.
    Finished {
        /// When it was done, where that is provable.
        done_at: Option<Timestamp>,
    },
}

/// An event that counts, at the minute from which it counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Step<'a> {
    pub(super) at: LocalMinute,
    pub(super) kind: StepKind<'a>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum StepKind<'a> {
    Hold,
    Stop { exact: Timestamp },
    Resume,
    ExtendTo(LocalMinute),
    ExtendBy(Limit),
    Hours(&'a HoursTerms),
    Finish { exact: Timestamp },
}

/// The steps of a clock after its start, in the order of their minutes. `None`: it was never started.
pub(super) fn steps(events: &[ClockEvent]) -> Option<(LocalMinute, Vec<Step<'_>>)> {
    let started = |event: &ClockEvent| event.kind == ClockEventKind::Started;
    let first = events.iter().position(started)?;
    let start = LocalMinute::at_or_after(events[first].at);
    let mut steps: Vec<Step<'_>> = Vec::new();
    // A server's clock that stepped back gives nobody time: an event is never before the one ruled before it.
    let mut ruled = start;
    for event in &events[first + 1..] {
        ruled = ruled.max(LocalMinute::at_or_after(event.at));
        let add = |kind| Step { at: ruled, kind };
        match &event.kind {
            ClockEventKind::Started if is_stopped(&steps) => steps.push(add(StepKind::Resume)),
            ClockEventKind::Released if is_held(&steps) => steps.push(add(StepKind::Resume)),
            ClockEventKind::Held if is_running(&steps) => steps.push(add(StepKind::Hold)),
            ClockEventKind::ExtendedTo(deadline) => {
                let deadline = LocalMinute::at_or_after(*deadline);
                steps.push(add(StepKind::ExtendTo(deadline)));
            }
            ClockEventKind::ExtendedBy(limit) => steps.push(add(StepKind::ExtendBy(*limit))),
            ClockEventKind::Hours(hours) => steps.push(add(StepKind::Hours(hours))),
            ClockEventKind::Stopped { done_at } if !is_stopped(&steps) => {
                let exact = done(event.at, *done_at, start);
                forget_after(&mut steps, exact);
                if !is_stopped(&steps) {
                    let at = LocalMinute::at_or_after(exact);
                    let kind = StepKind::Stop { exact };
                    steps.push(Step { at, kind });
                }
            }
            ClockEventKind::Finished { done_at } => {
                let exact = done(event.at, *done_at, start);
                forget_after(&mut steps, exact);
                let at = LocalMinute::at_or_after(exact);
                let kind = StepKind::Finish { exact };
                steps.push(Step { at, kind });
                break;
            }
            ClockEventKind::Started
            | ClockEventKind::Stopped { .. }
            | ClockEventKind::Held
            | ClockEventKind::Released => {}
        }
    }
    // An extension may have been approved after the work was done and before anybody knew.
    steps.sort_by_key(|step| step.at);
    Some((start, steps))
}

/// When an act was done: where it is proven to be older than its receipt, then. Never before the start.
fn done(received: Timestamp, proven: Option<Timestamp>, start: LocalMinute) -> Timestamp {
    let done = proven.map_or(received, |proven| proven.min(received));
    done.max(start.to_timestamp())
}

/// Holds and stops after the work was done never mattered. Extensions stand: they were approved. So do hours.
fn forget_after(steps: &mut Vec<Step<'_>>, done: Timestamp) {
    steps.retain(|step| step.at.to_timestamp() < done || is_no_turn(step));
}

/// What changes how long a clock has and not whether it runs.
const fn is_no_turn(step: &Step<'_>) -> bool {
    matches!(
        step.kind,
        StepKind::ExtendTo(_) | StepKind::ExtendBy(_) | StepKind::Hours(_)
    )
}

fn last_turn<'a>(steps: &[Step<'a>]) -> Option<StepKind<'a>> {
    let turn = steps.iter().rev().find(|step| !is_no_turn(step));
    turn.map(|step| step.kind)
}

fn is_held(steps: &[Step<'_>]) -> bool {
    last_turn(steps) == Some(StepKind::Hold)
}

fn is_stopped(steps: &[Step<'_>]) -> bool {
    matches!(last_turn(steps), Some(StepKind::Stop { .. }))
}

fn is_running(steps: &[Step<'_>]) -> bool {
    matches!(last_turn(steps), None | Some(StepKind::Resume))
}
