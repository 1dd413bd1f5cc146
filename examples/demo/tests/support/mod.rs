//! A visitor: the router, and a client that keeps cookies as a browser does.

#![allow(dead_code, reason = "each file of tests uses a part")]
#![allow(clippy::unwrap_used, reason = "a visitor that cannot ask is a failing test")]

use axum::Router;
use axum::body::Body;
use demo::{Keys, router};
use hardtack::SetCookie;
use hardtack::agent::Profile;
use hardtack_axum::test::Agent;
use http::header::{CONTENT_TYPE, SET_COOKIE};
use http::{HeaderMap, Request, StatusCode};
use http_body_util::BodyExt as _;

pub const FLASK_SECRET: &str = "a secret of the tests";

pub struct Visitor {
    router: Router,
    pub agent: Agent,
}

/// A response, read.
pub struct Answer {
    pub status: StatusCode,
    pub headers: HeaderMap,
    pub body: String,
}

impl Answer {
    /// Whether a text stands on the page, as the browser shows it.
    pub fn shows(&self, text: &str) -> bool {
        let escaped = text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;");
        self.body.contains(&escaped)
    }

    pub fn set_cookies(&self) -> Vec<&str> {
        self.headers.get_all(SET_COOKIE).iter().map(|line| line.to_str().unwrap()).collect()
    }

    /// The one cookie that is set.
    pub fn set_cookie(&self) -> SetCookie<'static> {
        let lines = self.set_cookies();
        assert_eq!(lines.len(), 1);
        SetCookie::parse(lines[0]).unwrap().into_owned()
    }
}

impl Visitor {
    pub fn new() -> Self {
        Self::of(&Self::server())
    }

    pub fn server() -> Router {
        router(Keys::new(None, Some(FLASK_SECRET)).unwrap())
    }

    /// Another visitor of the same server.
    pub fn of(router: &Router) -> Self {
        Self { router: router.clone(), agent: Agent::new("http://127.0.0.1:8000").unwrap().profile(Profile::Chromium) }
    }

    pub async fn get(&mut self, path: &str) -> Answer {
        self.send(Request::get(path).body(Body::empty()).unwrap()).await
    }

    pub async fn post(&mut self, path: &str, form: &[(&str, &str)]) -> Answer {
        let body = form_urlencoded::Serializer::new(String::new()).extend_pairs(form).finish();
        let request = Request::post(path).header(CONTENT_TYPE, "application/x-www-form-urlencoded");
        self.send(request.body(Body::from(body)).unwrap()).await
    }

    pub async fn send(&mut self, request: Request<Body>) -> Answer {
        let response = self.agent.send(&mut self.router, request).await.unwrap();
        let (parts, body) = response.into_parts();
        let body = body.collect().await.unwrap().to_bytes();
        Answer { status: parts.status, headers: parts.headers, body: String::from_utf8(body.to_vec()).unwrap() }
    }

    /// Takes what the visitor writes into the cookie store by hand.
    pub fn write(&mut self, line: &str) {
        let context = hardtack::agent::Context::http("127.0.0.1", "/").unwrap();
        let now = std::time::SystemTime::now().into();
        assert!(self.agent.store_mut().set(line, &context, now).is_stored(), "{line}");
    }
}
