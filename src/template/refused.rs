//! Templates that do not compile, a rule a block; and first one that does, so that it is the rule that each of them fails by.
//!
//! ```
//! # use hardtack::{CookieTemplate, SameSite};
//! const SID: CookieTemplate =
//!     CookieTemplate::prefixed("__Host-Http-sid").same_site(SameSite::None).checked();
//! const LABELS: CookieTemplate =
//!     CookieTemplate::new("sid").domain("x.org").path("/app").checked();
//! # let _ = (SID, LABELS);
//! ```
//!
//! No name.
//!
//! ```compile_fail,E0080
//! # use hardtack::CookieTemplate;
//! const _: CookieTemplate = CookieTemplate::new("").checked();
//! ```
//!
//! A name that is no token.
//!
//! ```compile_fail,E0080
//! # use hardtack::CookieTemplate;
//! const _: CookieTemplate = CookieTemplate::new("session id").checked();
//! ```
//!
//! A name of more than 4096 octets.
//!
//! ```compile_fail,E0080
//! # use hardtack::CookieTemplate;
//! const LONG: &str = match str::from_utf8(&[b'a'; 4097]) { Ok(text) => text, Err(_) => "a" };
//! const _: CookieTemplate = CookieTemplate::new(LONG).checked();
//! ```
//!
//! A Path that does not begin with `/`.
//!
//! ```compile_fail,E0080
//! # use hardtack::CookieTemplate;
//! const _: CookieTemplate = CookieTemplate::new("sid").path("app").checked();
//! ```
//!
//! A Path with an octet that may not stand in an attribute.
//!
//! ```compile_fail,E0080
//! # use hardtack::CookieTemplate;
//! const _: CookieTemplate = CookieTemplate::new("sid").path("/a;b").checked();
//! ```
//!
//! A Path with white space at an end.
//!
//! ```compile_fail,E0080
//! # use hardtack::CookieTemplate;
//! const _: CookieTemplate = CookieTemplate::new("sid").path("/app ").checked();
//! ```
//!
//! A Path of more than 1024 octets.
//!
//! ```compile_fail,E0080
//! # use hardtack::CookieTemplate;
//! const LONG: &str = match str::from_utf8(&[b'/'; 1025]) { Ok(text) => text, Err(_) => "/" };
//! const _: CookieTemplate = CookieTemplate::new("sid").path(LONG).checked();
//! ```
//!
//! An empty Domain.
//!
//! ```compile_fail,E0080
//! # use hardtack::CookieTemplate;
//! const _: CookieTemplate = CookieTemplate::new("sid").domain(".").checked();
//! ```
//!
//! A Domain that is an IPv4 address.
//!
//! ```compile_fail,E0080
//! # use hardtack::CookieTemplate;
//! const _: CookieTemplate = CookieTemplate::new("sid").domain("127.1").checked();
//! ```
//!
//! A Domain that is an IPv6 address.
//!
//! ```compile_fail,E0080
//! # use hardtack::CookieTemplate;
//! const _: CookieTemplate = CookieTemplate::new("sid").domain("::1").checked();
//! ```
//!
//! A Domain beyond ASCII.
//!
//! ```compile_fail,E0080
//! # use hardtack::CookieTemplate;
//! const _: CookieTemplate = CookieTemplate::new("sid").domain("b\u{FC}cher.de").checked();
//! ```
//!
//! A Domain with an octet of no host name.
//!
//! ```compile_fail,E0080
//! # use hardtack::CookieTemplate;
//! const _: CookieTemplate = CookieTemplate::new("sid").domain("x_y.org").checked();
//! ```
//!
//! A Domain with an empty label.
//!
//! ```compile_fail,E0080
//! # use hardtack::CookieTemplate;
//! const _: CookieTemplate = CookieTemplate::new("sid").domain("x..org").checked();
//! ```
//!
//! A Domain of more than 253 octets.
//!
//! ```compile_fail,E0080
//! # use hardtack::CookieTemplate;
//! const LABEL: [u8; 64] = *b"aaaaaaaabbbbbbbbccccccccddddddddeeeeeeeeffffffffgggggggghhhhhhh.";
//! const LABELS: [[u8; 64]; 4] = [LABEL; 4];
//! const LONG: &str = match str::from_utf8(LABELS.as_flattened().split_at(255).0) { Ok(text) => text, Err(_) => "a" };
//! const _: CookieTemplate = CookieTemplate::new("sid").domain(LONG).checked();
//! ```
//!
//! A Domain of more than 1024 octets.
//!
//! ```compile_fail,E0080
//! # use hardtack::CookieTemplate;
//! const LONG: &str = match str::from_utf8(&[b'a'; 1025]) { Ok(text) => text, Err(_) => "a" };
//! const _: CookieTemplate = CookieTemplate::new("sid").domain(LONG).checked();
//! ```
//!
//! `__Secure-` without Secure.
//!
//! ```compile_fail,E0080
//! # use hardtack::CookieTemplate;
//! const _: CookieTemplate = CookieTemplate::new("__Secure-sid").checked();
//! ```
//!
//! `__Host-` without Secure.
//!
//! ```compile_fail,E0080
//! # use hardtack::CookieTemplate;
//! const _: CookieTemplate = CookieTemplate::new("__Host-sid").checked();
//! ```
//!
//! `__Host-` with a Domain.
//!
//! ```compile_fail,E0080
//! # use hardtack::CookieTemplate;
//! const _: CookieTemplate = CookieTemplate::prefixed("__Host-sid").domain("x.org").checked();
//! ```
//!
//! `__Host-` with another Path.
//!
//! ```compile_fail,E0080
//! # use hardtack::CookieTemplate;
//! const _: CookieTemplate = CookieTemplate::prefixed("__Host-sid").path("/app").checked();
//! ```
//!
//! `__Host-` without a Path.
//!
//! ```compile_fail,E0080
//! # use hardtack::CookieTemplate;
//! const _: CookieTemplate = CookieTemplate::prefixed("__Host-sid").no_path().checked();
//! ```
//!
//! `__Http-` without HttpOnly.
//!
//! ```compile_fail,E0080
//! # use hardtack::CookieTemplate;
//! const _: CookieTemplate = CookieTemplate::new("__Http-sid").secure(true).checked();
//! ```
//!
//! `__Host-Http-` without HttpOnly.
//!
//! ```compile_fail,E0080
//! # use hardtack::CookieTemplate;
//! const _: CookieTemplate = CookieTemplate::new("__Host-Http-sid").secure(true).checked();
//! ```
//!
//! `SameSite=None` without Secure.
//!
//! ```compile_fail,E0080
//! # use hardtack::CookieTemplate;
//! const _: CookieTemplate = CookieTemplate::new("sid").same_site(hardtack::SameSite::None).checked();
//! ```
//!
//! Partitioned without Secure.
//!
//! ```compile_fail,E0080
//! # use hardtack::CookieTemplate;
//! const _: CookieTemplate = CookieTemplate::new("sid").partitioned(true).checked();
//! ```
