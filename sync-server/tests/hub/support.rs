//! A hub on a free port with a clock that stands still, and a browser that keeps its cookie.

use std::sync::Arc;

use serde_json::Value;
use xunge_domain::component::CodeLayout;
use xunge_domain::datum::Datum;
use xunge_domain::person::{Organisation, Person, Role};
use xunge_domain::tables::TableKind;
use xunge_domain::time::Timestamp;
use xunge_server::app::{App, AppState, FixedClock, Settings, SystemEntropy};
use xunge_server::data_folder::DataFolder;
use xunge_server::router::router;
use xunge_server::services::city_tables::{ImportOrder, import};
use xunge_server::services::disk::PhotoLimit;
use xunge_server::services::people;
use xunge_server::store::rows::AuditRow;

/// The password of everybody.
pub(crate) const PASSWORD: &str = "圃田乡-2025-格格";

/// A hub that runs until it is dropped.
pub(crate) struct Hub {
    pub(crate) url: String,
    pub(crate) clock: Arc<FixedClock>,
    pub(crate) state: AppState,
    folder: tempfile::TempDir,
    _runtime: tokio::runtime::Runtime,
}

/// Monday 2025-06-30 11:00.
pub(crate) fn monday() -> Timestamp {
    Timestamp::from_rfc3339("2025-06-30T11:00:00+08:00").unwrap()
}

/// A hub with nobody in it.
pub(crate) fn empty_hub(https: bool) -> Hub {
    prepared_hub(https, |app| app)
}

/// The same, of which something was exchanged before it serves.
pub(crate) fn prepared_hub(https: bool, prepare: impl FnOnce(App) -> App) -> Hub {
    let folder = tempfile::tempdir().unwrap();
    let clock = Arc::new(FixedClock::at(monday()));
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .worker_threads(2)
        .enable_all()
        .build()
        .unwrap();
    let listener = runtime
        .block_on(tokio::net::TcpListener::bind("127.0.0.1:0"))
        .unwrap();
    let url = format!("http://{}", listener.local_addr().unwrap());
    let settings = Settings {
        https,
        pin: None,
        public_url: Some(url.clone()),
        // A test says itself how full the disk is.
        photo_limit: PhotoLimit::at(100),
    };
    let app = DataFolder::at(folder.path().join("hub"))
        .open_to_serve(Arc::clone(&clock) as _, Arc::new(SystemEntropy), settings)
        .unwrap();
    let state = AppState::new(prepare(app));
    let routes = router(state.clone());
    runtime.spawn(async move { axum::serve(listener, routes).await });
    Hub {
        url,
        clock,
        state,
        folder,
        _runtime: runtime,
    }
}

/// A hub with an admin, a clerk and a worker, all with [`PASSWORD`].
pub(crate) fn hub() -> Hub {
    let hub = empty_hub(false);
    let organisation = Organisation {
        id: "centre".parse().unwrap(),
        name: "运行中心".into(),
        parent: None,
        party: None,
    };
    people::put_organisation(&hub.state, "test", &organisation).unwrap();
    for (id, role) in [
        ("admin", Role::Admin),
        ("clerk", Role::IntakeClerk),
        ("worker-putian", Role::GridWorker),
    ] {
        hub.add(id, role);
    }
    hub
}

impl Hub {
    /// Where it keeps everything.
    pub(crate) fn folder(&self) -> DataFolder {
        DataFolder::at(self.folder.path().join("hub"))
    }

    /// The same hub as another process sees it.
    pub(crate) fn beside(&self) -> App {
        self.folder().open_beside(Arc::new(SystemEntropy)).unwrap()
    }

    pub(crate) fn add(&self, id: &str, role: Role) {
        let person = Person {
            id: id.parse().unwrap(),
            name: format!("{}甲", role.zh()),
            roles: vec![role],
            organisation: Some("centre".parse().unwrap()),
            duty_grids: vec![],
        };
        people::put_person(&self.state, "test", &person).unwrap();
        people::set_password(&self.state, "test", &person.id, PASSWORD).unwrap();
    }

    pub(crate) fn browser(&self) -> Browser {
        Browser {
            base: self.url.clone(),
            cookie: None,
            csrf: None,
        }
    }

    pub(crate) fn logged_in(&self, id: &str) -> Browser {
        let mut browser = self.browser();
        let answer = browser.log_in(id, PASSWORD);
        assert_eq!(answer.status, 200, "{answer:?}");
        browser
    }

    pub(crate) fn audit(&self, what: &str) -> Vec<AuditRow> {
        let lines = self
            .state
            .store
            .reading(|read| read.audit_after(0, 1_000))
            .unwrap();
        lines.into_iter().filter(|line| line.what == what).collect()
    }
}

/// What came back.
#[derive(Debug)]
pub(crate) struct Answer {
    pub(crate) status: u16,
    pub(crate) headers: Vec<(String, String)>,
    pub(crate) text: String,
}

impl Answer {
    pub(crate) fn json(&self) -> Value {
        serde_json::from_str(&self.text).unwrap_or(Value::Null)
    }

    pub(crate) fn header(&self, name: &str) -> Option<&str> {
        self.headers
            .iter()
            .find(|(key, _)| key == name)
            .map(|(_, value)| value.as_str())
    }

    /// The stable code of an error; checks that the whole envelope is there.
    pub(crate) fn code(&self) -> String {
        let error = &self.json()["error"];
        for field in ["code", "zh", "en", "next_zh", "next_en"] {
            assert!(
                error[field].as_str().is_some_and(|text| !text.is_empty()),
                "{field} in {self:?}"
            );
        }
        error["code"].as_str().unwrap().to_owned()
    }
}

/// Sends like a browser: with its cookie, and with the CSRF token when told to keep one.
pub(crate) struct Browser {
    pub(crate) base: String,
    pub(crate) cookie: Option<String>,
    pub(crate) csrf: Option<String>,
}

impl Browser {
    pub(crate) fn log_in(&mut self, person: &str, password: &str) -> Answer {
        let body = serde_json::json!({ "person": person, "password": password });
        let answer = self.send("POST", "/api/session", Some(&body));
        if let Some(cookie) = answer.header("set-cookie") {
            self.cookie = Some(cookie.split(';').next().unwrap().to_owned());
            self.csrf = answer.json()["csrf"].as_str().map(str::to_owned);
        }
        answer
    }

    pub(crate) fn get(&self, path: &str) -> Answer {
        self.send("GET", path, None)
    }

    pub(crate) fn put(&self, path: &str, body: &Value) -> Answer {
        self.send("PUT", path, Some(body))
    }

    pub(crate) fn send(&self, method: &str, path: &str, body: Option<&Value>) -> Answer {
        let text = body.map(Value::to_string);
        self.send_text(
            method,
            path,
            text.as_deref(),
            &[("content-type", "application/json")],
        )
    }

    pub(crate) fn send_text(
        &self,
        method: &str,
        path: &str,
        body: Option<&str>,
        headers: &[(&str, &str)],
    ) -> Answer {
        let agent: ureq::Agent = ureq::Agent::config_builder()
            .http_status_as_error(false)
            .allow_non_standard_methods(true)
            .build()
            .into();
        let mut request = ureq::http::Request::builder()
            .method(method)
            .uri(format!("{}{path}", self.base));
        for (name, value) in headers {
            request = request.header(*name, *value);
        }
        for (name, value) in [("cookie", &self.cookie), ("x-csrf-token", &self.csrf)] {
            if let Some(value) = value {
                request = request.header(name, value);
            }
        }
        let mut response = match body {
            Some(text) => agent.run(request.body(text.to_owned()).unwrap()),
            None => agent.run(request.body(()).unwrap()),
        }
        .unwrap();
        let headers = response.headers().iter();
        let headers = headers
            .map(|(name, value)| (name.to_string(), value.to_str().unwrap().to_owned()))
            .collect();
        Answer {
            status: response.status().as_u16(),
            headers,
            text: response.body_mut().read_to_string().unwrap(),
        }
    }
}

/// Imports a table that has no bad row.
pub(crate) fn import_table(hub: &Hub, kind: TableKind, text: &str, (edition, day): (&str, &str)) {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("table.csv");
    std::fs::write(&file, text).unwrap();
    let order = ImportOrder {
        kind,
        file,
        encoding: None,
        datum: Datum::Wgs84,
        layout: CodeLayout::SixTwoTwoSix,
        edition: Some(edition.into()),
        effective_date: Some(day.into()),
        sample: false,
        dry_run: false,
    };
    let mut bad = Vec::new();
    let imported = import(&hub.state, "test", &order, &mut |told| {
        bad.push(told.clone())
    });
    assert!(imported.unwrap().written && bad.is_empty(), "{bad:?}");
}
