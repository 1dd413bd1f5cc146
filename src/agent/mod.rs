//! What a user agent does with a cookie: whether it keeps it, where it sends it, and why not.
//!
//! [`judge`] answers for one Set-Cookie line; a [`Store`] keeps what was accepted and writes the Cookie field of the
//! next request. Both follow a [`Profile`]: RFC 6265bis to the letter, or one of two browsers, which part from it by the
//! [`Rule`]s of one table. Nothing here reads a clock or the network: whoever asks says what time it is.
//!
//! ```
//! use hardtack::CookieDate;
//! use hardtack::agent::{Context, Profile, Store};
//!
//! let now = CookieDate::from_unix_timestamp(1_800_000_000);
//! let mut store = Store::new(Profile::Chromium);
//! let login = Context::https("shop.example", "/login")?;
//!
//! let verdict = store.set("__Host-sid=31d4; Secure", &login, now);
//! assert_eq!(
//!     verdict.to_string(),
//!     "refused: a name that begins with \"__Host-\" in any letter case needs Path=/; \
//!      write Path=/, or rename the cookie (RFC 6265bis section 5.7, steps 20 and 21)"
//! );
//! assert!(store.set("__Host-sid=31d4; Secure; Path=/", &login, now).is_stored());
//! assert_eq!(store.cookie_field(&login, now).unwrap(), b"__Host-sid=31d4");
//! # Ok::<(), hardtack::agent::HostError>(())
//! ```
//!
//! # Reasons for refusal, by profile
//!
//! | [`Refusal`] | input, over https unless it says http | rfc6265bis | chromium | firefox |
//! |---|---|---|---|---|
//! | `ControlByte` | `a=b\x01` | refused | refused | refused |
//! | `InnerTab` | `a=b\tc` | kept | refused | kept |
//! | `Empty` | `=; Path=/` | refused | refused | refused |
//! | `Nameless` | `=b` | kept | kept | refused |
//! | `NamelessWithEquals` | `=a=b` | kept | refused | refused, as `Nameless` |
//! | `NamelessPrefix` | `=__Host-a=b` | refused | refused | refused, as `Nameless` |
//! | `PairTooLong` | a name and a value of 4097 octets together | refused | refused | refused |
//! | `DomainNotAscii` | `a=b; Domain=café.example` | refused | kept, if it matches as A-labels | refused |
//! | `DomainIsDot` | `a=b; Domain=.` | kept | refused | refused |
//! | `DomainMismatch` | `a=b; Domain=other.example` | refused | refused | refused |
//! | `PublicSuffix` | `a=b; Domain=example` | refused | refused | refused |
//! | `TabInPath` | `a=b; Path=/c\td` | kept | refused, as `InnerTab` | refused |
//! | `Prefix` | `__Secure-a=b` | refused | refused | refused |
//! | `Prefix` | `__Http-a=b; Secure` | kept | refused | refused |
//! | `Prefix` | `__Host-a=b; Secure`, at `/` | refused | refused | kept |
//! | `PrefixFromInsecure` | `__Secure-a=b; Secure`, http | refused | refused | refused |
//! | `SameSiteNoneInsecure` | `a=b; SameSite=None` | refused | refused | refused |
//! | `PartitionedInsecure` | `a=b; Partitioned` | kept | refused | refused |
//! | `PartitionedFromInsecure` | `a=b; Secure; Partitioned`, http | refused, as `SecureFromInsecure` | refused | refused |
//! | `SecureFromInsecure` | `a=b; Secure`, http | refused | refused | refused |
//! | `SecureFromInsecure` | `a=b; Secure`, `http://localhost` | refused | kept | kept |
//! | `HttpOnlyFromScript` | `a=b; HttpOnly`, by a script | refused | refused | refused |
//! | `CrossSite` | `a=b; SameSite=Lax`, cross-site | refused | refused | refused |
//! | `CrossSite` | `a=b`, cross-site | refused | refused | kept |
//! | `ShadowsSecure` | `a=b`, http, beside a Secure `a` | refused | refused | refused |
//! | `ReplacesHttpOnly` | `a=b`, by a script, over an HttpOnly `a` | refused | refused | refused |
//!
//! Beside these a store refuses `ThirdParty`, where third parties are blocked, and in Firefox `SiteIsFull`, a cookie without
//! Secure of a site full of Secure ones.
//!
//! # Third parties
//!
//! What becomes of the cookies of `https://widget.example`, embedded by a page of `https://shop.example`, in the profiles
//! with a policy for [`ThirdParties`]. Chromium leaves the policy to the user and begins by allowing them; Firefox keeps
//! them apart. A cookie in the tab's jar is sent to the widget under pages of shop.example and nowhere else.
//!
//! | the line | rfc6265bis, allow | chromium, allow | chromium, block | firefox, partition |
//! |---|---|---|---|---|
//! | third party, `a=1` | refused | refused | refused | in the tab's jar |
//! | third party, `a=1; SameSite=Lax` | refused | refused | refused | in the tab's jar, not sent |
//! | third party, `a=1; SameSite=None; Secure` | kept | kept | refused | in the tab's jar |
//! | third party, `a=1; SameSite=None; Secure; Partitioned` | kept | in the tab's jar | in the tab's jar | in the tab's jar |
//! | third party, `a=1; Secure; Partitioned` | refused | refused | refused | in the tab's jar |
//!
//! The widget's first-party cookies are sent along, if they are SameSite=None, where third parties are allowed, and not
//! elsewhere.

mod address;
mod context;
#[cfg(feature = "serde")]
mod cookie_store;
pub mod cookies_txt;
mod date;
mod domain_key;
mod error;
mod evict;
mod given;
#[cfg(feature = "http")]
mod http_uri;
mod judge;
mod limits;
mod loose_date;
mod matching;
mod notes;
mod origin;
mod profile;
#[cfg(feature = "psl")]
mod psl;
mod refusal;
mod send;
#[cfg(feature = "serde")]
mod serde;
mod set;
mod store;
mod stored;
mod suffix;
mod third_party;
mod verdict;
#[cfg(feature = "url")]
mod whatwg_url;

pub use crate::agent::context::{Context, Request};
#[cfg(feature = "serde")]
pub use crate::agent::cookie_store::CookieStoreEntry;
pub use crate::agent::error::{ContextError, HostError, InvalidCookie};
pub use crate::agent::judge::{MAX_LIFETIME, judge};
pub use crate::agent::limits::Limits;
pub use crate::agent::matching::{canonical_host, default_path, domain_match, path_match};
pub use crate::agent::profile::{Profile, Rule};
#[cfg(feature = "psl")]
pub use crate::agent::psl::BundledList;
pub use crate::agent::refusal::Refusal;
pub use crate::agent::send::Withheld;
#[cfg(feature = "serde")]
pub use crate::agent::serde::Lasting;
pub use crate::agent::store::{Iter, Store};
pub use crate::agent::stored::StoredCookie;
pub use crate::agent::suffix::{PublicSuffixes, TopLevelOnly};
pub use crate::agent::third_party::{PartitionKey, ThirdParties};
pub use crate::agent::verdict::{Effect, Verdict, Warning};
