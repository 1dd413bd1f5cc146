//! What opening gives.

use core::fmt;

/// A value that was opened, and what the text said besides.
///
/// Debug shows nothing of the value.
pub struct Opened<T> {
    value: T,
    key: usize,
    renew: bool,
    written_at: Option<u64>,
}

impl<T> Opened<T> {
    pub(crate) fn new(value: T, key: usize) -> Self {
        Self { value, key, renew: key > 0, written_at: None }
    }

    pub(crate) fn written(self, at: u64) -> Self {
        Self { written_at: Some(at), ..self }
    }

    pub(crate) fn outdated(self) -> Self {
        Self { renew: true, ..self }
    }

    pub(crate) fn try_map<U, E>(self, read: impl FnOnce(T) -> Result<U, E>) -> Result<Opened<U>, E> {
        let Self { value, key, renew, written_at } = self;
        Ok(Opened { value: read(value)?, key, renew, written_at })
    }

    /// Returns what was opened with another value in the place of this one.
    ///
    /// ```
    /// use hardtack_compat::Opened;
    /// use hardtack_compat::express::{Key, Signer};
    ///
    /// let signer = Signer::new(Key::new("k")?);
    /// let text = signer.sign("7")?;
    /// let id: Opened<Result<u32, _>> = signer.open(&text)?.map(str::parse);
    /// assert_eq!(id.into_value(), Ok(7));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[must_use]
    pub fn map<U>(self, value: impl FnOnce(T) -> U) -> Opened<U> {
        Opened { value: value(self.value), key: self.key, renew: self.renew, written_at: self.written_at }
    }

    /// Returns the value.
    #[must_use]
    pub const fn value(&self) -> &T {
        &self.value
    }

    /// Returns the value, and drops the rest.
    #[must_use]
    pub fn into_value(self) -> T {
        self.value
    }

    /// Returns whether the text should be written anew: an older key opened it, or it is of an older form.
    #[must_use]
    pub const fn needs_renewal(&self) -> bool {
        self.renew
    }

    /// Returns the place in the ring of the key that opened it; 0 is the one that writes.
    #[must_use]
    pub const fn key_index(&self) -> usize {
        self.key
    }

    /// Returns when the text was written, in Unix seconds, if the form says so.
    #[must_use]
    pub const fn written_at(&self) -> Option<u64> {
        self.written_at
    }
}

impl<T> fmt::Debug for Opened<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Opened")
            .field("key_index", &self.key)
            .field("needs_renewal", &self.renew)
            .finish_non_exhaustive()
    }
}
