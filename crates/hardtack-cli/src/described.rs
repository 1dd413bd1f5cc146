//! The options that describe a request.

use clap::{ArgAction, Args, ValueEnum};
use hardtack::agent::ThirdParties;
use hardtack_cli::agent::{Circumstances, RequestError};

/// What describes a request: that of the URL before it, or of every URL if none stands before it.
#[derive(Args)]
pub(crate) struct Described {
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
    pub(crate) method: Vec<String>,

    /// The page in the tab, likewise: who is a third party, and what partitioned cookies are kept apart by.
    #[arg(long, value_name = "URL", value_parser = checked_url)]
    pub(crate) top_level_site: Vec<String>,
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

pub(crate) fn checked_url(url: &str) -> Result<String, RequestError> {
    Circumstances::default().request(url).map(|_| url.to_owned())
}

fn checked_method(method: &str) -> Result<String, RequestError> {
    let circumstances = Circumstances { method: Some(method.to_owned()), ..Circumstances::default() };
    circumstances.request("https://host/").map(|_| method.to_owned())
}
