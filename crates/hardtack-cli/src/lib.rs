//! What a developer has on the clipboard, read and explained: header lines, `curl -v` transcripts, "copy as cURL", HAR.
//!
//! [`input`] finds the Cookie and Set-Cookie fields of a text, [`reading`] tells what each says, and [`agent`] what the
//! browsers do with it. All give structures; the command `hardtack` prints them.
//!
//! ```
//! use hardtack_cli::input;
//!
//! let found = input::fields(b"curl 'https://shop.example/cart' -b 'sid=31d4'")?;
//! assert_eq!(found[0].text, b"sid=31d4");
//! assert_eq!(found[0].request.as_ref().unwrap().url, "https://shop.example/cart");
//! # Ok::<(), input::CurlError>(())
//! ```

#![forbid(unsafe_code)]

extern crate alloc;

pub mod agent;
pub mod input;
pub mod reading;
pub mod screen;
pub mod stored;
