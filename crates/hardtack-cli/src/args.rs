//! The options of an inspection, and of a date.

use std::ffi::OsString;
use std::path::PathBuf;

use clap::{ArgMatches, Args, ValueEnum};
use hardtack::CookieDate;
use hardtack_cli::input::FieldName;

use crate::described::{self, Described, ThirdParty};
use crate::profiles::Profiles;

#[derive(Args)]
pub(crate) struct Inspect {
    /// Header lines, whole messages, transcripts or commands of curl; read from standard input if there are none.
    ///
    /// Lines that are no Cookie or Set-Cookie field are passed over.
    #[arg(value_name = "LINES")]
    pub(crate) lines: Vec<OsString>,

    /// The text of a Cookie field, without its name; may be given again.
    #[arg(long, value_name = "TEXT", allow_hyphen_values = true)]
    pub(crate) cookie: Vec<OsString>,

    /// The text of a Set-Cookie field, without its name; may be given again.
    #[arg(long, value_name = "TEXT", allow_hyphen_values = true)]
    pub(crate) set_cookie: Vec<OsString>,

    /// A recording of a browser's network panel (HAR); - is standard input.
    #[arg(long, value_name = "FILE", conflicts_with_all = ["lines", "cookie", "set_cookie", "url", "then"])]
    pub(crate) har: Option<PathBuf>,

    #[command(flatten)]
    pub(crate) output: Output,

    #[command(flatten)]
    pub(crate) session: Session,
}

#[derive(Args)]
#[command(next_help_heading = "Output")]
#[allow(clippy::struct_excessive_bools, reason = "a switch each")]
pub(crate) struct Output {
    /// Print one JSON object a line instead of tables.
    #[arg(long)]
    pub(crate) json: bool,

    /// Hide the cookies' values. Attributes are shown, those that are not known too.
    #[arg(long)]
    pub(crate) redact: bool,

    /// Show what a JWT or a session of a known framework says. Nothing is verified.
    #[arg(long, conflicts_with = "redact")]
    pub(crate) decode: bool,

    /// Show the lengths of pairs and fields even where they are far from 4096 octets.
    #[arg(long)]
    pub(crate) lengths: bool,

    /// Refuse Cookie fields that are not as the grammar has them (RFC 6265bis section 4.2.1).
    #[arg(long)]
    pub(crate) strict: bool,

    /// When to use colours.
    #[arg(long, value_name = "WHEN", value_enum, default_value_t)]
    pub(crate) color: Color,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub(crate) enum Color {
    /// On a terminal, unless `NO_COLOR` is set.
    #[default]
    Auto,
    /// Always.
    Always,
    /// Never.
    Never,
}

#[derive(Args)]
#[command(next_help_heading = "What browsers do")]
pub(crate) struct Session {
    /// Judge each Set-Cookie line as a user agent that got it in response to a request for this URL. Where the input
    /// tells the URL it need not be given.
    #[arg(long, value_parser = described::checked_url)]
    pub(crate) url: Option<String>,

    /// Whose rules count: rfc6265bis, chromium (or chrome), firefox; all compares them.
    #[arg(long, default_value = "rfc6265bis", value_parser = Profiles::parse)]
    pub(crate) profile: Profiles,

    /// Show the Cookie field of a request for this URL, made after all lines; may be given again.
    #[arg(long, value_name = "URL", value_parser = described::checked_url)]
    pub(crate) then: Vec<String>,

    #[command(flatten)]
    pub(crate) described: Described,

    /// What becomes of third parties' cookies: the sites that are not that of the tab (--top-level-site). The
    /// profile's own choice otherwise.
    #[arg(long, value_name = "POLICY", value_enum)]
    pub(crate) third_party: Option<ThirdParty>,

    /// What time it is, as a date; the clock is read otherwise.
    #[arg(long, value_name = "DATE", value_parser = CookieDate::parse::<str>)]
    pub(crate) now: Option<CookieDate>,
}

#[derive(Args)]
pub(crate) struct Date {
    /// The date as it stands in Expires.
    #[arg(allow_hyphen_values = true)]
    pub(crate) text: String,

    /// Whose rules count: rfc6265bis, chromium (or chrome), firefox, all.
    #[arg(long, default_value = "all", value_parser = Profiles::parse)]
    pub(crate) profile: Profiles,

    /// Print one JSON object a line.
    #[arg(long)]
    pub(crate) json: bool,
}

/// The texts of `--cookie` and `--set-cookie`, in the order they were given.
pub(crate) fn bare_texts<'o>(inspect: &'o Inspect, matches: &ArgMatches) -> Vec<(FieldName, &'o [u8])> {
    let texts = |id: &str, name: FieldName, texts: &'o [OsString]| {
        let indices = matches.indices_of(id).into_iter().flatten().collect::<Vec<_>>();
        indices.into_iter().zip(texts).map(move |(index, text)| (index, name, text.as_encoded_bytes()))
    };
    let mut all: Vec<_> = texts("cookie", FieldName::Cookie, &inspect.cookie)
        .chain(texts("set_cookie", FieldName::SetCookie, &inspect.set_cookie))
        .collect();
    all.sort_unstable_by_key(|(index, ..)| *index);
    all.into_iter().map(|(_, name, text)| (name, text)).collect()
}
