//! The options of opening and sealing.

use clap::{Args, ValueEnum};
use hardtack::CookieDate;

use crate::sealing::form::Form;
use crate::sealing::keys::KeySources;

#[derive(Args)]
pub(crate) struct Open {
    /// The sealed value, as it stands in the cookie; read from standard input if there is none.
    #[arg(allow_hyphen_values = true)]
    pub(crate) text: Option<String>,

    /// The form; told by the shape of the text where that is possible.
    #[arg(long, value_enum)]
    pub(crate) form: Option<Form>,

    /// The greatest age that opens, in seconds, for forms that hold the time at which they were made.
    #[arg(long, value_name = "SECONDS")]
    pub(crate) max_age: Option<u64>,

    #[command(flatten)]
    pub(crate) settings: Settings,

    /// Print a JSON object.
    #[arg(long)]
    pub(crate) json: bool,
}

#[derive(Args)]
pub(crate) struct Seal {
    /// The value; read from standard input if there is none.
    #[arg(allow_hyphen_values = true)]
    pub(crate) value: Option<String>,

    /// The form.
    #[arg(long, value_enum, default_value = "encrypted")]
    pub(crate) form: Form,

    /// How long it opens, in seconds, for forms that hold an expiry: hardtack's and those of Rails.
    #[arg(long, value_name = "SECONDS")]
    pub(crate) lifetime: Option<u64>,

    #[command(flatten)]
    pub(crate) settings: Settings,
}

#[derive(Args)]
pub(crate) struct NewKey {
    /// How many octets.
    #[arg(long, default_value_t = 32, value_parser = clap::value_parser!(u16).range(32..=1024))]
    pub(crate) octets: u16,

    /// Write it in base64 instead of hexadecimal digits.
    #[arg(long)]
    pub(crate) base64: bool,

    /// Show the ids that hardtack's sealed values carry of these keys, instead of making one.
    #[command(flatten)]
    pub(crate) sources: KeySources,
}

#[derive(Args)]
#[allow(clippy::doc_markdown, reason = "help is read on a terminal")]
pub(crate) struct Settings {
    /// The cookie's name, which many forms bind the value to.
    #[arg(long, default_value = "")]
    pub(crate) name: String,

    #[command(flatten)]
    pub(crate) sources: KeySources,

    /// The salt, where a form has one and not its own is meant.
    #[arg(long)]
    pub(crate) salt: Option<String>,

    /// The digest of the signature, where a form leaves the choice.
    #[arg(long, value_enum)]
    pub(crate) digest: Option<Digest>,

    /// The digest by which Rails derives its keys; SHA-256 since the defaults of Rails 7.0.
    #[arg(long, value_enum, default_value = "sha256")]
    pub(crate) key_digest: Digest,

    /// Derive the key from a master key, as the crate cookie's Key::derive_from does.
    #[arg(long)]
    pub(crate) derive: bool,

    /// What time it is, as a date; the clock is read otherwise.
    #[arg(long, value_name = "DATE", value_parser = CookieDate::parse::<str>)]
    pub(crate) now: Option<CookieDate>,
}

impl Settings {
    pub(crate) fn now(&self) -> CookieDate {
        self.now.unwrap_or_else(|| std::time::SystemTime::now().into())
    }

    /// Unix seconds; 0 before the year 1970.
    pub(crate) fn seconds(&self) -> u64 {
        u64::try_from(self.now().unix_timestamp()).unwrap_or_default()
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum Digest {
    /// SHA-1
    Sha1,
    /// SHA-256
    Sha256,
    /// SHA-512
    Sha512,
}
