//! Six mistakes planted in the product, one after the other: a checker that misses one is worth nothing.

use std::process::ExitCode;

use xunge_sync::testing::{Mutant, switches};
use xunge_tests::simulation::{Options, simulate};

/// A mistake by its name.
pub(crate) fn parse(name: &str) -> Result<Mutant, String> {
    let found = Mutant::ALL.into_iter().find(|mutant| mutant.name() == name);
    found.ok_or_else(|| {
        let names = Mutant::ALL.map(Mutant::name);
        format!("one of {}", names.join(", "))
    })
}

/// Plants each mistake and demands that it is found.
#[expect(clippy::print_stdout, reason = "what the command is for")]
pub(crate) fn find_all(schedules: u64, seed: u64, options: Options) -> ExitCode {
    let mut missed = 0;
    for mutant in Mutant::ALL {
        switches::plant(Some(mutant));
        let (shares, finding) = simulate(schedules, seed, options, &|_| {});
        let name = mutant.name();
        match finding.and_then(|found| Some((found.seed(), found.violation?))) {
            Some((found, violation)) => {
                let number = found.wrapping_sub(seed) + 1;
                println!("{name}: found in schedule {number}: {violation}");
            }
            None => {
                missed += 1;
                println!("{name}: NOT FOUND in {} schedules", shares.schedules);
            }
        }
    }
    switches::plant(None);
    if missed == 0 {
        println!("6 of 6 mistakes found");
        ExitCode::SUCCESS
    } else {
        ExitCode::FAILURE
    }
}
