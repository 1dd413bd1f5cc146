//! Change what was read: a Cookie field without some of its cookies, fields joined and taken apart, a Set-Cookie with
//! other attributes.

use alloc::borrow::Cow;
use core::fmt;
use core::iter::FusedIterator;
use core::time::Duration;

use crate::attribute::{MAX_ATTRIBUTE_LEN, MaxAge, SameSite, domain, owned};
use crate::bytes::{TOKEN, is_wsp};
use crate::cookies::Cookies;
use crate::date::CookieDate;
use crate::error::{BuildError, Part};
use crate::input::{AsText, Text};
use crate::names::AttributeName;
use crate::set_cookie::{MAX_PAIR_LEN, SetCookie};
use crate::text::Redacted;
use crate::tokenizer::{Pair, split, trim};
use crate::validate::safe;

impl<'h, T: ?Sized + Text> Cookies<'h, T> {
    /// Returns the Cookie field without the cookies for which `keep` is false, and every other octet as it stands.
    ///
    /// A cookie that goes takes the `;` before it along, or the one behind it where it is the first. `keep` is asked of
    /// tombstones, too; what [`refused`](Self::refused) tells of is left where it is. Several fields become one, as
    /// [`join_fields`] joins them. Infallible, and without an allocation if nothing goes from a single field.
    ///
    /// ```
    /// use std::borrow::Cow;
    /// use hardtack::Cookies;
    ///
    /// let cookies = Cookies::new("theme=dark; sid=31d4;lang=en");
    /// assert_eq!(cookies.retain(|pair| pair.name() != "sid"), "theme=dark;lang=en");
    /// assert_eq!(cookies.retain(|pair| pair.name() != "theme"), "sid=31d4;lang=en");
    /// assert!(matches!(cookies.retain(|_| true), Cow::Borrowed(_)));
    /// ```
    #[doc(alias("remove", "filter", "strip"))]
    #[must_use]
    pub fn retain(self, mut keep: impl FnMut(Pair<'h, T>) -> bool) -> Cow<'h, T> {
        match join_texts(self.fields()) {
            Cow::Borrowed(field) => retain(field, keep),
            // Asked of the fields themselves: what `keep` is shown lives as long as they do.
            Cow::Owned(_) => join_texts_owned(self.fields().map(|field| retain(field, &mut keep))),
        }
    }
}

/// The segments that are no pair, or one that is kept, with what separates them.
fn retain<'h, T: ?Sized + Text>(field: &'h T, mut keep: impl FnMut(Pair<'h, T>) -> bool) -> Cow<'h, T> {
    let mut kept: Option<T::Owned> = None;
    let (mut rest, mut at, mut anything) = (Some(field), 0, false);
    while let Some(text) = rest {
        let (segment, next) = split(text);
        rest = next;
        let goes = Pair::new(segment).is_some_and(|pair| !pair.has_control() && !keep(pair));
        if goes {
            // All before it, but for the `;` that separates it.
            kept.get_or_insert_with(|| {
                let mut kept = T::Owned::default();
                field.to(..usize::saturating_sub(at, 1)).append_to(&mut kept);
                kept
            });
        } else {
            if let Some(kept) = &mut kept {
                if anything {
                    T::ascii(";").append_to(kept);
                    segment.append_to(kept);
                } else {
                    trim_start(segment).append_to(kept);
                }
            }
            anything = true;
        }
        at += segment.bytes().len() + 1;
    }
    kept.map_or(Cow::Borrowed(field), Cow::Owned)
}

fn trim_start<T: ?Sized + Text>(text: &T) -> &T {
    let blank = text.bytes().iter().take_while(|&&byte| is_wsp(byte)).count();
    text.from(blank..)
}

/// Joins the Cookie fields of a request to one, with `"; "` between them, as HTTP/1.1 wants it where HTTP/2 and HTTP/3
/// may have split it (RFC 9113 section 8.2.3).
///
/// Blank fields are left out. Without an allocation if one or none is left.
///
/// ```
/// use hardtack::join_fields;
///
/// assert_eq!(join_fields(["sid=31d4", "theme=dark; lang=en"]), "sid=31d4; theme=dark; lang=en");
/// assert_eq!(*join_fields([b"a=\xFF"]), *b"a=\xFF");
/// ```
pub fn join_fields<'f, H: ?Sized + AsText + 'f>(fields: impl IntoIterator<Item = &'f H>) -> Cow<'f, H::Text> {
    join_texts(fields.into_iter().map(AsText::as_text))
}

fn join_texts<'f, T: ?Sized + Text>(fields: impl Iterator<Item = &'f T>) -> Cow<'f, T> {
    join_texts_owned(fields.map(Cow::Borrowed))
}

fn join_texts_owned<'f, T: ?Sized + Text>(fields: impl Iterator<Item = Cow<'f, T>>) -> Cow<'f, T> {
    let mut fields = fields.filter(|field| field.bytes().iter().any(|&byte| !is_wsp(byte)));
    let Some(first) = fields.next() else {
        return Cow::Borrowed(T::empty());
    };
    let Some(second) = fields.next() else {
        return first;
    };
    let mut joined = first.into_owned();
    for field in core::iter::once(second).chain(fields) {
        T::ascii("; ").append_to(&mut joined);
        field.append_to(&mut joined);
    }
    Cow::Owned(joined)
}

/// Takes apart Set-Cookie fields that an intermediary has joined by commas, though none should (RFC 6265bis section 3).
///
/// A comma separates where a token and `=` follow it, white space aside; any other belongs to the cookie. So a comma in
/// Expires separates nothing, nor does one in a value unless what follows it looks like the beginning of a cookie:
/// `a=1, b=2` was one cookie or two, and is read as two. A nameless cookie behind a comma is not told apart.
///
/// ```
/// let joined = "a=1; Expires=Thu, 01 Jan 1970 00:00:00 GMT, b=x,y; Path=/,c=3";
/// let lines: Vec<_> = hardtack::split_joined(joined).collect();
/// assert_eq!(lines, ["a=1; Expires=Thu, 01 Jan 1970 00:00:00 GMT", "b=x,y; Path=/", "c=3"]);
/// ```
#[doc(alias = "split_cookies_string")]
pub fn split_joined<H: ?Sized + AsText>(line: &H) -> SplitJoined<'_, H::Text> {
    SplitJoined { rest: Some(line.as_text()) }
}

/// The Set-Cookie fields that were joined, by [`split_joined`].
#[must_use]
pub struct SplitJoined<'l, T: ?Sized = str> {
    rest: Option<&'l T>,
}

impl<'l, T: ?Sized + Text> Iterator for SplitJoined<'l, T> {
    type Item = &'l T;

    fn next(&mut self) -> Option<&'l T> {
        loop {
            let text = self.rest?;
            let octets = text.bytes();
            let separates = |&comma: &usize| octets.get(comma + 1..).is_some_and(begins_a_cookie);
            let comma = memchr::memchr_iter(b',', octets).find(separates);
            let (line, rest) = comma.map_or((text, None), |comma| {
                let (line, rest) = text.around(comma, b',');
                (line, Some(rest))
            });
            self.rest = rest;
            let line = trim(line);
            if !line.bytes().is_empty() {
                return Some(line);
            }
        }
    }
}

/// `BWS token BWS "="`
fn begins_a_cookie(text: &[u8]) -> bool {
    let blank = |text: &[u8]| text.iter().take_while(|&&byte| is_wsp(byte)).count();
    let text = text.get(blank(text)..).unwrap_or_default();
    let token = text.iter().take_while(|&&byte| TOKEN.contains(byte)).count();
    let text = text.get(token..).unwrap_or_default();
    token > 0 && text.get(blank(text)) == Some(&b'=')
}

impl<T: ?Sized + Text> FusedIterator for SplitJoined<'_, T> {}

impl<T: ?Sized> Clone for SplitJoined<'_, T> {
    fn clone(&self) -> Self {
        Self { rest: self.rest }
    }
}

impl<T: ?Sized + Text> fmt::Debug for SplitJoined<'_, T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("SplitJoined").field("rest", &self.rest.map(|rest| Redacted(rest.bytes().len()))).finish()
    }
}

/// Setters that keep the cookie safe to write, for what is passed on: a proxy's. What a server sends of its own is built
/// by [`SetCookie::builder`], or judged again by [`SetCookie::into_builder`].
///
/// ```
/// use hardtack::{SameSite, SetCookie};
///
/// let mut cookie = SetCookie::parse("sid=31d4; Domain=backend.internal; Path=/app; Priority=High")?;
/// cookie.set_secure(true).set_http_only(true).set_same_site(Some(SameSite::Lax));
/// cookie.set_domain(Some("shop.example"))?.set_path(Some("/"))?;
/// assert_eq!(
///     cookie.to_string(),
///     "sid=31d4; Domain=shop.example; Path=/; Secure; HttpOnly; SameSite=Lax; Priority=High"
/// );
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
impl<'a, T: ?Sized + Text> SetCookie<'a, T> {
    /// Sets whether the cookie is sent only over secure connections.
    pub fn set_secure(&mut self, secure: bool) -> &mut Self {
        self.attributes.secure = secure;
        self
    }

    /// Sets whether the cookie is hidden from scripts.
    pub fn set_http_only(&mut self, http_only: bool) -> &mut Self {
        self.attributes.http_only = http_only;
        self
    }

    /// Sets whether the cookie has a jar of its own for each top-level site (CHIPS).
    pub fn set_partitioned(&mut self, partitioned: bool) -> &mut Self {
        self.attributes.partitioned = partitioned;
        self
    }

    /// Sets who may cause the cookie to be sent; `None` leaves SameSite out.
    pub fn set_same_site(&mut self, same_site: Option<SameSite>) -> &mut Self {
        self.attributes.same_site = same_site;
        self
    }

    /// Sets when the cookie expires; `None` leaves Expires out.
    pub fn set_expires(&mut self, expires: Option<CookieDate>) -> &mut Self {
        self.attributes.expires = expires;
        self
    }

    /// Sets how long the cookie lives, in whole seconds, at most 2^31 - 1; `None` leaves Max-Age out.
    pub fn set_max_age(&mut self, age: Option<Duration>) -> &mut Self {
        self.attributes.max_age = age.map(MaxAge::from_duration);
        self
    }

    /// Sets the value, as it is written.
    ///
    /// # Errors
    ///
    /// A [`BuildError`], and the cookie is as it was, for:
    ///
    /// - `a;b`, `a\n`: a `;`, or a control byte other than HTAB
    /// - ` a`, `a\t`: SP or HTAB at an end, which a reader would trim
    /// - an empty value of a nameless cookie
    /// - a name and value of more than 4096 octets together
    ///
    /// ```
    /// use hardtack::SetCookie;
    ///
    /// let mut cookie = SetCookie::parse("sid=31d4; Path=/")?;
    /// cookie.set_value("8c2e")?;
    /// assert_eq!(cookie.to_string(), "sid=8c2e; Path=/");
    /// assert!(cookie.set_value("8c2e; Domain=evil.example").is_err());
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn set_value(&mut self, value: impl Into<Cow<'a, T>>) -> Result<&mut Self, BuildError> {
        let value = value.into();
        safe(Part::Value, value.bytes(), b';')?;
        let len = self.name.bytes().len().saturating_add(value.bytes().len());
        if len == 0 {
            return Err(BuildError::EmptyName);
        }
        if len > MAX_PAIR_LEN {
            return Err(BuildError::PairTooLong { len, max: MAX_PAIR_LEN });
        }
        self.value = value;
        Ok(self)
    }

    /// Sets the domain whose hosts get the cookie; `None` leaves Domain out, for the host that sets it alone.
    ///
    /// One leading dot is dropped and letters are lowered.
    ///
    /// # Errors
    ///
    /// A [`BuildError`], and the cookie is as it was, for:
    ///
    /// - the empty text, or a dot
    /// - `a;b`, `a\n`: a `;`, or a control byte other than HTAB
    /// - SP or HTAB at an end
    /// - more than 1023 octets: with the dot that a reader may drop, an attribute has 1024
    pub fn set_domain(&mut self, given: Option<&T>) -> Result<&mut Self, BuildError> {
        let part = Part::Attribute(AttributeName::Domain);
        self.attributes.domain = match given {
            Some(given) => {
                safe(part, given.bytes(), b';')?;
                let domain = domain(given).map(owned).ok_or(BuildError::EmptyDomain)?;
                safe(part, domain.bytes(), b';')?;
                let (len, max) = (domain.bytes().len(), MAX_ATTRIBUTE_LEN - 1);
                if len > max {
                    return Err(BuildError::AttributeTooLong { part, len, max });
                }
                Some(domain)
            }
            None => None,
        };
        Ok(self)
    }

    /// Sets the path below which the cookie is sent; `None` leaves Path out, for the directory of the request.
    ///
    /// # Errors
    ///
    /// A [`BuildError`], and the cookie is as it was, for:
    ///
    /// - `app`: it does not begin with `/`
    /// - `/a;b`, `/a\n`: a `;`, or a control byte other than HTAB
    /// - SP or HTAB at an end
    /// - more than 1024 octets
    pub fn set_path(&mut self, given: Option<&T>) -> Result<&mut Self, BuildError> {
        let part = Part::Attribute(AttributeName::Path);
        if let Some(path) = given {
            safe(part, path.bytes(), b';')?;
            if !path.bytes().starts_with(b"/") {
                return Err(BuildError::RelativePath);
            }
            let len = path.bytes().len();
            if len > MAX_ATTRIBUTE_LEN {
                return Err(BuildError::AttributeTooLong { part, len, max: MAX_ATTRIBUTE_LEN });
            }
        }
        self.attributes.path = given.map(|path| Cow::Owned(path.to_owned()));
        Ok(self)
    }

    /// Removes every attribute of this name that the model does not know, in any ASCII letter case; returns the number
    /// removed.
    ///
    /// ```
    /// use hardtack::SetCookie;
    ///
    /// let mut cookie = SetCookie::parse("a=1; Note=x; Secure; note=y")?;
    /// assert_eq!(cookie.remove_extension("NOTE"), 2);
    /// assert_eq!(cookie.to_string(), "a=1; Secure");
    /// # Ok::<(), hardtack::ParseError>(())
    /// ```
    pub fn remove_extension<N: ?Sized + AsRef<[u8]>>(&mut self, name: &N) -> usize {
        let before = self.attributes.extensions.len();
        let mut extensions = core::mem::take(&mut self.attributes.extensions).into_vec();
        extensions.retain(|extension| !extension.name().bytes().eq_ignore_ascii_case(name.as_ref()));
        self.attributes.extensions = extensions.into_boxed_slice();
        before - self.attributes.extensions.len()
    }
}
