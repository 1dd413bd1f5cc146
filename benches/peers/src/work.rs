//! The work itself, once for each contestant.

use std::fmt::Write as _;
use std::hint::black_box;
use std::time::{Duration, SystemTime};

use biscotti::{Processor, ProcessorConfig, RequestCookies, ResponseCookie, ResponseCookies};
use cookie::{Cookie, CookieJar};
use cookie_store::CookieStore;
use hardtack::agent::{Context, Limits, Profile, Store, TopLevelOnly};
use hardtack::{CookieDate, Cookies, SameSite, SetCookie};
use url::Url;

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

/// kekse decodes each value where it has a percent sign; there is no way to ask it not to.
pub fn tokenize_kekse(header: &str) {
    for pair in kekse::parse_pairs(black_box(header)).flatten() {
        drop(black_box(pair));
    }
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

pub fn set_cookie_kekse(line: &str) {
    drop(black_box(kekse::SetCookie::parse(black_box(line))));
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

/// What the user agents judge: every attribute that both know.
const LINE: &str = "sid=0123456789abcdef; Domain=site.example; Path=/; Expires=Wed, 09 Jun 2027 10:18:14 GMT; \
                    Secure; HttpOnly; SameSite=Lax";
const AGAIN: &str = "name-5=fedcba9876543210; Path=/; Secure; HttpOnly";
const HOST: &str = "www.site.example";
const PATH: &str = "/account/login";

fn now() -> CookieDate {
    CookieDate::from_unix_timestamp(1_800_000_000)
}

pub fn context() -> Context {
    Context::https(HOST, PATH).expect("the host is one")
}

pub fn url() -> Url {
    Url::parse(&format!("https://{HOST}{PATH}")).expect("a URL")
}

/// The lines of ten cookies that one host sets.
pub fn ten_lines() -> impl Iterator<Item = String> {
    (0..10).map(|index| format!("name-{index}=0123456789abcdef; Path=/; Secure; HttpOnly"))
}

pub fn store() -> Store {
    let mut store = Store::new(Profile::Rfc6265bis);
    let context = context();
    for line in ten_lines() {
        assert!(store.set(&line, &context, now()).is_stored(), "{line}");
    }
    store
}

pub fn store_cookie_store() -> CookieStore {
    let mut store = CookieStore::new();
    let url = url();
    for line in ten_lines() {
        store.parse(&line, &url).expect("a cookie");
    }
    store
}

/// A store of as many cookies, ten of a host.
pub fn store_of(count: usize) -> Store {
    let mut store = Store::new(Profile::Rfc6265bis).limits(Limits::NONE);
    for host in 0..count / 10 {
        let context = Context::https(&format!("www.site-{host}.example"), "/").expect("the host is one");
        for line in ten_lines() {
            assert!(store.set(&line, &context, now()).is_stored(), "{line}");
        }
    }
    store
}

pub fn cookie_store_of(count: usize) -> CookieStore {
    let mut store = CookieStore::new();
    for host in 0..count / 10 {
        let url = Url::parse(&format!("https://www.site-{host}.example/")).expect("a URL");
        for line in ten_lines() {
            store.parse(&line, &url).expect("a cookie");
        }
    }
    store
}

/// A request whose cookies are asked for and not changed.
pub fn unchanged_jar(header: &str) {
    let jar = hardtack::CookieJar::new(black_box(header));
    black_box((jar.get("sid"), jar.get("absent"), jar.is_changed()));
}

pub fn judge(context: &Context) {
    drop(black_box(hardtack::agent::judge(black_box(LINE), context, Profile::Rfc6265bis, &TopLevelOnly, now())));
}

pub fn judge_cookie_store(url: &Url) {
    drop(black_box(cookie_store::Cookie::parse(black_box(LINE), url)));
}

pub fn set_again(store: &mut Store, context: &Context) {
    drop(black_box(store.set(black_box(AGAIN), context, now())));
}

pub fn set_again_cookie_store(store: &mut CookieStore, url: &Url) {
    drop(black_box(store.parse(black_box(AGAIN), url)));
}

pub fn field(store: &mut Store, context: &Context) {
    drop(black_box(store.cookie_field(black_box(context), now())));
}

pub fn field_cookie_store(store: &CookieStore, url: &Url) {
    let mut field = String::new();
    for (name, value) in store.get_request_values(black_box(url)) {
        if !field.is_empty() {
            field.push_str("; ");
        }
        write!(field, "{name}={value}").expect("a String takes all");
    }
    drop(black_box(field));
}

/// Ten cookies as sites have them: an id of a session, settings, and what counts visitors.
pub const TEN_COOKIES: &str = "sid=4d5f9c0a7b1e4e0f8a6b2c3d4e5f6071; theme=dark; lang=en-GB; tz=Europe%2FBerlin; \
                               _ga=GA1.1.1872946153.1764000000; _gid=GA1.1.90125463.1764000000; \
                               csrf=Zm9vYmFyYmF6cXV4cXV1eA; consent=necessary.statistics; cart=3; seen=1764000000";

const ID: &str = "4d5f9c0a7b1e4e0f8a6b2c3d4e5f6071";

pub fn exchange(header: &str, buffer: &mut Vec<u8>) {
    tokenize_str(header);
    let cookie = SetCookie::builder(black_box("sid"), black_box(ID))
        .max_age(Duration::from_hours(168))
        .path("/")
        .secure(true)
        .http_only(true)
        .same_site(SameSite::Lax)
        .build()
        .expect("a valid cookie");
    write(&cookie, buffer);
}

pub fn exchange_cookie(header: &str, buffer: &mut String) {
    tokenize_cookie(header);
    let cookie = Cookie::build((black_box("sid"), black_box(ID)))
        .max_age(cookie::time::Duration::seconds(604_800))
        .path("/")
        .secure(true)
        .http_only(true)
        .same_site(cookie::SameSite::Lax)
        .build();
    write_cookie(&cookie, buffer);
}

pub fn exchange_kekse(header: &str) {
    tokenize_kekse(header);
    let cookie = kekse::SetCookie::new(black_box("sid"), black_box(ID))
        .max_age(604_800)
        .path(kekse::Path::new("/").expect("a path"))
        .secure()
        .http_only()
        .same_site(kekse::SameSite::Lax);
    drop(black_box(cookie.to_set_cookie()));
}

pub fn exchange_biscotti(header: &str, processor: &Processor) {
    tokenize_biscotti(header, processor);
    let cookie = ResponseCookie::new(black_box("sid"), black_box(ID))
        .set_max_age(biscotti::time::SignedDuration::from_hours(168))
        .set_path("/")
        .set_secure(true)
        .set_http_only(true)
        .set_same_site(biscotti::SameSite::Lax);
    let mut cookies = ResponseCookies::new();
    cookies.insert(cookie);
    for line in cookies.header_values(processor) {
        drop(black_box(line));
    }
}
