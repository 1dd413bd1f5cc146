//! Change what was read: a Cookie field without some of its cookies, fields joined and taken apart, a Set-Cookie with
//! other attributes.

use alloc::borrow::Cow;
use core::fmt;
use core::iter::FusedIterator;
use core::time::Duration;

use crate::attribute::{MAX_ATTRIBUTE_LEN, MaxAge, Priority, SameSite, domain, owned};
use crate::bytes::{TOKEN, is_wsp};
use crate::cookies::Cookies;
use crate::date::CookieDate;
use crate::error::{BuildError, Part};
use crate::input::{AsText, Text};
use crate::names::AttributeName;
use crate::set_cookie::{MAX_PAIR_LEN, SetCookie};
use crate::text::Redacted;
use crate::tokenizer::{Pair, split, trim, trim_start};
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
        join(self.fields().map(|field| retain(field, &mut keep)))
    }
}

/// The segments that are no pair, or one that is kept, with what separates them.
fn retain<'h, T: ?Sized + Text>(field: &'h T, mut keep: impl FnMut(Pair<'h, T>) -> bool) -> Cow<'h, T> {
    let mut kept: Option<T::Owned> = None;
    let (mut rest, mut at, mut anything) = (Some(field), 0_usize, false);
    while let Some(text) = rest {
        let (segment, next) = split(text);
        rest = next;
        let goes = Pair::new(segment).is_some_and(|pair| !pair.has_control() && !keep(pair));
        if goes {
            // All before it, but for the `;` that separates it.
            kept.get_or_insert_with(|| {
                let mut kept = T::Owned::default();
                field.to(..at.saturating_sub(1)).append_to(&mut kept);
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

/// Joins the Cookie fields of a request to one, with `"; "` between them, as HTTP/1.1 wants it where HTTP/2 and HTTP/3
/// may have split it (RFC 9113 section 8.2.3).
///
/// A blank field adds nothing, not even the separator. Without an allocation if no more than one is not blank.
///
/// ```
/// use hardtack::join_fields;
///
/// let field = join_fields(["sid=31d4", "theme=dark; lang=en"]);
/// assert_eq!(field, "sid=31d4; theme=dark; lang=en");
/// assert_eq!(*join_fields([b"a=\xFF"]), *b"a=\xFF");
/// ```
pub fn join_fields<'f, H: ?Sized + AsText + 'f>(fields: impl IntoIterator<Item = &'f H>) -> Cow<'f, H::Text> {
    join(fields.into_iter().map(|field| Cow::Borrowed(field.as_text())))
}

fn join<'f, T: ?Sized + Text>(mut fields: impl Iterator<Item = Cow<'f, T>>) -> Cow<'f, T> {
    let is_blank = |field: &T| trim_start(field).bytes().is_empty();
    let first = fields.next().unwrap_or(Cow::Borrowed(T::empty()));
    fields.fold(first, |joined, field| {
        if is_blank(&field) {
            joined
        } else if is_blank(&joined) {
            field
        } else {
            let mut joined = joined.into_owned();
            T::ascii("; ").append_to(&mut joined);
            field.append_to(&mut joined);
            Cow::Owned(joined)
        }
    })
}

/// Takes apart Set-Cookie fields that an intermediary has joined by commas, though none should (RFC 6265bis section 3).
///
/// A comma separates where a token and `=` follow it, white space aside; any other belongs to the cookie. So a comma in
/// Expires separates nothing, nor does one in a value unless what follows it looks like the beginning of a cookie:
/// `a=1, b=2` was one cookie or two, and is read as two. Behind a comma, a cookie without a name, or with one that is
/// no token, is not told apart. Lines are trimmed, and blank ones left out.
///
/// ```
/// let joined = "a=1; Expires=Thu, 01 Jan 1970 00:00:00 GMT, b=x,y; Path=/,c=3";
/// let lines: Vec<_> = hardtack::split_joined(joined).collect();
/// assert_eq!(
///     lines,
///     ["a=1; Expires=Thu, 01 Jan 1970 00:00:00 GMT", "b=x,y; Path=/", "c=3"]
/// );
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

/// Setters that keep the cookie safe to write, for what is passed on: a proxy's. What a server sends of its own is
/// built by [`SetCookie::builder`], or judged again by [`SetCookie::into_builder`].
///
/// ```
/// use hardtack::{SameSite, SetCookie};
///
/// let line = "sid=31d4; Domain=backend.internal; Path=/app; Priority=High";
/// let mut cookie = SetCookie::parse(line)?;
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

    /// Sets how long the cookie is kept when its site has too many; `None` leaves Priority out.
    pub fn set_priority(&mut self, priority: Option<Priority>) -> &mut Self {
        self.attributes.priority = priority;
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

    /// Sets the domain whose hosts get the cookie; `None` leaves Domain out, so that only the host that sets it does.
    ///
    /// One leading dot is dropped and letters are lowered.
    ///
    /// # Errors
    ///
    /// A [`BuildError`], and the cookie is as it was, for:
    ///
    /// - the empty text, or a dot
    /// - `a;b`, `a\n`: a `;`, or a control byte other than HTAB
    /// - SP or HTAB at an end, or behind the leading dot
    /// - more than 1024 octets, as it is written: one that begins with a dot has a second one in front, which a reader
    ///   drops
    ///
    /// ```
    /// use hardtack::SetCookie;
    ///
    /// let mut cookie = SetCookie::parse("sid=31d4; Domain=backend.internal; Path=/app")?;
    /// cookie.set_domain(Some(".Shop.example"))?;
    /// assert_eq!(cookie.to_string(), "sid=31d4; Domain=shop.example; Path=/app");
    /// cookie.set_domain(None)?;
    /// assert_eq!(cookie.to_string(), "sid=31d4; Path=/app");
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn set_domain(&mut self, given: Option<&T>) -> Result<&mut Self, BuildError> {
        let part = Part::Attribute(AttributeName::Domain);
        self.attributes.domain = match given {
            Some(given) => {
                safe(part, given.bytes(), b';')?;
                if let [b'.', byte, ..] = given.bytes()
                    && is_wsp(*byte)
                {
                    return Err(BuildError::InvalidByte { part, byte: *byte, offset: 1 });
                }
                let domain = domain(given).map(owned).ok_or(BuildError::EmptyDomain)?;
                // The writer puts a dot in front of one that is of the name.
                let len = domain.bytes().len() + usize::from(domain.bytes().starts_with(b"."));
                if len > MAX_ATTRIBUTE_LEN {
                    return Err(BuildError::AttributeTooLong { part, len, max: MAX_ATTRIBUTE_LEN });
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
    ///
    /// ```
    /// use hardtack::SetCookie;
    ///
    /// let mut cookie = SetCookie::parse("sid=31d4; Path=/backend/app")?;
    /// cookie.set_path(Some("/app"))?;
    /// assert_eq!(cookie.to_string(), "sid=31d4; Path=/app");
    /// assert!(cookie.set_path(Some("app")).is_err());
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
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

    /// Removes every attribute of this name that the model does not know, in any ASCII letter case, and returns the
    /// number removed.
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
