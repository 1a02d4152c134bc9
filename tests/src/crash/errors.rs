//! The disk fails at every write of a step: broken once, or full from there on.

use std::sync::Arc;
use std::sync::atomic::Ordering;

use serde_json::Value;

use super::call::Failure;
use super::check::{self, Count};
use super::kill::{Side, aftermath, every, offset};
use super::stage::{Place, Run, Stage, WatchedHub};
use super::table::Row;
use super::watchers::{Breaker, Shared};
use crate::world::ServerProcess;

/// Points between two that are followed by a round to the hub, in steps that do not speak to it.
const POINTS_PER_ROUND: u64 = 10;

/// One step, the disk failing at its calls: all of them, or one in `stride`.
pub(super) fn errors(
    stage: &Stage,
    number: usize,
    side: Side,
    failure: Failure,
    stride: u64,
) -> Row {
    let disk = match failure {
        Failure::Broken => "broken",
        Failure::Full => "full",
        Failure::Lying => "lying",
    };
    let what = format!("{disk}: {}", side.row(number, &stage.steps[number]));
    let tried = |name: &str, from: Option<u64>| match side {
        Side::Device => on_device(stage, number, name, failure, from),
        Side::Hub => at_hub(stage, number, name, failure, from),
    };
    let (shared, violations) = tried("place-0", None);
    let mut without: Vec<String> = violations
        .into_iter()
        .map(|found| format!("{what}, without any failure: {found}"))
        .collect();
    let points = shared.count();
    let offset = offset(number, stride, points);
    let (hit, violations) = every(points, stride, offset, |name, from| {
        let (shared, found) = tried(name, Some(from));
        let at = shared.struck();
        let struck = at.is_some();
        let at = at.unwrap_or_else(|| "nothing failed".into());
        let found = found.into_iter();
        let found = found.map(|found| format!("{what}, call {from} {at}: {found}"));
        (struck, found.collect())
    });
    without.extend(violations);
    Row {
        what,
        points,
        hit,
        violations: without,
    }
}

fn on_device(
    stage: &Stage,
    number: usize,
    name: &str,
    failure: Failure,
    from: Option<u64>,
) -> (Arc<Shared>, Vec<String>) {
    let step = &stage.steps[number];
    let place = stage.place_before(number, name);
    let hub = step.speaks().then(|| place.serve());
    let url = hub.as_ref().map(ServerProcess::url).unwrap_or_default();
    let shared = Shared::armed();
    let mut breaker = Breaker {
        shared: Arc::clone(&shared),
        failure,
        from,
    };
    let run = place.watch(&stage.arguments(step, &url), &mut breaker);
    drop(hub);
    let mut found = typed(&run);
    found.extend(kept_word(stage, number, &place, &run));
    let round = from.is_none_or(|from| from % POINTS_PER_ROUND == 0);
    found.extend(aftermath(stage, number, &place, None, round));
    (shared, found)
}

/// A command that says done has done it.
fn kept_word(stage: &Stage, number: usize, place: &Place, run: &Run) -> Option<String> {
    let promise = &stage.steps[number].promise;
    if run.ended.code != Some(0) {
        return None;
    }
    match check::device(&place.device()) {
        Ok(shown) if shown.count(promise) == Count::Once => None,
        Ok(shown) => Some(format!(
            "called done, but {promise:?}: {:?}",
            shown.count(promise)
        )),
        Err(found) => Some(found),
    }
}

/// The end of a command whose disk failed: done all the same, or a typed error in both languages.
fn typed(run: &Run) -> Vec<String> {
    let mut found = Vec::new();
    let code = run.ended.code;
    if !matches!(code, Some(0 | 2..=5)) {
        found.push(format!("ended with {code:?}: {}", last_line(&run.stderr)));
    }
    if run.stderr.contains("panicked at") {
        found.push(format!("panicked: {}", last_line(&run.stderr)));
    }
    let said = |key: &str| {
        let error = &run.json[key];
        ["code", "zh", "en"]
            .iter()
            .all(|part| error[part].as_str().is_some_and(|text| !text.is_empty()))
    };
    if code != Some(0) && !said("error") && !said("problem") {
        found.push(format!("an error without code and words: {}", run.json));
    }
    found
}

fn at_hub(
    stage: &Stage,
    number: usize,
    name: &str,
    failure: Failure,
    from: Option<u64>,
) -> (Arc<Shared>, Vec<String>) {
    let step = &stage.steps[number];
    let place = stage.place_before(number, name);
    let shared = Arc::new(Shared::default());
    let breaker = Breaker {
        shared: Arc::clone(&shared),
        failure,
        from,
    };
    let hub = WatchedHub::serve(&place, &shared, breaker);
    let run = place.run(&stage.arguments(step, &hub.url));
    // The disk is whole again, and has room.
    shared.armed.store(false, Ordering::SeqCst);
    let mut found = typed(&run);
    found.extend(kept_word(stage, number, &place, &run));
    // The same process goes on: nobody has to start it again after a bad moment.
    found.extend(aftermath(stage, number, &place, Some(&hub.url), true));
    if hub.has_ended() {
        found.push("the hub ended".into());
    }
    let (_, said) = hub.stop();
    if said.contains("panicked at") {
        found.push(format!("the hub panicked: {}", last_line(&said)));
    }
    found.extend(at_rest(stage, number, &place));
    (shared, found)
}

fn at_rest(stage: &Stage, number: usize, place: &Place) -> Vec<String> {
    let all = stage.promises(number + 1);
    let shown = check::hub(&place.hub());
    shown.map_or_else(|found| vec![found], |shown| shown.not_received(&all))
}

fn last_line(text: &str) -> Value {
    Value::from(text.lines().last().unwrap_or_default())
}
