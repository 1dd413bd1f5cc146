//! A map that keeps the order of its keys, as JSON texts have one.

use alloc::string::String;
use core::fmt;

use indexmap::IndexMap;

/// Keys and values in the order they were first set; a key set again keeps its place.
///
/// Two maps are equal if they hold the same, in whatever order. Debug shows how many keys there are.
#[derive(Clone)]
pub struct Map<V>(IndexMap<String, V, Hasher>);

/// Keys come from whoever wrote the cookie, so that the hash is seeded where the operating system gives randomness.
type Hasher = std::hash::RandomState;

impl<V> Map<V> {
    /// Returns a map that holds nothing.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Returns the value of a key.
    #[must_use]
    pub fn get(&self, key: &str) -> Option<&V> {
        self.0.get(key)
    }

    /// Sets a key, and returns the value it had.
    pub fn insert(&mut self, key: impl Into<String>, value: impl Into<V>) -> Option<V> {
        self.0.insert(key.into(), value.into())
    }

    /// Removes a key, and returns the value it had; the others keep their order.
    pub fn remove(&mut self, key: &str) -> Option<V> {
        self.0.shift_remove(key)
    }

    /// Returns whether a key is set.
    #[must_use]
    pub fn contains_key(&self, key: &str) -> bool {
        self.0.contains_key(key)
    }

    /// Returns the number of keys.
    #[must_use]
    pub fn len(&self) -> usize {
        self.0.len()
    }

    /// Returns whether no key is set.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Returns keys and values in order.
    #[must_use]
    pub fn iter(&self) -> impl ExactSizeIterator<Item = (&str, &V)> {
        self.0.iter().map(|(key, value)| (key.as_str(), value))
    }

    /// The key and value of a map of one.
    pub(crate) fn only(&self) -> Option<(&str, &V)> {
        let mut entries = self.iter();
        entries.next().filter(|_| entries.next().is_none())
    }
}

impl<V> Default for Map<V> {
    fn default() -> Self {
        Self(IndexMap::default())
    }
}

impl<V: PartialEq> PartialEq for Map<V> {
    fn eq(&self, other: &Self) -> bool {
        self.0 == other.0
    }
}

impl<V> fmt::Debug for Map<V> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Map(<{}>)", self.len())
    }
}

impl<K: Into<String>, V> FromIterator<(K, V)> for Map<V> {
    fn from_iter<I: IntoIterator<Item = (K, V)>>(entries: I) -> Self {
        Self(entries.into_iter().map(|(key, value)| (key.into(), value)).collect())
    }
}

impl<K: Into<String>, V> Extend<(K, V)> for Map<V> {
    fn extend<I: IntoIterator<Item = (K, V)>>(&mut self, entries: I) {
        self.0.extend(entries.into_iter().map(|(key, value)| (key.into(), value)));
    }
}

impl<V> IntoIterator for Map<V> {
    type Item = (String, V);
    type IntoIter = IntoIter<V>;

    fn into_iter(self) -> IntoIter<V> {
        IntoIter(self.0.into_iter())
    }
}

/// Keys and values of a [`Map`], in order.
pub struct IntoIter<V>(indexmap::map::IntoIter<String, V>);

impl<V> Iterator for IntoIter<V> {
    type Item = (String, V);

    fn next(&mut self) -> Option<Self::Item> {
        self.0.next()
    }

    fn size_hint(&self) -> (usize, Option<usize>) {
        self.0.size_hint()
    }
}

impl<V> fmt::Debug for IntoIter<V> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "IntoIter(<{}>)", self.0.len())
    }
}

impl<'t> Map<&'t serde_json::value::RawValue> {
    /// The entries of a JSON object, each value as its text.
    pub(crate) fn of_json(text: &'t str) -> Result<Self, crate::error::PayloadError> {
        serde_json::from_str(text).map(Self).map_err(|_| crate::error::PayloadError::Json)
    }
}
