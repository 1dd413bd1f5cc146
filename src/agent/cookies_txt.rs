//! Netscape's `cookies.txt`, the file of `curl`, `wget` and many others.
//!
//! A line is a cookie: seven fields with tabs between them. They are the domain, with a leading dot where it has
//! sub-domains; `TRUE` or `FALSE` for whether they get the cookie; the path; `TRUE` or `FALSE` for Secure; the expiry in
//! Unix seconds, 0 for the end of the session; the name, empty for a nameless cookie; the value. `#HttpOnly_` before the
//! domain marks what is HttpOnly; other lines that begin with `#`, and blank ones, are passed over.
//!
//! The form has no place for SameSite, Priority, the time of creation and of the last use, nor for the jar of a
//! partitioned cookie. [`write()`] says of each cookie what is lost, and leaves out what would become another cookie.
//!
//! ```
//! use hardtack::CookieDate;
//! use hardtack::agent::{Profile, Store, cookies_txt};
//!
//! let now = CookieDate::from_unix_timestamp(1_800_000_000);
//! let good = "# Netscape HTTP Cookie File\n\
//!             #HttpOnly_shop.example\tFALSE\t/\tTRUE\t0\tsid\t31d4\n";
//! let file = format!("{good}shop.example\tperhaps\t/\tTRUE\t0\tsid\t31d4\n");
//! let mut store = Store::new(Profile::Chromium);
//! for cookie in cookies_txt::read(&file, now) {
//!     match cookie {
//!         Ok(cookie) => store.insert(cookie)?,
//!         Err(error) => assert_eq!(
//!             error.to_string(),
//!             "line 3: field 2 is neither TRUE nor FALSE; write one of them"
//!         ),
//!     }
//! }
//! assert_eq!(cookies_txt::write(&store).text, good.as_bytes());
//! # Ok::<(), hardtack::agent::InvalidCookie>(())
//! ```

use alloc::format;
use alloc::string::String;
use alloc::vec::Vec;
use core::fmt;
use core::iter::FusedIterator;

use thiserror::Error;

use crate::agent::error::InvalidCookie;
use crate::agent::stored::StoredCookie;
use crate::date::CookieDate;
use crate::text::Redacted;

const HEADER: &[u8] = b"# Netscape HTTP Cookie File\n";
const HTTP_ONLY: &[u8] = b"#HttpOnly_";

/// Reads the cookies of a file, a line at a time; a line that cannot be read is an error, and the next one is read.
///
/// They are as old as `now`, since the file does not say when they were set.
///
/// # Errors
///
/// - other than seven fields; the seventh may be missing where it is empty
/// - a second or fourth field that is neither `TRUE` nor `FALSE`
/// - an expiry that is no number
/// - what [`Store::insert`](crate::agent::Store::insert) refuses, such as a domain that is none
pub fn read<F: ?Sized + AsRef<[u8]>>(file: &F, now: CookieDate) -> Read<'_> {
    Read { rest: Some(file.as_ref()), line: 0, now }
}

/// The cookies of a file, by [`read`].
#[derive(Clone)]
#[must_use]
pub struct Read<'f> {
    rest: Option<&'f [u8]>,
    line: usize,
    now: CookieDate,
}

/// A line that was not read.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
#[error("line {line}: {fault}")]
pub struct LineError {
    /// Which line, counted from 1.
    pub line: usize,
    /// What is wrong with it.
    pub fault: Fault,
}

/// What is wrong with a line.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
#[non_exhaustive]
pub enum Fault {
    /// Not as many fields as a cookie has.
    #[error("there are {count} fields; write seven with a tab between each and the next")]
    Fields {
        /// How many there are.
        count: usize,
    },
    /// A field that is neither `TRUE` nor `FALSE`.
    #[error("field {field} is neither TRUE nor FALSE; write one of them")]
    Flag {
        /// Which field, counted from 1.
        field: usize,
    },
    /// An expiry that is no number.
    #[error("field 5 is no number; write the expiry in Unix seconds, or 0 for the end of the session")]
    Expiry,
    /// A cookie that no store takes.
    #[error(transparent)]
    Cookie(#[from] InvalidCookie),
}

impl Iterator for Read<'_> {
    type Item = Result<StoredCookie, LineError>;

    fn next(&mut self) -> Option<Self::Item> {
        loop {
            let text = self.rest?;
            let mut parts = text.splitn(2, |&byte| byte == b'\n');
            let line = parts.next().unwrap_or_default();
            self.rest = parts.next();
            self.line += 1;
            let line = line.strip_suffix(b"\r").unwrap_or(line);
            let (http_only, fields) = match line.strip_prefix(HTTP_ONLY) {
                Some(fields) => (true, fields),
                None if line.starts_with(b"#") || line.trim_ascii().is_empty() => continue,
                None => (false, line),
            };
            let cookie = cookie(fields, http_only, self.now);
            return Some(cookie.map_err(|fault| LineError { line: self.line, fault }));
        }
    }
}

impl FusedIterator for Read<'_> {}

impl fmt::Debug for Read<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Read")
            .field("rest", &Redacted(self.rest.map_or(0, <[u8]>::len)))
            .field("line", &self.line)
            .finish_non_exhaustive()
    }
}

fn cookie(line: &[u8], http_only: bool, now: CookieDate) -> Result<StoredCookie, Fault> {
    let fields: Vec<_> = line.split(|&byte| byte == b'\t').collect();
    let (domain, below, path, secure, expiry, name, value) = match fields[..] {
        [domain, below, path, secure, expiry, name, value] => (domain, below, path, secure, expiry, name, value),
        [domain, below, path, secure, expiry, name] => (domain, below, path, secure, expiry, name, [].as_slice()),
        _ => return Err(Fault::Fields { count: fields.len() }),
    };
    let domain = domain.strip_prefix(b".").unwrap_or(domain);
    let domain = String::from_utf8_lossy(domain).to_ascii_lowercase();
    let mut cookie = StoredCookie::new(name, value, domain, now);
    cookie.host_only = !flag(below, 2)?;
    cookie.path = path.to_vec();
    cookie.secure = flag(secure, 4)?;
    cookie.http_only = http_only;
    cookie.expires = match seconds(expiry).ok_or(Fault::Expiry)? {
        0 => None,
        seconds => Some(CookieDate::from_unix_timestamp(seconds)),
    };
    if !cookie.path.starts_with(b"/") {
        return Err(InvalidCookie::Path.into());
    }
    cookie.check()?;
    Ok(cookie)
}

fn flag(text: &[u8], field: usize) -> Result<bool, Fault> {
    match text {
        text if text.eq_ignore_ascii_case(b"TRUE") => Ok(true),
        text if text.eq_ignore_ascii_case(b"FALSE") => Ok(false),
        _ => Err(Fault::Flag { field }),
    }
}

/// Whole seconds; browsers' exporters write a fraction, which is left out.
fn seconds(text: &[u8]) -> Option<i64> {
    let text = str::from_utf8(text).ok()?;
    let (whole, fraction) = text.split_once('.').unwrap_or((text, ""));
    if fraction.bytes().all(|byte| byte.is_ascii_digit()) { whole.parse().ok() } else { None }
}

/// A file, and what of the cookies is not in it.
#[derive(Clone)]
#[non_exhaustive]
pub struct Written<'c> {
    /// The file.
    pub text: Vec<u8>,
    /// What is lost, in the order of the cookies.
    pub losses: Vec<(&'c StoredCookie, Loss)>,
}

impl fmt::Debug for Written<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Written").field("text", &Redacted(self.text.len())).field("losses", &self.losses).finish()
    }
}

/// What of a cookie is not in the file.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Error)]
#[non_exhaustive]
pub enum Loss {
    /// All of it: it is in a jar, and would come out of it.
    #[error("the cookie is left out: the file has no place for its jar; save the store as JSON")]
    Partition,
    /// All of it: a tab in its name, value or path would end the field.
    #[error("the cookie is left out: it holds a tab, which ends a field; save the store as JSON")]
    Tab,
    /// All of it: it has the empty path, which no request has.
    #[error("the cookie is left out: its path is empty, and no request carries it; save the store as JSON")]
    EmptyPath,
    /// Its SameSite.
    #[error("the file has no place for SameSite; save the store as JSON")]
    SameSite,
    /// Its Priority.
    #[error("the file has no place for Priority; save the store as JSON")]
    Priority,
}

impl Loss {
    /// Returns whether the cookie is left out of the file.
    #[must_use]
    pub const fn is_left_out(self) -> bool {
        matches!(self, Self::Partition | Self::Tab | Self::EmptyPath)
    }
}

/// Writes cookies as a file that [`read`] reads, and `curl`, too.
///
/// What is read and written again is the same file. The times of creation and of the last use are lost; what else is, is
/// said.
///
/// ```
/// use hardtack::CookieDate;
/// use hardtack::agent::{Context, Profile, Store, cookies_txt};
///
/// let now = CookieDate::from_unix_timestamp(1_800_000_000);
/// let mut store = Store::new(Profile::Chromium);
/// let page = Context::https("shop.example", "/")?;
/// store.set("theme=dark; Max-Age=60; SameSite=Lax", &page, now);
///
/// let file = cookies_txt::write(&store);
/// let lines = "# Netscape HTTP Cookie File\n\
///              shop.example\tFALSE\t/\tFALSE\t1800000060\ttheme\tdark\n";
/// assert_eq!(file.text, lines.as_bytes());
/// assert_eq!(file.losses[0].1, cookies_txt::Loss::SameSite);
/// # Ok::<(), hardtack::agent::HostError>(())
/// ```
pub fn write<'c, I: IntoIterator<Item = &'c StoredCookie>>(cookies: I) -> Written<'c> {
    let mut written = Written { text: HEADER.to_vec(), losses: Vec::new() };
    for cookie in cookies {
        if let Some(loss) = left_out(cookie) {
            written.losses.push((cookie, loss));
            continue;
        }
        append(cookie, &mut written.text);
        let lost = [cookie.same_site.map(|_| Loss::SameSite), cookie.priority.map(|_| Loss::Priority)];
        written.losses.extend(lost.into_iter().flatten().map(|loss| (cookie, loss)));
    }
    written
}

fn left_out(cookie: &StoredCookie) -> Option<Loss> {
    if cookie.partition.is_some() {
        Some(Loss::Partition)
    } else if [&cookie.name, &cookie.value, &cookie.path].into_iter().any(|part| part.contains(&b'\t')) {
        Some(Loss::Tab)
    } else {
        cookie.path.is_empty().then_some(Loss::EmptyPath)
    }
}

fn append(cookie: &StoredCookie, text: &mut Vec<u8>) {
    const fn word(flag: bool) -> &'static str {
        if flag { "TRUE" } else { "FALSE" }
    }
    // Nothing ends at the start of 1970 or before but what has expired: 0 means the session.
    let expires = cookie.expires.map_or(0, |date| date.unix_timestamp().max(1));
    text.extend_from_slice(if cookie.http_only { HTTP_ONLY } else { b"" });
    let (dot, below) = if cookie.host_only { ("", false) } else { (".", true) };
    text.extend_from_slice(format!("{dot}{}\t{}\t", cookie.domain, word(below)).as_bytes());
    text.extend_from_slice(&cookie.path);
    text.extend_from_slice(format!("\t{}\t{expires}\t", word(cookie.secure)).as_bytes());
    text.extend_from_slice(&cookie.name);
    text.push(b'\t');
    text.extend_from_slice(&cookie.value);
    text.push(b'\n');
}
