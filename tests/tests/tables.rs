//! The city's tables through real processes: imported on the hub, on the phone after a sync, and kept fresh by what differs.
#![expect(clippy::unwrap_used, reason = "a failing test should stop")]

use std::path::{Path, PathBuf};
use std::process::Command;

use serde_json::{Value, json};
use xunge_tests::proxy::{ChaosProxy, Weather};
use xunge_tests::world::{DeviceProcess, ServerProcess, binary};

/// A beat of sixty unit grids and three hundred components: four communities of the synthetic city.
const WORKER: &str = "synthetic-00002";
/// The gate for all tables of such a beat, in bytes on the socket.
const EXTRACT_BYTES_MAX: u64 = 100 * 1024;
/// The gate for a changed class.
const CLASS_BYTES_MAX: u64 = 2 * 1024;

struct City {
    folder: tempfile::TempDir,
    server: ServerProcess,
    proxy: ChaosProxy,
    phone: DeviceProcess,
}

impl City {
    /// A hub with the tables of a made-up city, and a phone that knows nothing of them yet.
    fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let server = ServerProcess::demo(&folder.path().join("hub"), 0);
        let proxy = ChaosProxy::start(server.address, Weather::default()).unwrap();
        let phone = DeviceProcess::new(folder.path(), "phone");
        let city = Self {
            folder,
            server,
            proxy,
            phone,
        };
        let files = city.folder.path().join("city");
        let made = Command::new(binary("xunge"))
            .args([
                "synthetic-city",
                "--seed",
                "5",
                "--grids",
                "270",
                "--components",
                "1350",
                "--people",
                "40",
            ])
            .arg("--to")
            .arg(&files)
            .output()
            .unwrap();
        assert!(made.status.success());
        for table in [
            "departments",
            "grids",
            "classes",
            "limits",
            "stage_limits",
            "holidays",
            "hours",
            "phrases",
            "components",
            "people",
        ] {
            city.import(table, "first", &files.join(format!("{table}.csv")));
        }
        city
    }

    /// The demo city's clock stands in the summer of 2025.
    fn import(&self, table: &str, edition: &str, file: &Path) {
        let file = file.to_str().unwrap();
        let day = "2025-06-01";
        let done = self.server.command(&[
            "import",
            "--table",
            table,
            "--edition",
            edition,
            "--effective-date",
            day,
            "--sample",
            "--json",
            file,
        ]);
        assert_eq!(done["written"], true, "{table}: {done}");
    }

    fn file(&self, table: &str) -> PathBuf {
        self.folder.path().join("city").join(format!("{table}.csv"))
    }

    /// Bytes both ways of an enrolment.
    fn enrol(&self) -> u64 {
        let code = self.server.enrolment_code(WORKER);
        let url = self.proxy.url();
        self.bytes_of(&["enrol", "--server", &url, "--code", &code])
    }

    /// Bytes both ways of a sync.
    fn sync(&self) -> u64 {
        self.bytes_of(&["sync"])
    }

    fn bytes_of(&self, verb: &[&str]) -> u64 {
        let bytes = || self.proxy.counters().bytes_up() + self.proxy.counters().bytes_down();
        let before = bytes();
        self.phone.done(verb);
        bytes() - before
    }

    /// The components of a class that the phone knows, nearest to a corner of the city first.
    fn components(&self, class: &str) -> Vec<Value> {
        let at = "112.75,34.275";
        let verb = [
            "components",
            "--at",
            at,
            "--class",
            class,
            "--within",
            "200000",
        ];
        self.phone.done(&verb)["components"]
            .as_array()
            .unwrap()
            .clone()
    }

    /// The smallest of a few syncs in which there was nothing to say: a signature is a byte or two longer now and then.
    fn nothing_new(&self) -> u64 {
        (0..3).map(|_| self.sync()).min().unwrap()
    }

    fn tables(&self) -> Value {
        let told = self.phone.done(&["tables"])["tables"].clone();
        let tables = told.as_array().unwrap().iter();
        let seen = tables.map(|table| (table["table"].as_str().unwrap().to_owned(), table.clone()));
        Value::Object(seen.collect())
    }
}

#[test]
fn the_tables_of_a_beat_reach_the_phone_and_only_what_differs_follows() {
    let city = City::new();
    let first = city.enrol();
    let tables = city.tables();
    let grids = tables["grids"]["rows"].as_u64().unwrap();
    let components = tables["components"]["rows"].as_u64().unwrap();
    assert!(
        (55..=65).contains(&grids) && (275..=325).contains(&components),
        "{tables}"
    );
    assert_eq!(
        (&tables["classes"]["rows"], &tables["limits"]["rows"]),
        (&json!(264), &json!(264))
    );
    assert_eq!(
        (&tables["holidays"]["rows"], &tables["phrases"]["rows"]),
        // The city's own, and carried ones of the years that it does not cover: what the hub counts with.
        (&json!(57), &json!(20))
    );
    assert_eq!(
        (&tables["hours"]["rows"], &tables["stage_limits"]["rows"]),
        (&json!(6), &json!(10))
    );
    assert_eq!(
        (&tables["grids"]["edition"], &tables["classes"]["sample"]),
        (&json!("first"), &json!(true))
    );
    let quiet = city.nothing_new();
    eprintln!("{grids} grids, {components} components: {first} bytes; nothing new: {quiet}");
    assert!(first < EXTRACT_BYTES_MAX, "{first} bytes for all tables");

    // A class gets another limit: an edition of 264 classes, of which one is another.
    let classes = std::fs::read_to_string(city.file("classes")).unwrap();
    let line = classes.lines().nth(1).unwrap();
    let changed = classes.replacen(line, &line.replacen("影响使用", "影响通行和使用", 1), 1);
    assert_ne!(classes, changed);
    let file = city.folder.path().join("changed.csv");
    std::fs::write(&file, &changed).unwrap();
    city.import("classes", "second", &file);
    let class = city.sync() - quiet;
    eprintln!("a changed class: {class} bytes");
    assert!(class < CLASS_BYTES_MAX, "{class} bytes for a class");
    let tables = city.tables();
    assert_eq!(
        (&tables["classes"]["edition"], &tables["classes"]["rows"]),
        (&json!("second"), &json!(264))
    );
    let again = city.sync();
    assert!(
        again < quiet + 32,
        "{again} bytes when nothing is new, {quiet} before"
    );

    // The summer of one bureau is another: a row of six.
    let hours = std::fs::read_to_string(city.file("hours")).unwrap();
    let changed = hours.replacen("07:00-21:00", "06:00-20:00", 1);
    assert_ne!(hours, changed);
    std::fs::write(&file, &changed).unwrap();
    city.import("hours", "second", &file);
    let row = city.sync() - quiet;
    eprintln!("changed hours: {row} bytes");
    assert!(row < CLASS_BYTES_MAX, "{row} bytes for hours");
    assert_eq!(city.tables()["hours"]["edition"], json!("second"));

    // A component is lost, another is gone from the survey.
    let survey = std::fs::read_to_string(city.file("components")).unwrap();
    let classes: Vec<String> = (10_101..10_124).map(|code| code.to_string()).collect();
    let mut found = classes.iter().map(|class| city.components(class));
    let near = found.find(|near| near.len() >= 2).unwrap();
    let class = near[0]["class"].as_str().unwrap();
    let code = |index: usize| near[index]["code"].as_str().unwrap();
    let distance = |index: usize| near[index]["metres"].as_f64().unwrap();
    assert!(distance(0) <= distance(1));
    let (lost, gone) = (code(0), code(1));
    let lines = survey.lines().filter(|line| !line.starts_with(gone));
    let lines = lines.map(|line| {
        let states = ["intact", "damaged", "abandoned"];
        let is_lost = line.starts_with(lost);
        let other = states.iter().find(|state| is_lost && line.contains(*state));
        other.map_or_else(|| line.to_owned(), |state| line.replacen(state, "lost", 1))
    });
    let file = city.folder.path().join("survey.csv");
    std::fs::write(&file, lines.collect::<Vec<_>>().join("\n")).unwrap();
    city.import("components", "second", &file);
    let delta = city.sync() - quiet;
    eprintln!("a changed and a removed component: {delta} bytes");
    assert!(delta < CLASS_BYTES_MAX, "{delta} bytes for two components");
    assert_eq!(city.tables()["components"]["rows"], json!(components - 1));
    let after = city.components(class);
    assert_eq!(
        (&after[0]["code"], &after[0]["state"]),
        (&json!(lost), &json!("lost"))
    );
    assert!(after.iter().all(|near| near["code"] != json!(gone)));
}

#[test]
fn another_beat_brings_its_own_tables_and_a_bad_file_none() {
    let city = City::new();
    city.enrol();
    let before = city.tables();
    let people = std::fs::read_to_string(city.file("people")).unwrap();
    let line = people
        .lines()
        .find(|line| line.starts_with(WORKER))
        .unwrap();
    let (cells, beats) = line.rsplit_once(',').unwrap();
    let one_beat = format!("{cells},{}", beats.split(';').next().unwrap());
    let file = city.folder.path().join("moved.csv");
    std::fs::write(&file, people.replace(line, &one_beat)).unwrap();
    city.import("people", "moved", &file);
    city.sync();
    // The first sync brings the beat, the errand behind it the tables of that beat.
    let after = city.tables();
    let rows = |tables: &Value, table: &str| tables[table]["rows"].as_u64().unwrap();
    assert!(
        rows(&after, "grids") < rows(&before, "grids") / 2,
        "{after}"
    );
    assert!(rows(&after, "components") < rows(&before, "components") / 2);
    assert_eq!(after["classes"], before["classes"]);

    let bad = city.folder.path().join("bad.csv");
    std::fs::write(&bad, "code,use,text\n1,sing,x\n").unwrap();
    let refused = city
        .server
        .try_command(&["import", "--table", "phrases", bad.to_str().unwrap()]);
    assert!(refused.unwrap_err().contains("table_bad_rows"));
    city.sync();
    assert_eq!(city.tables(), after);
}
