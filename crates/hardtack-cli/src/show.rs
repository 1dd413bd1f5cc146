//! Fields as tables for the eye.

use std::io::{self, Write};

use hardtack::ParseError;
use hardtack_cli::input::FieldName;
use hardtack_cli::reading::{CookieReading, Decoded, MAX_OCTETS, Meaning, PairReading, SetCookieReading};
use hardtack_cli::screen::{Line, visible};

use crate::args::Output;
use crate::style::{BAD, HEADING, NOTE};
use crate::table::{Cell, Column, Table};

/// The octets of a pair from which its length is shown unasked: three quarters of the most that is kept.
const NOTABLE: usize = MAX_OCTETS / 4 * 3;

pub(crate) fn cookie(out: &mut impl Write, reading: &CookieReading, output: &Output) -> io::Result<()> {
    let mut pairs = pair_table();
    for pair in &reading.pairs {
        pairs.row(pair_row(pair, output));
    }
    if pairs.is_empty() {
        writeln!(out, "  no pair")?;
    }
    pairs.write(out)?;
    for error in &reading.refused {
        if let ParseError::ControlByte { byte, offset } = error {
            let what = format!("byte 0x{byte:02X} at offset {offset} is a control byte");
            writeln!(out, "  {NOTE}{what}: the pair it stands in is skipped{NOTE:#}")?;
        }
    }
    if output.lengths || reading.octets > MAX_OCTETS {
        write!(out, "  {} in the field", octets(reading.octets))?;
        if reading.octets > MAX_OCTETS {
            write!(out, ", more than {MAX_OCTETS}: some servers refuse it")?;
        }
        writeln!(out)?;
    }
    for pair in &reading.pairs {
        if pair.octets() > MAX_OCTETS {
            let name = visible(&pair.name);
            writeln!(
                out,
                "  {NOTE}{name}: {} in the pair, more than the {MAX_OCTETS} that user agents keep{NOTE:#}",
                octets(pair.octets())
            )?;
        }
    }
    payloads(out, reading.pairs.iter(), output)
}

pub(crate) fn set_cookie(out: &mut impl Write, reading: &SetCookieReading<'_>, output: &Output) -> io::Result<()> {
    let mut pair = pair_table();
    pair.row(pair_row(&reading.pair, output));
    pair.write(out)?;
    let used = reading.pair.octets();
    if output.lengths || used >= NOTABLE {
        let field = octets(reading.octets);
        writeln!(out, "  {used} of the {MAX_OCTETS} octets that name and value may have; {field} in the field")?;
    }
    payloads(out, [&reading.pair].into_iter(), output)?;
    let mut attributes = Table::new([Column::always("attribute"), Column::always("value"), Column::always("meaning")]);
    for attribute in &reading.attributes {
        let value = attribute.value.as_deref().unwrap_or_default();
        let meaning = attribute.meaning.to_string();
        let meaning = match attribute.meaning {
            Meaning::Ignored(_) => Cell::styled(meaning, NOTE),
            _ => Cell::from(meaning),
        };
        attributes.row([visible(&attribute.name).into(), visible(value).into(), meaning]);
    }
    if !attributes.is_empty() {
        writeln!(out)?;
    }
    attributes.write(out)
}

/// The field as it came, a caret under the octet the error is about, and the error.
pub(crate) fn refused(
    out: &mut impl Write,
    name: FieldName,
    text: &[u8],
    error: &ParseError,
    redact: bool,
) -> io::Result<()> {
    let name = format!("{}: ", name.as_str());
    let line = match (redact, name.starts_with("Set-")) {
        (false, _) => Line::new(text),
        (true, true) => redacted(text),
        (true, false) => redacted_pairs(text),
    };
    let (shown, column) = line.around(error.offset());
    writeln!(out, "{}", format!("{name}{shown}").trim_end())?;
    writeln!(out, "{:column$}{BAD}^{BAD:#}", "", column = name.len() + column)?;
    writeln!(out, "{BAD}error:{BAD:#} {error}")
}

/// The name of a field over its table.
pub(crate) fn heading(out: &mut impl Write, name: FieldName, request: Option<&str>) -> io::Result<()> {
    let name = name.as_str();
    match request {
        Some(url) => writeln!(out, "{HEADING}{name}{HEADING:#} of {}", visible(url.as_bytes())),
        None => writeln!(out, "{HEADING}{name}{HEADING:#}"),
    }
}

fn payloads<'p>(out: &mut impl Write, pairs: impl Iterator<Item = &'p PairReading>, output: &Output) -> io::Result<()> {
    if !output.decode {
        return Ok(());
    }
    for pair in pairs {
        if let Some(form) = &pair.form {
            let says = form.payload().map_or_else(
                || "cannot be read without its key".to_owned(),
                |payload| format!("says, not verified: {}", visible(payload.as_bytes())),
            );
            writeln!(out, "  {} {says}", visible(&pair.name))?;
        }
    }
    Ok(())
}

/// A Set-Cookie field whose value is hidden: what stands between the first `=`, if there is one, and the first `;`.
fn redacted(text: &[u8]) -> Line {
    let pair = text.split(|&byte| byte == b';').next().unwrap_or_default();
    let mut line = redacted_pair(pair);
    line.extend(Line::new(text.get(pair.len()..).unwrap_or_default()));
    line
}

/// A Cookie field whose values are hidden.
fn redacted_pairs(text: &[u8]) -> Line {
    let mut line = Line::new(b"");
    for (index, pair) in text.split(|&byte| byte == b';').enumerate() {
        if index > 0 {
            line.extend(Line::new(b";"));
        }
        let blank = pair.iter().take_while(|byte| matches!(byte, b' ' | b'\t')).count();
        let (blank, pair) = pair.split_at(blank);
        line.extend(Line::new(blank));
        line.extend(redacted_pair(pair));
    }
    line
}

fn redacted_pair(pair: &[u8]) -> Line {
    let start = pair.iter().position(|&byte| byte == b'=').map_or(0, |equals| equals + 1);
    let (name, value) = pair.split_at(start);
    let mut line = Line::new(name);
    if !pair.is_empty() {
        line.push_as(value.len(), hidden(value));
    }
    line
}

pub(crate) fn hidden(value: &[u8]) -> String {
    format!("<{}>", octets(value.len()))
}

fn octets(count: usize) -> String {
    format!("{count} octet{}", if count == 1 { "" } else { "s" })
}

fn pair_table() -> Table<7> {
    Table::new([
        Column::always("name"),
        Column::always("value"),
        Column::where_given("decoded"),
        Column::where_given("tombstone"),
        Column::where_given("octets"),
        Column::where_given("looks like"),
        Column::where_given("note"),
    ])
}

fn pair_row(pair: &PairReading, output: &Output) -> [Cell; 7] {
    let (value, decoded) = if output.redact {
        (hidden(&pair.value), String::new())
    } else {
        let decoded = match &pair.decoded {
            Decoded::Text(text) => visible(text),
            Decoded::Fails => "(does not decode)".to_owned(),
            _ => String::new(),
        };
        (visible(&pair.value), decoded)
    };
    [
        visible(&pair.name).into(),
        value.into(),
        decoded.into(),
        if pair.tombstone { "yes" } else { "" }.into(),
        if output.lengths { pair.octets().to_string() } else { String::new() }.into(),
        pair.form.as_ref().map(|form| form.name.clone()).unwrap_or_default().into(),
        Cell::styled(if pair.again { "given again: the first counts" } else { "" }, NOTE),
    ]
}
