//! The work itself, once for each contestant.

use std::fmt::Write as _;
use std::hint::black_box;
use std::time::{Duration, SystemTime};

use biscotti::{Processor, ProcessorConfig, RequestCookies};
use cookie::{Cookie, CookieJar};
use hardtack::{CookieDate, Cookies, SameSite, SetCookie};

pub fn pairs_by_hand(header: &str) -> impl Iterator<Item = (&str, &str)> {
    header.split(';').filter_map(|segment| {
        let (name, value) = segment.split_once('=')?;
        Some((name.trim(), value.trim()))
    })
}

/// biscotti without its decoding: names and values as they stand.
pub fn raw_processor() -> Processor {
    let mut config = ProcessorConfig::default();
    config.percent_encode = false;
    config.into()
}

/// What axum-extra does for each request: every pair copied, decoded and put into a jar.
pub fn filled_jar(header: &str) -> CookieJar {
    let mut jar = CookieJar::new();
    for cookie in header.split(';').filter_map(|cookie| Cookie::parse_encoded(cookie.to_owned()).ok()) {
        jar.add_original(cookie);
    }
    jar
}

pub fn tokenize_str(header: &str) {
    for pair in hardtack::parse(black_box(header)) {
        black_box((pair.name(), pair.value()));
    }
}

pub fn tokenize_bytes(header: &[u8]) {
    for pair in hardtack::parse(black_box(header)) {
        black_box((pair.name(), pair.value()));
    }
}

pub fn tokenize_cookie(header: &str) {
    for cookie in Cookie::split_parse(black_box(header)).flatten() {
        black_box((cookie.name(), cookie.value()));
    }
}

pub fn tokenize_biscotti(header: &str, processor: &Processor) {
    drop(black_box(RequestCookies::parse_header(black_box(header), processor)));
}

pub fn tokenize_by_hand(header: &str) {
    for pair in pairs_by_hand(black_box(header)) {
        black_box(pair);
    }
}

pub fn two_memchr_passes(header: &[u8]) {
    black_box(memchr::memchr_iter(b';', black_box(header)).count());
    black_box(memchr::memchr_iter(b'=', black_box(header)).count());
}

pub fn get(header: &str, name: &str) {
    black_box(Cookies::new(black_box(header)).get(black_box(name)));
}

pub fn get_cookie(header: &str, name: &str) {
    let jar = filled_jar(black_box(header));
    black_box(jar.get(black_box(name)));
}

pub fn decode(header: &str) {
    for pair in hardtack::parse(black_box(header)) {
        drop(black_box((pair.name(), pair.decode())));
    }
}

pub fn decode_cookie(header: &str) {
    for cookie in Cookie::split_parse_encoded(black_box(header)).flatten() {
        black_box((cookie.name(), cookie.value()));
    }
}

pub fn set_cookie(line: &str) {
    drop(black_box(SetCookie::parse(black_box(line))));
}

pub fn set_cookie_cookie(line: &str) {
    drop(black_box(Cookie::parse(black_box(line))));
}

/// The second of the dates that are formatted.
pub const SECOND: i64 = 1_816_554_627;

pub fn full_cookie() -> SetCookie<'static> {
    SetCookie::builder("session", "4d5f9c0a7b1e4e0f8a6b2c3d4e5f6071")
        .expires(CookieDate::from_unix_timestamp(SECOND))
        .max_age(Duration::from_hours(168))
        .domain("example.com")
        .path("/account")
        .secure(true)
        .http_only(true)
        .same_site(SameSite::Lax)
        .build()
        .expect("a valid cookie")
}

pub fn full_cookie_cookie() -> Cookie<'static> {
    Cookie::build(("session", "4d5f9c0a7b1e4e0f8a6b2c3d4e5f6071"))
        .expires(cookie::time::OffsetDateTime::from_unix_timestamp(SECOND).expect("a date"))
        .max_age(cookie::time::Duration::seconds(604_800))
        .domain("example.com")
        .path("/account")
        .secure(true)
        .http_only(true)
        .same_site(cookie::SameSite::Lax)
        .build()
}

pub fn write(cookie: &SetCookie<'_>, buffer: &mut Vec<u8>) {
    buffer.clear();
    black_box(cookie).append_to(buffer);
    black_box(&buffer);
}

pub fn write_cookie(cookie: &Cookie<'_>, buffer: &mut String) {
    buffer.clear();
    write!(buffer, "{}", black_box(cookie)).expect("a String takes all");
    black_box(&buffer);
}

pub fn write_date(date: CookieDate) {
    black_box(black_box(date).to_imf_fixdate());
}

pub fn write_date_httpdate(date: httpdate::HttpDate, buffer: &mut String) {
    buffer.clear();
    write!(buffer, "{}", black_box(date)).expect("a String takes all");
    black_box(&buffer);
}

pub fn write_time(moment: SystemTime) {
    black_box(CookieDate::from(black_box(moment)).to_imf_fixdate());
}

pub fn write_time_httpdate(moment: SystemTime) {
    drop(black_box(httpdate::fmt_http_date(black_box(moment))));
}

pub fn read_date(text: &str) {
    let _ = black_box(CookieDate::parse(black_box(text)));
}

pub fn read_date_httpdate(text: &str) {
    let _ = black_box(httpdate::parse_http_date(black_box(text)));
}
