//! The cookies of a response.

use alloc::vec::Vec;
use core::fmt;
use core::slice;

use crate::error::LimitError;
use crate::input::{AsText, Text};
use crate::set_cookie::{CookieId, SetCookie};

/// The cookies one response sets, one of each identity, in the order in which they were first set.
///
/// ```
/// use hardtack::{SetCookie, SetCookies};
///
/// let mut cookies = SetCookies::new();
/// cookies.set(SetCookie::builder("sid", "31d4").build()?);
/// cookies.set(SetCookie::builder("theme", "dark").build()?);
/// let replaced = cookies.set(SetCookie::builder("sid", "8c2e").build()?);
///
/// assert_eq!(replaced.unwrap().value(), "31d4");
/// let lines: Vec<_> = cookies.iter().map(ToString::to_string).collect();
/// assert_eq!(lines, ["sid=8c2e; Path=/", "theme=dark; Path=/"]);
/// # Ok::<(), hardtack::BuildError>(())
/// ```
#[doc(alias = "ResponseCookies")]
#[derive(Clone, Default, PartialEq, Eq)]
pub struct SetCookies<'a>(Vec<SetCookie<'a>>);

impl<'a> SetCookies<'a> {
    /// Returns no cookies.
    #[must_use]
    pub const fn new() -> Self {
        Self(Vec::new())
    }

    /// Sets a cookie, and returns the one of the same name, Domain, Path and Partitioned whose place it takes.
    #[doc(alias("add", "insert", "push"))]
    pub fn set(&mut self, cookie: SetCookie<'a>) -> Option<SetCookie<'a>> {
        if let Some(earlier) = self.0.iter_mut().find(|earlier| earlier.id() == cookie.id()) {
            return Some(core::mem::replace(earlier, cookie));
        }
        self.0.push(cookie);
        None
    }

    /// Returns the first cookie of this name that was set.
    #[must_use]
    pub fn get(&self, name: &str) -> Option<&SetCookie<'a>> {
        self.0.iter().find(|cookie| cookie.name() == name)
    }

    /// Returns the cookie of this identity.
    #[must_use]
    pub fn get_id(&self, id: CookieId<'_>) -> Option<&SetCookie<'a>> {
        self.0.iter().find(|cookie| cookie.id() == id)
    }

    /// Removes the cookie of this identity from the response, and returns it.
    ///
    /// What the user agent has it keeps: to delete that, set a [`tombstone`](crate::tombstone).
    pub fn remove(&mut self, id: CookieId<'_>) -> Option<SetCookie<'a>> {
        let place = self.0.iter().position(|cookie| cookie.id() == id)?;
        Some(self.0.remove(place))
    }

    /// Returns an iterator over the cookies, in the order in which they were first set.
    pub fn iter(&self) -> slice::Iter<'_, SetCookie<'a>> {
        self.0.iter()
    }

    /// Returns the number of cookies.
    #[must_use]
    pub const fn len(&self) -> usize {
        self.0.len()
    }

    /// Returns whether there is no cookie.
    #[must_use]
    pub const fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Returns the cookies that none of these Set-Cookie fields sets already: what is still to be appended to a response
    /// that has them.
    ///
    /// A field sets a cookie if it is of the same name, Domain, Path and partition; one that no user agent reads sets
    /// none.
    ///
    /// ```
    /// use hardtack::{SetCookie, SetCookies};
    ///
    /// let mut cookies = SetCookies::new();
    /// cookies.set(SetCookie::builder("sid", "31d4").build()?);
    /// cookies.set(SetCookie::builder("theme", "dark").build()?);
    ///
    /// let missing = cookies.missing_from(["theme=light; path=/; HttpOnly", "sid=1; Path=/app"]);
    /// assert_eq!(missing.map(SetCookie::name).collect::<Vec<_>>(), ["sid"]);
    /// # Ok::<(), hardtack::BuildError>(())
    /// ```
    pub fn missing_from<'f, H: ?Sized + AsText + 'f>(
        &self,
        fields: impl IntoIterator<Item = &'f H>,
    ) -> impl Iterator<Item = &SetCookie<'a>> {
        // Without a cookie, no field is read.
        let fields = (!self.is_empty()).then_some(fields).into_iter().flatten();
        let there: Vec<_> = fields.into_iter().filter_map(|field| SetCookie::parse(field).ok()).collect();
        self.0.iter().filter(move |cookie| there.iter().all(|there| octets(there.id()) != octets(cookie.id())))
    }

    /// Checks how many cookies there are, and how many octets they have together without the fields' names.
    ///
    /// What proxies and user agents take is theirs to say, so the caller gives the limits.
    ///
    /// # Errors
    ///
    /// A [`LimitError`], which says both numbers, for:
    ///
    /// - more than `max_count` cookies
    /// - cookies of more than `max_len` octets together
    ///
    /// ```
    /// use hardtack::{SetCookie, SetCookies};
    ///
    /// let mut cookies = SetCookies::new();
    /// cookies.set(SetCookie::builder("sid", "31d4").build()?);
    /// assert!(cookies.check(50, 8192).is_ok());
    /// assert_eq!(
    ///     cookies.check(50, 10).unwrap_err().to_string(),
    ///     "the cookies of the response are 16 octets together, \
    ///      and at most 10 are allowed; shorten them"
    /// );
    /// # Ok::<(), hardtack::BuildError>(())
    /// ```
    pub fn check(&self, max_count: usize, max_len: usize) -> Result<(), LimitError> {
        let count = self.0.len();
        if count > max_count {
            return Err(LimitError::TooMany { count, max: max_count });
        }
        let len = self.0.iter().map(SetCookie::encoded_len).sum();
        if len > max_len {
            return Err(LimitError::TooLong { len, max: max_len });
        }
        Ok(())
    }
}

/// An identity of either form of text, to be compared.
fn octets<T: ?Sized + Text>(id: CookieId<'_, T>) -> CookieId<'_, [u8]> {
    CookieId {
        name: id.name.bytes(),
        domain: id.domain.map(T::bytes),
        path: id.path.map(T::bytes),
        partitioned: id.partitioned,
    }
}

impl<'a> Extend<SetCookie<'a>> for SetCookies<'a> {
    fn extend<I: IntoIterator<Item = SetCookie<'a>>>(&mut self, cookies: I) {
        for cookie in cookies {
            self.set(cookie);
        }
    }
}

impl<'a> FromIterator<SetCookie<'a>> for SetCookies<'a> {
    fn from_iter<I: IntoIterator<Item = SetCookie<'a>>>(cookies: I) -> Self {
        let mut set = Self::new();
        set.extend(cookies);
        set
    }
}

impl<'a> IntoIterator for SetCookies<'a> {
    type Item = SetCookie<'a>;
    type IntoIter = alloc::vec::IntoIter<SetCookie<'a>>;

    fn into_iter(self) -> Self::IntoIter {
        self.0.into_iter()
    }
}

impl<'s, 'a> IntoIterator for &'s SetCookies<'a> {
    type Item = &'s SetCookie<'a>;
    type IntoIter = slice::Iter<'s, SetCookie<'a>>;

    fn into_iter(self) -> Self::IntoIter {
        self.iter()
    }
}

impl fmt::Debug for SetCookies<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_list().entries(&self.0).finish()
    }
}
