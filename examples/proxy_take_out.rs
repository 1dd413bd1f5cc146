//! Takes one cookie out of the requests that pass, and leaves every other octet as it is.
//!
//! ```sh
//! printf 'Cookie: theme=dark; sid=31d4; lang=en\r\n' | cargo run --example proxy_take_out -- sid
//! ```

use std::{env, io};

use hardtack::Cookies;

mod head;

fn main() -> io::Result<()> {
    let name = env::args().nth(1).unwrap_or_else(|| "sid".to_owned());
    head::lines(|line, out| {
        if !line.is("Cookie") {
            return line.write(line.text, out);
        }
        let kept = Cookies::new(line.text).retain(|pair| !pair.is_named(&name));
        // A request without a cookie has no such field.
        if kept.is_empty() { Ok(()) } else { line.write(&kept, out) }
    })
}
