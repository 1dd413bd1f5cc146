//! What wrote a value, told by its shape, or by the cookie's name.

use alloc::borrow::Cow;
use core::fmt;

use base64::Engine as _;
use base64::engine::general_purpose::{STANDARD, URL_SAFE_NO_PAD};
use hardtack::value::{percent, quoted};
use serde_json::Value;

/// A form of values that is known.
#[derive(Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Form {
    /// A word for programs, such as `jwt`.
    pub code: &'static str,
    /// The form in words, such as `JWT (HS256)`.
    pub name: String,
    payload: Option<String>,
}

impl Form {
    /// Tells the form of a value by its shape or, where that says nothing, by the cookie's name.
    ///
    /// Nothing is verified: whoever sets the cookie may write any shape.
    ///
    /// ```
    /// use hardtack_cli::reading::Form;
    ///
    /// let form = Form::of(b"auth", b"eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0.c2ln").unwrap();
    /// assert_eq!(form.name, "JWT (HS256)");
    /// assert_eq!(form.payload(), Some(r#"{"alg":"HS256"} {"sub":"1"}"#));
    /// assert_eq!(Form::of(b"PHPSESSID", b"abc").unwrap().code, "php-session");
    /// ```
    #[must_use]
    pub fn of(name: &[u8], value: &[u8]) -> Option<Self> {
        let decoded = percent::decode(value).ok()?;
        let text = quoted::decode(decoded.as_ref()).unwrap_or(Cow::Borrowed(&decoded));
        SHAPES.iter().find_map(|shape| shape(&text)).or_else(|| {
            let (code, words, _) =
                NAMES.iter().find(|(.., names)| names.iter().any(|known| known.as_bytes() == name))?;
            Some(Self::plain(code, words))
        })
    }

    /// Returns what the value says, for forms whose content is readable by everybody. It is not verified.
    #[must_use]
    pub fn payload(&self) -> Option<&str> {
        self.payload.as_deref()
    }

    fn plain(code: &'static str, name: &str) -> Self {
        Self { code, name: name.to_owned(), payload: None }
    }

    fn with(code: &'static str, name: &str, payload: Option<String>) -> Self {
        Self { code, name: name.to_owned(), payload }
    }
}

/// Shows the form alone: the payload is a cookie's value.
impl fmt::Debug for Form {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Form").field("code", &self.code).field("name", &self.name).finish_non_exhaustive()
    }
}

type Shape = fn(&str) -> Option<Form>;

/// The most telling first.
const SHAPES: &[Shape] = &[
    jwt,
    jwe,
    paseto,
    iron,
    tornado,
    fernet,
    laravel,
    plug,
    express,
    itsdangerous,
    django,
    rails_encrypted,
    rails_signed,
    hardtack_signed,
    hardtack_encrypted,
];

/// Cookies that are known by name.
const NAMES: &[(&str, &str, &[&str])] = &[
    ("php-session", "PHP session id", &["PHPSESSID"]),
    ("servlet-session", "Java servlet session id", &["JSESSIONID"]),
    ("aspnet-session", "ASP.NET session id", &["ASP.NET_SessionId"]),
    (
        "aspnet-auth",
        "ASP.NET authentication ticket",
        &[".ASPXAUTH", ".AspNetCore.Cookies", ".AspNet.ApplicationCookie"],
    ),
    ("aspnet-session", "ASP.NET Core session id", &[".AspNetCore.Session"]),
    ("express-session", "Express session id", &["connect.sid"]),
    ("django-session", "Django session id", &["sessionid"]),
    ("csrf-token", "token against request forgery", &["csrftoken", "XSRF-TOKEN", "_csrf", "__Host-csrf"]),
    ("wordpress-login", "WordPress login", &["wordpress_test_cookie"]),
    ("cloudflare", "Cloudflare", &["__cf_bm", "cf_clearance", "__cflb"]),
    ("aws-load-balancer", "AWS load balancer", &["AWSALB", "AWSALBCORS", "AWSALBTG"]),
    ("google-analytics", "Google Analytics", &["_ga", "_gid", "_gat"]),
];

fn is_url_safe(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_'))
}

fn is_hex(text: &str) -> bool {
    text.bytes().all(|byte| matches!(byte, b'0'..=b'9' | b'a'..=b'f'))
}

fn is_base64(text: &str) -> bool {
    let unpadded = text.trim_end_matches('=');
    !unpadded.is_empty()
        && text.len() - unpadded.len() <= 2
        && unpadded.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'+' | b'/'))
}

fn url_safe_json(part: &str) -> Option<(String, Value)> {
    let text = String::from_utf8(URL_SAFE_NO_PAD.decode(part.trim_end_matches('=')).ok()?).ok()?;
    let value = serde_json::from_str(&text).ok()?;
    Some((text, value))
}

/// The algorithm a header names, unless it is an odd one.
fn algorithm<'v>(header: &'v Value, key: &str) -> Option<&'v str> {
    let name = header.get(key)?.as_str()?;
    (name.len() <= 24 && name.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'+')))
        .then_some(name)
}

/// RFC 7519: a header, claims and a signature.
fn jwt(text: &str) -> Option<Form> {
    let mut parts = text.split('.');
    let (header, claims, signature) = (parts.next()?, parts.next()?, parts.next()?);
    if parts.next().is_some() || !(signature.is_empty() || is_url_safe(signature)) {
        return None;
    }
    let ((header_text, header), (claims, _)) = (url_safe_json(header)?, url_safe_json(claims)?);
    let algorithm = algorithm(&header, "alg")?;
    Some(Form::with("jwt", &format!("JWT ({algorithm})"), Some(format!("{header_text} {claims}"))))
}

/// RFC 7516: five parts, of which only the header can be read.
fn jwe(text: &str) -> Option<Form> {
    let parts: Vec<_> = text.split('.').collect();
    let (5, Some(header)) = (parts.len(), parts.first()) else { return None };
    let (header_text, header) = url_safe_json(header)?;
    let name = format!("JWE ({}, {})", algorithm(&header, "alg")?, algorithm(&header, "enc")?);
    Some(Form::with("jwe", &name, Some(header_text)))
}

fn paseto(text: &str) -> Option<Form> {
    let (version, rest) = text.split_once('.')?;
    let (purpose, rest) = rest.split_once('.')?;
    let known = matches!(version, "v1" | "v2" | "v3" | "v4") && matches!(purpose, "local" | "public");
    (known && is_url_safe(&rest.replace('.', "")))
        .then(|| Form::plain("paseto", &format!("PASETO ({version}.{purpose})")))
}

/// `@hapi/iron`, `iron-session`.
fn iron(text: &str) -> Option<Form> {
    (text.starts_with("Fe26.2*") && text.matches('*').count() >= 7).then(|| Form::plain("iron", "Iron sealed value"))
}

fn tornado(text: &str) -> Option<Form> {
    let mut fields = text.strip_prefix("2|")?.split('|');
    let key_version = fields.next()?.split_once(':')?.0;
    let rest: Vec<_> = fields.collect();
    (key_version == "1" && rest.len() == 4 && rest.last().is_some_and(|mac| mac.len() == 64 && is_hex(mac)))
        .then(|| Form::plain("tornado", "Tornado signed value"))
}

fn fernet(text: &str) -> Option<Form> {
    (text.starts_with("gAAAAA") && text.len() >= 100 && is_url_safe(text.trim_end_matches('=')))
        .then(|| Form::plain("fernet", "Fernet encrypted value"))
}

fn laravel(text: &str) -> Option<Form> {
    let sealed: Value =
        text.starts_with("eyJ").then(|| serde_json::from_slice(&STANDARD.decode(text).ok()?).ok())??;
    let all = ["iv", "value", "mac"].iter().all(|key| sealed.get(key).is_some());
    all.then(|| Form::plain("laravel", "Laravel encrypted value"))
}

fn plug(text: &str) -> Option<Form> {
    if text.starts_with("XCP.") {
        return Some(Form::plain("plug-encrypted", "Phoenix encrypted value"));
    }
    let signed = ["SFMyNTY.", "SFMzODQ.", "SFM1MTI."].iter().any(|header| text.starts_with(header));
    (signed && text.matches('.').count() == 2).then(|| Form::plain("plug-signed", "Phoenix signed value"))
}

/// `cookie-signature`, as Express and express-session write it.
fn express(text: &str) -> Option<Form> {
    let (value, signature) = text.strip_prefix("s:")?.rsplit_once('.')?;
    (signature.len() == 43 && is_base64(signature))
        .then(|| Form::with("express-signed", "Express signed value", Some(value.to_owned())))
}

/// Flask and what else signs by itsdangerous: payload, time, signature.
fn itsdangerous(text: &str) -> Option<Form> {
    let (rest, signature) = text.rsplit_once('.')?;
    let (payload, time) = rest.rsplit_once('.')?;
    let plausible = matches!(signature.len(), 27 | 43 | 86)
        && is_url_safe(signature)
        && matches!(time.len(), 4..=8)
        && is_url_safe(time)
        && is_base64(&payload.trim_start_matches('.').replace('-', "+").replace('_', "/"));
    // A leading dot says that it is compressed.
    let readable = || Some(url_safe_json(payload)?.0);
    plausible.then(|| Form::with("itsdangerous", "Flask session, or another value signed by itsdangerous", readable()))
}

fn django(text: &str) -> Option<Form> {
    let (rest, signature) = text.rsplit_once(':')?;
    let (value, time) = rest.rsplit_once(':')?;
    let plausible = signature.len() == 43
        && is_url_safe(signature)
        && matches!(time.len(), 5..=7)
        && time.bytes().all(|byte| byte.is_ascii_alphanumeric());
    let readable = || url_safe_json(value).map_or_else(|| value.to_owned(), |(json, _)| json);
    plausible.then(|| Form::with("django-signed", "Django signed value", Some(readable())))
}

fn rails_encrypted(text: &str) -> Option<Form> {
    let parts: Vec<_> = text.split("--").collect();
    let [sealed, nonce, tag] = parts.as_slice() else { return None };
    (is_base64(sealed) && nonce.len() == 16 && is_base64(nonce) && tag.len() == 24 && is_base64(tag))
        .then(|| Form::plain("rails-encrypted", "Rails encrypted value"))
}

/// Rails, Rack and Mojolicious write two hyphens before a signature in hexadecimal digits.
fn rails_signed(text: &str) -> Option<Form> {
    let (value, signature) = text.rsplit_once("--")?;
    if !(matches!(signature.len(), 40 | 64 | 128) && is_hex(signature)) {
        return None;
    }
    let readable = STANDARD.decode(value).ok().and_then(|octets| String::from_utf8(octets).ok());
    Some(Form::with("rails-signed", "value signed by Rails, Rack or Mojolicious", readable))
}

/// A value, and 56 characters behind a dot that hold 42 octets, the first of which says that it is signed.
fn hardtack_signed(text: &str) -> Option<Form> {
    let (value, tail) = text.rsplit_once('.')?;
    let octets = URL_SAFE_NO_PAD.decode(tail).ok()?;
    (octets.len() == 42 && octets.first() == Some(&0x11))
        .then(|| Form::with("hardtack-signed", "hardtack signed value", Some(value.to_owned())))
}

/// Ten octets of head, twelve of nonce, sixteen of tag at least, the first of which says that it is encrypted.
fn hardtack_encrypted(text: &str) -> Option<Form> {
    let octets = URL_SAFE_NO_PAD.decode(text).ok()?;
    // The expiry has five octets of which the first is zero for tens of thousands of years.
    (octets.len() >= 38 && matches!(octets.first(), Some(0x12 | 0x13)) && octets.get(5) == Some(&0))
        .then(|| Form::plain("hardtack-encrypted", "hardtack encrypted value"))
}

#[cfg(test)]
mod tests {
    use super::Form;

    #[test]
    fn forms() {
        let signature43 = "A".repeat(43);
        let hex40 = "0a".repeat(20);
        let rows: [(&str, String, Option<&str>); 24] = [
            ("a", "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0.c2ln".into(), Some("jwt")),
            ("a JWT without a signature", "eyJhbGciOiJub25lIn0.eyJzdWIiOiIxIn0.".into(), Some("jwt")),
            ("no JWT: the first part is no JSON", "abc.def.ghi".into(), None),
            ("a JWE", "eyJhbGciOiJkaXIiLCJlbmMiOiJBMjU2R0NNIn0..iv.ct.tag".into(), Some("jwe")),
            ("a", "v4.local.AAAA".into(), Some("paseto")),
            ("a", format!("Fe26.2*1*{}*iv*ct*1*salt*mac~2", "a".repeat(64)), Some("iron")),
            ("a", format!("2|1:0|10:1700000000|1:a|4:MQ==|{}", "0".repeat(64)), Some("tornado")),
            ("a", format!("gAAAAA{}==", "B".repeat(100)), Some("fernet")),
            ("a", "eyJpdiI6IjEiLCJ2YWx1ZSI6IjIiLCJtYWMiOiIzIiwidGFnIjoiIn0=".into(), Some("laravel")),
            ("in percent signs", "eyJpdiI6IjEiLCJ2YWx1ZSI6IjIiLCJtYWMiOiIzIiwidGFnIjoiIn0%3D".into(), Some("laravel")),
            ("a", "SFMyNTY.g3QAAAAB.c2ln".into(), Some("plug-signed")),
            ("a", format!("s:abc.{signature43}"), Some("express-signed")),
            ("in percent signs", format!("s%3Aabc.{signature43}"), Some("express-signed")),
            ("no signature", "s:abc.def".into(), None),
            ("flask", format!("eyJhIjoxfQ.ZVcXYZ.{}", "A".repeat(27)), Some("itsdangerous")),
            ("flask, compressed", format!(".eyJhIjoxfQ.ZVcXYZ.{}", "A".repeat(27)), Some("itsdangerous")),
            ("a", format!("value:1aBcDe:{signature43}"), Some("django-signed")),
            ("in quotes", format!("\"a b:1aBcDe:{signature43}\""), Some("django-signed")),
            ("a", format!("YQ==--{hex40}"), Some("rails-signed")),
            ("a", format!("YQ==--{}--{}==", "A".repeat(16), "A".repeat(22)), Some("rails-encrypted")),
            ("a", format!("v.EQ{}", "A".repeat(54)), Some("hardtack-signed")),
            ("a", format!("Eg{}", "A".repeat(60)), Some("hardtack-encrypted")),
            ("JSESSIONID", "1234".into(), Some("servlet-session")),
            ("theme", "dark".into(), None),
        ];
        for (name, value, code) in rows {
            let form = Form::of(name.as_bytes(), value.as_bytes());
            assert_eq!(form.as_ref().map(|form| form.code), code, "{name}: {value}");
        }
        let form = Form::of(b"f", format!("eyJhIjoxfQ.ZVcXYZ.{}", "A".repeat(27)).as_bytes());
        assert_eq!(form.as_ref().and_then(Form::payload), Some(r#"{"a":1}"#));
        assert!(!format!("{form:?}").contains("\\\"a"), "Debug shows no payload");
    }
}
