//! Whatever the lines and the requests: no profile panics; a cookie that is sent matched the request by the public
//! primitives, and of a request of its own site none is missing; a line refused changes nothing; a line set twice is
//! as a line set once; by RFC 6265bis the store does what the model does; and where there is room for few, each profile
//! evicts what the model of eviction evicts.

use std::cmp::Reverse;

use arbitrary::{Arbitrary, Unstructured};
use hardtack::agent::{
    Context, Limits, Profile, Store, StoredCookie, TopLevelOnly, Verdict, canonical_host, domain_match, judge,
    path_match,
};
use hardtack::{CookieDate, SameSite};

use crate::eviction;
use crate::laws::agent_model::{self, Initiator, Outcome, Request};
use crate::made_up::{Many, Octets, Phrase, Text, shown};

const HOSTS: &[&str] = &[
    "shop.example",
    "www.shop.example",
    "a.www.shop.example",
    "myshop.example",
    "example",
    "example.",
    "shop.example.",
    "localhost",
    "app.localhost",
    "192.0.2.14",
    "127.0.0.1",
    "[2001:db8::1]",
    "[::1]",
    "xn--caf-dma.example",
];
const DOMAINS: &[&str] = &[
    "shop.example",
    ".Shop.Example",
    "www.shop.example",
    "example",
    "example.",
    ".",
    "",
    "2.14",
    "192.0.2.14",
    "[::1]",
    "localhost",
    "hop.example",
    "..shop.example",
    "caf\u{E9}.example",
    "shop.example.",
];
const PATHS: &[&str] =
    &["/", "/app", "/app/", "/app/login", "/application", "//", "/app//x", "", "app", "/\u{E9}", "/a\tb"];
const NAMES: &[&str] = &["a", "A", "b", "", "__Host-a", "__secure-a", "__Http-a", "__Host-Http-a", "=__Host-a", "=x"];
const ATTRIBUTES: &[&str] = &[
    "Secure",
    "HttpOnly",
    "SameSite=Lax",
    "SameSite=Strict",
    "samesite=none",
    "SameSite=x",
    "Partitioned",
    "Max-Age=60",
    "Max-Age=1",
    "Max-Age=3600",
    "Max-Age=0",
    "Max-Age=-1",
    "Max-Age=x",
    "max-age=99999999999",
    "Expires=Thu, 01 Jan 1970 00:00:00 GMT",
    "Expires=Fri, 15 Jan 2027 08:01:00 GMT",
    "Expires=Fri, 31 Dec 9999 23:59:59 GMT",
    "Expires=x",
    "Priority=High",
    "Priority=Low",
];

/// A Set-Cookie line, likely to be kept.
#[derive(Debug)]
struct Line(Vec<u8>);

impl<'a> Arbitrary<'a> for Line {
    fn arbitrary(source: &mut Unstructured<'a>) -> arbitrary::Result<Self> {
        match source.int_in_range(0..=7)? {
            0 => return Ok(Self(source.arbitrary::<Octets>()?.0)),
            1..=3 => return one_of_many(source),
            _ => {}
        }
        let name = if source.arbitrary()? { "a" } else { source.choose(NAMES)? };
        let mut line = format!("{name}={}", source.int_in_range(0..=3)?);
        for _ in 0..source.int_in_range(0..=5)? {
            line.push_str("; ");
            match source.int_in_range(0..=9)? {
                0..=1 => line.extend(["Domain=", source.choose(DOMAINS)?]),
                2..=3 => line.extend(["Path=", source.choose(PATHS)?]),
                4 => line.push_str(&source.arbitrary::<Phrase>()?.0),
                _ => line.push_str(source.choose(ATTRIBUTES)?),
            }
        }
        Ok(Self(line.into_bytes()))
    }
}

/// One that few octets make, so that there are many cookies of a site, and some have to go.
fn one_of_many(source: &mut Unstructured<'_>) -> arbitrary::Result<Line> {
    let bits: u8 = source.arbitrary()?;
    let name = char::from(b'a' + bits % 8);
    let secure = if bits & 0x08 == 0 { "" } else { "; Secure" };
    let priority = ["", "; Priority=Low", "; Priority=Medium", "; Priority=High"][usize::from(bits >> 4) % 4];
    let lives = ["", "; Domain=shop.example", "; Max-Age=60", "; Secure; Partitioned"][usize::from(bits >> 6)];
    Ok(Line(format!("{name}=1{secure}{priority}{lives}").into_bytes()))
}

#[derive(Debug)]
struct Visit {
    https: bool,
    host: String,
    path: Vec<u8>,
    script: bool,
    initiator: Initiator,
    unsafe_method: bool,
    top_level_site: Option<&'static str>,
    server_clock: Option<i32>,
}

impl<'a> Arbitrary<'a> for Visit {
    fn arbitrary(source: &mut Unstructured<'a>) -> arbitrary::Result<Self> {
        // Cookies meet where requests go to the same few places.
        let host = match source.int_in_range(0..=15)? {
            0 => source.arbitrary::<Text>()?.0,
            1..=8 => (*source.choose(&HOSTS[..3])?).to_owned(),
            _ => (*source.choose(HOSTS)?).to_owned(),
        };
        let path = match source.int_in_range(0..=15)? {
            0 => source.arbitrary::<Octets>()?.0,
            1..=8 => source.choose(&PATHS[..2])?.as_bytes().to_vec(),
            _ => source.choose(PATHS)?.as_bytes().to_vec(),
        };
        Ok(Self {
            https: source.ratio(2, 3)?,
            host,
            path,
            script: source.ratio(1, 4)?,
            initiator: if source.ratio(1, 2)? { Initiator::SameSite } else { source.arbitrary()? },
            unsafe_method: source.ratio(1, 4)?,
            top_level_site: if source.ratio(1, 4)? { Some("https://news.example") } else { None },
            server_clock: if source.ratio(1, 16)? { Some(source.arbitrary()?) } else { None },
        })
    }
}

impl Visit {
    fn context(&self) -> Option<Context> {
        let context =
            if self.https { Context::https(&self.host, &self.path) } else { Context::http(&self.host, &self.path) };
        let mut context = context.ok()?;
        if self.script {
            context = context.script();
        }
        if self.unsafe_method {
            context = context.unsafe_method();
        }
        if let Some(site) = self.top_level_site {
            context = context.top_level_site(site);
        }
        if let Some(clock) = self.server_clock {
            context = context.server_clock(CookieDate::from_unix_timestamp(1_800_000_000 + i64::from(clock)));
        }
        Some(match self.initiator {
            Initiator::SameSite => context,
            Initiator::CrossSite => context.cross_site(),
            Initiator::CrossSiteNavigation => context.cross_site_navigation(),
        })
    }
}

#[derive(Debug)]
enum Step {
    Set(Visit, Line),
    SetAgain(Visit, Line),
    Request(Visit),
    Wait(u16),
    EndSession,
    RemoveExpired,
}

impl<'a> Arbitrary<'a> for Step {
    fn arbitrary(source: &mut Unstructured<'a>) -> arbitrary::Result<Self> {
        Ok(match source.int_in_range(0..=31)? {
            0..=15 => Self::Set(source.arbitrary()?, source.arbitrary()?),
            16..=19 => Self::SetAgain(source.arbitrary()?, source.arbitrary()?),
            20..=25 => Self::Request(source.arbitrary()?),
            26..=29 => Self::Wait(source.arbitrary()?),
            30 => Self::EndSession,
            _ => Self::RemoveExpired,
        })
    }
}

/// The steps of a session, and the store that takes them.
#[derive(Debug)]
pub struct Session {
    store: Kind,
    steps: Many<Step, 24>,
}

/// One store an input: each profile, with room for all, or for few.
#[derive(Clone, Copy, Debug)]
enum Kind {
    Wide(Profile),
    Small(Profile),
    /// Small, and what was used of late stays.
    Patient(Profile),
}

const KINDS: &[Kind] = &[
    // The model's, as often as all others that are wide.
    Kind::Wide(Profile::Rfc6265bis),
    Kind::Wide(Profile::Rfc6265bis),
    Kind::Wide(Profile::Chromium),
    Kind::Wide(Profile::Firefox),
    Kind::Small(Profile::Rfc6265bis),
    Kind::Small(Profile::Chromium),
    Kind::Small(Profile::Firefox),
    Kind::Patient(Profile::Rfc6265bis),
    Kind::Patient(Profile::Chromium),
    Kind::Patient(Profile::Firefox),
];

const SMALL: Limits = Limits {
    per_domain: 4,
    per_domain_kept: 3,
    per_jar: 3,
    per_jar_kept: 2,
    per_jar_octets: 12,
    total: 8,
    total_kept: 6,
    idle: 0,
};
const PATIENT: Limits = Limits { idle: 3600, ..SMALL };

impl<'a> Arbitrary<'a> for Session {
    fn arbitrary(source: &mut Unstructured<'a>) -> arbitrary::Result<Self> {
        Ok(Self { store: *source.choose(KINDS)?, steps: source.arbitrary()? })
    }
}

pub fn law(session: &Session) {
    match session.store {
        Kind::Wide(profile) => wide(profile, &session.steps.0),
        Kind::Small(profile) => narrow(profile, &SMALL, &session.steps.0),
        Kind::Patient(profile) => narrow(profile, &PATIENT, &session.steps.0),
    }
}

const START: i64 = 1_800_000_000;

/// A store that no limit empties; by RFC 6265bis, beside the model's.
fn wide(profile: Profile, steps: &[Step]) {
    let mut now = START;
    let mut store = Store::new(profile).limits(Limits::NONE);
    let mut naive = (profile == Profile::Rfc6265bis).then(agent_model::Store::default);

    for step in steps {
        let date = CookieDate::from_unix_timestamp(now);
        match step {
            Step::Wait(seconds) => now += i64::from(*seconds),
            Step::EndSession => {
                let (before, gone) = (store.len(), store.end_session());
                assert_eq!(store.len() + gone, before);
                assert!(store.iter().all(|cookie| cookie.expires.is_some()));
                if let Some(naive) = &mut naive {
                    naive.kept.retain(|kept| kept.expires.is_some());
                }
            }
            Step::RemoveExpired => {
                let (before, gone) = (store.len(), store.remove_expired(date));
                assert_eq!(store.len() + gone, before);
                assert!(store.iter().all(|cookie| !cookie.is_expired(date)));
                if let Some(naive) = &mut naive {
                    naive.kept.retain(|kept| !kept.is_expired(now));
                }
            }
            Step::Set(visit, line) | Step::SetAgain(visit, line) => {
                let Some(context) = visit.context() else { continue };
                let verdict = set(&mut store, &line.0, &context, date, matches!(step, Step::SetAgain(..)));
                let Some(naive) = &mut naive else { continue };
                let outcome = match verdict {
                    Verdict::Stored { .. } => Outcome::Stored,
                    Verdict::Expired { .. } => Outcome::Expired,
                    _ => Outcome::Refused,
                };
                let expected = naive.set(&line.0, &request(visit, &context, now));
                assert_eq!(outcome, expected, "{} from {context}: {verdict}", line.0.escape_ascii());
            }
            Step::Request(visit) => {
                let Some(context) = visit.context() else { continue };
                sent(&mut store, &context, date, visit);
                let Some(naive) = &naive else { continue };
                let cookies = store.cookies(&context, date);
                let cookies: Vec<_> = cookies.iter().map(|cookie| (&*cookie.name, &*cookie.value)).collect();
                let expected = naive.sent(&request(visit, &context, now));
                let expected: Vec<_> = expected.iter().map(|kept| (&*kept.name, &*kept.value)).collect();
                assert!(cookies == expected, "{:?} to {context}, the model: {:?}", shown(&cookies), shown(&expected));
            }
        }
        if let Some(naive) = &naive {
            let expected = naive.oldest_first();
            assert_eq!(store.len(), expected.len());
            for (kept, expected) in store.iter().zip(expected) {
                assert!(expected.is(kept), "{kept}, the model: {expected:?}");
            }
        }
    }
    moved(&store);
}

/// A store with little room.
fn narrow(profile: Profile, limits: &Limits, steps: &[Step]) {
    let mut now = START;
    let mut store = Store::new(profile).limits(*limits);
    for step in steps {
        let date = CookieDate::from_unix_timestamp(now);
        match step {
            Step::Wait(seconds) => now += i64::from(*seconds),
            Step::EndSession => drop(store.end_session()),
            Step::RemoveExpired => drop(store.remove_expired(date)),
            Step::Set(visit, line) | Step::SetAgain(visit, line) => {
                let Some(context) = visit.context() else { continue };
                limited(&mut store, limits, &line.0, &context, date);
            }
            Step::Request(visit) => {
                let Some(context) = visit.context() else { continue };
                sent(&mut store, &context, date, visit);
            }
        }
    }
}

fn request<'r>(visit: &Visit, context: &'r Context, now: i64) -> Request<'r> {
    let Visit { https, script, initiator, unsafe_method, .. } = *visit;
    Request { https, host: context.host(), path: context.path(), script, initiator, unsafe_method, now }
}

fn all(store: &Store) -> Vec<StoredCookie> {
    store.iter().cloned().collect()
}

/// Whether two are one cookie at different times.
fn same(one: &StoredCookie, other: &StoredCookie) -> bool {
    (&one.name, &one.domain, one.host_only, &one.path, &one.partition)
        == (&other.name, &other.domain, other.host_only, &other.path, &other.partition)
}

fn set(store: &mut Store, line: &[u8], context: &Context, now: CookieDate, twice: bool) -> Verdict {
    let before = all(store);
    let judged = judge(line, context, store.profile(), &TopLevelOnly, now);
    let verdict = store.set(line, context, now);
    match verdict.refusal() {
        // The store adds what its cookies forbid.
        Some(_) => assert!(verdict.refusals().starts_with(judged.refusals())),
        None => assert_eq!(verdict, judged, "the store judges as `judge` does"),
    }
    assert!(verdict.to_string().bytes().all(|octet| octet == b'\n' || !octet.is_ascii_control()), "{verdict}");

    assert_eq!(store.len(), store.iter().count());
    if verdict.refusal().is_some() {
        assert!(store.iter().eq(&before), "a line refused changes nothing");
        return verdict;
    }
    let cookie = verdict.cookie().expect("what is not refused is a cookie");
    let others = before.iter().filter(|other| !same(other, cookie));
    assert!(store.iter().filter(|other| !same(other, cookie)).eq(others), "every other cookie stays");
    let of_identity = store.iter().filter(|other| same(other, cookie)).count();
    assert_eq!(of_identity, usize::from(verdict.is_stored()), "one cookie of an identity");
    assert!(cookie.expires.is_none_or(|date| date.unix_timestamp() <= now.unix_timestamp() + 400 * 86400));
    if twice {
        let after = all(store);
        assert_eq!(store.set(line, context, now), verdict, "set again");
        assert!(store.iter().eq(&after), "set twice is as set once");
    }
    verdict
}

/// What is left of a cookie more is what the model leaves.
fn limited(store: &mut Store, limits: &Limits, line: &[u8], context: &Context, now: CookieDate) {
    let mut cookies = all(store);
    let verdict = store.set(line, context, now);
    let Verdict::Stored { cookie, .. } = &verdict else { return };
    if cookies.iter().any(|other| same(other, cookie)) {
        assert_eq!(store.len(), cookies.len(), "one that replaces another takes no room");
        return;
    }
    cookies.push((**cookie).clone());
    let expected = eviction::left(cookies, store.profile(), limits, now);
    assert!(store.iter().eq(&expected), "{}: {:?} left, not {expected:?}", store.profile(), all(store));
}

fn sent(store: &mut Store, context: &Context, now: CookieDate, visit: &Visit) {
    let profile = store.profile();
    let host = context.host();
    let third_party = visit.top_level_site.is_some() && !domain_match(host, "news.example");
    let (is_secure, partition) = (context.is_secure(profile), context.partition(profile, &TopLevelOnly));
    let matches = |cookie: &StoredCookie| {
        (if cookie.host_only { cookie.domain == host } else { domain_match(host, &cookie.domain) })
            && path_match(context.path(), &cookie.path)
            && (!cookie.secure || is_secure)
            && !(cookie.http_only && context.is_script())
            && match &cookie.partition {
                Some(jar) => *jar == partition,
                None => !(third_party && profile == Profile::Firefox),
            }
            && !cookie.is_expired(now)
    };
    let cookies = store.cookies(context, now);
    assert!(cookies.iter().all(|cookie| matches(cookie)), "a cookie that the request does not match");
    if visit.initiator == Initiator::SameSite {
        assert_eq!(cookies.len(), store.iter().filter(|cookie| matches(cookie)).count(), "a cookie is missing");
    } else {
        assert!(cookies.iter().all(|cookie| cookie.same_site != Some(SameSite::Strict)), "Strict goes cross-site");
    }
    let withheld = store.withheld(context, now);
    assert!(withheld.iter().all(|(cookie, _)| !cookies.contains(cookie)), "a cookie is sent and withheld");
    let key = |cookie: &&StoredCookie| (Reverse(cookie.path.len()), cookie.created);
    assert!(cookies.is_sorted_by_key(key), "the longest path first, then the oldest");

    let pairs = cookies.iter().map(|cookie| match cookie.name.as_slice() {
        b"" => cookie.value.clone(),
        name => [name, b"=", &cookie.value].concat(),
    });
    let expected = pairs.collect::<Vec<_>>().join(b"; ".as_slice());
    let count = cookies.len();
    let field = store.cookie_field(context, now);
    assert_eq!(field.is_none(), count == 0);
    let field = field.unwrap_or_default();
    assert_eq!(field, expected);
    assert!(field.iter().all(|&octet| octet == b'\t' || !octet.is_ascii_control()), "{}", field.escape_ascii());
    assert_eq!(field.split(|&octet| octet == b';').count().max(1), count.max(1), "{}", field.escape_ascii());
    let bracketed = if host.contains(':') { format!("[{host}]") } else { host.to_owned() };
    assert_eq!(canonical_host(&bracketed).as_deref(), Ok(host), "a canonical host is canonical");
}

/// Cookies taken out and put in elsewhere are the same cookies in the same order.
fn moved(store: &Store) {
    let mut other = Store::new(store.profile()).limits(Limits::NONE);
    for cookie in store {
        assert_eq!(other.insert(cookie.clone()), Ok(()), "{cookie}");
    }
    assert!(other.iter().eq(store), "moved, they are others");
}
