//! Requests without a connection, servers on loopback, and what is asked of responses.

#![allow(dead_code, reason = "each test takes what it needs")]
#![allow(unreachable_pub, reason = "a module of several tests")]

use core::net::SocketAddr;
use std::io::{Read as _, Write as _};
use std::net::{TcpListener, TcpStream};
use std::thread;

use actix_web::http::header::{COOKIE, HeaderMap, HeaderValue, SET_COOKIE};
use actix_web::rt::System;
use actix_web::test::TestRequest;
use actix_web::web::ServiceConfig;
use actix_web::{App, HttpServer};
use hardtack::{SetCookie, tombstone};
use hardtack_actix::CookieMiddleware;

pub const GONE: &str = "DELETED; Expires=Thu, 01 Jan 1970 00:00:00 GMT; Max-Age=0; Path=/";

/// A request with these Cookie fields.
pub fn request(fields: &[&[u8]]) -> TestRequest {
    fields.iter().fold(TestRequest::get(), |request, field| {
        request.append_header((COOKIE, HeaderValue::from_bytes(field).unwrap()))
    })
}

pub fn cookie(name: &'static str, value: &str) -> SetCookie<'static> {
    SetCookie::builder(name, value.to_owned()).build().unwrap()
}

pub fn gone(name: &'static str) -> SetCookie<'static> {
    tombstone(name).build().unwrap()
}

/// The Set-Cookie fields, in order.
pub fn fields(headers: &HeaderMap) -> Vec<String> {
    headers.get_all(SET_COOKIE).map(|field| String::from_utf8(field.as_bytes().to_vec()).unwrap()).collect()
}

/// Serves an application in the middleware, on a thread that ends with the test.
pub fn serve(routes: fn(&mut ServiceConfig)) -> SocketAddr {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = listener.local_addr().unwrap();
    thread::spawn(move || {
        System::new().block_on(async move {
            let server = HttpServer::new(move || App::new().configure(routes).wrap(CookieMiddleware::new()));
            server.workers(2).disable_signals().listen(listener).unwrap().run().await.unwrap();
        });
    });
    address
}

/// What came over the wire.
#[derive(Debug)]
pub struct Answer {
    pub status: u16,
    pub head: String,
    /// As chunks, where it came so.
    pub body: String,
}

impl Answer {
    fn new(text: &str) -> Self {
        let (head, body) = text.split_once("\r\n\r\n").unwrap();
        let status = head.split(' ').nth(1).unwrap().parse().unwrap();
        Self { status, head: head.to_owned(), body: body.to_owned() }
    }

    /// The values of the fields of a name, in lower case, in order.
    pub fn fields(&self, name: &str) -> Vec<&str> {
        let fields = self.head.lines().skip(1).filter_map(|line| line.split_once(": "));
        fields.filter(|(of, _)| of.eq_ignore_ascii_case(name)).map(|(_, value)| value).collect()
    }

    /// The Set-Cookie fields, in order.
    pub fn set(&self) -> Vec<&str> {
        self.fields("set-cookie")
    }
}

/// What a GET of a path gets on a connection of its own.
pub fn get(address: SocketAddr, path: &str, cookies: &[&str]) -> Answer {
    let mut stream = TcpStream::connect(address).unwrap();
    write!(stream, "GET {path} HTTP/1.1\r\nHost: shop.example\r\nConnection: close\r\n").unwrap();
    for field in cookies {
        write!(stream, "Cookie: {field}\r\n").unwrap();
    }
    stream.write_all(b"\r\n").unwrap();
    let mut text = String::new();
    stream.read_to_string(&mut text).unwrap();
    Answer::new(&text)
}

/// The head of the next response on a connection.
pub fn head(stream: &mut TcpStream) -> Answer {
    let mut head = Vec::new();
    while !head.ends_with(b"\r\n\r\n") {
        let mut octet = [0];
        stream.read_exact(&mut octet).unwrap();
        head.extend(octet);
    }
    Answer::new(str::from_utf8(&head).unwrap())
}
