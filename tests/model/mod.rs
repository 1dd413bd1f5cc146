//! What the specifications say, in the plainest Rust there is: nothing is fast, and no code of the crate is used. The
//! tests and the fuzz targets hold the crate to it.
//!
//! "Section" means one of RFC 6265bis (draft-ietf-httpbis-rfc6265bis-22).

#![allow(dead_code, reason = "each test and each target uses its part of the model")]

pub(crate) type Pair<'a> = (&'a [u8], &'a [u8]);
pub(crate) type Attribute<'a> = (&'a [u8], Option<&'a [u8]>);

pub(crate) fn has_control(text: &[u8]) -> bool {
    text.iter().any(|octet| matches!(octet, 0x00..=0x08 | 0x0A..=0x1F | 0x7F))
}

fn trim(mut text: &[u8]) -> &[u8] {
    while let [b' ' | b'\t', rest @ ..] | [rest @ .., b' ' | b'\t'] = text {
        text = rest;
    }
    text
}

fn segments(text: &[u8]) -> Vec<&[u8]> {
    text.split(|&octet| octet == b';').collect()
}

/// What is before the first `=`, and what is behind it.
fn halves(segment: &[u8]) -> Option<Pair<'_>> {
    let equals = segment.iter().position(|&octet| octet == b'=')?;
    Some((&segment[..equals], &segment[equals + 1..]))
}

/// A name and a value, the name empty where there is no `=` (section 5.6, steps 3 and 4).
pub(crate) fn name_and_value(segment: &[u8]) -> Pair<'_> {
    let (name, value) = halves(segment).unwrap_or((b"", segment));
    (trim(name), trim(value))
}

/// A Cookie field, read as the inverse of how user agents write it (section 5.8.3, step 6).
pub(crate) fn lenient(header: &[u8]) -> Vec<Pair<'_>> {
    let mut kept = segments(header);
    kept.retain(|segment| !has_control(segment));
    kept.into_iter().map(name_and_value).filter(|(name, value)| name.len() + value.len() > 0).collect()
}

/// `cookie-string = cookie-pair *( ";" SP cookie-pair )` (section 4.2.1): for each segment its pair, or `None` where
/// the grammar has none.
pub(crate) fn strict(header: &[u8]) -> Vec<Option<Pair<'_>>> {
    if header.is_empty() {
        return Vec::new();
    }
    let (first, others) = (segments(header)[0], segments(header).split_off(1));
    let others = others.into_iter().map(|segment| strict_pair(segment.strip_prefix(b" ")?));
    core::iter::once(strict_pair(first)).chain(others).collect()
}

/// `tchar` (RFC 9110 section 5.6.2).
pub(crate) fn is_token_octet(octet: u8) -> bool {
    octet.is_ascii_alphanumeric() || b"!#$%&'*+-.^_`|~".contains(&octet)
}

/// `cookie-octet` (section 4.1.1).
pub(crate) fn is_cookie_octet(octet: u8) -> bool {
    matches!(octet, 0x21 | 0x23..=0x2B | 0x2D..=0x3A | 0x3C..=0x5B | 0x5D..=0x7E)
}

/// `cookie-pair = cookie-name BWS "=" BWS cookie-value` (section 4.1.1).
fn strict_pair(text: &[u8]) -> Option<Pair<'_>> {
    let (name, value) = name_and_value(halves(text).map(|_| text)?);
    let inner = if let [b'"', inner @ .., b'"'] = value { inner } else { value };
    let is_token = name.iter().copied().all(is_token_octet) && !name.is_empty();
    let of_grammar = is_token && inner.iter().copied().all(is_cookie_octet);
    // White space is of the grammar beside the `=` alone.
    (of_grammar && text.starts_with(name) && text.ends_with(value)).then_some((name, value))
}

/// The attributes in the text behind the first `;` of a Set-Cookie field, as they stand there; a segment of nothing
/// but white space is none (section 5.6, steps 1 to 5 of the second list).
pub(crate) fn attributes(text: &[u8]) -> Vec<Attribute<'_>> {
    let attribute = |segment| match halves(segment) {
        Some((name, value)) => (trim(name), Some(trim(value))),
        None => (trim(segment), None),
    };
    let stands = |(name, value): &Attribute<'_>| !name.is_empty() || value.is_some();
    segments(text).into_iter().map(attribute).filter(stands).collect()
}

/// A Set-Cookie field as it takes effect: dates in seconds since the start of 1970, words in lower case, an empty
/// Domain for none.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Cookie<'a> {
    pub(crate) name: &'a [u8],
    pub(crate) value: &'a [u8],
    pub(crate) expires: Option<i64>,
    pub(crate) max_age: Option<u64>,
    pub(crate) domain: Vec<u8>,
    pub(crate) path: Option<&'a [u8]>,
    pub(crate) secure: bool,
    pub(crate) http_only: bool,
    pub(crate) same_site: Option<&'static str>,
    pub(crate) partitioned: bool,
    pub(crate) priority: Option<&'static str>,
    pub(crate) extensions: Vec<Attribute<'a>>,
}

/// A Set-Cookie field as a user agent reads it (section 5.6; both parts empty: section 5.7, step 2).
pub(crate) fn set_cookie(text: &[u8]) -> Option<Cookie<'_>> {
    let first = segments(text)[0];
    let (name, value) = name_and_value(first);
    let size = name.len() + value.len();
    if has_control(text) || size == 0 || size > 4096 {
        return None;
    }
    let mut cookie = Cookie { name, value, ..Cookie::default() };
    let words = ["strict", "lax", "none"];
    let mut stated = attributes(text.get(first.len() + 1..).unwrap_or_default());
    stated.retain(|(_, value)| value.is_none_or(|value| value.len() <= 1024));
    for (name, value) in stated {
        let given = value.unwrap_or_default();
        let lower = given.to_ascii_lowercase();
        match name.to_ascii_lowercase().as_slice() {
            b"expires" => cookie.expires = date(given).or(cookie.expires),
            b"max-age" => cookie.max_age = max_age(given).or(cookie.max_age),
            b"domain" => cookie.domain = lower.strip_prefix(b".").unwrap_or(&lower).to_vec(),
            b"path" => cookie.path = Some(given).filter(|path| path.starts_with(b"/")),
            b"secure" => cookie.secure = true,
            b"httponly" => cookie.http_only = true,
            b"samesite" => cookie.same_site = words.into_iter().find(|word| word.as_bytes() == lower),
            b"partitioned" => cookie.partitioned = true,
            b"priority" => {
                cookie.priority = ["low", "medium", "high"].into_iter().find(|word| word.as_bytes() == lower);
            }
            _ if cookie.extensions.len() < 1024 => cookie.extensions.push((name, value)),
            _ => {}
        }
    }
    Some(cookie)
}

/// `[ "-" ] 1*DIGIT`: a negative age has run out as zero has; one beyond what is kept is cut (section 5.6.2).
fn max_age(text: &[u8]) -> Option<u64> {
    let digits = text.strip_prefix(b"-").unwrap_or(text);
    let largest = if digits == text { (1 << 31) - 1 } else { 0 };
    let age = digits.iter().fold(0, |age, digit| (age * 10 + u128::from(digit.wrapping_sub(b'0'))).min(largest));
    let is_number = !digits.is_empty() && digits.iter().all(u8::is_ascii_digit);
    if is_number { u64::try_from(age).ok() } else { None }
}

/// A cookie-date (section 5.1.1), in seconds since the start of 1970.
pub(crate) fn date(text: &[u8]) -> Option<i64> {
    let is_delimiter = |&octet: &u8| matches!(octet, 0x09 | 0x20..=0x2F | 0x3B..=0x40 | 0x5B..=0x60 | 0x7B..=0x7E);
    let (mut time, mut day, mut month, mut year) = (None, None, None, None);
    for token in text.split(is_delimiter).filter(|token| !token.is_empty()) {
        if time.is_none() && time_of_day(token).is_some() {
            time = time_of_day(token);
        } else if day.is_none() && number(token, 1, 2).is_some() {
            day = number(token, 1, 2);
        } else if month.is_none() && month_of(token).is_some() {
            month = month_of(token);
        } else if year.is_none() {
            year = number(token, 2, 4);
        }
    }
    let ((hour, minute, second), day, month) = (time?, day?, month?);
    let year = match year? {
        year @ 70..=99 => year + 1900,
        year @ 0..=69 => year + 2000,
        year => year,
    };
    let exists = year >= 1601 && (1..=days_in_month(year, month)).contains(&day);
    let in_day = hour <= 23 && minute <= 59 && second <= 59;
    (exists && in_day).then(|| ((days_since_1970(year, month, day) * 24 + hour) * 60 + minute) * 60 + second)
}

/// The number a token begins with, where it has from `least` to `most` digits.
fn number(token: &[u8], least: usize, most: usize) -> Option<i64> {
    let digits: String = token.iter().map(|&octet| char::from(octet)).take_while(char::is_ascii_digit).collect();
    if (least..=most).contains(&digits.len()) { digits.parse().ok() } else { None }
}

fn time_of_day(token: &[u8]) -> Option<(i64, i64, i64)> {
    let mut fields = token.splitn(3, |&octet| octet == b':');
    let (hour, minute, second) = (fields.next()?, fields.next()?, fields.next()?);
    let whole = hour.iter().chain(minute).all(u8::is_ascii_digit);
    if whole { Some((number(hour, 1, 2)?, number(minute, 1, 2)?, number(second, 1, 2)?)) } else { None }
}

fn month_of(token: &[u8]) -> Option<i64> {
    let start = token.get(..3)?.to_ascii_lowercase();
    let names = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];
    (1..).zip(names).find(|(_, name)| name.as_bytes() == start).map(|(month, _)| month)
}

pub(crate) fn days_in_month(year: i64, month: i64) -> i64 {
    match month {
        2 if year % 400 == 0 || year % 4 == 0 && year % 100 != 0 => 29,
        2 => 28,
        4 | 6 | 9 | 11 => 30,
        _ => 31,
    }
}

/// Days of the Gregorian calendar from the start of 1970 to a date.
pub(crate) fn days_since_1970(year: i64, month: i64, day: i64) -> i64 {
    let leap_years_before = |year: i64| (year - 1) / 4 - (year - 1) / 100 + (year - 1) / 400;
    let years = (year - 1970) * 365 + leap_years_before(year) - leap_years_before(1970);
    years + (1..month).map(|month| days_in_month(year, month)).sum::<i64>() + day - 1
}

/// Whether a value says that its cookie was deleted: as a whole, double quotes around it aside, or anywhere in it.
pub(crate) fn is_deleted(value: &[u8], anywhere: bool) -> bool {
    let whole = value == b"DELETED" || value == b"\"DELETED\"";
    whole || anywhere && value.windows(7).any(|window| window == b"DELETED")
}

fn is_white(octet: u8) -> bool {
    matches!(octet, b' ' | b'\t')
}

pub(crate) fn is_blank(field: &[u8]) -> bool {
    field.iter().all(|&octet| is_white(octet))
}

/// A field as the list of its segments, some of them taken off it (for proxies; no section says it).
pub(crate) fn without(field: &[u8], goes: impl Fn(&[u8], &[u8]) -> bool) -> Vec<u8> {
    let segments: Vec<&[u8]> = field.split(|&octet| octet == b';').collect();
    let stays = |segment: &&[u8]| !lenient(segment).first().is_some_and(|(name, value)| goes(name, value));
    let first_goes = segments.first().is_some_and(|segment| !stays(segment));
    let mut left = segments.into_iter().filter(stays).collect::<Vec<_>>().join(&b';');
    if first_goes {
        let blank = left.iter().take_while(|&&octet| is_white(octet)).count();
        left.drain(..blank);
    }
    left
}

/// Where a comma separates: a token and `=` follow it, white space aside.
pub(crate) fn split_joined(text: &[u8]) -> Vec<Vec<u8>> {
    let separates = |behind: &[u8]| {
        let Some(equals) = behind.iter().position(|&octet| octet == b'=') else { return false };
        let name = behind[..equals].trim_ascii();
        // Of white space only SP and HTAB.
        let is_text = |octet: &u8| is_token_octet(*octet) || is_white(*octet);
        !name.is_empty() && name.iter().copied().all(is_token_octet) && behind[..equals].iter().all(is_text)
    };
    let mut lines = vec![Vec::new()];
    for (at, &octet) in text.iter().enumerate() {
        if octet == b',' && separates(&text[at + 1..]) {
            lines.push(Vec::new());
        } else if let Some(line) = lines.last_mut() {
            line.push(octet);
        }
    }
    lines.iter().map(|line| trim(line).to_vec()).filter(|line| !line.is_empty()).collect()
}
