//! A tombstone of any cookie keeps the cookie's identity, is heeded where the cookie was, reads back, and is
//! recognized.

use arbitrary::Arbitrary;
use hardtack::{CookieDate, Cookies, DELETED, Prefix, SameSite, SetCookie, parse, tombstone};

use crate::made_up::{LongOctets, Many, Text};

#[derive(Arbitrary, Debug)]
pub enum Origin {
    /// The field another server wrote.
    Read(LongOctets),
    /// A cookie to delete by its name.
    Named { name: Text, domain: Option<Text>, path: Option<Text>, partitioned: bool, flags: Many<Text, 3> },
}

pub fn law(origin: &Origin) {
    match origin {
        Origin::Read(field) => {
            if let Ok(cookie) = SetCookie::parse(&field.0) {
                deletes(&cookie.to_tombstone(), &cookie);
                assert_eq!(cookie.to_tombstone().to_tombstone(), cookie.to_tombstone(), "a tombstone's tombstone");
            }
            if let Some(Ok(cookie)) = str::from_utf8(&field.0).ok().map(SetCookie::parse) {
                let mut written = Vec::new();
                cookie.to_tombstone().append_to(&mut written);
                assert_eq!(written, cookie.to_tombstone().to_string().into_bytes());
            }
        }
        Origin::Named { name, domain, path, partitioned, flags } => {
            // The cookie to delete, with a value no longer than its tombstone's.
            let value = if name.0.len() + DELETED.len() > 4096 { "" } else { "1234567" };
            let mut cookie = SetCookie::builder(name.0.as_str(), value).secure(true);
            let mut gone = tombstone(name.0.as_str());
            if let Some(domain) = domain {
                (cookie, gone) = (cookie.domain(domain.0.as_str()), gone.domain(domain.0.as_str()));
            }
            if let Some(path) = path {
                (cookie, gone) = (cookie.path(path.0.as_str()), gone.path(path.0.as_str()));
            }
            if *partitioned {
                (cookie, gone) = (cookie.partitioned(true), gone.partitioned(true));
            }
            if Prefix::of(name.0.as_bytes()).is_some_and(Prefix::needs_http_only) {
                cookie = cookie.http_only(true);
            }
            match (cookie.build(), gone.clone().build()) {
                (Ok(cookie), Ok(gone)) => {
                    let (cookie, gone) = (cookie.to_string(), gone.to_string());
                    let read = |text| SetCookie::parse(text).expect("what is built can be read");
                    deletes(&read(gone.as_bytes()), &read(cookie.as_bytes()));
                }
                (Ok(_), Err(error)) => panic!("no tombstone for a cookie that can be: {error}"),
                (Err(error), gone) => assert_eq!(gone.err(), Some(error), "a tombstone for a cookie that cannot be"),
            }
            // Further flags are judged as any cookie's are, and change nothing of what makes it a tombstone.
            let flags: Vec<_> = flags.0.iter().map(|flag| flag.0.as_str()).collect();
            if let Ok(gone) = gone.flags(flags).build() {
                assert!(gone.is_tombstone() || gone.value().is_empty());
                assert_eq!(gone.expires(), Some(CookieDate::UNIX_EPOCH));
                assert_eq!(SetCookie::parse(&gone.to_string()), Ok(gone));
            }
        }
    }
}

fn deletes(gone: &SetCookie<'_, [u8]>, cookie: &SetCookie<'_, [u8]>) {
    assert_eq!(gone.id(), cookie.id());
    assert_eq!(gone.max_age().map(|age| age.as_secs()), Some(0));
    assert_eq!(gone.expires(), Some(CookieDate::UNIX_EPOCH));
    assert!(gone.name().len() + gone.value().len() <= 4096);

    let mut written = Vec::new();
    gone.append_to(&mut written);
    assert_eq!(SetCookie::parse(&written).as_ref(), Ok(gone), "written as {}", written.escape_ascii());

    // What user agents demand of the name and of the attributes.
    let prefix = Prefix::of(gone.name());
    let needs_secure = prefix.is_some() || gone.partitioned() || gone.same_site() == Some(SameSite::None);
    assert!(gone.secure() || !needs_secure);
    assert!(gone.http_only() || !prefix.is_some_and(Prefix::needs_http_only));

    // A name that leaves no room for the word gets no value, and only such a name.
    assert_eq!(gone.is_tombstone(), gone.name().len() + DELETED.len() <= 4096);
    let field = [gone.name(), b"=", gone.value()].concat();
    let pairs: Vec<_> = parse(field.as_slice()).collect();
    assert_eq!(pairs.iter().all(|pair| pair.is_tombstone()), gone.is_tombstone());
    if gone.is_tombstone() {
        assert_eq!(Cookies::new(field.as_slice()).get(gone.name()), None, "a deleted cookie is found");
    }
}
