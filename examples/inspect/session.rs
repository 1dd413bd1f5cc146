//! A user agent that is shown every Set-Cookie line in turn, and asked afterwards what it sends.

use std::io::{self, Write};
use std::time::SystemTime;

use clap::Args;
#[cfg(feature = "psl")]
use hardtack::agent::BundledList as Suffixes;
#[cfg(not(feature = "psl"))]
use hardtack::agent::TopLevelOnly as Suffixes;
use hardtack::agent::{Context, Profile, Store, StoredCookie, Verdict};
use hardtack::{CookieDate, SameSite};
use serde_json::{Value, json};

use crate::screen::visible;

#[derive(Args)]
pub(crate) struct Arguments {
    /// Judge each Set-Cookie line as a user agent that got it in response to a request for this URL.
    #[arg(long, value_parser = request)]
    url: Option<Context>,

    /// Whose rules count: rfc6265bis, chromium or firefox.
    #[arg(long, requires = "url", default_value = "rfc6265bis", value_parser = profile)]
    profile: Profile,

    /// Show the Cookie field of a request for this URL, made after all lines; may be given again.
    #[arg(long, value_name = "URL", requires = "url", value_parser = request)]
    then: Vec<Context>,

    /// What time it is, as a date; the clock is read otherwise.
    #[arg(long, value_name = "DATE", requires = "url", value_parser = CookieDate::parse::<str>)]
    now: Option<CookieDate>,
}

/// The request for a URL.
fn request(url: &str) -> Result<Context, String> {
    let (scheme, rest) = url.split_once("://").ok_or("no scheme: write https://host/path")?;
    let (authority, path) = rest.split_at(rest.find(['/', '?', '#']).unwrap_or(rest.len()));
    let host = authority.rsplit_once('@').map_or(authority, |(_, host)| host);
    let host = match (host.rsplit_once(':'), host.rfind(']')) {
        (Some((_, port)), Some(_)) if port.ends_with(']') => host,
        (Some((host, _)), _) => host,
        (None, _) => host,
    };
    match scheme {
        "https" => Context::https(host, path),
        "http" => Context::http(host, path),
        _ => return Err("cookies travel by http and https alone".into()),
    }
    .map_err(|error| error.to_string())
}

fn profile(name: &str) -> Result<Profile, String> {
    let known = Profile::ALL.into_iter().find(|profile| profile.as_str().eq_ignore_ascii_case(name));
    known.ok_or_else(|| format!("write one of {}", Profile::ALL.map(Profile::as_str).join(", ")))
}

pub(crate) struct Session {
    context: Context,
    then: Vec<Context>,
    now: CookieDate,
    store: Store<Suffixes>,
}

impl Session {
    /// A session, if one is asked for.
    pub(crate) fn new(arguments: &Arguments) -> Option<Self> {
        let Arguments { url, profile, then, now } = arguments;
        Some(Self {
            context: url.clone()?,
            then: then.clone(),
            now: now.unwrap_or_else(|| SystemTime::now().into()),
            store: Store::with_suffixes(*profile, Suffixes),
        })
    }

    /// Shows what becomes of a line, and tells whether it is refused.
    pub(crate) fn set_cookie(&mut self, out: &mut impl Write, text: &[u8], json: bool) -> io::Result<bool> {
        let verdict = self.store.set(text, &self.context, self.now);
        if json {
            writeln!(out, "{}", as_json(&verdict))?;
        } else {
            writeln!(out, "\n  {} at {}", self.store.profile(), visible(self.context.to_string().as_bytes()))?;
            for line in verdict.to_string().lines() {
                writeln!(out, "  {}", visible(line.as_bytes()))?;
            }
        }
        Ok(verdict.refusal().is_some())
    }

    /// Shows what the requests that follow carry.
    pub(crate) fn requests(&self, out: &mut impl Write, json: bool, redact: bool) -> io::Result<()> {
        for context in &self.then {
            let cookies = self.store.cookies(context, self.now);
            let pairs: Vec<_> = cookies.into_iter().map(|cookie| pair(cookie, redact)).collect();
            let field = if pairs.is_empty() { None } else { Some(pairs.join("; ")) };
            if json {
                writeln!(out, "{}", json!({ "request": context.to_string(), "cookie": field }))?;
            } else {
                let field = field.map_or_else(|| "no Cookie field".into(), |field| format!("Cookie: {field}"));
                writeln!(out, "\nrequest for {}\n  {field}", visible(context.to_string().as_bytes()))?;
            }
        }
        Ok(())
    }
}

fn pair(cookie: &StoredCookie, redact: bool) -> String {
    let value = match cookie.value.len() {
        1 if redact => "<1 octet>".into(),
        len if redact => format!("<{len} octets>"),
        _ => visible(&cookie.value),
    };
    if cookie.name.is_empty() { value } else { format!("{}={value}", visible(&cookie.name)) }
}

fn as_json(verdict: &Verdict) -> Value {
    let texts = |texts: Vec<String>| Value::from(texts);
    let outcome = match verdict {
        Verdict::Stored { .. } => "stored",
        Verdict::Expired { .. } => "expired",
        _ => "refused",
    };
    let cookie = verdict.cookie().map(|cookie| {
        json!({
            "name": String::from_utf8_lossy(&cookie.name),
            "domain": cookie.domain,
            "host_only": cookie.host_only,
            "path": String::from_utf8_lossy(&cookie.path),
            "partition": cookie.partition,
            "expires": cookie.expires.map(|expires| expires.to_string()),
            "secure": cookie.secure,
            "http_only": cookie.http_only,
            "same_site": cookie.same_site.map(SameSite::as_str),
        })
    });
    json!({
        "verdict": outcome,
        "reason": verdict.refusal().map(ToString::to_string),
        "section": verdict.refusal().map(hardtack::agent::Refusal::section),
        "cookie": cookie,
        "effects": texts(verdict.effects().iter().map(ToString::to_string).collect()),
        "warnings": texts(verdict.warnings().iter().map(ToString::to_string).collect()),
    })
}
