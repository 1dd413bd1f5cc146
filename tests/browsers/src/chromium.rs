//! Chromium, by chromedriver.

use std::io::{self, BufRead as _, BufReader, Read as _};
use std::path::Path;
use std::process::{Command as Program, Stdio};
use std::thread;
use std::time::Duration;

use hardtack::SameSite;
use hardtack::agent::{Profile, ThirdParties};
use serde_json::{Value, json};
use ureq::Agent;

use crate::driver::{Command, Driver, Stored};
use crate::process::Process;
use crate::{Failure, Settings};

/// Chromium.
pub(crate) struct Chromium {
    agent: Agent,
    /// The URL of the session.
    session: String,
    version: u32,
    closed: bool,
    /// Ended after the session.
    _driver: Process,
}

const ARGUMENTS: [&str; 10] = [
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--password-store=basic",
    "--host-resolver-rules=MAP *.example 127.0.0.1",
];

impl Chromium {
    /// Begins with the profile in a directory.
    pub(crate) fn begin(profile: &Path, settings: Settings) -> Result<Self, Failure> {
        let mut driver = Process::begin(Program::new("chromedriver").arg("--port=0").stdout(Stdio::piped()))?;
        let output = driver.child().stdout.take().ok_or("chromedriver has no output")?;
        let mut output = BufReader::new(output);
        let port = output
            .by_ref()
            .lines()
            .map_while(Result::ok)
            .find_map(|line| {
                line.split_once(" successfully on port ").map(|(_, port)| port.trim_end_matches('.').to_owned())
            })
            .ok_or("chromedriver did not begin")?;
        // It must find its output open for as long as it lives.
        thread::spawn(move || io::copy(&mut output, &mut io::sink()));
        let config = Agent::config_builder()
            .timeout_global(Some(Duration::from_secs(180)))
            .http_status_as_error(false)
            .proxy(None);
        let agent: Agent = config.build().into();
        let arguments =
            ARGUMENTS.map(str::to_owned).into_iter().chain([format!("--user-data-dir={}", profile.display())]);
        // content_settings::CookieControlsMode
        let preferences = match settings.third_parties {
            Some(ThirdParties::Allow) => json!({ "profile.cookie_controls_mode": 0 }),
            Some(ThirdParties::Block) => json!({ "profile.cookie_controls_mode": 1 }),
            _ => json!({}),
        };
        let capabilities = json!({ "capabilities": { "alwaysMatch": {
            "browserName": "chrome",
            "goog:chromeOptions": { "args": arguments.collect::<Vec<_>>(), "prefs": preferences },
            "goog:loggingPrefs": { "performance": "ALL" },
            "timeouts": { "pageLoad": 120_000, "script": 120_000 },
        } } });
        let server = format!("http://127.0.0.1:{port}/session");
        let begun = answer(agent.post(&server).send_json(&capabilities)?)?;
        let id = begun.get("sessionId").and_then(Value::as_str).ok_or("no session")?;
        let version = begun.pointer("/capabilities/browserVersion").and_then(Value::as_str).unwrap_or_default();
        let version = version.split('.').next().unwrap_or_default().parse()?;
        Ok(Self { agent, session: format!("{server}/{id}"), version, closed: false, _driver: driver })
    }

    fn post(&self, path: &str, body: &Value) -> Result<Value, Failure> {
        answer(self.agent.post(format!("{}{path}", self.session)).send_json(body)?)
    }

    /// A command of the protocol of the developer tools.
    fn tools(&self, command: &str, parameters: &Value) -> Result<Value, Failure> {
        self.post("/goog/cdp/execute", &json!({ "cmd": command, "params": parameters }))
    }

    fn end(&mut self) -> Result<(), Failure> {
        if !self.closed {
            self.closed = true;
            answer(self.agent.delete(&self.session).call()?)?;
        }
        Ok(())
    }
}

/// What `WebDriver` answered.
fn answer(mut response: ureq::http::Response<ureq::Body>) -> Result<Value, Failure> {
    let mut answer: Value = response.body_mut().with_config().limit(64 << 20).read_json()?;
    let value = answer.get_mut("value").map(Value::take).unwrap_or_default();
    if response.status().is_success() {
        return Ok(value);
    }
    Err(format!("chromedriver: {}", value.get("message").and_then(Value::as_str).unwrap_or("no message")).into())
}

impl Driver for Chromium {
    fn profile(&self) -> Profile {
        Profile::Chromium
    }

    fn version(&self) -> u32 {
        self.version
    }

    fn command(&mut self, command: Command<'_>) -> Result<Value, Failure> {
        let body = command.parameters();
        match command {
            Command::Navigate { .. } => self.post("/url", &body),
            Command::FindElement { .. } => self.post("/element", &body),
            Command::Click { element } => self.post(&format!("/element/{element}/click"), &body),
            Command::Clear { element } => self.post(&format!("/element/{element}/clear"), &body),
            Command::SendKeys { element, .. } => self.post(&format!("/element/{element}/value"), &body),
            Command::Script { asynchronous: false, .. } => self.post("/execute/sync", &body),
            Command::Script { asynchronous: true, .. } => self.post("/execute/async", &body),
            Command::Screenshot => answer(self.agent.get(format!("{}/screenshot", self.session)).call()?),
        }
    }

    fn stored(&mut self) -> Result<Vec<Stored>, Failure> {
        let all = self.tools("Storage.getCookies", &json!({}))?;
        let cookies = all.get("cookies").and_then(Value::as_array).ok_or("no cookies")?;
        Ok(cookies.iter().map(stored).collect())
    }

    fn blocked(&mut self) -> Result<Option<Vec<String>>, Failure> {
        let log = self.post("/se/log", &json!({ "type": "performance" }))?;
        let mut reasons = Vec::new();
        for entry in log.as_array().into_iter().flatten() {
            let Some(text) = entry.get("message").and_then(Value::as_str) else { continue };
            let event: Value = serde_json::from_str(text)?;
            if event.pointer("/message/method").and_then(Value::as_str) != Some("Network.responseReceivedExtraInfo") {
                continue;
            }
            let blocked = event.pointer("/message/params/blockedCookies").and_then(Value::as_array);
            for cookie in blocked.into_iter().flatten() {
                let given = cookie.get("blockedReasons").and_then(Value::as_array).into_iter().flatten();
                reasons.extend(given.filter_map(Value::as_str).map(str::to_owned));
            }
        }
        Ok(Some(reasons))
    }

    fn screen(&mut self, width: u32, height: u32, dark: bool) -> Result<(), Failure> {
        self.tools(
            "Emulation.setDeviceMetricsOverride",
            &json!({ "width": width, "height": height, "deviceScaleFactor": 1, "mobile": true }),
        )?;
        let scheme = if dark { "dark" } else { "light" };
        let features = json!({ "features": [{ "name": "prefers-color-scheme", "value": scheme }] });
        self.tools("Emulation.setEmulatedMedia", &features)?;
        Ok(())
    }

    fn close(mut self: Box<Self>) -> Result<(), Failure> {
        self.end()
    }
}

impl Drop for Chromium {
    fn drop(&mut self) {
        // A test that failed leaves no browser behind.
        let _ = self.end();
    }
}

fn stored(cookie: &Value) -> Stored {
    let text = |key: &str| cookie.get(key).and_then(Value::as_str).unwrap_or_default().to_owned();
    let flag = |key: &str| cookie.get(key).and_then(Value::as_bool).unwrap_or_default();
    let domain = text("domain");
    let expires = cookie.get("expires").and_then(Value::as_f64).filter(|_| !flag("session"));
    Stored {
        name: text("name"),
        value: text("value"),
        host_only: !domain.starts_with('.'),
        domain: domain.trim_start_matches('.').to_owned(),
        path: text("path"),
        secure: flag("secure"),
        http_only: flag("httpOnly"),
        same_site: text("sameSite").parse::<SameSite>().ok(),
        #[allow(clippy::cast_possible_truncation, reason = "seconds of a date within 400 days")]
        expires: expires.map(|seconds| seconds as i64),
        partitioned: cookie.get("partitionKey").is_some_and(|key| !key.is_null()),
    }
}
