//! Sealed values put into cookies, and taken out of them.

use alloc::borrow::Cow;

use crate::builder::SetCookieBuilder;
use crate::cookies::Cookies;
use crate::date::CookieDate;
use crate::error::BuildError;
use crate::input::Text;
use crate::jar::{CookieJar, State};
use crate::seal::error::OpenError;
use crate::seal::forms::Seal;
use crate::seal::opened::Opened;
use crate::set_cookie::SetCookie;
use crate::template::CookieTemplate;

impl SetCookieBuilder<'_> {
    /// Seals the value as it stands, for the name of this cookie.
    ///
    /// `percent_encoded` and `quoted` come before it, where they are wanted; behind it they do nothing. The value of a
    /// [`tombstone`](crate::tombstone) stays as it is. What cannot be sealed is refused by [`build`](Self::build), as
    /// [`BuildError::Seal`].
    ///
    /// ```
    /// use hardtack::seal::{Key, Signer};
    /// use hardtack::{CookieDate, Cookies, SetCookie};
    ///
    /// let now = CookieDate::from_unix_timestamp(1_800_000_000);
    /// let signer = Signer::new(Key::generate()?);
    /// let cookie = SetCookie::builder("sid", "31d4").sealed(&signer, now).build()?;
    /// assert!(cookie.value().starts_with("31d4."));
    ///
    /// let request = format!("sid={}", cookie.value());
    /// let opened = Cookies::new(&request).open("sid", &signer, now).unwrap()?;
    /// assert_eq!(opened.value, "31d4");
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn sealed<S: ?Sized + Seal>(self, sealer: &S, now: impl Into<CookieDate>) -> Self {
        self.with_sealed_value(|name, value| sealer.seal_value(name, value, now.into()))
    }
}

impl<'h, T: ?Sized + Text> Cookies<'h, T> {
    /// Opens the value of the first cookie of this name that opens; `None` where there is no cookie of this name.
    ///
    /// A cookie that someone else set beside it, at a longer path or for the whole domain, does not hide it.
    ///
    /// # Errors
    ///
    /// The [`OpenError`] of the first cookie of this name, where none opens.
    ///
    /// ```
    /// use hardtack::seal::{Key, OpenError, Sealer};
    /// use hardtack::{CookieDate, Cookies};
    ///
    /// let now = CookieDate::from_unix_timestamp(1_800_000_000);
    /// let sealer = Sealer::new(Key::generate()?);
    /// let request = format!("sid=forged; sid={}; theme=dark", sealer.seal("sid", "31d4", now)?);
    ///
    /// let cookies = Cookies::new(&request);
    /// assert_eq!(cookies.open("sid", &sealer, now).unwrap()?.value, "31d4");
    /// assert_eq!(cookies.open("theme", &sealer, now), Some(Err(OpenError::Malformed)));
    /// assert_eq!(cookies.open("lang", &sealer, now), None);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[must_use]
    pub fn open<N: ?Sized + AsRef<T>, S: ?Sized + Seal>(
        &self,
        name: &N,
        sealer: &S,
        now: impl Into<CookieDate>,
    ) -> Option<Result<Opened<Cow<'h, T>>, OpenError>> {
        let now = now.into();
        let octets = name.as_ref().bytes();
        first(self.get_all(name).map(|text| sealer.open_value(octets, text, now)))
    }
}

impl CookieTemplate<'_> {
    /// Opens the value of the first cookie of this name that opens; see [`Cookies::open`].
    ///
    /// # Errors
    ///
    /// Those of [`Cookies::open`].
    ///
    /// ```
    /// use hardtack::seal::{Key, Sealer};
    /// use hardtack::{CookieDate, CookieTemplate, Cookies};
    ///
    /// const SID: CookieTemplate = CookieTemplate::prefixed("__Host-sid").checked();
    ///
    /// let now = CookieDate::from_unix_timestamp(1_800_000_000);
    /// let sealer = Sealer::new(Key::generate()?);
    /// let cookie = SID.cookie("31d4").sealed(&sealer, now).build()?;
    ///
    /// let request = format!("__Host-sid={}", cookie.value());
    /// let opened = SID.open(&Cookies::new(&request), &sealer, now).unwrap()?;
    /// assert_eq!(opened.value, "31d4");
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[must_use]
    pub fn open<'h, T: ?Sized + Text, S: ?Sized + Seal>(
        &self,
        cookies: &Cookies<'h, T>,
        sealer: &S,
        now: impl Into<CookieDate>,
    ) -> Option<Result<Opened<Cow<'h, T>>, OpenError>>
    where
        str: AsRef<T>,
    {
        cookies.open(self.name(), sealer, now)
    }
}

impl CookieJar {
    /// Opens the value of the cookie of this name: that of the change, where the response changes it, and otherwise
    /// that of the first in the request that opens.
    ///
    /// # Errors
    ///
    /// The [`OpenError`] of the change, or of the first cookie of this name in the request, where none opens.
    ///
    /// ```
    /// use hardtack::seal::{Key, Sealer};
    /// use hardtack::{CookieDate, CookieJar, SetCookie};
    ///
    /// let now = CookieDate::from_unix_timestamp(1_800_000_000);
    /// let sealer = Sealer::new(Key::generate()?);
    /// let mut jar = CookieJar::new("sid=forged");
    /// assert!(jar.open("sid", &sealer, now).unwrap().is_err());
    ///
    /// jar.seal(SetCookie::builder("sid", "31d4").http_only(true), &sealer, now)?;
    /// assert_eq!(jar.open("sid", &sealer, now).unwrap()?.value, "31d4");
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[must_use]
    pub fn open<S: ?Sized + Seal>(
        &self,
        name: &str,
        sealer: &S,
        now: impl Into<CookieDate>,
    ) -> Option<Result<Opened<Cow<'_, str>>, OpenError>> {
        let now = now.into();
        let open = |text| sealer.open_value(name.as_bytes(), text, now);
        match self.state(name) {
            State::Set(change) => Some(open(change.value())),
            State::Deleted => None,
            State::Unchanged => first(self.originals(name).map(|text| match str::from_utf8(text) {
                Ok(text) => open(text),
                Err(_) => Err(OpenError::Malformed),
            })),
        }
    }

    /// Seals the value of a cookie and sets it on the response; returns the change of the same identity whose place it
    /// takes.
    ///
    /// # Errors
    ///
    /// Those of [`SetCookieBuilder::build`], [`BuildError::Seal`] among them.
    pub fn seal<S: ?Sized + Seal>(
        &mut self,
        cookie: SetCookieBuilder<'_>,
        sealer: &S,
        now: impl Into<CookieDate>,
    ) -> Result<Option<SetCookie<'static>>, BuildError> {
        Ok(self.set(cookie.sealed(sealer, now).build()?))
    }
}

/// The first that is opened; else the first error.
fn first<V>(opened: impl Iterator<Item = Result<Opened<V>, OpenError>>) -> Option<Result<Opened<V>, OpenError>> {
    let mut error = None;
    for result in opened {
        match result {
            Ok(opened) => return Some(Ok(opened)),
            Err(refused) => error = error.or(Some(refused)),
        }
    }
    error.map(Err)
}
