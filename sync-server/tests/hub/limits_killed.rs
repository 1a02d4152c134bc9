//! Each level of a limit is logged once and confirmed by the gateway once, whatever kills the hub (signal 9) around it: real
//! processes on one data folder, a real HTTP gateway, and a copy of the folder that goes on by itself.
//!
//! What is guaranteed: a line in the log and a place in the queue exactly once. To the gateway a message goes until it has confirmed
//! it; only a kill between its answer and the hub's note of it makes it see one again.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::{TcpListener, TcpStream};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::sync::{Arc, Condvar, Mutex};
use std::time::{Duration, Instant};

use serde_json::{Value, json};
use xunge_domain::ids::PersonId;
use xunge_domain::time::Timestamp;
use xunge_server::app::{App, SystemEntropy};
use xunge_server::data_folder::DataFolder;
use xunge_server::store::StoreError;
use xunge_server::store::rows::MetaKey;

use crate::support::Browser;

/// The password of every persona of the demo city.
const DEMO_PASSWORD: &str = "xunge-demo";
const DUE_SOON: &str = "你有 1 项时限即将到期，请在应用中查看";
const DUE: &str = "你有 1 项时限已到期，请在应用中查看";
const TWICE_OVER: &str = "你有 1 项时限严重超时，请在应用中查看";
/// Who is told of a report that nobody accepts, each by a number of their own.
const PEOPLE: [&str; 3] = ["clerk", "leader", "shift-leader"];
/// A hub that says nothing for so long has died of something else.
const LONGEST: Duration = Duration::from_secs(120);
/// Kills at the start of a hub that has something to tell.
const KILLS_AT_START: usize = 6;

/// A hub as a process of its own, whose clock stands where it is told to begin.
struct Serving {
    child: Child,
    url: String,
}

impl Serving {
    /// Serves an empty demo city from an instant on, made in the folder unless one is there.
    fn at(data: &Path, now: &str) -> Self {
        let mut child = Command::new(env!("CARGO_BIN_EXE_xunge"))
            .args(["demo", "--cases", "0", "--listen", "127.0.0.1:0"])
            .args(["--now", now, "--data"])
            .arg(data)
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        let mut lines = BufReader::new(child.stdout.take().unwrap()).lines();
        let mut said = lines.by_ref().map_while(Result::ok);
        let url = said.find_map(|line| Some(line.strip_prefix("listening on ")?.to_owned()));
        // The rest is read, or the pipe would fill and stop it.
        std::thread::spawn(move || lines.map_while(Result::ok).for_each(drop));
        Self {
            child,
            url: url.expect("it says where it listens"),
        }
    }

    /// Signal 9, and waits until it is gone.
    fn kill(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

impl Drop for Serving {
    fn drop(&mut self) {
        self.kill();
    }
}

/// A message as it came.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Message {
    to: String,
    text: String,
    /// Whether the gateway confirmed it.
    confirmed: bool,
}

#[derive(Default)]
struct Told {
    messages: Vec<Message>,
    /// Takes messages and leaves them without an answer, each on its open connection.
    silent: bool,
    unanswered: Vec<TcpStream>,
}

/// The gateway of an SMS provider.
#[derive(Clone)]
struct Gateway {
    address: String,
    told: Arc<(Mutex<Told>, Condvar)>,
}

impl Gateway {
    fn start() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let gateway = Self {
            address: listener.local_addr().unwrap().to_string(),
            told: Arc::default(),
        };
        let own = gateway.clone();
        std::thread::spawn(move || {
            for stream in listener.incoming().map_while(Result::ok) {
                own.take(stream);
            }
        });
        gateway
    }

    fn take(&self, mut stream: TcpStream) {
        // A hub that was killed while it spoke has said nothing.
        let Some(body) = body_of(&stream) else {
            return;
        };
        let answer = b"HTTP/1.1 200 ok\r\ncontent-length: 2\r\nconnection: close\r\n\r\n{}";
        let (Some(to), Some(text)) = (body["to"].as_str(), body["text"].as_str()) else {
            // Nobody's message: whoever asks wants to know that all before it were taken.
            stream.write_all(answer).unwrap();
            return;
        };
        let (told, heard) = &*self.told;
        let mut told = told.lock().unwrap();
        let mut message = Message {
            to: to.to_owned(),
            text: text.to_owned(),
            confirmed: false,
        };
        if told.silent {
            told.unanswered.push(stream);
        } else {
            message.confirmed = stream.write_all(answer).is_ok();
        }
        told.messages.push(message);
        heard.notify_all();
    }

    /// What hubs that were killed had sent is taken before.
    fn be_silent(&self, silent: bool) {
        let mut asked = TcpStream::connect(&self.address).unwrap();
        asked
            .write_all(b"POST /taken HTTP/1.1\r\ncontent-length: 2\r\n\r\n{}")
            .unwrap();
        asked.read_to_end(&mut Vec::new()).unwrap();
        let mut told = self.told.0.lock().unwrap();
        told.silent = silent;
        told.unanswered.clear();
    }

    /// Waits until so many messages came in all.
    fn wait_for(&self, count: usize) {
        let (told, heard) = &*self.told;
        let few = |told: &mut Told| told.messages.len() < count;
        let (told, waited) = heard
            .wait_timeout_while(told.lock().unwrap(), LONGEST, few)
            .unwrap();
        assert!(!waited.timed_out(), "{:?}", told.messages);
    }

    fn count(&self) -> usize {
        self.told.0.lock().unwrap().messages.len()
    }

    /// How often a text came to each of [`PEOPLE`], and how often that was confirmed.
    fn came(&self, text: &str) -> [(usize, usize); 3] {
        let told = self.told.0.lock().unwrap();
        PEOPLE.map(|person| {
            let mine = |message: &&Message| message.to == person && message.text == text;
            let mine = told.messages.iter().filter(mine);
            let confirmed = mine.clone().filter(|message| message.confirmed);
            (mine.count(), confirmed.count())
        })
    }
}

fn body_of(stream: &TcpStream) -> Option<Value> {
    let mut reader = BufReader::new(stream);
    let mut head = String::new();
    while !head.ends_with("\r\n\r\n") {
        if reader.read_line(&mut head).ok()? == 0 {
            return None;
        }
    }
    let length = head.lines().find_map(|line| {
        let (name, value) = line.split_once(':')?;
        name.eq_ignore_ascii_case("content-length")
            .then(|| value.trim().parse::<usize>().ok())?
    })?;
    let mut body = vec![0; length];
    reader.read_exact(&mut body).ok()?;
    serde_json::from_slice(&body).ok()
}

/// The folder as another process sees it.
fn beside(data: &Path) -> App {
    let entropy = Arc::new(SystemEntropy);
    DataFolder::at(data).open_beside(entropy).unwrap()
}

/// The levels in the log, in its order.
fn logged(data: &Path) -> Vec<i64> {
    logged_by(&beside(data))
}

fn logged_by(hub: &App) -> Vec<i64> {
    let lines = hub.store.reading(|read| read.audit_after(0, 10_000));
    let escalated = lines
        .unwrap()
        .into_iter()
        .filter(|line| line.what == "escalated");
    let percents = escalated.map(|line| {
        let detail: Value = serde_json::from_str(&line.detail).unwrap();
        assert_eq!(detail["clock"], "acceptance", "{detail}");
        detail["percent"].as_i64().unwrap()
    });
    percents.collect()
}

/// Waits until a hub has logged so many levels and has nothing left to tell.
fn told_all(data: &Path, levels: usize) {
    let hub = beside(data);
    let waits = || {
        let waiting = hub.store.reading(|read| {
            let notices = read.due_notices(Timestamp::from_millis(i64::MAX), 9)?.len();
            let mut queued = 0;
            for person in PEOPLE {
                let person: PersonId = person.parse().unwrap();
                queued += read.escalation_notices(&person, "sms")?.len();
            }
            let noted = read.meta_number(MetaKey::EscalationsNoted)?.unwrap_or(0);
            let behind = read.escalations_after(noted.unsigned_abs(), 1)?.len();
            Ok::<_, StoreError>(notices + queued + behind)
        });
        waiting.unwrap() > 0
    };
    let since = Instant::now();
    while logged_by(&hub).len() < levels || waits() {
        assert!(since.elapsed() < LONGEST, "{:?}", logged(data));
        std::thread::yield_now();
    }
}

fn copy_folder(from: &Path, to: &Path) {
    std::fs::create_dir_all(to).unwrap();
    for entry in std::fs::read_dir(from).unwrap() {
        let (from, to) = (
            entry.as_ref().unwrap().path(),
            to.join(entry.unwrap().file_name()),
        );
        if from.is_dir() {
            copy_folder(&from, &to);
        } else {
            std::fs::copy(from, to).unwrap();
        }
    }
}

/// A hub whose clerk registered a case on Monday at eleven: due an hour of work later, which is after lunch.
fn registered(data: &Path, gateway: &Gateway) {
    let serving = Serving::at(data, "2025-06-30 11:00");
    let body = json!({
        "source": "hotline", "external_id": "12345-1", "class": "road_damage", "description": "路面有坑",
        "address": "至德街", "no_grid_reason": "尚未划格",
    });
    let mut clerk = Browser {
        base: serving.url.clone(),
        cookie: None,
        csrf: None,
    };
    assert_eq!(clerk.log_in("clerk", DEMO_PASSWORD).status, 200);
    let made = clerk.send("POST", "/api/cases", Some(&body));
    assert_eq!(made.status, 200, "{made:?}");
    let people: serde_json::Map<String, Value> = PEOPLE
        .iter()
        .map(|person| ((*person).to_owned(), json!(person)))
        .collect();
    let channels =
        json!({ "sms": { "url": format!("http://{}/sms", gateway.address), "people": people } });
    let file = data.join("notify.json");
    std::fs::write(&file, channels.to_string()).unwrap();
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt as _;
        std::fs::set_permissions(&file, std::fs::Permissions::from_mode(0o600)).unwrap();
    }
}

#[test]
fn each_level_is_logged_once_and_confirmed_once_however_often_the_hub_is_killed() {
    let folder = tempfile::tempdir().unwrap();
    let (data, copy) = (folder.path().join("hub"), folder.path().join("copy"));
    let gateway = Gateway::start();
    registered(&data, &gateway);

    // 80 %: killed while the gateway has the message and has not answered. The level is in the log, and the message goes again.
    gateway.be_silent(true);
    let mut serving = Serving::at(&data, "2025-06-30 11:52");
    gateway.wait_for(1);
    serving.kill();
    assert_eq!(logged(&data), [80]);
    gateway.be_silent(false);
    serving = Serving::at(&data, "2025-06-30 11:54");
    told_all(&data, 1);
    assert_eq!(gateway.came(DUE_SOON), [(2, 1), (0, 0), (0, 0)]);
    serving.kill();
    // Somebody keeps a copy of the folder as it is now.
    copy_folder(&data, &copy);

    // 100 %: killed as soon as the gateway has confirmed the first message. That one alone may come again.
    let before = gateway.count();
    serving = Serving::at(&data, "2025-06-30 14:20");
    gateway.wait_for(before + 1);
    serving.kill();
    assert_eq!(logged(&data), [80, 100]);
    serving = Serving::at(&data, "2025-06-30 14:22");
    told_all(&data, 2);
    serving.kill();
    let [clerk, leader, shift_leader] = gateway.came(DUE);
    assert_eq!(leader, (0, 0));
    for (came, confirmed) in [clerk, shift_leader] {
        assert!(came <= 2 && confirmed >= 1, "{clerk:?} {shift_leader:?}");
    }
    assert!(clerk.0 + shift_leader.0 <= 3, "{clerk:?} {shift_leader:?}");

    // 200 %: killed as it starts, before, while or after it tells the log and the queue. Nobody confirms anything yet.
    gateway.be_silent(true);
    for _ in 0..KILLS_AT_START {
        Serving::at(&data, "2025-06-30 15:30").kill();
    }
    assert!([&[80, 100][..], &[80, 100, 200]].contains(&&logged(&data)[..]));
    gateway.be_silent(false);
    serving = Serving::at(&data, "2025-06-30 15:35");
    told_all(&data, 3);
    serving.kill();
    assert_eq!(logged(&data), [80, 100, 200]);
    let confirmed = |text: &str| gateway.came(text).map(|(_, confirmed)| confirmed);
    assert_eq!(confirmed(TWICE_OVER), [1, 1, 1]);

    // Started once more there is nothing to say.
    let before = gateway.count();
    serving = Serving::at(&data, "2025-06-30 16:00");
    told_all(&data, 3);
    serving.kill();
    assert_eq!((logged(&data).len(), gateway.count()), (3, before));

    // The copy goes on from what it knows: 80 % was told, of the two it missed the higher one is.
    serving = Serving::at(&copy, "2025-06-30 15:40");
    told_all(&copy, 3);
    serving.kill();
    assert_eq!(logged(&copy), [80, 100, 200]);
    assert_eq!(gateway.came(DUE_SOON), [(2, 1), (0, 0), (0, 0)]);
    assert_eq!(gateway.came(DUE), [clerk, leader, shift_leader]);
    assert_eq!(confirmed(TWICE_OVER), [2, 2, 2]);
}
