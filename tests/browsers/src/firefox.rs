//! Firefox, by Marionette over TCP.

use std::fs;
use std::io::{Read as _, Write as _};
use std::net::{TcpListener, TcpStream};
use std::path::Path;
use std::process::{Command as Program, Stdio};
use std::thread;
use std::time::{Duration, Instant};

use hardtack::SameSite;
use hardtack::agent::{Profile, ThirdParties};
use serde_json::{Value, json};

use crate::driver::{Command, Driver, Stored};
use crate::process::Process;
use crate::{Failure, Settings};

/// Firefox.
pub(crate) struct Firefox {
    stream: TcpStream,
    version: u32,
    last: u32,
    process: Process,
}

/// What keeps a browser under test from asking and from calling home.
const PREFERENCES: &str = r#"
user_pref("browser.shell.checkDefaultBrowser", false);
user_pref("browser.startup.homepage", "about:blank");
user_pref("browser.startup.page", 0);
user_pref("browser.aboutwelcome.enabled", false);
user_pref("datareporting.policy.dataSubmissionEnabled", false);
user_pref("toolkit.telemetry.reportingpolicy.firstRun", false);
user_pref("app.update.enabled", false);
user_pref("network.captive-portal-service.enabled", false);
user_pref("network.connectivity-service.enabled", false);
user_pref("dom.security.https_first", false);
user_pref("browser.tabs.remote.autostart", true);
"#;

const READ_COOKIES: &str = "
    return Services.cookies.cookies.map(cookie => ({
        name: cookie.name, value: cookie.value, domain: cookie.host, path: cookie.path,
        secure: cookie.isSecure, httpOnly: cookie.isHttpOnly, sameSite: cookie.sameSite,
        session: cookie.isSession, expires: cookie.expiry,
        partition: cookie.originAttributes.partitionKey,
    }));";

impl Firefox {
    /// Begins with the profile in a directory. Names below `.example` are asked from a proxy at the port of the sites.
    pub(crate) fn begin(profile: &Path, settings: Settings) -> Result<Self, Failure> {
        // Free now, and with a port of its own for each browser soon taken.
        let port = TcpListener::bind(("127.0.0.1", 0))?.local_addr()?.port();
        let proxy = settings.sites.map_or_else(String::new, |sites| {
            format!(
                "user_pref(\"network.proxy.type\", 1);\nuser_pref(\"network.proxy.http\", \"127.0.0.1\");\n\
                 user_pref(\"network.proxy.http_port\", {sites});\n"
            )
        });
        // nsICookieService.idl
        let behaviour = match settings.third_parties {
            Some(ThirdParties::Allow) => "user_pref(\"network.cookie.cookieBehavior\", 0);\n",
            Some(ThirdParties::Block) => "user_pref(\"network.cookie.cookieBehavior\", 1);\n",
            Some(ThirdParties::Partition) => "user_pref(\"network.cookie.cookieBehavior\", 5);\n",
            _ => "",
        };
        let preferences = format!("{PREFERENCES}{proxy}{behaviour}user_pref(\"marionette.port\", {port});\n");
        fs::write(profile.join("user.js"), preferences)?;
        let process = Process::begin(
            Program::new("firefox-esr")
                .args(["--headless", "--marionette", "--remote-allow-system-access", "--no-remote", "--profile"])
                .arg(profile)
                .stdout(Stdio::null()),
        )?;
        let stream = connect(port)?;
        stream.set_read_timeout(Some(Duration::from_secs(180)))?;
        let mut firefox = Self { stream, version: 0, last: 0, process };
        firefox.receive()?;
        let timeouts = json!({ "timeouts": { "pageLoad": 120_000, "script": 120_000 } });
        let begun = firefox.send("WebDriver:NewSession", &json!({ "capabilities": { "alwaysMatch": timeouts } }))?;
        let version = begun.pointer("/capabilities/browserVersion").and_then(Value::as_str).unwrap_or_default();
        firefox.version = version.split('.').next().unwrap_or_default().parse()?;
        Ok(firefox)
    }

    /// What a script of the browser itself returns.
    fn chrome(&mut self, script: &str) -> Result<Value, Failure> {
        self.send("Marionette:SetContext", &json!({ "value": "chrome" }))?;
        let value = self.send("WebDriver:ExecuteScript", &json!({ "script": script, "args": [] }));
        self.send("Marionette:SetContext", &json!({ "value": "content" }))?;
        Ok(value?.get_mut("value").map(Value::take).unwrap_or_default())
    }

    fn send(&mut self, name: &str, parameters: &Value) -> Result<Value, Failure> {
        self.last += 1;
        let message = json!([0, self.last, name, parameters]).to_string();
        write!(self.stream, "{}:{message}", message.len())?;
        let mut answer = self.receive()?;
        let error = answer.get(2).and_then(|error| error.get("message")).and_then(Value::as_str);
        if let Some(error) = error {
            return Err(format!("Marionette, {name}: {error}").into());
        }
        Ok(answer.get_mut(3).map(Value::take).unwrap_or_default())
    }

    /// `length:message`
    fn receive(&mut self) -> Result<Value, Failure> {
        let mut len = 0_usize;
        loop {
            let mut octet = [0];
            self.stream.read_exact(&mut octet)?;
            match octet {
                [digit @ b'0'..=b'9'] => len = len * 10 + usize::from(digit - b'0'),
                [b':'] => break,
                _ => return Err("Marionette: no length".into()),
            }
        }
        let mut message = vec![0; len];
        self.stream.read_exact(&mut message)?;
        Ok(serde_json::from_slice(&message)?)
    }
}

fn connect(port: u16) -> Result<TcpStream, Failure> {
    let begun = Instant::now();
    loop {
        match TcpStream::connect(("127.0.0.1", port)) {
            Ok(stream) => return Ok(stream),
            Err(error) if begun.elapsed() > Duration::from_secs(120) => return Err(error.into()),
            Err(_) => thread::sleep(Duration::from_millis(100)),
        }
    }
}

impl Driver for Firefox {
    fn profile(&self) -> Profile {
        Profile::Firefox
    }

    fn version(&self) -> u32 {
        self.version
    }

    fn command(&mut self, command: Command<'_>) -> Result<Value, Failure> {
        let name = match command {
            Command::Navigate { .. } => "WebDriver:Navigate",
            Command::FindElement { .. } => "WebDriver:FindElement",
            Command::Click { .. } => "WebDriver:ElementClick",
            Command::Clear { .. } => "WebDriver:ElementClear",
            Command::SendKeys { .. } => "WebDriver:ElementSendKeys",
            Command::Script { asynchronous: false, .. } => "WebDriver:ExecuteScript",
            Command::Script { asynchronous: true, .. } => "WebDriver:ExecuteAsyncScript",
            Command::Screenshot => "WebDriver:TakeScreenshot",
        };
        let mut answer = self.send(name, &command.parameters())?;
        Ok(answer.get_mut("value").map(Value::take).unwrap_or_default())
    }

    fn stored(&mut self) -> Result<Vec<Stored>, Failure> {
        let all = self.chrome(READ_COOKIES)?;
        Ok(all.as_array().ok_or("no cookies")?.iter().map(stored).collect())
    }

    fn blocked(&mut self) -> Result<Option<Vec<String>>, Failure> {
        Ok(None)
    }

    fn screen(&mut self, width: u32, height: u32, _dark: bool) -> Result<(), Failure> {
        self.send("WebDriver:SetWindowRect", &json!({ "width": width, "height": height }))?;
        Ok(())
    }

    fn close(mut self: Box<Self>) -> Result<(), Failure> {
        self.send("Marionette:Quit", &json!({ "flags": ["eAttemptQuit"] }))?;
        self.process.ended(Duration::from_secs(120))
    }
}

fn stored(cookie: &Value) -> Stored {
    let text = |key: &str| cookie.get(key).and_then(Value::as_str).unwrap_or_default().to_owned();
    let flag = |key: &str| cookie.get(key).and_then(Value::as_bool).unwrap_or_default();
    let domain = text("domain");
    let expires = cookie.get("expires").and_then(Value::as_i64).filter(|_| !flag("session"));
    Stored {
        name: of_octets(&text("name")),
        value: text("value"),
        host_only: !domain.starts_with('.'),
        domain: domain.trim_start_matches('.').to_owned(),
        path: text("path"),
        secure: flag("secure"),
        http_only: flag("httpOnly"),
        // nsICookie.idl
        same_site: match cookie.get("sameSite").and_then(Value::as_i64) {
            Some(0) => Some(SameSite::None),
            Some(1) => Some(SameSite::Lax),
            Some(2) => Some(SameSite::Strict),
            _ => None,
        },
        // Newer versions count milliseconds.
        expires: expires.map(|time| if time.abs() > 100_000_000_000 { time.div_euclid(1000) } else { time }),
        partitioned: !text("partition").is_empty(),
    }
}

/// The text of octets that are given as a character each, as nsICookie.idl has names.
fn of_octets(text: &str) -> String {
    let octets: Option<Vec<u8>> = text.chars().map(|char| u8::try_from(char).ok()).collect();
    octets.map_or_else(|| text.to_owned(), |octets| String::from_utf8_lossy(&octets).into_owned())
}
