//! Laws of what was read and changed, against models that are lists of segments and of attributes.

extern crate alloc;

mod model;
mod random;
mod setters;

use alloc::borrow::Cow;
use core::time::Duration;

use hardtack::{
    CookieDate, Cookies, Priority, SameSite, SetCookie, Tombstones, join_fields, parse, split_joined, tombstone,
};
use proptest::collection::vec;
use proptest::option;
use proptest::prelude::{Strategy, any, prop_oneof, proptest};
use proptest::sample::select;
use proptest::{prop_assert, prop_assert_eq};

use crate::random::{build, call, config, count, octets, part, text};
use crate::setters::{Set, apply, said};

/// Which cookies go: by a number that their names and values add up to.
fn is_odd(name: &[u8], value: &[u8], salt: u8) -> bool {
    name.iter().chain(value).fold(salt, |sum, &octet| sum.wrapping_add(octet)) % 2 == 1
}

/// Lines that can be told apart when joined: a token before the first `=`, no comma but that of a date, trimmed.
fn line() -> impl Strategy<Value = String> {
    let attribute = prop_oneof![
        any::<i64>().prop_map(|seconds| format!("; Expires={}", CookieDate::from_unix_timestamp(seconds))),
        "; [A-Za-z-]{0,8}(=[ -+\\--:<-~é]{0,8}[!-+\\--:<-~])?",
    ];
    ("[a-zA-Z0-9_.$-]{1,8}", "(=|=[ -+\\--:<-~é]{0,8}[!-+\\--:<-~])", vec(attribute, 0..4)).prop_map(
        |(name, value, attributes)| {
            let line = format!("{name}{value}{}", attributes.concat());
            line.trim_end_matches([' ', '\t']).to_owned()
        },
    )
}

fn setter() -> impl Strategy<Value = Set> {
    let same_site = select(vec![SameSite::Strict, SameSite::Lax, SameSite::None]);
    prop_oneof![
        any::<bool>().prop_map(Set::Secure),
        any::<bool>().prop_map(Set::HttpOnly),
        any::<bool>().prop_map(Set::Partitioned),
        option::of(same_site).prop_map(Set::SameSite),
        option::of(select(vec![Priority::Low, Priority::Medium, Priority::High])).prop_map(Set::Priority),
        option::of(any::<i64>()).prop_map(Set::Expires),
        option::of((any::<u64>(), 0..1_000_000_000_u32))
            .prop_map(|age| { Set::MaxAge(age.map(|(seconds, nanos)| Duration::new(seconds, nanos))) }),
        part().prop_map(Set::Value),
        option::of(part()).prop_map(Set::Domain),
        option::of(part().prop_map(|path| format!("/{path}"))).prop_map(Set::Path),
        part().prop_map(|path| Set::Path(Some(path))),
        select(vec!["x", "X", "Priority", "DELETED", "a", ""]).prop_map(|name| Set::RemoveExtension(name.to_owned())),
    ]
}

proptest! {
    #![proptest_config(config())]

    #[test]
    fn retain_takes_segments_off_a_list(field in octets(), salt in any::<u8>()) {
        let cookies = Cookies::new(&field);
        let kept = cookies.retain(|pair| !is_odd(pair.name(), pair.value(), salt));
        prop_assert_eq!(&*kept, model::without(&field, |name, value| is_odd(name, value, salt)));
        let all = cookies.retain(|_| true);
        prop_assert!(matches!(all, Cow::Borrowed(all) if all == field));
        for rule in [Tombstones::Exact, Tombstones::Containing, Tombstones::Keep] {
            let cookies = cookies.tombstones(rule);
            let filtered = cookies.iter().filter(|pair| !is_odd(pair.name(), pair.value(), salt));
            prop_assert!(Cookies::new(&kept).tombstones(rule).iter().eq(filtered), "{:?}", rule);
        }
        prop_assert_eq!(Cookies::new(&kept).refused().count(), cookies.refused().count(), "what is refused stays");
    }

    #[test]
    fn several_fields_are_one(fields in vec(text(), 0..4), salt in any::<u8>()) {
        let fields: Vec<&str> = fields.iter().map(String::as_str).collect();
        let joined = join_fields(fields.iter().copied());
        let filled: Vec<&str> = fields.iter().copied().filter(|field| !model::is_blank(field.as_bytes())).collect();
        if !filled.is_empty() {
            prop_assert_eq!(&*joined, filled.join("; "));
        }
        prop_assert!(parse(&joined).eq(Cookies::from_fields(&fields).tombstones(Tombstones::Keep).iter()));

        let left = |field: &&str| model::without(field.as_bytes(), |name, value| is_odd(name, value, salt));
        let left: Vec<_> = fields.iter().map(left).filter(|left| !model::is_blank(left)).collect();
        let kept = Cookies::from_fields(&fields)
            .retain(|pair| !is_odd(pair.name().as_bytes(), pair.value().as_bytes(), salt));
        if left.is_empty() {
            prop_assert!(model::is_blank(kept.as_bytes()));
        } else {
            prop_assert_eq!(kept.as_bytes(), left.join(b"; ".as_slice()));
        }
    }

    #[test]
    fn joined_lines_are_taken_apart(lines in vec(line(), 0..5), separator in select(vec![",", ", ", " ,\t", " , "])) {
        let joined = lines.join(separator);
        prop_assert_eq!(split_joined(&joined).collect::<Vec<_>>(), lines);
    }

    #[test]
    fn a_comma_separates_before_a_token_and_an_equals_sign(field in octets()) {
        let lines: Vec<_> = split_joined(&field).map(<[u8]>::to_vec).collect();
        prop_assert_eq!(lines, model::split_joined(&field));
        if let Ok(text) = str::from_utf8(&field) {
            prop_assert!(split_joined(text).map(str::as_bytes).eq(split_joined(&field)));
        }
    }

    #[test]
    fn setters_do_what_they_say_and_keep_the_cookie_safe(field in text(), sets in vec(setter(), 0..12)) {
        if let Ok(mut cookie) = field.parse::<SetCookie<'static>>() {
            let mut expected = said(&cookie);
            for set in &sets {
                prop_assert_eq!(apply(&mut cookie, set), expected.set(set), "{:?}", set);
                prop_assert_eq!(&said(&cookie), &expected, "{:?}", set);
                let written = cookie.to_string();
                prop_assert!(!written.bytes().any(|octet| octet != b'\t' && octet.is_ascii_control()));
                prop_assert_eq!(written.matches(';').count(), count(&cookie), "{:?}", written);
                prop_assert_eq!(written.len(), cookie.encoded_len());
                prop_assert_eq!(&SetCookie::parse(&written).map(|cookie| said(&cookie)), &Ok(expected.clone()));
                prop_assert_eq!(SetCookie::parse(&written), Ok(cookie.clone()));
            }
        }
    }

    #[test]
    fn what_was_built_is_built_again(name in part(), value in part(), calls in vec(call(), 0..6)) {
        for builder in [SetCookie::builder(name.clone(), value), tombstone(name)] {
            if let Ok(cookie) = build(builder, &calls).build() {
                prop_assert_eq!(cookie.clone().into_builder().build(), Ok(cookie));
            }
        }
    }

    #[test]
    fn what_came_in_is_built_as_it_is_or_not_at_all(field in text()) {
        if let Ok(cookie) = SetCookie::parse(&field)
            && !cookie.is_tombstone()
            && let Ok(built) = cookie.clone().into_builder().build()
        {
            prop_assert_eq!(built, cookie);
        }
    }
}
