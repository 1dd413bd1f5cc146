//! The main paths, each once under callgrind.

#![allow(missing_docs, reason = "the macros of gungraun write items")]
#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a bench without its input is to stop")]

#[path = "../../inputs/mod.rs"]
mod inputs;

use std::hint::black_box;
use std::time::Duration;

use gungraun::{library_benchmark, library_benchmark_group, main};
use hardtack::agent::{Context, Profile, Store, TopLevelOnly};
use hardtack::{BuildError, CookieDate, CookieJar, Cookies, SameSite, SetCookie, Text, tombstone};

fn shaped() -> &'static [String] {
    inputs::shaped_headers().leak()
}

fn short() -> &'static [String] {
    one(inputs::short_pairs(30))
}

fn single() -> &'static [String] {
    one("sid=31d4d96e407aad42".to_owned())
}

fn one(header: String) -> &'static [String] {
    vec![header].leak()
}

fn keep<T>(result: T) {
    black_box(result);
}

fn tokenize<T: ?Sized + Text>(header: &T) {
    for pair in hardtack::parse(black_box(header)) {
        keep((pair.name(), pair.value()));
    }
}

#[library_benchmark]
#[bench::shaped_headers(shaped())]
#[bench::short_pairs(short())]
#[bench::single_pair(single())]
#[bench::long_value(one(inputs::long_value()))]
fn tokenize_str(headers: &'static [String]) {
    headers.iter().for_each(|header| tokenize(header.as_str()));
}

#[library_benchmark]
#[bench::shaped_headers(shaped())]
#[bench::short_pairs(short())]
#[bench::single_pair(single())]
#[bench::long_value(one(inputs::long_value()))]
fn tokenize_bytes(headers: &'static [String]) {
    headers.iter().for_each(|header| tokenize(header.as_bytes()));
}

type Asked = [(&'static str, &'static str)];

fn with_names(headers: &'static [String], name: fn(&'static str) -> &'static str) -> &'static Asked {
    headers.iter().map(|header| (header.as_str(), name(header))).collect::<Vec<_>>().leak()
}

fn first(header: &str) -> &str {
    hardtack::parse(header).next().map_or("", |pair| pair.name())
}

fn last(header: &str) -> &str {
    hardtack::parse(header).last().map_or("", |pair| pair.name())
}

#[library_benchmark]
#[bench::first(with_names(shaped(), first))]
#[bench::last(with_names(shaped(), last))]
#[bench::absent(with_names(shaped(), |_| "absent"))]
#[bench::last_of_short_pairs(with_names(short(), last))]
fn get(asked: &'static Asked) {
    for (header, name) in asked {
        keep(Cookies::new(black_box(*header)).get(black_box(*name)));
    }
}

#[library_benchmark]
#[bench::shaped_headers(shaped())]
#[bench::percent_heavy(one(inputs::percent_heavy()))]
fn decode(headers: &'static [String]) {
    for header in headers {
        for pair in hardtack::parse(black_box(header.as_str())) {
            keep((pair.name(), pair.decode()));
        }
    }
}

#[library_benchmark]
#[bench::shaped_lines(inputs::shaped_lines().leak())]
fn set_cookie_parse(lines: &'static [String]) {
    for line in lines {
        keep(SetCookie::parse(black_box(line)));
    }
}

const SECOND: i64 = 1_816_554_627;

fn build_full() -> Result<SetCookie<'static>, BuildError> {
    SetCookie::builder(black_box("session"), black_box("4d5f9c0a7b1e4e0f8a6b2c3d4e5f6071"))
        .expires(CookieDate::from_unix_timestamp(black_box(SECOND)))
        .max_age(Duration::from_secs(604_800))
        .domain(black_box("example.com"))
        .path(black_box("/account"))
        .secure(true)
        .http_only(true)
        .same_site(SameSite::Lax)
        .build()
}

fn full() -> SetCookie<'static> {
    build_full().unwrap()
}

#[library_benchmark]
fn build() -> Result<SetCookie<'static>, BuildError> {
    build_full()
}

#[library_benchmark]
#[bench::full_cookie(full(), Vec::with_capacity(4096))]
fn write(cookie: SetCookie<'static>, mut buffer: Vec<u8>) -> (SetCookie<'static>, Vec<u8>) {
    black_box(&cookie).append_to(&mut buffer);
    (cookie, buffer)
}

type NamesAndValues = Vec<(&'static str, &'static str)>;

#[library_benchmark]
#[bench::short_pairs(short().iter().flat_map(|header| hardtack::parse(header)).map(|pair| (pair.name(), pair.value())).collect(), Vec::with_capacity(4096))]
fn serialize(pairs: NamesAndValues, mut buffer: Vec<u8>) -> (NamesAndValues, Vec<u8>) {
    keep(hardtack::serialize_into(black_box(&pairs), &mut buffer));
    (pairs, buffer)
}

#[library_benchmark]
#[bench::unchanged(short())]
fn jar(headers: &'static [String]) {
    for header in headers {
        let jar = CookieJar::new(black_box(header));
        keep((jar.get("absent"), jar.is_changed()));
    }
}

#[library_benchmark]
#[bench::imf_fixdate("Sat, 24 Jul 2027 22:30:27 GMT")]
#[bench::with_dashes("Thu, 24-Dec-2026 22:30:26 GMT")]
fn date_parse(text: &str) {
    keep(CookieDate::parse(black_box(text)));
}

#[library_benchmark]
#[bench::imf_fixdate(CookieDate::from_unix_timestamp(SECOND))]
fn date_format(date: CookieDate) -> [u8; CookieDate::LEN] {
    black_box(date).to_imf_fixdate()
}

#[library_benchmark]
#[bench::timestamp(SECOND)]
fn date_from(second: i64) -> CookieDate {
    CookieDate::from_unix_timestamp(black_box(second))
}

#[library_benchmark]
#[bench::session("session")]
fn tombstone_by_name(name: &'static str) -> Result<SetCookie<'static>, BuildError> {
    tombstone(black_box(name)).build()
}

#[library_benchmark]
#[bench::full_cookie(full())]
fn tombstone_of(cookie: SetCookie<'static>) -> (SetCookie<'static>, SetCookie<'static>) {
    let tombstone = black_box(&cookie).to_tombstone();
    (cookie, tombstone)
}

fn now() -> CookieDate {
    CookieDate::from_unix_timestamp(1_800_000_000)
}

fn context() -> Context {
    Context::https("www.site.example", "/account/login").unwrap()
}

fn store_of_ten() -> Store {
    let mut store = Store::new(Profile::Rfc6265bis);
    for index in 0..10 {
        let line = format!("name-{index}=0123456789abcdef; Path=/; Secure; HttpOnly");
        assert!(store.set(&line, &context(), now()).is_stored());
    }
    store
}

const LINE: &str = "sid=0123456789abcdef; Domain=site.example; Path=/; Expires=Wed, 09 Jun 2027 10:18:14 GMT; \
                    Secure; HttpOnly; SameSite=Lax";

#[library_benchmark]
#[bench::rfc6265bis(context(), Profile::Rfc6265bis)]
#[bench::chromium(context(), Profile::Chromium)]
fn judge(context: Context, profile: Profile) -> Context {
    keep(hardtack::agent::judge(black_box(LINE), &context, profile, &TopLevelOnly, now()));
    context
}

#[library_benchmark]
#[bench::again(store_of_ten(), context())]
fn store_set(mut store: Store, context: Context) -> (Store, Context) {
    keep(store.set(black_box("name-5=fedcba9876543210; Path=/; Secure; HttpOnly"), &context, now()));
    (store, context)
}

#[library_benchmark]
#[bench::of_ten(store_of_ten(), context())]
fn cookie_field(mut store: Store, context: Context) -> (Store, Context) {
    keep(store.cookie_field(black_box(&context), now()));
    (store, context)
}

library_benchmark_group!(
    name = paths,
    benchmarks = [
        tokenize_str,
        tokenize_bytes,
        get,
        decode,
        set_cookie_parse,
        build,
        write,
        serialize,
        jar,
        date_parse,
        date_format,
        date_from,
        tombstone_by_name,
        tombstone_of,
        judge,
        store_set,
        cookie_field
    ]
);

main!(library_benchmark_groups = paths);
