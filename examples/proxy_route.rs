//! Routes requests by their session cookie: behind each Cookie field it says which backend the session is on.
//!
//! The octets of the cookie decide, whatever they are. A backend that goes takes no other's sessions along.
//!
//! ```sh
//! printf 'Cookie: theme=dark; sid=31d4\r\n' | cargo run --example proxy_route -- sid a.internal b.internal
//! ```

use core::hash::{BuildHasher, BuildHasherDefault};
use std::hash::DefaultHasher;
use std::{env, io};

use hardtack::Cookies;

mod head;

/// The backend that scores highest for a session; another one's coming or going does not change the score.
fn backend<'b>(backends: &'b [String], session: &[u8]) -> Option<&'b String> {
    let hash = BuildHasherDefault::<DefaultHasher>::new();
    backends.iter().max_by_key(|backend| hash.hash_one((backend, session)))
}

fn main() -> io::Result<()> {
    let mut arguments = env::args().skip(1);
    let name = arguments.next().unwrap_or_else(|| "sid".to_owned());
    let backends: Vec<String> = arguments.collect();
    head::lines(|line, out| {
        line.write(line.text, out)?;
        if line.is("Cookie")
            && let Some(session) = Cookies::new(line.text).get(&name)
            && let Some(backend) = backend(&backends, session)
        {
            write!(out, "Backend: {backend}\r\n")?;
        }
        Ok(())
    })
}
