//! What stands for `seals.rs` without the feature `seal`: no cookie is sealed.

#![allow(
    clippy::extra_unused_type_parameters,
    clippy::unnecessary_wraps,
    clippy::unused_self,
    reason = "with the feature, the same functions ask the type and have faults"
)]

use std::borrow::Cow;

use hardtack::SetCookieBuilder;

use crate::error::CookieError;
use crate::typed::{CookieValue, TypedRejection};
use hardtack::format::Unread;

/// Nothing to seal with.
#[derive(Debug, Default)]
pub(crate) struct Seals;

impl Seals {
    pub(crate) const fn is_empty(&self) -> bool {
        true
    }
}

pub(crate) const fn is_sealed<V: CookieValue>() -> bool {
    false
}

pub(crate) const fn is_encrypted<V: CookieValue>() -> bool {
    false
}

pub(crate) const fn is_over(_: &Unread) -> bool {
    false
}

pub(crate) fn open<'t, V: CookieValue>(
    text: &'t [u8],
    _: Option<&Seals>,
) -> Result<Result<Cow<'t, [u8]>, Unread>, TypedRejection> {
    Ok(Ok(Cow::Borrowed(text)))
}

pub(crate) fn seal<'a, V: CookieValue>(
    cookie: SetCookieBuilder<'a>,
    _: Option<&Seals>,
) -> Result<SetCookieBuilder<'a>, CookieError> {
    Ok(cookie)
}
