//! A look-up is a filter over the model's pairs, whatever counts as deleted, however many fields the request has.

use arbitrary::Arbitrary;
use hardtack::{Cookies, Tombstones};

use crate::made_up::{Many, Octets, shown};
use crate::model;

#[derive(Arbitrary, Debug)]
pub struct Request {
    policy: Policy,
    way: Way,
    name: Octets,
    fields: Many<Octets, 3>,
}

#[derive(Arbitrary, Clone, Copy, Debug)]
enum Policy {
    Default,
    Exact,
    Containing,
    Keep,
}

/// How the fields are read.
#[derive(Arbitrary, Debug)]
enum Way {
    Fields,
    Joined,
    Text,
}

pub fn law(request: &Request) {
    let fields: Vec<&[u8]> = request.fields.0.iter().map(|field| &*field.0).collect();
    let pairs: Vec<_> = fields.iter().flat_map(|field| model::lenient(field)).collect();
    let kept = |value: &[u8]| match request.policy {
        Policy::Default | Policy::Exact => !model::is_deleted(value, false),
        Policy::Containing => !model::is_deleted(value, true),
        Policy::Keep => true,
    };
    let expected: Vec<_> = pairs.iter().copied().filter(|(_, value)| kept(value)).collect();
    // The name that was made up, two that are there, and that of a nameless cookie.
    let mut names = vec![&*request.name.0, b""];
    names.extend(pairs.first().map(|(name, _)| *name));
    names.extend(pairs.last().map(|(name, _)| *name));

    match request.way {
        Way::Fields => found(by(request.policy, Cookies::from_fields(&fields)), &names, &expected),
        Way::Joined => {
            let joined = fields.join(b"; ".as_slice());
            found(by(request.policy, Cookies::new(&*joined)), &names, &expected);
        }
        Way::Text => {
            let texts: Result<Vec<_>, _> = fields.iter().map(|field| str::from_utf8(field)).collect();
            if let Ok(texts) = texts {
                found_text(by(request.policy, Cookies::from_fields(&texts)), &names, &expected);
            }
        }
    }
}

fn by<T: ?Sized + hardtack::Text>(policy: Policy, cookies: Cookies<'_, T>) -> Cookies<'_, T> {
    match policy {
        Policy::Default => cookies,
        Policy::Exact => cookies.tombstones(Tombstones::Exact),
        Policy::Containing => cookies.tombstones(Tombstones::Containing),
        Policy::Keep => cookies.tombstones(Tombstones::Keep),
    }
}

/// The values of a name; a nameless cookie is found by none.
fn of_name<'a>(pairs: &[model::Pair<'a>], wanted: &[u8]) -> impl Iterator<Item = &'a [u8]> {
    pairs.iter().filter(move |(name, _)| !name.is_empty() && *name == wanted).map(|(_, value)| *value)
}

fn found(cookies: Cookies<'_, [u8]>, names: &[&[u8]], expected: &[model::Pair<'_>]) {
    let all: Vec<model::Pair<'_>> = cookies.iter().map(|pair| (pair.name(), pair.value())).collect();
    assert!(all == expected, "{:?}, the model: {:?}", shown(&all), shown(expected));
    assert!(cookies.into_iter().eq(cookies.iter()));
    for name in names {
        assert_eq!(cookies.get(*name), of_name(expected, name).next(), "get({})", name.escape_ascii());
        assert!(cookies.get_all(*name).eq(of_name(expected, name)), "get_all({})", name.escape_ascii());
    }
}

fn found_text(cookies: Cookies<'_>, names: &[&[u8]], expected: &[model::Pair<'_>]) {
    let all = cookies.iter().map(|pair| (pair.name().as_bytes(), pair.value().as_bytes()));
    assert!(all.eq(expected.iter().copied()), "bytes and text differ");
    for name in names.iter().filter_map(|name| str::from_utf8(name).ok()) {
        let all = cookies.get_all(name).map(str::as_bytes);
        assert!(all.eq(of_name(expected, name.as_bytes())), "get_all({name:?})");
        assert_eq!(cookies.get(name), cookies.get_all(name).next());
    }
}
