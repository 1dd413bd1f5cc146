//! A user agent's store: setting a cookie, and finding those of a request, among few cookies and among many.

#![allow(missing_docs, reason = "the macros of criterion write functions")]
#![allow(clippy::expect_used, reason = "a bench may panic")]

use core::hint::black_box;
use core::time::Duration;

use criterion::{BenchmarkId, Criterion, Throughput, criterion_group, criterion_main};
use hardtack::CookieDate;
use hardtack::agent::{Context, Limits, Profile, Store, TopLevelOnly, judge};

const COUNTS: [usize; 3] = [100, 10_000, 100_000];

/// Cookies that each host sets.
const PER_HOST: usize = 10;

fn now() -> CookieDate {
    CookieDate::from_unix_timestamp(1_800_000_000)
}

fn context(host: usize) -> Context {
    Context::https(&format!("www.site-{host}.example"), "/account/login").expect("the host is one")
}

/// A store of `count` cookies: ten of a host, one of them for all of its site.
fn store(count: usize) -> Store {
    let mut store = Store::new(Profile::Chromium).limits(Limits::NONE);
    for host in 0..count / PER_HOST {
        let context = context(host);
        for cookie in 0..PER_HOST {
            let domain = if cookie == 0 { format!("; Domain=site-{host}.example") } else { String::new() };
            let line = format!("name-{cookie}=0123456789abcdef; Path=/; Secure; HttpOnly{domain}");
            assert!(store.set(&line, &context, now()).is_stored(), "{line}");
        }
    }
    store
}

fn judged(criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group("judge");
    group.warm_up_time(Duration::from_secs(1)).measurement_time(Duration::from_secs(3));
    let line = "sid=0123456789abcdef; Domain=site-1.example; Path=/; Expires=Wed, 09 Jun 2027 10:18:14 GMT; Secure; HttpOnly; SameSite=Lax";
    let context = context(1);
    group.throughput(Throughput::Bytes(line.len() as u64));
    for &profile in Profile::ALL {
        group.bench_function(profile.as_str(), |bencher| {
            bencher.iter(|| judge(black_box(line), &context, profile, &TopLevelOnly, now()));
        });
    }
}

fn used(criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group("store");
    group.warm_up_time(Duration::from_secs(1)).measurement_time(Duration::from_secs(3)).sample_size(50);
    for count in COUNTS {
        let mut store = store(count);
        let host = count / PER_HOST / 2;
        let (known, other) = (context(host), Context::https("nowhere.example", "/").expect("the host is one"));
        let insecure = Context::http(&format!("www.site-{host}.example"), "/").expect("the host is one");
        group.bench_function(BenchmarkId::new("cookie_field of ten", count), |bencher| {
            bencher.iter(|| store.cookie_field(black_box(&known), now()));
        });
        group.bench_function(BenchmarkId::new("cookie_field of none", count), |bencher| {
            bencher.iter(|| store.cookie_field(black_box(&other), now()));
        });
        group.bench_function(BenchmarkId::new("set again", count), |bencher| {
            bencher.iter(|| store.set(black_box("name-5=fedcba9876543210; Path=/; Secure; HttpOnly"), &known, now()));
        });
        group.bench_function(BenchmarkId::new("set from http", count), |bencher| {
            bencher.iter(|| store.set(black_box("name-5=fedcba9876543210; Path=/"), &insecure, now()));
        });
    }
    group.sample_size(10);
    for count in COUNTS {
        group.throughput(Throughput::Elements(count as u64));
        group.bench_function(BenchmarkId::new("fill", count), |bencher| bencher.iter(|| store(count)));
    }
}

criterion_group!(benches, judged, used);
criterion_main!(benches);
