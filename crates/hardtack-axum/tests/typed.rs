//! Cookies of a type: text, number, JSON, sealed; missing, odd, forged.

#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]
#![allow(clippy::type_complexity, reason = "rows of a table")]

mod support;

use axum_core::extract::FromRequestParts;
use axum_core::response::IntoResponse;
use core::{fmt, num::ParseIntError, str::FromStr};
use hardtack::CookieTemplate;
use hardtack_axum::format::{Format, Unread, Unwritten};
use hardtack_axum::{CookieError, CookieJar, CookieLayer, CookieValue, TypedCookie, TypedRejection, format};
use http::{Request, Response, StatusCode};
use support::{cookie, extract, extract_optional, fields, jar_of, request, through};

#[derive(Clone, Debug, PartialEq)]
struct Size(u8);

impl CookieValue for Size {
    const TEMPLATE: CookieTemplate<'static> = CookieTemplate::new("size").http_only(true).checked();
    type Format = format::Text;
}

impl FromStr for Size {
    type Err = ParseIntError;

    fn from_str(text: &str) -> Result<Self, ParseIntError> {
        text.parse().map(Self)
    }
}

impl fmt::Display for Size {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

/// Text as it stands, without percent signs that mean anything.
#[derive(Clone, Debug, PartialEq)]
struct Note<const PERCENT: bool>(String);

struct Bare;

impl<const PERCENT: bool> Format<Note<PERCENT>> for Bare {
    fn read(text: &str) -> Result<Note<PERCENT>, Unread> {
        Ok(Note(text.to_owned()))
    }

    fn write(note: &Note<PERCENT>) -> Result<String, Unwritten> {
        if note.0 == "unsayable" { Err(Unwritten) } else { Ok(note.0.clone()) }
    }
}

impl<const PERCENT: bool> CookieValue for Note<PERCENT> {
    const TEMPLATE: CookieTemplate<'static> = CookieTemplate::new("note").checked();
    type Format = Bare;
    const PERCENT_ENCODED: bool = PERCENT;
}

fn unread(name: &'static str, fault: Unread) -> TypedRejection {
    TypedRejection::Unread { name, fault }
}

#[test]
fn a_number_is_400_when_missing_or_odd_and_option_and_result_work() {
    let missing = || TypedRejection::Missing { name: "size" };
    let odd = || unread("size", Unread::OtherType);
    let rows: &[(&[u8], Result<Option<u8>, TypedRejection>)] = &[
        (b"", Ok(None)),
        (b"Size=3", Ok(None)),
        (b"size=DELETED", Ok(None)),
        (b"size=12", Ok(Some(12))),
        (b"size=%31%32", Ok(Some(12))),
        (b"size=", Err(odd())),
        (b"size=256", Err(odd())),
        (b"size=secret", Err(odd())),
        // A cookie of a stranger's in front costs no one his own.
        (b"size=tossed; size=12", Ok(Some(12))),
        (b"size=%; size=%31", Ok(Some(1))),
        (b"size=%zz; size=tossed", Err(unread("size", hardtack::DecodeError::InvalidPercent { offset: 0 }.into()))),
        (b"size=%FF", Err(unread("size", hardtack::DecodeError::NotUtf8 { offset: 0 }.into()))),
    ];
    for (field, expected) in rows {
        let field = [*field];
        let optional = extract_optional::<TypedCookie<Size>>(request(&field));
        assert_eq!(optional, expected.clone().map(|size| size.map(|size| TypedCookie(Size(size)))));
        let required = extract::<TypedCookie<Size>>(request(&field));
        assert_eq!(required, optional.and_then(|size| size.ok_or_else(missing)));
        let result: Result<TypedCookie<Size>, TypedRejection> = extract(request(&field)).unwrap();
        assert_eq!(result, required);
        if let Err(rejection) = required {
            assert!(!rejection.to_string().contains("secret"), "{rejection}");
            assert_eq!(rejection.into_response().status(), StatusCode::BAD_REQUEST);
        }
    }
}

#[test]
fn any_text_comes_back() {
    for text in ["", "plain", "a b; c=\"d\", e%41", "\u{e9}\u{1F36A}", "DELETED", "line\nbreak"] {
        let note = Note::<true>(text.to_owned());
        let response = TypedCookie(note.clone()).into_response();
        let field = fields(response.headers()).remove(0);
        let pair = field.strip_suffix("; Path=/").unwrap();
        assert_eq!(extract::<TypedCookie<Note<true>>>(request(&[pair.as_bytes()])), Ok(TypedCookie(note)), "{field}");
    }
}

#[test]
fn text_as_it_stands_has_percent_signs_of_its_own() {
    let note = Note::<false>("100%41".to_owned());
    assert_eq!(fields(TypedCookie(note.clone()).into_response().headers()), ["note=100%41; Path=/"]);
    assert_eq!(extract::<TypedCookie<Note<false>>>(request(&[b"note=100%41"])), Ok(TypedCookie(note)));
    let not_utf8 = hardtack::DecodeError::NotUtf8 { offset: 1 };
    assert_eq!(extract::<TypedCookie<Note<false>>>(request(&[b"note=a\xFF"])), Err(unread("note", not_utf8.into())));
}

#[test]
fn what_cannot_be_written_is_a_typed_500() {
    let long = "x".repeat(5000);
    let rows = [
        (
            "unsayable",
            "the value of the cookie \"note\" cannot be written in its format; let its Serialize or Display succeed",
        ),
        ("a;b", "byte 0x3B at offset 1 is not allowed in a cookie value; percent-encode it"),
        (
            &long,
            "name and value are 5004 octets together, but user agents drop a cookie over 4096; \
             shorten the value or keep it on the server",
        ),
    ];
    for (text, message) in rows {
        let response = TypedCookie(Note::<false>(text.to_owned())).into_response();
        assert_eq!(response.status(), StatusCode::INTERNAL_SERVER_ERROR);
        let error = response.extensions().get::<CookieError>().unwrap();
        assert_eq!(error.to_string(), message);
        assert!(fields(response.headers()).is_empty());
    }
}

#[test]
fn jars_hold_typed_cookies() {
    let response = through(&CookieLayer::new(), request(&[b"size=3"]), |request: Request<()>| {
        let shared = jar_of(&request);
        assert_eq!(shared.get_typed(), Ok(Some(Size(3))));
        shared.set_typed(&Size(4)).unwrap();
        assert_eq!(shared.get_typed(), Ok(Some(Size(4))), "a change comes before the request");
        assert_eq!(extract(request.clone()), Ok(TypedCookie(Size(4))), "and in an extractor, too");

        let mut own: CookieJar = extract(request.clone()).unwrap();
        assert_eq!(own.get_typed(), Ok(Some(Size(4))));
        own.set_typed(&Size(5)).unwrap();
        assert_eq!(own.get_typed(), Ok(Some(Size(5))));

        shared.delete(Size::TEMPLATE.tombstone().build().unwrap()).unwrap();
        assert_eq!(shared.get_typed::<Size>(), Ok(None));
        shared.set(cookie("size", "odd")).unwrap();
        assert_eq!(shared.get_typed::<Size>(), Err(unread("size", Unread::OtherType)), "and hides the request's");
        shared.set_typed(&Size(6)).unwrap();
        Response::new(())
    });
    assert_eq!(fields(response.headers()), ["size=6; Path=/; HttpOnly"]);
}

#[cfg(feature = "json")]
mod json {
    use super::*;
    use serde::{Deserialize, Serialize};

    #[derive(Clone, Debug, PartialEq, Deserialize, Serialize)]
    struct View {
        columns: u8,
        hidden: Vec<String>,
    }

    impl CookieValue for View {
        const TEMPLATE: CookieTemplate<'static> = CookieTemplate::new("view").checked();
        type Format = format::Json;
    }

    #[test]
    fn json_in_a_cookie() {
        let view = View { columns: 2, hidden: vec!["price; \"net\"".to_owned()] };
        let field = fields(TypedCookie(view.clone()).into_response().headers()).remove(0);
        assert!(
            field.starts_with("view=") && !field.contains(['"', ' ', ',']) || field.ends_with("; Path=/"),
            "{field}"
        );
        let pair = field.strip_suffix("; Path=/").unwrap();
        assert_eq!(extract(request(&[pair.as_bytes()])), Ok(TypedCookie(view)));
    }

    #[test]
    fn odd_json_is_400_and_says_where() {
        let rows: &[(&[u8], Unread)] = &[
            (b"view={", Unread::NotJson { line: 1, column: 1 }),
            (b"view=", Unread::NotJson { line: 1, column: 0 }),
            (b"view={\"columns\":\"secret\"}", Unread::OtherShape { line: 1, column: 19 }),
            (b"view=7", Unread::OtherShape { line: 1, column: 1 }),
        ];
        for (field, fault) in rows {
            let rejection = extract::<TypedCookie<View>>(request(&[field])).unwrap_err();
            assert_eq!(rejection, unread("view", fault.clone()));
            assert!(!rejection.to_string().contains("secret"));
        }
    }

    #[test]
    fn json_that_is_too_long_says_how_long_it_is() {
        let view = View { columns: 2, hidden: vec!["x".repeat(4096)] };
        let error = TypedCookie(view).into_response().extensions().get::<CookieError>().unwrap().to_string();
        assert!(error.starts_with("name and value are 4") && error.contains("over 4096"), "{error}");
    }
}

#[cfg(feature = "seal")]
mod sealed {
    use super::*;
    use core::time::Duration;
    use hardtack::CookieDate;
    use hardtack::seal::{Key, KeyRing, OpenError, SealError, Sealer, Signer};
    use hardtack_axum::{MissingSeal, Protection, SharedJar};

    macro_rules! user {
        ($user:ident, $name:literal, $protection:ident) => {
            #[derive(Clone, Debug, PartialEq)]
            struct $user(String);

            impl CookieValue for $user {
                const TEMPLATE: CookieTemplate<'static> = CookieTemplate::prefixed($name).http_only(true).checked();
                type Format = format::Text;
                const PROTECTION: Protection = Protection::$protection;
            }

            impl FromStr for $user {
                type Err = core::convert::Infallible;

                fn from_str(text: &str) -> Result<Self, Self::Err> {
                    Ok(Self(text.to_owned()))
                }
            }

            impl fmt::Display for $user {
                fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                    f.write_str(&self.0)
                }
            }
        };
    }

    user! { Signed, "__Host-signed", Signed }
    user! { Encrypted, "__Host-encrypted", Encrypted }

    fn key(octet: u8) -> Key {
        Key::from_master(&[octet; 32]).unwrap()
    }

    fn layer(octet: u8, now: i64) -> CookieLayer {
        let lifetime = Duration::from_secs(3600);
        CookieLayer::new()
            .signer(Signer::new(key(octet)).lifetime(lifetime))
            .sealer(Sealer::new(key(octet)).lifetime(lifetime))
            .clock(move || CookieDate::from_unix_timestamp(now))
    }

    const NOW: i64 = 1_800_000_000;

    /// The Cookie field of a user who is known under both names.
    fn sealed(layer: &CookieLayer, user: &str) -> String {
        let response = through(layer, request(&[]), |request| {
            jar_of(&request).set_typed(&Signed(user.to_owned())).unwrap();
            jar_of(&request).set_typed(&Encrypted(user.to_owned())).unwrap();
            Response::new(())
        });
        let lines = fields(response.headers());
        let pairs: Vec<_> = lines.iter().map(|line| line.split("; ").next().unwrap()).collect();
        pairs.join("; ")
    }

    /// What extractors under a layer make of a Cookie field.
    fn opened(
        layer: &CookieLayer,
        field: &str,
    ) -> (Result<Option<TypedCookie<Signed>>, TypedRejection>, Result<Option<TypedCookie<Encrypted>>, TypedRejection>)
    {
        let mut outcome = None;
        through(layer, request(&[field.as_bytes()]), |request: Request<()>| {
            outcome = Some((extract_optional(request.clone()), extract_optional(request)));
            Response::new(())
        });
        outcome.unwrap()
    }

    #[test]
    fn sealed_values_come_back_and_say_nothing_on_the_way() {
        for user in ["ann", "", "a b; c=\u{e9}", "DELETED"] {
            let field = sealed(&layer(1, NOW), user);
            let (signed, encrypted) = opened(&layer(1, NOW + 3599), &field);
            assert_eq!(signed, Ok(Some(TypedCookie(Signed(user.to_owned())))), "{user}");
            assert_eq!(encrypted, Ok(Some(TypedCookie(Encrypted(user.to_owned())))), "{user}");
        }
        let field = sealed(&layer(1, NOW), "ann");
        let (_, encrypted) = field.split_once("; ").unwrap();
        assert!(field.starts_with("__Host-signed=ann.") && !encrypted.contains("ann"), "{field}");
    }

    #[test]
    fn what_is_encrypted_is_the_text_itself() {
        through(&layer(1, NOW), request(&[]), |request| {
            let jar = jar_of(&request);
            jar.set_typed(&Encrypted("a b; 100%".to_owned())).unwrap();
            let opened = jar.encrypted().unwrap().open(&Encrypted::TEMPLATE).unwrap().unwrap();
            assert_eq!(opened.value, "a b; 100%");
            // And one that was sealed by the template is read as the type.
            jar.encrypted().unwrap().set(Encrypted::TEMPLATE.cookie("50%; off")).unwrap();
            assert_eq!(jar.get_typed(), Ok(Some(Encrypted("50%; off".to_owned()))));
            Response::new(())
        });
    }

    #[test]
    fn a_seal_that_is_over_is_a_missing_cookie_and_a_forged_one_is_odd() {
        let field = sealed(&layer(1, NOW), "ann");
        for over in [layer(1, NOW + 3600), layer(2, NOW)] {
            assert_eq!(opened(&over, &field), (Ok(None), Ok(None)));
        }
        let forged = field.replace("=ann.", "=eve.").replace("__Host-encrypted=", "__Host-encrypted=AAAA");
        let (signed, encrypted) = opened(&layer(1, NOW), &forged);
        assert_eq!(signed, Err(unread("__Host-signed", OpenError::NotAuthentic.into())));
        assert_eq!(encrypted, Err(unread("__Host-encrypted", OpenError::Malformed.into())));
        // A forged one in front costs no one his own.
        let (signed, _) = opened(&layer(1, NOW), &format!("__Host-signed=eve; {field}"));
        assert_eq!(signed, Ok(Some(TypedCookie(Signed("ann".to_owned())))));
    }

    #[test]
    fn an_older_key_opens_and_asks_for_renewal() {
        const SID: CookieTemplate<'_> = CookieTemplate::new("sid").checked();
        let old = layer(1, NOW);
        let response = through(&old, request(&[]), |request| {
            jar_of(&request).encrypted().unwrap().set(SID.cookie("31d4")).unwrap();
            Response::new(())
        });
        let field = fields(response.headers()).remove(0);
        let pair = field.strip_suffix("; Path=/").unwrap();
        let ring = KeyRing::new(key(2)).and(key(1)).unwrap();
        let new = CookieLayer::new().sealer(Sealer::new(ring)).clock(|| CookieDate::from_unix_timestamp(NOW));
        through(&new, request(&[pair.as_bytes()]), |request| {
            let jar = jar_of(&request);
            let opened = jar.encrypted().unwrap().open(&SID).unwrap().unwrap();
            assert_eq!((opened.value.as_str(), opened.needs_renewal), ("31d4", true));
            jar.encrypted().unwrap().set(SID.cookie(opened.value)).unwrap();
            let renewed = jar.encrypted().unwrap().open(&SID).unwrap().unwrap();
            assert_eq!((renewed.value.as_str(), renewed.needs_renewal), ("31d4", false));
            assert_eq!(jar.encrypted().unwrap().open(&SID.renamed("other")), None);
            Response::new(())
        });
    }

    #[test]
    fn without_keys_it_is_the_server_that_is_at_fault() {
        let field = sealed(&layer(1, NOW), "ann");
        let without = |request: Request<()>| {
            let signed = extract_optional::<TypedCookie<Signed>>(request.clone()).unwrap_err();
            let encrypted = extract::<TypedCookie<Encrypted>>(request).unwrap_err();
            assert_eq!(signed, TypedRejection::MissingSeal(MissingSeal::Signer));
            assert_eq!(encrypted, TypedRejection::MissingSeal(MissingSeal::Sealer));
            assert_eq!(signed.into_response().status(), StatusCode::INTERNAL_SERVER_ERROR);
            Response::new(())
        };
        without(request(&[field.as_bytes()]));
        through(&CookieLayer::new(), request(&[field.as_bytes()]), without);
        through(&CookieLayer::new(), request(&[]), |request| {
            let jar = jar_of(&request);
            assert_eq!(jar.signed().unwrap_err(), MissingSeal::Signer);
            assert_eq!(jar.encrypted().unwrap_err(), MissingSeal::Sealer);
            let refused = jar.set_typed(&Signed("ann".to_owned())).unwrap_err();
            assert_eq!(refused, CookieError::MissingSeal(MissingSeal::Signer));
            Response::new(())
        });
    }

    #[test]
    fn an_inner_layer_brings_its_keys_and_leaves_the_jar() {
        use tower_layer::Layer as _;
        use tower_service::Service as _;

        let field = sealed(&layer(1, NOW), "ann");
        let ann = || Some(TypedCookie(Signed("ann".to_owned())));
        let signer = CookieLayer::new().signer(Signer::new(key(1))).clock(|| CookieDate::from_unix_timestamp(NOW));
        for (inner, found) in [(layer(1, NOW), ann()), (signer, ann()), (CookieLayer::new(), None)] {
            // Outside keys that open nothing of it; an inner layer without keys leaves them where they are.
            let handler = |request: Request<()>| {
                let jar: SharedJar = jar_of(&request);
                jar.set(cookie("a", "1")).unwrap();
                assert_eq!(extract_optional::<TypedCookie<Signed>>(request), Ok(found.clone()));
                Response::new(())
            };
            let app = layer(2, NOW).layer(inner.layer(support::App(handler)));
            let Ok(response) = pollster::block_on({ app }.call(request(&[field.as_bytes()])));
            assert_eq!(fields(response.headers()), ["a=1; Path=/"]);
        }
    }

    #[test]
    fn what_cannot_be_sealed_is_a_build_error() {
        through(&layer(1, NOW), request(&[]), |request| {
            let refused = jar_of(&request).set_typed(&Encrypted("x".repeat(4096))).unwrap_err();
            let CookieError::Build(hardtack::BuildError::Seal(SealError::TooLong { max: 4096, .. })) = refused else {
                unreachable!("{refused}")
            };
            assert!(!jar_of(&request).is_changed());
            Response::new(())
        });
    }

    #[test]
    fn debug_shows_neither_key_nor_value() {
        let layer = layer(7, NOW);
        assert_eq!(format!("{layer:?}"), "CookieLayer { keys: Seals { signer: true, sealer: true } }");
        assert_eq!(
            format!("{:?}", TypedCookie(Signed("secret".to_owned()))),
            "TypedCookie { name: \"__Host-signed\", .. }"
        );
        through(&layer, request(&[b"sid=secret"]), |request| {
            let jar = jar_of(&request);
            assert_eq!(format!("{:?}", jar.signed().unwrap()), format!("SealedJar {{ jar: {jar:?}, .. }}"));
            Response::new(())
        });
    }
}

#[test]
fn extractors_are_of_any_state() {
    fn is<E: FromRequestParts<S>, S>() {}
    is::<TypedCookie<Size>, ()>();
    is::<Option<TypedCookie<Size>>, String>();
    is::<Result<TypedCookie<Size>, TypedRejection>, String>();
    is::<Option<hardtack_axum::SharedJar>, String>();
    is::<CookieJar, String>();
}
