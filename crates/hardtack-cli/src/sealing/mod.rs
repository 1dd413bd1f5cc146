//! Signed and encrypted values: opened, made, and keys for them.

mod args;
mod form;
mod frameworks;
mod keys;
mod native;
mod opened;

use std::io::{self, IsTerminal, Read, Write};

use clap::ArgMatches;
use hardtack::CookieDate;
use hardtack_cli::screen::visible;
use serde_json::json;

pub(crate) use crate::sealing::args::{NewKey, Open, Seal};
use crate::sealing::form::Form;
use crate::sealing::keys::Keys;
use crate::sealing::opened::Opened;
use crate::status::{Failure, Status};
use crate::style::NOTE;

/// Opens a value and shows it.
pub(crate) fn open(out: &mut impl Write, open: &Open, matches: &ArgMatches) -> Result<Status, Failure> {
    let text = given(open.text.as_ref())?;
    let form = open.form.or_else(|| Form::of(&open.settings.name, &text));
    let form = form.ok_or_else(|| {
        Failure::Usage("the form cannot be told from the text; name it by --form (see hardtack open --help)".to_owned())
    })?;
    let keys = open.settings.sources.read(matches, form.is_native())?;
    // The cookie may carry the text percent-encoded or in quotes: as it stands is asked first.
    let mut outcome = opened(form, open, &keys, &text);
    for other in [decoded(&text), unquoted(&text)].into_iter().flatten() {
        if outcome.is_err() {
            outcome = opened(form, open, &keys, &other).or(outcome);
        }
    }
    let opened = outcome?;
    if open.json {
        let mut object = serde_json::Map::new();
        crate::json::octets(&mut object, "value", &opened.value);
        object.insert("expires".into(), opened.expires.map(|expires| expires.to_string()).into());
        object.insert("written".into(), opened.written.into());
        object.insert("needs_renewal".into(), opened.needs_renewal.into());
        writeln!(out, "{}", json!(object))?;
        return Ok(Status::Fine);
    }
    if io::stdout().is_terminal() {
        writeln!(out, "{}", visible(&opened.value))?;
    } else {
        out.write_all(&opened.value)?;
        writeln!(out)?;
    }
    out.flush()?;
    if let Some(expires) = opened.expires {
        anstream::eprintln!("expires {expires}");
    }
    if let Some(written) = opened.written.and_then(|written| i64::try_from(written).ok()) {
        anstream::eprintln!("written {}", CookieDate::from_unix_timestamp(written));
    }
    if opened.needs_renewal {
        anstream::eprintln!("{NOTE}an older key opened it: seal it anew while that key is there{NOTE:#}");
    }
    Ok(Status::Fine)
}

fn opened(form: Form, open: &Open, keys: &Keys, text: &str) -> Result<Opened, Failure> {
    if form.is_native() { native::open(form, open, keys, text) } else { frameworks::open(form, open, keys, text) }
}

fn decoded(text: &str) -> Option<String> {
    let decoded = hardtack::value::percent::decode(text).ok()?;
    (decoded != text).then(|| decoded.into_owned())
}

fn unquoted(text: &str) -> Option<String> {
    let unquoted = hardtack::value::quoted::decode(text).ok()?;
    (unquoted != text).then(|| unquoted.into_owned())
}

/// Seals a value, and shows the text.
pub(crate) fn seal(out: &mut impl Write, seal: &Seal, matches: &ArgMatches) -> Result<Status, Failure> {
    let value = given(seal.value.as_ref())?;
    let keys = seal.settings.sources.read(matches, seal.form.is_native())?;
    let text =
        if seal.form.is_native() { native::seal(seal, &keys, &value)? } else { frameworks::seal(seal, &keys, &value)? };
    writeln!(out, "{text}")?;
    Ok(Status::Fine)
}

/// Makes a key, or shows the ids of keys.
pub(crate) fn key(out: &mut impl Write, new: &NewKey, matches: &ArgMatches) -> Result<Status, Failure> {
    if new.sources.is_empty() {
        writeln!(out, "{}", keys::generate(new.octets, new.base64)?.as_str())?;
    } else {
        for id in native::ids(&new.sources.read(matches, true)?)? {
            writeln!(out, "{id}")?;
        }
    }
    Ok(Status::Fine)
}

/// An argument, or else standard input without the line's end.
fn given(argument: Option<&String>) -> Result<String, Failure> {
    if let Some(text) = argument {
        return Ok(text.clone());
    }
    let mut text = String::new();
    io::stdin().lock().read_to_string(&mut text)?;
    let line = text.strip_suffix('\n').map_or(text.as_str(), |line| line.strip_suffix('\r').unwrap_or(line));
    Ok(line.to_owned())
}
