//! A Cookie field is cut as the model cuts it, in place, from bytes as from text; what the grammar allows is a part of
//! what is read leniently.

use hardtack::{Pair, parse, parse_strict, serialize_into};

use crate::made_up::shown;
use crate::model;

pub fn law(header: &[u8]) {
    let lenient: Vec<_> = parse(header).map(|pair| (pair.name(), pair.value())).collect();
    let expected = model::lenient(header);
    assert!(lenient == expected, "lenient: {:?}, the model: {:?}", shown(&lenient), shown(&expected));
    let (least, most) = parse(header).size_hint();
    assert!(least <= lenient.len() && most.is_some_and(|most| lenient.len() <= most), "{least}..{most:?}");

    let strict: Vec<_> = parse_strict(header).collect();
    let of_grammar: Vec<_> =
        strict.iter().map(|item| item.as_ref().ok().map(|pair| (pair.name(), pair.value()))).collect();
    assert_eq!(of_grammar, model::strict(header), "strict");
    let of_grammar: Vec<_> = of_grammar.into_iter().flatten().collect();
    let mut others = lenient.iter();
    assert!(of_grammar.iter().all(|pair| others.any(|other| other == pair)), "strict yields what lenient does not");
    for error in strict.iter().filter_map(|item| item.as_ref().err()) {
        assert!(error.offset() <= header.len(), "{error}");
        assert!(error.to_string().is_ascii(), "{error}");
    }

    in_place(header, &lenient);
    in_place(header, &of_grammar);
    written_again(&lenient);
    parse(header).take(4).for_each(mute);

    if let Ok(text) = str::from_utf8(header) {
        let lenient_text = parse(text).map(|pair| (pair.name().as_bytes(), pair.value().as_bytes()));
        assert!(lenient_text.eq(lenient), "bytes and text are cut differently");
        let strict_text =
            parse_strict(text).map(|item| item.map(|pair| (pair.name().as_bytes(), pair.value().as_bytes())));
        let strict_bytes = strict.iter().map(|item| item.clone().map(|pair| (pair.name(), pair.value())));
        assert!(strict_text.eq(strict_bytes), "bytes and text are judged differently");
    }
}

/// Every slice that is not empty lies inside the header, behind the one before it.
fn in_place(header: &[u8], pairs: &[(&[u8], &[u8])]) {
    let header = header.as_ptr_range();
    let mut end = header.start;
    for slice in pairs.iter().flat_map(|&(name, value)| [name, value]).filter(|slice| !slice.is_empty()) {
        let slice = slice.as_ptr_range();
        assert!(end <= slice.start && slice.end <= header.end, "a slice out of order, or of something else");
        end = slice.end;
    }
}

/// What was read and is written as a Cookie field reads the same; a nameless value with an `=` is refused.
fn written_again(pairs: &[(&[u8], &[u8])]) {
    let mut field = b"Cookie: ".to_vec();
    let ambiguous = pairs.iter().any(|(name, value)| name.is_empty() && value.contains(&b'='));
    match serialize_into(pairs.iter().copied(), &mut field) {
        Ok(()) => {
            assert!(!ambiguous);
            let read = parse(&field["Cookie: ".len()..]).map(|pair| (pair.name(), pair.value()));
            assert!(read.eq(pairs.iter().copied()), "written as {}", field.escape_ascii());
        }
        Err(error) => {
            assert!(ambiguous, "{error}");
            assert_eq!(field, b"Cookie: ", "a field refused leaves its buffer as it was");
        }
    }
}

/// Debug shows no value: it is the same for another value of the same length.
fn mute(pair: Pair<'_, [u8]>) {
    let masked = [pair.name(), b"=", &vec![b'x'; pair.value().len()]].concat();
    let masked = parse(masked.as_slice()).next();
    // A pair of two empty parts does not exist.
    assert_eq!(format!("{:?}", Some(pair)), format!("{masked:?}"));
}
