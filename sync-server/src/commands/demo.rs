//! `xunge demo`: the demo city, seeded once and served; prints who to log in as and one code for a phone.

use std::path::PathBuf;
use std::sync::Arc;

use clap::Args;
use xunge_domain::person::{Person, Role};
use xunge_domain::time::Timestamp;

use crate::app::{App, Clock, RealClock, RunningClock, Settings, SystemEntropy};
use crate::cli::HostingArguments;
use crate::commands::serve::{bind, notifiers, serve, start_logging};
use crate::commands::{CommandError, say};
use crate::data_folder::DataFolder;
use crate::demo::city::SAMPLE_EDITION;
use crate::demo::history::DEMO_CLOCK;
use crate::demo::people::{DEMO_PASSWORD, PRINTED};
use crate::demo::seed::{SeedError, SeedOptions, seed};
use crate::error::ApiError;
use crate::messages;
use crate::services::disk::PhotoLimit;
use crate::services::enrol_codes;
use crate::store::StoreError;

/// Who gets the printed code.
const CODE_FOR: &str = "worker-putian";

/// Which day it is in the demo city.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Now {
    /// Monday 2025-06-30 11:00, when the told events stand where they stood.
    Fixed,
    /// Today; the two told events keep their dates.
    Real,
    /// From this instant on: to play a day of one's own, and the days after it by starting again later.
    At(Timestamp),
}

/// Reads `fixed`, `real`, `2025-06-28 09:30` (+08:00) or an instant of RFC 3339.
fn which_day(text: &str) -> Result<Now, String> {
    match text {
        "fixed" => Ok(Now::Fixed),
        "real" => Ok(Now::Real),
        instant => Timestamp::from_local(instant)
            .or_else(|| Timestamp::from_rfc3339(instant))
            .map(Now::At)
            .ok_or_else(|| "fixed, real, or an instant such as \"2025-06-28 09:30\"".to_owned()),
    }
}

/// `demo`.
#[derive(Debug, Args)]
pub struct DemoArguments {
    /// Keep the city in this folder and go on from there next time. Without it the city is gone at the end.
    #[arg(long, value_name = "DIR")]
    pub data: Option<PathBuf>,
    /// How to host it.
    #[command(flatten)]
    pub hosting: HostingArguments,
    /// How many cases in ninety days.
    #[arg(long, value_name = "N", default_value_t = 2_000, value_parser = clap::value_parser!(u32).range(0..=100_000))]
    pub cases: u32,
    /// The same seed is the same city.
    #[arg(long, value_name = "S", default_value_t = 1)]
    pub seed: u64,
    /// Which day it is: fixed, real, or an instant from which the clock runs on ("2025-06-28 09:30").
    #[arg(long, value_name = "DAY", value_parser = which_day, default_value = "fixed")]
    pub now: Now,
}

impl From<SeedError> for CommandError {
    fn from(error: SeedError) -> Self {
        match error {
            SeedError::Store(error) => error.into(),
            SeedError::Blobs(_) => Self::new(&messages::FOLDER_UNUSABLE, error),
            other => Self::new(&messages::INTERNAL, other),
        }
    }
}

/// Removes the folder of a city nobody wanted to keep.
struct Temporary(PathBuf);

impl Drop for Temporary {
    fn drop(&mut self) {
        // What cannot be removed lies in the system's own temporary folder, which the system clears.
        let _ = std::fs::remove_dir_all(&self.0);
    }
}

/// Runs the verb.
///
/// # Errors
/// The folder, the address, or a plan that does not hold.
pub fn run(arguments: &DemoArguments) -> Result<(), CommandError> {
    start_logging();
    let (path, _temporary) = match &arguments.data {
        Some(path) => (path.clone(), None),
        None => {
            let path = std::env::temp_dir().join(format!("xunge-demo-{}", std::process::id()));
            (path.clone(), Some(Temporary(path)))
        }
    };
    let folder = DataFolder::at(&path);
    let _lock = folder.lock()?;
    let listening = bind(&arguments.hosting)?;
    let settings = Settings {
        https: listening.pin().is_some(),
        pin: listening.pin(),
        public_url: Some(listening.url.clone()),
        photo_limit: PhotoLimit::at(arguments.hosting.refuse_photos_at),
    };
    let kept = folder.is_hub();
    let clock = clock(&folder, kept, arguments.now)?;
    let app = folder.open_to_serve(clock, Arc::new(SystemEntropy), settings)?;
    match holds(&app)? {
        Holding::City => {}
        Holding::Nothing => build(&app, arguments)?,
        // Somebody's own hub, or a city whose building was cut short: neither is to be built over.
        Holding::SomethingElse => {
            return Err(CommandError::new(
                &messages::FOLDER_NOT_EMPTY,
                path.display(),
            ));
        }
    }
    greet(&app, &listening.url)?;
    serve(app, notifiers(&folder)?, listening)
}

/// A kept city goes on where it was left: a hub's time never runs back.
fn clock(folder: &DataFolder, kept: bool, now: Now) -> Result<Arc<dyn Clock>, CommandError> {
    let asked = match now {
        Now::Real => return Ok(Arc::new(RealClock)),
        Now::Fixed if !kept => DEMO_CLOCK,
        Now::Fixed => Timestamp::default(),
        Now::At(instant) => instant,
    };
    let left_at = if kept {
        folder.open_beside(Arc::new(SystemEntropy))?.clock.now()
    } else {
        asked
    };
    Ok(Arc::new(RunningClock::starting_at(asked.max(left_at))))
}

/// What a folder's hub is.
#[derive(Debug, PartialEq, Eq)]
enum Holding {
    Nothing,
    City,
    SomethingElse,
}

fn holds(app: &App) -> Result<Holding, StoreError> {
    app.store.reading(|read| {
        // The class table is written last, when the city is whole.
        let editions = read.class_editions()?;
        let people = read.people(None, 1)?;
        Ok(match (editions.as_slice(), people.as_slice()) {
            ([], []) => Holding::Nothing,
            ([edition], _) if edition == SAMPLE_EDITION => Holding::City,
            _ => Holding::SomethingElse,
        })
    })
}

fn build(app: &App, arguments: &DemoArguments) -> Result<(), CommandError> {
    say(&format!(
        "正在生成演示城市（{} 件案卷）… building the demo city",
        arguments.cases
    ));
    let options = SeedOptions {
        cases: arguments.cases as usize,
        seed: arguments.seed,
        clock: app.clock.now(),
    };
    Ok(seed(app, options)?)
}

/// What somebody needs who has never seen it.
fn greet(app: &App, url: &str) -> Result<(), CommandError> {
    let now: Timestamp = app.clock.now();
    say(&format!("listening on {url}"));
    say(&format!("演示时钟 demo clock: {}", now.to_local_minute()));
    say(&format!("密码 password (all): {DEMO_PASSWORD}"));
    for id in PRINTED {
        let person = id
            .parse()
            .map_err(|_| CommandError::new(&messages::ID_UNFIT, id))?;
        let known = app.store.reading(|read| read.person(&person))?;
        if let Some(person) = known {
            say(&persona(&person));
        }
    }
    let worker = CODE_FOR
        .parse()
        .map_err(|_| CommandError::new(&messages::ID_UNFIT, CODE_FOR))?;
    let issued = enrol_codes::issue(app, "system", &worker, None).map_err(ApiError::from)?;
    say(&format!(
        "入网码 enrolment code for {CODE_FOR}: {} ({})",
        issued.code, issued.expires_at
    ));
    Ok(())
}

fn persona(person: &Person) -> String {
    let roles: Vec<&str> = person.roles.iter().map(|role: &Role| role.zh()).collect();
    format!("  {:<16} {}  {}", person.id, person.name, roles.join("、"))
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a failing test should stop")]
mod tests {
    use super::*;
    use clap::Parser;

    #[derive(Parser)]
    struct Line {
        #[command(flatten)]
        demo: DemoArguments,
    }

    #[test]
    fn the_defaults_are_the_promised_ones() {
        let demo = Line::try_parse_from(["demo"]).unwrap().demo;
        assert_eq!((demo.cases, demo.now), (2_000, Now::Fixed));
        assert_eq!(demo.hosting.listen, crate::cli::LISTEN.parse().unwrap());
        let real = Line::try_parse_from(["demo", "--now", "real"])
            .unwrap()
            .demo;
        assert_eq!(real.now, Now::Real);
        assert!(Line::try_parse_from(["demo", "--cases", "100001"]).is_err());
        assert!(Line::try_parse_from(["demo", "--now", "yesterday"]).is_err());
        let saturday = Line::try_parse_from(["demo", "--now", "2025-06-28 09:30"]);
        let saturday = saturday.unwrap().demo.now;
        let at = Timestamp::from_rfc3339("2025-06-28T09:30:00+08:00").unwrap();
        assert_eq!(saturday, Now::At(at));
    }

    #[test]
    fn a_hub_of_ones_own_is_not_built_over() {
        let kept = tempfile::tempdir().unwrap();
        let settings = Settings::default();
        let app = DataFolder::at(kept.path())
            .open_to_serve(Arc::new(RealClock), Arc::new(SystemEntropy), settings)
            .unwrap();
        let city = crate::demo::city::City::build().unwrap();
        let (own, own_person) = (app.store.as_ref(), city.people.first().unwrap());
        own.writing(|write| write.put_person(own_person)).unwrap();
        assert_eq!(holds(&app).unwrap(), Holding::SomethingElse);
    }

    #[test]
    fn a_city_is_seeded_once_and_its_time_never_runs_back() {
        let kept = tempfile::tempdir().unwrap();
        let folder = DataFolder::at(kept.path());
        let open = |clock: Arc<dyn Clock>| {
            let settings = Settings {
                https: false,
                public_url: Some("http://127.0.0.1:1".into()),
                ..Settings::default()
            };
            folder
                .open_to_serve(clock, Arc::new(SystemEntropy), settings)
                .unwrap()
        };
        let app = open(clock(&folder, false, Now::Fixed).unwrap());
        assert_eq!(holds(&app).unwrap(), Holding::Nothing);
        let options = SeedOptions {
            cases: 12,
            seed: 1,
            clock: DEMO_CLOCK,
        };
        seed(&app, options).unwrap();
        assert_eq!(holds(&app).unwrap(), Holding::City);
        let before = app.clock.now();
        drop(app);
        let again = clock(&folder, true, Now::Fixed).unwrap();
        assert!(again.now() >= before);
        let days = |days: i64| before.plus_millis(days * 86_400_000);
        let earlier = clock(&folder, true, Now::At(days(-1))).unwrap();
        assert!(earlier.now() >= before);
        let later = clock(&folder, true, Now::At(days(2))).unwrap();
        assert!(later.now() >= days(2) && later.now() < days(3));
    }
}
