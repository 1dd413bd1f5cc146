//! Whatever the setters and the text they are given, `build` refuses for a reason that is there, or the cookie is
//! well-behaved: its text is the grammar's, holds exactly the attributes set, and reads back as the same cookie.

use std::time::Duration;

use arbitrary::Arbitrary;
use hardtack::error::{Part, Requirement};
use hardtack::{
    AttributeName, Attributes, BuildError, CookieDate, Cookies, Priority, SameSite, SetCookie, parse, parse_strict,
};

use crate::made_up::{Many, Text};
use crate::model;

#[derive(Arbitrary, Debug)]
pub struct Cookie {
    name: Text,
    value: Text,
    form: Form,
    calls: Many<Call, 6>,
}

#[derive(Arbitrary, Clone, Copy, Debug)]
enum Form {
    Plain,
    Percent,
    Quoted,
}

#[derive(Arbitrary, Debug)]
enum Call {
    Expires(i64),
    MaxAge(Duration),
    Domain(Text),
    Path(Text),
    NoPath,
    Secure(bool),
    HttpOnly(bool),
    SameSiteStrict,
    SameSiteLax,
    SameSiteNone,
    Partitioned(bool),
    PriorityHigh,
    Flag(Text),
}

pub fn law(given: &Cookie) {
    let mut builder = SetCookie::builder(given.name.0.as_str(), given.value.0.as_str());
    builder = match given.form {
        Form::Plain => builder,
        Form::Percent => builder.percent_encoded(),
        Form::Quoted => builder.quoted(),
    };
    for call in &given.calls.0 {
        builder = match call {
            Call::Expires(seconds) => builder.expires(CookieDate::from_unix_timestamp(*seconds)),
            Call::MaxAge(age) => builder.max_age(*age),
            Call::Domain(domain) => builder.domain(domain.0.as_str()),
            Call::Path(path) => builder.path(path.0.as_str()),
            Call::NoPath => builder.no_path(),
            Call::Secure(secure) => builder.secure(*secure),
            Call::HttpOnly(http_only) => builder.http_only(*http_only),
            Call::SameSiteStrict => builder.same_site(SameSite::Strict),
            Call::SameSiteLax => builder.same_site(SameSite::Lax),
            Call::SameSiteNone => builder.same_site(SameSite::None),
            Call::Partitioned(partitioned) => builder.partitioned(*partitioned),
            Call::PriorityHigh => builder.priority(Priority::High),
            Call::Flag(flag) => builder.flag(flag.0.as_str()),
        };
    }
    match builder.build() {
        Ok(cookie) => well_behaved(given, &cookie),
        Err(error) => assert!(told_truly(given, &error), "{error}"),
    }
}

impl Cookie {
    fn value(&self) -> String {
        match (self.form, self.value.0.as_str()) {
            (Form::Plain, value) => value.to_owned(),
            (Form::Percent, "DELETED") => "%44ELETED".to_owned(),
            (Form::Percent, value) => hardtack::value::percent::encode(value).into_owned(),
            (Form::Quoted, "DELETED") => "\"\\104ELETED\"".to_owned(),
            (Form::Quoted, value) => hardtack::value::quoted::encode(value).into_owned(),
        }
    }

    /// The attributes as one would write them by hand, in the order of the calls, with the Path there is unless one is
    /// said. A setter called again takes the place of what it said.
    fn attributes(&self) -> Vec<String> {
        let mut attributes: Vec<(bool, String)> = Vec::new();
        for call in &self.calls.0 {
            let is_setter = !matches!(call, Call::Flag(_));
            if is_setter {
                attributes.retain(|(by_setter, attribute)| !by_setter || name_of(attribute) != call.name());
            }
            attributes.extend(call.written().map(|attribute| (is_setter, attribute)));
        }
        let mut attributes: Vec<_> = attributes.into_iter().map(|(_, attribute)| attribute).collect();
        let last = self.calls.0.iter().rev().find(|call| call.name() == "path");
        if !attributes.iter().any(|attribute| is_named(attribute, "path")) && !matches!(last, Some(Call::NoPath)) {
            attributes.push("Path=/".to_owned());
        }
        attributes
    }

    fn says(&self, name: &str) -> bool {
        self.attributes().iter().any(|attribute| is_named(attribute, name))
    }
}

impl Call {
    fn written(&self) -> Option<String> {
        Some(match self {
            Self::Expires(seconds) => format!("Expires={}", CookieDate::from_unix_timestamp(*seconds)),
            Self::MaxAge(age) => format!("Max-Age={}", age.as_secs()),
            Self::Domain(domain) => format!("Domain={}", domain.0),
            Self::Path(path) => format!("Path={}", path.0),
            Self::NoPath | Self::Secure(false) | Self::HttpOnly(false) | Self::Partitioned(false) => return None,
            Self::Secure(true) => "Secure".to_owned(),
            Self::HttpOnly(true) => "HttpOnly".to_owned(),
            Self::SameSiteStrict => "SameSite=Strict".to_owned(),
            Self::SameSiteLax => "SameSite=Lax".to_owned(),
            Self::SameSiteNone => "SameSite=None".to_owned(),
            Self::Partitioned(true) => "Partitioned".to_owned(),
            Self::PriorityHigh => "Priority=High".to_owned(),
            Self::Flag(flag) => flag.0.clone(),
        })
    }

    /// The name of the attribute that is said or taken back, in lower case.
    fn name(&self) -> String {
        match self {
            Self::Expires(_) => "expires".to_owned(),
            Self::MaxAge(_) => "max-age".to_owned(),
            Self::Domain(_) => "domain".to_owned(),
            Self::Path(_) | Self::NoPath => "path".to_owned(),
            Self::Secure(_) => "secure".to_owned(),
            Self::HttpOnly(_) => "httponly".to_owned(),
            Self::SameSiteStrict | Self::SameSiteLax | Self::SameSiteNone => "samesite".to_owned(),
            Self::Partitioned(_) => "partitioned".to_owned(),
            Self::PriorityHigh => "priority".to_owned(),
            Self::Flag(flag) => name_of(&flag.0),
        }
    }
}

fn name_of(attribute: &str) -> String {
    let name = attribute.split_once('=').map_or(attribute, |(name, _)| name);
    name.trim_matches([' ', '\t']).to_ascii_lowercase()
}

fn is_named(attribute: &str, name: &str) -> bool {
    name_of(attribute) == name
}

fn well_behaved(given: &Cookie, cookie: &SetCookie<'_>) {
    let text = cookie.to_string();
    assert!(text.bytes().all(|octet| matches!(octet, b' '..=b'~')), "{text:?}");
    let (pair, attributes) = text.split_once(';').unwrap_or((&text, ""));
    if let Form::Quoted = given.form {
        let unquoted: Vec<_> = parse(pair).map(|pair| (pair.name(), pair.unquoted())).collect();
        assert_eq!(unquoted, [(given.name.0.as_str(), given.value.0.as_str().into())], "{text:?}");
        assert_eq!(cookie.value(), given.value());
    } else {
        let strict: Vec<_> = parse_strict(pair).map(|item| item.map(|pair| (pair.name(), pair.value()))).collect();
        assert_eq!(strict, [Ok((given.name.0.as_str(), given.value().as_str()))], "{text:?}");
    }
    assert_eq!(Cookies::new(pair).get(cookie.name()), Some(cookie.value()), "what is built is found");
    // Built again it is judged by the grammar, which has no quoted form.
    if let Ok(again) = cookie.clone().into_builder().build() {
        assert_eq!(again, *cookie);
    } else {
        assert!(matches!(given.form, Form::Quoted) && cookie.value().starts_with('"'), "{text:?} is built again");
    }
    assert!(cookie.name().len() + cookie.value().len() <= 4096);
    assert_eq!(SetCookie::parse(&text).as_ref(), Ok(cookie), "written as {text:?}");

    // What was asked for and what was written mean the same to the model; each attribute stands there once.
    let asked = format!("{}={}; {}", given.name.0, given.value(), given.attributes().join("; "));
    assert_eq!(model::set_cookie(text.as_bytes()), model::set_cookie(asked.as_bytes()), "{text:?} for {asked:?}");
    let mut names: Vec<_> = Attributes::tokenize(attributes).map(|attribute| name_of(attribute.name())).collect();
    assert_eq!(names.len(), given.attributes().len(), "{text:?} for {asked:?}");
    let known = names.iter().map(|name| AttributeName::from_ascii(name.as_bytes()));
    let known: Vec<_> = known.map(|known| known.map_or(usize::MAX, |known| known as usize)).collect();
    assert!(known.is_sorted(), "out of order: {text:?}");
    names.sort_unstable();
    assert!(names.windows(2).all(|pair| pair[0] != pair[1]), "an attribute twice: {text:?}");
    assert!(attributes.split(';').all(|attribute| attribute.len() <= 1024 + 1024 + 2), "{text:?}");

    let lower = cookie.name().to_ascii_lowercase();
    let (host, host_http) = (lower.starts_with("__host-"), lower.starts_with("__host-http-"));
    let http = host_http || lower.starts_with("__http-");
    let heeded = !host || cookie.domain().is_none() && cookie.path() == Some("/");
    assert!(heeded && (!http || cookie.http_only()), "{text:?}");
    let needs_secure = host || http || lower.starts_with("__secure-");
    let needs_secure = needs_secure || cookie.partitioned() || cookie.same_site() == Some(SameSite::None);
    assert!(cookie.secure() || !needs_secure, "{text:?}");
    let is_label_octet = |octet: u8| octet == b'-' || octet.is_ascii_digit() || octet.is_ascii_lowercase();
    let is_label = |label: &str| !label.is_empty() && label.len() <= 63 && label.bytes().all(is_label_octet);
    assert!(cookie.domain().is_none_or(|domain| domain.len() <= 253 && domain.split('.').all(is_label)), "{text:?}");
}

/// Whether what an error says of the cookie is so.
#[allow(clippy::too_many_lines, reason = "a row for each error")]
fn told_truly(given: &Cookie, error: &BuildError) -> bool {
    let (name, value) = (&given.name.0, given.value());
    let lower = name.to_ascii_lowercase();
    let attributes = given.attributes();
    let flags: Vec<_> = given
        .calls
        .0
        .iter()
        .filter_map(|call| if let Call::Flag(flag) = call { Some(&flag.0) } else { None })
        .collect();
    let calls = || given.calls.0.iter().rev();
    let domain = calls().find_map(|call| if let Call::Domain(domain) = call { Some(&domain.0) } else { None });
    let path = calls().find_map(|call| if let Call::Path(path) = call { Some(&path.0) } else { None });
    let text_of = |part| match part {
        Part::Name => Some(name),
        Part::Value => Some(&value),
        Part::Attribute(AttributeName::Domain) => domain,
        Part::Attribute(AttributeName::Path) => path,
        Part::Flag(index) => flags.get(index).copied(),
        _ => None,
    };
    match *error {
        BuildError::EmptyName => name.is_empty(),
        BuildError::InvalidByte { part, byte, offset } => {
            text_of(part).is_some_and(|text| text.as_bytes().get(offset) == Some(&byte) && !may_stand(part, byte))
        }
        BuildError::NonAsciiDomain { byte, offset } => {
            !byte.is_ascii() && domain.is_some_and(|domain| domain.as_bytes().get(offset) == Some(&byte))
        }
        BuildError::EmptyFlag { part } => text_of(part).is_some_and(|flag| name_of(flag).is_empty()),
        BuildError::PairTooLong { len, max } => len == name.len() + value.len() && max == 4096 && len > max,
        BuildError::AttributeTooLong { part, len, max } => {
            len > max && max == 1024 && text_of(part).is_some_and(|text| text.len() >= len)
        }
        BuildError::RelativePath => path.is_some_and(|path| !path.starts_with('/')),
        BuildError::EmptyDomain => domain.is_some_and(|domain| domain.strip_prefix('.').unwrap_or(domain).is_empty()),
        BuildError::IpDomain => domain.is_some_and(|domain| {
            let last = domain.trim_end_matches('.').rsplit('.').next().unwrap_or_default().to_ascii_lowercase();
            domain.contains(':') || last.starts_with(|first: char| first.is_ascii_digit())
        }),
        BuildError::InvalidLabel { offset } => domain.and_then(|domain| domain.get(offset..)).is_some_and(|rest| {
            let label = rest.split('.').next().unwrap_or_default();
            label.is_empty() || label.len() > 63 || label.starts_with('-') || label.ends_with('-')
        }),
        BuildError::DomainTooLong { len, max } => {
            len > max
                && max == 253
                && domain.is_some_and(|domain| domain.strip_prefix('.').unwrap_or(domain).len() == len)
        }
        BuildError::InvalidFlag { attribute, index } => flags.get(index).is_some_and(|flag| {
            let value = flag.split_once('=').map(|(_, value)| value.trim_matches([' ', '\t']));
            is_named(flag, &attribute.as_str().to_ascii_lowercase())
                && match (attribute, value) {
                    (AttributeName::Secure | AttributeName::HttpOnly | AttributeName::Partitioned, value) => {
                        value.is_some()
                    }
                    (_, None) => true,
                    (AttributeName::Expires, Some(date)) => model::date(date.as_bytes()).is_none(),
                    (AttributeName::MaxAge, Some(age)) => {
                        let digits = age.strip_prefix('-').unwrap_or(age);
                        digits.is_empty() || !digits.bytes().all(|digit| digit.is_ascii_digit())
                    }
                    (AttributeName::Path, Some(path)) => !path.starts_with('/'),
                    (AttributeName::SameSite, Some(word)) => {
                        !["strict", "lax", "none"].contains(&word.to_ascii_lowercase().as_str())
                    }
                    (AttributeName::Priority, Some(word)) => {
                        !["low", "medium", "high"].contains(&word.to_ascii_lowercase().as_str())
                    }
                    // Refused by the setter as well.
                    (AttributeName::Domain, Some(domain)) => {
                        SetCookie::builder("a", "").domain(domain).build().is_err()
                    }
                    _ => false,
                }
        }),
        BuildError::Duplicate { part } => {
            let wanted = match part {
                Part::Attribute(known) => known.as_str().to_ascii_lowercase(),
                part => text_of(part).map(|flag| name_of(flag)).unwrap_or_default(),
            };
            let by_flag = flags.iter().filter(|flag| is_named(flag, &wanted)).count();
            by_flag > 0 && given.calls.0.iter().filter(|call| call.name() == wanted).count() >= 2
        }
        BuildError::Prefix { prefix, missing } => {
            lower.starts_with(&prefix.as_str().to_ascii_lowercase())
                && match missing {
                    Requirement::Secure => !given.says("secure"),
                    Requirement::HttpOnly => !given.says("httponly"),
                    Requirement::NoDomain => given.says("domain"),
                    Requirement::RootPath => !attributes.iter().any(|attribute| {
                        is_named(attribute, "path")
                            && attribute.split_once('=').is_some_and(|(_, path)| path.trim() == "/")
                    }),
                    _ => false,
                }
        }
        BuildError::ReservedValue => matches!(value.as_str(), "DELETED" | "\"DELETED\""),
        BuildError::SameSiteNoneInsecure => {
            let none = |attribute: &String| attribute.to_ascii_lowercase().replace(' ', "") == "samesite=none";
            !given.says("secure") && attributes.iter().any(none)
        }
        BuildError::PartitionedInsecure => !given.says("secure") && given.says("partitioned"),
        _ => false,
    }
}

fn may_stand(part: Part, octet: u8) -> bool {
    match part {
        Part::Name => octet.is_ascii_alphanumeric() || b"!#$%&'*+-.^_`|~".contains(&octet),
        Part::Value => octet.is_ascii_graphic() && !b"\",;\\".contains(&octet),
        Part::Attribute(AttributeName::Domain) => octet.is_ascii_alphanumeric() || b"-.".contains(&octet),
        // White space at an end would be trimmed away.
        Part::Attribute(_) => octet.is_ascii_graphic() && octet != b';',
        _ => matches!(octet, b' '..=b'~') && octet != b';',
    }
}
