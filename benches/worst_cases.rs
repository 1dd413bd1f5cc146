//! Hostile input, then twice and four times as much of it: time that doubles with the input is linear.
//!
//! ```text
//! cargo bench --bench worst_cases               the table
//! cargo bench --bench worst_cases -- --write    the table, into benches/README.md too
//! ```

#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a bench that cannot go on is to stop")]

mod inputs;
mod readme;

use core::fmt::Write as _;
use core::hint::black_box;
use core::time::Duration;
use std::time::Instant;

use hardtack::{Attributes, CookieDate, Cookies, SetCookie, Tombstones, parse, parse_strict};

/// The least of the three lengths; the greatest is 1 MiB.
const OCTETS: usize = 256 << 10;
const ROUNDS: usize = 25;

/// A ratio of less time than this says more about the clock than about the code.
const WORTH_A_RATIO: Duration = Duration::from_micros(20);

struct Reader {
    name: &'static str,
    read: fn(&str),
}

/// All that reads text from the network.
const READERS: [Reader; 9] = [
    Reader { name: "parse", read: |text| parse(text).for_each(keep) },
    Reader { name: "parse_strict", read: |text| parse_strict(text).for_each(keep) },
    Reader { name: "get", read: |text| keep(Cookies::new(text).get("absent")) },
    Reader {
        name: "get_all, Containing",
        read: |text| Cookies::new(text).tombstones(Tombstones::Containing).get_all("a").for_each(keep),
    },
    Reader {
        name: "decode, decode_lossy",
        read: |text| parse(text).for_each(|pair| keep((pair.decode(), pair.decode_lossy()))),
    },
    Reader { name: "unquoted", read: |text| parse(text).for_each(|pair| keep(pair.unquoted())) },
    Reader { name: "SetCookie::parse", read: |text| keep(SetCookie::parse(text)) },
    Reader { name: "Attributes::tokenize", read: |text| Attributes::tokenize(text).for_each(keep) },
    Reader { name: "CookieDate::parse", read: |text| keep(CookieDate::parse(text)) },
];

fn keep<T>(result: T) {
    black_box(result);
}

fn main() {
    // `cargo test --benches` calls this too, and has nothing to learn from it.
    if !std::env::args().any(|word| word == "--bench") {
        return;
    }
    let mut table = String::from(
        "| input | n = 256 KiB | 2n | 4n | 2n : n | 4n : 2n | slowest reader | its 4n : 2n |\n\
         |---|--:|--:|--:|--:|--:|---|--:|\n",
    );
    for family in inputs::FAMILIES {
        let texts = [1, 2, 4].map(|times| (family.make)(OCTETS * times));
        let times = READERS.map(|reader| timed(reader.read, &texts));
        let total = [0, 1, 2].map(|length| times.iter().map(|times| times[length]).sum::<Duration>());
        let slowest = times.iter().enumerate().max_by_key(|(_, times)| times[2]).map(|(index, _)| index).unwrap();
        let [one, two, four] = total.map(|time| format!("{:.2} ms", time.as_secs_f64() * 1e3));
        writeln!(
            table,
            "| {} | {one} | {two} | {four} | {:.2} | {:.2} | `{}` | {} |",
            family.name,
            ratio(total[1], total[0]),
            ratio(total[2], total[1]),
            READERS[slowest].name,
            if times[slowest][1] < WORTH_A_RATIO {
                String::new()
            } else {
                format!("{:.2}", ratio(times[slowest][2], times[slowest][1]))
            },
        )
        .unwrap();
    }
    println!("{table}");
    if std::env::args().any(|word| word == "--write") {
        readme::write("worst cases", &table);
    }
}

/// The least time of each length, the lengths taken in turns: work of milliseconds shares the processor, and what the
/// others take is not its own.
fn timed(read: fn(&str), texts: &[String; 3]) -> [Duration; 3] {
    let mut least = [Duration::MAX; 3];
    for _ in 0..ROUNDS {
        for (least, text) in least.iter_mut().zip(texts) {
            let start = Instant::now();
            read(black_box(text));
            *least = start.elapsed().min(*least);
        }
    }
    least
}

fn ratio(long: Duration, short: Duration) -> f64 {
    long.as_secs_f64() / short.as_secs_f64()
}
