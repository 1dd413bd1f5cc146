//! A small application that shares its login with a Flask one: the same `SECRET_KEY`, the same session cookie.
//!
//! `cargo run -p hardtack-compat --example shared_login -- SECRET_KEY` listens on a free port of 127.0.0.1 and prints its
//! address. `GET /me` says who is logged in, `POST /login` with `user=NAME` logs in, `POST /logout` logs out. What else
//! Flask put into the session stays there. `tests/interop` runs both applications side by side.

use core::error::Error;
use std::env;
use std::io::{self, BufRead as _, BufReader, Read as _, Write as _};
use std::net::{TcpListener, TcpStream};
use std::time::{SystemTime, UNIX_EPOCH};

use hardtack::{Cookies, SameSite, SetCookie, tombstone};
use hardtack_compat::flask::{Key, Session, Sessions};

/// What Flask calls its session cookie unless it is told otherwise.
const NAME: &str = "session";

/// More of a request than this is not read.
const REQUEST: u64 = 64 * 1024;

fn main() -> Result<(), Box<dyn Error>> {
    let key = env::args().nth(1).ok_or("usage: shared_login SECRET_KEY")?;
    let sessions = Sessions::new(Key::new(key)?);
    let listener = TcpListener::bind("127.0.0.1:0")?;
    println!("http://{}", listener.local_addr()?);
    for stream in listener.incoming() {
        if let Err(error) = serve(stream?, &sessions) {
            eprintln!("{error}");
        }
    }
    Ok(())
}

/// A request, as much of it as matters here.
#[derive(Default)]
struct Request {
    line: String,
    cookie: String,
    body: String,
}

fn read(stream: &TcpStream) -> io::Result<Request> {
    let mut reader = BufReader::new(stream.take(REQUEST));
    let mut request = Request::default();
    reader.read_line(&mut request.line)?;
    let mut len = 0;
    loop {
        let mut line = String::new();
        reader.read_line(&mut line)?;
        let line = line.trim_end();
        if line.is_empty() {
            break;
        }
        match line.split_once(':') {
            Some((name, value)) if name.eq_ignore_ascii_case("cookie") => request.cookie = value.trim().into(),
            Some((name, value)) if name.eq_ignore_ascii_case("content-length") => {
                len = value.trim().parse().map_err(io::Error::other)?;
            }
            _ => {}
        }
    }
    reader.take(len).read_to_string(&mut request.body)?;
    Ok(request)
}

fn serve(mut stream: TcpStream, sessions: &Sessions) -> Result<(), Box<dyn Error>> {
    let request = read(&stream)?;
    let now = SystemTime::now().duration_since(UNIX_EPOCH)?.as_secs();
    let mut session = session(&request.cookie, sessions, now);
    let mut parts = request.line.split(' ');
    let (status, body, set_cookie) = match (parts.next(), parts.next()) {
        (Some("GET"), Some("/me")) => match session.get("user").and_then(|user| user.as_str()) {
            Some(user) => ("200 OK", user.to_owned(), None),
            None => ("401 Unauthorized", String::new(), None),
        },
        (Some("POST"), Some("/login")) => match request.body.strip_prefix("user=") {
            Some(user) if !user.is_empty() => {
                session.insert("user", hardtack::value::percent::decode(user)?.into_owned());
                ("200 OK", String::new(), Some(cookie(&session, sessions, now)?))
            }
            _ => ("400 Bad Request", String::new(), None),
        },
        (Some("POST"), Some("/logout")) => {
            session.remove("user");
            ("200 OK", String::new(), Some(cookie(&session, sessions, now)?))
        }
        _ => ("404 Not Found", String::new(), None),
    };
    let set_cookie = set_cookie.map(|cookie| format!("Set-Cookie: {cookie}\r\n")).unwrap_or_default();
    let head = format!(
        "HTTP/1.1 {status}\r\nVary: Cookie\r\n{set_cookie}Content-Length: {}\r\nConnection: close\r\n\r\n",
        body.len()
    );
    stream.write_all(head.as_bytes())?;
    stream.write_all(body.as_bytes())?;
    Ok(())
}

/// The session of a Cookie field; of several cookies of the name, the first that opens.
fn session(field: &str, sessions: &Sessions, now: u64) -> Session {
    let texts = Cookies::new(field);
    let opened = texts.get_all(NAME).find_map(|text| sessions.open(text, now).ok());
    opened.map(hardtack_compat::Opened::into_value).unwrap_or_default()
}

/// The cookie of a session, or, as Flask does it, the deletion of one that has become empty.
fn cookie(session: &Session, sessions: &Sessions, now: u64) -> Result<SetCookie<'static>, Box<dyn Error>> {
    let builder =
        if session.is_empty() { tombstone(NAME) } else { SetCookie::builder(NAME, sessions.sign(session, now)?) };
    Ok(builder.http_only(true).same_site(SameSite::Lax).build()?)
}
