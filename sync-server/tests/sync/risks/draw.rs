//! The draw of re-checks, made again by somebody who has nothing but the API and `sha256sum`.

use std::collections::BTreeSet;

use serde_json::json;
use xunge_server::services::{rechecks, risk_limits};

use super::sealing::{Sealer, Taken, jpeg, scene};
use super::{HONEST, HOUR};
use crate::town::Town;

/// What an outsider knows of a draw.
struct Told<'a> {
    day: &'a str,
    size: u64,
    root: &'a str,
    per_myriad: u64,
}

/// The draw by the lines of the README, which need a shell and `sha256sum`: the seed, and the cases that are taken.
fn by_hand(told: &Told<'_>, cases: &BTreeSet<String>) -> (String, Vec<String>) {
    let readme = include_str!("../../../README.md");
    let lines = readme
        .split("  ```sh\n")
        .nth(1)
        .unwrap()
        .split("```")
        .next()
        .unwrap();
    let (seed, drawn) = lines.split_once('\n').unwrap();
    let cases: Vec<&str> = cases.iter().map(String::as_str).collect();
    let script = format!(
        "{seed}\necho \"$seed\"\nfor case in {}; do\n{drawn}\ndone; true",
        cases.join(" ")
    );
    let output = std::process::Command::new("sh")
        .args(["-e", "-c", &script])
        .env("day", told.day)
        .env("size", told.size.to_string())
        .env("root", told.root)
        .env("per_myriad", told.per_myriad.to_string())
        .output()
        .unwrap();
    assert!(output.status.success(), "{output:?}");
    let said = String::from_utf8(output.stdout).unwrap();
    let mut said = said.lines().map(str::to_owned);
    let seed = said.next().unwrap();
    let taken = said.map(|line| line.split(' ').next().unwrap().to_owned());
    (seed, taken.collect())
}

#[test]
fn an_outsider_makes_the_draw_again() {
    let town = Town::new();
    let mut worker = Sealer::new(&town, "worker-putian", 1);
    risk_limits::set(&town.hub.state, "admin", b"{\"recheck_per_myriad\":5000}").unwrap();
    let cases: BTreeSet<String> = (1..=12_u8)
        .map(|number| {
            let apart = Taken {
                seconds: HONEST.seconds + i64::from(number) * 60,
                uptime: HONEST.uptime + u64::from(number) * 60,
                ..HONEST
            };
            worker
                .report(number, &[(&jpeg(&scene(number.into())), apart)])
                .to_string()
        })
        .collect();
    let colleague = town.browser("worker-putian-2");
    let draw = |day: &str| colleague.get(&format!("/api/risks/samples?day={day}"));
    // Not before the day has begun.
    for bad in ["2025-07-01", "yesterday", "", "2025-7-1"] {
        let refused = draw(bad);
        assert_eq!(
            (refused.status, refused.code().as_str()),
            (400, "recheck_day"),
            "{bad}"
        );
    }
    assert_eq!(
        town.hub
            .browser()
            .get("/api/risks/samples?day=2025-07-01")
            .status,
        401
    );
    // What was brought on Monday is drawn from on Tuesday.
    assert_eq!(draw("2025-06-30").json()["drawn_from"], 0);
    town.hub.clock.advance_millis(13 * HOUR * 1_000);
    // The session of Monday is over.
    let colleague = town.browser("worker-putian-2");
    let draw = |day: &str| colleague.get(&format!("/api/risks/samples?day={day}"));
    let first = draw("2025-07-01").json();
    assert_eq!(first["drawn_from"], 12);

    // The root is that of a log which goes on to the one of now, as everybody can prove.
    let (size, root) = (
        first["size"].as_u64().unwrap(),
        first["root"].as_str().unwrap(),
    );
    let proof = colleague
        .get(&format!("/api/log/consistency?from={size}"))
        .json();
    assert_eq!(proof["from_root"], root);
    // Logging in since then is a line of Tuesday, and changes nothing.
    let draw = |day: &str| {
        colleague
            .get(&format!("/api/risks/samples?day={day}"))
            .json()
    };
    assert!(proof["to"].as_u64().unwrap() > size);
    assert_eq!(draw("2025-07-01"), first);

    let told = Told {
        day: "2025-07-01",
        size,
        root,
        per_myriad: 5_000,
    };
    let (seed, taken) = by_hand(&told, &cases);
    assert_eq!(first["seed"], seed);
    assert_eq!(first["cases"], json!(taken));
    assert!(
        !taken.is_empty() && taken.len() < cases.len(),
        "a draw, and no list of all"
    );
    // Another day is another draw.
    assert_ne!(
        rechecks::sample(&town.hub.state, "2025-06-30")
            .unwrap()
            .seed,
        seed
    );
}
