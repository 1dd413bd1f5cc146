//! Signed and encrypted cookies, by the keys that the middleware keeps.

#![cfg(feature = "seal")]
#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

mod support;

use core::fmt;
use core::str::FromStr;
use core::time::Duration;

use actix_web::test::{call_service, init_service, read_body};
use actix_web::{App, HttpResponse, ResponseError as _, web};
use hardtack::format::{self, Unread};
use hardtack::seal::{Key, KeyRing, OpenError, SealError, Sealer, Signer};
use hardtack::{BuildError, CookieDate, CookieTemplate, CookieValue};
use hardtack_actix::{CookieError, CookieMiddleware, MissingSeal, Protection, SharedJar, TypedCookie, TypedRejection};
use support::{fields, request};

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

const NOW: i64 = 1_800_000_000;

fn key(octet: u8) -> Key {
    Key::from_master(&[octet; 32]).unwrap()
}

fn middleware(octet: u8, now: i64) -> CookieMiddleware {
    let hour = Duration::from_secs(3600);
    CookieMiddleware::new()
        .signer(Signer::new(key(octet)).lifetime(hour))
        .sealer(Sealer::new(key(octet)).lifetime(hour))
        .clock(move || CookieDate::from_unix_timestamp(now))
}

/// The user is known under both names from here on.
async fn login(jar: SharedJar) -> Result<HttpResponse, CookieError> {
    jar.set_typed(&Signed("ann".to_owned()))?;
    jar.set_typed(&Encrypted("ann".to_owned()))?;
    Ok(HttpResponse::Unauthorized().finish())
}

type Told<V> = Result<TypedCookie<V>, TypedRejection>;

async fn whoami(signed: Told<Signed>, encrypted: Told<Encrypted>) -> String {
    fn told<V: fmt::Display>(cookie: Told<V>) -> String {
        cookie.map_or_else(|rejection| rejection.to_string(), |cookie| cookie.0.to_string())
    }
    format!("{}|{}", told(signed), told(encrypted))
}

/// The Cookie field that comes back after a login.
async fn sealed(octet: u8) -> String {
    let app = App::new().route("/", web::get().to(login)).wrap(middleware(octet, NOW));
    let response = call_service(&init_service(app).await, request(&[]).to_request()).await;
    assert_eq!(response.status(), 401, "on an error, too");
    let lines = fields(response.headers());
    let pairs: Vec<_> = lines.iter().map(|line| line.split("; ").next().unwrap()).collect();
    pairs.join("; ")
}

async fn told(middleware: CookieMiddleware, field: &str) -> String {
    let app = App::new().route("/", web::get().to(whoami)).wrap(middleware);
    let response = call_service(&init_service(app).await, request(&[field.as_bytes()]).to_request()).await;
    assert_eq!(response.status(), 200);
    String::from_utf8(read_body(response).await.to_vec()).unwrap()
}

#[actix_web::test]
async fn typed_cookies_are_sealed_as_their_type_says() {
    const MISSING: &str = "the request has no cookie \"__Host-signed\"|the request has no cookie \"__Host-encrypted\"";
    let field = sealed(1).await;
    let (_, encrypted) = field.split_once("; ").unwrap();
    assert!(field.starts_with("__Host-signed=ann.") && !encrypted.contains("ann"), "{field}");
    let (not_authentic, malformed) = (OpenError::NotAuthentic, OpenError::Malformed);
    let forged = field.replace("=ann.", "=eve.").replace("__Host-encrypted=", "__Host-encrypted=AAAA");
    // The keys and the time under which the field comes back; what is told of it.
    let rows = [
        (middleware(1, NOW), field.clone(), "ann|ann".to_owned()),
        (middleware(1, NOW + 3599), field.clone(), "ann|ann".to_owned()),
        // A clock that runs backwards makes no seal invalid.
        (middleware(1, NOW - 3600), field.clone(), "ann|ann".to_owned()),
        (middleware(1, NOW + 3600), field.clone(), MISSING.to_owned()),
        (middleware(2, NOW), field.clone(), MISSING.to_owned()),
        (middleware(1, NOW), String::new(), MISSING.to_owned()),
        // One that a stranger has set in front costs no one his own.
        (middleware(1, NOW), format!("__Host-signed=eve; {field}"), "ann|ann".to_owned()),
        (
            middleware(1, NOW),
            forged,
            format!("cookie \"__Host-signed\": {not_authentic}|cookie \"__Host-encrypted\": {malformed}"),
        ),
        (CookieMiddleware::new(), field, format!("{}|{}", MissingSeal::Signer, MissingSeal::Sealer)),
    ];
    for (row, (middleware, field, expected)) in rows.into_iter().enumerate() {
        assert_eq!(told(middleware, &field).await, expected, "row {row}");
    }
}

#[actix_web::test]
async fn without_keys_it_is_the_server_that_is_at_fault() {
    async fn handler(jar: SharedJar) -> Result<HttpResponse, CookieError> {
        assert_eq!(jar.signed().unwrap_err(), MissingSeal::Signer);
        assert_eq!(jar.encrypted().unwrap_err(), MissingSeal::Sealer);
        let refused = jar.set_typed(&Encrypted("ann".to_owned())).unwrap_err();
        assert_eq!(refused, CookieError::MissingSeal(MissingSeal::Sealer));
        login(jar).await
    }
    let app = App::new().route("/", web::get().to(handler)).wrap(CookieMiddleware::new());
    let response = call_service(&init_service(app).await, request(&[]).to_request()).await;
    assert_eq!((response.status().as_u16(), fields(response.headers()).len()), (500, 0));
    // And without a middleware.
    let app = App::new().route("/", web::get().to(async |_: TypedCookie<Signed>| "welcome"));
    let response = call_service(&init_service(app).await, request(&[b"__Host-signed=a"]).to_request()).await;
    assert_eq!(response.status(), 500);
    assert_eq!(TypedRejection::from(MissingSeal::Signer).status_code(), 500);
    let odd = TypedRejection::Unread { name: "a", fault: Unread::OtherType };
    assert_eq!(odd.status_code(), 400);
}

#[actix_web::test]
async fn an_older_key_opens_and_asks_for_renewal() {
    const SID: CookieTemplate<'_> = CookieTemplate::new("sid").checked();

    async fn set(jar: SharedJar) -> Result<HttpResponse, CookieError> {
        jar.encrypted()?.set(SID.cookie("31d4"))?;
        let long = jar.encrypted()?.set(SID.cookie("x".repeat(4096))).map_err(CookieError::from);
        assert!(matches!(long, Err(CookieError::Build(BuildError::Seal(SealError::TooLong { max: 4096, .. })))));
        Ok(HttpResponse::Ok().finish())
    }
    async fn renew(jar: SharedJar) -> Result<HttpResponse, CookieError> {
        let opened = jar.encrypted()?.open(&SID).unwrap().unwrap();
        assert_eq!((opened.value.as_str(), opened.needs_renewal), ("31d4", true));
        jar.encrypted()?.set(SID.cookie(opened.value))?;
        assert!(!jar.encrypted()?.open(&SID).unwrap().unwrap().needs_renewal);
        assert_eq!(jar.encrypted()?.open(&SID.renamed("other")), None);
        Ok(HttpResponse::Ok().finish())
    }
    let app = App::new().route("/", web::get().to(set)).wrap(middleware(1, NOW));
    let response = call_service(&init_service(app).await, request(&[]).to_request()).await;
    let line = fields(response.headers()).remove(0);
    let ring = KeyRing::new(key(2)).and(key(1)).unwrap();
    let rotated = CookieMiddleware::new().sealer(Sealer::new(ring));
    // An inner one without keys leaves those of the outer where they are.
    let inner = web::scope("").wrap(CookieMiddleware::new()).route("/", web::get().to(renew));
    let app = App::new().service(inner).wrap(rotated);
    let pair = line.strip_suffix("; Path=/").unwrap();
    let response = call_service(&init_service(app).await, request(&[pair.as_bytes()]).to_request()).await;
    assert_eq!((response.status().as_u16(), fields(response.headers()).len()), (200, 1));
}

#[actix_web::test]
async fn an_inner_middleware_brings_its_keys_and_leaves_the_jar() {
    let field = sealed(1).await;
    let inner = web::scope("").wrap(middleware(1, NOW)).route(
        "/",
        web::get().to(async |jar: SharedJar| {
            jar.set(support::cookie("a", "1")).unwrap();
            assert_eq!(jar.get_typed(), Ok(Some(Signed("ann".to_owned()))));
            HttpResponse::Ok().finish()
        }),
    );
    let app = App::new().service(inner).wrap(middleware(2, NOW));
    let response = call_service(&init_service(app).await, request(&[field.as_bytes()]).to_request()).await;
    assert_eq!((response.status().as_u16(), fields(response.headers())), (200, vec!["a=1; Path=/".to_owned()]));
}

#[test]
fn debug_shows_neither_key_nor_value() {
    let shown = format!("{:?}", middleware(7, NOW));
    assert_eq!(shown, "CookieMiddleware { keys: Seals { signer: true, sealer: true } }");
    let typed = format!("{:?}", TypedCookie(Signed("secret".to_owned())));
    assert_eq!(typed, "TypedCookie { name: \"__Host-signed\", .. }");
}
