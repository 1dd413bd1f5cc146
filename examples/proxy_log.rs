//! Writes an access log of the cookies that pass: names, attributes and how long a value is, but no value.
//!
//! ```sh
//! printf 'GET / HTTP/1.1\r\nCookie: sid=31d4; theme=dark\r\n' | cargo run --example proxy_log
//! ```

use std::io;

use hardtack::{Cookies, SetCookie};

mod head;

fn main() -> io::Result<()> {
    head::lines(|line, out| {
        if line.is("Cookie") {
            let cookies = Cookies::new(line.text);
            let mut entry = vec![cookies.redacted().to_string()];
            entry.extend(cookies.refused().map(|refused| format!("({refused})")));
            return line.write(entry.join(" ").as_bytes(), out);
        }
        if line.is("Set-Cookie") {
            let entry = match SetCookie::parse(line.text) {
                Ok(cookie) => cookie.redacted().to_string(),
                Err(refused) => format!("({refused})"),
            };
            return line.write(entry.as_bytes(), out);
        }
        // Any other line may hold a secret.
        Ok(())
    })
}
