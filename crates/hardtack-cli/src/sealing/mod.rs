//! Signed and encrypted values: opened, made, and keys for them.

mod frameworks;
mod keys;
mod native;

use std::io::{self, IsTerminal, Read, Write};

use clap::{ArgMatches, Args, ValueEnum};
use hardtack::CookieDate;
use hardtack_cli::reading;
use hardtack_cli::screen::visible;
use serde_json::json;

use crate::sealing::keys::{KeySources, Keys};
use crate::status::{Failure, Status};
use crate::style::NOTE;

/// Every form that is opened and made.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
#[allow(clippy::doc_markdown, reason = "help is read on a terminal")]
pub(crate) enum Form {
    /// hardtack, encrypted
    Encrypted,
    /// hardtack, signed
    Signed,
    /// Flask and Quart sessions; values are JSON, tagged as theirs
    Flask,
    /// Django signed cookies
    DjangoCookie,
    /// Django's signing.dumps; values are JSON
    DjangoSigning,
    /// Starlette and FastAPI sessions; values are JSON
    Starlette,
    /// itsdangerous.Signer
    Itsdangerous,
    /// itsdangerous.TimestampSigner
    ItsdangerousTimed,
    /// itsdangerous.URLSafeSerializer; values are JSON
    ItsdangerousJson,
    /// itsdangerous.URLSafeTimedSerializer; values are JSON
    ItsdangerousTimedJson,
    /// Bottle; values are the payload's octets, which is a pickle
    Bottle,
    /// Express (cookie-parser, express-session)
    Express,
    /// @fastify/cookie
    Fastify,
    /// Hono
    Hono,
    /// Koa and cookie-session; texts are a Cookie field with both cookies
    Keygrip,
    /// Rails signed cookies; values are JSON
    RailsSigned,
    /// Rails encrypted cookies; values are JSON
    RailsEncrypted,
    /// The crate cookie, signed jar
    CookieSigned,
    /// The crate cookie, private jar
    CookiePrivate,
    /// The crate biscotti, signed
    BiscottiSigned,
    /// The crate biscotti, encrypted
    BiscottiEncrypted,
}

impl Form {
    const fn is_native(self) -> bool {
        matches!(self, Self::Encrypted | Self::Signed)
    }

    /// The form of a text by its shape, where that tells.
    fn of(name: &str, text: &str) -> Option<Self> {
        Some(match reading::Form::of(name.as_bytes(), text.as_bytes())?.code {
            "hardtack-encrypted" => Self::Encrypted,
            "hardtack-signed" => Self::Signed,
            "itsdangerous" => Self::Flask,
            "django-signed" => Self::DjangoCookie,
            "express-signed" => Self::Express,
            "rails-signed" => Self::RailsSigned,
            "rails-encrypted" => Self::RailsEncrypted,
            _ => return None,
        })
    }
}

#[derive(Args)]
pub(crate) struct Open {
    /// The sealed value, as it stands in the cookie; read from standard input if there is none.
    #[arg(allow_hyphen_values = true)]
    text: Option<String>,

    /// The form; told by the shape of the text where that is possible.
    #[arg(long, value_enum)]
    form: Option<Form>,

    /// The greatest age that opens, in seconds, for forms that hold the time at which they were made.
    #[arg(long, value_name = "SECONDS")]
    max_age: Option<u64>,

    #[command(flatten)]
    settings: Settings,

    /// Print a JSON object.
    #[arg(long)]
    json: bool,
}

#[derive(Args)]
pub(crate) struct Seal {
    /// The value; read from standard input if there is none.
    #[arg(allow_hyphen_values = true)]
    value: Option<String>,

    /// The form.
    #[arg(long, value_enum, default_value = "encrypted")]
    form: Form,

    /// How long it opens, in seconds, for forms that hold an expiry: hardtack's and those of Rails.
    #[arg(long, value_name = "SECONDS")]
    lifetime: Option<u64>,

    #[command(flatten)]
    settings: Settings,
}

#[derive(Args)]
pub(crate) struct NewKey {
    /// How many octets.
    #[arg(long, default_value_t = 32, value_parser = clap::value_parser!(u16).range(32..=1024))]
    octets: u16,

    /// Write it in base64 instead of hexadecimal digits.
    #[arg(long)]
    base64: bool,

    /// Show the ids that hardtack's sealed values carry of these keys, instead of making one.
    #[command(flatten)]
    sources: KeySources,
}

#[derive(Args)]
#[allow(clippy::doc_markdown, reason = "help is read on a terminal")]
struct Settings {
    /// The cookie's name, which many forms bind the value to.
    #[arg(long, default_value = "")]
    name: String,

    #[command(flatten)]
    sources: KeySources,

    /// The salt, where a form has one and not its own is meant.
    #[arg(long)]
    salt: Option<String>,

    /// The digest of the signature, where a form leaves the choice.
    #[arg(long, value_enum)]
    digest: Option<Digest>,

    /// The digest by which Rails derives its keys; SHA-256 since the defaults of Rails 7.0.
    #[arg(long, value_enum, default_value = "sha256")]
    key_digest: Digest,

    /// Derive the key from a master key, as the crate cookie's Key::derive_from does.
    #[arg(long)]
    derive: bool,

    /// What time it is, as a date; the clock is read otherwise.
    #[arg(long, value_name = "DATE", value_parser = CookieDate::parse::<str>)]
    now: Option<CookieDate>,
}

impl Settings {
    fn now(&self) -> CookieDate {
        self.now.unwrap_or_else(|| std::time::SystemTime::now().into())
    }

    /// Unix seconds; 0 before the year 1970.
    fn seconds(&self) -> u64 {
        u64::try_from(self.now().unix_timestamp()).unwrap_or_default()
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Digest {
    /// SHA-1
    Sha1,
    /// SHA-256
    Sha256,
    /// SHA-512
    Sha512,
}

/// What was sealed.
struct Opened {
    value: Vec<u8>,
    expires: Option<CookieDate>,
    /// Unix seconds.
    written: Option<u64>,
    needs_renewal: bool,
}

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
