//! Rewrites Domain and Path of every Set-Cookie that passes, from what the backend knows to what the client sees.
//!
//! ```sh
//! printf 'Set-Cookie: sid=31d4; Domain=app.internal; Path=/app/cart\r\n' |
//!     cargo run --example proxy_rewrite -- app.internal shop.example /app /shop
//! ```

use std::{env, io};

use hardtack::{BuildError, Prefix, SetCookie};

mod head;

struct Rewrite {
    domain: (String, String),
    path: (String, String),
}

impl Rewrite {
    fn apply(&self, cookie: &mut SetCookie<'_, [u8]>) -> Result<(), BuildError> {
        let (from, to) = &self.domain;
        if cookie.domain() == Some(from.as_bytes()) {
            cookie.set_domain(Some(to.as_bytes()))?;
        }
        // Of such a cookie user agents take no other Path than `/`.
        let is_rooted = Prefix::of(cookie.name()).is_some_and(Prefix::needs_host_only);
        if let Some(path) = cookie.path().and_then(|path| self.moved(path)).filter(|_| !is_rooted) {
            cookie.set_path(Some(&path))?;
        }
        Ok(())
    }

    /// The path in its new place, where it is the one that moves or below it.
    fn moved(&self, path: &[u8]) -> Option<Vec<u8>> {
        let (from, to) = (self.path.0.as_bytes(), self.path.1.as_bytes());
        if path == from {
            return Some(to.to_vec());
        }
        let below = path.strip_prefix(from.strip_suffix(b"/").unwrap_or(from))?.strip_prefix(b"/")?;
        Some([to.strip_suffix(b"/").unwrap_or(to), b"/", below].concat())
    }
}

fn main() -> io::Result<()> {
    let [from_domain, to_domain, from_path, to_path] =
        env::args().skip(1).collect::<Vec<_>>().try_into().map_err(|_| {
            io::Error::other("pass the domain and the domain it becomes, the path and the path it becomes")
        })?;
    let rewrite = Rewrite { domain: (from_domain, to_domain), path: (from_path, to_path) };
    head::lines(|line, out| {
        if line.is("Set-Cookie")
            && let Ok(mut cookie) = SetCookie::parse(line.text)
        {
            rewrite.apply(&mut cookie).map_err(io::Error::other)?;
            return line.write(&cookie.to_bytes(), out);
        }
        line.write(line.text, out)
    })
}
