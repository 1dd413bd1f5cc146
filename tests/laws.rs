//! Laws that hold for every input, tried on random ones.

mod model;
mod random;

use core::time::Duration;

use hardtack::value::quoted;
use hardtack::{
    BuildError, CookieDate, Cookies, Pair, SetCookie, Tombstones, parse, parse_strict, serialize, serialize_into,
    tombstone,
};
use proptest::collection::vec;
use proptest::prelude::{Strategy, any, prop_oneof, proptest};
use proptest::sample::select;
use proptest::{prop_assert, prop_assert_eq};

use crate::random::{build, call, config, count, octets, part, text};

proptest! {
    #![proptest_config(config())]

    #[test]
    fn a_header_is_cut_as_the_model_says(header in octets()) {
        let pairs: Vec<_> = parse(header.as_slice()).map(|pair| (pair.name(), pair.value())).collect();
        prop_assert_eq!(pairs, model::lenient(&header));
        let pairs: Vec<_> = parse_strict(header.as_slice())
            .map(|pair| pair.ok().map(|pair| (pair.name(), pair.value())))
            .collect();
        prop_assert_eq!(pairs, model::strict(&header));
    }

    #[test]
    fn what_is_strict_is_lenient(header in text()) {
        let lenient: Vec<_> = parse(&*header).collect();
        let strict: Vec<_> = parse_strict(&*header).collect();
        if let Ok(all) = strict.iter().cloned().collect::<Result<Vec<_>, _>>() {
            prop_assert_eq!(&all, &lenient);
        }
        // And each pair that is of the grammar is one that the lenient reader finds, in the same order.
        let mut found = lenient.iter();
        for pair in strict.iter().flatten() {
            prop_assert!(found.any(|lenient| lenient == pair), "{:?} of {:?}", pair.name(), header);
        }
    }

    #[test]
    fn text_is_cut_as_its_octets_are(header in text()) {
        let octets: Vec<_> = parse(header.as_bytes()).map(|pair| (pair.name(), pair.value())).collect();
        let pairs: Vec<_> = parse(&*header).map(|pair| (pair.name().as_bytes(), pair.value().as_bytes())).collect();
        prop_assert_eq!(pairs, octets);
        let lines = header.len();
        for pair in parse(&*header) {
            for part in [pair.name(), pair.value()] {
                let start = part.as_ptr().addr().wrapping_sub(header.as_ptr().addr());
                prop_assert!(part.is_empty() || start + part.len() <= lines, "a slice of the header");
            }
        }
    }

    #[test]
    fn the_first_of_a_name_is_got(fields in vec(text(), 0..4), name in select(vec!["a", "b", "sid", "__Host-a", "", "x"])) {
        let fields: Vec<_> = fields.iter().map(String::as_str).collect();
        for policy in [Tombstones::Exact, Tombstones::Containing, Tombstones::Keep] {
            let alive = |value: &str| match policy {
                Tombstones::Exact => !model::is_deleted(value.as_bytes(), false),
                Tombstones::Containing => !model::is_deleted(value.as_bytes(), true),
                _ => true,
            };
            let values: Vec<_> = fields
                .iter()
                .flat_map(|field| parse(*field))
                .filter(|pair| pair.name() == name && !name.is_empty() && alive(pair.value()))
                .map(Pair::value)
                .collect();
            let cookies = Cookies::from_fields(&fields).tombstones(policy);
            prop_assert_eq!(cookies.get(name), values.first().copied());
            prop_assert_eq!(cookies.get_all(name).collect::<Vec<_>>(), values);
        }
    }

    #[test]
    fn what_is_written_reads_back(field in octets()) {
        if let Ok(cookie) = SetCookie::parse(&field) {
            let mut written = Vec::new();
            cookie.append_to(&mut written);
            prop_assert_eq!(written.len(), cookie.encoded_len());
            prop_assert!(!written.iter().any(|&octet| octet != b'\t' && octet.is_ascii_control()));
            prop_assert_eq!(SetCookie::parse(&written), Ok(cookie.clone()));
            let gone = cookie.to_tombstone();
            let mut written = Vec::new();
            gone.append_to(&mut written);
            prop_assert_eq!(SetCookie::parse(&written), Ok(gone.clone()));
            prop_assert_eq!((gone.name(), gone.domain(), gone.path()), (cookie.name(), cookie.domain(), cookie.path()));
            prop_assert!(gone.is_tombstone());
        }
    }

    #[test]
    fn a_field_takes_effect_as_the_model_says(field in octets()) {
        let cookie = SetCookie::parse(&field).ok();
        let expected = model::set_cookie(&field);
        prop_assert_eq!(cookie.is_some(), expected.is_some());
        if let (Some(cookie), Some(expected)) = (cookie, expected) {
            prop_assert_eq!((cookie.name(), cookie.value()), (expected.name, expected.value));
            prop_assert_eq!(cookie.expires().map(CookieDate::unix_timestamp), expected.expires);
            prop_assert_eq!(cookie.max_age(), expected.max_age.map(Duration::from_secs));
            prop_assert_eq!(cookie.domain().unwrap_or_default(), expected.domain);
            prop_assert_eq!(cookie.path(), expected.path);
            prop_assert_eq!(cookie.secure(), expected.secure);
            prop_assert_eq!(cookie.http_only(), expected.http_only);
            prop_assert_eq!(cookie.partitioned(), expected.partitioned);
            let same_site = cookie.same_site().map(|same_site| same_site.as_str().to_lowercase());
            prop_assert_eq!(same_site.as_deref(), expected.same_site);
            let priority = cookie.priority().map(|priority| priority.as_str().to_lowercase());
            prop_assert_eq!(priority.as_deref(), expected.priority);
            let extensions: Vec<_> =
                cookie.extensions().iter().map(|extension| (extension.name(), extension.value())).collect();
            prop_assert_eq!(extensions, expected.extensions);
        }
    }

    #[test]
    fn whatever_is_built_cannot_inject(name in part(), value in part(), calls in vec(call(), 0..6)) {
        for builder in [SetCookie::builder(name.clone(), value), tombstone(name)] {
            if let Ok(cookie) = build(builder, &calls).build() {
                let written = cookie.to_string();
                prop_assert!(written.is_ascii() && !written.contains(|letter: char| letter.is_ascii_control()), "{written:?}");
                prop_assert_eq!(written.matches(';').count(), count(&cookie), "{:?}", written);
                prop_assert_eq!(written.len(), cookie.encoded_len());
                prop_assert_eq!(SetCookie::parse(&written), Ok(cookie.clone()));
                let pair = written.split(';').next().unwrap_or_default();
                let pairs: Vec<_> = parse_strict(pair).collect();
                prop_assert!(matches!(&*pairs, [Ok(pair)] if pair.name() == cookie.name() && pair.value() == cookie.value()));
            }
        }
    }

    /// The model of what a builder takes: a part alone, so that little else refuses it.
    #[test]
    fn a_value_is_taken_if_it_is_of_the_grammar(value in part()) {
        let header = format!("a={value}");
        let is_strict = matches!(&*model::strict(header.as_bytes()), [Some((_, strict))] if *strict == value.as_bytes());
        let built = SetCookie::builder("a", &*value).build();
        let is_reserved = model::is_deleted(value.as_bytes(), false);
        prop_assert_eq!(built.is_ok(), is_strict && !is_reserved, "{:?}", built);
        if let Err(BuildError::InvalidByte { byte, offset, .. }) = built {
            prop_assert_eq!(value.as_bytes().get(offset), Some(&byte));
        }
    }

    #[test]
    fn a_date_is_written_as_it_is_read(seconds in prop_oneof![any::<i64>(), -20_000_000_000..300_000_000_000_i64]) {
        let date = CookieDate::from_unix_timestamp(seconds);
        let text = date.to_string();
        prop_assert_eq!(CookieDate::parse(&text), Ok(date));
        prop_assert_eq!(model::date(text.as_bytes()), Some(date.unix_timestamp()));
        prop_assert_eq!(CookieDate::from_unix_timestamp(date.unix_timestamp()), date);
        prop_assert_eq!(CookieDate::from(time::OffsetDateTime::from(date)), date);
        if (-11_644_473_600..=253_402_300_799).contains(&seconds) {
            prop_assert_eq!(date.unix_timestamp(), seconds);
        }
    }

    #[test]
    fn a_date_is_what_the_model_says(tokens in vec(prop_oneof![
        3 => select(vec!["8:4:9", "23:59:59", "24:00:00", "7", "31", "012", "feb", "Jun", "69", "1999", "0500", "GMT", "99"])
            .prop_map(str::to_owned),
        1 => "[0-9]{1,5}",
        1 => "[0-9]{1,2}:[0-9]{1,2}:[0-9]{1,3}[a-z:0-9]{0,2}",
        1 => "[a-zA-Z]{2,5}",
        1 => text(),
    ], 0..8), delimiter in select(vec![" ", "-", ", ", "/", "\t", ""])) {
        let text = tokens.join(delimiter);
        prop_assert_eq!(CookieDate::parse(&text).ok().map(CookieDate::unix_timestamp), model::date(text.as_bytes()));
    }

    #[test]
    fn what_is_quoted_reads_back(text in text()) {
        let value = quoted::encode(&text);
        let decoded = quoted::decode(&value);
        prop_assert_eq!(decoded.as_deref(), Ok(&*text));
        prop_assert!(value.is_ascii() && !value.contains(|letter: char| letter == ';' || letter.is_ascii_control()));
    }

    #[test]
    fn whatever_is_unquoted_is_no_longer(octets in octets()) {
        let value = [b"\"".as_slice(), &octets, b"\""].concat();
        prop_assert!(quoted::decode_bytes(&value).len() <= octets.len());
        if let Ok(Ok(decoded)) = str::from_utf8(&value).map(quoted::decode) {
            prop_assert_eq!(decoded.as_bytes(), &*quoted::decode_bytes(&value));
        }
    }

    #[test]
    fn a_cookie_field_reads_back(pairs in vec((part(), part()), 0..6)) {
        let field = serialize(pairs.iter().map(|(name, value)| (name, value)));
        let mut octets = Vec::new();
        let into = serialize_into(pairs.iter().map(|(name, value)| (name, value)), &mut octets);
        prop_assert_eq!(field.as_ref().err(), into.as_ref().err());
        if let Ok(field) = field {
            prop_assert_eq!(field.as_bytes(), octets);
            let read: Vec<_> = parse(&*field).map(|pair| (pair.name().to_owned(), pair.value().to_owned())).collect();
            prop_assert_eq!(read, pairs);
        }
    }
}

#[cfg(feature = "percent-encode")]
proptest! {
    #![proptest_config(config())]

    #[test]
    fn what_is_percent_encoded_reads_back(text in text(), octets in octets()) {
        use hardtack::value::percent::{decode, decode_lossy, encode};
        let (value, other) = (encode(&text), encode(&octets));
        let (decoded, decoded_octets) = (decode(&*value), decode(&*other));
        prop_assert_eq!(decoded.as_deref(), Ok(&*text));
        prop_assert_eq!(decode_lossy(&*value), &*text);
        prop_assert_eq!(decoded_octets.as_deref().ok(), str::from_utf8(&octets).ok());
        let built = SetCookie::builder("a", &*text).percent_encoded().build();
        let too_long = matches!(built, Err(BuildError::PairTooLong { .. }));
        prop_assert!(built.is_ok() || too_long);
        // What decodes strictly decodes leniently to the same.
        if let Ok(decoded) = decode(&octets) {
            prop_assert_eq!(decode_lossy(&octets), decoded);
        }
    }
}
