//! Tasks, end to end: a roster is imported, the nearest on duty is sent, the clock runs from delivery, and the next is sent when
//! nobody answers. Real processes, real stores, real HTTP; the demo city's clock is moved on between two runs of the hub.
#![expect(clippy::unwrap_used, reason = "a failing test should stop")]

use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpListener;
use std::path::{Path, PathBuf};

use serde_json::{Value, json};
use xunge_domain::time::Timestamp;
use xunge_server::app::SystemEntropy;
use xunge_server::data_folder::DataFolder;
use xunge_tests::world::{Browser, DeviceProcess, ServerProcess, photo};

/// 至德街/商都路 in 圃田乡.
const PLACE: &str = "113.7861,34.7552";
/// The hub looks at once when it starts; each try is a request.
const TRIES: usize = 5_000;

struct City {
    folder: tempfile::TempDir,
    server: ServerProcess,
    clerk: Browser,
}

impl City {
    /// The demo city with more workers for 圃田乡: one who was far away, one on leave, one of the body that mends roads.
    fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let server = ServerProcess::demo(&folder.path().join("hub"), 0);
        let clerk = Browser::log_in(&server.url(), "clerk");
        let city = Self {
            folder,
            server,
            clerk,
        };
        let admin = Browser::log_in(&city.server.url(), "admin");
        let (_, worker) = admin.get("/api/people/worker-putian");
        let beats: Vec<&str> = worker["duty_grids"]
            .as_array()
            .unwrap()
            .iter()
            .map(|beat| beat.as_str().unwrap())
            .collect();
        let (beats, office) = (beats.join(";"), worker["organisation"].as_str().unwrap());
        let person = |id: &str, body: &str| format!("{id},{id},grid_worker,{body},{beats}\n");
        city.import(
            "people",
            &format!(
                "id,name,roles,organisation,duty_grids\n{}{}{}",
                person("worker-away", office),
                person("worker-on-leave", office),
                person("worker-of-road", "road-dept")
            ),
        );
        let day = "2025-06-30 08:00,2025-06-30 20:00,,";
        let shifts = [
            "worker-putian",
            "worker-putian-2",
            "worker-away",
            "worker-on-leave",
        ];
        let mut roster = "person,kind,from,until,duty_grids,to\n".to_owned();
        for worker in shifts {
            roster += &format!("{worker},shift,{day}\n");
        }
        roster += "worker-of-road,shift,2025-06-30 12:00,2025-06-30 20:00,,\n";
        roster += "worker-on-leave,leave,2025-06-30,2025-07-01,,\n";
        city.import("roster", &roster);
        let rules = city.write("rules.json", r#"{"share_per_myriad":0}"#);
        let set = city
            .server
            .command(&["task-rules", "--set", rules.to_str().unwrap()]);
        assert_eq!(
            (&set["share_per_myriad"], &set["verify_minutes"]),
            (&json!(0), &json!(30))
        );
        city
    }

    fn write(&self, name: &str, text: &str) -> PathBuf {
        let file = self.folder.path().join(name);
        std::fs::write(&file, text).unwrap();
        file
    }

    fn import(&self, table: &str, text: &str) {
        let file = self.write(&format!("{table}.csv"), text);
        let file = file.to_str().unwrap();
        let dated: &[&str] = if table == "roster" {
            &["--effective-date", "2025-06-30", "--edition", "六月"]
        } else {
            &[]
        };
        let done = self
            .server
            .command(&[&["import", "--table", table, "--json", file], dated].concat());
        assert_eq!(done["written"], true, "{table}: {done}");
    }

    fn device(&self, person: &str) -> DeviceProcess {
        let device = DeviceProcess::new(self.folder.path(), person);
        device.enrol(&self.server, person);
        device
    }

    fn picture(&self, name: &str) -> PathBuf {
        let seed = name.bytes().map(u64::from).sum();
        photo::draw(self.folder.path(), name, seed, 800, 600)
    }

    fn reported(&self, device: &DeviceProcess, name: &str) -> String {
        let found = self.picture(name);
        let fix = format!("{PLACE},8");
        let case = device.report_road(&found, &["--fix", &fix]);
        sync(device);
        case
    }

    fn on_site(&self, device: &DeviceProcess, case: &str, verb: &str) {
        let picture =
            self.picture(&format!("{verb}-{}", device.store().display()).replace('/', "-"));
        let picture = picture.to_str().unwrap();
        device.done(&[
            "act",
            case,
            verb,
            "--at",
            PLACE,
            "--reason",
            "现场情况",
            "--photo",
            picture,
        ]);
        sync(device);
    }

    fn later(&mut self, hour: &str) {
        self.server.restart_demo_at(&format!("2025-06-30 {hour}"));
        self.clerk = Browser::log_in(&self.server.url(), "clerk");
    }

    fn send(&self, case: &str) -> Value {
        let (status, sent) = self
            .clerk
            .post(&format!("/api/cases/{case}/tasks"), &json!({}));
        assert_eq!(status, 200, "{sent}");
        sent["task"].clone()
    }

    fn tasks(&self, case: &str) -> Vec<Value> {
        let (status, tasks) = self.clerk.get(&format!("/api/cases/{case}/tasks"));
        assert_eq!(status, 200);
        tasks.as_array().unwrap().clone()
    }

    fn state(&self, case: &str) -> String {
        let (_, case) = self.clerk.get(&format!("/api/cases/{case}"));
        case["standing"]["state"].as_str().unwrap().to_owned()
    }
}

fn sync(device: &DeviceProcess) {
    let run = device.run(&["sync"]);
    assert!(matches!(run.code, Some(0 | 3)), "{}", run.json);
}

fn listed(device: &DeviceProcess) -> Vec<Value> {
    let told = device.done(&["task", "list"]);
    told["tasks"].as_array().unwrap().clone()
}

fn people(task: &Value) -> Vec<&str> {
    let candidates = task["choice"]["candidates"].as_array().unwrap();
    candidates
        .iter()
        .map(|one| one["person"].as_str().unwrap())
        .collect()
}

/// Tries until something is so.
fn wait<Found>(what: &str, mut look: impl FnMut() -> Option<Found>) -> Found {
    for _ in 0..TRIES {
        if let Some(found) = look() {
            return found;
        }
        std::thread::yield_now();
    }
    panic!("{what} did not happen")
}

/// The hub keeps the place of what somebody sealed once its examiner has looked.
fn position_known(data: &Path, person: &str) {
    let hub = DataFolder::at(data)
        .open_beside(std::sync::Arc::new(SystemEntropy))
        .unwrap();
    let person = person.parse().unwrap();
    wait("a position", || {
        let pieces = hub.store.reading(|read| read.pieces_of_person(&person, 1));
        (!pieces.unwrap().is_empty()).then_some(())
    });
}

fn instant(value: &Value) -> Timestamp {
    Timestamp::from_rfc3339(value.as_str().unwrap()).unwrap()
}

#[test]
fn the_nearest_on_duty_gets_it_and_the_next_when_nobody_answers() {
    let mut city = City::new();
    let (reporter, near, away) = (
        city.device("worker-putian"),
        city.device("worker-putian-2"),
        city.device("worker-away"),
    );
    // The colleague was just there, by a matter of their own; of the other only the beats are known.
    city.reported(&near, "another");
    position_known(city.server.data(), "worker-putian-2");
    let case = city.reported(&reporter, "found");
    let task = city.send(&case);
    assert_eq!(
        people(&task),
        ["worker-putian-2", "worker-away"],
        "neither the reporter nor who is on leave"
    );
    assert_eq!(task["person"], "worker-putian-2");
    let nearest = &task["choice"]["candidates"][0];
    assert_eq!(nearest["from"], "last_position");
    assert!(nearest["metres"].as_u64().unwrap() < 50, "{nearest}");

    // Nobody has it yet; the clock begins when the phone fetches it, and phone and hub show the same minute.
    assert_eq!(city.tasks(&case)[0]["delivered_at"], Value::Null);
    assert!(listed(&near).is_empty());
    sync(&near);
    let on_phone = listed(&near);
    let at_hub = city.tasks(&case);
    assert_eq!((on_phone.len(), &on_phone[0]["case"]), (1, &json!(case)));
    assert_eq!(
        (&on_phone[0]["kind"], &on_phone[0]["answered"]),
        (&json!("verify"), &json!(false))
    );
    let due = instant(&at_hub[0]["due_at"]);
    let delivered = instant(&at_hub[0]["delivered_at"]);
    assert_eq!(
        on_phone[0]["due_at"].as_i64().unwrap() / 1_000,
        due.as_millis() / 1_000
    );
    let minutes = due.millis_since(delivered);
    assert!(
        (30 * 60_000..31 * 60_000).contains(&minutes),
        "{minutes} ms"
    );
    sync(&near);
    assert_eq!(
        city.tasks(&case)[0]["delivered_at"],
        at_hub[0]["delivered_at"],
        "it began once"
    );

    // Half an hour goes by. The next is told by the channel an admin set up, in words that name no case.
    let gateway = TcpListener::bind("127.0.0.1:0").unwrap();
    let url = format!("http://{}/sms", gateway.local_addr().unwrap());
    let channels = json!({ "sms": { "url": url, "people": { "worker-away": "+8613800000000" } } });
    let file = city.server.data().join("notify.json");
    std::fs::write(&file, channels.to_string()).unwrap();
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt as _;
        std::fs::set_permissions(&file, std::fs::Permissions::from_mode(0o600)).unwrap();
    }
    city.later("11:40");
    let (stream, _) = gateway.accept().unwrap();
    let mut reader = BufReader::new(&stream);
    let mut head = String::new();
    while !head.ends_with("\r\n\r\n") {
        assert!(reader.read_line(&mut head).unwrap() > 0);
    }
    let length = head.lines().find_map(|line| {
        line.to_lowercase()
            .strip_prefix("content-length:")?
            .trim()
            .parse()
            .ok()
    });
    let mut body = vec![0; length.unwrap()];
    reader.read_exact(&mut body).unwrap();
    (&stream)
        .write_all(b"HTTP/1.1 200 ok\r\ncontent-length: 2\r\nconnection: close\r\n\r\n{}")
        .unwrap();
    let told: Value = serde_json::from_slice(&body).unwrap();
    assert_eq!(
        told,
        json!({ "to": "+8613800000000", "text": "你有 1 个新的核实任务，请在应用中查看" })
    );

    let tasks = wait("a second offer", || {
        Some(city.tasks(&case)).filter(|tasks| tasks.len() == 2)
    });
    assert_eq!(
        (&tasks[0]["end"], &tasks[1]["person"]),
        (&json!("lapsed"), &json!("worker-away"))
    );
    let (_, open) = city.clerk.get("/api/tasks");
    assert_eq!(open["tasks"].as_array().unwrap().len(), 1, "{open}");

    // The second looks and answers; the first, who looked without signal, is told that it was decided.
    sync(&away);
    assert_eq!(listed(&away).len(), 1);
    let picture = city.picture("late");
    near.done(&[
        "act",
        &case,
        "verify",
        "--at",
        PLACE,
        "--reason",
        "现场情况",
        "--photo",
        picture.to_str().unwrap(),
    ]);
    assert_eq!(listed(&near)[0]["answered"], true);
    city.on_site(&away, &case, "verify");
    assert_eq!(city.state(&case), "reported");
    assert_eq!(city.tasks(&case)[1]["end"], "answered");
    sync(&away);
    sync(&near);
    assert!(listed(&away).is_empty() && listed(&near).is_empty());
    let shown = near.done(&["show", &case]);
    let declined = shown["timeline"].as_array().unwrap().iter().any(|event| {
        event["author"] == "worker-putian-2" && event["ruling"]["reason"]["code"] == "wrong_state"
    });
    assert!(declined, "{}", shown["timeline"]);
    let report = city.server.command(&["doctor", "--json"]);
    assert_eq!(report["findings"], json!([]), "{report}");
}

#[test]
fn whoever_was_asked_first_may_still_answer_and_no_beneficiary_checks() {
    let mut city = City::new();
    let (reporter, crew) = (city.device("worker-putian"), city.device("road-dept"));
    let case = city.reported(&reporter, "found");
    let first = city.send(&case);
    let person = first["person"].as_str().unwrap().to_owned();
    let phone = city.device(&person);
    sync(&phone);
    city.later("11:40");
    wait("a second offer", || {
        Some(city.tasks(&case)).filter(|tasks| tasks.len() == 2)
    });
    // The first stood there all the time, and is heard before the second.
    city.on_site(&phone, &case, "verify");
    assert_eq!(city.state(&case), "reported");
    let tasks = city.tasks(&case);
    assert_eq!(
        (&tasks[0]["end"], &tasks[1]["end"]),
        (&json!("lapsed"), &json!("settled"))
    );
    assert!(tasks[0]["answered_at"].is_string(), "{}", tasks[0]);

    // To the works and back.
    let url = city.server.url();
    let (leader, dispatcher) = (
        Browser::log_in(&url, "shift-leader"),
        Browser::log_in(&url, "dispatcher"),
    );
    city.clerk.accepted(&case, &json!({ "action": "accept" }));
    leader.accepted(&case, &json!({ "action": "file", "condition": "1" }));
    dispatcher.accepted(
        &case,
        &json!({ "action": "dispatch", "lead": "road-dept", "assist": [], "notify": [] }),
    );
    sync(&crew);
    crew.done(&["act", &case, "claim"]);
    crew.done(&[
        "act",
        &case,
        "apply_send_back",
        "--cause",
        "wrong_owner",
        "--reason",
        "属电力井",
    ]);
    sync(&crew);
    // What waits for somebody's approval is a list of its own.
    let mine = |who: &Browser| who.get("/api/approvals?mine=true").1;
    let waiting = mine(&dispatcher);
    assert_eq!(
        (
            &waiting[0]["case"],
            &waiting[0]["kind"],
            &waiting[0]["by"],
            &waiting[0]["mine"]
        ),
        (
            &json!(case),
            &json!("send_back"),
            &json!("road-dept"),
            &json!(true)
        )
    );
    assert_eq!(mine(&leader), json!([]));
    assert_eq!(leader.get("/api/approvals").1[0]["mine"], false);
    dispatcher.accepted(
        &case,
        &json!({ "action": "approve_send_back", "granted": false, "reason": "权属明确" }),
    );
    assert_eq!(mine(&dispatcher), json!([]));
    sync(&crew);
    city.on_site(&crew, &case, "feedback");
    assert_eq!(city.state(&case), "fed_back");

    // At half past twelve the colleague of the road department is on duty as well, and is none to check its works.
    city.later("12:30");
    let check = city.send(&case);
    let mut candidates = people(&check);
    candidates.sort_unstable();
    assert_eq!(
        candidates,
        ["worker-away", "worker-putian", "worker-putian-2"]
    );
    assert_eq!(
        (&check["kind"], city.state(&case).as_str()),
        (&json!("check"), "checking")
    );
    let checker = check["person"].as_str().unwrap().to_owned();
    let device = match checker.as_str() {
        "worker-putian" => reporter,
        other if other == person => phone,
        other => city.device(other),
    };
    sync(&device);
    assert_eq!(listed(&device)[0]["kind"], "check");
    city.on_site(&device, &case, "check");
    assert_eq!(city.state(&case), "to_close");
    let tasks = city.tasks(&case);
    assert_eq!(tasks.last().unwrap()["end"], "answered");
    let (_, open) = city.clerk.get("/api/tasks");
    assert_eq!(open["tasks"], json!([]));
    let report = city.server.command(&["doctor", "--json"]);
    assert_eq!(report["findings"], json!([]), "{report}");
}

#[test]
fn a_worker_declines_on_the_phone_and_says_leave_there() {
    let city = City::new();
    let reporter = city.device("worker-putian");
    let case = city.reported(&reporter, "found");
    let person = city.send(&case)["person"].as_str().unwrap().to_owned();
    let phone = city.device(&person);
    sync(&phone);

    // Said without signal, by one process; the next one knows it.
    let wordless = phone.run(&["task", "decline", &case, "--cause", "other"]);
    assert_ne!(wordless.code, Some(0), "{}", wordless.json);
    let decline = [
        "task",
        "decline",
        &case,
        "--cause",
        "too_far",
        "--words",
        "在城东",
    ];
    let said = phone.done(&decline)["id"].clone();
    assert_eq!(phone.done(&decline)["id"], said, "twice is once");
    let declined = listed(&phone)[0]["declined"].clone();
    assert_eq!(
        (&declined["cause"], &declined["delivery"]),
        (&json!("too_far"), &json!("on_device"))
    );
    assert!(
        phone
            .text(&["task", "list"])
            .contains("已拒派 declined（距离太远；在本机，待送达")
    );
    assert_eq!(city.tasks(&case).len(), 1, "the hub cannot know yet");

    // With signal it is gone from the phone, and somebody else's at the hub, with the reason.
    sync(&phone);
    assert!(listed(&phone).is_empty());
    let tasks = city.tasks(&case);
    assert_eq!(
        (
            tasks.len(),
            &tasks[0]["end"],
            &tasks[0]["declined"]["reason"]["words"]
        ),
        (2, &json!("declined"), &json!("在城东"))
    );
    assert_ne!(tasks[1]["person"], json!(person));
    // Others who see the case are told that the offer was declined, and when: a reason can be an illness.
    let leader = Browser::log_in(&city.server.url(), "leader");
    let seen = leader.get(&format!("/api/cases/{case}/tasks")).1[0]["declined"].clone();
    assert_eq!(
        (&seen["at"], &seen["reason"]),
        (&tasks[0]["declined"]["at"], &Value::Null)
    );
    sync(&phone);
    assert!(listed(&phone).is_empty());

    // A leave, taken back again. The phone's clock is that of this machine, and what is long over it does not show.
    let leave = [
        "task",
        "leave",
        "--from",
        "2099-06-30 08:00",
        "--until",
        "2099-07-01 08:00",
        "--words",
        "复诊",
    ];
    let id = phone.done(&leave)["id"].as_str().unwrap().to_owned();
    sync(&phone);
    let leaves = || city.clerk.get("/api/leaves").1;
    assert_eq!(
        (
            &leaves()[0]["person"],
            &leaves()[0]["id"],
            &leaves()[0]["until"]
        ),
        (
            &json!(person),
            &json!(id),
            &json!("2099-07-01T08:00:00+08:00")
        )
    );
    let shown = phone.text(&["task", "leave", "list"]);
    assert!(shown.contains("复诊  已送达"), "{shown}");
    phone.done(&["task", "leave", "take-back", &id]);
    sync(&phone);
    assert_eq!(leaves(), json!([]));
    let here = phone.done(&["task", "leave", "list"])["leaves"][0]["taken_back"].clone();
    assert_eq!(here, "received");
    let report = city.server.command(&["doctor", "--json"]);
    assert_eq!(report["findings"], json!([]), "{report}");
}
