//! Somebody logged in at the hub, speaking its JSON API as a browser's page would.

use serde_json::{Value, json};
use ureq::Agent;
use ureq::http::Response;
use ureq::{Body, Error};

use super::DEMO_PASSWORD;

/// A logged-in session.
pub struct Browser {
    agent: Agent,
    server: String,
    cookie: String,
    csrf: String,
}

#[expect(
    clippy::expect_used,
    reason = "a test whose hub does not answer should stop"
)]
fn json_of(response: Result<Response<Body>, Error>) -> (u16, Value) {
    let mut response = response.expect("the hub answers");
    let status = response.status().as_u16();
    let text = response.body_mut().read_to_string().expect("a body");
    (status, serde_json::from_str(&text).unwrap_or(Value::Null))
}

impl Browser {
    /// Logs a persona of the demo city in.
    #[expect(
        clippy::expect_used,
        reason = "a test whose hub does not answer should stop"
    )]
    pub fn log_in(server: &str, person: &str) -> Self {
        let agent: Agent = Agent::config_builder()
            .http_status_as_error(false)
            .build()
            .into();
        let body = json!({ "person": person, "password": DEMO_PASSWORD }).to_string();
        let mut response = agent
            .post(format!("{server}/api/session"))
            .header("content-type", "application/json")
            .send(body)
            .expect("the hub answers");
        assert_eq!(response.status(), 200, "{person} logs in");
        let set = response
            .headers()
            .get("set-cookie")
            .and_then(|value| value.to_str().ok());
        let cookie = set
            .and_then(|set| set.split(';').next())
            .unwrap_or_default()
            .to_owned();
        let text = response.body_mut().read_to_string().expect("a body");
        let session: Value = serde_json::from_str(&text).expect("JSON");
        let csrf = session["csrf"].as_str().unwrap_or_default().to_owned();
        Self {
            agent,
            server: server.to_owned(),
            cookie,
            csrf,
        }
    }

    /// Reads JSON below the hub's address.
    pub fn get(&self, path: &str) -> (u16, Value) {
        json_of(
            self.agent
                .get(format!("{}{path}", self.server))
                .header("cookie", &self.cookie)
                .call(),
        )
    }

    /// Sends JSON.
    pub fn post(&self, path: &str, body: &Value) -> (u16, Value) {
        let request = self
            .agent
            .post(format!("{}{path}", self.server))
            .header("cookie", &self.cookie)
            .header("x-csrf-token", &self.csrf)
            .header("content-type", "application/json");
        json_of(request.send(body.to_string()))
    }

    /// Asks for a decision; returns the ruling.
    pub fn act(&self, case: &str, act: &Value) -> (u16, Value) {
        self.post(&format!("/api/cases/{case}/actions"), act)
    }

    /// Asks for a decision that must be accepted.
    pub fn accepted(&self, case: &str, act: &Value) {
        let (status, ruling) = self.act(case, act);
        assert_eq!(
            (status, &ruling["outcome"]),
            (200, &json!("accepted")),
            "{act}: {ruling}"
        );
    }
}
