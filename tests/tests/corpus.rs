//! Hostile inputs in the test run: the corpus, and some new ones. `make hostile` runs ten million.

use std::path::Path;
use std::sync::OnceLock;
use std::time::Duration;

use xunge_tests::hostile::{
    self, Campaign, Limits, Outcome, Source, Tally, Target, Verdict, read_corpus, try_input,
};

const INPUTS: u64 = 20_000;
const SEED: u64 = 20_251_124;
const CORPUS: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/corpus");
const CORPUS_BYTES_MAX: usize = 500 * 1024;

/// The most bytes held at one time. This program counts all of its allocations.
fn measure(run: &mut dyn FnMut()) -> u64 {
    allocation_counter::measure(run).bytes_max
}

fn source() -> &'static Source {
    static SOURCE: OnceLock<Source> = OnceLock::new();
    SOURCE.get_or_init(Source::new)
}

fn run(inputs: u64, run: &(dyn Fn(Target, &[u8]) -> Verdict + Sync)) -> Tally {
    let campaign = Campaign {
        source: source(),
        first: 0,
        inputs,
        seed: SEED,
        threads: 2,
        limits: Limits::default(),
        measure,
        run,
    };
    hostile::run(&campaign, &|_| {})
}

#[test]
#[expect(clippy::unwrap_used, reason = "a failing test should stop")]
fn the_corpus_does_no_harm() {
    let corpus = read_corpus(Path::new(CORPUS)).unwrap();
    let Limits { time, bytes } = Limits::default();
    let mut size = 0;
    for (target, name, input) in &corpus {
        size += input.len();
        let trial = try_input(&|input| target.run(input), input, time / 2, measure);
        let name = format!("{}/{name}", target.name());
        let Outcome::Said(verdict) = trial.outcome else {
            panic!("{name}: {:?}", trial.outcome);
        };
        if name.contains("/honest-") && !name.starts_with("photo/") {
            assert_eq!(verdict, Verdict::Accepted, "{name}");
        }
        assert!(trial.time <= time, "{name}: {:?}", trial.time);
        assert!(trial.bytes <= bytes, "{name}: {} bytes", trial.bytes);
    }
    for target in Target::ALL {
        assert!(corpus.iter().any(|(of, ..)| *of == target), "{target:?}");
    }
    assert!(size <= CORPUS_BYTES_MAX, "{size} bytes");
}

#[test]
fn mutated_inputs_do_no_harm_and_reach_what_lies_behind_the_first_check() {
    let tally = run(INPUTS, &Target::run);
    eprintln!("{tally}");
    assert!(tally.findings.is_empty(), "{:#?}", tally.findings);
    assert_eq!(tally.inputs(), INPUTS);
    for target in Target::ALL {
        assert!(tally.accepted(target) > 0, "{target:?} takes nothing");
        assert!(tally.refused(target) > 0, "{target:?} refuses nothing");
    }
}

#[test]
fn an_input_is_a_function_of_its_seed_and_number() {
    for number in 0..500 {
        assert_eq!(
            source().input(SEED, number),
            source().input(SEED, number),
            "{number}"
        );
    }
    assert_ne!(source().input(SEED, 1), source().input(SEED + 1, 1));
}

/// One finding at least, all of this kind.
fn finds(what: &str, planted: &(dyn Fn(Target, &[u8]) -> Verdict + Sync)) -> Tally {
    let tally = run(600, planted);
    assert!(!tally.findings.is_empty(), "{what}");
    for finding in &tally.findings {
        assert!(finding.what.contains(what), "{}", finding.what);
    }
    tally
}

#[test]
fn a_panic_is_found_and_made_small() {
    let tally = finds("planted", &|_, bytes| {
        assert!(!bytes.contains(&0xa5), "planted");
        Verdict::Refused
    });
    assert!(tally.panics() > 0);
    let smallest = tally.findings.iter().map(|finding| finding.bytes.len());
    assert_eq!(smallest.min(), Some(1));
}

#[test]
fn a_large_allocation_is_found() {
    finds("allocated", &|_, bytes| {
        let asked = usize::from(bytes.len() > 400) * 65 * 1024 * 1024;
        std::hint::black_box(Vec::<u8>::with_capacity(asked));
        Verdict::Refused
    });
}

#[test]
fn a_slow_input_is_found() {
    let slow = |_: Target, bytes: &[u8]| {
        if bytes.first() == Some(&0x85) && bytes.len() > 600 {
            let started = std::time::Instant::now();
            while started.elapsed() < Duration::from_millis(200) {
                std::hint::spin_loop();
            }
        }
        Verdict::Refused
    };
    finds("took", &slow);
}
