//! The requests that options speak of.

use clap::ArgMatches;
use hardtack::agent::Context;
use hardtack_cli::agent::{Circumstances, RequestError};

use crate::args::Session;
use crate::described::Described;

/// The places of URLs on the command line, and of what describes their requests.
struct Places<'a> {
    described: &'a Described,
    matches: &'a ArgMatches,
    /// Where the URLs stand, in their order.
    urls: Vec<usize>,
}

impl<'a> Places<'a> {
    fn new(described: &'a Described, matches: &'a ArgMatches, ids: &[&str]) -> Self {
        let mut urls: Vec<_> = ids.iter().flat_map(|id| indices(matches, id)).collect();
        urls.sort_unstable();
        Self { described, matches, urls }
    }

    /// What stands behind the URL at a place and before the next, or before any.
    fn of(&self, owner: Option<usize>) -> Circumstances {
        let ours = |index: &usize| self.urls.iter().rev().find(|&at| at < index).copied() == owner;
        let flag = |id: &str| indices(self.matches, id).iter().any(ours);
        let value = |id: &str, values: &[String]| {
            let given = indices(self.matches, id);
            given.iter().zip(values).rfind(|(index, _)| ours(index)).map(|(_, value)| value.clone())
        };
        Circumstances {
            cross_site: flag("cross_site"),
            navigation: flag("navigation"),
            script: flag("script"),
            method: value("method", &self.described.method),
            top_level_site: value("top_level_site", &self.described.top_level_site),
            ..Circumstances::default()
        }
    }

    fn request(&self, index: usize, url: &str) -> Result<Context, RequestError> {
        let (own, common) = (self.of(Some(index)), self.of(None));
        Circumstances {
            cross_site: own.cross_site || common.cross_site,
            navigation: own.navigation || common.navigation,
            script: own.script || common.script,
            method: own.method.or(common.method),
            top_level_site: own.top_level_site.or(common.top_level_site),
            ..Circumstances::default()
        }
        .request(url)
    }

    /// The request of each URL that an option gives.
    fn requests(&self, id: &str, urls: &[String]) -> Result<Vec<Context>, RequestError> {
        indices(self.matches, id).into_iter().zip(urls).map(|(index, url)| self.request(index, url)).collect()
    }
}

fn indices(matches: &ArgMatches, id: &str) -> Vec<usize> {
    matches.indices_of(id).into_iter().flatten().collect()
}

/// The requests of an inspection.
pub(crate) struct Requests {
    /// Of `--url`.
    pub(crate) url: Option<Context>,
    /// Of each `--then`.
    pub(crate) then: Vec<Context>,
    /// What is said before any URL, and so of those that the input tells, too.
    pub(crate) common: Circumstances,
}

impl Requests {
    pub(crate) fn new(session: &Session, matches: &ArgMatches) -> Result<Self, RequestError> {
        let places = Places::new(&session.described, matches, &["url", "then"]);
        Ok(Self {
            url: places.requests("url", session.url.as_slice())?.pop(),
            then: places.requests("then", &session.then)?,
            common: places.of(None),
        })
    }
}

/// The requests of each URL of one option.
pub(crate) fn each(
    described: &Described,
    matches: &ArgMatches,
    id: &str,
    urls: &[String],
) -> Result<Vec<Context>, RequestError> {
    Places::new(described, matches, &[id]).requests(id, urls)
}
