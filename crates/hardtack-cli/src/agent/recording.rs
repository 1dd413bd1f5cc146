//! A recording of a browser's traffic, judged as it went: what each response set, what each request sent.

use alloc::collections::BTreeSet;
use core::cell::LazyCell;

use hardtack::agent::{BundledList, Context, Profile, ThirdParties, Verdict, Withheld};
use hardtack::{CookieDate, parse};

use crate::agent::agents::Agents;
use crate::agent::request::{Circumstances, RequestError, carries_cookies};
use crate::input::har::Entry;

/// The user agents, shown one entry of a recording after another.
#[derive(Debug)]
pub struct Recording {
    agents: Agents,
    /// Whose view of what is cross-site is told.
    profile: Profile,
    /// For entries without a date.
    now: CookieDate,
    /// The page in the tab, by the last navigation seen.
    page: Option<String>,
}

/// What an entry of a recording says.
#[derive(Debug)]
#[non_exhaustive]
pub struct EntryReading {
    /// The request, and who caused it.
    pub context: Context,
    /// Whether another site caused it.
    pub cross_site: bool,
    /// Whether the tab goes there.
    pub navigation: bool,
    /// Names of the cookies that were sent and that no response of the recording has set: they are older, or a script's.
    pub unknown: Vec<Vec<u8>>,
    /// Names of the cookies that were sent with another value than a response of the recording has set last.
    pub changed: Vec<Vec<u8>>,
    /// Names of the cookies that the first profile would have sent, and that were not.
    pub missing: Vec<Vec<u8>>,
    /// Names of the cookies that were sent and that the first profile would have kept back, with the reason.
    pub unexpected: Vec<(Vec<u8>, Withheld)>,
    /// What each profile did with each Set-Cookie field of the response.
    pub verdicts: Vec<Vec<(Profile, Verdict)>>,
}

impl Recording {
    /// Begins with empty stores; `now` is for entries without a date.
    #[must_use]
    pub fn new(profiles: &[Profile], now: CookieDate) -> Self {
        let profile = profiles.first().copied().unwrap_or_default();
        Self { agents: Agents::new(profiles), profile, now, page: None }
    }

    /// Sets what becomes of third parties' cookies, whatever the profile says.
    #[must_use]
    pub fn third_parties(self, policy: ThirdParties) -> Self {
        Self { agents: self.agents.third_parties(policy), ..self }
    }

    /// Reads the next entry.
    ///
    /// # Errors
    ///
    /// - a URL by which no cookies travel, such as `data:`
    ///
    /// ```
    /// use hardtack::CookieDate;
    /// use hardtack::agent::Profile;
    /// use hardtack_cli::agent::Recording;
    /// use hardtack_cli::input::har;
    ///
    /// let har = r#"{"log":{"entries":[
    ///     {"request":{"method":"GET","url":"https://shop.example/"},
    ///      "response":{"status":200,"headers":[{"name":"set-cookie","value":"sid=1"}]}},
    ///     {"request":{"method":"GET","url":"https://shop.example/cart",
    ///       "headers":[{"name":"cookie","value":"old=1"}]}}]}}"#;
    /// let mut recording = Recording::new(&[Profile::Chromium], CookieDate::UNIX_EPOCH);
    /// let mut readings = Vec::new();
    /// har::read(har.as_bytes(), |entry| {
    ///     readings.extend(recording.entry(&entry));
    ///     Ok(())
    /// })?;
    /// assert!(readings[0].verdicts[0][0].1.is_stored());
    /// assert_eq!((&readings[1].unknown, &readings[1].missing), (&vec![b"old".to_vec()], &vec![b"sid".to_vec()]));
    /// # Ok::<(), har::HarError>(())
    /// ```
    pub fn entry(&mut self, entry: &Entry) -> Result<EntryReading, RequestError> {
        let mut context = self.circumstances(entry).request(&entry.url)?;
        if let Some(date) = entry.server_date.as_deref().and_then(|date| CookieDate::parse(date).ok()) {
            context = context.server_clock(date);
        }
        let started = entry.started.map_or(self.now, CookieDate::from);
        let answered = started + core::time::Duration::from_millis(entry.took);

        let Compared { unknown, changed, missing, unexpected } = self.compare(entry, &context, started);
        let verdicts =
            entry.set_cookies.iter().map(|line| self.agents.set(line.as_bytes(), &context, answered)).collect();
        if is_navigation(entry) {
            self.page = Some(entry.url.clone());
        }
        Ok(EntryReading {
            cross_site: !context.is_same_site(self.profile, &BundledList),
            navigation: is_navigation(entry),
            context,
            unknown,
            changed,
            missing,
            unexpected,
            verdicts,
        })
    }

    /// Who caused a request, by what the browser sent about it, or else by whose page it was for.
    fn circumstances(&self, entry: &Entry) -> Circumstances {
        let navigates = is_navigation(entry);
        let page = self.page.as_ref().or(entry.page.as_ref()).filter(|_| !navigates);
        // A page whose URL carries no cookies, such as about:blank, has no site to speak of.
        let known = |url: &&String| carries_cookies(url);
        let said = entry.fetch.site.as_ref();
        let foreign = said.is_some_and(|site| site.eq_ignore_ascii_case("cross-site"));
        let cause = if said.is_none() { page.or(entry.initiator.as_ref()) } else { None };
        Circumstances {
            cross_site: foreign,
            navigation: foreign && navigates,
            initiator: cause.filter(known).cloned(),
            page: navigates,
            script: false,
            method: Some(entry.method.clone()).filter(|method| !method.is_empty()),
            top_level_site: page.filter(known).cloned(),
        }
    }

    /// What was sent beside what the first profile would have sent.
    fn compare(&self, entry: &Entry, context: &Context, now: CookieDate) -> Compared {
        let ours = self.agents.cookies(context, now).into_iter().next().map(|(_, cookies)| cookies).unwrap_or_default();
        let sent: Vec<_> = entry.cookies.iter().flat_map(|field| parse(field.as_bytes())).collect();
        let (mut unknown, mut changed, mut unexpected) = (BTreeSet::new(), BTreeSet::new(), Vec::new());
        // All cookies of a site are looked at, so only where one is sent that should not be.
        let withheld = LazyCell::new(|| {
            let first = self.agents.withheld(context, now).into_iter().next();
            first.map(|(_, cookies)| cookies).unwrap_or_default()
        });
        for pair in &sent {
            let mut named = ours.iter().filter(|cookie| cookie.name == pair.name()).peekable();
            if named.peek().is_none() {
                let kept_back =
                    withheld.iter().find(|(kept, _)| kept.name == pair.name() && kept.value == pair.value());
                match kept_back {
                    Some((_, reason)) => unexpected.push((pair.name().to_vec(), *reason)),
                    None => {
                        unknown.insert(pair.name().to_vec());
                    }
                }
            } else if !named.any(|cookie| cookie.value == pair.value()) {
                changed.insert(pair.name().to_vec());
            }
        }
        let unsent = ours.iter().filter(|cookie| sent.iter().all(|pair| pair.name() != cookie.name));
        let missing: BTreeSet<_> = unsent.map(|cookie| cookie.name.clone()).collect();
        let list = |names: BTreeSet<Vec<u8>>| names.into_iter().collect();
        Compared { unknown: list(unknown), changed: list(changed), missing: list(missing), unexpected }
    }
}

/// Names, as [`EntryReading`] has them.
struct Compared {
    unknown: Vec<Vec<u8>>,
    changed: Vec<Vec<u8>>,
    missing: Vec<Vec<u8>>,
    unexpected: Vec<(Vec<u8>, Withheld)>,
}

/// Whether the request is for the page of the tab.
fn is_navigation(entry: &Entry) -> bool {
    match (&entry.fetch.mode, &entry.fetch.dest) {
        (Some(mode), dest) => {
            mode.eq_ignore_ascii_case("navigate")
                && dest.as_ref().is_none_or(|dest| dest.eq_ignore_ascii_case("document"))
        }
        (None, Some(dest)) => dest.eq_ignore_ascii_case("document"),
        (None, None) => false,
    }
}

#[cfg(test)]
mod tests {
    use hardtack::CookieDate;
    use hardtack::agent::Profile;

    use crate::agent::Recording;
    use crate::input::har;

    /// A page of shop.example, and then a request with these fields of an entry and these header fields.
    fn second(url: &str, members: &str, headers: &str) -> Option<(bool, bool, String)> {
        let har = format!(
            r#"{{"log":{{"entries":[
                {{"request":{{"method":"GET","url":"https://www.shop.example/"}},"_resourceType":"document"}},
                {{{members}"request":{{"method":"GET","url":"{url}","headers":[{headers}]}}}}]}}}}"#
        );
        let mut recording = Recording::new(&[Profile::Chromium], CookieDate::UNIX_EPOCH);
        let mut last = None;
        let read = har::read(har.as_bytes(), |entry| {
            last = recording.entry(&entry).ok();
            Ok(())
        });
        let reading = last.filter(|_| matches!(read, Ok(2)))?;
        let jar = reading.context.partition(Profile::Chromium, &hardtack::agent::BundledList);
        Some((reading.cross_site, reading.navigation, jar.site))
    }

    #[test]
    fn who_caused_a_request() {
        type Row<'r> = (&'r str, &'r str, &'r str, String, (bool, bool, &'r str));
        const CROSS: &str = r#"{"name":"Sec-Fetch-Site","value":"cross-site"}"#;
        const NAVIGATE: &str =
            r#"{"name":"Sec-Fetch-Mode","value":"navigate"},{"name":"Sec-Fetch-Dest","value":"document"}"#;
        const FRAME: &str =
            r#"{"name":"Sec-Fetch-Mode","value":"navigate"},{"name":"Sec-Fetch-Dest","value":"iframe"}"#;
        let (shop, api, ads) = ("https://www.shop.example", "https://api.shop.example/", "https://ads.example/");
        let image = r#""_resourceType":"image","#;
        let document = r#""_resourceType":"document","#;
        let jar = "https://shop.example";
        let rows: [Row<'_>; 8] = [
            ("of the page itself", shop, image, String::new(), (false, false, jar)),
            ("of another host of the site", api, image, String::new(), (false, false, jar)),
            ("of another site, embedded", ads, image, String::new(), (true, false, jar)),
            ("as the browser says", ads, "", CROSS.into(), (true, false, jar)),
            (
                "another site navigates here",
                ads,
                "",
                format!("{CROSS},{NAVIGATE}"),
                (true, true, "https://ads.example"),
            ),
            ("a frame is no navigation of the tab", ads, "", format!("{CROSS},{FRAME}"), (true, false, jar)),
            ("the user goes elsewhere", ads, document, String::new(), (false, true, "https://ads.example")),
            ("over http from https", "http://shop.example/", image, String::new(), (true, false, jar)),
        ];
        for (why, url, members, headers, (cross_site, navigation, jar)) in rows {
            assert_eq!(second(url, members, &headers), Some((cross_site, navigation, jar.to_owned())), "{why}");
        }
        assert_eq!(second("data:,x", "", ""), None, "no cookies travel by it");
    }
}
