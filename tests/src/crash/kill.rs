//! Killed at every point of a step, on the device and at the hub.

use std::sync::Mutex;
use std::sync::atomic::{AtomicU64, Ordering};

use super::check::{self, Count};
use super::script::Step;
use super::stage::{Place, Stage, WatchedHub, add};
use super::table::Row;
use super::watchers::{Killer, Point, Shared};
use crate::world::ServerProcess;

/// Points between two that are followed by a round to the hub, in steps that do not speak to it.
const POINTS_PER_ROUND: u64 = 10;
/// Workers side by side; each has a place of its own.
const WORKERS: u64 = 2;

/// Who is hit.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Side {
    Device,
    Hub,
}

impl Side {
    /// A row's name.
    pub(super) fn row(self, number: usize, step: &Step) -> String {
        let side = match self {
            Self::Device => "device",
            Self::Hub => "hub",
        };
        format!("step {} {} ({side})", number + 1, step.verb())
    }
}

/// Does something for every number below `count`, a few at a time. `work` is given the name of a free place and the
/// number, and answers whether it was hit, and what does not hold.
pub(super) fn every(
    count: u64,
    stride: u64,
    offset: u64,
    work: impl Fn(&str, u64) -> (bool, Vec<String>) + Sync,
) -> (u64, Vec<String>) {
    let (next, hit) = (AtomicU64::new(0), AtomicU64::new(0));
    let violations = Mutex::new(Vec::new());
    std::thread::scope(|scope| {
        for worker in 0..WORKERS {
            let (next, hit, violations, work) = (&next, &hit, &violations, &work);
            scope.spawn(move || {
                let name = format!("place-{worker}");
                loop {
                    let number = next.fetch_add(1, Ordering::SeqCst) * stride + offset;
                    if number >= count {
                        return;
                    }
                    let (struck, found) = work(&name, number);
                    hit.fetch_add(u64::from(struck), Ordering::SeqCst);
                    add(violations, found);
                }
            });
        }
    });
    let violations = violations.into_inner().unwrap_or_default();
    (hit.into_inner(), violations)
}

/// Where one in `stride` begins, so that different steps are hit at different places. In the first half of a short
/// step: a hub beside its housekeeping makes some calls fewer in one run than in another, and the last ones might
/// never come.
pub(super) fn offset(number: usize, stride: u64, points: u64) -> u64 {
    let number = u64::try_from(number).unwrap_or(0);
    (number * 7 + 3) % stride.min(points / 2).max(1)
}

/// One step, killed at its points: all of them, or one in `stride`.
pub(super) fn kill(stage: &Stage, number: usize, side: Side, stride: u64) -> Row {
    let step = &stage.steps[number];
    let what = side.row(number, step);
    let calls = match side {
        Side::Device => device_run(stage, number, "place-0", None).1,
        Side::Hub => hub_run(stage, number, "place-0", None).1,
    };
    // Before each call, and after the last.
    let points = calls + 1;
    let offset = offset(number, stride, points);
    let (hit, violations) = every(points, stride, offset, |name, index| {
        let point = if index < calls {
            Point::Before(index)
        } else {
            Point::After(calls.saturating_sub(1))
        };
        let (place, _, struck) = match side {
            Side::Device => device_run(stage, number, name, Some(point)),
            Side::Hub => hub_run(stage, number, name, Some(point)),
        };
        let found = aftermath(stage, number, &place, None, index % POINTS_PER_ROUND == 0);
        let at = struck.clone().unwrap_or_else(|| "not killed".into());
        let found = found.into_iter();
        let found = found.map(|found| format!("{what}, {point:?} {at}: {found}"));
        (struck.is_some(), found.collect())
    });
    Row {
        what,
        points,
        hit,
        violations,
    }
}

/// The step on the device under watch; the calls it made, and where it was killed.
fn device_run(
    stage: &Stage,
    number: usize,
    name: &str,
    point: Option<Point>,
) -> (Place, u64, Option<String>) {
    let step = &stage.steps[number];
    let place = stage.place_before(number, name);
    let hub = step.speaks().then(|| place.serve());
    let url = hub.as_ref().map(ServerProcess::url).unwrap_or_default();
    let shared = Shared::armed();
    let mut killer = Killer {
        shared: shared.clone(),
        point,
    };
    place.watch(&stage.arguments(step, &url), &mut killer);
    (place, shared.count(), shared.struck())
}

/// The step with the hub under watch.
fn hub_run(
    stage: &Stage,
    number: usize,
    name: &str,
    point: Option<Point>,
) -> (Place, u64, Option<String>) {
    let step = &stage.steps[number];
    let place = stage.place_before(number, name);
    let shared = std::sync::Arc::new(Shared::default());
    let killer = Killer {
        shared: shared.clone(),
        point,
    };
    let hub = WatchedHub::serve(&place, &shared, killer);
    place.run(&stage.arguments(step, &hub.url));
    hub.stop();
    (place, shared.count(), shared.struck())
}

/// After a fault: everything promised is there; what was interrupted is there whole or not at all; done again if
/// it is not, it is there; and when it comes to that, all of it reaches the hub. `hub` is the one that goes on.
pub(super) fn aftermath(
    stage: &Stage,
    number: usize,
    place: &Place,
    hub: Option<&str>,
    round: bool,
) -> Vec<String> {
    let mut violations = Vec::new();
    let round = round || stage.steps[number].speaks();
    if let Err(found) = recover(stage, number, place, hub, round, &mut violations) {
        violations.push(found);
    }
    violations
}

/// A planted mistake: a step that ended well is done again, as by an app that does not look first.
pub(super) fn done_twice(stage: &Stage, number: usize) -> Row {
    let step = &stage.steps[number];
    let place = stage.place_before(number, "place-0");
    let arguments = stage.arguments(step, "");
    place.run(&arguments);
    place.run(&arguments);
    Row {
        what: format!("step {} {} twice", number + 1, step.verb()),
        points: 1,
        hit: 1,
        violations: aftermath(stage, number, &place, None, false),
    }
}

fn recover(
    stage: &Stage,
    number: usize,
    place: &Place,
    hub: Option<&str>,
    round: bool,
    violations: &mut Vec<String>,
) -> Result<(), String> {
    let step = &stage.steps[number];
    let kept = stage.promises(number);
    let all = stage.promises(number + 1);
    let shown = check::device(&place.device())?;
    violations.extend(shown.violations(&kept, Some(&step.promise)));
    let own = (hub.is_none() && round).then(|| place.serve());
    let url = own.as_ref().map(ServerProcess::url);
    let url = url.as_deref().or(hub).unwrap_or_default();
    if shown.count(&step.promise) != Count::Once {
        expect_done(place, &stage.arguments(step, url))?;
    }
    let shown = check::device(&place.device())?;
    violations.extend(shown.violations(&all, None));
    if round {
        expect_done(place, &stage.synchronise(url))?;
        let shown = check::device(&place.device())?;
        violations.extend(shown.violations(&all, None));
        drop(own);
        if hub.is_none() {
            violations.extend(check::hub(&place.hub())?.not_received(&all));
        }
    }
    Ok(())
}

fn expect_done(place: &Place, arguments: &[String]) -> Result<(), String> {
    let run = place.run(arguments);
    if run.ended.code == Some(0) {
        return Ok(());
    }
    Err(format!(
        "done again, {arguments:?} ends with {:?}: {}",
        run.ended.code, run.json
    ))
}
