//! The pages as a browser without scripts meets them: over HTTP, on a small demo city.
#![expect(clippy::unwrap_used, reason = "a failing test should stop")]

use std::sync::Arc;

use crate::app::{AppState, FixedClock, Settings, SystemEntropy};
use crate::data_folder::DataFolder;
use crate::demo::history::DEMO_CLOCK;
use crate::demo::people::DEMO_PASSWORD;
use crate::demo::seed::{SeedOptions, seed};
use crate::router::router;
use crate::services::setup;

/// More than one part of the list holds.
const MANY: usize = 70;
/// One for every desk, and the two told events.
const FEW: usize = 10;

struct Hub {
    url: String,
    state: AppState,
    _folder: tempfile::TempDir,
    _runtime: tokio::runtime::Runtime,
}

fn hub(cases: Option<usize>) -> Hub {
    let folder = tempfile::tempdir().unwrap();
    let runtime = tokio::runtime::Runtime::new().unwrap();
    let listener = runtime
        .block_on(tokio::net::TcpListener::bind("127.0.0.1:0"))
        .unwrap();
    let url = format!("http://{}", listener.local_addr().unwrap());
    let settings = Settings {
        https: false,
        public_url: Some(url.clone()),
        ..Settings::default()
    };
    let app = DataFolder::at(folder.path().join("hub"))
        .open_to_serve(
            Arc::new(FixedClock::at(DEMO_CLOCK)),
            Arc::new(SystemEntropy),
            settings,
        )
        .unwrap();
    if let Some(cases) = cases {
        let options = SeedOptions {
            cases,
            seed: 1,
            clock: DEMO_CLOCK,
        };
        seed(&app, options).unwrap();
    }
    let state = AppState::new(app);
    let routes = router(state.clone());
    runtime.spawn(async move { axum::serve(listener, routes).await });
    Hub {
        url,
        state,
        _folder: folder,
        _runtime: runtime,
    }
}

/// A hub with an admin and nothing else.
fn bare_hub() -> Hub {
    let hub = hub(None);
    let token = setup::issue_token(&hub.state).unwrap().unwrap();
    setup::create_first_admin(&hub.state, &token, "admin", "管理员", DEMO_PASSWORD).unwrap();
    hub
}

struct Browser<'hub> {
    hub: &'hub Hub,
    agent: ureq::Agent,
    cookies: Vec<String>,
}

struct Page {
    status: u16,
    location: String,
    kind: String,
    policy: String,
    tag: String,
    body: Vec<u8>,
}

impl Page {
    fn text(&self) -> String {
        String::from_utf8_lossy(&self.body).into_owned()
    }

    /// The first text between two marks.
    fn between(&self, before: &str, after: &str) -> String {
        let text = self.text();
        let (_, rest) = text.split_once(before).unwrap_or_default();
        rest.split(after).next().unwrap_or_default().to_owned()
    }
}

impl<'hub> Browser<'hub> {
    fn new(hub: &'hub Hub) -> Self {
        let agent = ureq::Agent::config_builder()
            .http_status_as_error(false)
            .max_redirects(0)
            .build()
            .into();
        Self {
            hub,
            agent,
            cookies: Vec::new(),
        }
    }

    fn logged_in(hub: &'hub Hub, person: &str) -> Self {
        let mut browser = Self::new(hub);
        let form = [
            ("person", person),
            ("password", DEMO_PASSWORD),
            ("next", ""),
        ];
        assert_eq!(browser.post("/login", &form).location, "/cases");
        browser
    }

    fn keep(&mut self, response: ureq::http::Response<ureq::Body>) -> Page {
        for line in response.headers().get_all("set-cookie") {
            let pair = line.to_str().unwrap().split(';').next().unwrap();
            let name = pair.split('=').next().unwrap();
            self.cookies.retain(|kept| !kept.starts_with(name));
            self.cookies.push(pair.to_owned());
        }
        let header = |name: &str| {
            let value = response.headers().get(name);
            value.map_or_else(String::new, |value| value.to_str().unwrap().to_owned())
        };
        let (location, kind) = (header("location"), header("content-type"));
        let (policy, tag) = (header("content-security-policy"), header("etag"));
        Page {
            status: response.status().as_u16(),
            location,
            kind,
            policy,
            tag,
            body: response.into_body().read_to_vec().unwrap(),
        }
    }

    fn get_with(&mut self, path: &str, name: &str, value: &str) -> Page {
        let request = self.agent.get(format!("{}{path}", self.hub.url));
        let response = request
            .header("cookie", self.cookies.join("; "))
            .header(name, value)
            .call()
            .unwrap();
        self.keep(response)
    }

    fn get(&mut self, path: &str) -> Page {
        self.get_with(path, "accept", "*/*")
    }

    fn post(&mut self, path: &str, form: &[(&str, &str)]) -> Page {
        let request = self.agent.post(format!("{}{path}", self.hub.url));
        let response = request
            .header("cookie", self.cookies.join("; "))
            .header("sec-fetch-site", "same-origin")
            .send_form(form.iter().copied())
            .unwrap();
        self.keep(response)
    }

    /// Sends a form of a case page with the token that page holds.
    fn act(&mut self, case: &str, form: &[(&str, &str)]) -> Page {
        let csrf = self.get(case).between("name=\"csrf\" value=\"", "\"");
        let mut fields = vec![("csrf", csrf.as_str())];
        fields.extend_from_slice(form);
        self.post(&format!("{case}/act"), &fields)
    }

    fn first_case(&mut self, view: &str) -> String {
        let list = self.get(&format!("/cases?view={view}"));
        let document = list.between("href=\"/cases/", "\"");
        assert_eq!(document.len(), 32, "{view} holds a case");
        format!("/cases/{document}")
    }
}

fn holds_nothing_inline(page: &Page) {
    // The one script there is comes as a file of our own.
    let text = page
        .text()
        .replace("<script src=\"/assets/live.js\" defer></script>", "");
    for inline in [" style=", "<style", "<script", " onclick", "javascript:"] {
        assert!(!text.contains(inline), "{inline}");
    }
    assert!(page.policy.contains("default-src 'none'"));
}

/// The courtyard's check-in: parties, steps with photos, four times; from its case and back; and nothing for who has no part.
#[test]
fn a_check_in_shows_its_parties_steps_and_four_times() {
    let hub = hub(Some(FEW));
    let mut secretary = Browser::logged_in(&hub, "erhuanlu-secretary");
    let list = secretary.get("/checkins");
    holds_nothing_inline(&list);
    let text = list.text();
    let (before, _) = text.split_once("二环支路63号院逢雨积水").unwrap();
    let (_, document) = before.rsplit_once("href=\"/checkins/").unwrap();
    let path = format!("/checkins/{}", document.split('"').next().unwrap());
    let page = secretary.get(&path);
    assert_eq!(page.status, 200);
    holds_nothing_inline(&page);
    for said in [
        "道桥维护科党支部、道桥管养二所党支部",
        "二环路社区党支部",
        "已办结",
        "对接座谈",
        "现场踏勘",
        "原设计排水能力偏小",
        "雨水口 4 处",
        "锦旗",
        "2025-06-20 09:30",
        "表定时限",
        "承诺",
    ] {
        assert!(page.text().contains(said), "{said}");
    }
    assert!(page.text().contains("<img src=\"/photos/"));
    // To its case, which names the check-in in turn.
    let case = page.between("href=\"/cases/", "\"");
    assert!(
        secretary
            .get(&format!("/cases/{case}"))
            .text()
            .contains(&path)
    );
    let english = secretary.get(&format!("{path}?lang=en")).text();
    for said in ["Visiting", "Table limit", "None", "Crew enters"] {
        assert!(english.contains(said), "{said}");
    }
    // A worker of another street: as if there were none, in the list neither.
    let mut worker = Browser::logged_in(&hub, "worker-putian");
    let (hidden, nothing) = (
        worker.get(&path),
        worker.get("/checkins/00000000000000000000000000000000"),
    );
    assert_eq!(
        (hidden.status, hidden.text()),
        (
            404,
            nothing.text().replace(
                "00000000000000000000000000000000",
                document.split('"').next().unwrap()
            )
        )
    );
    assert!(!worker.get("/checkins").text().contains("二环支路63号院"));
    // A check-in is no case.
    let id = document.split('"').next().unwrap();
    assert_eq!(secretary.get(&format!("/cases/{id}")).status, 404);
}

/// Opened, answered, stepped on and closed by forms; what is declined is told; who is no secretary has no form.
#[test]
fn a_check_in_is_led_by_forms_from_its_opening_to_its_close() {
    let hub = hub(Some(FEW));
    let mut host = Browser::logged_in(&hub, "erhuanlu-secretary");
    let mut visitor = Browser::logged_in(&hub, "road-dept-secretary");
    assert_eq!(
        Browser::logged_in(&hub, "clerk")
            .get("/checkins/new")
            .status,
        403
    );
    let page = host.get("/checkins/new");
    assert_eq!(page.status, 200);
    holds_nothing_inline(&page);
    let csrf = page.between("name=\"csrf\" value=\"", "\"");
    let open = |host: &mut Browser<'_>, visiting: &str| {
        let form = [
            ("csrf", csrf.as_str()),
            ("title", "院内路灯不亮"),
            ("initiation", "visit"),
            ("address", "二环支路63号院"),
            ("visiting", visiting),
            ("hosts", "erhuanlu-branch"),
        ];
        host.post("/checkins/new", &form)
    };
    // Declined as one may not sit on both sides: kept with its reason, told at once.
    let declined = open(&mut host, "erhuanlu-branch").location;
    assert!(
        host.get(&declined).text().contains("flash bad"),
        "{declined}"
    );
    let opened = open(&mut host, "road-dept-branch").location;
    let (path, _) = opened.split_once('?').unwrap();
    assert!(!host.get(&opened).text().contains("flash bad"));

    let step = [
        ("action", "step"),
        ("step", "talk"),
        ("note", "当面约定检修时间"),
    ];
    // The one who opened does not answer; the visiting party's secretary does.
    assert!(!host.get(path).text().contains("value=\"answer\""));
    assert!(visitor.get(path).text().contains("value=\"answer\""));
    let answer = [
        ("action", "answer"),
        ("party", "road-dept-branch"),
        ("accepts", "yes"),
        ("note", "周内到场"),
    ];
    assert!(visitor.act(path, &answer).location.starts_with(path));
    assert!(!visitor.get(path).text().contains("value=\"answer\""));
    assert_eq!(visitor.act(path, &step).location, path);
    let text = host.get(path).text();
    assert!(text.contains("周内到场") && text.contains("当面约定检修时间"));

    // Nothing was completed: the close needs a reason.
    let closed = host
        .act(path, &[("action", "close"), ("note", "")])
        .location;
    assert!(host.get(&closed).text().contains("flash bad"));
    let reason = [("action", "close"), ("note", "居民自行更换灯泡，已恢复")];
    let closed = host.act(path, &reason).location;
    assert!(!host.get(&closed).text().contains("flash bad"));
    assert!(host.get(path).text().contains("已办结"));
    // A form that was not made by this page, and one without the session's token.
    assert_eq!(host.act(path, &[("action", "erase")]).status, 400);
    assert_eq!(host.post(&format!("{path}/act"), &step).status, 403);
}

/// The road's: the estimate stays an estimate, nobody promised, the actual is earlier; the contractor bears the cost.
#[test]
fn the_road_s_check_in_keeps_its_four_times_apart() {
    let hub = hub(Some(FEW));
    let mut clerk = Browser::logged_in(&hub, "clerk");
    let text = clerk.get("/checkins").text();
    let (before, _) = text.split_once("至德街与商都路交叉口路面破损").unwrap();
    let (_, document) = before.rsplit_once("href=\"/checkins/").unwrap();
    let page = clerk.get(&format!(
        "/checkins/{}",
        document.split('"').next().unwrap()
    ));
    let text = page.text();
    for said in [
        "7 工作日",
        "自 2025-06-30 08:30",
        "承办方义务承担",
        "豫路市政工程公司",
        "2025-06-30 06:30 – 2025-06-30 10:00",
        "施工疏导",
        "进行中",
    ] {
        assert!(text.contains(said), "{said}");
    }
    let promise = page.between("<dt>承诺</dt>", "<dt>");
    assert!(promise.contains("无"), "{promise}");
}

#[test]
fn the_queue_and_a_case_show_the_city_with_photos() {
    let hub = hub(Some(MANY));
    let mut browser = Browser::logged_in(&hub, "clerk");
    let queue = browser.get("/cases?view=all");
    assert_eq!(queue.status, 200);
    assert!(queue.text().contains(&format!("{MANY} 件")));
    holds_nothing_inline(&queue);
    let photo = browser.get(&format!(
        "/photos/{}",
        queue.between("src=\"/photos/", "\"")
    ));
    assert_eq!((photo.status, photo.kind.as_str()), (200, "image/jpeg"));
    assert!(photo.body.starts_with(&[0xFF, 0xD8]));
    let story = browser.get("/cases?view=all&q=%E8%87%B3%E5%BE%B7%E8%A1%97%E4%B8%8E");
    let case = browser.get(&format!("/cases/{}", story.between("href=\"/cases/", "\"")));
    holds_nothing_inline(&case);
    for told in ["义务承担", "联合核查", "7 工作日", "圃田嘉园南院", "实际"] {
        assert!(case.text().contains(told), "{told}");
    }
    let marks = Browser::logged_in(&hub, "worker-putian").get("/me/risks");
    holds_nothing_inline(&marks);
    for told in ["模拟定位", "位置在网格外", "重复使用照片"] {
        assert!(marks.text().contains(told), "{told}");
    }
}

#[test]
fn every_part_of_the_list_is_reached_once() {
    let hub = hub(Some(MANY));
    let mut browser = Browser::logged_in(&hub, "leader");
    let mut path = "/cases?view=all".to_owned();
    let mut seen = std::collections::BTreeSet::new();
    for _ in 0..MANY {
        let page = browser.get(&path);
        for part in page.text().split("href=\"/cases/").skip(1) {
            assert!(seen.insert(part[..32].to_owned()), "shown twice");
        }
        let next = page.between("rel=\"next\"", "</a>");
        if next.is_empty() {
            break;
        }
        let before = page.text();
        let before = before.split(" rel=\"next\"").next().unwrap();
        path = before
            .rsplit("href=\"")
            .next()
            .unwrap()
            .trim_end_matches('"')
            .replace("&amp;", "&");
    }
    assert_eq!(seen.len(), MANY);
}

#[test]
fn a_case_is_moved_on_by_forms_and_a_second_try_reads_why_not() {
    let hub = hub(Some(FEW));
    let mut clerk = Browser::logged_in(&hub, "clerk");
    let case = clerk.first_case("to_accept");
    let accepted = clerk.act(&case, &[("action", "accept")]);
    assert_eq!(accepted.status, 303);
    assert!(
        clerk
            .get(&accepted.location)
            .text()
            .contains("受理：已办理。")
    );
    let again = clerk.act(&case, &[("action", "accept")]);
    let told = clerk.get(&again.location).text();
    assert!(told.contains("受理：未获准。") && told.contains("案卷现为“已受理”"));
    let mut leader = Browser::logged_in(&hub, "shift-leader");
    let filed = leader.act(&case, &[("action", "file"), ("condition", "1")]);
    assert!(leader.get(&filed.location).text().contains("20250630"));
    let mut dispatcher = Browser::logged_in(&hub, "dispatcher");
    let parties = [
        ("action", "dispatch"),
        ("lead", "road-dept"),
        ("notify", "street-putian"),
    ];
    dispatcher.act(&case, &parties);
    let mut first = Browser::logged_in(&hub, "road-dept");
    first.act(&case, &[("action", "claim")]);
    let mut second = Browser::logged_in(&hub, "road-dept-2");
    let late = second.act(&case, &[("action", "claim")]);
    let told = second.get(&late.location).text();
    assert!(
        told.contains("已由道桥维护科的谢佳怡于 2025-06-30 11:00 先行接收"),
        "the name of who was first"
    );
}

#[test]
fn a_form_without_the_sessions_token_changes_nothing() {
    let hub = hub(Some(FEW));
    let mut clerk = Browser::logged_in(&hub, "clerk");
    let case = clerk.first_case("to_accept");
    for form in [
        &[("action", "accept")][..],
        &[("action", "accept"), ("csrf", "x")],
    ] {
        let refused = clerk.post(&format!("{case}/act"), form);
        assert_eq!(
            (refused.status, refused.kind.as_str()),
            (403, "text/html; charset=utf-8")
        );
    }
    let mut nobody = Browser::new(&hub);
    assert_eq!(
        nobody
            .post(&format!("{case}/act"), &[("action", "accept")])
            .status,
        401
    );
    assert!(clerk.get(&case).text().contains("已上报"));
}

#[test]
fn nobody_is_sent_to_log_in_and_comes_back_in_the_language_chosen() {
    let hub = bare_hub();
    let mut browser = Browser::new(&hub);
    assert_eq!(
        browser.get("/cases?view=all").location,
        "/login?next=/cases?view=all"
    );
    assert!(browser.get("/login?lang=en").text().contains("Log in"));
    assert!(
        browser.get("/login").text().contains("lang=\"en\""),
        "the cookie keeps it"
    );
    let wrong = browser.post("/login", &[("person", "admin"), ("password", "nonsense")]);
    assert_eq!(wrong.status, 401);
    assert!(wrong.text().contains("Account or password is wrong"));
    holds_nothing_inline(&wrong);
    let form = [
        ("person", "admin"),
        ("password", DEMO_PASSWORD),
        ("next", "//elsewhere"),
    ];
    assert_eq!(browser.post("/login", &form).location, "/cases");
    let page = browser.get("/cases");
    let csrf = page.between("name=\"csrf\" value=\"", "\"");
    assert_eq!(
        browser.post("/logout", &[("csrf", &csrf)]).location,
        "/login"
    );
    assert_eq!(browser.get("/cases").status, 303);
}

#[test]
fn the_first_admin_is_made_by_the_one_time_link() {
    let hub = hub(None);
    let token = setup::issue_token(&hub.state).unwrap().unwrap();
    let mut browser = Browser::new(&hub);
    assert_eq!(browser.get("/setup?token=wrong").status, 403);
    let page = browser.get(&format!("/setup?token={token}"));
    assert_eq!(page.status, 200);
    holds_nothing_inline(&page);
    let mut form = [
        ("token", token.as_str()),
        ("person", "admin"),
        ("name", "管理员"),
        ("password", "short"),
    ];
    assert_eq!(browser.post("/setup", &form).status, 400);
    form[3] = ("password", DEMO_PASSWORD);
    assert_eq!(browser.post("/setup", &form).location, "/login?set_up=done");
    assert_eq!(browser.post("/setup", &form).status, 403, "once");
    let mut admin = Browser::logged_in(&hub, "admin");
    assert_eq!(admin.get("/cases").status, 200);
}

#[test]
fn the_stylesheet_is_asked_for_in_vain_only_once_and_photos_need_a_login() {
    let hub = bare_hub();
    let mut browser = Browser::new(&hub);
    let sheet = browser.get("/assets/app.css");
    assert_eq!(
        (sheet.status, sheet.kind.as_str()),
        (200, "text/css; charset=utf-8")
    );
    let again = browser.get_with("/assets/app.css", "if-none-match", &sheet.tag);
    assert_eq!((again.status, again.body.len()), (304, 0));
    let unknown = format!("/photos/{}", "0".repeat(64));
    assert_eq!(browser.get(&unknown).status, 303);
    let mut admin = Browser::logged_in(&hub, "admin");
    assert_eq!(admin.get(&unknown).status, 404);
    assert_eq!(admin.get("/photos/nonsense").status, 404);
}

/// The admin's form takes a text out of a case; nobody else has it, and the case says that something was there.
#[test]
fn an_admin_erases_a_text_with_the_form() {
    let hub = hub(Some(FEW));
    let described = "坑槽约 2 平方米";
    let mut clerk = Browser::logged_in(&hub, "clerk");
    let story = clerk.get("/cases?view=all&q=%E8%87%B3%E5%BE%B7%E8%A1%97%E4%B8%8E");
    let case = format!("/cases/{}", story.between("href=\"/cases/", "\""));
    assert!(clerk.get(&case).text().contains(described));
    let erasures = format!("{case}/erasures");
    assert!(!clerk.get(&case).text().contains(&erasures));
    let mut admin = Browser::logged_in(&hub, "admin");
    let page = admin.get(&case);
    assert!(page.text().contains(&erasures));
    let csrf = page.between("name=\"csrf\" value=\"", "\"");
    let mut form = [
        ("csrf", csrf.as_str()),
        ("place", "description"),
        ("cause", "misplaced"),
        ("reason", ""),
    ];
    assert_eq!(admin.post(&erasures, &form).status, 422, "no reason");
    form[3] = ("reason", "误写入住户信息");
    assert_eq!(
        admin.post(&erasures, &form).location,
        format!("{case}#erased")
    );
    let after = clerk.get(&case).text();
    assert!(!after.contains(described));
    assert!(after.contains("【已删除】") && after.contains("误填个人信息"));
    assert_eq!(clerk.post(&erasures, &form).status, 403);
}
