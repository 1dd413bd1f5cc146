//! A look-up is a filter over the model's pairs, whatever counts as deleted, however many fields the request has.

#![no_main]

#[path = "../../tests/model/mod.rs"]
mod model;

use arbitrary::Arbitrary;
use hardtack::{Cookies, Tombstones};
use hardtack_fuzz::{Many, Octets};
use libfuzzer_sys::fuzz_target;

#[derive(Arbitrary, Debug)]
struct Request {
    name: Octets,
    fields: Many<Octets, 3>,
}

fuzz_target!(|request: Request| {
    let fields: Vec<&[u8]> = request.fields.0.iter().map(|field| field.0.as_slice()).collect();
    let pairs: Vec<_> = fields.iter().flat_map(|field| model::lenient(field)).collect();
    // The name that was made up, and two that are there.
    let mut names = vec![request.name.0.as_slice(), b""];
    names.extend(pairs.first().map(|(name, _)| *name));
    names.extend(pairs.last().map(|(name, _)| *name));

    for policy in [Tombstones::Exact, Tombstones::Containing, Tombstones::Keep] {
        let kept = |value: &[u8]| match policy {
            Tombstones::Exact => !model::is_deleted(value, false),
            Tombstones::Containing => !model::is_deleted(value, true),
            _ => true,
        };
        let expected: Vec<_> = pairs.iter().copied().filter(|(_, value)| kept(value)).collect();
        found(Cookies::from_fields(&fields).tombstones(policy), &names, &expected);
        found(Cookies::new(fields.join(b"; ".as_slice()).as_slice()).tombstones(policy), &names, &expected);
        if let [field] = fields[..] {
            found(Cookies::new(field).tombstones(policy), &names, &expected);
        }
        if let Ok(texts) = fields.iter().map(|field| str::from_utf8(field)).collect::<Result<Vec<_>, _>>() {
            let cookies = Cookies::from_fields(&texts).tombstones(policy);
            let all = cookies.iter().map(|pair| (pair.name().as_bytes(), pair.value().as_bytes()));
            assert!(all.eq(expected.iter().copied()), "bytes and text differ");
            for name in names.iter().filter_map(|name| str::from_utf8(name).ok()) {
                let all = cookies.get_all(name).map(str::as_bytes);
                assert!(all.eq(of_name(&expected, name.as_bytes())), "get_all({name:?})");
                assert_eq!(cookies.get(name), cookies.get_all(name).next());
            }
        }
    }
    let default = Cookies::from_fields(&fields);
    assert!(default.iter().eq(default.tombstones(Tombstones::default()).iter()), "the default is Exact");
});

fn of_name<'a>(pairs: &[model::Pair<'a>], wanted: &[u8]) -> Vec<&'a [u8]> {
    // A nameless cookie is found by no name.
    let wanted = |name: &[u8]| !name.is_empty() && name == wanted;
    pairs.iter().filter(|(name, _)| wanted(name)).map(|(_, value)| *value).collect()
}

fn found(cookies: Cookies<'_, [u8]>, names: &[&[u8]], expected: &[model::Pair<'_>]) {
    let all: Vec<model::Pair<'_>> = cookies.iter().map(|pair| (pair.name(), pair.value())).collect();
    assert!(all == expected, "{:?}, the model: {:?}", hardtack_fuzz::shown(&all), hardtack_fuzz::shown(expected));
    assert!(cookies.into_iter().eq(cookies.iter()));
    for name in names {
        let all = of_name(expected, name);
        assert_eq!(cookies.get(*name), all.first().copied(), "get({})", name.escape_ascii());
        assert!(cookies.get_all(*name).eq(all), "get_all({})", name.escape_ascii());
    }
}
