//! A store under a million hostile Set-Cookie lines of one response: what a line takes at the start and at the end, how
//! many cookies there are at most, and how much memory.
//!
//! ```text
//! cargo bench --features agent --bench hostile_stream               the table
//! cargo bench --features agent --bench hostile_stream -- --write    the table, into benches/README.md too
//! ```

#![allow(clippy::expect_used, clippy::unwrap_used, reason = "a bench that cannot go on is to stop")]

mod inputs;
mod readme;

use core::fmt::Write as _;
use core::hint::black_box;
use core::time::Duration;
use std::time::Instant;

use hardtack::CookieDate;
use hardtack::agent::{Context, Profile, Store};

/// Lines that are timed together.
const BATCH: u16 = 1000;
const BATCHES: usize = 1000;

/// Of the first and of the last so many batches, the median.
const AT_AN_END: usize = BATCHES / 10;

struct Stream {
    name: &'static str,
    /// A line, and the place it has in the stream.
    line: fn(&mut String, usize),
}

const STREAMS: [Stream; 5] = [
    Stream { name: "names, each a new one", line: |line, at| write!(line, "n{at}=1; Path=/").unwrap() },
    Stream {
        name: "as long as they may be",
        line: |line, at| {
            write!(line, "n{at}=").unwrap();
            line.extend(core::iter::repeat_n('v', 4096 - (line.len() - 1)));
        },
    },
    Stream {
        name: "Secure, of each priority and domain",
        line: |line, at| {
            let priority = ["Low", "Medium", "High"][at % 3];
            let domain =
                ["", "; Domain=a.b.shop.example", "; Domain=b.shop.example", "; Domain=shop.example"][at / 3 % 4];
            write!(line, "n{at}=1; Secure; Max-Age=9999; Priority={priority}{domain}").unwrap();
        },
    },
    Stream {
        name: "paths, each a new one",
        line: |line, at| {
            write!(line, "n=1; Path=/{at}/").unwrap();
            line.extend(core::iter::repeat_n('p', 900));
        },
    },
    Stream {
        name: "partitioned",
        line: |line, at| write!(line, "n{at}=1; Secure; SameSite=None; Partitioned").unwrap(),
    },
];

fn main() {
    // `cargo test --benches` calls this too, and has nothing to learn from it.
    if !std::env::args().any(|word| word == "--bench") {
        return;
    }
    let mut table = String::from(
        "| profile | lines | one of the first 10^5 | one of the last 10^5 | ratio | cookies at most | limit | memory at most |\n\
         |---|---|--:|--:|--:|--:|--:|--:|\n",
    );
    let mut lines = vec![String::with_capacity(2 * 4096); BATCH.into()];
    for &profile in Profile::ALL {
        for stream in &STREAMS {
            let mut took = Took::default();
            let memory = allocation_counter::measure(|| took = filled(profile, stream, &mut lines));
            let [first, last] = [&took.batches[..AT_AN_END], &took.batches[BATCHES - AT_AN_END..]].map(median);
            writeln!(
                table,
                "| {profile} | {} | {:.2} µs | {:.2} µs | {:.2} | {} | {} | {} KiB |",
                stream.name,
                micros_a_line(first),
                micros_a_line(last),
                last.as_secs_f64() / first.as_secs_f64(),
                took.most,
                limit(profile),
                memory.bytes_max.div_ceil(1024),
            )
            .unwrap();
        }
    }
    println!("{table}");
    if std::env::args().any(|word| word == "--write") {
        readme::write("hostile stream", &table);
    }
}

#[derive(Default)]
struct Took {
    batches: Vec<Duration>,
    /// The most cookies that there were at the end of a batch.
    most: usize,
}

/// The most cookies of one site that are in one jar.
fn limit(profile: Profile) -> usize {
    let limits = profile.limits();
    limits.per_domain.min(limits.total)
}

fn filled(profile: Profile, stream: &Stream, lines: &mut [String]) -> Took {
    let context = Context::https("www.a.b.shop.example", "/account").expect("a host");
    let now = CookieDate::from_unix_timestamp(1_800_000_000);
    let mut store = Store::new(profile);
    let mut took = Took { batches: Vec::with_capacity(BATCHES), most: 0 };
    for batch in 0..BATCHES {
        for (at, line) in lines.iter_mut().enumerate() {
            line.clear();
            (stream.line)(line, batch * usize::from(BATCH) + at);
        }
        let start = Instant::now();
        for line in &*lines {
            black_box(store.set(black_box(line), &context, now));
        }
        took.batches.push(start.elapsed());
        took.most = took.most.max(store.len());
        assert!(store.len() <= limit(profile), "{profile}: {} cookies", store.len());
    }
    took
}

fn median(batches: &[Duration]) -> Duration {
    let mut batches = batches.to_vec();
    batches.sort_unstable();
    batches[batches.len() / 2]
}

fn micros_a_line(batch: Duration) -> f64 {
    batch.as_secs_f64() * 1e6 / f64::from(BATCH)
}
