//! Whatever the pairs, writing them as a Cookie field is refused for a reason that is there, or reads back.

use std::string::FromUtf8Error;

use arbitrary::Arbitrary;
use hardtack::error::Part;
use hardtack::{BuildError, parse, serialize, serialize_into};

use crate::made_up::{Many, Octets};

#[derive(Arbitrary, Debug)]
pub struct Field {
    before: Octets,
    pairs: Many<(Octets, Octets), 4>,
}

pub fn law(given: &Field) {
    let pairs: Vec<(&[u8], &[u8])> = given.pairs.0.iter().map(|(name, value)| (&*name.0, &*value.0)).collect();
    let mut buffer = given.before.0.clone();
    let written = serialize_into(pairs.iter().copied(), &mut buffer);
    let field = buffer.strip_prefix(given.before.0.as_slice()).expect("what stood in the buffer stays");
    match written {
        Ok(()) => {
            let read = parse(field).map(|pair| (pair.name(), pair.value()));
            assert!(read.eq(pairs.iter().copied()), "written as {}", field.escape_ascii());
            assert!(pairs.iter().all(|pair| harmless(*pair)));
        }
        Err(ref error) => {
            assert!(field.is_empty(), "a field refused leaves its buffer as it was");
            assert!(refusable(pairs[error.index], &error.reason), "{error}");
            let before = pairs.iter().take(error.index);
            assert!(serialize(before.copied()).is_ok(), "the first that is refused is named");
        }
    }

    let text = |octets: &Octets| String::from_utf8(octets.0.clone());
    let texts: Result<Vec<_>, FromUtf8Error> =
        given.pairs.0.iter().map(|(name, value)| Ok((text(name)?, text(value)?))).collect();
    if let Ok(texts) = texts {
        assert_eq!(serialize(texts).map(String::into_bytes), written.map(|()| field.to_vec()), "text and bytes differ");
    }
}

fn harmless((name, value): (&[u8], &[u8])) -> bool {
    let quiet = |octet: &u8| !octet.is_ascii_control() || *octet == b'\t';
    name.iter().all(|octet| quiet(octet) && !b";=".contains(octet))
        && value.iter().all(|octet| quiet(octet) && *octet != b';')
        && !(name.is_empty() && value.is_empty())
}

/// Whether the error tells the truth about this pair.
fn refusable((name, value): (&[u8], &[u8]), error: &BuildError) -> bool {
    match *error {
        BuildError::EmptyName => name.is_empty() && value.is_empty(),
        BuildError::AmbiguousNameless { offset } => name.is_empty() && value.get(offset) == Some(&b'='),
        BuildError::InvalidByte { part, byte, offset } => {
            let text = if part == Part::Name { name } else { value };
            let at_an_end = offset == 0 || offset + 1 == text.len();
            text.get(offset) == Some(&byte)
                && match byte {
                    b'\t' | b' ' => at_an_end,
                    b'=' => part == Part::Name,
                    b';' => true,
                    byte => byte.is_ascii_control(),
                }
        }
        _ => false,
    }
}
