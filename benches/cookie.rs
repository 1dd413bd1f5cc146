//! Reading Cookie headers: pairs, one cookie by name, values decoded.

#![allow(missing_docs, reason = "the macros of criterion write functions")]

mod inputs;

use core::hint::black_box;
use core::time::Duration;

use criterion::{BenchmarkGroup, Criterion, Throughput, criterion_group, criterion_main, measurement::WallTime};
use hardtack::{Cookies, Text, parse};

/// Headers that are read one after the other, under one name.
struct Input {
    name: String,
    headers: Vec<String>,
}

impl Input {
    fn one(name: impl Into<String>, header: String) -> Self {
        Self { name: name.into(), headers: vec![header] }
    }

    fn all() -> Vec<Self> {
        let mut all = vec![Self { name: "17 synthesized headers".to_owned(), headers: inputs::shaped_headers() }];
        all.extend(inputs::real_headers().map(|headers| Self { name: "17 real headers".to_owned(), headers }));
        all.extend([1, 10, 30, 100].map(|count| Self::one(format!("{count} short pairs"), inputs::short_pairs(count))));
        all.push(Self::one("value of 4 KB", inputs::long_value()));
        all.push(Self::one("percent-heavy", inputs::percent_heavy()));
        all.push(Self::one("non-ASCII", inputs::non_ascii()));
        all
    }

    /// Octets in a second, and pairs in a second.
    fn throughput(&self) -> Throughput {
        let bytes = self.headers.iter().map(|header| header.len() as u64).sum();
        let elements = self.headers.iter().map(|header| parse(header.as_str()).count() as u64).sum();
        Throughput::ElementsAndBytes { elements, bytes }
    }

    fn each(&self, mut work: impl FnMut(&str)) {
        for header in &self.headers {
            work(header);
        }
    }
}

fn tokenize(criterion: &mut Criterion) {
    let mut group = group(criterion, "tokenize");
    for input in Input::all() {
        group.throughput(input.throughput());
        group.bench_function(format!("str/{}", input.name), |bencher| bencher.iter(|| input.each(pairs)));
        group.bench_function(format!("bytes/{}", input.name), |bencher| {
            bencher.iter(|| input.each(|header| pairs(header.as_bytes())));
        });
    }
}

fn hostile(criterion: &mut Criterion) {
    let mut group = group(criterion, "tokenize 64 KiB of");
    for family in inputs::FAMILIES {
        let input = Input::one(family.name, (family.make)(64 << 10));
        group.throughput(input.throughput());
        group.bench_function(input.name.as_str(), |bencher| bencher.iter(|| input.each(pairs)));
    }
}

fn pairs<T: ?Sized + Text>(header: &T) {
    for pair in parse(black_box(header)) {
        black_box((pair.name(), pair.value()));
    }
}

fn lookup(criterion: &mut Criterion) {
    let mut group = group(criterion, "get");
    for input in Input::all() {
        group.throughput(input.throughput());
        for (which, name) in [("first", first as fn(&str) -> &str), ("last", last), ("absent", |_| "absent")] {
            let asked: Vec<(&str, &str)> = input.headers.iter().map(|header| (header.as_str(), name(header))).collect();
            group.bench_function(format!("{which}/str/{}", input.name), |bencher| {
                bencher.iter(|| {
                    for (header, name) in &asked {
                        black_box(Cookies::new(black_box(*header)).get(black_box(*name)));
                    }
                });
            });
            group.bench_function(format!("{which}/bytes/{}", input.name), |bencher| {
                bencher.iter(|| {
                    for (header, name) in &asked {
                        black_box(Cookies::new(black_box(header.as_bytes())).get(black_box(name.as_bytes())));
                    }
                });
            });
        }
    }
}

fn first(header: &str) -> &str {
    parse(header).next().map_or("", |pair| pair.name())
}

fn last(header: &str) -> &str {
    parse(header).last().map_or("", |pair| pair.name())
}

fn decode(criterion: &mut Criterion) {
    let mut group = group(criterion, "decode");
    for input in Input::all() {
        group.throughput(input.throughput());
        group.bench_function(format!("str/{}", input.name), |bencher| bencher.iter(|| input.each(decoded)));
        group.bench_function(format!("bytes/{}", input.name), |bencher| {
            bencher.iter(|| input.each(|header| decoded(header.as_bytes())));
        });
    }
}

fn decoded<T: ?Sized + Text>(header: &T) {
    for pair in parse(black_box(header)) {
        drop(black_box((pair.name(), pair.decode())));
    }
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

criterion_group!(benches, tokenize, hostile, lookup, decode);
criterion_main!(benches);
