//! axum: sessions and settings as a browser sees them, a request after the other.

#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

use core::time::Duration;

use axum::Router;
use axum::body::Body;
use axum::response::Redirect;
use axum::routing::get;
use hardtack::agent::Refusal;
use hardtack::seal::{Key, KeyRing, Sealer, Signer};
use hardtack::{CookieDate, CookieTemplate, SameSite, SetCookie};
use hardtack_axum::test::{Agent, assert_deletes, assert_sets, assert_sets_by, assert_unset};
use hardtack_axum::{
    CookieError, CookieJar, CookieLayer, CookieValue, Protection, SharedJar, TypedCookie, TypedRejection, WithCookie,
    format,
};
use http::{Request, StatusCode};
use http_body_util::BodyExt as _;
use serde::{Deserialize, Serialize};

const NOW: i64 = 1_800_000_000;

fn agent() -> Agent {
    Agent::new("https://shop.example").unwrap().at(CookieDate::from_unix_timestamp(NOW))
}

fn get_path(path: &str) -> Request<Body> {
    Request::get(path).body(Body::empty()).unwrap()
}

async fn text(response: axum::response::Response) -> String {
    String::from_utf8(response.into_body().collect().await.unwrap().to_bytes().to_vec()).unwrap()
}

#[tokio::test]
async fn a_client_and_a_server_share_cookies() {
    const VISITS: CookieTemplate<'_> =
        CookieTemplate::new("visits").max_age(Duration::from_secs(60)).same_site(SameSite::Strict).checked();

    async fn count(jar: SharedJar) -> Result<Redirect, CookieError> {
        let visits = jar.get("visits").map_or(0, |text| text.parse::<u32>().unwrap_or(0));
        jar.set(VISITS.cookie((visits + 1).to_string()).build()?)?;
        Ok(Redirect::to("/"))
    }
    let mut app = Router::new().route("/", get(count)).layer(CookieLayer::new());
    let (mut one, mut other) = (agent(), agent());
    for visit in ["1", "2", "3"] {
        let response = one.send(&mut app, get_path("/")).await.unwrap();
        assert_eq!(assert_sets_by(response.headers(), &VISITS), visit);
        assert_sets(response.headers(), &VISITS.cookie(visit).build().unwrap());
    }
    other.send(&mut app, get_path("/")).await.unwrap();
    assert_eq!((one.cookie("visits"), other.cookie("visits")), (Some("3"), Some("1")));
    one.wait(Duration::from_secs(60));
    assert_eq!(one.cookie("visits"), None, "it has expired");
    one.send(&mut app, get_path("/")).await.unwrap();
    assert_eq!(one.cookie("visits"), Some("1"));
    assert_eq!(one.refused(), []);
}

#[tokio::test]
async fn a_deletion_has_the_path_and_domain_of_the_cookie() {
    const SID: CookieTemplate<'_> =
        CookieTemplate::new("sid").path("/app").domain("shop.example").secure(true).checked();

    let login = async || WithCookie(SID.cookie("31d4").build().unwrap());
    let by_returned_jar = async |mut jar: CookieJar| {
        jar.delete(SID.tombstone().build().unwrap());
        jar
    };
    let by_layer = async |jar: SharedJar| -> Result<(), CookieError> {
        jar.delete(SID.tombstone().build()?)?;
        Ok(())
    };
    let mut app = Router::new()
        .route("/app/login", get(login))
        .route("/app/jar", get(by_returned_jar))
        .route("/app/layer", get(by_layer))
        .layer(CookieLayer::new());
    for logout in ["/app/jar", "/app/layer"] {
        let mut agent = agent();
        agent.send(&mut app, get_path("/app/login")).await.unwrap();
        assert_eq!(agent.cookie("sid"), Some("31d4"));
        let response = agent.send(&mut app, get_path(logout)).await.unwrap();
        assert_deletes(response.headers(), &SID);
        assert_eq!(agent.cookie("sid"), None, "{logout}");
        let response = agent.send(&mut app, get_path("/app/none")).await.unwrap();
        assert_unset(response.headers(), "sid");
    }
}

#[derive(Debug, PartialEq, Deserialize, Serialize)]
struct Cart {
    items: Vec<(u32, u8)>,
}

impl CookieValue for Cart {
    const TEMPLATE: CookieTemplate<'static> = CookieTemplate::new("cart").same_site(SameSite::Lax).checked();
    type Format = format::Json;
}

#[tokio::test]
async fn a_typed_cookie_is_400_when_missing_and_an_option_when_not_needed() {
    let needed = async |TypedCookie(cart): TypedCookie<Cart>| cart.items.len().to_string();
    let optional =
        async |cart: Option<TypedCookie<Cart>>| cart.map_or("none".to_owned(), |cart| cart.0.items.len().to_string());
    let either =
        async |cart: Result<TypedCookie<Cart>, TypedRejection>| cart.map_err(|error| error.to_string()).map(|_| "fine");
    let fill = async || TypedCookie(Cart { items: vec![(31, 2), (7, 1)] });
    let overfill = async || TypedCookie(Cart { items: vec![(1_000_000, 99); 400] });
    let mut app = Router::new()
        .route("/needed", get(needed))
        .route("/optional", get(optional))
        .route("/either", get(either))
        .route("/fill", get(fill))
        .route("/overfill", get(overfill));

    let mut agent = agent();
    let answer = async |app: &mut Router, agent: &mut Agent, path: &str| {
        let response = agent.send(app, get_path(path)).await.unwrap();
        (response.status().as_u16(), text(response).await)
    };
    let missing = r#"the request has no cookie "cart""#.to_owned();
    assert_eq!(answer(&mut app, &mut agent, "/needed").await, (400, missing.clone()));
    assert_eq!(answer(&mut app, &mut agent, "/either").await, (200, missing));
    assert_eq!(answer(&mut app, &mut agent, "/optional").await, (200, "none".to_owned()));

    assert_eq!(answer(&mut app, &mut agent, "/fill").await, (200, String::new()));
    assert_eq!(answer(&mut app, &mut agent, "/needed").await, (200, "2".to_owned()));
    assert_eq!(answer(&mut app, &mut agent, "/optional").await, (200, "2".to_owned()));

    // JSON that is too long says how long it is, and the cookie stays as it was.
    let (status, says) = answer(&mut app, &mut agent, "/overfill").await;
    assert_eq!(status, 500);
    assert!(
        says.starts_with("name and value are ") && says.contains("but user agents drop a cookie over 4096"),
        "{says}"
    );
    assert_eq!(answer(&mut app, &mut agent, "/needed").await, (200, "2".to_owned()));

    let odd = Request::get("/optional").header("cookie", "cart={\"items\":\"secret\"}").body(Body::empty()).unwrap();
    let response = tower::ServiceExt::oneshot(app, odd).await.unwrap();
    assert_eq!(response.status(), StatusCode::BAD_REQUEST);
    assert_eq!(
        text(response).await,
        r#"cookie "cart": the value is JSON of another shape at line 1, column 17; set the cookie anew"#
    );
}

#[derive(Debug, PartialEq, Deserialize, Serialize)]
struct Session {
    user: u64,
    admin: bool,
}

impl CookieValue for Session {
    const TEMPLATE: CookieTemplate<'static> =
        CookieTemplate::prefixed("__Host-session").http_only(true).same_site(SameSite::Lax).partitioned(true).checked();
    type Format = format::Json;
    const PROTECTION: Protection = Protection::Signed;
}

fn key(octet: u8) -> Key {
    Key::from_master(&[octet; 32]).unwrap()
}

fn sessions(layer: CookieLayer) -> Router {
    let login = async |jar: SharedJar| jar.set_typed(&Session { user: 31, admin: false }).map(drop);
    let whoami = async |TypedCookie(session): TypedCookie<Session>| session.user.to_string();
    Router::new()
        .route("/login", get(login))
        .route("/whoami", get(whoami))
        .layer(layer.clock(|| CookieDate::from_unix_timestamp(NOW)))
}

#[tokio::test]
async fn a_prefix_goes_together_with_a_signature() {
    let mut app = sessions(CookieLayer::new().signer(Signer::new(key(1)).lifetime(Duration::from_secs(60))));
    let mut agent = agent();
    let response = agent.send(&mut app, get_path("/login")).await.unwrap();
    let value = assert_sets_by(response.headers(), &Session::TEMPLATE);
    assert!(value.starts_with("{%22user%22:31%2C%22admin%22:false}."), "{value}");
    assert_eq!(agent.refused(), [], "browsers take it");
    assert_eq!(text(agent.send(&mut app, get_path("/whoami")).await.unwrap()).await, "31");

    // With its value changed, or over plain http, it is none.
    let forged = value.replace("false", "true");
    let request = |value: &str| {
        let field = format!("__Host-session={value}");
        Request::get("/whoami").header("cookie", field).body(Body::empty()).unwrap()
    };
    for (value, status) in [(&value, 200), (&forged, 400)] {
        let response = tower::ServiceExt::oneshot(app.clone(), request(value)).await.unwrap();
        assert_eq!(response.status().as_u16(), status, "{value}");
    }
    let mut plain = Agent::new("http://shop.example").unwrap();
    plain.send(&mut app, get_path("/login")).await.unwrap();
    assert!(matches!(plain.refused(), [Refusal::PrefixFromInsecure { .. }]), "{plain:?}");
}

#[tokio::test]
async fn keys_rotate_while_cookies_are_out() {
    let old = CookieLayer::new().signer(Signer::new(key(1)));
    let both = CookieLayer::new().signer(Signer::new(KeyRing::new(key(2)).and(key(1)).unwrap()));
    let new = CookieLayer::new().signer(Signer::new(key(2)));
    let mut agent = agent();
    agent.send(&mut sessions(old), get_path("/login")).await.unwrap();
    let status = async |agent: &mut Agent, layer: &CookieLayer| {
        let response = agent.send(&mut sessions(layer.clone()), get_path("/whoami")).await.unwrap();
        response.status().as_u16()
    };
    assert_eq!((status(&mut agent, &both).await, status(&mut agent, &new).await), (200, 400));
    agent.send(&mut sessions(both.clone()), get_path("/login")).await.unwrap();
    assert_eq!((status(&mut agent, &both).await, status(&mut agent, &new).await), (200, 200));
}

#[tokio::test]
async fn handlers_open_and_seal_by_template() {
    const USER: CookieTemplate<'_> = CookieTemplate::prefixed("__Host-user").http_only(true).checked();

    async fn login(jar: SharedJar) -> Result<StatusCode, CookieError> {
        jar.encrypted()?.set(USER.cookie("Ann; or so"))?;
        Ok(StatusCode::NO_CONTENT)
    }
    async fn whoami(jar: SharedJar) -> Result<String, CookieError> {
        Ok(match jar.encrypted()?.open(&USER) {
            Some(Ok(user)) => user.value,
            Some(Err(error)) => error.to_string(),
            None => "nobody".to_owned(),
        })
    }
    let router = |layer| Router::new().route("/login", get(login)).route("/whoami", get(whoami)).layer(layer);
    let mut app = router(CookieLayer::new().sealer(Sealer::new(key(3))));
    let mut agent = agent();
    let ask =
        async |app: &mut Router, agent: &mut Agent| text(agent.send(app, get_path("/whoami")).await.unwrap()).await;
    assert_eq!(ask(&mut app, &mut agent).await, "nobody");
    let response = agent.send(&mut app, get_path("/login")).await.unwrap();
    assert!(!assert_sets_by(response.headers(), &USER).contains("Ann"));
    assert_eq!(ask(&mut app, &mut agent).await, "Ann; or so");
    let mut other = router(CookieLayer::new().sealer(Sealer::new(key(4))));
    assert_eq!(ask(&mut other, &mut agent).await, "the value was sealed with a key that is not in the ring");
    // No key is there by itself.
    let response = agent.send(&mut router(CookieLayer::new()), get_path("/whoami")).await.unwrap();
    assert_eq!(response.status(), StatusCode::INTERNAL_SERVER_ERROR);
    assert!(text(response).await.ends_with(": a hardtack_axum::CookieLayer with .sealer(..)"));
}

#[tokio::test]
async fn a_template_for_production_and_one_for_localhost() {
    const SID: CookieTemplate<'_> = CookieTemplate::prefixed("__Host-sid").http_only(true).checked();
    const SID_OVER_HTTP: CookieTemplate<'_> = SID.renamed("sid").secure(false).checked();

    for (template, origin) in [(SID, "https://shop.example"), (SID_OVER_HTTP, "http://localhost:3000")] {
        let mut app = Router::new().route(
            "/",
            get(async move |jar: SharedJar| {
                jar.set(template.cookie("31d4").build()?)?;
                Ok::<_, CookieError>(())
            }),
        );
        app = app.layer(CookieLayer::new());
        let mut agent = Agent::new(origin).unwrap();
        agent.send(&mut app, get_path("/")).await.unwrap();
        assert_eq!((agent.cookie(template.name()), agent.refused()), (Some("31d4"), [].as_slice()), "{origin}");
    }
}

#[tokio::test]
async fn the_assertion_says_what_differs() {
    let mut app =
        Router::new().route("/", get(async || WithCookie(SetCookie::builder("theme", "dark").build().unwrap())));
    let response = agent().send(&mut app, get_path("/")).await.unwrap();
    let expected = SetCookie::builder("theme", "light").secure(true).build().unwrap();
    let headers = response.headers().clone();
    let panic = std::panic::catch_unwind(|| assert_sets(&headers, &expected)).unwrap_err();
    assert_eq!(
        panic.downcast_ref::<String>().unwrap(),
        "the response sets the cookie \"theme\" otherwise:\n  value: expected \"light\", found \"dark\"\n  \
         Secure: expected it, found none"
    );
}
