//! Texts and octets put together from the tables, and lists of things.

use arbitrary::{Arbitrary, Result, Unstructured};

use crate::tables::{LENGTHS, WIDTHS, WORDS};

/// A text put together from words of the tables, single characters and runs as long as any limit.
///
/// Bytes alone would have to find `__Host-` and 4097 octets by luck; here each is one choice.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Text(pub String);

impl<'a> Arbitrary<'a> for Text {
    fn arbitrary(source: &mut Unstructured<'a>) -> Result<Self> {
        text(source, LENGTHS).map(Self)
    }
}

/// A text put together likewise, its runs about as long as what is searched at once: for laws in which no limit of the
/// crate has a part.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Phrase(pub String);

impl<'a> Arbitrary<'a> for Phrase {
    fn arbitrary(source: &mut Unstructured<'a>) -> Result<Self> {
        text(source, WIDTHS).map(Self)
    }
}

/// Octets, UTF-8 or not, made of phrases.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Octets(pub Vec<u8>);

impl<'a> Arbitrary<'a> for Octets {
    fn arbitrary(source: &mut Unstructured<'a>) -> Result<Self> {
        octets(source, WIDTHS).map(Self)
    }
}

/// Octets, UTF-8 or not, made of texts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LongOctets(pub Vec<u8>);

impl<'a> Arbitrary<'a> for LongOctets {
    fn arbitrary(source: &mut Unstructured<'a>) -> Result<Self> {
        octets(source, LENGTHS).map(Self)
    }
}

fn text(source: &mut Unstructured<'_>, lengths: &[usize]) -> Result<String> {
    let mut text = String::new();
    // A word alone half of the time: what is valid is worth as much as what is not.
    let pieces = if source.arbitrary()? { 1 } else { source.int_in_range(0..=6)? };
    for _ in 0..pieces {
        match source.int_in_range(0..=31)? {
            0..=19 => text.push_str(source.choose(WORDS)?),
            20..=26 => text.push(char::from(source.int_in_range(0..=0x7F_u8)?)),
            27..=30 => text.push(source.arbitrary()?),
            _ => {
                let unit = source.choose(&["a", "é", ";", " ", "a.", "a=;"])?;
                text.push_str(&unit.repeat(source.choose(lengths)? / unit.len()));
            }
        }
    }
    Ok(text)
}

fn octets(source: &mut Unstructured<'_>, lengths: &[usize]) -> Result<Vec<u8>> {
    let mut octets = Vec::new();
    for _ in 0..source.int_in_range(0..=3)? {
        octets.extend_from_slice(text(source, lengths)?.as_bytes());
        if source.ratio(1, 4)? {
            octets.push(source.arbitrary()?);
        }
    }
    Ok(octets)
}

/// Things of one kind, of which one in `END` is the last: those of a `Vec` are too few to meet, since every other one is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Many<T, const END: u8>(pub Vec<T>);

impl<'a, T: Arbitrary<'a>, const END: u8> Arbitrary<'a> for Many<T, END> {
    fn arbitrary(source: &mut Unstructured<'a>) -> Result<Self> {
        let mut things = Vec::new();
        while !source.is_empty() {
            things.push(source.arbitrary()?);
            if source.ratio(1, END)? {
                break;
            }
        }
        Ok(Self(things))
    }
}

/// Pairs as they can be read in the message of an assertion that failed.
#[must_use]
pub fn shown(pairs: &[(&[u8], &[u8])]) -> Vec<String> {
    pairs.iter().map(|(name, value)| format!("{}={}", name.escape_ascii(), value.escape_ascii())).collect()
}
