//! The command line.

use std::ffi::OsString;
use std::path::PathBuf;

use clap::{ArgAction, ArgMatches, Args, Parser, Subcommand, ValueEnum};
use clap_complete::Shell;
use hardtack::CookieDate;
use hardtack::agent::{Context, Profile, ThirdParties};
use hardtack_cli::agent::{Circumstances, RequestError};

const AFTER_HELP: &str = "\
What is read, from arguments or standard input:
  header lines, whole messages     'Set-Cookie: sid=1; Secure', indented or not
  a transcript of curl             curl -sv https://shop.example/ 2>&1 >/dev/null | hardtack
  a browser's \"copy as cURL\"       for bash and for cmd.exe
  a recording (HAR)                hardtack --har shop.har, or on standard input

Exit status:
  0  everything was read, and nothing refused
  1  a line was refused, a text not opened, a date not read
  2  the arguments make no sense, or the input cannot be read
  3  there is no Cookie or Set-Cookie field in the input";

const AFTER_LONG_HELP: &str = "\
Colours are used on a terminal unless NO_COLOR is set; --color decides otherwise.";

/// What Cookie and Set-Cookie lines say, what browsers do with them, and why.
#[derive(Parser)]
#[command(
    name = "hardtack",
    version,
    after_help = AFTER_HELP,
    after_long_help = format!("{AFTER_HELP}\n\n{AFTER_LONG_HELP}"),
    args_conflicts_with_subcommands = true,
    subcommand_help_heading = "Other commands",
    subcommand_value_name = "COMMAND",
    disable_help_subcommand = true
)]
pub(crate) struct Options {
    #[command(subcommand)]
    pub(crate) command: Option<Command>,

    #[command(flatten)]
    pub(crate) inspect: Inspect,
}

#[derive(Subcommand)]
pub(crate) enum Command {
    /// Show how each profile reads the date of an Expires attribute.
    Date(Date),
    /// Write a completion script to standard output.
    Completions {
        /// For which shell.
        shell: Shell,
    },
    /// Write the man page to standard output.
    Man {
        /// Of which of the other commands; of hardtack itself if none is named.
        command: Option<String>,
    },
}

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
#[allow(clippy::struct_field_names, reason = "a field is named as its option")]
pub(crate) struct Session {
    /// Judge each Set-Cookie line as a user agent that got it in response to a request for this URL. Where the input
    /// tells the URL it need not be given.
    #[arg(long, value_parser = checked_url)]
    pub(crate) url: Option<String>,

    /// Whose rules count: rfc6265bis, chromium (or chrome), firefox; all compares them.
    #[arg(long, default_value = "rfc6265bis", value_parser = Profiles::parse)]
    pub(crate) profile: Profiles,

    /// Show the Cookie field of a request for this URL, made after all lines; may be given again.
    #[arg(long, value_name = "URL", value_parser = checked_url)]
    pub(crate) then: Vec<String>,

    /// Another site causes the request of the URL before this option, or of every URL if none stands before it.
    #[arg(long, action = ArgAction::Append, num_args = 0, default_missing_value = "true")]
    cross_site: Vec<bool>,

    /// As --cross-site, by navigating the whole tab: a link, a form.
    #[arg(long, action = ArgAction::Append, num_args = 0, default_missing_value = "true")]
    navigation: Vec<bool>,

    /// A script of the page sets or reads the cookies, likewise.
    #[arg(long, action = ArgAction::Append, num_args = 0, default_missing_value = "true")]
    script: Vec<bool>,

    /// The method of the request, likewise.
    #[arg(long, value_parser = checked_method)]
    method: Vec<String>,

    /// The page in the tab, likewise: what partitioned cookies are kept apart by.
    #[arg(long, value_name = "URL", value_parser = checked_url)]
    top_level_site: Vec<String>,

    /// What becomes of third parties' cookies: the sites that are not that of the tab (--top-level-site). The
    /// profile's own choice otherwise.
    #[arg(long, value_name = "POLICY", value_enum)]
    pub(crate) third_party: Option<ThirdParty>,

    /// What time it is, as a date; the clock is read otherwise.
    #[arg(long, value_name = "DATE", value_parser = CookieDate::parse::<str>)]
    pub(crate) now: Option<CookieDate>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum ThirdParty {
    /// They are set and sent as far as SameSite lets them.
    Allow,
    /// What is not Partitioned is neither set nor sent.
    Block,
    /// Every cookie is kept in the jar of the tab's site.
    Partition,
}

impl From<ThirdParty> for ThirdParties {
    fn from(policy: ThirdParty) -> Self {
        match policy {
            ThirdParty::Allow => Self::Allow,
            ThirdParty::Block => Self::Block,
            ThirdParty::Partition => Self::Partition,
        }
    }
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

/// One profile, or all of them.
#[derive(Clone, Debug)]
pub(crate) struct Profiles(pub(crate) Vec<Profile>);

impl Profiles {
    fn parse(name: &str) -> Result<Self, String> {
        let all: Vec<Profile> = Profile::ALL.to_vec();
        if name.eq_ignore_ascii_case("all") {
            return Ok(Self(all));
        }
        let wanted = if name.eq_ignore_ascii_case("chrome") { Profile::Chromium.as_str() } else { name };
        let known = all.iter().find(|profile| profile.as_str().eq_ignore_ascii_case(wanted));
        known.map(|&profile| Self(vec![profile])).ok_or_else(|| {
            let names: Vec<_> = all.iter().map(|profile| profile.as_str()).collect();
            format!("write one of {}, chrome, all", names.join(", "))
        })
    }
}

fn checked_url(url: &str) -> Result<String, RequestError> {
    Circumstances::default().request(url).map(|_| url.to_owned())
}

fn checked_method(method: &str) -> Result<String, RequestError> {
    let circumstances = Circumstances { method: Some(method.to_owned()), ..Circumstances::default() };
    circumstances.request("https://host/").map(|_| method.to_owned())
}

/// The requests the options speak of.
pub(crate) struct Requests {
    /// Of `--url`.
    pub(crate) url: Option<Context>,
    /// Of each `--then`.
    pub(crate) then: Vec<Context>,
    /// What is said before any URL, and so of those that the input tells, too.
    pub(crate) common: Circumstances,
}

impl Requests {
    /// Reads each option that describes a request as one of the URL before it.
    pub(crate) fn new(session: &Session, matches: &ArgMatches) -> Result<Self, RequestError> {
        let indices = |id: &str| -> Vec<usize> { matches.indices_of(id).into_iter().flatten().collect() };
        let url = indices("url").first().copied();
        let then = indices("then");
        let mut owners: Vec<usize> = url.into_iter().chain(then.iter().copied()).collect();
        owners.sort_unstable();

        let of = |owner: Option<usize>| -> Circumstances {
            let ours = |index: &usize| owners.iter().rev().find(|&at| at < index).copied() == owner;
            let flag = |id: &str| indices(id).iter().any(ours);
            let value = |id: &str, values: &[String]| {
                indices(id)
                    .iter()
                    .zip(values)
                    .filter(|(index, _)| ours(index))
                    .map(|(_, value)| value.clone())
                    .next_back()
            };
            Circumstances {
                cross_site: flag("cross_site"),
                navigation: flag("navigation"),
                script: flag("script"),
                method: value("method", &session.method),
                top_level_site: value("top_level_site", &session.top_level_site),
                ..Circumstances::default()
            }
        };
        let common = of(None);
        let request = |index: usize, url: &str| {
            let own = of(Some(index));
            Circumstances {
                cross_site: own.cross_site || common.cross_site,
                navigation: own.navigation || common.navigation,
                script: own.script || common.script,
                method: own.method.or_else(|| common.method.clone()),
                top_level_site: own.top_level_site.or_else(|| common.top_level_site.clone()),
                ..Circumstances::default()
            }
            .request(url)
        };
        Ok(Self {
            url: url.zip(session.url.as_deref()).map(|(index, url)| request(index, url)).transpose()?,
            then: then.iter().zip(&session.then).map(|(&index, url)| request(index, url)).collect::<Result<_, _>>()?,
            common,
        })
    }
}

/// The texts of `--cookie` and `--set-cookie`, in the order they were given.
pub(crate) fn bare_texts<'o>(
    inspect: &'o Inspect,
    matches: &ArgMatches,
) -> Vec<(hardtack_cli::input::FieldName, &'o [u8])> {
    use hardtack_cli::input::FieldName;

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
