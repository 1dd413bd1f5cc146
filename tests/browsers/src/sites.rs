//! Sites of this machine, whose responses hold any octet: what no server library would write.

use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::net::{TcpListener, TcpStream};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread;

use crate::Failure;

/// A request, as far as it matters.
#[derive(Clone, Debug, Default)]
pub struct Asked {
    /// The host, without port.
    pub host: String,
    /// The port.
    pub port: u16,
    /// Path and query.
    pub target: String,
    /// The Cookie field.
    pub cookie: Option<Vec<u8>>,
}

/// A response.
#[derive(Clone, Debug, Default)]
pub struct Answer {
    /// The Set-Cookie fields.
    pub set_cookies: Vec<Vec<u8>>,
    /// Where to go, if elsewhere.
    pub location: Option<String>,
    /// The page.
    pub html: String,
}

/// What is asked so far.
#[derive(Clone, Debug)]
pub struct Sites {
    /// The port at which every site is.
    pub port: u16,
    seen: Arc<Mutex<Vec<Asked>>>,
}

impl Sites {
    /// Begins to answer.
    ///
    /// # Errors
    ///
    /// - no port
    pub fn begin(answer: impl Fn(&Asked) -> Answer + Send + Sync + 'static) -> Result<Self, Failure> {
        let listener = TcpListener::bind(("127.0.0.1", 0))?;
        let sites = Self { port: listener.local_addr()?.port(), seen: Arc::default() };
        let (seen, answer) = (Arc::clone(&sites.seen), Arc::new(answer));
        thread::spawn(move || {
            for stream in listener.incoming().filter_map(Result::ok) {
                let (seen, answer) = (Arc::clone(&seen), Arc::clone(&answer));
                // A connection that a browser opens ahead and leaves idle costs its thread alone.
                thread::spawn(move || serve(stream, &seen, &*answer));
            }
        });
        Ok(sites)
    }

    /// Takes what was asked since this was called last.
    #[must_use]
    pub fn take(&self) -> Vec<Asked> {
        core::mem::take(&mut *self.seen.lock().unwrap_or_else(PoisonError::into_inner))
    }
}

fn serve(mut stream: TcpStream, seen: &Mutex<Vec<Asked>>, answer: &dyn Fn(&Asked) -> Answer) -> Option<()> {
    let asked = read(&stream)?;
    let given = answer(&asked);
    seen.lock().unwrap_or_else(PoisonError::into_inner).push(asked);
    let mut head = match &given.location {
        Some(location) => format!("HTTP/1.1 302 Found\r\nLocation: {location}\r\n"),
        None => "HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\n".to_owned(),
    }
    .into_bytes();
    for line in &given.set_cookies {
        head.extend_from_slice(b"Set-Cookie: ");
        head.extend_from_slice(line);
        head.extend_from_slice(b"\r\n");
    }
    head.extend_from_slice(
        format!("Cache-Control: no-store\r\nConnection: close\r\nContent-Length: {}\r\n\r\n", given.html.len())
            .as_bytes(),
    );
    head.extend_from_slice(given.html.as_bytes());
    stream.write_all(&head).ok()
}

fn read(stream: &TcpStream) -> Option<Asked> {
    let mut lines = BufReader::new(stream.take(1 << 20));
    let mut line = Vec::new();
    let mut next = || {
        line.clear();
        lines.read_until(b'\n', &mut line).ok()?;
        let text = line.strip_suffix(b"\r\n")?;
        Some(text.to_vec()).filter(|text| !text.is_empty())
    };
    let first = String::from_utf8(next()?).ok()?;
    let target = first.split(' ').nth(1)?;
    // A proxy is given the whole URL.
    let target = match target.strip_prefix("http://") {
        Some(rest) => rest.find('/').and_then(|at| rest.get(at..)).unwrap_or("/"),
        None => target,
    };
    let mut asked = Asked { target: target.to_owned(), ..Asked::default() };
    while let Some(field) = next() {
        let colon = field.iter().position(|&byte| byte == b':')?;
        let (name, value) = field.split_at(colon);
        let value = value.get(1..)?.trim_ascii();
        if name.eq_ignore_ascii_case(b"host") {
            let host = str::from_utf8(value).ok()?;
            let (host, port) = host.split_once(':').unwrap_or((host, "80"));
            host.clone_into(&mut asked.host);
            asked.port = port.parse().ok()?;
        } else if name.eq_ignore_ascii_case(b"cookie") {
            asked.cookie = Some(value.to_vec());
        }
    }
    Some(asked)
}
