//! Adds Secure, HttpOnly and SameSite to every Set-Cookie that passes; the cookies named are left to scripts.
//!
//! ```sh
//! printf 'Set-Cookie: sid=31d4; Path=/\r\n' | cargo run --example proxy_add_flags -- XSRF-TOKEN
//! ```

use std::{env, io};

use hardtack::{SameSite, SetCookie};

mod head;

fn main() -> io::Result<()> {
    let for_scripts: Vec<String> = env::args().skip(1).collect();
    head::lines(|line, out| {
        if !line.is("Set-Cookie") {
            return line.write(line.text, out);
        }
        // What is no cookie to a user agent is not made one here.
        let Ok(mut cookie) = SetCookie::parse(line.text) else {
            return line.write(line.text, out);
        };
        cookie.set_secure(true);
        if !for_scripts.iter().any(|name| name.as_bytes() == cookie.name()) {
            cookie.set_http_only(true);
        }
        if cookie.same_site().is_none() {
            cookie.set_same_site(Some(SameSite::Lax));
        }
        line.write(&cookie.to_bytes(), out)
    })
}
