//! Set-Cookie fields: read, built, written; dates; tombstones.

#![allow(missing_docs, reason = "the macros of criterion write functions")]
#![allow(clippy::unwrap_used, reason = "a bench without its input is to stop")]

mod inputs;

use core::hint::black_box;
use core::time::Duration;

use criterion::{BenchmarkGroup, Criterion, Throughput, criterion_group, criterion_main, measurement::WallTime};
use hardtack::{Attributes, CookieDate, SameSite, SetCookie, parse, tombstone};

fn read(criterion: &mut Criterion) {
    let mut group = group(criterion, "SetCookie::parse");
    let mut inputs = vec![("synthesized lines", inputs::shaped_lines())];
    inputs.extend(inputs::real_lines().map(|lines| ("real lines", lines)));
    inputs.push(("one pair", vec!["sid=31d4d96e407aad42".to_owned()]));
    inputs.push(("a value of 4 KB", vec![inputs::long_value()]));
    for (name, lines) in inputs {
        group.throughput(throughput(&lines));
        group.bench_function(format!("str/{name}"), |bencher| {
            bencher.iter(|| lines.iter().for_each(|line| keep(SetCookie::parse(black_box(line)))));
        });
        group.bench_function(format!("bytes/{name}"), |bencher| {
            bencher.iter(|| lines.iter().for_each(|line| keep(SetCookie::parse(black_box(line.as_bytes())))));
        });
        let attributes: Vec<&str> = lines.iter().map(|line| attributes(line)).collect();
        group.bench_function(format!("attribute tokens/{name}"), |bencher| {
            bencher.iter(|| attributes.iter().flat_map(|text| Attributes::tokenize(black_box(*text))).for_each(keep));
        });
    }
}

fn keep<T>(result: T) {
    black_box(result);
}

/// What stands behind the first `;`.
fn attributes(line: &str) -> &str {
    line.split_once(';').map_or("", |(_, attributes)| attributes)
}

fn build(criterion: &mut Criterion) {
    let mut group = group(criterion, "build");
    let octets =
        |cookie: &SetCookie<'_>| Throughput::ElementsAndBytes { elements: 1, bytes: cookie.encoded_len() as u64 };
    group.throughput(octets(&full()));
    group.bench_function("full cookie", |bencher| bencher.iter(full));
    group.throughput(octets(&plain()));
    group.bench_function("name and value", |bencher| bencher.iter(plain));
    group.bench_function("percent-encoded", |bencher| {
        bencher.iter(|| SetCookie::builder("q", black_box("red shoes, 38; é")).percent_encoded().build());
    });
    group.bench_function("flags as text", |bencher| {
        bencher.iter(|| {
            SetCookie::builder("sid", black_box("31d4")).flags(["Secure", "HttpOnly", "Priority=High"]).build()
        });
    });
}

fn plain() -> SetCookie<'static> {
    SetCookie::builder(black_box("sid"), black_box("31d4d96e407aad42")).build().unwrap()
}

fn full() -> SetCookie<'static> {
    SetCookie::builder(black_box("session"), black_box("4d5f9c0a7b1e4e0f8a6b2c3d4e5f6071"))
        .expires(CookieDate::from_unix_timestamp(black_box(1_816_554_627)))
        .max_age(Duration::from_secs(604_800))
        .domain(black_box("example.com"))
        .path(black_box("/account"))
        .secure(true)
        .http_only(true)
        .same_site(SameSite::Lax)
        .build()
        .unwrap()
}

fn write(criterion: &mut Criterion) {
    let mut group = group(criterion, "write");
    for (name, cookie) in [("full cookie", full()), ("name and value", plain())] {
        group.throughput(Throughput::ElementsAndBytes { elements: 1, bytes: cookie.encoded_len() as u64 });
        let mut buffer = Vec::new();
        group.bench_function(format!("append_to/{name}"), |bencher| {
            bencher.iter(|| {
                buffer.clear();
                black_box(&cookie).append_to(&mut buffer);
                black_box(&buffer);
            });
        });
        group.bench_function(format!("to_string/{name}"), |bencher| bencher.iter(|| black_box(&cookie).to_string()));
        group
            .bench_function(format!("encoded_len/{name}"), |bencher| bencher.iter(|| black_box(&cookie).encoded_len()));
    }
    let header = inputs::short_pairs(30);
    let pairs: Vec<(&str, &str)> = parse(header.as_str()).map(|pair| (pair.name(), pair.value())).collect();
    let mut buffer = Vec::new();
    group.throughput(Throughput::ElementsAndBytes { elements: pairs.len() as u64, bytes: header.len() as u64 });
    group.bench_function("serialize_into/30 short pairs", |bencher| {
        bencher.iter(|| {
            buffer.clear();
            hardtack::serialize_into(black_box(&pairs).iter().copied(), &mut buffer)
        });
    });
}

fn date(criterion: &mut Criterion) {
    let mut group = group(criterion, "date");
    for text in [
        "Sat, 24 Jul 2027 22:30:27 GMT",
        "Thu, 24-Dec-2026 22:30:26 GMT",
        "Saturday, 24-Jul-27 22:30:27 GMT",
        "Sat Jul 24 22:30:27 2027",
        "Sat Jul 24 2027 22:30:27 GMT+0000 (Coordinated Universal Time)",
    ] {
        group.throughput(Throughput::ElementsAndBytes { elements: 1, bytes: text.len() as u64 });
        group.bench_function(format!("parse/{text}"), |bencher| bencher.iter(|| CookieDate::parse(black_box(text))));
    }
    let date = CookieDate::from_unix_timestamp(1_816_554_627);
    group.throughput(Throughput::ElementsAndBytes { elements: 1, bytes: CookieDate::LEN as u64 });
    group.bench_function("format", |bencher| bencher.iter(|| black_box(date).to_imf_fixdate()));
    group.bench_function("from a timestamp", |bencher| {
        bencher.iter(|| CookieDate::from_unix_timestamp(black_box(1_816_554_627)));
    });
}

fn tombstones(criterion: &mut Criterion) {
    let mut group = group(criterion, "tombstone");
    let cookie = full();
    group.throughput(Throughput::Elements(1));
    group.bench_function("by name", |bencher| bencher.iter(|| tombstone(black_box("session")).build()));
    group.bench_function("of a cookie", |bencher| bencher.iter(|| black_box(&cookie).to_tombstone()));
    let buried = cookie.to_tombstone();
    group.bench_function("recognized", |bencher| bencher.iter(|| black_box(&buried).is_tombstone()));
    group.bench_function("not taken for one", |bencher| bencher.iter(|| black_box(&cookie).is_tombstone()));
}

/// Lines in a second, and octets in a second.
fn throughput(lines: &[String]) -> Throughput {
    let bytes = lines.iter().map(|line| line.len() as u64).sum();
    Throughput::ElementsAndBytes { elements: lines.len() as u64, bytes }
}

fn group<'c>(criterion: &'c mut Criterion, name: &str) -> BenchmarkGroup<'c, WallTime> {
    let mut group = criterion.benchmark_group(name);
    group
        .warm_up_time(Duration::from_millis(200))
        .measurement_time(Duration::from_millis(800))
        .sample_size(40)
        .nresamples(5000);
    group
}

criterion_group!(benches, read, build, write, date, tombstones);
criterion_main!(benches);
