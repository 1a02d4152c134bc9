//! People are told that tasks wait: by a mock of the robot of 企业微信 and of an SMS gateway, which keep to their providers' rates and
//! look at every letter that arrives.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::{TcpListener, TcpStream};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex};

use serde_json::{Value, json};
use xunge_domain::tables::TableKind;
use xunge_domain::time::Timestamp;
use xunge_server::app::{Clock, FixedClock};
use xunge_server::services::notify::{Notifiers, NotifyConfig, send_due};

use crate::support::{Browser, Hub};
use crate::tasks::{case, import_table, ready, worker};

const SECOND: i64 = 1_000;

/// A message as it came: when, where to, and all of it.
#[derive(Debug, Clone)]
pub(crate) struct Came {
    at: Timestamp,
    path: String,
    pub(crate) head: String,
    pub(crate) body: Value,
}

/// Both providers on one port. A message beyond the rate is refused as they refuse it.
pub(crate) struct Providers {
    pub(crate) url: String,
    came: Arc<Mutex<Vec<Came>>>,
    refused: Arc<Mutex<Vec<Came>>>,
    down: Arc<AtomicBool>,
}

impl Providers {
    pub(crate) fn start(clock: Arc<FixedClock>) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let url = format!("http://{}", listener.local_addr().unwrap());
        let providers = Self {
            url,
            came: Arc::default(),
            refused: Arc::default(),
            down: Arc::default(),
        };
        let (came, refused) = (Arc::clone(&providers.came), Arc::clone(&providers.refused));
        let down = Arc::clone(&providers.down);
        std::thread::spawn(move || {
            for stream in listener.incoming().map_while(Result::ok) {
                let message = read(&stream, clock.now());
                let (status, answer) = if down.load(Ordering::SeqCst) {
                    (503, json!({}))
                } else {
                    judge(&message, &came.lock().unwrap())
                };
                let taken = status == 200 && answer["errcode"].as_i64().unwrap_or(0) == 0;
                let kept = if taken { &came } else { &refused };
                kept.lock().unwrap().push(message);
                reply(stream, status, &answer);
            }
        });
        providers
    }

    pub(crate) fn taken(&self, path: &str) -> Vec<Came> {
        let came = self.came.lock().unwrap();
        came.iter()
            .filter(|one| one.path == path)
            .cloned()
            .collect()
    }

    pub(crate) fn refused(&self) -> usize {
        self.refused.lock().unwrap().len()
    }

    /// Whether they have trouble of their own from now on.
    pub(crate) fn go_down(&self, down: bool) {
        self.down.store(down, Ordering::SeqCst);
    }
}

/// 20 a minute for the robot; for a number one a minute, five an hour, ten a day.
fn judge(message: &Came, before: &[Came]) -> (u16, Value) {
    let same = |one: &&Came| one.path == message.path && one.body["to"] == message.body["to"];
    let within = |seconds: i64| {
        let recent = |one: &&Came| message.at.millis_since(one.at) < seconds * SECOND;
        before.iter().filter(same).filter(recent).count()
    };
    match message.path.as_str() {
        "/robot" if within(60) >= 20 => (
            200,
            json!({ "errcode": 45_009, "errmsg": "api freq out of limit" }),
        ),
        "/robot" => (200, json!({ "errcode": 0, "errmsg": "ok" })),
        _ if within(60) >= 1 || within(3_600) >= 5 || within(86_400) >= 10 => (429, json!({})),
        _ => (200, json!({ "id": 1 })),
    }
}

fn read(stream: &TcpStream, at: Timestamp) -> Came {
    let mut reader = BufReader::new(stream);
    let mut head = String::new();
    while !head.ends_with("\r\n\r\n") {
        assert!(reader.read_line(&mut head).unwrap() > 0, "a whole head");
    }
    let length = head.lines().find_map(|line| {
        let (name, value) = line.split_once(':')?;
        name.eq_ignore_ascii_case("content-length")
            .then(|| value.trim().parse::<usize>().unwrap())
    });
    let mut body = vec![0; length.unwrap()];
    reader.read_exact(&mut body).unwrap();
    let path = head.split(' ').nth(1).unwrap();
    Came {
        at,
        path: path.split('?').next().unwrap().to_owned(),
        body: serde_json::from_slice(&body).unwrap(),
        head,
    }
}

fn reply(mut stream: TcpStream, status: u16, answer: &Value) {
    let body = answer.to_string();
    let head = format!(
        "HTTP/1.1 {status} x\r\ncontent-type: application/json\r\ncontent-length: {}\r\nconnection: close\r\n\r\n",
        body.len()
    );
    stream.write_all(head.as_bytes()).unwrap();
    stream.write_all(body.as_bytes()).unwrap();
}

struct Desk {
    hub: Hub,
    clerk: Browser,
    providers: Providers,
    notifiers: Notifiers,
}

impl Desk {
    /// So many workers, each known to both channels.
    fn new(workers: usize) -> Self {
        let hub = ready();
        let providers = Providers::start(Arc::clone(&hub.clock));
        let mut roster = "person,kind,from,until,duty_grids,to\n".to_owned();
        let (mut users, mut numbers) = (json!({}), json!({}));
        for index in 0..workers {
            let id = format!("w-{index:02}");
            worker(&hub, &id, &["putian-1"]);
            roster += &format!("{id},shift,2025-06-30 00:00,2025-07-01 00:00,,\n");
            users[&id] = json!(format!("user{index:02}"));
            numbers[&id] = json!(format!("+86138000000{index:02}"));
        }
        import_table(&hub, TableKind::Roster, &roster);
        let config = json!({
            "wecom": { "url": format!("{}/robot?key=k", providers.url), "people": users },
            "sms": { "url": format!("{}/sms", providers.url), "authorization": "Bearer s", "people": numbers },
        });
        let config: NotifyConfig = serde_json::from_value(config).unwrap();
        Self {
            clerk: hub.logged_in("clerk"),
            notifiers: config.notifiers().unwrap(),
            providers,
            hub,
        }
    }

    fn send_to(&self, worker: usize, number: &str) -> String {
        let case = case(&self.clerk, number);
        let act = json!({ "action": "send_verify", "to": format!("w-{worker:02}") });
        let path = format!("/api/cases/{case}/actions");
        let ruled = self.clerk.send("POST", &path, Some(&act)).json();
        assert_eq!(ruled["outcome"], "accepted", "{ruled}");
        case
    }

    fn turn(&self) -> usize {
        send_due(&self.hub.state, &self.notifiers).unwrap()
    }

    fn later(&self, seconds: i64) -> usize {
        self.hub.clock.advance_millis(seconds * SECOND);
        self.turn()
    }
}

#[test]
fn notices_keep_to_the_rates_and_say_nothing_of_any_case() {
    let desk = Desk::new(25);
    let cases: Vec<String> = (0..25)
        .map(|index| desk.send_to(index, &format!("12345-{index}")))
        .collect();
    // The robot takes twenty a minute, each number one.
    assert_eq!(desk.turn(), 45);
    assert_eq!(desk.later(59), 0);
    assert_eq!(desk.later(1), 5);
    assert_eq!(
        (
            desk.providers.taken("/robot").len(),
            desk.providers.taken("/sms").len()
        ),
        (25, 25)
    );
    assert_eq!(
        desk.providers.refused(),
        0,
        "the hub asks for no more than is allowed"
    );
    // Everybody is told once; nothing is left to say.
    assert_eq!(desk.later(600), 0);

    let came = [desk.providers.taken("/robot"), desk.providers.taken("/sms")].concat();
    for message in &came {
        let all = format!("{}{}", message.head, message.body);
        let mut forbidden = vec![
            "绝密".to_owned(),
            "road_damage".into(),
            "路面".into(),
            "12345".into(),
            "113.78".into(),
            "34.75".into(),
            "网格员".into(),
            "putian".into(),
            "w-".into(),
            "clerk".into(),
        ];
        for case in &cases {
            forbidden.push(case.clone());
            forbidden.push(case[case.len() - 8..].to_uppercase());
        }
        for word in forbidden {
            assert!(!all.contains(&word), "{word} left the hub: {all}");
        }
        let words = message.body["text"]["content"]
            .as_str()
            .or_else(|| message.body["text"].as_str());
        assert_eq!(words, Some("你有 1 个新的核实任务，请在应用中查看"));
    }
    let robot = &desk.providers.taken("/robot")[0];
    assert_eq!(robot.body["msgtype"], "text");
    assert_eq!(
        robot.body["text"]["mentioned_list"]
            .as_array()
            .unwrap()
            .len(),
        1
    );
    assert!(
        desk.providers.taken("/sms")[0]
            .head
            .to_lowercase()
            .contains("authorization: bearer s")
    );
}

#[test]
fn a_number_gets_one_a_minute_five_an_hour_and_ten_a_day() {
    let mut desk = Desk::new(1);
    let mut told = 0;
    for round in 0..200 {
        if round % 60 == 59 {
            // A session is good for twelve hours.
            desk.clerk = desk.hub.logged_in("clerk");
        }
        desk.send_to(0, &format!("12345-{round}"));
        told += desk.later(600);
    }
    // 33 hours. The robot tells each time; the number is told as its limits let it.
    let sms = desk.providers.taken("/sms");
    assert_eq!(desk.providers.refused(), 0);
    assert_eq!(told, 200 + sms.len());
    let first_day = sms
        .iter()
        .filter(|one| one.at.millis_since(sms[0].at) < 86_400 * SECOND);
    assert_eq!(first_day.count(), 10);
    assert!(sms.len() > 10, "the next day there are more");
    // What waited is said together.
    let last = sms.last().unwrap().body["text"]
        .as_str()
        .unwrap()
        .to_owned();
    assert!(
        last.starts_with("你有 1") && last.contains("个新的核实任务"),
        "{last}"
    );
}

#[test]
fn a_provider_in_trouble_is_asked_again_later_and_less_often() {
    let desk = Desk::new(1);
    desk.providers.go_down(true);
    desk.send_to(0, "12345-1");
    assert_eq!((desk.turn(), desk.providers.refused()), (0, 2));
    assert_eq!((desk.later(29), desk.providers.refused()), (0, 2));
    assert_eq!((desk.later(1), desk.providers.refused()), (0, 4));
    assert_eq!((desk.later(59), desk.providers.refused()), (0, 4));
    desk.providers.go_down(false);
    assert_eq!(desk.later(1), 2);
    assert_eq!(desk.later(3_600), 0);
}

#[test]
fn whoever_is_reached_by_nothing_keeps_nothing_waiting() {
    let desk = Desk::new(1);
    worker(&desk.hub, "unreached", &["putian-1"]);
    let case = case(&desk.clerk, "12345-1");
    let act = json!({ "action": "send_verify", "to": "unreached" });
    let path = format!("/api/cases/{case}/actions");
    assert_eq!(
        desk.clerk.send("POST", &path, Some(&act)).json()["outcome"],
        "accepted"
    );
    assert_eq!(desk.turn(), 0);
    let waiting = desk
        .hub
        .state
        .store
        .reading(|read| read.due_notices(Timestamp::from_millis(i64::MAX), 9));
    assert!(waiting.unwrap().is_empty());
    // A hub without channels forgets as well.
    desk.send_to(0, "12345-2");
    assert_eq!(send_due(&desk.hub.state, &[]).unwrap(), 0);
    assert_eq!(desk.later(60), 0);
}

#[test]
fn a_file_that_others_may_read_is_not_used() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("notify.json");
    assert!(
        NotifyConfig::open(&file).unwrap().is_empty(),
        "none is no trouble"
    );
    let write = |text: &str, mode: u32| {
        use std::os::unix::fs::PermissionsExt as _;
        std::fs::write(&file, text).unwrap();
        std::fs::set_permissions(&file, std::fs::Permissions::from_mode(mode)).unwrap();
        NotifyConfig::open(&file)
    };
    let good = r#"{"sms":{"url":"http://127.0.0.1:9/sms","people":{}}}"#;
    assert_eq!(write(good, 0o600).unwrap().len(), 1);
    for (text, mode) in [
        (good, 0o644),
        (
            r#"{"sms":{"url":"http://sms.example/","people":{}}}"#,
            0o600,
        ),
        (r#"{"pigeon":{}}"#, 0o600),
        (
            r#"{"authorities":"/nowhere","sms":{"url":"https://sms.example/","people":{}}}"#,
            0o600,
        ),
    ] {
        assert!(write(text, mode).is_err(), "{text} {mode:o}");
    }
}
