//! Tables for the eye.

use core::time::Duration;
use std::io::{self, Write};

use hardtack::{
    Attribute, AttributeName, Attributes, CookieDate, MAX_ATTRIBUTE_LEN, ParseError, SameSite, SetCookie, parse,
    value::{percent, quoted},
};
use time::OffsetDateTime;

use crate::screen::{Line, visible, width};

/// The most that user agents let a cookie live (RFC 6265bis section 5.5).
const MAX_DAYS: u64 = 400;

pub(crate) fn cookie(out: &mut impl Write, text: &[u8], redact: bool) -> io::Result<()> {
    writeln!(out, "Cookie")?;
    let mut pairs = pair_table();
    for pair in parse(text) {
        pairs.row(pair_row(pair.name(), pair.value(), pair.is_tombstone(), redact));
    }
    if pairs.rows.is_empty() {
        writeln!(out, "  no pair")?;
    }
    pairs.write(out)?;
    let mut start = 0;
    for segment in text.split(|&byte| byte == b';') {
        if let Some(at) = segment.iter().position(|&byte| byte.is_ascii_control() && byte != b'\t') {
            let (byte, offset) = (segment.get(at).copied().unwrap_or_default(), start + at);
            writeln!(
                out,
                "  byte 0x{byte:02X} at offset {offset} is a control byte: the pair it stands in is skipped"
            )?;
        }
        start += segment.len() + 1;
    }
    Ok(())
}

pub(crate) fn set_cookie(
    out: &mut impl Write,
    text: &[u8],
    cookie: &SetCookie<'_, [u8]>,
    redact: bool,
) -> io::Result<()> {
    writeln!(out, "Set-Cookie")?;
    let mut pair = pair_table();
    pair.row(pair_row(cookie.name(), cookie.value(), cookie.is_tombstone(), redact));
    pair.write(out)?;
    let mut attributes = Table::new([Column::always("attribute"), Column::always("value"), Column::always("meaning")]);
    let given: Vec<_> = Attributes::tokenize(split(text, b';').1).map(Given::new).collect();
    for (index, attribute) in given.iter().enumerate() {
        let later = given.get(index + 1..).unwrap_or_default();
        let value = attribute.raw.value().unwrap_or_default();
        attributes.row([visible(attribute.raw.name()), visible(value), attribute.meaning(later, cookie)]);
    }
    if !attributes.rows.is_empty() {
        writeln!(out)?;
    }
    attributes.write(out)
}

/// The field as it came, a caret under the octet the error is about, and the error.
pub(crate) fn refused(out: &mut impl Write, text: &[u8], error: &ParseError, redact: bool) -> io::Result<()> {
    const NAME: &str = "Set-Cookie: ";
    let line = if redact { redacted(text) } else { Line::new(text) };
    let (shown, column) = line.around(error.offset());
    writeln!(out, "{}", format!("{NAME}{shown}").trim_end())?;
    writeln!(out, "{:column$}^", "", column = NAME.len() + column)?;
    writeln!(out, "error: {error}")
}

/// A field whose value is hidden: what stands between the first `=`, if there is one, and the first `;`.
fn redacted(text: &[u8]) -> Line {
    let pair = split(text, b';').0;
    let start = pair.iter().position(|&byte| byte == b'=').map_or(0, |equals| equals + 1);
    let (name, value) = pair.split_at(start);
    let mut line = Line::new(name);
    line.push_as(value.len(), hidden(value));
    line.extend(Line::new(text.get(pair.len()..).unwrap_or_default()));
    line
}

fn hidden(value: &[u8]) -> String {
    format!("<{} octet{}>", value.len(), if value.len() == 1 { "" } else { "s" })
}

/// The octets before and behind the first `separator`.
fn split(text: &[u8], separator: u8) -> (&[u8], &[u8]) {
    let mut parts = text.splitn(2, |&byte| byte == separator);
    (parts.next().unwrap_or_default(), parts.next().unwrap_or_default())
}

fn pair_table() -> Table<4> {
    Table::new([
        Column::always("name"),
        Column::always("value"),
        Column::where_given("decoded"),
        Column::where_given("tombstone"),
    ])
}

fn pair_row(name: &[u8], value: &[u8], tombstone: bool, redact: bool) -> [String; 4] {
    let (value, decoded) = if redact { (hidden(value), String::new()) } else { (visible(value), decoded(value)) };
    [visible(name), value, decoded, if tombstone { "yes".into() } else { String::new() }]
}

/// The value decoded where that makes a difference, by percent signs or, without any, by quotes.
fn decoded(value: &[u8]) -> String {
    let Ok(text) = percent::decode(value) else {
        return "(does not decode)".into();
    };
    if text.as_bytes() != value {
        return visible(text.as_bytes());
    }
    let unquoted = quoted::decode_bytes(value);
    if *unquoted == *value { String::new() } else { visible(&unquoted) }
}

/// An attribute as it stands in the field, and what it would say if it stood there alone.
struct Given<'a> {
    raw: Attribute<'a, [u8]>,
    alone: Attributes<'static, [u8]>,
}

impl<'a> Given<'a> {
    fn new(raw: Attribute<'a, [u8]>) -> Self {
        let text = [b"=alone;", raw.name(), b"=", raw.value().unwrap_or_default()].concat();
        let alone = SetCookie::parse(&text).map(|cookie| cookie.attributes().clone().into_owned());
        Self { alone: alone.unwrap_or_default(), raw }
    }

    fn heeded(&self) -> bool {
        self.raw.value().unwrap_or_default().len() <= MAX_ATTRIBUTE_LEN
    }

    /// Whether it takes the place of an earlier attribute of the same name: an invalid date or age does not (RFC
    /// 6265bis sections 5.6.1 and 5.6.2).
    fn replaces(&self, name: AttributeName) -> bool {
        self.heeded()
            && self.raw.known() == Some(name)
            && match name {
                AttributeName::Expires => self.alone.expires().is_some(),
                AttributeName::MaxAge => self.alone.max_age().is_some(),
                _ => true,
            }
    }

    fn meaning(&self, later: &[Given<'_>], cookie: &SetCookie<'_, [u8]>) -> String {
        let value = self.raw.value().unwrap_or_default();
        if !self.heeded() {
            return format!("ignored: {} octets, more than {MAX_ATTRIBUTE_LEN}", value.len());
        }
        let Some(name) = self.raw.known() else {
            return "not known, kept as it is".into();
        };
        if self.alone_means_nothing(name) {
            return ignored(name, value);
        }
        if later.iter().any(|later| later.replaces(name)) {
            return "ignored: given again later".into();
        }
        match name {
            AttributeName::Expires => date(self.alone.expires(), cookie.max_age().is_some()),
            AttributeName::MaxAge => age(self.alone.max_age().unwrap_or_default()),
            AttributeName::Domain => format!("{} and its subdomains", visible(self.alone.domain().unwrap_or_default())),
            AttributeName::Path => match self.alone.path().unwrap_or_default() {
                b"/" => "every path".into(),
                path => format!("{} and below", visible(path)),
            },
            AttributeName::Secure => "for secure channels alone".into(),
            AttributeName::HttpOnly => "hidden from scripts".into(),
            AttributeName::SameSite => match self.alone.same_site() {
                Some(SameSite::Strict) => "not sent when another site causes the request".into(),
                Some(SameSite::Lax) => "sent from another site when the user navigates here".into(),
                Some(SameSite::None) | None => "sent whatever site causes the request".into(),
            },
            AttributeName::Partitioned => "a jar of its own for each top-level site".into(),
            _ => "known".into(),
        }
    }

    fn alone_means_nothing(&self, name: AttributeName) -> bool {
        match name {
            AttributeName::Expires => self.alone.expires().is_none(),
            AttributeName::MaxAge => self.alone.max_age().is_none(),
            AttributeName::Domain => self.alone.domain().is_none(),
            AttributeName::Path => self.alone.path().is_none(),
            AttributeName::SameSite => self.alone.same_site().is_none(),
            _ => false,
        }
    }
}

fn ignored(name: AttributeName, value: &[u8]) -> String {
    match (name, CookieDate::parse(value)) {
        (AttributeName::Expires, Err(error)) => format!("ignored: {error}"),
        (AttributeName::MaxAge, _) => "ignored: no whole number of seconds".into(),
        (AttributeName::Domain, _) => "ignored: empty".into(),
        (AttributeName::Path, _) => "ignored: does not begin with \"/\"".into(),
        (AttributeName::SameSite, _) => "ignored: none of Strict, Lax and None".into(),
        _ => "ignored".into(),
    }
}

fn date(date: Option<CookieDate>, outranked: bool) -> String {
    let moment = OffsetDateTime::from(date.unwrap_or(CookieDate::UNIX_EPOCH));
    let (hour, minute, second) = moment.to_hms();
    let note = if outranked { ", but Max-Age counts" } else { "" };
    format!("{} {hour:02}:{minute:02}:{second:02} UTC{note}", moment.date())
}

fn age(age: Duration) -> String {
    let (seconds, minutes, hours, days) =
        (age.as_secs() % 60, age.as_secs() / 60 % 60, age.as_secs() / 3600 % 24, age.as_secs() / 86400);
    let day = if days == 1 { "day" } else { "days" };
    let parts = [(days, day), (hours, "h"), (minutes, "min"), (seconds, "s")];
    let span = parts.iter().filter(|(count, _)| *count > 0).map(|(count, unit)| format!("{count} {unit}"));
    let span = span.collect::<Vec<_>>().join(" ");
    match age.as_secs() {
        0 => "deletes the cookie".into(),
        seconds if seconds > MAX_DAYS * 86400 => format!("{span}, cut to {MAX_DAYS} days by user agents"),
        _ => span,
    }
}

/// Columns under their titles, two spaces apart.
struct Table<const N: usize> {
    columns: [Column; N],
    rows: Vec<[String; N]>,
}

struct Column {
    title: &'static str,
    optional: bool,
}

impl Column {
    const fn always(title: &'static str) -> Self {
        Self { title, optional: false }
    }

    /// A column that is left out where no row has anything in it.
    const fn where_given(title: &'static str) -> Self {
        Self { title, optional: true }
    }
}

impl<const N: usize> Table<N> {
    const fn new(columns: [Column; N]) -> Self {
        Self { columns, rows: Vec::new() }
    }

    fn row(&mut self, cells: [String; N]) {
        self.rows.push(cells);
    }

    /// Writes nothing at all where there are no rows.
    fn write(&self, out: &mut impl Write) -> io::Result<()> {
        if self.rows.is_empty() {
            return Ok(());
        }
        let mut lines = vec![String::new(); self.rows.len() + 1];
        for (index, column) in self.columns.iter().enumerate() {
            let cells = self.rows.iter().filter_map(|row| row.get(index).map(String::as_str));
            if column.optional && cells.clone().all(str::is_empty) {
                continue;
            }
            let before = lines.iter().map(|line| width(line)).max().unwrap_or_default();
            for (line, cell) in lines.iter_mut().zip([column.title].into_iter().chain(cells)) {
                let padding = before - width(line) + 2;
                *line += &" ".repeat(padding);
                *line += cell;
            }
        }
        lines.iter().try_for_each(|line| writeln!(out, "{}", line.trim_end()))
    }
}
