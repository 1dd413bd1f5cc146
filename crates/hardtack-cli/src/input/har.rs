//! A recording of a browser's network traffic (HTTP Archive 1.2), read entry by entry.

use core::fmt;
use std::io::{self, Read};

use serde::Deserialize;
use serde::de::{self, DeserializeSeed, Deserializer, IgnoredAny, MapAccess, SeqAccess, Visitor};
use thiserror::Error;
use time::OffsetDateTime;
use time::format_description::well_known::Rfc3339;

/// Why a recording was not read.
#[derive(Debug, Error)]
#[non_exhaustive]
pub enum HarError {
    /// No JSON, or JSON of another kind.
    #[error(
        "the recording is no HAR at line {line}, column {column}: {what}; save it anew from the browser's network panel"
    )]
    Format {
        /// From 1.
        line: usize,
        /// From 1.
        column: usize,
        /// What is wrong.
        what: String,
    },
    /// It could not be read, or what was found could not be written.
    #[error(transparent)]
    Io(#[from] io::Error),
}

/// A request and its response. Debug shows no cookie.
#[derive(Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Entry {
    /// When the request began; `None` where the recording has no date that can be read.
    pub started: Option<OffsetDateTime>,
    /// How long it took, in milliseconds.
    pub took: u64,
    /// The method.
    pub method: String,
    /// The URL.
    pub url: String,
    /// The status code; 0 where no response came.
    pub status: u16,
    /// The Cookie fields.
    pub cookies: Vec<String>,
    /// The Set-Cookie fields, one a cookie.
    pub set_cookies: Vec<String>,
    /// The Date field of the response.
    pub server_date: Option<String>,
    /// The page in the tab, if the recording names it.
    pub page: Option<String>,
    /// The URL of the document or script that caused the request.
    pub initiator: Option<String>,
    /// What the browser said of where the request comes from.
    pub fetch: Fetch,
}

/// The Sec-Fetch fields of a request, which say who caused it (Fetch Metadata).
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct Fetch {
    /// `Sec-Fetch-Site`: `same-origin`, `same-site`, `cross-site` or `none`.
    pub site: Option<String>,
    /// `Sec-Fetch-Mode`: `navigate` and others.
    pub mode: Option<String>,
    /// `Sec-Fetch-Dest`: `document`, `iframe` and others; the browser's own word where the field is missing.
    pub dest: Option<String>,
}

impl fmt::Debug for Entry {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Entry")
            .field("started", &self.started)
            .field("method", &self.method)
            .field("url", &self.url)
            .field("status", &self.status)
            .field("cookies", &self.cookies.len())
            .field("set_cookies", &self.set_cookies.len())
            .finish_non_exhaustive()
    }
}

/// Reads a recording, giving each entry to `each` as it comes; returns how many there were.
///
/// Nothing but the entry at hand is held in memory. What `each` fails with ends the reading.
///
/// # Errors
///
/// - no JSON, or no object with `log.entries`
/// - whatever reading or `each` fails with
pub fn read<R: Read>(reader: R, each: impl FnMut(Entry) -> io::Result<()>) -> Result<usize, HarError> {
    let mut log = Log { each, failed: None, pages: Vec::new(), count: 0, seen: false };
    let mut json = serde_json::Deserializer::from_reader(reader);
    let read = Object { key: "log", inside: &mut log }.deserialize(&mut json).and_then(|()| json.end());
    if let Some(failed) = log.failed {
        return Err(failed.into());
    }
    match read {
        Ok(()) if log.seen => Ok(log.count),
        Ok(()) => Err(HarError::Format { line: 1, column: 1, what: "there is no log with entries".to_owned() }),
        Err(error) if error.is_io() => Err(io::Error::from(error).into()),
        Err(error) => Err(HarError::Format {
            line: error.line(),
            column: error.column(),
            // serde_json tells what it found, which may be a cookie; what it expected is enough.
            what: if error.is_data() { "an entry is not as HAR 1.2 has it" } else { "it is cut off, or no JSON" }
                .to_owned(),
        }),
    }
}

/// An object of which one key is read.
struct Object<'l, F> {
    key: &'static str,
    inside: &'l mut Log<F>,
}

impl<'de, F: FnMut(Entry) -> io::Result<()>> DeserializeSeed<'de> for Object<'_, F> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        deserializer.deserialize_map(self)
    }
}

impl<'de, F: FnMut(Entry) -> io::Result<()>> Visitor<'de> for Object<'_, F> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "an object with {:?}", self.key)
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<(), A::Error> {
        while let Some(key) = map.next_key::<String>()? {
            if key == self.key {
                map.next_value_seed(&mut *self.inside)?;
            } else {
                map.next_value::<IgnoredAny>()?;
            }
        }
        Ok(())
    }
}

/// What stands in `log`.
struct Log<F> {
    each: F,
    failed: Option<io::Error>,
    pages: Vec<Page>,
    count: usize,
    seen: bool,
}

#[derive(Deserialize)]
struct Page {
    id: String,
    #[serde(default)]
    title: String,
}

impl<'de, F: FnMut(Entry) -> io::Result<()>> DeserializeSeed<'de> for &mut Log<F> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        deserializer.deserialize_map(self)
    }
}

impl<'de, F: FnMut(Entry) -> io::Result<()>> Visitor<'de> for &mut Log<F> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a log with entries")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<(), A::Error> {
        while let Some(key) = map.next_key::<String>()? {
            match key.as_str() {
                "pages" => self.pages = map.next_value()?,
                "entries" => {
                    self.seen = true;
                    map.next_value_seed(Entries(self))?;
                }
                _ => {
                    map.next_value::<IgnoredAny>()?;
                }
            }
        }
        Ok(())
    }
}

struct Entries<'l, F>(&'l mut Log<F>);

impl<'de, F: FnMut(Entry) -> io::Result<()>> DeserializeSeed<'de> for Entries<'_, F> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        deserializer.deserialize_seq(self)
    }
}

impl<'de, F: FnMut(Entry) -> io::Result<()>> Visitor<'de> for Entries<'_, F> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a list of entries")
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut entries: A) -> Result<(), A::Error> {
        let Self(log) = self;
        while let Some(raw) = entries.next_element::<RawEntry>()? {
            log.count += 1;
            if let Err(error) = (log.each)(raw.entry(&log.pages)) {
                log.failed = Some(error);
                return Err(de::Error::custom("stopped"));
            }
        }
        Ok(())
    }
}

#[derive(Deserialize)]
struct RawEntry {
    #[serde(rename = "startedDateTime", default)]
    started: Option<String>,
    #[serde(default)]
    time: Option<f64>,
    #[serde(default)]
    pageref: Option<String>,
    request: RawRequest,
    #[serde(default)]
    response: RawResponse,
    #[serde(rename = "_initiator", default)]
    initiator: Option<Initiator>,
    #[serde(rename = "_resourceType", default)]
    resource_type: Option<String>,
}

#[derive(Deserialize)]
struct RawRequest {
    #[serde(default)]
    method: String,
    url: String,
    #[serde(default)]
    headers: Vec<Header>,
}

#[derive(Default, Deserialize)]
struct RawResponse {
    #[serde(default)]
    status: i64,
    #[serde(default)]
    headers: Vec<Header>,
    /// As the browser has read them: how many is what counts here.
    #[serde(default)]
    cookies: Vec<IgnoredAny>,
}

#[derive(Deserialize)]
struct Header {
    name: String,
    #[serde(default)]
    value: String,
}

#[derive(Deserialize)]
struct Initiator {
    #[serde(default)]
    url: Option<String>,
}

impl RawEntry {
    fn entry(self, pages: &[Page]) -> Entry {
        let Self { started, time, pageref, request, response, initiator, resource_type } = self;
        let header = |name: &str| {
            let found = request.headers.iter().find(|header| header.name.eq_ignore_ascii_case(name));
            found.map(|header| header.value.clone())
        };
        let set_cookies = set_cookies(&response);
        let server_date = response.headers.iter().find(|header| header.name.eq_ignore_ascii_case("date"));
        let page = pageref.and_then(|id| pages.iter().find(|page| page.id == id));
        Entry {
            started: started.and_then(|date| OffsetDateTime::parse(&date, &Rfc3339).ok()),
            took: milliseconds(time.unwrap_or_default()),
            status: u16::try_from(response.status).unwrap_or_default(),
            cookies: named(&request.headers, "cookie").map(str::to_owned).collect(),
            set_cookies,
            server_date: server_date.map(|header| header.value.clone()),
            // Where it is no URL the title is what the page calls itself.
            page: page.map(|page| page.title.clone()).filter(|title| title.contains("://")),
            initiator: initiator.and_then(|initiator| initiator.url),
            fetch: Fetch {
                site: header("sec-fetch-site"),
                mode: header("sec-fetch-mode"),
                dest: header("sec-fetch-dest").or(resource_type),
            },
            method: request.method,
            url: request.url,
        }
    }
}

fn named<'h>(headers: &'h [Header], name: &'h str) -> impl Iterator<Item = &'h str> {
    let of_name = headers.iter().filter(move |header| header.name.eq_ignore_ascii_case(name));
    of_name.map(|header| header.value.as_str()).filter(|value| !value.is_empty())
}

/// The Set-Cookie fields, unfolded: some browsers join them by line feeds, some by commas.
fn set_cookies(response: &RawResponse) -> Vec<String> {
    let lines: Vec<&str> = named(&response.headers, "set-cookie").flat_map(str::lines).collect();
    // A comma may stand in a value; that it joins fields is told by how many cookies the browser has read.
    if lines.len() < response.cookies.len() {
        lines.into_iter().flat_map(|line| hardtack::split_joined(line)).map(str::to_owned).collect()
    } else {
        lines.into_iter().map(str::to_owned).collect()
    }
}

/// Whole milliseconds; what is negative or no number is none.
fn milliseconds(time: f64) -> u64 {
    core::time::Duration::try_from_secs_f64(time / 1000.0)
        .ok()
        .and_then(|duration| u64::try_from(duration.as_millis()).ok())
        .unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use std::io;

    use super::{Entry, HarError, read};

    fn entries(har: &str) -> Result<Vec<Entry>, HarError> {
        let mut entries = Vec::new();
        read(har.as_bytes(), |entry| {
            entries.push(entry);
            Ok(())
        })?;
        Ok(entries)
    }

    fn response(headers: &str, cookies: &str) -> String {
        format!(
            r#"{{"log":{{"entries":[{{"request":{{"method":"GET","url":"https://a/"}},"response":{{"status":200,"headers":{headers},"cookies":{cookies}}}}}]}}}}"#
        )
    }

    #[test]
    fn an_entry() {
        let har = r#"{"log":{"version":"1.2","creator":{"name":"x"},"pages":[{"id":"p1","title":"https://shop.example/"},{"id":"p2","title":"Shop"}],
            "entries":[{"startedDateTime":"2026-11-24T12:00:00.250+01:00","time":120.7,"pageref":"p1","_resourceType":"xhr","_initiator":{"type":"script","url":"https://shop.example/a.js"},
              "request":{"method":"POST","url":"https://api.example/x","headers":[{"name":"cookie","value":"a=1"},{"name":"Sec-Fetch-Site","value":"cross-site"},{"name":"Sec-Fetch-Mode","value":"cors"}],"cookies":[]},
              "response":{"status":204,"headers":[{"name":"Date","value":"Tue, 24 Nov 2026 11:00:00 GMT"},{"name":"set-cookie","value":"b=2; Path=/"}],"cookies":[{"name":"b"}],"content":{"text":"{}"}}},
             {"pageref":"p2","request":{"url":"https://b/"}}]}}"#;
        let entries = entries(har).unwrap_or_default();
        let [first, second] = entries.as_slice() else { unreachable!("two entries, and not {}", entries.len()) };
        assert_eq!(first.started.map(time::OffsetDateTime::unix_timestamp), Some(1_795_518_000));
        assert_eq!((first.took, first.status, first.method.as_str()), (120, 204, "POST"));
        assert_eq!(
            (first.cookies.as_slice(), first.set_cookies.as_slice()),
            (["a=1".to_owned()].as_slice(), ["b=2; Path=/".to_owned()].as_slice())
        );
        assert_eq!(first.page.as_deref(), Some("https://shop.example/"));
        assert_eq!(first.initiator.as_deref(), Some("https://shop.example/a.js"));
        assert_eq!(first.fetch.site.as_deref(), Some("cross-site"));
        assert_eq!(first.fetch.dest.as_deref(), Some("xhr"));
        assert_eq!(first.server_date.as_deref(), Some("Tue, 24 Nov 2026 11:00:00 GMT"));
        assert_eq!((second.status, second.page.as_deref(), second.started), (0, None, None));
    }

    #[test]
    fn folded_fields_are_unfolded() {
        let rows: [(&str, &str, &str, &[&str]); 4] = [
            (
                "one each",
                r#"[{"name":"Set-Cookie","value":"a=1"},{"name":"set-cookie","value":"b=2"}]"#,
                "[{},{}]",
                &["a=1", "b=2"],
            ),
            ("joined by line feeds", r#"[{"name":"Set-Cookie","value":"a=1\nb=2"}]"#, "[{},{}]", &["a=1", "b=2"]),
            (
                "joined by commas",
                r#"[{"name":"Set-Cookie","value":"a=1; Expires=Thu, 01 Jan 1970 00:00:00 GMT, b=2"}]"#,
                "[{},{}]",
                &["a=1; Expires=Thu, 01 Jan 1970 00:00:00 GMT", "b=2"],
            ),
            ("a comma in a value", r#"[{"name":"Set-Cookie","value":"a=1, b=2"}]"#, "[{}]", &["a=1, b=2"]),
        ];
        for (why, headers, cookies, expected) in rows {
            let entries = entries(&response(headers, cookies)).unwrap_or_default();
            assert_eq!(
                entries.first().map(|entry| entry.set_cookies.as_slice()),
                Some(expected.iter().map(ToString::to_string).collect::<Vec<_>>().as_slice()),
                "{why}"
            );
        }
    }

    #[test]
    fn what_is_no_recording() {
        for har in [
            "",
            "{",
            "[]",
            "{}",
            r#"{"log":{}}"#,
            r#"{"log":{"entries":[{}]}}"#,
            r#"{"log":{"entries":[]}} x"#,
            r#"{"log":{"entries":{"S3CRET":"S3CRET"}}}"#,
        ] {
            let error = entries(har).expect_err_text();
            assert!(error.contains("no HAR at line 1") && !error.contains("S3CRET"), "{har}: {error}");
        }
        assert_eq!(entries(r#"{"log":{"entries":[]}}"#).ok(), Some(Vec::new()));
    }

    trait ErrorText {
        fn expect_err_text(self) -> String;
    }

    impl<T> ErrorText for Result<T, HarError> {
        fn expect_err_text(self) -> String {
            self.err().map(|error| error.to_string()).unwrap_or_default()
        }
    }

    #[test]
    fn it_is_streamed() {
        // What follows the first entry is never asked for.
        let har = response("[]", "[]");
        let cut = har.rfind("]}}").unwrap_or_default();
        let stopped = read(&har.as_bytes()[..cut], |_| Err(io::ErrorKind::BrokenPipe.into()));
        assert!(matches!(stopped, Err(HarError::Io(error)) if error.kind() == io::ErrorKind::BrokenPipe));
    }
}
