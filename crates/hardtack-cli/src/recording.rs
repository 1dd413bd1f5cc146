//! A recording of a browser's traffic, entry by entry.

use core::time::Duration;
use std::fs::File;
use std::io::{self, BufRead, BufReader, IsTerminal, Read, Write};
use std::path::Path;
use std::time::Instant;

use hardtack::CookieDate;
use hardtack_cli::agent::{EntryReading, Recording};
use hardtack_cli::input::har::{self, Entry, HarError};
use hardtack_cli::input::{Field, FieldName, Request};
use hardtack_cli::reading::{CookieReading, SetCookieReading, code};
use hardtack_cli::screen::visible;
use indicatif::{ProgressBar, ProgressStyle};
use serde_json::json;

use crate::args::Inspect;
use crate::status::{Failure, Status};
use crate::style::{HEADING, NOTE};
use crate::{json, verdicts};

const NOTHING: &str = "no Cookie or Set-Cookie field found in the recording; Chrome leaves them out unless it exports \"with sensitive data\" (settings of its developer tools, Network)";

/// Whether an input is JSON, of which nothing is taken.
pub(crate) fn begins(input: &mut impl BufRead) -> io::Result<bool> {
    const BOM: &[u8] = b"\xEF\xBB\xBF";
    let start = input.fill_buf()?;
    Ok(start.strip_prefix(BOM).unwrap_or(start).trim_ascii_start().starts_with(b"{"))
}

/// Reads the recording in a file, `-` for standard input.
pub(crate) fn file(out: &mut impl Write, path: &Path, options: &Inspect, now: CookieDate) -> Result<Status, Failure> {
    if path.as_os_str() == "-" {
        return read(out, io::stdin().lock(), None, options, now);
    }
    let file = File::open(path).map_err(|error| Failure::unreadable(path, &error))?;
    let len = file.metadata().map(|metadata| metadata.len()).ok();
    read(out, BufReader::with_capacity(1 << 16, file), len, options, now)
}

/// Reads a recording of `len` octets, if that is known.
pub(crate) fn read(
    out: &mut impl Write,
    mut input: impl BufRead,
    len: Option<u64>,
    options: &Inspect,
    now: CookieDate,
) -> Result<Status, Failure> {
    if input.fill_buf()?.starts_with(b"\xEF\xBB\xBF") {
        input.consume(3);
    }
    let profiles = &options.session.profile.0;
    let mut counts = Counts::default();
    let mut recording = Recording::new(profiles, now);
    if let Some(policy) = options.session.third_party {
        recording = recording.third_parties(policy.into());
    }
    let progress = Progress::new(input, len);
    let bar = progress.bar.clone();
    let shared = io::stdout().is_terminal();
    let read = har::read(BufReader::with_capacity(1 << 16, progress), |entry| {
        // Entries such as data: and blob: URLs carry no cookies.
        let Ok(reading) = recording.entry(&entry) else {
            return Ok(());
        };
        counts.refused += reading.verdicts.iter().flatten().filter(|(_, verdict)| verdict.refusal().is_some()).count();
        if entry.cookies.is_empty() && entry.set_cookies.is_empty() && reading.missing.is_empty() {
            return Ok(());
        }
        counts.fields += entry.cookies.len() + entry.set_cookies.len();
        let mut write = || {
            if options.output.json {
                as_json(out, &entry, &reading, options)
            } else {
                show(out, &entry, &reading, options)
            }
        };
        // The bar gives way to what is written beside it, and only to that.
        if shared { bar.suspend(write) } else { write() }
    });
    bar.finish_and_clear();
    let entries = read.map_err(|error| match error {
        HarError::Io(error) => Failure::Io(error),
        error => Failure::usage(&error),
    })?;
    if counts.fields == 0 {
        return Err(Failure::Nothing(NOTHING.to_owned()));
    }
    if !options.output.json {
        let Counts { fields, refused } = counts;
        let entries = counted(entries, "entry", "entries");
        writeln!(out, "{entries}, {}, {refused} refused", counted(fields, "field", "fields"))?;
    }
    Ok(if counts.refused > 0 { Status::Refused } else { Status::Fine })
}

#[derive(Clone, Copy, Default)]
struct Counts {
    fields: usize,
    refused: usize,
}

fn counted(count: usize, one: &str, several: &str) -> String {
    format!("{count} {}", if count == 1 { one } else { several })
}

/// A request and what its response set.
fn show(out: &mut impl Write, entry: &Entry, reading: &EntryReading, options: &Inspect) -> io::Result<()> {
    let method = visible(entry.method.as_bytes());
    write!(out, "{HEADING}{method} {}{HEADING:#}", visible(entry.url.as_bytes()))?;
    if entry.status > 0 {
        write!(out, "  {}", entry.status)?;
    }
    if let Some(started) = entry.started {
        write!(out, "  {}", CookieDate::from(started))?;
    }
    writeln!(out)?;
    let how = match (reading.cross_site, reading.navigation) {
        (true, true) => Some("another site navigates here"),
        (true, false) => Some("another site causes it"),
        (false, _) => None,
    };
    let by = entry.initiator.as_ref().map(|url| format!("by {}", visible(url.as_bytes())));
    let cause: Vec<_> = how.map(str::to_owned).into_iter().chain(by).collect();
    if !cause.is_empty() {
        writeln!(out, "  {}", cause.join(", "))?;
    }
    let profile = options.session.profile.0.first().copied().unwrap_or_default();
    for field in &entry.cookies {
        let names: Vec<_> = hardtack::parse(field.as_bytes()).map(|pair| label(pair.name())).collect();
        writeln!(out, "  sent: {}", names.join(", "))?;
    }
    let lists = [
        (&reading.unknown, "not set in this recording".to_owned()),
        (&reading.changed, "sent with another value than was set".to_owned()),
        (&reading.missing, format!("not sent, though {profile} would have")),
    ];
    for (names, what) in lists {
        if !names.is_empty() {
            let names: Vec<_> = names.iter().map(|name| label(name)).collect();
            writeln!(out, "    {NOTE}{what}:{NOTE:#} {}", names.join(", "))?;
        }
    }
    for (name, reason) in &reading.unexpected {
        writeln!(out, "    {NOTE}sent, though {profile} would not have:{NOTE:#} {}: {reason}", label(name))?;
    }
    for (line, verdicts) in entry.set_cookies.iter().zip(&reading.verdicts) {
        let name = match SetCookieReading::new(line.as_bytes()) {
            Ok(reading) => label(&reading.pair.name),
            Err(_) => label(hardtack::parse(line.as_bytes()).next().map(hardtack::Pair::name).unwrap_or_default()),
        };
        if let [(_, verdict)] = verdicts.as_slice() {
            writeln!(out, "  set {name}: {}", verdicts::first_line(verdict))?;
        } else {
            writeln!(out, "  set {name}:")?;
            verdicts::side_by_side(out, "    ", verdicts)?;
        }
    }
    writeln!(out)
}

fn label(name: &[u8]) -> String {
    if name.is_empty() { "(no name)".to_owned() } else { visible(name) }
}

fn as_json(out: &mut impl Write, entry: &Entry, reading: &EntryReading, options: &Inspect) -> io::Result<()> {
    let names =
        |names: &[Vec<u8>]| names.iter().map(|name| String::from_utf8_lossy(name).into_owned()).collect::<Vec<_>>();
    let line = json!({
        "entry": entry.url,
        "method": entry.method,
        "status": entry.status,
        "started": entry.started.map(time::OffsetDateTime::unix_timestamp),
        "cross_site": reading.cross_site,
        "navigation": reading.navigation,
        "initiator": entry.initiator,
        "unknown": names(&reading.unknown),
        "changed": names(&reading.changed),
        "missing": names(&reading.missing),
        "unexpected": reading.unexpected.iter().map(|(name, reason)| json!({
            "name": String::from_utf8_lossy(name),
            "reason": reason.to_string(),
            "code": code(reason),
        })).collect::<Vec<_>>(),
    });
    writeln!(out, "{line}")?;
    let request = Some(Request { method: entry.method.clone(), url: entry.url.clone() });
    // A recording has no lines to speak of.
    let field = |name, text: &str| Field { name, text: text.as_bytes().to_vec(), line: 0, request: request.clone() };
    for text in &entry.cookies {
        let field = field(FieldName::Cookie, text);
        writeln!(out, "{}", json::cookie(&field, &CookieReading::new(&field.text), &options.output))?;
    }
    let url = reading.context.to_string();
    for (text, verdicts) in entry.set_cookies.iter().zip(&reading.verdicts) {
        let field = field(FieldName::SetCookie, text);
        match SetCookieReading::new(&field.text) {
            Ok(reading) => writeln!(out, "{}", json::set_cookie(&field, &reading, None, &options.output))?,
            Err(error) => writeln!(out, "{}", json::refused(&field, &error))?,
        }
        for (profile, verdict) in verdicts {
            writeln!(out, "{}", json::verdict(*profile, &url, verdict))?;
        }
    }
    Ok(())
}

/// Counts what is read, and shows how far that is on a terminal once it takes longer than a second.
struct Progress<R> {
    input: R,
    bar: ProgressBar,
    len: Option<u64>,
    begun: Instant,
    read: u64,
}

impl<R: BufRead> Progress<R> {
    fn new(input: R, len: Option<u64>) -> Self {
        Self { input, bar: ProgressBar::hidden(), len, begun: Instant::now(), read: 0 }
    }

    fn tick(&mut self) {
        const PATIENCE: Duration = Duration::from_secs(1);
        if self.bar.is_hidden() && self.begun.elapsed() > PATIENCE && io::stderr().is_terminal() {
            self.bar.set_draw_target(indicatif::ProgressDrawTarget::stderr());
            if let Some(len) = self.len {
                self.bar.set_length(len);
            }
            let template = if self.len.is_some() {
                "{wide_bar} {bytes} of {total_bytes}, {eta} left"
            } else {
                "{spinner} {bytes} read"
            };
            if let Ok(style) = ProgressStyle::with_template(template) {
                self.bar.set_style(style);
            }
        }
        self.bar.set_position(self.read);
    }
}

impl<R: BufRead> Read for Progress<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let count = self.input.read(buffer)?;
        self.read = self.read.saturating_add(u64::try_from(count).unwrap_or(u64::MAX));
        self.tick();
        Ok(count)
    }
}
