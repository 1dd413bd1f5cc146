//! A file of stored cookies: listed, converted, and asked what goes to a URL.

use std::io::{self, Read, Write};
use std::path::{Path, PathBuf};

use clap::{ArgMatches, Args, ValueEnum};
use hardtack::CookieDate;
use hardtack::agent::{BundledList, Store, StoredCookie, cookies_txt};
use hardtack_cli::agent::Agents;
use hardtack_cli::screen::visible;
use hardtack_cli::stored::{self, StoredFile};

use crate::described::{self, Described, ThirdParty};
use crate::profiles::Profiles;
use crate::requests;
use crate::status::{Failure, Status};
use crate::style::NOTE;
use crate::table::{Cell, Column, Table};
use crate::{json, verdicts};

#[derive(Args)]
#[allow(clippy::doc_markdown, reason = "help is read on a terminal")]
pub(crate) struct Jar {
    /// The JSON of a store, of hardtack or of the crate cookie_store, or Netscape's cookies.txt as curl writes it; - is
    /// standard input.
    file: PathBuf,

    /// Write the cookies in this form to standard output.
    #[arg(long, value_name = "FORM", value_enum, conflicts_with = "url")]
    to: Option<To>,

    /// Leave out the cookies that end with the session.
    #[arg(long)]
    lasting: bool,

    /// Show which cookies go to this URL, and why not the others of its site; may be given again.
    #[arg(long, value_parser = described::checked_url)]
    url: Vec<String>,

    /// Whose rules count: rfc6265bis, chromium (or chrome), firefox; all compares them. That of the file otherwise.
    #[arg(long, value_parser = Profiles::parse)]
    profile: Option<Profiles>,

    #[command(flatten)]
    described: Described,

    /// What becomes of third parties' cookies: the sites that are not that of the tab (--top-level-site).
    #[arg(long, value_name = "POLICY", value_enum)]
    third_party: Option<ThirdParty>,

    /// What time it is, as a date; the clock is read otherwise.
    #[arg(long, value_name = "DATE", value_parser = CookieDate::parse::<str>)]
    now: Option<CookieDate>,

    /// Print one JSON object a line.
    #[arg(long, conflicts_with = "to")]
    json: bool,

    /// Hide the values in the fields that are sent.
    #[arg(long)]
    redact: bool,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum To {
    /// The JSON of a store.
    Json,
    /// Netscape's cookies.txt, which curl reads.
    #[value(name = "cookies.txt")]
    CookiesTxt,
}

pub(crate) fn run(out: &mut impl Write, jar: &Jar, matches: &ArgMatches) -> Result<Status, Failure> {
    let now = jar.now.unwrap_or_else(|| std::time::SystemTime::now().into());
    let requests = requests::each(&jar.described, matches, "url", &jar.url).map_err(|error| Failure::usage(&error))?;
    let mut file = stored::read(&contents(&jar.file)?, now)
        .map_err(|error| Failure::Usage(format!("{}: {error}", jar.file.display())))?;
    if jar.lasting {
        file.cookies.retain(|cookie| cookie.expires.is_some());
    }
    for fault in &file.faults {
        anstream::eprintln!("{NOTE}passed over:{NOTE:#} {fault}");
    }
    let mut status = if file.faults.is_empty() { Status::Fine } else { Status::Refused };
    match jar.to {
        Some(To::Json) => write_json(out, jar, &file)?,
        Some(To::CookiesTxt) => {
            let written = cookies_txt::write(&file.cookies);
            for (cookie, loss) in &written.losses {
                anstream::eprintln!("{NOTE}lost:{NOTE:#} {}: {loss}", visible(cookie.to_string().as_bytes()));
                if loss.is_left_out() {
                    status = Status::Refused;
                }
            }
            out.write_all(&written.text)?;
        }
        None if requests.is_empty() => list(out, &file, now, jar.json)?,
        None => {
            let mut agents = Agents::new(&profiles(jar, &file));
            if let Some(policy) = jar.third_party {
                agents = agents.third_parties(policy.into());
            }
            for cookie in &file.cookies {
                agents.insert(cookie).map_err(|error| Failure::usage(&error))?;
            }
            for (index, context) in requests.iter().enumerate() {
                if index > 0 && !jar.json {
                    writeln!(out)?;
                }
                verdicts::request(out, &agents, context, now, (jar.json, jar.redact))?;
            }
        }
    }
    Ok(status)
}

fn profiles(jar: &Jar, file: &StoredFile) -> Vec<hardtack::agent::Profile> {
    match &jar.profile {
        Some(Profiles(profiles)) => profiles.clone(),
        None => vec![file.profile.unwrap_or_default()],
    }
}

fn contents(file: &Path) -> Result<Vec<u8>, Failure> {
    if file.as_os_str() == "-" {
        let mut octets = Vec::new();
        io::stdin().lock().read_to_end(&mut octets)?;
        return Ok(octets);
    }
    std::fs::read(file).map_err(|error| Failure::unreadable(file, &error))
}

fn write_json(out: &mut impl Write, jar: &Jar, file: &StoredFile) -> Result<(), Failure> {
    let profile = profiles(jar, file).first().copied().unwrap_or_default();
    let mut store = Store::with_suffixes(profile, BundledList).limits(hardtack::agent::Limits::NONE);
    if let Some(policy) = jar.third_party {
        store = store.third_parties(policy.into());
    }
    for cookie in &file.cookies {
        store.insert(cookie.clone()).map_err(|error| Failure::usage(&error))?;
    }
    let document = serde_json::to_string_pretty(&store).map_err(io::Error::from)?;
    Ok(writeln!(out, "{document}")?)
}

fn list(out: &mut impl Write, file: &StoredFile, now: CookieDate, as_json: bool) -> io::Result<()> {
    if as_json {
        return file.cookies.iter().try_for_each(|cookie| writeln!(out, "{}", json::stored(cookie)));
    }
    let mut table = Table::new([
        Column::always("domain"),
        Column::always("path"),
        Column::always("name"),
        Column::always("octets"),
        Column::always("until"),
        Column::where_given("attributes"),
        Column::where_given("jar of"),
    ]);
    for cookie in &file.cookies {
        table.row(row(cookie, now));
    }
    table.write(out)?;
    let count = file.cookies.len();
    writeln!(out, "  {count} cookie{} in {}", if count == 1 { "" } else { "s" }, file.form.as_str())
}

fn row(cookie: &StoredCookie, now: CookieDate) -> [Cell; 7] {
    let below = if cookie.host_only { "" } else { "*." };
    let until = match cookie.expires {
        None => Cell::from("the session ends"),
        Some(expires) if cookie.is_expired(now) => Cell::styled(format!("{expires}, expired"), NOTE),
        Some(expires) => expires.to_string().into(),
    };
    let flags = [(cookie.secure, "Secure"), (cookie.http_only, "HttpOnly")];
    let mut attributes: Vec<_> = flags.into_iter().filter(|(set, _)| *set).map(|(_, name)| name.to_owned()).collect();
    attributes.extend(cookie.same_site.map(|same_site| format!("SameSite={same_site}")));
    attributes.extend(cookie.priority.map(|priority| format!("Priority={priority}")));
    [
        format!("{below}{}", visible(cookie.domain.as_bytes())).into(),
        visible(&cookie.path).into(),
        visible(&cookie.name).into(),
        (cookie.name.len() + cookie.value.len()).to_string().into(),
        until,
        attributes.join(" ").into(),
        cookie.partition.as_ref().map(|jar| visible(jar.site.as_bytes())).unwrap_or_default().into(),
    ]
}
